/** The kernels of the logarithms. */

import { complexLog, complexLog1p, complexLog2, complexLog10 } from "./complex-exp.ts";
import { withComplex } from "./complex-trig.ts";
import type { Kernels } from "./lanes.ts";
import { log, log1p, log2, log10 } from "./log-quotient.ts";
import { stagedKernelsOfBoth } from "./staged-loop.ts";

/** @internal The kernels of `log`. */
export const logKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernelsOfBoth(log),
  complexLog,
);

/** @internal The kernels of `log2`: exact for powers of two. */
export const log2Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernelsOfBoth(log2),
  complexLog2,
);

/** @internal The kernels of `log10`: exact for powers of ten. */
export const log10Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernelsOfBoth(log10),
  complexLog10,
);

/** @internal The kernels of `log1p`. */
export const log1pKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernelsOfBoth(log1p),
  complexLog1p,
);
