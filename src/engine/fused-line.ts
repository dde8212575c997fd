/**
 * Chains of one row of float64 and numbers that are computed where the row lies (kernels/plain-chains.ts), when that is
 * quicker than to bring it to a kernel and the result back.
 */

import type { NDArray } from "../array/ndarray.ts";
import type { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { heap } from "../wasm/memory.ts";
import type { ResolvedStep } from "./fused-draft.ts";
import type { Program } from "./fused-program.ts";
import { affineLine, quotientLine } from "./kernels/plain-chains.ts";

const ITEM = 8;
/**
 * From so many elements on the loops are quicker, into fresh memory: that of fewer comes zeroed, and is in the cache already.
 */
const MANY_FRESH = 1 << 16;
/** The same into memory that is there, which is longer in a cache; kernels divide two elements at once. */
const MANY = 1 << 18;
const MANY_QUOTIENTS = 1 << 19;

/** The numbers of a loop by their places, and what stands there when the chain has none: what changes no value. */
const FACTOR = 0;
const TERM = 1;
const DIVISOR = 2;
const LAST_FACTOR = 3;
const LAST_TERM = 4;
const NEUTRAL: readonly number[] = [1, -0, 1, 1, -0];

/** A scalar of the chain at its place in a loop. */
interface Entry {
  readonly place: number;
  /** Where it is, as the program has it. */
  readonly pointer: number;
  readonly negative: boolean;
}

/** A chain of one array and scalars as a loop. */
export interface PlainChain {
  /** The operand that is the array. */
  readonly input: number;
  readonly entries: readonly Entry[];
  /** The numbers of the loop, but for those of the entries. */
  readonly numbers: readonly number[];
  readonly divides: boolean;
}

/** The loop of a chain of `count` operands; null when there is none. */
export function plainChain(
  count: number,
  steps: readonly ResolvedStep[],
  { inputs, inputDTypes, scalars }: Program,
): PlainChain | null {
  if (inputs.length !== 1 || !inputDTypes.every(isDouble)) return null;
  const places = new Places();
  const entries: Entry[] = [];
  const numbers = [...NEUTRAL];
  for (let k = 0; k < steps.length; k++) {
    const { from, loop, core } = steps[k]!;
    if (from.length !== 2 || ![...loop.inputs, ...loop.outputs].every(isDouble)) return null;
    const chained = from.indexOf(k === 0 ? inputs[0]! : count + k - 1);
    const scalar = scalars.find(({ operand }) => operand === from[1 - chained]);
    if (chained < 0 || scalar === undefined) return null;
    const isTurned = chained === 1;
    let place = -1;
    if (core.name === "add") place = places.take(TERM, LAST_TERM);
    else if (core.name === "multiply") place = places.take(FACTOR, LAST_FACTOR);
    else if (core.name === "divide" && !isTurned) place = places.take(DIVISOR);
    else if (core.name === "subtract") {
      // What is taken from a number is that number and what is multiplied by -1.
      const factor = isTurned ? places.take(FACTOR, LAST_FACTOR) : 0;
      if (factor < 0) return null;
      if (isTurned) numbers[factor] = -1;
      place = places.take(TERM, LAST_TERM);
    }
    if (place < 0) return null;
    entries.push({ place, pointer: scalar.pointer, negative: core.name === "subtract" && !isTurned });
  }
  return { input: inputs[0]!, entries, numbers, divides: entries.some(({ place }) => place === DIVISOR) };
}

/** Gives places out, each behind the one before. */
class Places {
  private next = FACTOR;

  /** The first of two that is not passed yet; -1 when both are. */
  take(first: number, second = first): number {
    const place = first >= this.next ? first : second >= this.next ? second : -1;
    this.next = place < 0 ? Number.POSITIVE_INFINITY : place + 1;
    return place;
  }
}

function isDouble(dtype: Descriptor): boolean {
  return dtype === plain.float64;
}

/**
 * Runs the loop of a chain over a row of `n` elements into another, or into itself, when the scalars of its program are in
 * their places; whether it can, and should.
 *
 * @param isFresh whether the result was made for this
 */
export function runPlainChain(
  { input, entries, numbers, divides }: PlainChain,
  n: number,
  operands: readonly unknown[],
  step: number,
  result: NDArray,
  isFresh: boolean,
): boolean {
  const least = isFresh ? MANY_FRESH : divides ? MANY_QUOTIENTS : MANY;
  if (n < least || step !== ITEM) return false;
  const a = operands[input] as NDArray;
  const from = a.layout.offset;
  const to = result.layout.offset;
  if (!isNear(a.storage, from) || !isNear(result.storage, to)) return false;
  const given = numbers.slice();
  for (const { place, pointer, negative } of entries) {
    const value = heap.f64[pointer / ITEM]!;
    given[place] = negative ? -value : value;
  }
  const x = rowOf(a.storage, from, n);
  const y = rowOf(result.storage, to, n);
  const [m, b, d, p, q] = given as [number, number, number, number, number];
  if (divides) quotientLine(x, m, b, d, p, q, y);
  else affineLine(x, m, b, p, q, y);
  return true;
}

/** Whether a row is elements of typed arrays outside of the engine's memory. */
function isNear(storage: Storage, offset: number): boolean {
  if (storage.wide !== null || storage.buffer === heap.buffer) return false;
  storage.alive();
  return ((storage.origin + offset) & (ITEM - 1)) === 0;
}

function rowOf(storage: Storage, offset: number, n: number): Float64Array {
  return new Float64Array(storage.buffer, storage.origin + offset, n);
}
