/**
 * Finding what would stand at a place if words were sorted, without sorting all of them: digit by digit, from the highest
 * on, the words are counted, and those with a lower digit than the one that the place falls into are put before those with
 * that one, and those with a higher one behind. The next digit is then looked at among the middle ones alone. No branch
 * depends on the words, and no words are worse than others.
 */

import { Fn, i32, i64, type Local, op, v128 } from "../../wasm/fn.ts";
import { eachWord, insertWords, kernelTable, type Word, type WordBytes, words } from "./sort-words.ts";

const ENOUGH = 16;

interface Selection {
  readonly fn: Fn;
  readonly word: Word;
  /** How many words are left, and where they are. */
  readonly n: Local;
  readonly at: Local;
  readonly place: Local;
  readonly room: Local;
  readonly tables: Local;
  readonly shift: Local;
  readonly x: Local;
  readonly digit: Local;
}

/** Loads the word at an address and its digit. */
function readDigit({ fn, word: { type, load }, shift, x, digit }: Selection, p: Local): void {
  fn.set(x, fn.load(load, p));
  if (type === "i32") fn.set(digit, op("i32.and", op("i32.shr_u", x, shift), i32(255)));
  else {
    const shifted = op("i64.shr_u", x, op("i64.extend_i32_u", shift));
    fn.set(digit, op("i32.wrap_i64", op("i64.and", shifted, i64(255n))));
  }
}

function entryOf({ tables, digit }: Selection) {
  return op("i32.add", tables, op("i32.shl", digit, i32(2)));
}

/** Counts the digits; leaves the one that the place falls into in `chosen`, how many lie before it in `before`. */
function chooseDigit(selection: Selection, chosen: Local, before: Local, inside: Local): void {
  const { fn, word, n, at, place, tables } = selection;
  fn.count(i32(1024), 16, (k) => {
    fn.store("v128.store", op("i32.add", tables, k), v128(new Uint8Array(16)));
  });
  const entry = fn.local("i32");
  eachWord(fn, n, at, word.bytes, (p) => {
    readDigit(selection, p);
    fn.set(entry, entryOf(selection));
    fn.store("i32.store", entry, fn.add(fn.load("i32.load", entry), 1));
  });
  fn.set(chosen, i32(0));
  fn.set(before, i32(0));
  fn.set(entry, tables);
  fn.set(inside, fn.load("i32.load", entry));
  fn.while(
    () => op("i32.le_s", op("i32.add", before, inside), place),
    () => {
      fn.set(before, op("i32.add", before, inside));
      fn.set(chosen, fn.add(chosen, 1));
      fn.set(entry, fn.add(entry, 4));
      fn.set(inside, fn.load("i32.load", entry));
    },
  );
}

/** Puts lower digits in front, equal ones behind them, higher ones last. */
function splitWords(selection: Selection, chosen: Local, before: Local, inside: Local): void {
  const { fn, word, n, at, room, x, digit } = selection;
  const { bytes, scale, store } = word;
  const low = fn.let(at);
  const same = fn.let(room);
  const high = fn.let(op("i32.add", room, op("i32.shl", inside, i32(scale))));
  eachWord(fn, n, at, bytes, (p) => {
    readDigit(selection, p);
    // Each word is written to all three places; only one of them moves on.
    fn.store(store, low, x);
    fn.set(low, op("i32.add", low, op("i32.shl", op("i32.lt_u", digit, chosen), i32(scale))));
    fn.store(store, high, x);
    fn.set(high, op("i32.add", high, op("i32.shl", op("i32.gt_u", digit, chosen), i32(scale))));
    fn.if(op("i32.eq", digit, chosen), () => {
      fn.store(store, same, x);
      fn.set(same, fn.add(same, bytes));
    });
  });
  const rest = op("i32.shl", op("i32.sub", n, before), i32(scale));
  fn.copy(low, room, rest);
}

/** `(n, at, place, room, tables)`: puts the word that belongs at `place` there, no larger one before it, no smaller one after. */
export const selectKernel = /* @__PURE__ */ kernelTable((bytes: WordBytes) => {
  const word = words[bytes];
  const fn = new Fn(new Array(5).fill("i32"));
  const [n, at, place, room, tables] = fn.params as unknown as [Local, Local, Local, Local, Local];
  const [digit, shift, chosen, before, inside] = Array.from({ length: 5 }, () => fn.local("i32")) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const x = fn.local(word.type);
  const selection: Selection = { fn, word, n, at, place, room, tables, shift, x, digit };
  fn.set(shift, i32(8 * bytes - 8));
  fn.while(
    () => op("i32.and", op("i32.ge_s", shift, i32(0)), op("i32.gt_s", n, i32(ENOUGH))),
    () => {
      chooseDigit(selection, chosen, before, inside);
      fn.if(op("i32.lt_s", inside, n), () => {
        splitWords(selection, chosen, before, inside);
        fn.set(at, op("i32.add", at, op("i32.shl", before, i32(word.scale))));
        fn.set(n, inside);
        fn.set(place, op("i32.sub", place, before));
      });
      fn.set(shift, fn.add(shift, -8));
    },
  );
  fn.if(op("i32.le_s", n, i32(ENOUGH)), () => insertWords(fn, word, at, n));
  return fn;
});

/**
 * `(n, keys, bound, to, same, more)`: the numbers of keys below the bound, of those that are the same, then of the
 * others, each in their order; `bound` is the address of a key. `same` and `more` are rooms for `n` numbers.
 */
export const splitNumbersKernel = /* @__PURE__ */ kernelTable((bytes: 4 | 8) => {
  const { type, load } = words[bytes];
  const fn = new Fn(new Array(6).fill("i32"));
  const [n, keys, bound, to, same, more] = fn.params as unknown as [Local, Local, Local, Local, Local, Local];
  const limit = fn.let(fn.load(load, bound));
  const x = fn.local(type);
  const [low, equal, high] = [fn.let(to), fn.let(same), fn.let(more)];
  eachWord(fn, n, keys, bytes, (p, k) => {
    fn.set(x, fn.load(load, p));
    fn.store("i32.store", low, k);
    fn.set(low, op("i32.add", low, op("i32.shl", op(`${type}.lt_u`, x, limit), i32(2))));
    fn.store("i32.store", equal, k);
    fn.set(equal, op("i32.add", equal, op("i32.shl", op(`${type}.eq`, x, limit), i32(2))));
    fn.store("i32.store", high, k);
    fn.set(high, op("i32.add", high, op("i32.shl", op(`${type}.gt_u`, x, limit), i32(2))));
  });
  const count = fn.let(op("i32.sub", equal, same));
  fn.copy(low, same, count);
  fn.copy(op("i32.add", low, count), more, op("i32.sub", high, more));
  return fn;
});
