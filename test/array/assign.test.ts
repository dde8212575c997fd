import assert from "node:assert/strict";
import { test } from "node:test";
import { type AssignOptions, assign, fill } from "../../src/array/assign.ts";
import { copyto } from "../../src/array/copy.ts";
import { array } from "../../src/array/create.ts";
import { placeOf } from "../../src/array/duplicate.ts";
import { tolist } from "../../src/array/elements.ts";
import { adoptLayout, emptyArray } from "../../src/array/fresh.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { Complex, complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import { broadcastLayout } from "../../src/layout/broadcast.ts";
import type { SliceText } from "../../src/layout/slice.ts";
import { Dice } from "../layout/model.ts";
import { addressesOf, copiesDuring, dtypes, number, own, sweep, texts, valuesOf, windowOn } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const unsafe: AssignOptions = { casting: "unsafe", caller: "test" };

function range(n: number): NDArray {
  return number(own([n], plain.int32));
}

/** What the memory of `dst` holds after every element of `src` was read and then each written in C order. */
function naive(dst: NDArray, src: NDArray, where?: NDArray): Uint8Array {
  const { shape } = dst.layout;
  const stretched = (a: NDArray) => valuesOf(a.viewAs(broadcastLayout(a.layout, shape)!));
  const values = stretched(src).map((x) => dst.dtype.access.convert(x, src.dtype.kind));
  const mask = where === undefined ? null : stretched(where);
  const memory = new Uint8Array(dst.buffer).slice();
  const view = new DataView(memory.buffer);
  for (const [k, at] of addressesOf(dst).entries()) {
    if (mask === null || mask[k] === true) dst.dtype.access.write(view, at, values[k] as never);
  }
  return memory;
}

// dst and src as slices of 1 to 20. NumPy 2.4 gets the marked ones wrong.
const slices: [dst: SliceText, src: SliceText, wrongInNumPy?: true][] = [
  ["1:", ":-1"],
  [":-1", "1:"],
  ["::2", ":10", true],
  [":10", "::2"],
  ["10:", "::2", true],
  ["::2", "10:", true],
  ["5:15", "14:4:-1"],
  [":", "::-1"],
  ["::-1", ":"],
  ["3::3", ":6", true],
  [":6", "3::3"],
  ["2:12:2", "1:16:3"],
  ["19:9:-1", "::2"],
  ["18::-2", "9::-1", true],
];

test("a slice is written as if the other had been copied first, however the two lie", () => {
  for (const [to, from] of slices) {
    const a = range(20);
    const wanted = naive(a.slice(to), a.slice(from));
    assign(a.slice(to), a.slice(from), unsafe);
    assert.deepEqual(new Uint8Array(a.buffer), wanted, `a[${to}] = a[${from}]`);
  }
});

test("NumPy's wrong example comes out right", () => {
  const a = array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  copyto(a.slice("::2"), a.slice(":5"));
  assert.deepEqual(tolist(a), [0, 1, 1, 3, 2, 5, 3, 7, 4, 9]);
});

test("the right side is copied only when it has to be", () => {
  const grid = () => number(own([4, 4], plain.float64));
  const cases: [string, (a: NDArray) => [NDArray, NDArray], number][] = [
    ["other memory", (a) => [a, grid().T], 0],
    ["the same elements", (a) => [a, a.slice("...")], 0],
    ["even and odd columns", (a) => [a.slice(":", "::2"), a.slice(":", "1::2")], 0],
    ["dense rows further down", (a) => [a.slice("1:"), a.slice(":-1")], 0],
    ["the transposed", (a) => [a, a.T], 1],
    ["the reversed", (a) => [a, a.slice("::-1")], 1],
    ["overlapping columns", (a) => [a.slice(":", "1:"), a.slice(":", ":-1")], 1],
    ["a row onto all", (a) => [a, a.slice(1)], 1],
  ];
  for (const [name, pair, copies] of cases) {
    const [dst, src] = pair(grid());
    const wanted = naive(dst, src);
    assert.equal(copiesDuring(() => assign(dst, src, { ...unsafe, reason: "why" })).length, copies, name);
    assert.equal(Buffer.compare(new Uint8Array(dst.buffer), wanted), 0, name);
  }
});

