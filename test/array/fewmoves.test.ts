import assert from "node:assert/strict";
import { test } from "node:test";
import { FEW, fewIn, fewOut, isFew } from "../../src/array/fewmoves.ts";
import { Storage } from "../../src/array/storage.ts";
import * as np from "../../src/index.ts";
import { heap, tilePointer } from "../../src/wasm/memory.ts";
import { Dice, everyIndex } from "../layout/model.ts";

const TILE = tilePointer(0);
const HERE = tilePointer(20);
const ROOM = 4096;

function fill(bytes: Uint8Array, seed: number): void {
  for (let k = 0; k < bytes.length; k++) bytes[k] = Math.imul(k + seed, 0x9e3779b1) >>> 24;
}

/** The first bytes of all elements in C order. */
function firsts(shape: readonly number[], strides: readonly number[], offset: number): number[] {
  return [...everyIndex(shape)].map((index) => index.reduce((at, i, k) => at + i * strides[k]!, offset));
}

test("few elements of any layout come into a line and go out again, byte for byte", () => {
  const dice = new Dice(7);
  for (let round = 0; round < 3000; round++) {
    const shape = Array.from({ length: dice.pick([0, 1, 2, 2]) }, () => dice.pick([1, 2, 3, 4, 5]));
    const itemsize = dice.pick([1, 2, 3, 4, 6, 8, 12, 16]);
    const strides: number[] = shape.map(() => 0);
    let step = itemsize + dice.pick([0, 0, 0, 1, 4, 8]);
    let offset = dice.pick([0, 1, 2, 4, 8, 12]);
    for (const k of dice.shuffle(shape.map((_, axis) => axis))) {
      const backwards = dice.chance(0.3);
      strides[k] = backwards ? -step : step;
      if (backwards) offset += step * (shape[k]! - 1);
      step = step * shape[k]! + dice.pick([0, 0, 1, 4, 16]);
    }
    const buffer = new ArrayBuffer(ROOM);
    const storage = dice.chance(0.3) ? new Storage(heap.buffer, HERE, ROOM) : new Storage(buffer);
    fill(storage.bytes, round);
    const n = shape.reduce((a, b) => a * b, 1);
    assert.ok(isFew(shape, itemsize, storage));
    const address = TILE + dice.pick([0, 0, 0, 1, 2, 4]);
    fill(heap.u8.subarray(TILE, TILE + 1024), 3);
    const wanted = firsts(shape, strides, offset).flatMap((at) => [
      ...storage.bytes.subarray(at, at + itemsize),
    ]);
    fewIn(shape, strides, storage, offset, itemsize, address);
    assert.deepEqual([...heap.u8.subarray(address, address + n * itemsize)], wanted);
    const before = storage.bytes.slice();
    fill(heap.u8.subarray(address, address + n * itemsize), 11);
    const sent = heap.u8.slice(address, address + n * itemsize);
    fewOut(shape, strides, storage, offset, itemsize, address);
    for (const [k, at] of firsts(shape, strides, offset).entries()) {
      before.set(sent.subarray(k * itemsize, (k + 1) * itemsize), at);
    }
    assert.deepEqual(storage.bytes, before);
  }
});

type Cut = (n: number, make: (n: number) => np.NDArray) => np.NDArray;

/** `n` elements in layouts of one and of two axes. */
const cuts: Record<string, Cut> = {
  row: (n, make) => make(n),
  stepped: (n, make) => make(2 * n).slice("::2"),
  reversed: (n, make) => make(n).slice("::-1"),
  grid: (n, make) => make(n).reshape(n % 2 === 0 ? [2, -1] : [n, 1]),
  turned: (n, make) => make(n).reshape(n % 2 === 0 ? [-1, 2] : [1, n]).T,
  window: (n, make) =>
    n % 2 === 0
      ? make(3 * n)
          .reshape(2, -1)
          .slice(":", "1::3")
      : make(n + 1).slice("1:"),
};

const dtypes = [
  "bool",
  "uint8",
  "int16",
  "int32",
  "int64",
  "float16",
  "float32",
  "float64",
  "complex64",
  "complex128",
] as const;

/** The same elements among so many that they go the ways of many. */
function amongMany(a: np.NDArray): np.NDArray {
  const flat = a.flatten();
  return np.concatenate([flat, np.zeros(300, a.dtype)]);
}

function alike(few: np.NDArray, many: np.NDArray, name: string): void {
  const [n, bytes] = [few.size, few.size * few.itemsize];
  const long = np.ascontiguousarray(many.slice(`:${n}`));
  const short = np.ascontiguousarray(few.flatten());
  assert.equal(String(short.dtype), String(long.dtype), name);
  const bytesOf = (x: np.NDArray) => new Uint8Array(x.buffer as ArrayBuffer, x.byteOffset, bytes);
  assert.deepEqual(bytesOf(short), bytesOf(long), name);
}

for (const dtype of dtypes) {
  test(`few ${dtype} come to what they come to among many, in every layout and number`, () => {
    const first = (n: number) => np.remainder(np.arange(n), 11).astype(dtype) as np.NDArray;
    const second = (n: number) => np.add(np.remainder(np.arange(n), 7), 1).astype(dtype) as np.NDArray;
    for (const n of [1, 2, 10, FEW - 1, FEW, FEW + 1, FEW + 2]) {
      for (const [name, cut] of Object.entries(cuts)) {
        const a = cut(n, first);
        const b = np.ascontiguousarray(cut(n, second));
        const mask = np.equal(np.remainder(np.arange(n), 3), 0).reshape(a.shape);
        const [x, y, m] = [amongMany(a), amongMany(b), amongMany(mask)];
        const say = `${name}, ${n}`;
        alike(np.add(a, b), np.add(x, y), `add, ${say}`);
        alike(np.multiply(b, a), np.multiply(y, x), `multiply, ${say}`);
        alike(np.less(a, b), np.less(x, y), `less, ${say}`);
        alike(np.where(mask, a, b), np.where(m, x, y), `where, ${say}`);
        for (const to of ["float64", "float32", "complex128", "bool"] as const) {
          if (dtype.startsWith("complex") && !/complex|bool/.test(to)) continue;
          alike(a.astype(to), x.astype(to), `astype ${to}, ${say}`);
        }
        const out = np.empty([2 * a.shape[0]!, ...a.shape.slice(1)], dtype).slice("::2");
        np.add(a, b, { out });
        alike(out, np.add(x, y), `add into out, ${say}`);
        np.scope(() => {
          const [p, q] = [np.copy(a), np.copy(b)];
          alike(np.where(mask, p, q), np.where(m, x, y), `where in a scope, ${say}`);
          alike(np.add(p.T, q.T).T, np.add(x, y), `add in a scope, ${say}`);
        });
        const own = np.copy(a);
        np.add(own, b, { out: own });
        alike(own, np.add(x, y), `add in place, ${say}`);
      }
    }
  });
}

test("a line and its reverse are added into the line as if copied first", () => {
  const a = np.arange(10).astype("int32");
  np.add(a, a.slice("::-1"), { out: a });
  assert.deepEqual(a.tolist(), Array(10).fill(9));
  const b = np.arange(9).reshape(3, 3).astype("float32");
  np.add(b, b.T, { out: b });
  assert.deepEqual(b.tolist(), [
    [0, 4, 8],
    [4, 8, 12],
    [8, 12, 16],
  ]);
});
