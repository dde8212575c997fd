/** Chains in parts: what one of them gives is an operand of the other. */

import type { UfuncCore } from "./ufunc-core.ts";

/** A ufunc, and the values that it takes: operands, then what earlier steps gave. */
export interface FusedStep {
  readonly core: UfuncCore;
  readonly from: readonly number[];
  /** The ufunc of one operand that gives the same of the first of them where that is an array of floats: squares are powers. */
  readonly ofFloats?: UfuncCore | undefined;
}

/** Some steps, and the operands that they take, by their numbers in the whole chain. */
export interface Part {
  readonly steps: readonly FusedStep[];
  readonly operands: readonly number[];
}

/** A chain as two: the steps that a value comes from, and what is left; there that value is one operand more. */
export interface CutSteps {
  readonly inner: Part;
  readonly outer: Part;
}

/** Cuts a chain of `count` operands at what a step gives. */
export function cutAt(count: number, steps: readonly FusedStep[], step: number): CutSteps {
  return {
    inner: partOf(count, steps, count + step, -1),
    outer: partOf(count, steps, count + steps.length - 1, count + step),
  };
}

/** The steps that a value comes from, those before `given` left out: it counts as operand `count`. */
function partOf(count: number, steps: readonly FusedStep[], value: number, given: number): Part {
  const wanted = new Set([value]);
  for (let k = steps.length - 1; k >= 0; k--) {
    if (!wanted.has(count + k) || count + k === given) continue;
    for (const taken of steps[k]!.from) wanted.add(taken);
  }
  const known = (one: number) => one < count || one === given;
  const operands = [...wanted].filter(known).sort((a, b) => a - b);
  const own = [...wanted].filter((one) => !known(one)).sort((a, b) => a - b);
  const values = [...operands, ...own];
  return {
    steps: own.map((one) => {
      const step = steps[one - count]!;
      return { ...step, from: step.from.map((taken) => values.indexOf(taken)) };
    }),
    operands: operands.map((one) => (one === given ? count : one)),
  };
}

/**
 * The step at which to cut a chain, so that what has to be done beforehand comes to stand alone; -1 when there is nothing.
 *
 * @param small whether a step concerns less than the whole shape
 * @param alone whether a step cannot be part of a pass
 */
export function placeToCut(
  count: number,
  steps: readonly FusedStep[],
  small: (step: number) => boolean,
  alone: (step: number) => boolean,
): number {
  for (let k = 0; k < steps.length; k++) {
    const given = steps[k]!.from.filter((value) => value >= count).map((value) => value - count);
    if (small(k)) continue;
    const least = given.find(small);
    if (least !== undefined) return least;
    if (!alone(k)) continue;
    const before = given[0];
    if (before !== undefined) return before;
    if (k < steps.length - 1) return k;
  }
  return -1;
}
