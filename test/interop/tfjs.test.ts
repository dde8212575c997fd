import assert from "node:assert/strict";
import { before, test } from "node:test";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import * as np from "../../src/index.ts";
import { tfjs } from "../../src/interop/tfjs.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const { toTensor, fromTensor } = tfjs(tf as never);

before(() => tf.setBackend("cpu"));

for (const layout of Object.keys(layouts)) {
  test(`TensorFlow.js reads ${layout} as a copy of it`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      if (!/^(float32|u?int(8|16)|int32|bool|float16)$/.test(strided.dtype.name)) {
        assert.throws(() => toTensor(strided), /DTypeError: handoff: tfjs takes float32, int32, bool/, dtype);
        continue;
      }
      const back = fromTensor(toTensor(strided));
      assert.deepEqual(back.tolist(), dense.astype(back.dtype).tolist(), `${layout}, ${dtype}`);
      assert.deepEqual(back.shape, dense.shape);
    }
  });
}

test("a dense float32 array is not copied, and says why it would be", () => {
  const a = np.ones([2, 3], "float32");
  const tensor = toTensor(a, { copy: false }) as unknown as tf.Tensor;
  a.set([0, 0], 5);
  assert.equal(tensor.dataSync()[0], 5);
  assert.throws(
    () => toTensor(a.T, { copy: false }),
    /axis 1 has stride 12, wanted 4; tfjs takes only C order/,
  );
  assert.throws(
    () => toTensor(np.ones(2)),
    /float64 does not go into them by the rule "safe"; cast it with astype/,
  );
  assert.deepEqual(fromTensor(toTensor(np.ones(2), { casting: "same_kind" })).tolist(), [1, 1]);
});

test("results come back read-only", () => {
  const sum = fromTensor(tf.add(toTensor(np.ones([2, 2], "float32")) as never, 1) as never);
  assert.equal(sum.flags.writeable, false);
  assert.deepEqual(sum.tolist(), [
    [2, 2],
    [2, 2],
  ]);
});
