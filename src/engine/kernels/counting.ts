/** Counting values in the engine's memory: their extremes, and how many fall into each bin. */

import { type Expr, extract, Fn, i32, type Local, op, select } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";

/**
 * `(n, from, out)`: lowers and raises the two float64 at `out` to the least and the largest of n float64. Gives 0 when none of
 * these is NaN; n is a multiple of four.
 */
export const extremesKernel = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32", "i32"], "i32");
  const [n, from, out] = fn.params as unknown as [Local, Local, Local];
  const ends = [0, 1].map((k) => op("f64x2.splat", fn.load("f64.load", out, 8 * k)));
  const low = [fn.let(ends[0]!), fn.let(ends[0]!)];
  const high = [fn.let(ends[1]!), fn.let(ends[1]!)];
  const bad = fn.local("v128");
  const p = fn.let(from);
  fn.count(n, 4, () => {
    for (let k = 0; k < 2; k++) {
      const v = fn.let(fn.load("v128.load", p, 16 * k));
      fn.set(low[k]!, op("f64x2.pmin", low[k]!, v));
      fn.set(high[k]!, op("f64x2.pmax", high[k]!, v));
      fn.set(bad, op("v128.or", bad, op("f64x2.ne", v, v)));
    }
    fn.set(p, fn.add(p, 32));
  });
  const sides = [
    ["f64.min", op("f64x2.pmin", low[0]!, low[1]!)],
    ["f64.max", op("f64x2.pmax", high[0]!, high[1]!)],
  ] as const;
  for (const [k, [name, both]] of sides.entries()) {
    const v = fn.let(both);
    const lane = (j: number) => extract("f64x2.extract_lane", v, j);
    fn.store("f64.store", out, op(name, lane(0), lane(1)), 8 * k);
  }
  fn.give(op("v128.any_true", bad));
  return fn;
});

/** How the place of a value among bins is rounded: as float64, as float32, or as float32 in each step. */
export type BinRounding = "double" | "single" | "singles";

const roundings: Readonly<Record<BinRounding, (distance: Expr, span: Expr, bins: Expr) => Expr>> = {
  double: (distance, span, bins) => op("f64.mul", op("f64.div", distance, span), bins),
  single: (distance, span, bins) => op("f64.mul", op("f64.div", fround(distance), span), bins),
  singles: (distance, span, bins) =>
    fround(op("f64.mul", fround(op("f64.div", fround(distance), span)), fround(bins))),
};

function fround(x: Expr): Expr {
  return op("f64.promote_f32", op("f32.demote_f64", x));
}

/**
 * `(n, from, edges, counts, bins, first, last, span)`: adds 1 to the int32 of the bin of each float64 from `first` to `last`.
 * The place that arithmetic finds may be off by one, and is held to the edges, but for those of the last bin: what lies
 * on the last edge is counted behind it.
 */
function binsOf(rounding: BinRounding): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32", "f64", "f64", "f64"]);
    const [n, from, edges, counts, bins, first, last, span] = fn.params as readonly Local[];
    const most = fn.let(op("i32.sub", bins!, i32(1)));
    const times = fn.let(op("f64.convert_i32_s", bins!));
    const value = fn.local("f64");
    const place = fn.local("i32");
    const p = fn.let(from!);
    fn.count(n!, 1, () => {
      fn.set(value, fn.load("f64.load", p));
      fn.set(p, fn.add(p, 8));
      const inside = op("i32.and", op("f64.ge", value, first!), op("f64.le", value, last!));
      fn.if(inside, () => {
        const found = roundings[rounding](op("f64.sub", value, first!), span!, times);
        fn.set(place, op("i32.trunc_sat_f64_s", found));
        fn.set(place, select(op("i32.lt_s", place, bins!), place, most));
        const edge = fn.let(fn.add(edges!, op("i32.shl", place, i32(3))));
        const below = op(
          "i32.and",
          op("f64.lt", value, fn.load("f64.load", edge)),
          op("i32.ne", place, i32(0)),
        );
        const above = op("f64.ge", value, fn.load("f64.load", edge, 8));
        fn.set(place, op("i32.add", place, op("i32.sub", above, below)));
        const at = fn.let(fn.add(counts!, op("i32.shl", place, i32(2))));
        fn.store("i32.store", at, op("i32.add", fn.load("i32.load", at), i32(1)));
      });
    });
    return fn;
  });
}

const binKernels = /* @__PURE__ */ new Map<BinRounding, Kernel>();

/** The kernel that counts values in bins. */
export function binsKernel(rounding: BinRounding): Kernel {
  let kernel = binKernels.get(rounding);
  if (kernel === undefined) binKernels.set(rounding, (kernel = binsOf(rounding)));
  return kernel;
}

/** `(n, from, step, counts)`: adds 1 to the int32 that each of n words names, which lie `step` bytes apart. */
export const countKernel = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32", "i32", "i32"]);
  const [n, from, step, counts] = fn.params as unknown as [Local, Local, Local, Local];
  const p = fn.let(from);
  const one = () => {
    const at = fn.let(fn.add(counts, op("i32.shl", fn.load("i32.load", p), i32(2))));
    fn.store("i32.store", at, op("i32.add", fn.load("i32.load", at), i32(1)));
    fn.set(p, fn.add(p, step));
  };
  const whole = fn.let(op("i32.and", n, i32(-4)));
  fn.count(whole, 4, () => {
    for (let k = 0; k < 4; k++) one();
  });
  fn.count(op("i32.sub", n, whole), 1, one);
  return fn;
});
