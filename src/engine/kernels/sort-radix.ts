/**
 * Sorting words digit by digit, from the lowest on: each pass counts how often each digit occurs and moves the words to
 * where those with their digit belong, in the order in which they come. So it is stable, and takes a time that depends on
 * the number of words alone. All digits are counted in one pass; digits that are the same in all words are passed over.
 */

import { type Expr, Fn, i32, i64, type Local, op, select, v128 } from "../../wasm/fn.ts";
import { eachWord, kernelTable, type Word, type WordBytes, words } from "./sort-words.ts";

/** Bits of a digit: the places that words go to are as many as a first cache keeps. */
export const DIGIT = 8;

/** Bytes of the tables that count digits of a word. */
export const TABLE_BYTES = /* @__PURE__ */ (() => 8 * 4 * 2 ** DIGIT)();

interface Digits {
  readonly fn: Fn;
  readonly word: Word;
  readonly bits: number;
  /** The bits below the lowest digit, which are not sorted by. */
  readonly skipped: number;
  readonly count: number;
  readonly tables: Local;
}

/** The address of the entry of a digit, which starts at bit `shift`, in a table. */
function entry({ word, bits }: Digits, table: Expr, value: Expr, shift: Expr): Expr {
  const { type } = word;
  const digit = op(`${type}.and`, op(`${type}.shr_u`, value, shift), constantOf(type, 2 ** bits - 1));
  const wide = type === "i64" ? op("i32.wrap_i64", digit) : digit;
  return op("i32.add", table, op("i32.shl", wide, i32(2)));
}

function constantOf(type: "i32" | "i64", value: number): Expr {
  return type === "i64" ? i64(BigInt(value)) : i32(value);
}

/** Counts all digits; returns whether the words are in order already. */
function countDigits(digits: Digits, n: Expr, from: Local): Local {
  const { fn, word, bits, count, tables, skipped } = digits;
  const bytes = 4 << bits;
  fn.count(i32(count * bytes), 16, (at) => {
    fn.store("v128.store", op("i32.add", tables, at), v128(new Uint8Array(16)));
  });
  const last = fn.local(word.type);
  const unordered = fn.local("i32");
  const value = fn.local(word.type);
  const place = fn.local("i32");
  eachWord(fn, n, from, word.bytes, (p) => {
    fn.set(value, fn.load(word.load, p));
    fn.set(unordered, op("i32.or", unordered, op(`${word.type}.gt_u`, last, value)));
    fn.set(last, value);
    for (let k = 0; k < count; k++) {
      const table = fn.add(tables, k * bytes);
      fn.set(place, entry(digits, table, value, constantOf(word.type, skipped + k * bits)));
      fn.store("i32.store", place, fn.add(fn.load("i32.load", place), 1));
    }
  });
  return unordered;
}

/** Makes addresses of counts: where the first word with each digit goes. */
function placeDigits({ fn, word, bits }: Digits, table: Expr, to: Expr): void {
  const sum = fn.let(to);
  const place = fn.let(table);
  const counted = fn.local("i32");
  fn.count(i32(2 ** bits), 1, () => {
    fn.set(counted, fn.load("i32.load", place));
    fn.store("i32.store", place, sum);
    fn.set(sum, op("i32.add", sum, op("i32.shl", counted, i32(word.scale))));
    fn.set(place, fn.add(place, 4));
  });
}

/** Goes through the digits that differ; `pass` moves the words by one of them, and then from and to change places. */
function eachDigit(digits: Digits, n: Local, from: Local, pass: (table: Local, shift: Local) => void): Local {
  const { fn, word, bits, count, tables, skipped } = digits;
  const passes = fn.local("i32");
  const shift = fn.let(constantOf(word.type, skipped));
  const table = fn.let(tables);
  fn.count(i32(count), 1, () => {
    const first = entry(digits, table, fn.load(word.load, from), shift);
    fn.if(op("i32.ne", fn.load("i32.load", first), n), () => {
      pass(table, shift);
      fn.set(passes, op("i32.xor", passes, i32(1)));
    });
    fn.set(shift, op(`${word.type}.add`, shift, constantOf(word.type, bits)));
    fn.set(table, fn.add(table, 4 << bits));
  });
  return passes;
}

function exchange(fn: Fn, a: Local, b: Local): void {
  const kept = fn.let(a);
  fn.set(a, b);
  fn.set(b, kept);
}

/** Words of which kind, and the bits below which nothing counts; `"8 quick"` goes by the upper half alone at first. */
type RadixKey = `${WordBytes}` | "8 32" | "8 quick";

function digitsOf(fn: Fn, key: RadixKey, tables: Local): Digits {
  const [bytes, low] = key.split(" ");
  const word = words[Number(bytes) as WordBytes];
  const skipped = low === "32" ? 32 : 0;
  return { fn, word, bits: DIGIT, skipped, count: Math.ceil((8 * word.bytes - skipped) / DIGIT), tables };
}

/** The largest count in a table. */
function largestCount({ fn, bits }: Digits, table: Expr): Local {
  const largest = fn.local("i32");
  const count = fn.local("i32");
  fn.count(i32(4 << bits), 4, (k) => {
    fn.set(count, fn.load("i32.load", op("i32.add", table, k)));
    fn.set(largest, select(op("i32.gt_u", count, largest), count, largest));
  });
  return largest;
}

/**
 * Insertion among words that are nearly in order; gives up once words were moved 8 times as often as there are words, and
 * returns whether it did not.
 */
