/** Sine, cosine, tangent and their inverses. */

import { arctan2Kernel, arctanKernel } from "../../src/engine/kernels/arctan.ts";
import { arccosKernel, arcsinKernel } from "../../src/engine/kernels/inverse-trig.ts";
import { cosKernel, sinKernel, tanKernel } from "../../src/engine/kernels/trig.ts";
import { type Domain, type Measured, of, only, reals } from "./domains.ts";

/** Ordinary angles, those whose reduction is by parts of π/2, and those that need the digits of 2/π. */
const angles: readonly Domain[] = [
  of(["even", -10, 10]),
  of(["signed", 1e-30, 1]),
  only("d->d", ["even", -1.6e6, 1.6e6]),
  only("f->f", ["even", -1.6e6, 1.6e6]),
  only("d->d", ["signed", 1e6, 1.7e308]),
  only("f->f", ["signed", 1e6, 3e38]),
];

const sines: readonly Domain[] = [of(["even", -1, 1]), of(["even", 0.49, 0.51]), of(["signed", 1e-30, 1])];

export const circular: readonly Measured[] = [
  { name: "sin", kernel: sinKernel, types: `${reals} D->D F->F`, domains: angles },
  { name: "cos", kernel: cosKernel, types: `${reals} D->D F->F`, domains: angles },
  { name: "tan", kernel: tanKernel, types: `${reals} D->D F->F`, domains: angles },
  { name: "arcsin", kernel: arcsinKernel, types: `${reals} D->D F->F`, domains: sines },
  { name: "arccos", kernel: arccosKernel, types: `${reals} D->D F->F`, domains: sines },
  {
    name: "arctan",
    kernel: arctanKernel,
    types: `${reals} D->D F->F`,
    domains: [of(["even", -1, 1]), of(["even", -20, 20]), of(["signed", 1e-30, 1e30])],
  },
  {
    name: "arctan2",
    kernel: arctan2Kernel,
    types: "dd->d ff->f ee->e",
    domains: [
      of(["even", -1, 1], ["even", -1, 1]),
      of(["signed", 1e-3, 1e3], ["signed", 1e-3, 1e3]),
      only("dd->d", ["signed", 5e-324, 1.7e308], ["signed", 5e-324, 1.7e308]),
      only("ff->f", ["signed", 1e-45, 3e38], ["signed", 1e-45, 3e38]),
    ],
  },
];
