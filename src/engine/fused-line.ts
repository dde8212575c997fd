/**
 * Chains of rows of float64 and numbers that are computed where the rows lie (kernels/plain-chains.ts), when that is quicker
 * than to bring them to a kernel and the result back.
 */

import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { heap } from "../wasm/memory.ts";
import type { ResolvedStep } from "./fused-draft.ts";
import type { Program } from "./fused-program.ts";
import { type ChainLoop, chainLoops } from "./kernels/plain-chains.ts";

const ITEM = 8;
/**
 * From so many elements on the loops are quicker, into fresh memory: that of fewer comes zeroed, and is in the cache already.
 */
const MANY_FRESH = 1 << 16;
/** The same for four arrays: with more of them than registers a loop takes its time. */
const MANY_OF_FOUR = 1 << 17;
/** The same into memory that is there, which is longer in a cache; kernels divide two elements at once. */
const MANY = 1 << 18;
const MANY_QUOTIENTS = 1 << 19;

/** The places of numbers: the factor of the first array, then what comes after it, then what is done to all of it. */
const FACTOR = 0;
const TERM = 1;
const MIDDLE = 2;
const AGAIN = 3;
const LAST = 4;
/** What stands there when a chain has nothing: what changes no value. */
const NEUTRAL: readonly number[] = [1, -0, 1, 1, -0];

/** A scalar of the chain at its place in a loop. */
interface Entry {
  readonly place: number;
  /** Where it is, as the program has it. */
  readonly pointer: number;
  readonly negative: boolean;
}

/** An array, a scalar, or an array and its factor. */
interface Term {
  /** The operand; -1 for a scalar. */
  readonly array: number;
  /** Where the scalar or the factor is; -1 where there is none. */
  readonly pointer: number;
}

/** A chain as a loop. */
export interface PlainChain {
  readonly loop: ChainLoop;
  readonly divides: boolean;
  /** The operands of `a`, `b`, `c` and `d`; -1 for what is no array. */
  readonly arrays: readonly number[];
  readonly entries: readonly Entry[];
  /** The numbers of the loop, but for those of the entries. */
  readonly numbers: readonly number[];
}

/** The loop of a chain of `count` operands; null when there is none. */
export function plainChain(
  count: number,
  steps: readonly ResolvedStep[],
  program: Program,
): PlainChain | null {
  const isPlain = steps.every(({ from, loop }) => from.length === 2 && areDoubles(loop.inputs, loop.outputs));
  if (!isPlain || !areDoubles(program.inputDTypes)) return null;
  const form = new Matching(count, steps, program).formOf(count + steps.length - 1);
  return form === null ? null : form.chain();
}

function areDoubles(...lists: readonly (readonly Descriptor[])[]): boolean {
  return lists.every((list) => list.every((dtype) => dtype === plain.float64));
}

/** What a step is, as far as it fits: `(a * m + B) * C + D` or `(a * m + B) / C * r + D`. */
class Form {
  private readonly arrays: [number, number, number, number];
  private readonly entries: Entry[] = [];
  private readonly numbers = [...NEUTRAL];
  /** The first place that may still be taken. */
  private next = FACTOR;
  private divides = false;

  constructor(array: number) {
    this.arrays = [array, -1, -1, -1];
  }

  /** Adds something to it; whether there is a place for that. */
  add(term: Term, negative: boolean): boolean {
    const place = this.next <= TERM ? TERM : LAST;
    return this.take(place, term, negative);
  }

  /** Multiplies by something; whether there is a place for that. */
  multiply(term: Term): boolean {
    if (term.array >= 0) return term.pointer < 0 && this.take(MIDDLE, term, false);
    if (this.next === FACTOR) return this.take(FACTOR, term, false);
    return this.take(this.divides ? AGAIN : MIDDLE, term, false);
  }

  /** Divides by something; whether there is a place for that. */
  divide(term: Term): boolean {
    if ((term.array >= 0 && term.pointer >= 0) || !this.take(MIDDLE, term, false)) return false;
    this.divides = true;
    return true;
  }

  /** Makes it negative; whether there is a place for that. A sum that is 0 is not what its negative parts add up to. */
  negate(): boolean {
    if (this.next > LAST) return false;
    if (this.next > TERM && (this.arrays[1] >= 0 || this.entries.some(({ place }) => place === TERM))) {
      if (this.next > MIDDLE) return false;
      this.numbers[MIDDLE] = -1;
      this.next = AGAIN;
      return true;
    }
    const k = this.entries.findIndex(({ place }) => place === FACTOR);
    if (k < 0) this.numbers[FACTOR] = -this.numbers[FACTOR]!;
    else this.entries[k] = { ...this.entries[k]!, negative: !this.entries[k]!.negative };
    if (this.next === FACTOR) this.next = TERM;
    return true;
  }