test("random arrays over one buffer, of any two dtypes, masked or not, obey copy first and last write wins", () => {
  const dice = new Dice(7);
  // Floats are left out where bytes are compared: a NaN may change its bits on the way.
  const exact = dtypes.filter(({ kind }) => kind === "i" || kind === "u");
  let done = 0;
  while (done < 3000) {
    const [to, from] = [dice.pick(exact), dice.pick(exact)];
    const shape = Array.from({ length: dice.int(0, 3) }, () => dice.pick([1, 2, 3, 4, 5]));
    const given = shape.slice(dice.chance(0.3) ? dice.int(0, shape.length) : 0);
    const buffer = Uint8Array.from({ length: 200 }, () => dice.int(0, 255)).buffer;
    const dst = windowOn(dice, buffer, to, shape);
    const src = windowOn(
      dice,
      buffer,
      dice.chance(0.6) ? to : from,
      given.map((n) => (dice.chance(0.15) ? 1 : n)),
    );
    if (dst === null || src === null) continue;
    const mask = dice.chance(0.3) ? number(emptyArray(given, plain.bool, "C", "test")) : undefined;
    const wanted = naive(dst, src, mask);
    const say = () =>
      `${from} ${src.shape} ${src.strides} at ${src.byteOffset} to ${to} ${shape} ${dst.strides} at ${dst.byteOffset}`;
    assign(dst, src, { ...unsafe, where: mask });
    assert.equal(Buffer.compare(new Uint8Array(buffer), wanted), 0, say());
    done++;
  }
});

test("a mask that the writing would change is read first", () => {
  const bytes = own([8], plain.uint8);
  copyto(bytes, [1, 0, 1, 1, 0, 0, 1, 0]);
  const mask = bytes.retype(bytes.layout, plain.bool);
  copyto(bytes.slice(":7"), bytes.slice("1:"), { where: mask.slice("1:") });
  assert.deepEqual(tolist(bytes), [1, 1, 1, 1, 0, 1, 1, 0]);
});

test("from every layout into every layout, of every dtype, elements arrive", () => {
  for (const dtype of dtypes) {
    for (const target of sweep(dtype)) {
      for (const source of sweep(dtype)) {
        const [dst, src] = [target.make(), source.make()];
        if (broadcastLayout(src.layout, dst.shape) === null) continue;
        const wanted = naive(dst, src);
        assign(dst, src, { casting: "no", caller: "test" });
        assert.equal(
          Buffer.compare(new Uint8Array(dst.buffer), wanted),
          0,
          `${dtype}: ${source.name} to ${target.name}`,
        );
      }
    }
  }
});

test("every layout of every dtype is filled, and nothing beside it", () => {
  for (const dtype of dtypes) {
    for (const { name, make } of sweep(dtype)) {
      const a = make();
      const outside = new Set(new Uint8Array(a.buffer).keys());
      for (const at of addressesOf(a)) for (let e = 0; e < a.itemsize; e++) outside.delete(at + e);
      const before = new Uint8Array(a.buffer).slice();
      fill(a, 1);
      assert.ok(
        texts(valuesOf(a)).every((x) => x === texts([dtype.access.coerce(1)])[0]),
        `${dtype}, ${name}`,
      );
      for (const k of outside)
        assert.equal(new Uint8Array(a.buffer)[k], before[k], `${dtype}, ${name}, byte ${k}`);
    }
  }
});

const filled: [value: unknown, dtype: Descriptor, wanted: unknown][] = [
  [3.9, plain.int32, 3],
  [-0.5, plain.uint8, 0],
  [7n, plain.float32, 7],
  [true, plain.complex64, complex(1)],
  [2, plain.bool, true],
  [array(300.7), plain.uint8, 44],
  [array(NaN), plain.int32, -(2 ** 31)],
  [complex(1, 2), plain.complex128, complex(1, 2)],
];

test("a value that fits is the element, an array's value is cast", () => {
  for (const [value, dtype, wanted] of filled) {
    const a = emptyArray([2], dtype, "C", "test");
    fill(a, value);
    assert.deepEqual(texts(valuesOf(a)), texts([wanted, wanted]), `${String(value)} in ${dtype}`);
  }
});

