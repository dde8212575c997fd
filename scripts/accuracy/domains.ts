/** What a row of the table of measured functions says. */

import type { Kernels } from "../../src/engine/kernels/lanes.ts";

/**
 * How arguments are drawn: "even" uniformly in an interval, "spread" by magnitude, as likely in one binade as in the next,
 * "signed" the same with both signs. For a function of two operands there is one of these for each.
 */
export type Draw = readonly [how: "even" | "spread" | "signed", from: number, to: number];

/** A domain: the draws, one for each operand (for complex operands: for both parts), and the loops it is for if not all. */
export interface Domain {
  readonly draws: readonly Draw[];
  readonly types?: string;
}

export interface Measured {
  readonly name: string;
  readonly kernel: Kernels;
  /** Loops such as "d->d", separated by spaces. */
  readonly types: string;
  readonly domains: readonly Domain[];
}

/** The loops of a function of one real number. */
export const reals = "d->d f->f e->e";

/** A domain for all loops of a function. */
export function of(...draws: readonly Draw[]): Domain {
  return { draws };
}

/** A domain for the loops of one letter only. */
export function only(types: string, ...draws: readonly Draw[]): Domain {
  return { draws, types };
}