  private take(place: number, { array, pointer }: Term, negative: boolean): boolean {
    if (place < this.next) return false;
    this.next = place + 1;
    if (array >= 0) {
      this.arrays[place === TERM ? 1 : place === MIDDLE ? 2 : 3] = array;
      if (place !== MIDDLE) this.numbers[place] = negative ? -1 : 1;
    }
    if (pointer >= 0) this.entries.push({ place, pointer, negative });
    return true;
  }

  chain(): PlainChain | null {
    const { arrays, entries, numbers, divides } = this;
    const names = ["b", "c", "d"].filter((_, k) => arrays[k + 1]! >= 0);
    const loop = chainLoops[(divides ? "/" : "*") + names.join("")];
    return loop === undefined ? null : { loop, divides, arrays, entries, numbers };
  }
}

/** Finds the form of values. */
class Matching {
  private readonly count: number;
  private readonly steps: readonly ResolvedStep[];
  private readonly program: Program;

  constructor(count: number, steps: readonly ResolvedStep[], program: Program) {
    this.count = count;
    this.steps = steps;
    this.program = program;
  }

  /** The form of a value; null when there is none. */
  formOf(value: number): Form | null {
    if (this.isArray(value)) return new Form(value);
    const step = this.steps[value - this.count];
    if (step === undefined) return null;
    const [x, y] = step.from as [number, number];
    return this.extended(step.core.name, x, y, false) ?? this.extended(step.core.name, y, x, true);
  }

  /** What a step makes of the form of one of its operands and of the other; `turned` when that comes first. */
  private extended(name: string, value: number, other: number, turned: boolean): Form | null {
    const term = this.termOf(other);
    const form = term === null ? null : this.formOf(value);
    if (term === null || form === null) return null;
    const fits =
      (name === "add" && form.add(term, false)) ||
      (name === "multiply" && form.multiply(term)) ||
      (name === "divide" && !turned && form.divide(term)) ||
      (name === "subtract" && (turned ? form.negate() && form.add(term, false) : form.add(term, true)));
    return fits ? form : null;
  }

  private termOf(value: number): Term | null {
    if (this.isArray(value)) return { array: value, pointer: -1 };
    const pointer = this.pointerOf(value);
    if (pointer >= 0) return { array: -1, pointer };
    const step = this.steps[value - this.count];
    if (step === undefined || step.core.name !== "multiply") return null;
    const [x, y] = step.from as [number, number];
    const [array, factor] = this.isArray(x) ? [x, y] : [y, x];
    const place = this.pointerOf(factor);
    return this.isArray(array) && place >= 0 ? { array, pointer: place } : null;
  }

  private isArray(value: number): boolean {
    return this.program.inputs.includes(value);
  }

  /** Where a scalar is; -1 for anything else. */
  private pointerOf(value: number): number {
    return this.program.scalars.find(({ operand }) => operand === value)?.pointer ?? -1;
  }
}

/**
 * Runs the loop of a chain over rows of `n` elements into another, or into one of them, when the scalars of its program are in
 * their places; whether it can, and should.
 *
 * @param isFresh whether the result was made for this
 */
export function runPlainChain(
  { loop, divides, arrays, entries, numbers }: PlainChain,
  n: number,
  operands: readonly unknown[],
  result: NDArray,
  isFresh: boolean,
): boolean {
  const least = !isFresh
    ? divides
      ? MANY_QUOTIENTS
      : MANY
    : arrays.includes(-1)
      ? MANY_FRESH
      : MANY_OF_FOUR;
  if (n < least || isHere(result)) return false;
  const to = rowOf(result, n);
  if (to === null) return false;
  const rows = [to, to, to, to];
  for (let k = 0; k < arrays.length; k++) {
    if (arrays[k]! < 0) continue;
    const operand = operands[arrays[k]!] as NDArray;
    // Kernels that need not bring it in are quicker into memory that is there.
    if (!isFresh && isHere(operand)) return false;
    const row = rowOf(operand, n);
    if (row === null) return false;
    rows[k] = row;
  }
  const given = numbers.slice() as [number, number, number, number, number];
  for (const { place, pointer, negative } of entries) {
    const value = heap.f64[pointer / ITEM]!;
    given[place] = negative ? -value : value;
  }
  const [a, b, c, d] = rows as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [m, p, q, r, t] = given;
  loop(to, a, m, b, p, c, q, r, d, t);
  return true;
}

/** Whether kernels meet an array where it lies. */
function isHere({ storage }: NDArray): boolean {
  return storage.buffer === heap.buffer;
}

/** The elements of a row as a typed array; null where there can be none. */
function rowOf({ storage, layout }: NDArray, n: number): Float64Array | null {
  storage.alive();
  const start = storage.origin + layout.offset;
  if (storage.wide !== null || (start & (ITEM - 1)) !== 0) return null;
  return new Float64Array(storage.buffer, start, n);
}
