import type { Slice } from "../layout/slice.ts";
import { PythonProblem } from "./errors.ts";
import { requireItems } from "./limits.ts";

/** What `range` gives. */
export class PyRange {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;

  constructor(start: bigint, stop: bigint, step: bigint) {
    if (step === 0n) throw new PythonProblem("ValueError", "range() arg 3 must not be zero");
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  get length(): bigint {
    const { start, stop, step } = this;
    const distance = step > 0n ? stop - start : start - stop;
    const size = step > 0n ? step : -step;
    return distance <= 0n ? 0n : (distance + size - 1n) / size;
  }

  /** Its k-th number; k may be outside, for the ends of parts. */
  at(k: bigint): bigint {
    return this.start + k * this.step;
  }

  /** The part that a slice selects, a range too. */
  part({ start, stop, step }: Slice): PyRange {
    const { length } = this;
    if (step === 0) throw new PythonProblem("ValueError", "slice step cannot be zero");
    const back = step !== null && step < 0;
    const [low, high] = back ? [-1n, length - 1n] : [0n, length];
    const clamped = (bound: number | null, otherwise: bigint) => {
      if (bound === null) return otherwise;
      const place = bound < 0 ? BigInt(bound) + length : BigInt(bound);
      return place < low ? low : place > high ? high : place;
    };
    const [first, end] = [clamped(start, back ? high : low), clamped(stop, back ? low : high)];
    return new PyRange(this.at(first), this.at(end), this.step * BigInt(step ?? 1));
  }

  /** Whether an integer is one of its numbers. */
  has(value: bigint): boolean {
    const distance = value - this.start;
    return distance % this.step === 0n && distance / this.step >= 0n && distance / this.step < this.length;
  }

  items(): bigint[] {
    const { length } = this;
    requireItems(length, "a range");
    const items = new Array<bigint>(Number(length));
    for (let k = 0, value = this.start; k < items.length; k++, value += this.step) items[k] = value;
    return items;
  }

  get text(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1n ? "" : `, ${this.step}`})`;
  }
}
