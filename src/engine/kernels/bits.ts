/** The kernels of bits: and, or, xor, not, shifts, and how many are set. */

import { type Expr, op, select } from "../../wasm/fn.ts";
import { mapKernel } from "../../wasm/map.ts";
import { magnitude } from "./integer.ts";
import {
  elementKernel,
  every,
  type Kernels,
  kernels,
  type Lane,
  scalar,
  scalarValue,
  vectorKernel,
} from "./lanes.ts";

/** @internal The kernels of `bitwiseAnd`. */
export const bitwiseAndKernel: Kernels = /* @__PURE__ */ bitwise("and");
/** @internal The kernels of `bitwiseOr`. */
export const bitwiseOrKernel: Kernels = /* @__PURE__ */ bitwise("or");
/** @internal The kernels of `bitwiseXor`. */
export const bitwiseXorKernel: Kernels = /* @__PURE__ */ bitwise("xor");

function bitwise(name: "and" | "or" | "xor"): Kernels {
  return kernels((_, loop) => vectorKernel(loop, (_fn, a, b) => op(`v128.${name}`, a, b)));
}

/** @internal The kernels of `invert`; a bool becomes the other one. */
export const invertKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, a) => (x.kind === "b" ? op("v128.xor", a, every(fn, x, 1)) : op("v128.not", a))),
);

/** @internal The kernels of `leftShift`: a count that is negative, or not below the number of bits, gives 0. */
export const leftShiftKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (_, a, count) =>
    select(inWidth(x, count), scalar(x, "shl", a, count), scalarValue(x, 0)),
  ),
);

/** @internal The kernels of `rightShift`: a count out of range gives 0, or −1 for what is negative. */
export const rightShiftKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (_, a, count) => {
    if (x.kind === "u") return select(inWidth(x, count), scalar(x, "shr_u", a, count), scalarValue(x, 0));
    return scalar(x, "shr_s", a, select(inWidth(x, count), count, scalarValue(x, 8 * x.bytes - 1)));
  }),
);

/** Whether a count of bits lies in 0 … width − 1; a negative one is a large one without its sign. */
function inWidth(x: Lane, count: Expr): Expr {
  return scalar(x, "lt_u", count, scalarValue(x, 8 * x.bytes));
}

/** @internal The kernels of `bitwiseCount`: the bits that are set in the absolute value, as uint8. */
export const bitwiseCountKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.bytes === 1) {
    return mapKernel(1, 1, 1, (_, a) => op("i8x16.popcnt", x.kind === "i" ? op("i8x16.abs", a) : a));
  }
  return elementKernel(loop, (fn, a) => {
    const count = scalar(x, "popcnt", x.kind === "i" ? magnitude(fn, x, a) : a);
    return x.scalar === "i64" ? op("i32.wrap_i64", count) : count;
  });
});
