import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

test("contains asks for one element, and broadcasts", () => {
  assert.equal(np.arange(5).contains(3), true);
  assert.equal(np.arange(5).contains(2.5), false);
  assert.equal(np.array([]).contains(1), false);
  assert.equal(np.array(1).contains(1), true);
  assert.equal(np.array([Number.NaN]).contains(Number.NaN), false);
  assert.equal(np.array([[1, 2]]).T.contains([9, 2]), true);
  assert.throws(() => np.zeros([2, 2]).contains([1, 2, 3]), np.ShapeError);
});

test("getfield and setfield reach the bytes of elements through any view", () => {
  const a = np.zeros([2, 3], "int64");
  const high = a.T.slice("::-1").getfield("int32", 4);
  assert.deepEqual(
    [high.shape, high.strides],
    [
      [3, 2],
      [-8, 24],
    ],
  );
  high.set([0, 1], 1);
  assert.equal(a.at(1, 2), 2n ** 32n);
  a.setfield([1, 2, 3], "uint8", 1);
  assert.deepEqual(a.slice(0).tolist(), [256n, 512n, 768n]);
  a.setfield(1.7, "int16", 6);
  assert.equal(a.at(0, 0), 2n ** 48n + 256n);
  assert.deepEqual(a.getfield("(2,)i2", 2).shape, [2, 3, 2]);
  for (const offset of [-1, 5, 0.5]) assert.throws(() => a.getfield("int32", offset), np.ValueError);
  assert.throws(() => a.getfield("complex128"), np.ValueError);
  assert.throws(() => a.setfield([1, 2], "int32"), np.ShapeError);
  const frozen = np.zeros(2);
  frozen.setflags({ write: false });
  assert.throws(() => frozen.setfield(1, "int32"), /setfield.*read-only/);
});
