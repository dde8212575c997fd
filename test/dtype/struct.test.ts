import assert from "node:assert/strict";
import { test } from "node:test";
import { dtype, toDescriptor } from "../../src/dtype/parse.ts";
import { selectFields, unpackSubarray } from "../../src/dtype/struct.ts";

test("a view of several fields keeps the places and the itemsize", () => {
  const whole = dtype([
    ["a", "f4"],
    ["b", "u1"],
    ["c", "i8"],
  ]);
  const part = selectFields(whole, ["c", "a"]);
  assert.equal(part.itemsize, 13);
  assert.deepEqual(
    part.fields!.map((field) => [field.name, field.offset]),
    [
      ["c", 5],
      ["a", 0],
    ],
  );
  assert.equal(
    selectFields(dtype("f4,u1,i8", { align: true }), ["f0", "f2"]).repr(),
    "dtype([('f0', '<f4'), ('f2', '<i8')], align=True)",
  );
});

test("a field that is not there, or is asked for twice, is an error", () => {
  const whole = dtype("f4,u1");
  assert.throws(() => selectFields(whole, ["f0", "zz"]), /no field "zz".*its fields are \["f0","f1"\]/);
  assert.throws(() => selectFields(whole, ["f0", "f0"]), /two fields are named 'f0'/);
  assert.throws(() => dtype("f4").field("x"), /it has no fields/);
});

test("the axes of subarrays in subarrays come out together", () => {
  const { dtype: inner, shape } = unpackSubarray(toDescriptor([["f4", [2, 3]], [4]]));
  assert.equal(inner, dtype("f4"));
  assert.deepEqual(shape, [4, 2, 3]);
  assert.deepEqual(unpackSubarray(dtype("u1")), { dtype: dtype("u1"), shape: [] });
});

test("a struct cannot be changed once it is made", () => {
  const made = dtype("f4,u1");
  assert.throws(() => (made.fields as unknown[]).pop(), TypeError);
});
