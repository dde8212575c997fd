/** Squares of distances from means, the inside of a variance: of lines and columns as in reduce-loops.ts. */

import { type Expr, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { upTo } from "./reduce-loops.ts";

type FloatLane = "f32" | "f64";

const facts = {
  f64: { shape: "f64x2", width: 8, splat: "v128.load64_splat" },
  f32: { shape: "f32x4", width: 4, splat: "v128.load32_splat" },
} as const;

function square(fn: Fn, shape: string, x: Expr, mean: Expr): Expr {
  const distance = fn.let(op(`${shape}.sub`, x, mean));
  return op(`${shape}.mul`, distance, distance);
}

/** `(m, n, in, means, out)`: m lines of n elements, a mean for each. Up to 15 bytes past the end are written. */
export function centreLines(lane: FloatLane): Kernel {
  return new Kernel(() => {
    const { shape, width, splat } = facts[lane];
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, n, from, means, to] = fn.params as [Local, Local, Local, Local, Local];
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const shift = fn.let(op("i32.sub", to, from));
    const [at, place] = [fn.let(from), fn.let(means)];
    const [end, big, line] = [fn.local("i32"), fn.local("i32"), fn.let(from)];
    const last = fn.let(op("i32.add", means, op("i32.mul", m, i32(width))));
    const one = (mean: Expr, k: number) => {
      const y = square(fn, shape, fn.load("v128.load", at, 16 * k), mean);
      fn.store("v128.store", op("i32.add", at, shift), y, 16 * k);
    };
    upTo(fn, place, last, width, () => {
      const mean = fn.let(fn.load(splat, place));
      fn.set(at, line);
      fn.set(end, op("i32.add", line, bytes));
      fn.set(big, op("i32.add", line, op("i32.and", bytes, i32(-64))));
      upTo(fn, at, big, 64, () => {
        for (let k = 0; k < 4; k++) one(mean, k);
      });
      upTo(fn, at, end, 16, () => one(mean, 0));
      fn.set(line, end);
    });
    return fn;
  });
}

/** `(rows, n, in, means, out)`: rows of n elements, a mean for each column. Up to 15 bytes past the end are written. */
export function centreColumns(lane: FloatLane): Kernel {
  return new Kernel(() => {
    const { shape, width } = facts[lane];
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [rows, n, from, means, to] = fn.params as [Local, Local, Local, Local, Local];
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const shift = fn.let(op("i32.sub", to, from));
    const row = fn.let(from);
    const last = fn.let(op("i32.add", from, op("i32.mul", bytes, rows)));
    const column = fn.local("i32");
    upTo(fn, row, last, bytes, () => {
      fn.set(column, i32(0));
      upTo(fn, column, bytes, 16, () => {
        const at = fn.let(op("i32.add", row, column));
        const mean = fn.load("v128.load", op("i32.add", means, column));
        fn.store("v128.store", op("i32.add", at, shift), square(fn, shape, fn.load("v128.load", at), mean));
      });
    });
    return fn;
  });
}
