/** Exponentials, logarithms, powers, hyperbolic functions and roots. */

import { exp2Kernel, expKernel, expm1Kernel } from "../../src/engine/kernels/exp.ts";
import { coshKernel, sinhKernel, tanhKernel } from "../../src/engine/kernels/hyperbolic.ts";
import { arccoshKernel, arcsinhKernel, arctanhKernel } from "../../src/engine/kernels/hyperbolic-inverse.ts";
import { log1pKernel, log2Kernel, log10Kernel, logKernel } from "../../src/engine/kernels/log.ts";
import { logaddexp2Kernel, logaddexpKernel } from "../../src/engine/kernels/log-add-exp.ts";
import { powerKernel } from "../../src/engine/kernels/power.ts";
import { cbrtKernel, hypotKernel, sqrtKernel } from "../../src/engine/kernels/roots.ts";
import { type Measured, of, only, reals } from "./domains.ts";

export const exponentials: readonly Measured[] = [
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
  {
    name: "exp2",
    kernel: exp2Kernel,
    types: reals,
    domains: [
      of(["even", -10, 10]),
      of(["signed", 1e-30, 1]),
      only("d->d", ["even", -1076, 1024]),
      only("f->f", ["even", -150, 128]),
    ],
  },
  {
    name: "expm1",
    kernel: expm1Kernel,
    types: reals,
    domains: [
      of(["even", -10, 10]),
      of(["even", -0.2, 0.2]),
      of(["signed", 1e-30, 1]),
      only("d->d", ["even", -40, 710]),
    ],
  },
  {
    name: "log2",
    kernel: log2Kernel,
    types: reals,
    domains: [of(["even", 0.5, 2]), of(["even", 0.99, 1.01]), of(["spread", 5e-324, 1.7e308])],
  },
  {
    name: "log10",
    kernel: log10Kernel,
    types: reals,
    domains: [of(["even", 0.5, 2]), of(["even", 0.99, 1.01]), of(["spread", 5e-324, 1.7e308])],
  },
  {
    name: "log1p",
    kernel: log1pKernel,
    types: reals,
    domains: [of(["even", -0.9, 2]), of(["signed", 1e-300, 0.9]), of(["spread", 1, 1.7e308])],
  },
  {
    name: "logaddexp",
    kernel: logaddexpKernel,
    types: "dd->d ff->f ee->e",
    domains: [of(["even", 0, 10], ["even", 0, 10]), of(["even", 0, 1000], ["even", 0, 1000])],
  },
  {
    name: "logaddexp2",
    kernel: logaddexp2Kernel,
    types: "dd->d ff->f ee->e",
    domains: [of(["even", 0, 10], ["even", 0, 10]), of(["even", 0, 1000], ["even", 0, 1000])],
  },
  {
    name: "sinh",
    kernel: sinhKernel,
    types: reals,
    domains: [
      of(["even", -10, 10]),
      of(["even", -0.2, 0.2]),
      of(["signed", 1e-300, 1]),
      only("d->d", ["even", -711, 711]),
    ],
  },
  {
    name: "cosh",
    kernel: coshKernel,
    types: reals,
    domains: [of(["even", -10, 10]), of(["signed", 1e-300, 1]), only("d->d", ["even", -711, 711])],
  },
  {
    name: "tanh",
    kernel: tanhKernel,
    types: reals,
    domains: [of(["even", -2, 2]), of(["signed", 1e-300, 1]), of(["even", -22, 22])],
  },
  {
    name: "arcsinh",
    kernel: arcsinhKernel,
    types: reals,
    domains: [of(["even", -10, 10]), of(["signed", 1e-300, 1]), of(["signed", 1, 1.7e308])],
  },
  {
    name: "arccosh",
    kernel: arccoshKernel,
    types: reals,
    domains: [of(["even", 1, 10]), of(["even", 1, 1.01]), of(["spread", 1, 1.7e308])],
  },
  {
    name: "arctanh",
    kernel: arctanhKernel,
    types: reals,
    domains: [of(["even", -1, 1]), of(["signed", 1e-300, 1]), of(["even", 0.99, 1])],
  },
  {
    name: "cbrt",
    kernel: cbrtKernel,
    types: reals,
    domains: [of(["even", -10, 10]), of(["signed", 5e-324, 1.7e308])],
  },
  {
    name: "hypot",
    kernel: hypotKernel,
    types: "dd->d ff->f ee->e",
    domains: [
      of(["even", -10, 10], ["even", -10, 10]),
      of(["signed", 5e-324, 1.7e308], ["signed", 5e-324, 1.7e308]),
    ],
  },
  { name: "exp", kernel: expKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "exp2", kernel: exp2Kernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "expm1", kernel: expm1Kernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "log", kernel: logKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "log2", kernel: log2Kernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "log10", kernel: log10Kernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "log1p", kernel: log1pKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "sqrt", kernel: sqrtKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "sinh", kernel: sinhKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "cosh", kernel: coshKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "tanh", kernel: tanhKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "arcsinh", kernel: arcsinhKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "arccosh", kernel: arccoshKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  { name: "arctanh", kernel: arctanhKernel, types: "D->D F->F", domains: [of(["signed", 1e-3, 10])] },
  {
    name: "power",
    kernel: powerKernel,
    types: "DD->D FF->F",
    domains: [of(["signed", 0.1, 10], ["even", -3, 3])],
  },
];
