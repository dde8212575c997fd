import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

for (const layout of Object.keys(layouts)) {
  test(`${layout} is exchanged as it is`, () => {
    for (const dtype of Object.keys(dtypes)) {
      const { strided, dense } = pair(layout, dtype);
      if (!"biufc".includes(strided.dtype.kind)) {
        assert.throws(() => np.toDlpack(strided), /^DTypeError: toDlpack/);
        continue;
      }
      const tensor = np.toDlpack(strided);
      const there = np.fromDlpack({ ...tensor });
      assert.deepEqual(there.tolist(), dense.tolist(), `${layout}, ${dtype}`);
      const whole = strided.strides.every((stride) => stride % strided.itemsize === 0) && strided.isAligned();
      if (whole) assert.equal(tensor.data, strided.buffer, `${layout}, ${dtype}`);
    }
  });
}

test("an array is lent, what gives a tensor is asked, and a copy is one", () => {
  const a = np.arange(6).reshape(2, 3);
  const view = np.fromDlpack(a.T);
  view.set([0, 1], 40);
  assert.equal(a.at(1, 0), 40);
  const asked = np.fromDlpack({ __dlpack__: () => np.toDlpack(a.slice("::-1")) });
  assert.deepEqual(asked.tolist(), a.slice("::-1").tolist());
  assert.equal(np.sharesMemory(np.fromDlpack(a, { copy: true }), a), false);
});

test("other devices, nonsense and memory that is too small are refused", () => {
  const data = new Float64Array(4);
  assert.throws(() => np.fromDlpack({ data, dtype: "f8", shape: [2], device: "cuda" }), /memory of "cuda"/);
  assert.throws(() => np.fromDlpack(null as never), /null is no tensor/);
  assert.throws(() => np.fromDlpack({ data, dtype: "f8", shape: [5] }), /^ValueError/);
  assert.throws(() => np.fromDlpack({ data, dtype: "f8", shape: [2], strides: [-1] }), /^ValueError/);
});

test("an array is in the main memory, and stays there", () => {
  const a = np.ones(2);
  assert.equal(a.device, "cpu");
  assert.equal(a.toDevice("cpu"), a);
  assert.throws(
    () => a.toDevice("gpu" as "cpu"),
    /^ValueError: toDevice: "gpu" is no device here; only "cpu"/,
  );
});

test("what is read-only stays so on the other side, unless it was copied", () => {
  const a = np.arange(6);
  assert.equal(np.toDlpack(a).readOnly, undefined);
  a.setflags({ write: false });
  assert.equal(np.toDlpack(a).readOnly, true);
  assert.throws(() => np.fromDlpack(np.toDlpack(a)).fill(1), /read-only/);
  assert.equal(np.fromDlpack(np.toDlpack(a), { copy: true }).flags.writeable, true);
});
