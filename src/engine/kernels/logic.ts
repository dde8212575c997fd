/** The kernels of logic: what is not zero is true, NaN included. */

import { type Expr, type Fn, op } from "../../wasm/fn.ts";
import { maskKernel } from "../../wasm/map.ts";
import { every, type Kernels, kernels, type Lane, vector } from "./lanes.ts";

/** @internal The kernels of `logicalAnd`. */
export const logicalAndKernel: Kernels = /* @__PURE__ */ connective("and");
/** @internal The kernels of `logicalOr`. */
export const logicalOrKernel: Kernels = /* @__PURE__ */ connective("or");
/** @internal The kernels of `logicalXor`. */
export const logicalXorKernel: Kernels = /* @__PURE__ */ connective("xor");

function connective(name: "and" | "or" | "xor"): Kernels {
  return kernels((x) => {
    const body = (fn: Fn, ...parts: Expr[]) => {
      const [a, b] = [parts.slice(0, x.parts), parts.slice(x.parts)];
      return op(`v128.${name}`, truth(fn, x, a), truth(fn, x, b));
    };
    return maskKernel(x.bytes, 2, body, x.parts);
  }, "bits");
}

/** @internal The kernels of `logicalNot`. */
export const logicalNotKernel: Kernels = /* @__PURE__ */ kernels(
  (x) => maskKernel(x.bytes, 1, (fn, ...parts) => op("v128.not", truth(fn, x, parts)), x.parts),
  "bits",
);

/** The mask of what is not zero in any part. */
function truth(fn: Fn, x: Lane, parts: readonly Expr[]): Expr {
  const zero = every(fn, x, 0);
  const values = x.kind === "h" ? parts.map((part) => op("v128.and", part, every(fn, x, 0x7fff))) : parts;
  return values.map((part) => vector(x, "ne", part, zero)).reduce((a, b) => op("v128.or", a, b));
}
