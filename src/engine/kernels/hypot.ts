/**
 * The length of (x, y) within an ulp and without overflow on the way, two at a time in float64: the root of the sum of
 * squares with one correcting step (C. F. Borges, "An improved algorithm for hypot(a, b)", 2019). For float32 operands,
 * widened, the root is enough.
 */

import { type Expr, type Fn, type Local, op } from "../../wasm/fn.ts";

const on = (name: string, ...operands: readonly Expr[]): Expr => op(`f64x2.${name}`, ...operands);

/** `mask ? yes : no` in every lane. */
function choose(mask: Expr, yes: Expr, no: Expr): Expr {
  return op("v128.bitselect", yes, no, mask);
}

/** The lengths of vectors (x, y) of float64 locals that came from float32. */
export function hypotOfSingles(fn: Fn, x: Expr, y: Expr): Expr {
  return infinityFirst(fn, x, y, on("sqrt", on("add", on("mul", x, x), on("mul", y, y))));
}

/** An infinite part makes the length infinite, even beside NaN. */
function infinityFirst(fn: Fn, x: Expr, y: Expr, length: Expr): Expr {
  const infinity = fn.constant("f64x2", Number.POSITIVE_INFINITY);
  const isInfinite = (part: Expr) => on("eq", on("abs", part), infinity);
  return choose(op("v128.or", isInfinite(x), isInfinite(y)), infinity, length);
}

/** The lengths of vectors (x, y) of float64 locals. */
export function hypotOf(fn: Fn, x: Expr, y: Expr): Expr {
  const power = (exponent: number) => fn.constant("f64x2", 2 ** exponent);
  const [p, q] = [fn.let(on("abs", x)), fn.let(on("abs", y))];
  const large = fn.let(on("pmax", p, q));
  const small = fn.let(on("pmin", p, q));
  const sum = fn.let(on("add", p, q));
  // Where the smaller part is below the last bit of the larger one, or 0, or a part is NaN, the sum is the answer.
  const negligible = on("le", small, on("mul", large, power(-54)));
  const isSum = fn.let(op("v128.or", negligible, on("ne", sum, sum)));
  // Squares must neither overflow nor lose bits below the smallest normal number.
  const isHuge = fn.let(on("gt", large, power(511)));
  const isTiny = fn.let(on("lt", small, power(-459)));
  const back = fn.let(power(0));
  fn.if(op("v128.any_true", op("v128.or", isHuge, isTiny)), () => {
    const scale = fn.let(choose(isHuge, power(-600), choose(isTiny, power(600), power(0))));
    fn.set(back, choose(isHuge, power(600), choose(isTiny, power(-600), power(0))));
    fn.set(large, on("mul", large, scale));
    fn.set(small, on("mul", small, scale));
  });
  const length = on("mul", corrected(fn, large, small), back);
  return infinityFirst(fn, x, y, choose(isSum, sum, length));
}

/** The root of a² + b² for a ≥ b > 0, less the error of its square over twice itself. */
function corrected(fn: Fn, a: Local, b: Local): Expr {
  const twice = (value: Expr) => on("mul", fn.constant("f64x2", 2), value);
  const root = fn.let(on("sqrt", on("add", on("mul", a, a), on("mul", b, b))));
  const overB = fn.let(on("sub", root, b));
  const near = on(
    "add",
    on("mul", a, on("sub", twice(overB), a)),
    on("mul", on("sub", overB, twice(on("sub", a, b))), overB),
  );
  const overA = fn.let(on("sub", root, a));
  const rest = on("mul", on("sub", on("mul", fn.constant("f64x2", 4), overA), b), b);
  const far = on(
    "add",
    on("mul", twice(overA), on("sub", a, twice(b))),
    on("add", rest, on("mul", overA, overA)),
  );
  const excess = choose(on("le", root, twice(b)), near, far);
  return on("sub", root, on("div", excess, twice(root)));
}
