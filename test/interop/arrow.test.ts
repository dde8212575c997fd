import assert from "node:assert/strict";
import { test } from "node:test";
import * as Arrow from "apache-arrow";
import * as np from "../../src/index.ts";
import { arrow } from "../../src/interop/arrow.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const { toVector, fromVector } = arrow(Arrow as never);
const TAKEN = /^(bool|u?int(8|16|32|64)|float(16|32|64))$/;

for (const layout of Object.keys(layouts)) {
  test(`Arrow reads ${layout} as a copy of it`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      if (strided.ndim === 0 || !TAKEN.test(strided.dtype.name)) {
        assert.throws(() => toVector(strided), np.isNdError, dtype);
        continue;
      }
      const vector = toVector(strided);
      const { values, valid } = fromVector(vector);
      assert.deepEqual(values.tolist(), dense.tolist(), `${layout}, ${dtype}`);
      assert.equal(String(values.dtype), String(dense.dtype));
      assert.equal(valid, null);
      const shares = strided.isContiguous("C") && strided.isAligned() && dense.dtype.kind !== "b";
      if (shares && strided.size > 0) assert.equal(values.buffer, strided.buffer, `${layout}, ${dtype}`);
    }
  });
}

test("what is written shows on the other side, both ways", () => {
  const a = np.arange(6).reshape(3, 2);
  const vector = toVector(a, { copy: false }) as unknown as Arrow.Vector;
  a.set([1, 0], 20);
  assert.deepEqual(vector.get(1).toArray(), new Float64Array([20, 3]));
  fromVector(vector.slice(2)).values.set([0, 0], 40);
  assert.equal(a.at(2, 0), 40);
  assert.throws(
    () => toVector(a.T, { copy: false }),
    /axis 1 has stride 16, wanted 8; Arrow takes only C order/,
  );
});

test("missing values are a mask, in slices and over several chunks", () => {
  const vector = Arrow.vectorFromArray([1, null, 3, 4]);
  const tail = vector.slice(1, 3);
  assert.deepEqual(fromVector(vector).valid?.tolist(), [true, false, true, true]);
  assert.deepEqual(fromVector(tail).valid?.tolist(), [false, true]);
  assert.equal(fromVector(tail).values.at(1), 3);
  const both = fromVector(vector.concat(tail));
  assert.deepEqual(both.values.gather(both.valid!).tolist(), [1, 3, 4, 3]);
  assert.equal(both.copied, true);
});

test("a table that was written and read again lends its columns", () => {
  const table = new Arrow.Table({
    x: toVector(np.arange(4)) as never,
    m: toVector(np.ones([4, 2], "int16")) as never,
  });
  const read = Arrow.tableFromIPC(Arrow.tableToIPC(table, "stream"));
  assert.deepEqual(fromVector(read.getChild("x")!).values.tolist(), [0, 1, 2, 3]);
  assert.deepEqual(fromVector(read.getChild("m")!).values.shape, [4, 2]);
});

test("what is no number is refused", () => {
  assert.throws(() => fromVector(Arrow.vectorFromArray(["a", "b"])), /DTypeError: fromVector/);
});
