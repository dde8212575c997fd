/**
 * Sliding sums of products: `(n, m, a, v, out)` gives n sums out[i] = v[0]·a[i] + v[1]·a[i+1] + … over m products, each
 * added in that order; with `add` to what stands at the place of the result.
 *
 * Eight vectors of neighbouring sums are kept in registers, so that each element of `v` is loaded once for all of them, and
 * each product costs one load. Up to eight vectors past the end are read and written.
 */

import { type Expr, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { hasRelaxedSimd } from "../../wasm/relaxed.ts";
import type { ProductLane } from "./matmul.ts";

/** How products are added: one rounding for each of both steps, or one for both where the runtime can. */
export type Rounding = "twice" | "once";

const facts = {
  f64: { bytes: 8, shape: "f64x2" },
  f32: { bytes: 4, shape: "f32x4" },
  i64: { bytes: 8, shape: "i64x2" },
  i32: { bytes: 4, shape: "i32x4" },
} as const;

const SUMS = 8;

/** How many elements past the end of a result are written, and past that of `a` are read. */
export const OVERRUN_BYTES = 16 * SUMS;

function correlateOf(lane: ProductLane, fused: boolean, subtract: boolean): Kernel {
  const { bytes, shape } = facts[lane];
  return new Kernel(() => {
    const fn = new Fn(new Array(6).fill("i32"));
    const [n, m, a, v, out, add] = fn.params as readonly Local[] as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const end = fn.let(op("i32.mul", m, i32(bytes)));
    const sums = Array.from({ length: SUMS }, () => fn.local("v128"));
    const each = (body: (sum: Local, k: number) => void): void => {
      for (const [k, sum] of sums.entries()) body(sum, k);
    };
    const zero = fn.constant(shape, shape === "i64x2" ? 0n : 0);
    const step = (sum: Expr, x: Expr, y: Expr): Expr => {
      if (fused) return op(`${shape}.${subtract ? "relaxed_nmadd" : "relaxed_madd"}`, x, y, sum);
      return op(`${shape}.${subtract ? "sub" : "add"}`, sum, op(`${shape}.mul`, x, y));
    };
    fn.count(n, (SUMS * 16) / bytes, () => {
      fn.if(
        add,
        () => each((sum, k) => fn.set(sum, fn.load("v128.load", out, 16 * k))),
        () => each((sum) => fn.set(sum, zero)),
      );
      const p = fn.let(a);
      fn.count(end, bytes, (at) => {
        const factor = fn.let(fn.load(`v128.load${8 * bytes}_splat`, op("i32.add", v, at)));
        each((sum, k) => fn.set(sum, step(sum, fn.load("v128.load", p, 16 * k), factor)));
        fn.set(p, fn.add(p, bytes));
      });
      each((sum, k) => fn.store("v128.store", out, sum, 16 * k));
      fn.set(a, fn.add(a, 16 * SUMS));
      fn.set(out, fn.add(out, 16 * SUMS));
    });
    return fn;
  });
}

const made: Partial<Record<string, Kernel>> = {};

/** The kernel of a lane. With `subtract`, products are taken away from what stands there. */
export function correlateKernel(lane: ProductLane, rounding: Rounding, subtract = false): Kernel {
  const fused = rounding === "once" && lane.startsWith("f") && hasRelaxedSimd();
  return (made[`${lane} ${fused} ${subtract}`] ??= correlateOf(lane, fused, subtract));
}
