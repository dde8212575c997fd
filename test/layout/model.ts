import { denseLayout, type Layout } from "../../src/layout/layout.ts";

/** An array as a naive reader sees it: a shape, and for each index an address. */
export interface Model {
  readonly shape: readonly number[];
  at(index: readonly number[]): number;
}

/** A source of random choices that a seed repeats. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number from 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.int(0, choices.length - 1)]!;
  }

  shuffle<T>(values: readonly T[]): T[] {
    const left = [...values];
    const result: T[] = [];
    while (left.length > 0) result.push(...left.splice(this.int(0, left.length - 1), 1));
    return result;
  }
}

/** Every index of a shape, in C order. */
export function everyIndex(shape: readonly number[]): number[][] {
  let indices: number[][] = [[]];
  for (const length of shape) {
    indices = indices.flatMap((index) => Array.from({ length }, (_, i) => [...index, i]));
  }
  return indices;
}

/** Every index of a shape, in Fortran order. */
export function everyIndexF(shape: readonly number[]): number[][] {
  return everyIndex([...shape].reverse()).map((index) => index.reverse());
}

/** What a layout means, by its definition. */
export function modelOf({ shape, strides, offset }: Layout): Model {
  return { shape, at: (index) => index.reduce((sum, i, k) => sum + i * strides[k]!, offset) };
}

/** The address of every element, in C order. */
export function addresses(model: Model | Layout): number[] {
  const { shape, at } = "at" in model ? model : modelOf(model);
  return everyIndex(shape).map(at);
}

/** A layout of up to `maxNdim` axes: C or Fortran order or transposed, stepped, reversed, spread, with axes of 0 and 1. */
export function randomLayout(dice: Dice, itemsize: number, maxNdim = 4): Layout {
  const lengths = dice.chance(0.9) ? [1, 1, 2, 2, 3, 4, 6] : [0, 1, 2, 3];
  const shape = Array.from({ length: dice.int(0, maxNdim) }, () => dice.pick(lengths));
  const steps = shape.map(() => (dice.chance(0.5) ? 1 : dice.pick([-1, -1, 2, -2, 0])));
  const axes = dice.chance(0.6) ? shape.map((_, k) => k) : dice.shuffle(shape.map((_, k) => k));
  const memory = axes.map((axis) => shape[axis]! * Math.max(1, Math.abs(steps[axis]!)));
  const dense = denseLayout(memory, itemsize, dice.pick(["C", "F"]));
  const strides = shape.map((_, k) => dense.strides[axes.indexOf(k)]! * steps[k]! + 0);
  return { shape, strides, offset: 1000 * itemsize };
}
