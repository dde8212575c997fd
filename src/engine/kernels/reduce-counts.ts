/** How two counts of moments or spans become one in a reduction; the smallest count is NaT. */

import { type Expr, type Fn, i64, op, select } from "../../wasm/fn.ts";
import { latter } from "./dates.ts";
import type { Combine } from "./reduce-combine.ts";

const NAT = -(2n ** 63n);

/** Sums, NaT where one is. */
export const countSums: Combine = {
  lane: "i64",
  start: (fn) => [fn.constant("i64x2", 0n)],
  vector: (fn, [acc], x) => {
    const none = fn.constant("i64x2", NAT);
    const either = op("v128.or", op("i64x2.eq", acc!, none), op("i64x2.eq", x, none));
    return [op("v128.bitselect", none, op("i64x2.add", acc!, x), either)];
  },
  finish: ([acc]) => acc!,
  scalar: (fn, a, b) => {
    const [x, y] = [fn.let(a), fn.let(b)];
    const either = op("i32.or", op("i64.eq", x, i64(NAT)), op("i64.eq", y, i64(NAT)));
    return select(either, i64(NAT), op("i64.add", x, y));
  },
};

/** The counts that change nothing: the first after NaT, as NaT is the last of all; and NaT. */
export const countNeutral = { max: NAT + 1n, min: NAT } as const;

/** The count that comes last, or first, where NaT comes after all: the latest, or NaT; the earliest that is one. */
export function countExtreme(name: "max" | "min"): Combine {
  const one = (fn: Fn, x: Expr) => op("i64.sub", fn.let(x), i64(1n));
  return {
    lane: "i64",
    start: (fn) => [fn.constant("i64x2", countNeutral[name])],
    vector: (fn, [acc], x) => {
      const later = latter(fn, acc!, x);
      return [name === "max" ? op("v128.bitselect", acc!, x, later) : op("v128.bitselect", x, acc!, later)];
    },
    finish: ([acc]) => acc!,
    scalar: (fn, a, b) => {
      const [x, y] = [fn.let(a), fn.let(b)];
      const later = op("i64.gt_s", one(fn, x), one(fn, y));
      return name === "max" ? select(later, x, y) : select(later, y, x);
    },
  };
}
