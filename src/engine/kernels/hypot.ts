/**
 * The length of (x, y) within an ulp and without overflow on the way: for float64 the root of the sum of squares with one
 * correcting step (C. F. Borges, "An improved algorithm for hypot(a, b)", 2019), for float32 the root in float64.
 */

import { type Expr, type Fn, f64, type Local, op, select } from "../../wasm/fn.ts";
import type { Lane } from "./lanes.ts";

const on = (name: string, ...operands: readonly Expr[]): Expr => op(`f64.${name}`, ...operands);

/** The length of (x, y), of the lane's precision; both are locals. */
export function hypotOf(fn: Fn, lane: Lane, x: Expr, y: Expr): Expr {
  if (lane.scalar === "f64") return hypot64(fn, x, y);
  const [p, q] = [fn.let(on("promote_f32", x)), fn.let(on("promote_f32", y))];
  const root = on("sqrt", on("add", on("mul", p, p), on("mul", q, q)));
  return op("f32.demote_f64", infinityFirst(p, q, root));
}

/** An infinite part makes the length infinite, even beside NaN. */
function infinityFirst(x: Expr, y: Expr, length: Expr): Expr {
  const infinity = f64(Number.POSITIVE_INFINITY);
  const infinite = op("i32.or", on("eq", on("abs", x), infinity), on("eq", on("abs", y), infinity));
  return select(infinite, infinity, length);
}

function hypot64(fn: Fn, x: Expr, y: Expr): Expr {
  // A NaN goes through min and max.
  const large = fn.let(on("max", on("abs", x), on("abs", y)));
  const small = fn.let(on("min", on("abs", x), on("abs", y)));
  const length = fn.let(on("add", large, small));
  fn.if(on("gt", small, on("mul", large, f64(2 ** -54))), () => {
    // Squares must neither overflow nor lose bits below the smallest normal number.
    const scale = fn.let(
      select(
        on("gt", large, f64(2 ** 511)),
        f64(2 ** -600),
        select(on("lt", small, f64(2 ** -459)), f64(2 ** 600), f64(1)),
      ),
    );
    const a = fn.let(on("mul", large, scale));
    const b = fn.let(on("mul", small, scale));
    fn.set(length, on("div", corrected(fn, a, b), scale));
  });
  return infinityFirst(x, y, length);
}

/** The root of a² + b² for a ≥ b > 0, less the error of its square over twice itself. */
function corrected(fn: Fn, a: Local, b: Local): Expr {
  const root = fn.let(on("sqrt", on("add", on("mul", a, a), on("mul", b, b))));
  const excess = fn.local("f64");
  fn.if(
    on("le", root, on("mul", f64(2), b)),
    () => {
      const delta = fn.let(on("sub", root, b));
      const first = on("mul", a, on("sub", on("mul", f64(2), delta), a));
      const second = on("mul", on("sub", delta, on("mul", f64(2), on("sub", a, b))), delta);
      fn.set(excess, on("add", first, second));
    },
    () => {
      const delta = fn.let(on("sub", root, a));
      const first = on("mul", on("mul", f64(2), delta), on("sub", a, on("mul", f64(2), b)));
      const second = on("mul", on("sub", on("mul", f64(4), delta), b), b);
      fn.set(excess, on("add", first, on("add", second, on("mul", delta, delta))));
    },
  );
  return on("sub", root, on("div", excess, on("mul", f64(2), root)));
}
