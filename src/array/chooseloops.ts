/**
 * The innermost loops of choosing between several lines of elements, once for each width of a lane, as in moveloops.ts and for
 * the same reason.
 */

import { moveLoops } from "./moveloops.ts";
import type { Storage } from "./storage.ts";

/** Elements in a line, `step` bytes apart; with step 0 one that stands for all. */
export interface LaneChoice {
  readonly storage: Storage;
  readonly from: number;
  readonly step: number;
}

/** Where each of the choices begins, and how it steps, in lane elements. */
interface Starts {
  readonly from: Float64Array;
  readonly step: Int32Array;
  readonly to: number;
  readonly gap: number;
}

type ChooseLoop = (numbers: Int32Array, choices: readonly never[], target: never, starts: Starts) => void;

function choose8(
  numbers: Int32Array,
  choices: readonly Uint8Array[],
  target: Uint8Array,
  starts: Starts,
): void {
  const { from, step, to, gap } = starts;
  for (let k = 0; k < numbers.length; k++) {
    const c = numbers[k]!;
    target[to + k * gap] = choices[c]![from[c]! + k * step[c]!]!;
  }
}

function choose16(
  numbers: Int32Array,
  choices: readonly Uint16Array[],
  target: Uint16Array,
  starts: Starts,
): void {
  const { from, step, to, gap } = starts;
  for (let k = 0; k < numbers.length; k++) {
    const c = numbers[k]!;
    target[to + k * gap] = choices[c]![from[c]! + k * step[c]!]!;
  }
}

function choose32(
  numbers: Int32Array,
  choices: readonly Int32Array[],
  target: Int32Array,
  starts: Starts,
): void {
  const { from, step, to, gap } = starts;
  for (let k = 0; k < numbers.length; k++) {
    const c = numbers[k]!;
    target[to + k * gap] = choices[c]![from[c]! + k * step[c]!]!;
  }
}

function choose64(
  numbers: Int32Array,
  choices: readonly BigUint64Array[],
  target: BigUint64Array,
  starts: Starts,
): void {
  const { from, step, to, gap } = starts;
  for (let k = 0; k < numbers.length; k++) {
    const c = numbers[k]!;
    target[to + k * gap] = choices[c]![from[c]! + k * step[c]!]!;
  }
}

const loops: { readonly [bytes: number]: ChooseLoop } = { 1: choose8, 2: choose16, 4: choose32, 8: choose64 };

/** Writes for each number the element of that choice, lane by lane; `width` divides elements and addresses. */
export function chooseLanes(
  numbers: Int32Array,
  choices: readonly LaneChoice[],
  storage: Storage,
  to: number,
  itemsize: number,
  width: 1 | 2 | 4 | 8,
): void {
  const { lane } = moveLoops[width]!;
  const lines = choices.map((one) => one.storage.lane(lane)) as never[];
  const step = Int32Array.from(choices, (one) => one.step / width);
  const gap = itemsize / width;
  for (let k = 0; k < gap; k++) {
    const from = Float64Array.from(choices, (one) => one.from / width + k);
    loops[width]!(numbers, lines, storage.lane(lane) as never, { from, step, to: to / width + k, gap });
  }
}
