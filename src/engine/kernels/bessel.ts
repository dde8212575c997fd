/** The modified Bessel function of order 0, for windows. */

import { jsKernel } from "../../wasm/kernel.ts";
import { heap } from "../../wasm/memory.ts";
import { type Kernels, kernels, noLoop } from "./lanes.ts";

/*
 * I₀(x) = e^x · g(x), where g is a series of Chebyshev polynomials, as in C. W. Clenshaw, Chebyshev Series for Mathematical
 * Functions (National Physical Laboratory, 1962): for x up to 8 in the argument x/2 - 2, beyond it √x·g(x) in 32/x - 2.
 * The coefficients are c(k) = 2/n · Σ g(2·cos θ(j))·cos(k·θ(j)) over n = 64 angles, computed with 45 digits. The terms left out
 * are below the last bit.
 */
const NEAR = 8;

const nearTerms: readonly number[] = [
  0.6767952744094761, -0.3046826723431984, 0.17162090152220877, -0.09490109704804764, 0.04930528423967071,
  -0.02373741480589947, 0.010546460394594998, -0.004324309995050576, 0.0016394756169413357,
  -0.0005763755745385824, 0.00018850288509584165, -5.754195010082104e-5, 1.6448448070728896e-5,
  -4.4167383584587505e-6, 1.1173875391201037e-6, -2.670793853940612e-7, 6.046995022541919e-8,
  -1.300025009986248e-8, 2.6598237246823866e-9, -5.189795601635263e-10, 9.675809035373237e-11,
  -1.726826291441556e-11, 2.95505266312964e-12, -4.856446783111929e-13, 7.676185498604936e-14,
  -1.1685332877993451e-14, 1.715391285555133e-15, -2.431279846547955e-16, 3.3307945188222384e-17,
  -4.4153416464793395e-18,
];

const farTerms: readonly number[] = [
  0.8044904110141088, 0.0033691164782556943, 6.889758346916825e-5, 2.8913705208347567e-6,
  2.0489185894690638e-7, 2.266668990498178e-8, 3.3962320257083865e-9, 4.94060238822497e-10,
  1.1889147107846439e-11, -3.1499165279632416e-11, -1.3215811840447713e-11, -1.7941785315068062e-12,
  7.180124451383666e-13, 3.8527783827421426e-13, 1.54008621752141e-14, -4.150569347287222e-14,
  -9.554846698828307e-15, 3.8116806693526224e-15, 1.7725601330565263e-15, -3.425485619677219e-16,
  -2.8276239805165836e-16, 3.461222867697461e-17, 4.46562142029676e-17, -4.830504485944182e-18,
  -7.233180487874754e-18,
];

/** Σ c(k)·T(k)(y/2), with half of c(0): Clenshaw's recurrence, from the last term on. */
function chebyshev(y: number, terms: readonly number[]): number {
  let [before, last, next] = [0, 0, 0];
  for (let k = terms.length - 1; k >= 0; k--) {
    before = last;
    last = next;
    next = y * last - before + terms[k]!;
  }
  return 0.5 * (next - before);
}

/** I₀(x) from e^|x|. */
export function besselI0By(x: number, exponential: number): number {
  const size = Math.abs(x);
  if (size <= NEAR) return exponential * chebyshev(size / 2 - 2, nearTerms);
  return (exponential * chebyshev(32 / size - 2, farTerms)) / Math.sqrt(size);
}

/** I₀(x) within three ulp. */
export function besselI0(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size === Number.POSITIVE_INFINITY) return size;
  if (size < 700) return besselI0By(size, Math.exp(size));
  const series = chebyshev(32 / size - 2, farTerms);
  // e^x alone may be too large where the quotient is not.
  const half = Math.exp(size / 2);
  return (half / Math.sqrt(size)) * series * half;
}

/** @internal The kernel of `i0`. */
export const i0Kernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind !== "f") return noLoop(loop);
  return jsKernel((n, from, to) => {
    const numbers = x.bytes === 8 ? heap.f64 : heap.f32;
    const [source, target] = [from! / x.bytes, to! / x.bytes];
    for (let k = 0; k < n!; k++) numbers[target + k] = besselI0(numbers[source + k]!);
    return 0;
  });
});
