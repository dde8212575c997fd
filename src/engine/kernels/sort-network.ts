/**
 * Sorting short lines, several side by side: each lane of a vector is a line, and pairs of elements are put in order by a
 * fixed list of comparisons, whatever they are. The list is that of Batcher's odd-even mergesort (Batcher, "Sorting
 * networks and their applications", 1968), without the comparisons with elements that are not there. Words only: equal
 * words are the same, so nothing can be out of order among them.
 */

import { type Expr, Fn, type Local, op, shuffle, v128 } from "../../wasm/fn.ts";
import { kernelTable } from "./sort-words.ts";

/** The longest lines that are sorted so. */
export const NETWORK_MOST = 32;

/** Pairs of places to put in order, one after the other. */
function comparisons(n: number): [number, number][] {
  const pairs: [number, number][] = [];
  let all = 1;
  while (all < n) all *= 2;
  for (let run = 1; run < all; run *= 2) {
    for (let step = run; step >= 1; step /= 2) {
      for (let from = step % run; from + step < all; from += 2 * step) {
        for (let k = from; k < from + step; k++) {
          const together = Math.floor(k / (2 * run)) === Math.floor((k + step) / (2 * run));
          if (together && k + step < n) pairs.push([k, k + step]);
        }
      }
    }
  }
  return pairs;
}

/** Puts two vectors in order, lane by lane. */
type Exchange = (fn: Fn, a: Local, b: Local) => void;

const exchangeWide: Exchange = (fn, a, b) => {
  const larger = fn.local("v128");
  const kept = fn.local("v128");
  fn.set(larger, op("i64x2.gt_s", a, b));
  fn.set(kept, op("v128.bitselect", b, a, larger));
  fn.set(b, op("v128.bitselect", a, b, larger));
  fn.set(a, kept);
};

const exchangeNarrow: Exchange = (fn, a, b) => {
  const kept = fn.local("v128");
  fn.set(kept, op("i32x4.min_u", a, b));
  fn.set(b, op("i32x4.max_u", a, b));
  fn.set(a, kept);
};

/** Bytes of lanes of `width` in an order. */
function lanesOf(width: number, order: readonly number[]): number[] {
  return order.flatMap((lane) => Array.from({ length: width }, (_, k) => lane * width + k));
}

/** Squares turned, columns for rows: two vectors of two lanes, or four of four. */
function turned(fn: Fn, width: 4 | 8, square: readonly Expr[]): Expr[] {
  if (width === 8) {
    const [a, b] = square as [Expr, Expr];
    return [shuffle(a, b, lanesOf(8, [0, 2])), shuffle(a, b, lanesOf(8, [1, 3]))];
  }
  const [a, b, c, d] = square as [Expr, Expr, Expr, Expr];
  const low = lanesOf(4, [0, 4, 1, 5]);
  const high = lanesOf(4, [2, 6, 3, 7]);
  const [ac, bd] = [fn.let(shuffle(a, c, low)), fn.let(shuffle(b, d, low))];
  const [ac2, bd2] = [fn.let(shuffle(a, c, high)), fn.let(shuffle(b, d, high))];
  return [shuffle(ac, bd, low), shuffle(ac, bd, high), shuffle(ac2, bd2, low), shuffle(ac2, bd2, high)];
}

const signs = /* @__PURE__ */ new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x80]);

/** Bytes of words and how many there are in a line: `"8 20"`. */
type NetworkKey = `${4 | 8} ${number}`;

/**
 * `(groups, at)`: sorts lines of so many words each, one behind the other from `at` on; a group is as many lines as a vector
 * has lanes. Reads up to 16 bytes behind the last line.
 */
export const networkKernel = /* @__PURE__ */ kernelTable((key: NetworkKey) => {
  const [width, n] = key.split(" ").map(Number) as [4 | 8, number];
  const lanes = 16 / width;
  const fn = new Fn(["i32", "i32"]);
  const [groups, at] = fn.params as unknown as [Local, Local];
  const flip = width === 8 ? fn.once(v128(signs)) : null;
  const signed = (value: Expr): Expr => (flip === null ? value : op("v128.xor", value, flip));
  const columns = Array.from({ length: Math.ceil(n / lanes) * lanes }, () => fn.local("v128"));
  const exchange = width === 8 ? exchangeWide : exchangeNarrow;
  const pitch = n * width;
  fn.count(groups, 1, () => {
    for (let k = 0; k < n; k += lanes) {
      const square = Array.from({ length: lanes }, (_, line) =>
        fn.let(fn.load("v128.load", at, line * pitch + k * width)),
      );
      turned(fn, width, square).forEach((column, j) => {
        fn.set(columns[k + j]!, signed(column));
      });
    }
    for (const [a, b] of comparisons(n)) exchange(fn, columns[a]!, columns[b]!);
    for (let k = 0; k < n; k += lanes) {
      const rows = turned(fn, width, columns.slice(k, k + lanes));
      const whole = k + lanes <= n;
      rows.forEach((row, line) => {
        const value = fn.let(signed(row));
        if (whole) fn.store("v128.store", at, value, line * pitch + k * width);
        else for (let j = k; j < n; j++) fn.storeLane(width, at, value, j - k, line * pitch + j * width);
      });
    }
    fn.set(at, fn.add(at, lanes * pitch));
  });
  return fn;
});
