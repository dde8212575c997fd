import assert from "node:assert/strict";
import { test } from "node:test";
import type { NDArray } from "../src/array/ndarray.ts";
import * as np from "../src/index.ts";
import { Dice, everyIndex, everyIndexF } from "./layout/model.ts";

/*
 * An array as an explicit list: a shape, and for each index, in C order, the byte where the element starts. A view is
 * then no more than another list of old indices, so that each operation is said here a second time in the plainest way.
 */

interface Model {
  readonly shape: readonly number[];
  readonly at: readonly number[];
  readonly itemsize: number;
}

function position(shape: readonly number[], index: readonly number[]): number {
  return index.reduce((sum, i, k) => sum * shape[k]! + i, 0);
}

/** The view of `shape` whose element at an index is the model's element at `from(index)`. */
function remap(model: Model, shape: readonly number[], from: (index: number[]) => number[]): Model {
  const at = everyIndex(shape).map((index) => model.at[position(model.shape, from(index))]!);
  return { shape, at, itemsize: model.itemsize };
}

function permuted(model: Model, axes: readonly number[]): Model {
  const shape = axes.map((axis) => model.shape[axis]!);
  return remap(model, shape, (index) => model.shape.map((_, axis) => index[axes.indexOf(axis)]!));
}

function spliced(list: readonly number[], at: number, gone: number, ...items: number[]): number[] {
  return [...list.slice(0, at), ...items, ...list.slice(at + gone)];
}

function replaced(list: readonly number[], at: number, value: number): number[] {
  return spliced(list, at, 1, value);
}

/** Python's own slicing of a list of positions. */
function positions(length: number, start: number, stop: number, step: number): number[] {
  const list: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) if (i >= 0 && i < length) list.push(i);
  return list;
}

function picked(model: Model, axis: number, list: readonly number[]): Model {
  const shape = model.shape.map((length, k) => (k === axis ? list.length : length));
  return remap(model, shape, (index) => index.map((i, k) => (k === axis ? list[i]! : i)));
}

type Pair = readonly [NDArray, Model];
type Move = (dice: Dice, a: NDArray, model: Model) => Pair | null;

const axisOf = (dice: Dice, model: Model) => dice.int(0, model.shape.length - 1);
const full = (count: number) => Array.from({ length: count }, () => ":" as const);

