import assert from "node:assert/strict";
import { test } from "node:test";
import { asarrayChkfinite, require } from "../../src/array/require.ts";
import { plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import { number, own, sweep, texts, valuesOf } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const flags = {
  C: "cContiguous",
  F: "fContiguous",
  A: "aligned",
  W: "writeable",
  O: "owndata",
} as const;

const texted: [string | string[], (keyof typeof flags)[]][] = [
  ["C", ["C"]],
  ["CW", ["C", "W"]],
  [
    ["f", "a"],
    ["F", "A"],
  ],
  ["C_CONTIGUOUS", ["C"]],
  [
    ["CONTIGUOUS", "OWNDATA"],
    ["C", "O"],
  ],
  ["fortran", ["F"]],
  [
    ["F_CONTIGUOUS", "ALIGNED", "WRITEABLE"],
    ["F", "A", "W"],
  ],
  [["ENSUREARRAY", "E"], []],
  [[], []],
];

test("whatever the layout, the result has what is required, and is the array itself if that had it", () => {
  for (const { name, make } of sweep(plain.float64)) {
    for (const frozen of [false, true]) {
      for (const [given, letters] of texted) {
        const a = make();
        if (frozen) a.setflags({ write: false });
        const had = letters.every((letter) => a.flags[flags[letter]]);
        const b = require(a, null, given);
        for (const letter of letters) assert.ok(b.flags[flags[letter]], `${name}: ${given}`);
        assert.equal(b === a, had, `${name}: ${given}`);
        assert.deepEqual(valuesOf(b), valuesOf(a), `${name}: ${given}`);
      }
    }
  }
});

test("a dtype may be required too, and no axis is added", () => {
  assert.equal(require([1, 2], "float32", "O").dtype, plain.float32);
  assert.deepEqual(require(5, null, "C").shape, []);
  const a = own([2], plain.float64);
  assert.equal(require(a, "f8"), a);
});

test("requirements that there are not, or that exclude each other, are refused", () => {
  assert.throws(() => require([1], null, ["C", "F"]), /C and F order exclude each other/);
  assert.throws(
    () => require([1], null, "X"),
    (e) => isNdError(e, "value"),
  );
  assert.throws(() => require([1], null, ["toString"]), /is no requirement/);
});

test("an infinity or a NaN is found in any layout of any float, nothing else is looked at", () => {
  const dtypes = [plain.float16, plain.float32, plain.float64, plain.complex64, plain.complex128];
  for (const dtype of dtypes) {
    for (const { name, make } of sweep(dtype)) {
      const a = make();
      assert.equal(asarrayChkfinite(a), a, `${dtype}, ${name}`);
      if (a.size === 0) continue;
      for (const bad of [NaN, Infinity, -Infinity]) {
        const b = make();
        const last = b.viewAs({ shape: [], strides: [], offset: b.layout.offset });
        dtype.access.write(last.storage.view, last.byteOffset, dtype.access.coerce(bad) as never);
        assert.throws(() => asarrayChkfinite(b), /infs or NaNs/, `${dtype}, ${name}, ${texts([bad])}`);
      }
    }
  }
  const gaps = number(own([2, 2], plain.float64));
  gaps.storage.view.setFloat64(8, NaN, true);
  assert.deepEqual(asarrayChkfinite(gaps.slice(":", "::2")).shape, [2, 1]);
  assert.equal(asarrayChkfinite([1, 2], "int32").dtype, plain.int32);
  assert.throws(() => asarrayChkfinite([1, NaN]), /infs or NaNs/);
});
