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
