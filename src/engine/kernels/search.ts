/** Searching among sorted words, and what follows from words side by side. */

import { type Expr, Fn, i32, i64, type Local, op, select } from "../../wasm/fn.ts";
import { constant, eachWord, kernelTable, words } from "./sort-words.ts";

/** Searches go on side by side, as many as keep the memory busy. */
const TOGETHER = 4;

type SearchKey = `${4 | 8} ${"left" | "right"}`;

/**
 * Halves what is left of the sorted words until it is one, as often for every needle and without a branch; then `found` is
 * the address of the last word before the needle, or of the first.
 */
function searchTogether(
  fn: Fn,
  key: SearchKey,
  count: number,
  n: Local,
  sorted: Expr,
  needles: Expr,
  to: Expr,
): void {
  const [width, side] = key.split(" ");
  const word = words[Number(width) as 4 | 8];
  const { type, load, scale, bytes } = word;
  const before = side === "left" ? `${type}.lt_u` : `${type}.le_u`;
  const left = fn.let(op("i32.shl", n, i32(scale)));
  const step = fn.local("i32");
  const xs = Array.from({ length: count }, (_, k) => fn.let(fn.load(load, needles, k * bytes)));
  const found = xs.map(() => fn.let(sorted));
  const next = fn.local("i32");
  fn.while(
    () => op("i32.gt_u", left, i32(bytes)),
    () => {
      fn.set(step, op("i32.shl", op("i32.shr_u", left, i32(scale + 1)), i32(scale)));
      xs.forEach((x, k) => {
        const at = found[k]!;
        fn.set(next, op("i32.add", at, step));
        fn.set(at, select(op(before, fn.load(load, fn.add(next, -bytes)), x), next, at));
      });
      fn.set(left, op("i32.sub", left, step));
    },
  );
  xs.forEach((x, k) => {
    const at = found[k]!;
    const place = op("i32.shr_u", op("i32.sub", at, sorted), i32(scale));
    fn.store("i32.store", to, op("i32.add", place, op(before, fn.load(load, at), x)), 4 * k);
  });
}

/** `(count, needles, n, sorted, to)`: the place of each needle among `n` sorted words, of which there is at least one. */
export const searchKernel = /* @__PURE__ */ kernelTable((key: SearchKey) => {
  const fn = new Fn(new Array(5).fill("i32"));
  const [count, needles, n, sorted, to] = fn.params as unknown as [Local, Local, Local, Local, Local];
  const { bytes } = words[key.startsWith("8") ? 8 : 4];
  const whole = fn.let(op("i32.and", count, i32(-TOGETHER)));
  const advance = (k: number) => {
    fn.set(needles, fn.add(needles, k * bytes));
    fn.set(to, fn.add(to, 4 * k));
  };
  fn.count(whole, TOGETHER, () => {
    searchTogether(fn, key, TOGETHER, n, sorted, needles, to);
    advance(TOGETHER);
  });
  fn.count(op("i32.sub", count, whole), 1, () => {
    searchTogether(fn, key, 1, n, sorted, needles, to);
    advance(1);
  });
  return fn;
});

/** `(count, needles, n, sorted, places, to, none, invert)`: whether the word at each place is the needle, as a byte. */
export const foundKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load, scale } = words[bytes];
  const fn = new Fn(new Array(8).fill("i32"));
  const [count, needles, n, sorted, places, to, none, invert] = fn.params as readonly Local[] as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const x = fn.local(type);
  const place = fn.local("i32");
  eachWord(fn, count, needles, bytes, (p, k) => {
    fn.set(x, fn.load(load, p));
    fn.set(place, fn.load("i32.load", op("i32.add", places, op("i32.shl", k, i32(2)))));
    const inside = op("i32.lt_u", place, n);
    const word = fn.load(
      load,
      op("i32.add", sorted, op("i32.shl", select(inside, place, i32(0)), i32(scale))),
    );
    const same = op("i32.and", inside, op(`${type}.eq`, word, x));
    // The largest word stands for what equals nothing.
    const all = constant(type, -1n);
    const equal = op("i32.gt_u", same, op("i32.and", none, op(`${type}.eq`, x, all)));
    fn.store("i32.store8", op("i32.add", to, k), op("i32.xor", equal, invert));
  });
  return fn;
});

