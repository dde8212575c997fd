/** The kernels of the logarithms. */

import { complexLog, complexLog1p, complexLog2, complexLog10 } from "./complex-exp.ts";
import { withComplex } from "./complex-trig.ts";
import type { Kernels } from "./lanes.ts";
import { log, log1p, logInBase } from "./log-quotient.ts";
import { type LongBody, longKernelsWithSingles, type SingleBody } from "./long-loop.ts";

/** One body for both formats. */
function real(body: LongBody & SingleBody): Kernels {
  return longKernelsWithSingles(body, body);
}

/** @internal The kernels of `log`. */
export const logKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ real((v, x) => log(v, x!)),
  complexLog,
);

/** @internal The kernels of `log2`: exact for powers of two. */
export const log2Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ real((v, x) => logInBase(v, x!, "two")),
  complexLog2,
);

/** @internal The kernels of `log10`: exact for powers of ten. */
export const log10Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ real((v, x) => logInBase(v, x!, "ten")),
  complexLog10,
);

/** @internal The kernels of `log1p`. */
export const log1pKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ real((v, x) => log1p(v, x!)),
  complexLog1p,
);
