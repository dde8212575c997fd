/**
 * Sliding sums of products: `(n, m, a, v, out, add)` gives n sums out[i] = v[0]·a[i] + v[1]·a[i+1] + … over m products;
 * with `add` to what stands at the place of the result.
 *
 * Eight vectors of neighbouring sums are kept in registers. Each product of vectors then takes a load, unless factors that
 * lie as far apart as a vector is long are taken together: what one of them is multiplied with, the next one is multiplied
 * with for the vector of sums in front. So four of them share eleven loads; in which order products are added is then not
 * that of the factors. Up to eight vectors past the end are read and written.
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

/** Vectors of sums that are kept at once, and factors that share what is loaded. */
const SUMS = 8;
const SHARED = 4;

/** A kernel as it is written. */
interface Writing {
  readonly fn: Fn;
  readonly lane: ProductLane;
  readonly sums: readonly Local[];
  /** Where the first products of the sums are read, which goes along; where the factors are. */
  readonly p: Local;
  readonly v: Local;
  readonly step: (sum: Expr, x: Expr, y: Expr) => Expr;
}

function correlateOf(lane: ProductLane, fused: boolean, subtract: boolean, isShared: boolean): Kernel {
  const { bytes, shape } = facts[lane];
  return new Kernel(() => {
    const fn = new Fn(new Array(6).fill("i32"));
    const [n, m, a, v, out, add] = fn.params as readonly Local[] as readonly [
      ...[Local, Local, Local],
      ...[Local, Local, Local],
    ];
    const end = fn.let(op("i32.mul", m, i32(bytes)));
    const whole = fn.let(isShared ? op("i32.and", end, i32(-16 * SHARED)) : i32(0));
    const sums = Array.from({ length: SUMS }, () => fn.local("v128"));
    const zero = fn.constant(shape, shape === "i64x2" ? 0n : 0);
    const step = (sum: Expr, x: Expr, y: Expr): Expr => {
      if (fused) return op(`${shape}.${subtract ? "relaxed_nmadd" : "relaxed_madd"}`, x, y, sum);
      return op(`${shape}.${subtract ? "sub" : "add"}`, sum, op(`${shape}.mul`, x, y));
    };
    const writing = { fn, lane, sums, p: fn.local("i32"), v, step };
    const each = (body: (sum: Local, k: number) => void): void => {
      for (const [k, sum] of sums.entries()) body(sum, k);
    };
    fn.count(n, (SUMS * 16) / bytes, () => {
      fn.if(
        add,
        () => each((sum, k) => fn.set(sum, fn.load("v128.load", out, 16 * k))),
        () => each((sum) => fn.set(sum, zero)),
      );
      fn.set(writing.p, a);
      if (isShared) sharedFactors(writing, whole);
      factors(writing, whole, end);
      each((sum, k) => fn.store("v128.store", out, sum, 16 * k));
      fn.set(a, fn.add(a, 16 * SUMS));
      fn.set(out, fn.add(out, 16 * SUMS));
    });
    return fn;
  });
}

/** The factors from byte `begin` to byte `end`, one after the other. */
function factors({ fn, lane, sums, p, v, step }: Writing, begin: Expr, end: Expr): void {
  const { bytes } = facts[lane];
  const at = fn.let(begin);
  fn.while(
    () => op("i32.lt_s", at, end),
    () => {
      const factor = fn.let(splat(fn, bytes, op("i32.add", v, at), 0));
      for (const [k, sum] of sums.entries()) fn.set(sum, step(sum, fn.load("v128.load", p, 16 * k), factor));
      fn.set(p, fn.add(p, bytes));
      fn.set(at, fn.add(at, bytes));
    },
  );
}

/** The factors up to byte `end`, as many vectors of them at a time as share what is loaded. */
function sharedFactors({ fn, lane, sums, p, v, step }: Writing, end: Expr): void {
  const { bytes } = facts[lane];
  fn.count(end, 16 * SHARED, (at) => {
    const q = fn.let(op("i32.add", v, at));
    for (let phase = 0; phase < 16; phase += bytes) {
      const some = Array.from({ length: SHARED }, (_, s) => fn.let(splat(fn, bytes, q, phase + 16 * s)));
      for (let t = 0; t < SUMS + SHARED - 1; t++) {
        const x = fn.let(fn.load("v128.load", p, phase + 16 * t));
        some.forEach((factor, s) => {
          const sum = sums[t - s];
          if (sum !== undefined) fn.set(sum, step(sum, x, factor));
        });
      }
    }
    fn.set(p, fn.add(p, 16 * SHARED));
  });
}

function splat(fn: Fn, bytes: number, address: Expr, offset: number): Expr {
  return fn.load(`v128.load${8 * bytes}_splat`, address, offset);
}

const made: Partial<Record<string, Kernel>> = {};

/**
 * The kernel of a lane. With `subtract`, products are taken away from what stands there. Where both steps are rounded,
 * products of floats are added in the order of the factors.
 */
export function correlateKernel(lane: ProductLane, rounding: Rounding, subtract = false): Kernel {
  const isFloat = lane.startsWith("f");
  const fused = rounding === "once" && isFloat && hasRelaxedSimd();
  const isShared = rounding === "once" || !isFloat;
  return (made[`${lane} ${fused} ${isShared} ${subtract}`] ??= correlateOf(lane, fused, subtract, isShared));
}