/** `(n, sorted, table)`: writes 1 into a table of bytes at each word less the first one. */
export const markKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load } = words[bytes];
  const fn = new Fn(["i32", "i32", "i32"]);
  const [n, sorted, table] = fn.params as unknown as [Local, Local, Local];
  const first = fn.let(fn.load(load, sorted));
  eachWord(fn, n, sorted, bytes, (p) => {
    const far = op(`${type}.sub`, fn.load(load, p), first);
    fn.store("i32.store8", op("i32.add", table, type === "i64" ? op("i32.wrap_i64", far) : far), i32(1));
  });
  return fn;
});

/** `(count, needles, first, range, table, to, invert)`: what a table says of each needle, as a byte. */
export const markedKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load } = words[bytes];
  const fn = new Fn(new Array(7).fill("i32"));
  const [count, needles, first, range, table, to, invert] = fn.params as readonly Local[] as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const low = fn.let(fn.load(load, first));
  const most = fn.let(type === "i64" ? op("i64.extend_i32_u", range) : range);
  const far = fn.local(type);
  eachWord(fn, count, needles, bytes, (p, k) => {
    fn.set(far, op(`${type}.sub`, fn.load(load, p), low));
    const inside = op(`${type}.le_u`, far, most);
    const at = type === "i64" ? op("i32.wrap_i64", far) : far;
    const marked = fn.load("i32.load8_u", op("i32.add", table, select(inside, at, i32(0))));
    const is = op("i32.xor", op("i32.and", marked, inside), invert);
    fn.store("i32.store8", op("i32.add", to, k), is);
  });
  return fn;
});

/** `(n, words)`: 1 if a word is followed by a smaller one, 2 if by a larger one, 3 for both. */
export const turnsKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load } = words[bytes];
  const fn = new Fn(["i32", "i32"], "i32");
  const [n, at] = fn.params as unknown as [Local, Local];
  const [falls, rises] = [fn.local("i32"), fn.local("i32")];
  const [x, last] = [fn.local(type), fn.local(type)];
  fn.set(last, fn.load(load, at));
  eachWord(fn, n, at, bytes, (p) => {
    fn.set(x, fn.load(load, p));
    fn.set(falls, op("i32.or", falls, op(`${type}.lt_u`, x, last)));
    fn.set(rises, op("i32.or", rises, op(`${type}.gt_u`, x, last)));
    fn.set(last, x);
  });
  fn.give(op("i32.or", falls, op("i32.shl", rises, i32(1))));
  return fn;
});

/**
 * `(n, keys, starts, none)`: sets the byte of each key that differs from the one before; with `none` also of each largest
 * one, which equals nothing.
 */
export const startsKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load } = words[bytes];
  const fn = new Fn(["i32", "i32", "i32", "i32"]);
  const [n, keys, starts, none] = fn.params as unknown as [Local, Local, Local, Local];
  const [x, last] = [fn.local(type), fn.local(type)];
  const all = constant(type, -1n);
  fn.set(last, fn.load(load, keys));
  eachWord(fn, n, keys, bytes, (p, k) => {
    fn.set(x, fn.load(load, p));
    const q = op("i32.add", starts, k);
    const odd = op("i32.and", none, op(`${type}.eq`, x, all));
    const differs = op("i32.or", op(`${type}.ne`, x, last), odd);
    fn.store("i32.store8", q, op("i32.or", fn.load("i32.load8_u", q), differs));
    fn.set(last, x);
  });
  return fn;
});

/**
 * `(n, starts, order, firsts, runs, counts)`: of runs of equal elements in an order, which start where a byte is set: the
 * number of the first element of each, for each element the run that it is in, and the lengths. Gives how many runs.
 */
