/**
 * Several kernels as one: what the first gives goes into the next while it still lies in the first cache, and nothing goes
 * back to memory in between. A chain is a kernel like any other, so the driver runs it over operands of any layout, and a
 * loop made of one serves wherever a loop does.
 */

import { type PlainDType, plain } from "../dtype/table.ts";
import { heap, TILE_BYTES, tilePointer } from "../wasm/memory.ts";
import type { LoopKernel } from "./loop.ts";
import { castTile } from "./stage.ts";

/**
 * One kernel of a chain, and the values that it takes. Values are counted: first the inputs of the chain, then the
 * results of the steps, one after the other.
 */
export interface ChainStep {
  readonly kernel: LoopKernel;
  readonly from: readonly number[];
}

/** Scratch tiles of chains: those between the inputs and the outputs of the driver. */
const FIRST_TILE = 16;
const LAST_TILE = 31;

/** A step with the places of everything: values by number, scratch tiles for casts and results. */
interface PlannedStep {
  readonly kernel: LoopKernel;
  /** For each operand the value, and the tile that it is cast into, or -1. */
  readonly operands: readonly (readonly [value: number, tile: number])[];
  /** For each result its value. */
  readonly results: readonly number[];
}

interface Plan {
  readonly types: readonly PlainDType[];
  /** The scratch tile of each value that has one, -1 for the inputs. */
  readonly tiles: readonly number[];
  readonly steps: readonly PlannedStep[];
}

/** Gives out scratch tiles, and takes back those whose value is not needed any more. */
class Tiles {
  private readonly free: number[] = [];

  constructor() {
    for (let tile = LAST_TILE; tile >= FIRST_TILE; tile--) this.free.push(tile);
  }

  take(): number {
    const tile = this.free.pop();
    if (tile === undefined) throw new Error("internal: a chain holds too many values at once");
    return tile;
  }

  giveBack(tile: number): void {
    if (tile >= 0) this.free.push(tile);
  }
}

function planOf(
  inputs: readonly PlainDType[],
  steps: readonly ChainStep[],
  results: readonly number[],
): Plan {
  const types = [...inputs];
  const tiles = inputs.map(() => -1);
  const pool = new Tiles();
  const planned = steps.map(({ kernel, from }, k): PlannedStep => {
    const operands = from.map((value, j) => {
      if (value >= types.length)
        throw new Error(`internal: step ${k} of a chain takes what is not there yet`);
      return [value, types[value] === kernel.in[j] ? -1 : pool.take()] as const;
    });
    const own = kernel.out.map((type) => {
      types.push(type);
      tiles.push(pool.take());
      return types.length - 1;
    });
    for (const [, tile] of operands) pool.giveBack(tile);
    const later = new Set([...steps.slice(k + 1).flatMap((step) => step.from), ...results]);
    for (const value of new Set([...from, ...own])) if (!later.has(value)) pool.giveBack(tiles[value]!);
    return { kernel, operands, results: own };
  });
  return { types, tiles, steps: planned };
}

/**
 * The kernel of a chain.
 *
 * @param inputs the dtypes of its operands
 * @param results the values that it gives
 */
export function chainKernel(
  inputs: readonly PlainDType[],
  steps: readonly ChainStep[],
  results: readonly number[],
): LoopKernel {
  const plan = planOf(inputs, steps, results);
  const out = results.map((value) => plan.types[value]!);
  const widest = Math.max(...plan.types.map((type) => plain[type].itemsize));
  const most = TILE_BYTES / widest;
  const places: number[] = [];
  const run = (n: number, ...pointers: number[]) => {
    for (let done = 0; done < n; done += most) {
      const length = Math.min(most, n - done);
      plan.types.forEach((type, value) => {
        const tile = plan.tiles[value]!;
        places[value] = tile < 0 ? pointers[value]! + done * plain[type].itemsize : tilePointer(tile);
      });
      for (const step of plan.steps) runStep(step, plan, places, length);
      // All is worked out before the first result is written: it may lie over an operand.
      results.forEach((value, k) => {
        const { itemsize } = plain[plan.types[value]!];
        const target = pointers[inputs.length + k]! + done * itemsize;
        heap.u8.copyWithin(target, places[value]!, places[value]! + length * itemsize);
      });
    }
  };
  return { in: inputs, out, run };
}

function runStep(
  { kernel, operands, results }: PlannedStep,
  plan: Plan,
  places: readonly number[],
  n: number,
): void {
  const given = operands.map(([value, tile], j) => {
    if (tile < 0) return places[value]!;
    castTile(n, plain[plan.types[value]!], places[value]!, plain[kernel.in[j]!], tilePointer(tile));
    return tilePointer(tile);
  });
  kernel.run(n, ...given, ...results.map((value) => places[value]!));
}
