/** Orders: lists of the numbers of elements, 4 bytes each, and what follows from them. */

import { Fn, i32, i64, type Local, op, select } from "../../wasm/fn.ts";
import type { WorkKernel } from "../../wasm/workspace.ts";
import { eachWord, kernelTable, words } from "./sort-words.ts";

/** `(n, to)`: the numbers from 0 on. */
export const numbersKernel = /* @__PURE__ */ kernelTable((_: "numbers") => {
  const fn = new Fn(["i32", "i32"]);
  const [n, to] = fn.params as unknown as [Local, Local];
  eachWord(fn, n, to, 4, (p, k) => fn.store("i32.store", p, k));
  return fn;
});

/** `(n, from, to)`: the lower halves of words of 8 bytes; `to` may be `from`. */
export const lowHalvesKernel = /* @__PURE__ */ kernelTable((_: "halves") => {
  const fn = new Fn(["i32", "i32", "i32"]);
  const [n, from, to] = fn.params as unknown as [Local, Local, Local];
  const q = fn.let(to);
  eachWord(fn, n, from, 8, (p) => {
    fn.store("i32.store", q, fn.load("i32.load", p));
    fn.set(q, fn.add(q, 4));
  });
  return fn;
});

/**
 * `(n, keys, bits, to)`: keys of 8 bytes less the smallest of them, as far up as they can be shifted, and with the last `bits`
 * of that replaced by their number.
 */
export const numberedKernel = /* @__PURE__ */ kernelTable((_: "numbered") => {
  const fn = new Fn(["i32", "i32", "i32", "i32"]);
  const [n, keys, bits, to] = fn.params as unknown as [Local, Local, Local, Local];
  const x = fn.local("i64");
  const [least, most] = [fn.let(i64(-1n)), fn.local("i64")];
  eachWord(fn, n, keys, 8, (p) => {
    fn.set(x, fn.load("i64.load", p));
    fn.set(least, select(op("i64.lt_u", x, least), x, least));
    fn.set(most, select(op("i64.gt_u", x, most), x, most));
  });
  const left = fn.let(op("i64.clz", op("i64.or", op("i64.sub", most, least), i64(1n))));
  const mask = fn.let(op("i64.shl", i64(-1n), op("i64.extend_i32_u", bits)));
  const q = fn.let(to);
  eachWord(fn, n, keys, 8, (p, k) => {
    const high = op("i64.shl", op("i64.sub", fn.load("i64.load", p), least), left);
    fn.store("i64.store", q, op("i64.or", op("i64.and", high, mask), op("i64.extend_i32_u", k)));
    fn.set(q, fn.add(q, 8));
  });
  return fn;
});

/**
 * `(n, sorted, bits, keys, to)`: the numbers in words that {@link numberedKernel} made and that were sorted, put in order
 * by whole keys: those with the same upper bits lie side by side, and each goes to its place among them. Gives 0 when that
 * takes more than 8 steps for each number, and the order is not whole.
 */
export const mendedKernel = /* @__PURE__ */ kernelTable((_: "mended") => {
  const fn = new Fn(new Array(5).fill("i32"), "i32");
  const [n, sorted, bits, keys, to] = fn.params as unknown as [Local, Local, Local, Local, Local];
  const low = fn.let(op("i64.sub", op("i64.shl", i64(1n), op("i64.extend_i32_u", bits)), i64(1n)));
  const upper = fn.let(op("i64.xor", low, i64(-1n)));
  const [last, word] = [fn.local("i64"), fn.local("i64")];
  const [hole, number] = [fn.local("i32"), fn.local("i32")];
  const keyAt = (k: Local) => fn.load("i64.load", op("i32.add", keys, op("i32.shl", k, i32(3))));
  const before = fn.local("i32");
  const key = fn.local("i64");
  const q = fn.let(to);
  const left = fn.let(op("i32.shl", n, i32(3)));
  fn.set(last, i64(-1n));
  eachWord(fn, n, sorted, 8, (p, k) => {
    fn.set(word, fn.load("i64.load", p));
    fn.set(number, op("i32.wrap_i64", op("i64.and", word, low)));
    fn.set(hole, q);
    fn.if(
      op(
        "i32.and",
        op("i64.eq", op("i64.and", word, upper), op("i64.and", last, upper)),
        op("i32.ne", k, i32(0)),
      ),
      () => {
        fn.set(key, keyAt(number));
        fn.set(before, fn.load("i32.load", fn.add(hole, -4)));
        fn.while(
          () => op("i64.gt_u", keyAt(before), key),
          () => {
            fn.store("i32.store", hole, before);
            fn.set(hole, fn.add(hole, -4));
            fn.set(left, fn.add(left, -1));
            fn.if(op("i32.eqz", left), () => fn.return(i32(0)));
            // Before the first there is nothing: a number with a key that is never larger.
            fn.set(before, number);
            fn.if(op("i32.gt_u", hole, to), () => fn.set(before, fn.load("i32.load", fn.add(hole, -4))));
          },
        );
      },
    );
    fn.store("i32.store", hole, number);
    fn.set(last, word);
    fn.set(q, fn.add(q, 4));
  });
  fn.give(i32(1));
  return fn;
});

/** `(n, keys)`: 1 when two neighbours among some keys are the same. */
export const tiesKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load } = words[bytes];
  const fn = new Fn(["i32", "i32"], "i32");
  const [n, keys] = fn.params as unknown as [Local, Local];
  const found = fn.local("i32");
  eachWord(fn, fn.let(fn.add(n, -1)), keys, bytes, (p) => {
    fn.set(found, op("i32.or", found, op(`${type}.eq`, fn.load(load, p), fn.load(load, p, bytes))));
  });
  fn.give(found);
  return fn;
});

const widths: Readonly<Record<number, readonly [load: string, store: string]>> = {
  1: ["i32.load8_u", "i32.store8"],
  2: ["i32.load16_u", "i32.store16"],
  4: ["i32.load", "i32.store"],
  8: ["i64.load", "i64.store"],
  16: ["v128.load", "v128.store"],
};

/** `(n, from, order, to, bytes)`: the elements in an order. For elements of any number of bytes the key is 0. */
const takeTable = /* @__PURE__ */ kernelTable((width: number) => {
  const fn = new Fn(new Array(5).fill("i32"));
  const [n, from, order, to, bytes] = fn.params as unknown as [Local, Local, Local, Local, Local];
  const q = fn.let(to);
  eachWord(fn, n, order, 4, (p) => {
    const source = op("i32.add", from, op("i32.mul", fn.load("i32.load", p), bytes));
    const known = widths[width];
    if (known === undefined) fn.copy(q, source, bytes);
    else fn.store(known[1], q, fn.load(known[0], source));
    fn.set(q, op("i32.add", q, bytes));
  });
  return fn;
});

/** The kernel that takes elements of some bytes in an order: `(n, from, order, to, bytes)`. */
export function takeKernel(bytes: number): WorkKernel {
  return takeTable(widths[bytes] === undefined ? 0 : bytes);
}