const moves: Readonly<Record<string, Move>> = {
  slice(dice, a, model) {
    if (a.ndim === 0) return null;
    const axis = axisOf(dice, model);
    const length = model.shape[axis]!;
    const step = dice.pick([1, 1, -1, 2, -2, 3]);
    const [low, high] = [dice.int(0, length), dice.int(0, length)].sort((x, y) => x - y) as [number, number];
    const [start, stop] = step > 0 ? [low, high] : [high - 1, low - 1];
    const text = `${start < 0 ? -length - 1 : start}:${stop < 0 ? -length - 1 : stop}:${step}` as const;
    return [
      a.slice(...full(axis), text as np.SliceText),
      picked(model, axis, positions(length, start, stop, step)),
    ];
  },
  integer(dice, a, model) {
    const axis = axisOf(dice, model);
    const length = model.shape[axis] ?? 0;
    if (length === 0) return null;
    const i = dice.int(0, length - 1);
    const shape = model.shape.filter((_, k) => k !== axis);
    const index = dice.chance(0.5) ? i : i - length;
    return [a.slice(...full(axis), index), remap(model, shape, (at) => spliced(at, axis, 0, i))];
  },
  newaxis(dice, a, model) {
    if (a.ndim > 4) return null;
    const axis = dice.int(0, a.ndim);
    const made = dice.chance(0.5) ? np.expandDims(a, axis) : a.slice(...full(axis), null);
    return [made, remap(model, spliced(model.shape, axis, 0, 1), (at) => spliced(at, axis, 1))];
  },
  squeeze(_dice, a, model) {
    const kept = model.shape.flatMap((length, k) => (length === 1 ? [] : [k]));
    const shape = kept.map((k) => model.shape[k]!);
    const from = (at: number[]) => model.shape.map((_, k) => (kept.includes(k) ? at[kept.indexOf(k)]! : 0));
    return [np.squeeze(a), remap(model, shape, from)];
  },
  transpose(dice, a, model) {
    const axes = dice.shuffle(model.shape.map((_, k) => k));
    return [np.transpose(a, axes), permuted(model, axes)];
  },
  T: (_dice, a, model) => [a.T, permuted(model, model.shape.map((_, k) => k).reverse())],
  swapaxes(dice, a, model) {
    if (a.ndim === 0) return null;
    const [i, j] = [axisOf(dice, model), axisOf(dice, model)];
    const axes = model.shape.map((_, k) => (k === i ? j : k === j ? i : k));
    return [np.swapaxes(a, i, j), permuted(model, axes)];
  },
  moveaxis(dice, a, model) {
    if (a.ndim === 0) return null;
    const [from, to] = [axisOf(dice, model), axisOf(dice, model)];
    const rest = model.shape.map((_, k) => k).filter((k) => k !== from);
    return [np.moveaxis(a, from, to), permuted(model, spliced(rest, to, 0, from))];
  },
  flip(dice, a, model) {
    const axes = model.shape.map((_, k) => k).filter(() => dice.chance(0.5));
    const from = (at: number[]) => at.map((i, k) => (axes.includes(k) ? model.shape[k]! - 1 - i : i));
    return [np.flip(a, axes), remap(model, model.shape, from)];
  },
  rot90(_dice, a, model) {
    if (a.ndim < 2) return null;
    const [rows, columns, ...rest] = model.shape as [number, number, ...number[]];
    const from = ([i, j, ...others]: number[]) => [j!, columns - 1 - i!, ...others];
    return [np.rot90(a), remap(model, [columns, rows, ...rest], from)];
  },
  split(dice, a, model) {
    if (a.ndim === 0) return null;
    const axis = axisOf(dice, model);
    const length = model.shape[axis]!;
    const cut = dice.int(0, length);
    const part = dice.int(0, 1);
    const list = positions(length, part === 0 ? 0 : cut, part === 0 ? cut : length, 1);
    return [np.split(a, [cut], axis)[part]!, picked(model, axis, list)];
  },
  broadcastTo(dice, a, model) {
    if (a.ndim > 3) return null;
    const lead = dice.pick([[], [2], [1], [3]]);
    const shape = [...lead, ...model.shape.map((length) => (length === 1 ? dice.pick([1, 2, 3]) : length))];
    const from = (at: number[]) => at.slice(lead.length).map((i, k) => (model.shape[k] === 1 ? 0 : i));
    return [np.broadcastTo(a, shape), remap(model, shape, from)];
  },
  diagonal(dice, a, model) {
    if (a.ndim < 2) return null;
    const [p, q] = dice.shuffle(model.shape.map((_, k) => k)) as [number, number];
    const offset = dice.int(-2, 2);
    const [down, right] = [Math.max(0, -offset), Math.max(0, offset)];
    const length = Math.max(0, Math.min(model.shape[p]! - down, model.shape[q]! - right));
    const rest = model.shape.map((_, k) => k).filter((k) => k !== p && k !== q);
    const shape = [...rest.map((k) => model.shape[k]!), length];
    const from = (at: number[]) => {
      const d = at.at(-1)!;
      return model.shape.map((_, k) => (k === p ? d + down : k === q ? d + right : at[rest.indexOf(k)]!));
    };
    return [np.diagonal(a, offset, p, q), remap(model, shape, from)];
  },
  slidingWindowView(dice, a, model) {
    if (a.ndim === 0 || a.ndim > 3) return null;
    const axis = axisOf(dice, model);
    const length = model.shape[axis]!;
    if (length === 0) return null;
    const window = dice.int(1, length);
    const shape = [...replaced(model.shape, axis, length - window + 1), window];
    const from = (at: number[]) => at.slice(0, -1).map((i, k) => (k === axis ? i + at.at(-1)! : i));
    return [np.slidingWindowView(a, window, { axis }), remap(model, shape, from)];
  },
  reshape(dice, a, model) {
    if (a.size === 0) return null;
    const factors = [1, 2, 3, 4, 6].filter((n) => a.size % n === 0);
    const first = dice.pick(factors);
    const shape = dice.pick([[a.size], [first, a.size / first], [a.size / first, 1, first]]);
    const made = np.reshape(a, shape);
    // What had to be copied is another array, of which this one knows nothing.
    return np.sharesMemory(made, a) ? [made, { ...model, shape }] : null;
  },
  view(dice, a, model) {
    const itemsize = dice.pick([1, 2, 4, 8]);
    const last = a.ndim - 1;
    if (a.ndim === 0 || a.shape[last]! < 2 || a.strides[last] !== a.itemsize || a.shape.includes(0))
      return null;
    const bytes = a.shape[last]! * a.itemsize;
    if (bytes % itemsize !== 0) return null;
    const shape = replaced(model.shape, last, bytes / itemsize);
    const at = everyIndex(shape).map((index) => {
      const byte = index[last]! * itemsize;
      const element = replaced(index, last, Math.floor(byte / model.itemsize));
      return model.at[position(model.shape, element)]! + (byte % model.itemsize);
    });
    return [a.view(`uint${8 * itemsize}` as "uint8"), { shape, at, itemsize }];
  },
};

