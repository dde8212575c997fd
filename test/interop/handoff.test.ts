import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { type Handoff, type HandoffRequirement, handoff } from "../../src/interop/handoff.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

const a = np.arange(24, { dtype: "float64" }).reshape(4, 6);

/** The elements that a consumer finds which reads nothing but what it was handed. */
function read({ data, shape, strides, offset, dtype, transposed }: Handoff): unknown {
  const source = { buffer: data.buffer, dtype, shape, strides, offset: data.byteOffset + offset };
  const found = np.fromStrided(source);
  return (transposed ? found.T : found).tolist();
}

/** [array, requirement, copied, reason]. */
const facts: Readonly<Record<string, readonly [np.NDArray, HandoffRequirement, boolean, string]>> = {
  "anything goes": [a.slice("::-1", "::2"), {}, false, ""],
  "C order": [a, { order: "C" }, false, ""],
  "no C order": [
    a.T,
    { order: "C", consumer: "ONNX" },
    true,
    "axis 1 has stride 48, wanted 8; ONNX takes only C order without gaps",
  ],
  "either order": [a.T, { order: "CF" }, false, ""],
  "a transpose that can be said": [
    a.T,
    { order: "C", consumer: "BLAS", transposable: true },
    false,
    "axis 1 has stride 48, wanted 8; BLAS takes only C order without gaps; the transpose fits",
  ],
  "negative strides": [
    a.slice(":", "::-1"),
    { negative: false, consumer: "torch" },
    true,
    "axis 1 has stride -8; torch takes only positive strides",
  ],
  "a length of one has no direction": [a.slice(":", ":1").slice(":", "::-1"), { negative: false }, false, ""],
  "repeated elements": [
    np.broadcastTo(a.slice(0), [3, 6]),
    { repeated: false, consumer: "torch" },
    true,
    "axis 0 has stride 0, its elements are one; torch takes only elements of their own",
  ],
  "a window": [a.slice("1:3", "2:4"), { unitAxis: "last", negative: false }, false, ""],
  "a gap in the last axis": [
    a.slice(":", "::2"),
    { unitAxis: "last", consumer: "OpenCV" },
    true,
    "axis 1 has stride 16, wanted 8; OpenCV takes only elements side by side along the last axis",
  ],
  "one axis without gaps": [a.slice("::2").T, { unitAxis: "some" }, false, ""],
  "read-only": [
    np.broadcastTo(a, [4, 6]),
    { writable: true },
    true,
    "the array is read-only; the consumer writes",
  ],
  "another dtype": [
    np.ones(3, "int16"),
    { dtypes: ["float32", "float64"], consumer: "tfjs" },
    true,
    "the dtype is int16; tfjs gets float32",
  ],
  "a buffer of its own": [
    np.ones(3),
    { wholeBuffer: true },
    true,
    "the elements take 24 bytes of a buffer of 65536; the consumer takes only whole buffers",
  ],
  "shared memory": [
    np.frombuffer(new SharedArrayBuffer(16)),
    { shared: false, consumer: "onnxruntime-node" },
    true,
    "the memory is a SharedArrayBuffer; onnxruntime-node takes none",
  ],
  alignment: [
    a.slice(1),
    { alignment: 64 },
    true,
    "the elements do not all lie at multiples of 64 bytes; the consumer takes no others",
  ],
};

for (const [name, [array, requirement, copied, reason]] of Object.entries(facts)) {
  test(`handoff: ${name}`, () => {
    const given = handoff(array, requirement);
    assert.deepEqual({ copied: given.copied, reason: given.reason }, { copied, reason });
    assert.deepEqual(read(given), array.astype(given.dtype).tolist());
    if (!copied) assert.equal(given.data.buffer, array.buffer);
    if (copied) {
      const refusal = new RegExp(
        `^ValueError: handoff: needs a copy, and copy is false: ${reason.replace(/[()]/g, ".")}$`,
      );
      assert.throws(() => handoff(array, { ...requirement, copy: false }), refusal);
    }
  });
}

const strict: HandoffRequirement = { order: "C", negative: false, repeated: false, writable: true };

for (const layout of Object.keys(layouts)) {
  test(`handoff: what leaves ${layout} is what a copy holds, and is C-contiguous when it must be`, () => {
    for (const dtype of Object.keys(dtypes)) {
      const { strided, dense } = pair(layout, dtype);
      for (const requirement of [
        {},
        strict,
        { order: "F" },
        { unitAxis: "last", negative: false },
      ] as const) {
        const given = handoff(strided, requirement);
        assert.deepEqual(read(given), dense.tolist(), `${layout}, ${dtype}`);
        assert.equal(given.copied || given.data.buffer === strided.buffer, true);
      }
      const given = handoff(strided, strict);
      const size = strided.size * strided.itemsize;
      assert.equal(given.data.byteLength, size, `${layout}, ${dtype}`);
      assert.equal(given.offset, 0);
    }
  });
}

test("handoff: what cannot be handed over is an error with its reason", () => {
  assert.throws(
    () => handoff(np.ones([2, 2, 2]), { maxRank: 2, consumer: "BLAS" }),
    /3 axes; BLAS takes at most 2/,
  );
  assert.throws(
    () => handoff(np.ones(2, "complex64"), { dtypes: ["float32"], consumer: "tfjs" }),
    /^DTypeError: handoff: tfjs takes float32, and complex64 does not go into them/,
  );
  assert.throws(() => handoff(a, null as never), /the requirement is an object/);
});

test("handoff: memory lent inside a scope is ordinary memory outside", () => {
  const given = np.scope(() => handoff(np.add(a, 1), { order: "C" }));
  np.scope(() => np.multiply(a, 0));
  assert.deepEqual(read(given), np.add(a, 1).tolist());
});