export const runsKernel = /* @__PURE__ */ kernelTable((_: "runs") => {
  const fn = new Fn(new Array(6).fill("i32"), "i32");
  const [n, starts, order, firsts, runs, counts] = fn.params as unknown as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const run = fn.let(i32(-1));
  const number = fn.local("i32");
  const since = fn.local("i32");
  const entry = (list: Local, k: Expr) => op("i32.add", list, op("i32.shl", k, i32(2)));
  eachWord(fn, n, order, 4, (p, k) => {
    fn.set(number, fn.load("i32.load", p));
    fn.if(fn.load("i32.load8_u", op("i32.add", starts, k)), () => {
      fn.set(run, fn.add(run, 1));
      fn.store("i32.store", entry(firsts, run), number);
      fn.set(since, k);
    });
    fn.store("i32.store", entry(runs, number), run);
    fn.store("i32.store", entry(counts, run), fn.add(op("i32.sub", k, since), 1));
  });
  fn.give(fn.add(run, 1));
  return fn;
});

type DistinctKey = `${1 | 2 | 4 | 8} ${"whole" | "float" | "time"}${"" | " none"}`;

/**
 * `(n, at)`: brings the first of each run of equal sorted elements together; gives how many there are. NaN and what is no
 * time are all the same, or with `none` equal nothing.
 */
export const distinctKernel = /* @__PURE__ */ kernelTable((key: DistinctKey) => {
  const [width, form, none] = key.split(" ") as [string, string, string | undefined];
  const bytes = Number(width) as 1 | 2 | 4 | 8;
  const type = bytes === 8 ? "i64" : "i32";
  const load = bytes === 1 ? "i32.load8_u" : words[bytes].load;
  const store = bytes === 1 ? "i32.store8" : words[bytes].store;
  const fn = new Fn(["i32", "i32"], "i32");
  const [n, at] = fn.params as unknown as [Local, Local];
  const to = fn.let(at);
  const [x, last] = [fn.local(type), fn.local(type)];
  eachWord(fn, n, at, bytes, (p, k) => {
    fn.set(x, fn.load(load, p));
    const differs = op("i32.or", op("i32.eqz", k), differ(fn, form, bytes, x, last, none !== undefined));
    fn.if(differs, () => {
      fn.store(store, to, x);
      fn.set(to, fn.add(to, bytes));
    });
    fn.set(last, x);
  });
  fn.give(op("i32.shr_u", op("i32.sub", to, at), i32(Math.log2(bytes))));
  return fn;
});

/** Whether two sorted neighbours, given by their bits, are not the same. */
function differ(fn: Fn, form: string, bytes: number, x: Local, last: Local, none: boolean): Expr {
  const { type } = x;
  const apart = op(`${type}.ne`, x, last);
  if (form === "time") {
    return none ? op("i32.or", apart, op("i64.eq", x, i64(1n << 63n))) : apart;
  }
  if (form === "whole") return apart;
  // Without the sign: zeros are 0, NaN are more than an infinity.
  const wide = type === "i64";
  const shift = constant(wide ? "i64" : "i32", bytes === 2 ? 17n : 1n);
  const [sizeX, sizeLast] = [x, last].map((value) => fn.let(op(`${type}.shl`, value, shift)));
  const infinity = wide ? i64(0x7ffn << 53n) : i32(bytes === 2 ? 0xf8000000 : 0xff000000);
  const isNan = op(`${type}.gt_u`, sizeX!, infinity);
  const bothZero = op(`${type}.eqz`, op(`${type}.or`, sizeX!, sizeLast!));
  if (none) return op("i32.or", isNan, op("i32.gt_u", apart, bothZero));
  const bothNan = op("i32.and", isNan, op(`${type}.gt_u`, sizeLast!, infinity));
  return op("i32.gt_u", apart, op("i32.or", bothZero, bothNan));
}
