/**
 * The kernels of comparisons. Complex numbers are ordered by their real parts, then by their imaginary parts; what is NaN in
 * any part is neither less nor greater than anything. int64 against uint64 compares what the numbers are.
 */

import { type Expr, type Fn, op } from "../../wasm/fn.ts";
import { maskKernel } from "../../wasm/map.ts";
import { bySign, elementKernel, every, type Kernels, kernels, type Lane, scalar, vector } from "./lanes.ts";

type Relation = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

const mirrored = { eq: "eq", ne: "ne", lt: "gt", le: "ge", gt: "lt", ge: "le" } as const;

/** @internal The kernels of `equal`. */
export const equalKernel: Kernels = /* @__PURE__ */ comparison("eq");
/** @internal The kernels of `notEqual`. */
export const notEqualKernel: Kernels = /* @__PURE__ */ comparison("ne");
/** @internal The kernels of `less`. */
export const lessKernel: Kernels = /* @__PURE__ */ comparison("lt");
/** @internal The kernels of `lessEqual`. */
export const lessEqualKernel: Kernels = /* @__PURE__ */ comparison("le");
/** @internal The kernels of `greater`. */
export const greaterKernel: Kernels = /* @__PURE__ */ comparison("gt");
/** @internal The kernels of `greaterEqual`. */
export const greaterEqualKernel: Kernels = /* @__PURE__ */ comparison("ge");

function comparison(relation: Relation): Kernels {
  return kernels((x, loop) => {
    if (x.kind === "c") {
      return elementKernel(loop, (_, ar, ai, br, bi) => compareComplex(x, relation, [ar, ai], [br, bi]));
    }
    const y = loop.in[1]!;
    if (x.kind === y.kind) {
      return maskKernel(x.bytes, 2, (fn, a, b) => compareVectors(fn, x, relation, a, b));
    }
    return maskKernel(8, 2, (fn, a, b) =>
      x.kind === "i" ? compareMixed(fn, x, relation, a, b) : compareMixed(fn, y, mirrored[relation], b, a),
    );
  });
}

/** The mask of `a relation b`. */
export function compareVectors(fn: Fn, x: Lane, relation: Relation, a: Expr, b: Expr): Expr {
  if (x.kind === "f" || relation === "eq" || relation === "ne") return vector(x, relation, a, b);
  if (x.bytes < 8) return bySign(x, relation, a, b);
  if (x.kind === "i") return op(`i64x2.${relation}_s`, a, b);
  // There is no unsigned comparison of 64 bits: with the first bit flipped the order is that of signed ones.
  const top = every(fn, x, 1n << 63n);
  return op(`i64x2.${relation}_s`, op("v128.xor", a, top), op("v128.xor", b, top));
}

/** Signed `a` against unsigned `b`: a negative one is below everything, and others are compared as unsigned. */
function compareMixed(fn: Fn, signed: Lane, relation: Relation, a: Expr, b: Expr): Expr {
  if (relation === "ne" || relation === "gt" || relation === "ge") {
    const opposite = { ne: "eq", gt: "le", ge: "lt" } as const;
    return op("v128.not", compareMixed(fn, signed, opposite[relation], a, b));
  }
  const negative = op("i64x2.lt_s", a, every(fn, signed, 0));
  const unsigned = compareVectors(fn, { ...signed, kind: "u" }, relation, a, b);
  return relation === "eq" ? op("v128.andnot", unsigned, negative) : op("v128.or", unsigned, negative);
}

/** A complex number as its two parts. */
type Parts = readonly [re: Expr, im: Expr];

/** Whether `a relation b`, as an i32. */
export function compareComplex(x: Lane, relation: Relation, [ar, ai]: Parts, [br, bi]: Parts): Expr {
  if (relation === "eq") return op("i32.and", scalar(x, "eq", ar, br), scalar(x, "eq", ai, bi));
  if (relation === "ne") return op("i32.or", scalar(x, "ne", ar, br), scalar(x, "ne", ai, bi));
  const strict = relation === "lt" || relation === "le" ? "lt" : "gt";
  const comparable = op("i32.and", scalar(x, "eq", ai, ai), scalar(x, "eq", bi, bi));
  const byReal = op("i32.and", scalar(x, strict, ar, br), comparable);
  return op("i32.or", byReal, op("i32.and", scalar(x, "eq", ar, br), scalar(x, relation, ai, bi)));
}