test("what does not fit, or may not be written, is refused before anything changes", () => {
  const a = number(own([3], plain.uint8));
  const refused = (work: () => void, kind: "value" | "dtype" | "shape") => {
    assert.throws(work, (error) => isNdError(error, kind));
    assert.deepEqual(valuesOf(a), [1, 2, 3]);
  };
  refused(() => fill(a, 300), "value");
  refused(() => fill(a, Number.NaN), "value");
  refused(() => fill(a, new Complex(1, 1)), "dtype");
  refused(() => fill(a, array([1])), "value");
  refused(() => copyto(a, array([1.5, 2, 3])), "dtype");
  refused(() => copyto(a, 300), "value");
  refused(() => copyto(a, 2.5), "dtype");
  refused(() => copyto(a, [1, 2]), "shape");
  refused(() => copyto(a, 9, { where: array([1, 0, 1]) }), "dtype");
  refused(() => copyto(a, 9, { where: array([true, false]) }), "shape");
  a.setflags({ write: false });
  refused(() => fill(a, 1), "value");
  refused(() => copyto(a, 1), "value");
});

test("copyto casts by its rule; a scalar has no size of its own", () => {
  const a = emptyArray([2], plain.float32, "C", "test");
  copyto(a, 0.1);
  assert.equal(a.at(0), Math.fround(0.1));
  copyto(a, array([1, 2], "int64"));
  assert.deepEqual(tolist(a), [1, 2]);
  const b = emptyArray([2], plain.int8, "C", "test");
  copyto(b, array([300, -300], "int64"));
  assert.deepEqual(tolist(b), [44, -44]);
  copyto(b, 3.9, { casting: "unsafe" });
  assert.deepEqual(tolist(b), [3, 3]);
  assert.throws(() => copyto(b, 1, { casting: "sure" as never }), /sure/);
});

test("leading axes of length 1 of the source are dropped where an index would drop them", () => {
  const a = emptyArray([2, 2], plain.int32, "C", "test");
  copyto(a, array([[[1, 2]]], "int32"));
  assert.deepEqual(tolist(a), [
    [1, 2],
    [1, 2],
  ]);
  assert.throws(
    () => assign(a, array([[[1, 2]]], "int32"), unsafe),
    /could not broadcast input array from shape \(1, 1, 2\)/,
  );
});

test("a masked cast writes where the mask is true, in structs field by field", () => {
  const a = array([1, 2, 3, 4], "int16");
  copyto(a, array([9.9, 8.8, 7.7, 6.6]), { casting: "unsafe", where: [false, true].concat([true, false]) });
  assert.deepEqual(tolist(a), [1, 8, 7, 4]);
  const whole = toDescriptor([
    ["a", "i4"],
    ["b", "i4"],
    ["c", "i2", [2]],
  ]);
  const some = toDescriptor({
    names: ["a", "c"],
    formats: ["i4", ["i2", [2]]],
    offsets: [0, 8],
    itemsize: 12,
  });
  const s = array(
    [
      [1, 2, [3, 4]],
      [5, 6, [7, 8]],
    ],
    whole,
  );
  const t = array(
    [
      [-1, -2, [-3, -4]],
      [-5, -6, [-7, -8]],
    ],
    whole,
  );
  copyto(s.retype(s.layout, some), t.retype(t.layout, some), { where: [true, false] });
  assert.deepEqual(tolist(s), [
    { a: -1, b: 2, c: [-3, -4] },
    { a: 5, b: 6, c: [7, 8] },
  ]);
});

test("a read-only array may be assigned to itself, as nothing is written", () => {
  const a = range(3);
  a.setflags({ write: false });
  copyto(a, a.slice(":"));
  assert.throws(() => copyto(a, a.slice("::-1")), /read-only/);
});

test("the last of the elements that fall on one place wins", () => {
  const a = emptyArray([1], plain.int32, "C", "test");
  const spread = adoptLayout(
    a.buffer,
    { ...a.layout, shape: [2, 3], strides: [0, 0] },
    plain.int32,
    true,
    "test",
  );
  assign(
    spread,
    array(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      "int32",
    ),
    unsafe,
  );
  assert.equal(a.at(0), 6);
  assign(
    spread,
    array(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      "int32",
    ),
    { ...unsafe, where: array([true, false, false]) },
  );
  assert.equal(a.at(0), 4);
  assert.equal(placeOf(spread).offset, a.byteOffset);
});
