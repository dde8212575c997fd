/** The kernels of whole numbers: greatest common divisor, least common multiple, powers. */

import { ValueError } from "../../errors.ts";
import { type Expr, Fn, i32, type Local, op, select } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { laneBytes, loadLane } from "../../wasm/map.ts";
import { elementKernel, type Kernels, kernels, type Lane, laneOf, scalar, scalarValue } from "./lanes.ts";

/** The absolute value; the smallest number stays what it is, which is right when read as unsigned. */
export function magnitude(fn: Fn, x: Lane, a: Expr): Expr {
  if (x.kind === "u") return a;
  const sign = fn.let(scalar(x, "shr_s", a, scalarValue(x, x.scalar === "i64" ? 63 : 31)));
  return scalar(x, "sub", scalar(x, "xor", a, sign), sign);
}

/** Euclid's algorithm on unsigned numbers. */
function greatestDivisor(fn: Fn, x: Lane, a: Expr, b: Expr): Local {
  const high = fn.let(a);
  const low = fn.let(b);
  const rest = fn.local(x.scalar);
  fn.while(
    () => scalar(x, "ne", low, scalarValue(x, 0)),
    () => {
      fn.set(rest, scalar(x, "rem_u", high, low));
      fn.set(high, low);
      fn.set(low, rest);
    },
  );
  return high;
}

/** @internal The kernels of `gcd`. */
export const gcdKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (fn, a, b) => greatestDivisor(fn, x, magnitude(fn, x, a), magnitude(fn, x, b))),
);

/** @internal The kernels of `lcm`: 0 where an operand is 0; what is too large wraps. */
export const lcmKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (fn, a, b) => {
    const p = fn.let(magnitude(fn, x, a));
    const q = fn.let(magnitude(fn, x, b));
    const divisor = greatestDivisor(fn, x, p, q);
    // Both are 0 where the divisor is.
    const safe = select(scalar(x, "eqz", divisor), scalarValue(x, 1), divisor);
    return scalar(x, "mul", scalar(x, "div_u", p, safe), q);
  }),
);

/** @internal The kernels of `power` of integers, which wrap; no exponent may be negative (see {@link requirePowers}). */
export const integerPowerKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (fn, a, b) => {
    const base = fn.let(a);
    const exponent = fn.let(b);
    const result = fn.let(scalarValue(x, 1));
    fn.while(
      () => scalar(x, "ne", exponent, scalarValue(x, 0)),
      () => {
        const odd = scalar(x, "eqz", scalar(x, "and", exponent, scalarValue(x, 1)));
        fn.set(result, select(odd, result, scalar(x, "mul", result, base)));
        fn.set(base, scalar(x, "mul", base, base));
        fn.set(exponent, scalar(x, "shr_u", exponent, scalarValue(x, 1)));
      },
    );
    return result;
  }),
);

const searches = new Map<string, Kernel>();

/** `(n, from)` gives whether one of n numbers is negative. */
function anyNegative(x: Lane): Kernel {
  let kernel = searches.get(x.dtype);
  if (kernel === undefined) {
    kernel = new Kernel(() => {
      const fn = new Fn(["i32", "i32"], "i32");
      const [n, from] = fn.params;
      const found = fn.local(x.scalar);
      fn.count(n!, 1, (at) => {
        const address = op("i32.add", from!, op("i32.mul", at, i32(laneBytes(x.memory))));
        fn.set(found, scalar(x, "or", found, loadLane(fn, x.memory, address)));
      });
      fn.give(scalar(x, "lt_s", found, scalarValue(x, 0)));
      return fn;
    });
    searches.set(x.dtype, kernel);
  }
  return kernel;
}

/**
 * @internal Sees to it that none of `n` exponents at an address is negative; `letter` is their type. To be asked of all
 * exponents before the first power is written.
 */
export function requirePowers(letter: string, n: number, exponents: number): void {
  const x = laneOf(letter);
  if (x.kind !== "i" || anyNegative(x).run(n, exponents) === 0) return;
  throw new ValueError(
    "power: integers to negative integer powers are not allowed; use floats, as in power(a, -1, { dtype: 'float64' })",
  );
}
