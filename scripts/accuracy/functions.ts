/**
 * The functions whose errors are measured, one row a function: NumPy's name, its kernels, the loops, and the arguments to
 * draw. Each domain is measured on its own, for each loop that it makes sense for.
 */

import { expKernel } from "../../src/engine/kernels/exp.ts";
import type { Kernels } from "../../src/engine/kernels/lanes.ts";
import { logKernel } from "../../src/engine/kernels/log.ts";
import { powerKernel } from "../../src/engine/kernels/power.ts";

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

const reals = "d->d f->f e->e";

function of(...draws: readonly Draw[]): Domain {
  return { draws };
}

/** A domain for the loops of one letter only. */
function only(types: string, ...draws: readonly Draw[]): Domain {
  return { draws, types };
}

export const functions: readonly Measured[] = [
  {
    name: "exp",
    kernel: expKernel,
    types: reals,
    domains: [
      of(["even", -10, 10]),
      of(["signed", 1e-30, 1]),
      only("d->d", ["even", -746, 710]),
      only("f->f", ["even", -104, 89]),
    ],
  },
  {
    name: "log",
    kernel: logKernel,
    types: reals,
    domains: [of(["even", 0.5, 2]), of(["even", 0.99, 1.01]), of(["spread", 5e-324, 1.7e308])],
  },
  {
    name: "power",
    kernel: powerKernel,
    types: "dd->d ff->f ee->e",
    domains: [
      of(["even", 0, 10], ["even", -10, 10]),
      only("dd->d", ["spread", 5e-324, 1.7e308], ["even", -1, 1]),
      only("dd->d", ["even", 0.9, 1.1], ["even", -7000, 7000]),
      only("dd->d", ["even", 0.9999, 1.0001], ["even", -7e6, 7e6]),
      only("dd->d", ["spread", 1, 100], ["signed", 1e-300, 1e4]),
      only("ff->f", ["spread", 1e-45, 3e38], ["even", -1, 1]),
      only("ff->f", ["even", 0.99, 1.01], ["even", -7000, 7000]),
    ],
  },
];
