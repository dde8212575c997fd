/**
 * Words that stand for elements when they are sorted: unsigned integers of 2, 4 or 8 bytes whose order is that of the
 * elements. Kernels on them know nothing of dtypes.
 */

import { type Expr, Fn, i32, i64, type Local, op, select } from "../../wasm/fn.ts";
import type { ValType } from "../../wasm/ops.ts";
import { WorkKernel } from "../../wasm/workspace.ts";

export type WordBytes = 2 | 4 | 8;

/** How words of a width are read, written and compared. */
export interface Word {
  readonly bytes: WordBytes;
  /** The power of two of their bytes. */
  readonly scale: number;
  readonly type: ValType & ("i32" | "i64");
  readonly load: string;
  readonly store: string;
}

export const words: Readonly<Record<WordBytes, Word>> = {
  2: { bytes: 2, scale: 1, type: "i32", load: "i32.load16_u", store: "i32.store16" },
  4: { bytes: 4, scale: 2, type: "i32", load: "i32.load", store: "i32.store" },
  8: { bytes: 8, scale: 3, type: "i64", load: "i64.load", store: "i64.store" },
};

/** A constant of a word's type. */
export function constant(type: "i32" | "i64", value: bigint): Expr {
  return type === "i64" ? i64(value) : i32(Number(BigInt.asIntN(32, value)));
}

/** All bits of a word. */
export function allBits({ bytes }: Word): bigint {
  return (1n << BigInt(8 * bytes)) - 1n;
}

/** A kernel for each key, made when it is first asked for. */
export function kernelTable<K extends string | number>(make: (key: K) => Fn): (key: K) => WorkKernel {
  const made = new Map<K, WorkKernel>();
  return (key) => {
    let kernel = made.get(key);
    if (kernel === undefined) made.set(key, (kernel = new WorkKernel(() => make(key))));
    return kernel;
  };
}

/** Goes through the words from `at` on, `n` of them; `body` gets the address of each and its number. */
export function eachWord(fn: Fn, n: Expr, at: Local, step: number, body: (p: Local, k: Local) => void): void {
  const p = fn.let(at);
  fn.count(n, 1, (k) => {
    body(p, k);
    fn.set(p, fn.add(p, step));
  });
}

/** Puts each of `n` words in its place among those before it; `at` is where they start. */
export function insertWords(fn: Fn, word: Word, at: Expr, n: Expr): void {
  const { bytes, load, store, type } = word;
  const start = fn.let(at);
  const end = fn.let(op("i32.add", start, op("i32.shl", n, i32(word.scale))));
  const p = fn.let(fn.add(start, bytes));
  const hole = fn.local("i32");
  const value = fn.local(type);
  fn.while(
    () => op("i32.lt_s", p, end),
    () => {
      fn.set(value, fn.load(load, p));
      fn.set(hole, p);
      // What lies before the start may be read, and is not looked at.
      fn.while(
        () =>
          op(
            "i32.and",
            op("i32.gt_s", hole, start),
            op(`${type}.gt_u`, fn.load(load, fn.add(hole, -bytes)), value),
          ),
        () => {
          fn.store(store, hole, fn.load(load, fn.add(hole, -bytes)));
          fn.set(hole, fn.add(hole, -bytes));
        },
      );
      fn.store(store, hole, value);
      fn.set(p, fn.add(p, bytes));
    },
  );
}

/** `(lines, n, at)`: sorts each of some lines of `n` words, by insertion. For a few words. */
export const insertionKernel = /* @__PURE__ */ kernelTable((bytes: WordBytes) => {
  const fn = new Fn(["i32", "i32", "i32"]);
  const [lines, n, at] = fn.params as [Local, Local, Local];
  const step = fn.let(op("i32.shl", n, i32(words[bytes].scale)));
  fn.count(lines, 1, () => {
    insertWords(fn, words[bytes], at, n);
    fn.set(at, op("i32.add", at, step));
  });
  return fn;
});

/**
 * Merges two runs of `run` bytes each, side by side at `from`, to `to`. From both ends at once: as the runs are of one
 * length, neither end can run out of its run before all is merged, so nothing but the words is compared, and no branch
 * depends on them.
 */