function insertNearly({ fn, word }: Digits, n: Local, from: Local): Local {
  const { bytes, load, store, type, scale } = word;
  const left = fn.let(op("i32.shl", n, i32(3)));
  const end = fn.let(op("i32.add", from, op("i32.shl", n, i32(scale))));
  const p = fn.let(fn.add(from, bytes));
  const hole = fn.local("i32");
  const value = fn.local(type);
  fn.while(
    () => op("i32.and", op("i32.lt_s", p, end), op("i32.gt_s", left, i32(0))),
    () => {
      fn.set(value, fn.load(load, p));
      fn.set(hole, p);
      const before = fn.load(load, fn.add(hole, -bytes));
      fn.while(
        () => op("i32.and", op("i32.gt_s", hole, from), op(`${type}.gt_u`, before, value)),
        () => {
          fn.store(store, hole, before);
          fn.set(hole, fn.add(hole, -bytes));
          fn.set(left, fn.add(left, -1));
        },
      );
      fn.store(store, hole, value);
      fn.set(p, fn.add(p, bytes));
    },
  );
  return fn.let(op("i32.ge_s", p, end));
}

/** Moves words by their digits; from and to change places with each pass. */
function passDigits(digits: Digits, n: Local, from: Local, to: Local): Local {
  const { fn, word } = digits;
  const value = fn.local(word.type);
  const [place, target] = [fn.local("i32"), fn.local("i32")];
  return eachDigit(digits, n, from, (table, shift) => {
    placeDigits(digits, table, to);
    eachWord(fn, n, from, word.bytes, (p) => {
      fn.set(value, fn.load(word.load, p));
      fn.set(place, entry(digits, table, value, shift));
      fn.set(target, fn.load("i32.load", place));
      fn.store(word.store, target, value);
      fn.store("i32.store", place, fn.add(target, word.bytes));
    });
    exchange(fn, from, to);
  });
}

/**
 * `(n, at, room, tables)`: sorts `n` words; 1 when they end up in the room, which is as large, else 0.
 *
 * The quick one goes by the upper halves of words where these differ much, and puts the few that are the same there into
 * order by insertion. Where they turn out not to be few it gives 2 more, and the words are not sorted yet.
 */
export const radixKernel = /* @__PURE__ */ kernelTable((key: RadixKey) => {
  const fn = new Fn(["i32", "i32", "i32", "i32"], "i32");
  const [n, from, to, tables] = fn.params as unknown as [Local, Local, Local, Local];
  const digits = digitsOf(fn, key, tables);
  fn.if(op("i32.eqz", countDigits(digits, n, from)), () => fn.return(i32(0)));
  if (key === "8 quick") {
    const upper = { ...digits, skipped: 32, count: 4, tables: fn.let(fn.add(tables, 16 << DIGIT)) };
    fn.if(op("i32.le_u", largestCount(digits, upper.tables), op("i32.shr_u", n, i32(3))), () => {
      const passes = passDigits(upper, n, from, to);
      const done = insertNearly(upper, n, from);
      fn.return(op("i32.or", passes, op("i32.shl", op("i32.eqz", done), i32(1))));
    });
  }
  fn.give(passDigits(digits, n, from, to));
  return fn;
});

/**
 * `(n, at, room, tables, numbers, numbersRoom)`: the same for words of 8 bytes, each with a number of 4 bytes that goes
 * along.
 */
export const radixPairsKernel = /* @__PURE__ */ kernelTable((bytes: 8) => {
  const fn = new Fn(new Array(6).fill("i32"), "i32");
  const [n, from, to, tables, numbers, others] = fn.params as unknown as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const digits = digitsOf(fn, `${bytes}`, tables);
  const { word } = digits;
  fn.if(op("i32.eqz", countDigits(digits, n, from)), () => fn.return(i32(0)));
  const value = fn.local(word.type);
  const [place, rank] = [fn.local("i32"), fn.local("i32")];
  const passes = eachDigit(digits, n, from, (table, shift) => {
    placeDigits({ ...digits, word: { ...word, scale: 0 } }, table, i32(0));
    eachWord(fn, n, from, word.bytes, (p, k) => {
      fn.set(value, fn.load(word.load, p));
      fn.set(place, entry(digits, table, value, shift));
      fn.set(rank, fn.load("i32.load", place));
      fn.store("i32.store", place, fn.add(rank, 1));
      fn.store(word.store, op("i32.add", to, op("i32.shl", rank, i32(3))), value);
      const number = fn.load("i32.load", op("i32.add", numbers, op("i32.shl", k, i32(2))));
      fn.store("i32.store", op("i32.add", others, op("i32.shl", rank, i32(2))), number);
    });
    exchange(fn, from, to);
    exchange(fn, numbers, others);
  });
  fn.give(passes);
  return fn;
});

/**
 * `(n, at, table, first)`: sorts `n` bytes by counting them; `first` is xored to a byte to have its place, as the sign of
 * signed ones and all bits where the order is turned.
 */
export const byteKernel = /* @__PURE__ */ kernelTable((_: "bytes") => {
  const fn = new Fn(["i32", "i32", "i32", "i32"]);
  const [n, at, table, first] = fn.params as unknown as [Local, Local, Local, Local];
  fn.count(i32(1024), 16, (k) => {
    fn.store("v128.store", op("i32.add", table, k), v128(new Uint8Array(16)));
  });
  const place = fn.local("i32");
  eachWord(fn, n, at, 1, (p) => {
    const value = op("i32.xor", fn.load("i32.load8_u", p), first);
    fn.set(place, op("i32.add", table, op("i32.shl", value, i32(2))));
    fn.store("i32.store", place, fn.add(fn.load("i32.load", place), 1));
  });
  fn.count(i32(256), 1, (k) => {
    const count = fn.let(fn.load("i32.load", op("i32.add", table, op("i32.shl", k, i32(2)))));
    fn.fill(at, op("i32.xor", k, first), count);
    fn.set(at, op("i32.add", at, count));
  });
  return fn;
});
