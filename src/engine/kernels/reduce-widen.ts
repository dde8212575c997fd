/**
 * Sums of small integers in 64 bits, without a cast before: lines and columns as in reduce-loops.ts, of elements of 1, 2
 * or 4 bytes, into int64 results. No block has more than 65536 elements, so bytes and halves add up in 32 bits first.
 */

import { type Expr, extract, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { laneBytes, loadLane, type MemoryLane } from "../../wasm/map.ts";
import { upTo } from "./reduce-loops.ts";

export type SmallLane = Extract<MemoryLane, "u8" | "i8" | "u16" | "i16" | "u32" | "i32">;

const isSigned = (lane: SmallLane) => (lane.startsWith("i") ? "s" : "u");

/** A vector of bytes or halves as one of 32-bit integers that have the same sum. */
function asWords(lane: SmallLane, x: Expr): Expr {
  const sign = isSigned(lane);
  const halves = laneBytes(lane) === 1 ? op(`i16x8.extadd_pairwise_i8x16_${sign}`, x) : x;
  return op(`i32x4.extadd_pairwise_i16x8_${sign}`, halves);
}

/** A vector of 32-bit integers as one of 64-bit integers that have the same sum. */
function widened(lane: SmallLane, words: Local): Expr {
  const sign = isSigned(lane);
  const [low, high] = ["low", "high"].map((half) => op(`i64x2.extend_${half}_i32x4_${sign}`, words)) as [
    Expr,
    Expr,
  ];
  return op("i64x2.add", low, high);
}

/** An element in 64 bits. */
export function asWide(fn: Fn, lane: SmallLane, address: Expr, offset = 0): Expr {
  return op(`i64.extend_i32_${isSigned(lane)}`, loadLane(fn, lane, address, offset));
}

/** Lines: vectors while there are any, then element by element. */
export function wideLines(lane: SmallLane): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32"]);
    const [m, n, from, acc] = fn.params as [Local, Local, Local, Local];
    const width = laneBytes(lane);
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const at = fn.let(from);
    const [end, vectors, big] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", m, i32(8))));
    upTo(fn, to, last, 8, () => {
      fn.set(end, op("i32.add", at, bytes));
      fn.set(vectors, op("i32.add", at, op("i32.and", bytes, i32(-16))));
      fn.set(big, op("i32.add", at, op("i32.and", bytes, i32(-64))));
      const zero = fn.constant("i64x2", 0n);
      const sums = [0, 1, 2, 3].map(() => fn.let(zero)) as [Local, Local, Local, Local];
      const add = (x: Expr, y: Expr) => op(width < 4 ? "i32x4.add" : "i64x2.add", x, y);
      const advance = (k: number) => {
        const x = fn.let(fn.load("v128.load", at, 16 * k));
        fn.set(sums[k]!, add(sums[k]!, width < 4 ? asWords(lane, x) : widened(lane, x)));
      };
      upTo(fn, at, big, 64, () => {
        for (let k = 0; k < sums.length; k++) advance(k);
      });
      upTo(fn, at, vectors, 16, () => advance(0));
      const a = fn.let(add(add(sums[0], sums[1]), add(sums[2], sums[3])));
      if (width < 4) fn.set(a, widened(lane, a));
      const halves = [0, 1].map((k) => extract("i64x2.extract_lane", a, k)) as [Expr, Expr];
      const sum = fn.let(op("i64.add", loadLane(fn, "i64", to), op("i64.add", ...halves)));
      upTo(fn, at, end, width, () => fn.set(sum, op("i64.add", sum, asWide(fn, lane, at))));
      fn.store("i64.store", to, sum);
    });
    return fn;
  });
}

/** The next columns of a row as 32-bit integers, or as 64-bit ones where the elements have 32. */
function columnVector(fn: Fn, lane: SmallLane, at: Expr): Expr {
  const sign = isSigned(lane);
  if (laneBytes(lane) === 4) return op(`i64x2.extend_low_i32x4_${sign}`, fn.load("v128.load64_zero", at));
  if (laneBytes(lane) === 2) return op(`i32x4.extend_low_i16x8_${sign}`, fn.load("v128.load64_zero", at));
  const halves = op(`i16x8.extend_low_i8x16_${sign}`, fn.load("v128.load32_zero", at));
  return op(`i32x4.extend_low_i16x8_${sign}`, halves);
}

/** Columns: as many at once as one vector of sums holds, then one by one. */
export function wideColumns(lane: SmallLane): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, rows, n, from, acc] = fn.params as [Local, Local, Local, Local, Local];
    const width = laneBytes(lane);
    const count = width === 4 ? 2 : 4;
    const sign = isSigned(lane);
    const block = fn.let(from);
    const to = fn.let(acc);
    const whole = fn.let(op("i32.and", n, i32(-count)));
    const rowBytes = fn.let(op("i32.mul", n, i32(width)));
    const height = fn.let(op("i32.mul", rowBytes, rows));
    const last = fn.let(op("i32.add", acc, op("i32.mul", op("i32.mul", n, m), i32(8))));
    const [column, at, end] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    const eachRow = (body: () => void) => {
      fn.set(at, op("i32.add", block, op("i32.mul", column, i32(width))));
      fn.set(end, op("i32.add", at, height));
      upTo(fn, at, end, rowBytes, body);
    };
    const addTo = (x: Expr, offset: number) =>
      fn.store("v128.store", to, op("i64x2.add", fn.load("v128.load", to, offset), x), offset);
    upTo(fn, to, last, 0, () => {
      fn.set(column, i32(0));
      upTo(fn, column, whole, count, () => {
        const sums = fn.let(fn.constant("i64x2", 0n));
        const add = count === 4 ? "i32x4.add" : "i64x2.add";
        eachRow(() => fn.set(sums, op(add, sums, columnVector(fn, lane, at))));
        if (count === 2) addTo(sums, 0);
        else {
          addTo(op(`i64x2.extend_low_i32x4_${sign}`, sums), 0);
          addTo(op(`i64x2.extend_high_i32x4_${sign}`, sums), 16);
        }
        fn.set(to, fn.add(to, 8 * count));
      });
      upTo(fn, column, n, 1, () => {
        const sum = fn.let(loadLane(fn, "i64", to));
        eachRow(() => fn.set(sum, op("i64.add", sum, asWide(fn, lane, at))));
        fn.store("i64.store", to, sum);
        fn.set(to, fn.add(to, 8));
      });
      fn.set(block, op("i32.add", block, height));
    });
    return fn;
  });
}
