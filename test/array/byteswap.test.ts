import assert from "node:assert/strict";
import { test } from "node:test";
import { byteswap } from "../../src/array/byteswap.ts";
import { array } from "../../src/array/create.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { plain } from "../../src/dtype/table.ts";
import { bytesOf, dtypes, own, sweep } from "./model.ts";

test("every number has its bytes reversed, a complex one in each part, in any layout", () => {
  for (const dtype of dtypes) {
    const width = dtype.itemsize / (dtype.kind === "c" ? 2 : 1);
    for (const { name, make } of sweep(dtype)) {
      const wanted = bytesOf(make()).map((bytes) =>
        Array.from({ length: bytes.length / width }, (_, k) =>
          bytes.slice(k * width, (k + 1) * width).reverse(),
        ).flat(),
      );
      const a = make();
      assert.deepEqual(bytesOf(byteswap(a)), wanted, `${dtype}, ${name}`);
      assert.deepEqual(bytesOf(a), bytesOf(make()), `${dtype}, ${name}: the array itself stays`);
      assert.equal(byteswap(a, { inplace: true }), a);
      assert.deepEqual(bytesOf(a), wanted, `${dtype}, ${name}, in place`);
    }
  }
});

test("the numbers in a struct are swapped, its raw bytes are not", () => {
  const dtype = toDescriptor([
    ["a", "i2"],
    ["b", "V3"],
    ["c", "i4", [2]],
    [
      "d",
      [
        ["e", "u1"],
        ["f", "c8"],
      ],
    ],
  ]);
  const a = own([1], dtype);
  new Uint8Array(a.buffer).forEach((_, k, all) => void (all[k] = k));
  const swapped = [1, 0, 2, 3, 4, 8, 7, 6, 5, 12, 11, 10, 9, 13, 17, 16, 15, 14, 21, 20, 19, 18];
  assert.deepEqual(bytesOf(byteswap(a)), [swapped]);
});

test("a copy takes Fortran order from a Fortran array only; a read-only array is not swapped in place", () => {
  const a = own([2, 3, 4], plain.int16);
  assert.deepEqual(byteswap(a.T).strides, [2, 8, 24]);
  assert.deepEqual(byteswap(a.slice(":", "::2").T).flags.cContiguous, true);
  a.setflags({ write: false });
  assert.throws(() => byteswap(a, { inplace: true }), /read-only/);
  assert.equal(byteswap(array([1], "int16")).at(0), 256);
});
