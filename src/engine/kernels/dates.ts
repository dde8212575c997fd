/**
 * The kernels of moments and spans of time: 64-bit counts, of which the smallest is NaT.
 *
 * What is made of NaT is NaT, and NaT is neither equal to anything nor less or greater. Counts that are divided by integers
 * or floats are cut, as NumPy does; spans divided by spans are rounded down.
 */

import { type Expr, type Fn, f64, i64, op, select } from "../../wasm/fn.ts";
import { maskKernel } from "../../wasm/map.ts";
import { elementKernel, type Kernels, kernels, noLoop, vectorKernel } from "./lanes.ts";

const NAT = -(2n ** 63n);

function natVector(fn: Fn): Expr {
  return fn.constant("i64x2", NAT);
}

function isNaT(fn: Fn, x: Expr): Expr {
  return op("i64x2.eq", x, natVector(fn));
}

/** The result, but NaT where one of the operands is. */
function natural(fn: Fn, result: Expr, ...operands: readonly Expr[]): Expr {
  const none = operands.map((x) => isNaT(fn, x)).reduce((a, b) => op("v128.or", a, b));
  return op("v128.bitselect", natVector(fn), result, none);
}

/** @internal Sums and differences of counts. */
export const addCounts: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  vectorKernel(loop, (fn, a, b) => natural(fn, op("i64x2.add", a!, b!), a!, b!)),
);
/** @internal */
export const subtractCounts: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  vectorKernel(loop, (fn, a, b) => natural(fn, op("i64x2.sub", a!, b!), a!, b!)),
);

/** @internal A span times an integer, or a float. */
export const multiplySpan: Kernels = /* @__PURE__ */ kernels((_, loop) => {
  if (loop.types === "ll->l") {
    return vectorKernel(loop, (fn, a, b) => natural(fn, op("i64x2.mul", a!, b!), a!));
  }
  return elementKernel(loop, (fn, a, b) => cut(fn, a!, op("f64.mul", op("f64.convert_i64_s", a!), b!)));
});

/** @internal An integer, or a float, times a span. */
export const multiplyBySpan: Kernels = /* @__PURE__ */ kernels((_, loop) => {
  if (loop.types === "ll->l") {
    return vectorKernel(loop, (fn, a, b) => natural(fn, op("i64x2.mul", a!, b!), b!));
  }
  return elementKernel(loop, (fn, a, b) => cut(fn, b!, op("f64.mul", a!, op("f64.convert_i64_s", b!))));
});

/** A float as a count: NaT where it does not fit, or the span was NaT. */
function cut(fn: Fn, span: Expr, value: Expr): Expr {
  const kept = fn.let(value);
  const fits = op("i32.and", op("f64.lt", op("f64.abs", kept), f64(2 ** 63)), op("i64.ne", span, i64(NAT)));
  return select(fits, op("i64.trunc_sat_f64_s", kept), i64(NAT));
}

/** A divisor that does not trap: 1 in place of 0. */
function safe(b: Expr): Expr {
  return select(op("i64.eqz", b), i64(1n), b);
}

function or(a: Expr, b: Expr): Expr {
  return op("i32.or", a, b);
}

/** Whether one of two counts is NaT, or the second 0: there is no quotient. */
function undivided(a: Expr, b: Expr): Expr {
  return or(or(op("i64.eq", a, i64(NAT)), op("i64.eq", b, i64(NAT))), op("i64.eqz", b));
}

/** @internal A span divided by an integer or a float, cut; two spans as a float64. */
export const divideSpan: Kernels = /* @__PURE__ */ kernels((_, loop) => {
  if (loop.types === "ld->l") {
    return elementKernel(loop, (fn, a, b) => cut(fn, a!, op("f64.div", op("f64.convert_i64_s", a!), b!)));
  }
  return elementKernel(loop, (_fn, a, b) => {
    const none = or(op("i64.eq", a!, i64(NAT)), op("i64.eqz", b!));
    return select(none, i64(NAT), op("i64.div_s", select(none, i64(1n), a!), safe(b!)));
  });
});

