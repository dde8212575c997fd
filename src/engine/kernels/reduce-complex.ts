/** Products of complex numbers, one after the other: lines and columns as in reduce-loops.ts. */

import { type Expr, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { loadLane, storeLane } from "../../wasm/map.ts";
import { upTo } from "./reduce-loops.ts";

type FloatLane = "f32" | "f64";

/** Multiplies the number in `re` and `im` by the one at `at`. */
function multiplyBy(fn: Fn, lane: FloatLane, re: Local, im: Local, at: Expr): void {
  const width = lane === "f64" ? 8 : 4;
  const [c, d] = [fn.let(loadLane(fn, lane, at)), fn.let(loadLane(fn, lane, at, width))];
  const times = (x: Expr, y: Expr) => op(`${lane}.mul`, x, y);
  const real = fn.let(op(`${lane}.sub`, times(re, c), times(im, d)));
  fn.set(im, op(`${lane}.add`, times(re, d), times(im, c)));
  fn.set(re, real);
}

/** Lines of complex numbers. */
export function complexProductLines(lane: FloatLane): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32"]);
    const [m, n, from, acc] = fn.params as [Local, Local, Local, Local];
    const size = lane === "f64" ? 16 : 8;
    const bytes = fn.let(op("i32.mul", n, i32(size)));
    const at = fn.let(from);
    const end = fn.local("i32");
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", m, i32(size))));
    upTo(fn, to, last, size, () => {
      const re = fn.let(loadLane(fn, lane, to));
      const im = fn.let(loadLane(fn, lane, to, size / 2));
      fn.set(end, op("i32.add", at, bytes));
      upTo(fn, at, end, size, () => multiplyBy(fn, lane, re, im, at));
      storeLane(fn, lane, to, re);
      storeLane(fn, lane, to, im, size / 2);
    });
    return fn;
  });
}

/** Columns of complex numbers. */
export function complexProductColumns(lane: FloatLane): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, rows, n, from, acc] = fn.params as [Local, Local, Local, Local, Local];
    const size = lane === "f64" ? 16 : 8;
    const bytes = fn.let(op("i32.mul", n, i32(size)));
    const height = fn.let(op("i32.mul", bytes, rows));
    const block = fn.let(from);
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", bytes, m)));
    const [column, at, end] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    upTo(fn, to, last, bytes, () => {
      fn.set(column, i32(0));
      upTo(fn, column, bytes, size, () => {
        const address = fn.let(op("i32.add", to, column));
        const re = fn.let(loadLane(fn, lane, address));
        const im = fn.let(loadLane(fn, lane, address, size / 2));
        fn.set(at, op("i32.add", block, column));
        fn.set(end, op("i32.add", at, height));
        upTo(fn, at, end, bytes, () => multiplyBy(fn, lane, re, im, at));
        storeLane(fn, lane, address, re);
        storeLane(fn, lane, address, im, size / 2);
      });
      fn.set(block, op("i32.add", block, height));
    });
    return fn;
  });
}
