/**
 * Several bodies of vectors as one kernel: what the first gives is taken by the next without going through memory. Scalars
 * are vectors that are read once, in front of the loop, so that one kernel serves for all of them.
 */

import type { Expr, Fn } from "../wasm/fn.ts";
import { Kernel, type Runnable } from "../wasm/kernel.ts";
import { type MapKernel, mapLoop } from "../wasm/map.ts";

/** A body, and the values that it takes: inputs, then what earlier steps gave; below 0 scalars, the first of them -1. */
export interface BodyStep {
  readonly kernel: MapKernel;
  readonly from: readonly number[];
}

/** Some steps whose elements are equally wide. */
export interface BodyGroup {
  readonly inputs: number;
  readonly scalars: number;
  readonly steps: readonly BodyStep[];
  /** The values that are wanted afterwards. */
  readonly outputs: readonly number[];
}

/** Kernels by what they are made of. Expressions of a program are few; whoever makes them without end starts anew. */
const made = /* @__PURE__ */ new Map<string, Runnable>();
const MOST = 1000;

const numbers = /* @__PURE__ */ new WeakMap<MapKernel, number>();
let count = 0;

function numberOf(kernel: MapKernel): number {
  let number = numbers.get(kernel);
  if (number === undefined) numbers.set(kernel, (number = count++));
  return number;
}

/** The kernel of a group: `(n, inputs…, outputs…, scalars)`, the last being the address of 16 bytes for each scalar. */
export function groupKernel(group: BodyGroup): Runnable {
  const { inputs, scalars, steps, outputs } = group;
  if (steps.length === 1 && scalars === 0 && isPlain(group)) return steps[0]!.kernel;
  const texts = steps.map(({ kernel, from }) => `${numberOf(kernel)}(${from.join()})`);
  const key = `${inputs} ${scalars}: ${texts.join(" ")}: ${outputs.join()}`;
  let kernel = made.get(key);
  if (kernel === undefined) {
    if (made.size >= MOST) made.clear();
    made.set(key, (kernel = new Kernel(() => loopOf(group))));
  }
  return kernel;
}

/** Whether one step takes the inputs as they come. */
function isPlain({ inputs, steps, outputs }: BodyGroup): boolean {
  const { from } = steps[0]!;
  return outputs.length === 1 && from.length === inputs && from.every((value, k) => value === k);
}

function loopOf({ inputs, scalars, steps, outputs }: BodyGroup): Fn {
  const body = (fn: Fn, ...xs: Expr[]): Expr[] => {
    const block = fn.params[1 + inputs + outputs.length]!;
    const values = [...xs];
    for (const { kernel, from } of steps) {
      const taken = from.map((value) =>
        value >= 0 ? values[value]! : fn.once(fn.load("v128.load", block, 16 * (-1 - value))),
      );
      const given = kernel.body(fn, ...taken);
      values.push(fn.let(Array.isArray(given) ? given[0]! : (given as Expr)));
    }
    return outputs.map((value) => values[value]!);
  };
  return mapLoop(steps[0]!.kernel.width, inputs, outputs.length, scalars === 0 ? 0 : 1, turnOf(steps), body);
}

/** Bytes of a turn: a few short bodies overlap when they come several times over, many do by themselves. */
function turnOf(steps: readonly BodyStep[]): number {
  if (steps.length <= 4) return 64;
  return steps.length <= 8 ? 32 : 16;
}