function mergeRuns(fn: Fn, word: Word, from: Expr, to: Expr, run: Expr): void {
  const { bytes, load, store, type, scale } = word;
  const [low, left, right] = [fn.let(to), fn.let(from), fn.let(op("i32.add", from, run))];
  const middle = fn.let(right);
  const leftEnd = fn.let(fn.add(middle, -bytes));
  const rightEnd = fn.let(op("i32.add", leftEnd, run));
  const high = fn.let(op("i32.add", op("i32.add", to, run), op("i32.sub", run, i32(bytes))));
  const stop = fn.let(op("i32.add", to, run));
  const [x, y] = [fn.local(type), fn.local(type)];
  const takes = fn.local("i32");
  fn.while(
    () => op("i32.lt_s", low, stop),
    () => {
      fn.set(x, fn.load(load, left));
      fn.set(y, fn.load(load, right));
      fn.set(takes, op("i32.shl", op(`${type}.lt_u`, y, x), i32(scale)));
      fn.store(store, low, select(takes, y, x));
      fn.set(right, op("i32.add", right, takes));
      fn.set(left, op("i32.sub", fn.add(left, bytes), takes));
      fn.set(low, fn.add(low, bytes));
      fn.set(x, fn.load(load, leftEnd));
      fn.set(y, fn.load(load, rightEnd));
      fn.set(takes, op("i32.shl", op(`${type}.lt_u`, y, x), i32(scale)));
      fn.store(store, high, select(takes, x, y));
      fn.set(leftEnd, op("i32.sub", leftEnd, takes));
      fn.set(rightEnd, op("i32.add", fn.add(rightEnd, -bytes), takes));
      fn.set(high, fn.add(high, -bytes));
    },
  );
}

/** Merges all pairs of runs of `run` bytes among `total` bytes. */
function mergeLevel(fn: Fn, word: Word, from: Expr, to: Expr, run: Expr, total: Expr): void {
  const at = fn.let(i32(0));
  fn.while(
    () => op("i32.lt_s", at, total),
    () => {
      const source = fn.let(op("i32.add", from, at));
      const target = fn.let(op("i32.add", to, at));
      const middle = fn.let(op("i32.add", source, run));
      const last = fn.load(word.load, fn.add(middle, -word.bytes));
      fn.if(
        op(`${word.type}.le_u`, last, fn.load(word.load, middle)),
        () => fn.copy(target, source, op("i32.shl", run, i32(1))),
        () => mergeRuns(fn, word, source, target, run),
      );
      fn.set(at, op("i32.add", at, op("i32.shl", run, i32(1))));
    },
  );
}

/**
 * `(lines, n, at, room, block, total)`: sorts each of some lines of `n` words by merging, in a room of twice `total` words.
 * `total` is `block` times a power of two and at least `n`: what is missing is filled up with the largest word. Blocks are
 * sorted by insertion.
 */
export const mergeKernel = /* @__PURE__ */ kernelTable((bytes: WordBytes) => {
  const word = words[bytes];
  const fn = new Fn(new Array(6).fill("i32"));
  const [lines, n, at, room, block, total] = fn.params as unknown as Local[] as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const size = fn.let(op("i32.shl", n, i32(word.scale)));
  const all = fn.let(op("i32.shl", total, i32(word.scale)));
  const blockSize = fn.let(op("i32.shl", block, i32(word.scale)));
  const [from, to, run, kept, p] = [0, 1, 2, 3, 4].map(() => fn.local("i32")) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  fn.count(lines, 1, () => {
    fn.copy(room, at, size);
    fn.set(p, op("i32.add", room, size));
    fn.count(op("i32.sub", total, n), 1, () => {
      fn.store(word.store, p, constant(word.type, -1n));
      fn.set(p, fn.add(p, bytes));
    });
    fn.set(from, room);
    fn.set(to, op("i32.add", room, all));
    fn.set(p, room);
    fn.while(
      () => op("i32.lt_s", p, to),
      () => {
        insertWords(fn, word, p, block);
        fn.set(p, op("i32.add", p, blockSize));
      },
    );
    fn.set(run, blockSize);
    fn.while(
      () => op("i32.lt_s", run, all),
      () => {
        mergeLevel(fn, word, from, to, run, all);
        fn.set(kept, from);
        fn.set(from, to);
        fn.set(to, kept);
        fn.set(run, op("i32.shl", run, i32(1)));
      },
    );
    fn.copy(at, from, size);
    fn.set(at, op("i32.add", at, size));
  });
  return fn;
});

/** How a line of `n` words is cut for {@link mergeKernel}. */
export function mergePlan(n: number): { readonly block: number; readonly total: number } {
  let levels = 0;
  while (n > 8 << levels) levels++;
  const block = Math.ceil(n / 2 ** levels);
  return { block, total: block << levels };
}
