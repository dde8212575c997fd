/** The modified Bessel function of order 0, for windows. */

import { jsKernel } from "../../wasm/kernel.ts";
import { heap } from "../../wasm/memory.ts";
import { type Kernels, kernels, noLoop } from "./lanes.ts";

/** From here on the asymptotic series has enough digits. */
const FAR = 20;

/** I₀(x) = Σ (x²/4)^k/(k!)²: all terms are positive, so none cancels another. */
function nearSeries(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 0;
  for (let k = 1; term > sum * 2 ** -56; k++) {
    sum += term;
    term *= quarter / (k * k);
  }
  return sum;
}

/** I₀(x) = e^x/√(2πx) · Σ ((2k − 1)!!)²/(k!·(8x)^k), for large x (Abramowitz and Stegun, 9.7.1). */
function farSeries(x: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 1; term > 2 ** -56; k++) {
    sum += term;
    const next = (term * (2 * k - 1) * (2 * k - 1)) / (8 * x * k);
    if (next > term) break;
    term = next;
  }
  // e^x alone may be too large where the quotient is not.
  const half = Math.exp(x / 2);
  return (half / Math.sqrt(2 * Math.PI * x)) * sum * half;
}

/** I₀(x) within some ulp. */
export function besselI0(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size === Number.POSITIVE_INFINITY) return size;
  return size < FAR ? nearSeries(size) : farSeries(size);
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
