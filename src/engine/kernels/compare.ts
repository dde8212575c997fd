/**
 * The kernels of comparisons. Complex numbers are ordered by their real parts, then by their imaginary parts; what is NaN in
 * any part is neither less nor greater than anything. int64 against uint64 compares what the numbers are.
 */

import { type Expr, type Fn, op } from "../../wasm/fn.ts";
import { maskKernel } from "../../wasm/map.ts";
import { bySign, every, type Kernels, kernels, type Lane, vector } from "./lanes.ts";

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
      const body = (_: Fn, ...[ar, ai, br, bi]: Expr[]) =>
        compareComplex(x, relation, [ar!, ai!], [br!, bi!]);
      return maskKernel(x.bytes, 2, body, 2);
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

/** Vectors of the parts of complex numbers. */
export type Parts = readonly [re: Expr, im: Expr];

/** The mask of `a relation b` of complex numbers. */
export function compareComplex(x: Lane, relation: Relation, [ar, ai]: Parts, [br, bi]: Parts): Expr {
  if (relation === "eq") return op("v128.and", vector(x, "eq", ar, br), vector(x, "eq", ai, bi));
  if (relation === "ne") return op("v128.or", vector(x, "ne", ar, br), vector(x, "ne", ai, bi));
  const strict = relation === "lt" || relation === "le" ? "lt" : "gt";
  const comparable = op("v128.and", vector(x, "eq", ai, ai), vector(x, "eq", bi, bi));
  const byReal = op("v128.and", vector(x, strict, ar, br), comparable);
  return op("v128.or", byReal, op("v128.and", vector(x, "eq", ar, br), vector(x, relation, ai, bi)));
}
