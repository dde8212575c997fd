import assert from "node:assert/strict";
import { test } from "node:test";
import { moveElements } from "../../src/array/move.ts";
import { Storage } from "../../src/array/storage.ts";
import { heap, region } from "../../src/wasm/memory.ts";
import { Dice } from "../layout/model.ts";

const ROOM = 400_000;
const IN = region(ROOM);
const OUT = region(ROOM);

function fill(bytes: Uint8Array): Uint8Array {
  for (let k = 0; k < bytes.length; k++) bytes[k] = Math.imul(k + 1, 0x9e3779b1) >>> 24;
  return bytes;
}

/** Memory of its own, or part of the engine's. */
function memory(bytes: number, at: number | null): Storage {
  if (at === null) return new Storage(fill(new Uint8Array(bytes)).buffer);
  fill(heap.u8.subarray(at, at + bytes));
  return new Storage(heap.buffer, at, bytes);
}

/** Moves a grid into rows `gap` bytes apart, and compares with the formula; nothing else may change. */
function check(
  itemsize: number,
  [n0, n1]: readonly [number, number],
  [s0, s1]: readonly [number, number],
  gap: number,
  where: string,
  start = 3,
): void {
  const reach = (n: number, step: number, sign: number) => Math.max(0, sign * (n - 1) * step);
  const offset = start + reach(n0, s0, -1) + reach(n1, s1, -1);
  const bytes = offset + reach(n0, s0, 1) + reach(n1, s1, 1) + itemsize;
  const d0 = n1 * itemsize + gap;
  if (where !== "plain" && (bytes > ROOM || n0 * d0 > ROOM)) return;
  const src = memory(bytes, where === "plain" || where === "out" ? null : IN);
  const dst = memory(2 * start + n0 * d0, where === "plain" || where === "in" ? null : OUT);
  const [from, to] = [src.lane(Uint8Array), dst.lane(Uint8Array)];
  const wanted = to.slice();
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      const [p, q] = [offset + i * s0 + j * s1, 2 * start + i * d0 + j * itemsize];
      for (let b = 0; b < itemsize; b++) wanted[q + b] = from[p + b]!;
    }
  }
  moveElements(
    [n0, n1],
    { storage: src, strides: [s0, s1], offset },
    { storage: dst, strides: [d0, itemsize], offset: 2 * start },
    itemsize,
  );
  const same = Buffer.compare(to, wanted) === 0;
  assert.ok(same, `itemsize ${itemsize}, ${n0} by ${n1}, steps ${s0} ${s1}, gap ${gap}, ${where}`);
}

const places = ["plain", "in", "out", "both"];
const shapes = [
  [40, 300],
  [300, 40],
  [2, 4000],
  [700, 5],
  [129, 130],
  [1, 5000],
] as const;

test("grids arrive in rows by way of the engine's memory, from there and to there", () => {
  for (const itemsize of [1, 2, 4, 8, 16]) {
    for (const shape of shapes) {
      for (const inner of [1, -1, 2, -2, 3, 4, -4, 5, 0]) {
        const line = Math.max(1, Math.abs(inner) * shape[1]);
        for (const outer of [line, -line, line + 3, 2 * line, 7, 0]) {
          const where = places[(itemsize + shape[0] + line + outer) & 3]!;
          check(itemsize, shape, [outer * itemsize, inner * itemsize], outer % 2 === 0 ? 0 : 24, where);
        }
      }
    }
  }
});

test("transposed grids arrive, whole and in pieces", () => {
  for (const itemsize of [1, 2, 4, 8, 16]) {
    for (const shape of [...shapes, [1100, 300], [300, 1100]] as const) {
      for (const fast of [1, -1, 2, 3]) {
        const line = Math.abs(fast) * shape[0];
        for (const slow of [line, -line, line + 1, 4 * line]) {
          if (slow * shape[1] * itemsize > 4e6) continue;
          const where = places[(itemsize + line + slow) & 3]!;
          check(itemsize, shape, [fast * itemsize, slow * itemsize], line % 2 === 0 ? 0 : 8, where);
        }
      }
    }
  }
});

test("grids of random steps, aligned or not, arrive", () => {
  const dice = new Dice(11);
  for (let round = 0; round < 600; round++) {
    const itemsize = dice.pick([1, 2, 4, 8, 16]);
    const shape = [dice.int(1, 90), dice.int(1, 400)] as const;
    const step = () => dice.int(-3, 3) * itemsize + (dice.chance(0.2) ? dice.int(-3, 3) : 0);
    const steps = [
      step() * dice.pick([1, 1, 30, shape[1]]),
      step() * dice.pick([1, 1, 1, shape[0]]),
    ] as const;
    check(itemsize, shape, steps, dice.pick([0, 0, 1, 100]), dice.pick(places));
  }
});

test("aligned grids with wide gaps between short rows, and others that a loop or a kernel may take, arrive", () => {
  const dice = new Dice(12);
  for (let round = 0; round < 600; round++) {
    const itemsize = dice.pick([1, 2, 4, 8, 16]);
    const shape = [dice.int(1, 90), dice.pick([3, 8, 20, 24, 64, 200])] as const;
    const inner = dice.pick([1, 2, 3, 4, -1, -2]) * itemsize;
    const outer = dice.pick([1, 2, 8, 40]) * Math.abs(inner) * shape[1] * dice.pick([1, -1]);
    const turn = dice.chance(0.4);
    const far = Math.abs(inner) * shape[0] * dice.pick([1, 2, 8]);
    check(
      itemsize,
      shape,
      turn ? [inner, far] : [outer, inner],
      dice.pick([0, 16, 96]),
      dice.pick(places),
      16,
    );
  }
});
