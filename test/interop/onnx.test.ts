import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as node from "onnxruntime-node";
import * as web from "onnxruntime-web";
import * as np from "../../src/index.ts";
import { onnx } from "../../src/interop/onnx.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { classifierModel, ELEMENT_TYPES, identityModel, sharpenModel } from "./onnx-models.ts";
import { everyDtype } from "./plain-dtypes.ts";

web.env.wasm.numThreads = 1;
web.env.logLevel = "error";

type Runtime = typeof node;
const runtimes: Readonly<Record<string, Runtime>> = {
  "onnxruntime-node": node,
  "onnxruntime-web": web as unknown as Runtime,
};
const weights = [1, 2, 3, 4, 5, 6];
const bias = [0.5, -0.5];

/** What the model computes, by ourselves. */
const scoresOf = (images: np.NDArray) =>
  np.add(np.matmul(images.mean([2, 3]) as np.NDArray, np.array(weights).reshape(3, 2)), np.array(bias));

for (const [name, ort] of Object.entries(runtimes)) {
  const { toTensor, fromTensor, run } = onnx(ort as never);

  test(`${name}: a batch of pictures, channels last, is run channels first`, async () => {
    const session = await ort.InferenceSession.create(classifierModel(weights, bias));
    const pictures = np
      .arange(2 * 4 * 5 * 3)
      .reshape(2, 4, 5, 3)
      .astype("float32");
    for (const batch of [pictures, pictures.slice(":", "::-1", "::-1"), pictures.slice("::-1", "::2")]) {
      const planes = batch.transpose(0, 3, 1, 2);
      const { scores } = await run(session as never, { images: planes });
      np.allclose(scores!, scoresOf(planes)) || assert.fail(`${scores} is not ${scoresOf(planes)}`);
    }
  });

  test(`${name}: an output goes into an array of any layout`, async () => {
    const session = await ort.InferenceSession.create(classifierModel(weights, bias));
    const images = np.ones([3, 3, 2, 2], "float32");
    const wanted = scoresOf(images).tolist();
    for (const out of [
      np.zeros([3, 2], "float32"),
      np.zeros([2, 3], "float32").T,
      np.zeros([3, 4], "float32").slice("::-1", "::2"),
      np.zeros([5, 2], "float32").slice("2:"),
    ]) {
      const { scores } = await run(session as never, { images }, { scores: out });
      assert.equal(scores, out);
      assert.deepEqual(out.tolist(), wanted);
    }
    // The runtime for Node sees it first.
    await assert.rejects(
      run(session as never, { images }, { scores: np.zeros([3, 3], "float32") }),
      /invalid dimensions|is of shape \(3, 2\)/,
    );
    await assert.rejects(
      run(session as never, { images }, { other: np.zeros([3, 2], "float32").T }),
      /no output "other"/,
    );
    const frozen = np.broadcastTo(np.zeros(2, "float32"), [3, 2]);
    await assert.rejects(run(session as never, { images }, { scores: frozen }), /read-only/);
  });

  test(`${name}: every dtype that both know goes in and comes out`, async () => {
    for (const dtype of Object.keys(ELEMENT_TYPES) as (keyof typeof ELEMENT_TYPES)[]) {
      let session: node.InferenceSession;
      try {
        session = await ort.InferenceSession.create(identityModel(dtype));
      } catch (error) {
        // The web's runtime is built without some types.
        assert.equal(name, "onnxruntime-web", `${dtype}: ${error}`);
        continue;
      }
      const x = np
        .array(
          [
            [1, 0, 1],
            [0, 1, 1],
          ],
          dtype,
        )
        .slice("::-1", "::2");
      const { y } = await run(session as never, { x });
      assert.equal(y!.dtype.name, dtype);
      assert.deepEqual(y!.tolist(), x.tolist(), dtype);
    }
  });

  for (const layout of Object.keys(layouts)) {
    test(`${name}: a tensor of ${layout} holds what a copy holds`, () => {
      for (const dtype of everyDtype) {
        const { strided, dense } = pair(layout, dtype);
        if (!"biuf".includes(strided.dtype.kind)) {
          assert.throws(() => toTensor(strided), /DTypeError: handoff: ONNX Runtime takes/, dtype);
          continue;
        }
        const tensor = toTensor(strided);
        assert.deepEqual(fromTensor(tensor).tolist(), dense.tolist(), `${layout}, ${dtype}`);
        const data = (tensor as unknown as { data: Uint8Array }).data;
        assert.ok(data.buffer instanceof ArrayBuffer, "it is no shared memory");
        const stays =
          strided.isContiguous("C") && strided.isAligned() && strided.buffer instanceof ArrayBuffer;
        if (stays && strided.size > 0) assert.equal(data.buffer, strided.buffer);
      }
    });
  }
}

test("samples/sharpen.onnx is what scripts/samples.ts writes, and sharpens", async () => {
  const file = new Uint8Array(readFileSync(new URL("../../samples/sharpen.onnx", import.meta.url)));
  assert.deepEqual(file, sharpenModel());
  const session = await node.InferenceSession.create(file);
  const images = np.full([1, 3, 3, 3], 10, "float32");
  images.set([0, 1, 1, 1], 20);
  const { pictures, brightness } = await onnx(node as never).run(session as never, { images });
  assert.deepEqual(pictures!.slice(0, 1).tolist(), [
    [30, 10, 30],
    [10, 60, 10],
    [30, 10, 30],
  ]);
  assert.deepEqual(brightness!.tolist(), [Math.fround(Number(pictures!.mean()))]);
  for (const runtime of Object.values(runtimes)) {
    const { InferenceSession } = runtime;
    const out = np.zeros(images.shape, "float32");
    const again = await onnx(runtime as never).run(
      (await InferenceSession.create(file)) as never,
      { images },
      { pictures: out },
    );
    assert.equal(again.pictures, out);
    assert.deepEqual(out.tolist(), pictures!.tolist());
    assert.deepEqual(again.brightness!.tolist(), brightness!.tolist(), "outputs without an array come too");
  }
});

test("onnxruntime-node refuses memory that is shared, so it never gets it", async () => {
  const { toTensor, run } = onnx(node as never);
  const session = await node.InferenceSession.create(identityModel("float32"));
  const shared = np.frombuffer(new SharedArrayBuffer(24), "float32").reshape(2, 3);
  shared.set("...", [1, 2, 3]);
  const bare = new node.Tensor("float32", shared.data as never, [2, 3]);
  await assert.rejects(session.run({ x: bare }), /Invalid argument/);
  assert.throws(
    () => toTensor(shared, { copy: false }),
    /the memory is a SharedArrayBuffer; ONNX Runtime takes none/,
  );
  const { y } = await run(session as never, { x: shared }, { y: shared });
  assert.equal(y, shared);
  assert.deepEqual(shared.at(1, 2), 3);
});

test("onnxruntime-node reads the array's own memory, and writes into it", async () => {
  const { toTensor, run } = onnx(node as never);
  const session = await node.InferenceSession.create(identityModel("float32"));
  const x = np.zeros([2, 3], "float32");
  const tensor = toTensor(x, { copy: false });
  x.set([1, 2], 5);
  const { y } = await session.run({ x: tensor as never });
  assert.equal((y!.data as Float32Array)[5], 5);
  const out = np.zeros([2, 3], "float32");
  await run(session as never, { x }, { y: out });
  assert.equal(out.at(1, 2), 5);
  assert.throws(
    () => toTensor(x.T, { copy: false }),
    /axis 1 has stride 12, wanted 4; ONNX Runtime takes only C order/,
  );
});
