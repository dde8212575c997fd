import assert from "node:assert/strict";
import { test } from "node:test";
// @ts-expect-error: the package has no types of its own.
import ndarray from "ndarray";
import * as np from "../../src/index.ts";
import { scijs } from "../../src/interop/scijs.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const { toNdarray, fromNdarray } = scijs(ndarray as never);
const TAKEN = /^(bool|u?int(8|16|32|64)|float(32|64))$/;

interface Readable {
  readonly shape: readonly number[];
  get(...index: number[]): unknown;
}

/** The elements as scijs reads them. */
function read(nd: Readable, index: number[] = []): unknown {
  const axis = index.length;
  if (axis === nd.shape.length) return nd.get(...index);
  return Array.from({ length: nd.shape[axis]! }, (_, k) => read(nd, [...index, k]));
}

const numbers = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(numbers) : typeof value === "boolean" ? Number(value) : value;

for (const layout of Object.keys(layouts)) {
  test(`scijs reads ${layout} without a copy, and it comes back as it was`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      if (!TAKEN.test(strided.dtype.name)) {
        assert.throws(() => toNdarray(strided), /DTypeError: handoff: ndarray takes/, dtype);
        continue;
      }
      const whole = strided.isAligned() && strided.strides.every((s) => s % strided.itemsize === 0);
      const nd = toNdarray(strided) as unknown as Readable & { readonly data: Uint8Array };
      assert.deepEqual(read(nd), numbers(dense.tolist()), `${layout}, ${dtype}`);
      if (whole) assert.equal(nd.data.buffer, strided.buffer, `${layout}, ${dtype}`);
      assert.deepEqual(fromNdarray(nd as never).tolist(), numbers(dense.tolist()));
    }
  });
}

test("what scijs writes shows in the array, and the other way round", () => {
  const a = np.zeros([2, 3]);
  const nd = toNdarray(a.slice("::-1", ":").T) as unknown as { set(i: number, j: number, v: number): void };
  nd.set(0, 1, 7);
  assert.deepEqual(a.tolist(), [
    [7, 0, 0],
    [0, 0, 0],
  ]);
  const theirs = (ndarray as unknown as (d: Float32Array, s: number[]) => { step(...s: number[]): never })(
    new Float32Array([1, 2, 3, 4, 5, 6]),
    [2, 3],
  );
  const view = fromNdarray(theirs.step(1, -1));
  assert.deepEqual(view.tolist(), [
    [3, 2, 1],
    [6, 5, 4],
  ]);
  view.set([0, 0], 9);
  assert.equal((theirs as unknown as { get(i: number, j: number): number }).get(0, 2), 9);
});

test("data that is no memory is refused", () => {
  assert.throws(() => fromNdarray({ data: [1, 2], shape: [2], stride: [1], offset: 0 }), /no typed array/);
});

test("scijs loads the package by itself", async () => {
  const loaded = await scijs();
  assert.deepEqual(read(loaded.toNdarray(np.ones(2)) as never), [1, 1]);
});
