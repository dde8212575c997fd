import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import * as np from "../../src/index.ts";
import { pack, share, unpack } from "../../src/interop/workers.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

function sent<T>(value: T, move = false): T {
  const [message, transfer] = pack(value, { move });
  return unpack<T>(structuredClone(message, { transfer }));
}

for (const layout of Object.keys(layouts)) {
  test(`${layout} arrives with its layout`, () => {
    for (const dtype of everyDtype) {
      for (const move of [false, true]) {
        const { strided, dense } = pair(layout, dtype);
        const there = sent({ strided }, move).strided;
        assert.deepEqual(there.tolist(), dense.tolist(), `${layout}, ${dtype}`);
        assert.deepEqual([there.shape, there.strides], [strided.shape, strided.strides]);
        assert.equal(String(there.dtype), String(strided.dtype));
        assert.equal(there.flags.writeable, strided.flags.writeable);
      }
    }
  });
}

test("views of one buffer are views of one buffer on the other side", () => {
  const a = np.arange(10000);
  const [there, reversed, list] = sent([a, a.slice("::-1"), { deep: [a.slice("5:7")] }] as const);
  there.set([0], 42);
  assert.equal(reversed.at(-1), 42);
  there.set([5], 43);
  assert.deepEqual(list.deep[0]!.tolist(), [43, 6]);
  assert.equal(a.at(0), 0);
});

test("what moves is gone here, and what shares a buffer with others is not", () => {
  const large = np.ones(100000);
  const small = np.ones(3);
  const other = np.ones(3);
  const there = sent({ large, small }, true);
  assert.deepEqual([there.large.size, there.small.tolist()], [100000, [1, 1, 1]]);
  assert.throws(() => large.at(0), /ValueError/);
  assert.deepEqual(
    [small.tolist(), other.tolist()],
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
  );
});

test("values around arrays stay, cycles too", () => {
  const value: { a: np.NDArray; n: number; date: Date; self?: unknown } = {
    a: np.ones(2),
    n: 5,
    date: new Date(0),
  };
  value.self = value;
  const there = sent(value);
  assert.equal(there.self, there);
  assert.deepEqual([there.n, there.date, there.a.tolist()], [5, new Date(0), [1, 1]]);
});

test("a worker sees a shared array as it changes, and gives results back", async () => {
  const shared = share(np.zeros([2, 3]).slice(":", "::-1"));
  const worker = new Worker(new URL("./worker-side.mjs", import.meta.url), { execArgv: [] });
  const answer = new Promise<unknown>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  worker.postMessage(pack({ shared })[0]);
  const { doubled } = unpack<{ doubled: np.NDArray }>(await answer);
  assert.equal(shared.at(1, 2), 7);
  assert.deepEqual(doubled.tolist(), [
    [0, 0],
    [0, 0],
    [0, 14],
  ]);
});