/** @internal Two spans divided, as a float64. */
export const spanRatio: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  elementKernel(loop, (_fn, a, b) => {
    const none = or(op("i64.eq", a!, i64(NAT)), op("i64.eq", b!, i64(NAT)));
    const quotient = op("f64.div", op("f64.convert_i64_s", a!), op("f64.convert_i64_s", b!));
    return select(none, f64(Number.NaN), quotient);
  }),
);

/** Quotient and rest of a division that rounds down; 0 and NaT where there is none. */
function floorDivided(fn: Fn, a: Expr, b: Expr): { quotient: Expr; rest: Expr } {
  const none = fn.let(undivided(a, b));
  const by = fn.let(select(none, i64(1n), b));
  const cutQuotient = fn.let(op("i64.div_s", select(none, i64(0n), a), by));
  const left = fn.let(op("i64.sub", a, op("i64.mul", cutQuotient, by)));
  const differs = op("i64.lt_s", op("i64.xor", left, by), i64(0n));
  const off = fn.let(op("i32.and", op("i64.ne", left, i64(0n)), differs));
  const down = op("i64.sub", cutQuotient, op("i64.extend_i32_u", off));
  return {
    quotient: select(none, i64(0n), down),
    rest: select(none, i64(NAT), op("i64.add", left, select(off, by, i64(0n)))),
  };
}

/** @internal How often a span goes into another, rounded down. */
export const floorDivideSpans: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  elementKernel(loop, (fn, a, b) => floorDivided(fn, a!, b!).quotient),
);
/** @internal What is left then. */
export const remainderSpans: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  elementKernel(loop, (fn, a, b) => floorDivided(fn, a!, b!).rest),
);
/** @internal Both. */
export const divmodSpans: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  elementKernel(loop, (fn, a, b) => {
    const { quotient, rest } = floorDivided(fn, a!, b!);
    return [quotient, rest];
  }),
);

/** @internal The greater count, NaT where one is: NaT less 1 is the greatest of all. */
export const maximumCounts: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  vectorKernel(loop, (fn, a, b) => op("v128.bitselect", a!, b!, latter(fn, a!, b!))),
);
/** @internal The smaller count, the other one where one is NaT. */
export const fminCounts: Kernels = /* @__PURE__ */ kernels((_, loop) =>
  vectorKernel(loop, (fn, a, b) => op("v128.bitselect", b!, a!, latter(fn, a!, b!))),
);

/** Where the first of two counts comes after the second, NaT after all. */
export function latter(fn: Fn, a: Expr, b: Expr): Expr {
  const one = fn.constant("i64x2", 1n);
  return op("i64x2.gt_s", op("i64x2.sub", a, one), op("i64x2.sub", b, one));
}

type Relation = "eq" | "ne" | "lt_s" | "le_s" | "gt_s" | "ge_s";

/** @internal Comparisons: NaT is the smallest count, so one side at most has to be looked at. */
export function compareCounts(relation: Relation): Kernels {
  const right = relation === "gt_s" || relation === "ge_s";
  return kernels((_, loop) => {
    if (loop.types !== "ll->?") return noLoop(loop);
    return maskKernel(8, 2, (fn, a, b) => {
      const plain = op(`i64x2.${relation}`, a!, b!);
      const none = isNaT(fn, right ? b! : a!);
      return relation === "ne" ? op("v128.or", plain, none) : op("v128.andnot", plain, none);
    });
  });
}

/** @internal Whether a count is NaT, and whether it is not. */
export const isNaTKernel: Kernels = /* @__PURE__ */ kernels(() => maskKernel(8, 1, (fn, a) => isNaT(fn, a!)));
/** @internal */
export const isCountKernel: Kernels = /* @__PURE__ */ kernels(() =>
  maskKernel(8, 1, (fn, a) => op("v128.not", isNaT(fn, a!))),
);
/** @internal No count is infinite. */
export const neverKernel: Kernels = /* @__PURE__ */ kernels(() =>
  maskKernel(8, 1, (_fn, a) => op("v128.xor", a!, a!)),
);