/** Every byte that the array looks at. */
function bytes({ at, itemsize }: Model): Set<number> {
  return new Set(at.flatMap((start) => Array.from({ length: itemsize }, (_, k) => start + k)));
}

function check([a, model]: Pair, path: string): void {
  const { offset, strides } = a.layout;
  const at = everyIndex(model.shape).map((index) =>
    index.reduce((sum, i, k) => sum + i * strides[k]!, offset),
  );
  assert.deepEqual(a.shape, model.shape, path);
  assert.deepEqual(at, model.at, path);
  assert.equal(a.itemsize, model.itemsize, path);
  assert.equal(a.flags.cContiguous, runs(model.at, model.itemsize), `${path}: C`);
  const order = everyIndexF(model.shape).map((index) => model.at[position(model.shape, index)]!);
  assert.equal(a.flags.fContiguous, runs(order, model.itemsize), `${path}: F`);
  if (at.length === 0) return;
  const [low, high] = np.byteBounds(a);
  assert.deepEqual([low, high], [Math.min(...at), Math.max(...at) + model.itemsize], `${path}: bounds`);
}

function runs(at: readonly number[], itemsize: number): boolean {
  return at.every((start, k) => start === at[0]! + k * itemsize);
}

function checkPair([a, m]: Pair, [b, n]: Pair, path: string): void {
  const [mine, theirs] = [bytes(m), bytes(n)];
  const shared = [...mine].some((byte) => theirs.has(byte));
  assert.equal(np.sharesMemory(a, b), shared, `${path}: shares`);
  const empty = mine.size === 0 || theirs.size === 0;
  const apart = empty || Math.max(...mine) < Math.min(...theirs) || Math.max(...theirs) < Math.min(...mine);
  assert.equal(np.mayShareMemory(a, b), !apart, `${path}: may share`);
}

function start(dice: Dice): Pair {
  const shape = Array.from({ length: dice.int(1, 3) }, () => dice.pick([1, 2, 3, 4, 6]));
  const bits = dice.pick([8, 16, 32, 64]);
  const a = np.zeros(shape, `uint${bits}` as "uint8");
  const at = everyIndex(shape).map((_, k) => a.byteOffset + (k * bits) / 8);
  return [a, { shape, at, itemsize: bits / 8 }];
}

test("chains of views reach the addresses that explicit lists of them say", () => {
  const done: Record<string, number> = {};
  for (let seed = 1; seed <= 1500; seed++) {
    const dice = new Dice(seed);
    const pairs: Pair[] = [start(dice)];
    let path = `seed ${seed}`;
    for (let step = 0; step < 7; step++) {
      const [a, model] = dice.chance(0.7) ? pairs.at(-1)! : dice.pick(pairs);
      const name = dice.pick(Object.keys(moves));
      const made = moves[name]!(dice, a, model);
      if (made === null || made[1].at.length > 150) continue;
      path += ` ${name}`;
      check(made, path);
      for (const pair of pairs) checkPair(made, pair, path);
      pairs.push(made);
      done[name] = (done[name] ?? 0) + 1;
    }
  }
  const seldom = Object.keys(moves).filter((name) => (done[name] ?? 0) < 100);
  assert.deepEqual(seldom, [], "every view is taken often");
});
