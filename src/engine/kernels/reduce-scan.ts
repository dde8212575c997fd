/**
 * Scans: every partial result of a reduction along the way.
 *
 * *Lines*, `(m, n, in, out, carry)`: m dense lines of n elements; the partial result before each is in `carry`, and
 * there is the one behind it afterwards. *Columns*, `(rows, n, before, in, out)`: rows of n elements; row r of the output
 * is that of the input combined with row r - 1 of the output, which for the first is `before`. Vectors of columns may
 * write up to 15 bytes past the last row.
 */

import { type Expr, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { laneBytes, loadLane, storeLane } from "../../wasm/map.ts";
import type { Combine } from "./reduce-combine.ts";
import { type AfterRow, upTo } from "./reduce-loops.ts";

/** Elements of a round of lines. */
const ROUND = 4;

/** Lines of elements that `load` brings in as the lane has them; of `width` bytes each. */
export function scanLines(
  combine: Pick<Combine, "lane" | "scalar">,
  width = laneBytes(combine.lane),
  load = (fn: Fn, address: Expr, offset: number) => loadLane(fn, combine.lane, address, offset),
): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, n, from, to, carry] = fn.params as [Local, Local, Local, Local, Local];
    const { lane } = combine;
    const size = laneBytes(lane);
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const [at, out, place] = [fn.let(from), fn.let(to), fn.let(carry)];
    const last = fn.let(op("i32.add", carry, op("i32.mul", m, i32(size))));
    const [end, rounds] = [fn.local("i32"), fn.local("i32")];
    upTo(fn, place, last, size, () => {
      fn.set(end, op("i32.add", at, bytes));
      fn.set(rounds, op("i32.add", at, op("i32.mul", op("i32.and", n, i32(-ROUND)), i32(width))));
      const value = fn.let(loadLane(fn, lane, place));
      const some = (count: number) => {
        for (let k = 0; k < count; k++) {
          fn.set(value, combine.scalar(fn, value, load(fn, at, k * width)));
          storeLane(fn, lane, out, value, k * size);
        }
        fn.set(out, fn.add(out, count * size));
      };
      upTo(fn, at, rounds, ROUND * width, () => some(ROUND));
      upTo(fn, at, end, width, () => some(1));
      storeLane(fn, lane, place, value);
    });
    return fn;
  });
}

/** The last, incomplete vector of each row goes first: what it writes too much is then written again, or lies behind. */
export function scanColumns(combine: Combine, after: AfterRow | null): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [rows, n, before, from, to] = fn.params as [Local, Local, Local, Local, Local];
    const bytes = fn.let(op("i32.mul", n, i32(laneBytes(combine.lane))));
    const height = fn.let(op("i32.mul", bytes, rows));
    const shift = fn.let(op("i32.sub", to, from));
    const [column, at, end] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    const run = () => {
      const first = fn.load("v128.load", op("i32.add", before, column));
      const value = fn.let(first);
      fn.set(at, op("i32.add", from, column));
      fn.set(end, op("i32.add", at, height));
      upTo(fn, at, end, bytes, () => {
        const x = fn.let(fn.load("v128.load", at));
        const start = combine.start(fn);
        const alone = start.length === 1 ? [value] : combine.vector(fn, start, value);
        fn.set(value, combine.finish(combine.vector(fn, alone, x)));
        if (after !== null) fn.set(value, after(fn, value));
        fn.store("v128.store", op("i32.add", at, shift), value);
      });
    };
    const whole = fn.let(op("i32.and", bytes, i32(-16)));
    fn.if(op("i32.lt_u", whole, bytes), () => {
      fn.set(column, whole);
      run();
    });
    fn.set(column, i32(0));
    upTo(fn, column, whole, 16, run);
    return fn;
  });
}
