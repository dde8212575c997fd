/**
 * Elements as words and back, in place: the way of sorting values. Every bit is kept, so what compares equal and differs
 * (zeros of both signs, NaN of many kinds) is put right apart from the words, which is rare.
 */

import { type Expr, Fn, i32, type Local, op, select, v128 } from "../../wasm/fn.ts";
import type { WorkKernel } from "../../wasm/workspace.ts";
import { allBits, constant, eachWord, kernelTable, type Word, type WordBytes, words } from "./sort-words.ts";

/** What elements are: unsigned, signed, floats, or times, of which the lowest number is none and comes last. */
export type ValueForm = "unsigned" | "signed" | "float" | "time";

const shapes = { 2: "i16x8", 4: "i32x4", 8: "i64x2" } as const;

interface Turn {
  readonly fn: Fn;
  readonly word: Word;
  readonly form: ValueForm;
  readonly descending: boolean;
}

/** The same word in all lanes. */
function lanes({ fn, word }: Turn, value: bigint): Local {
  const bytes = new Uint8Array(16);
  for (let k = 0; k < 16; k++) bytes[k] = Number((value >> BigInt(8 * (k % word.bytes))) & 255n);
  return fn.once(v128(bytes));
}

function signOf(word: Word): bigint {
  return 1n << BigInt(8 * word.bytes - 1);
}

/** All bits of negative lanes. */
function signs({ word }: Turn, x: Expr): Expr {
  return op(`${shapes[word.bytes]}.shr_s`, x, i32(8 * word.bytes - 1));
}

/** Elements as words. */
function toWords(turn: Turn, x: Local): Expr {
  const { word, form, descending } = turn;
  const shape = shapes[word.bytes];
  const [all, sign] = [allBits(word), signOf(word)];
  const turned = descending ? all : 0n;
  if (form === "float") {
    const flipped = op("v128.xor", x, op("v128.or", signs(turn, x), lanes(turn, sign)));
    return descending ? op("v128.not", flipped) : flipped;
  }
  const first = op("v128.xor", x, lanes(turn, (form === "unsigned" ? 0n : sign) ^ turned));
  // What is no time is the least of all, and comes last either way.
  return form === "time" && !descending ? op(`${shape}.add`, first, lanes(turn, all)) : first;
}

/** Words as elements. */
function fromWords(turn: Turn, given: Local): Expr {
  const { fn, word, form, descending } = turn;
  const shape = shapes[word.bytes];
  const [all, sign] = [allBits(word), signOf(word)];
  const turned = descending ? all : 0n;
  if (form === "float") {
    const x = descending ? fn.let(op("v128.not", given)) : given;
    return op("v128.xor", x, op("v128.or", op("v128.not", signs(turn, x)), lanes(turn, sign)));
  }
  const x = form === "time" && !descending ? op(`${shape}.sub`, given, lanes(turn, all)) : given;
  return op("v128.xor", x, lanes(turn, (form === "unsigned" ? 0n : sign) ^ turned));
}

/** Which lanes are NaN or -0. */
function oddFloats(turn: Turn, x: Local): Expr {
  const { word } = turn;
  const shape = shapes[word.bytes];
  const negativeZero = op(`${shape}.eq`, x, lanes(turn, signOf(word)));
  const nan =
    word.bytes === 2
      ? op("i16x8.gt_s", op("v128.and", x, lanes(turn, 0x7fffn)), lanes(turn, 0x7c00n))
      : op(word.bytes === 4 ? "f32x4.ne" : "f64x2.ne", x, x);
  return op("v128.or", nan, negativeZero);
}

/** Which way, and of what: `"in 8 float"`, `"out 4 signed descending"`. */
type TurnKey = `${"in" | "out"} ${WordBytes} ${ValueForm}${"" | " descending"}`;

/**
 * `(bytes, at)`: elements become words, or words elements, in place. Gives 1 when there is a NaN or a -0 among floats that
 * become words. Up to 16 bytes behind the last are overwritten.
 */
const turnKernel = /* @__PURE__ */ kernelTable((key: TurnKey) => {
  const [way, width, form, order] = key.split(" ") as [string, string, ValueForm, string | undefined];
  const fn = new Fn(["i32", "i32"], "i32");
  const [bytes, at] = fn.params as unknown as [Local, Local];
  const word = words[Number(width) as WordBytes];
  const turn: Turn = { fn, word, form, descending: order === "descending" };
  fn.store("v128.store", op("i32.add", at, bytes), v128(new Uint8Array(16)));
  const found = fn.local("v128");
  fn.count(bytes, 16, (k) => {
    const p = fn.let(op("i32.add", at, k));
    const x = fn.let(fn.load("v128.load", p));
    if (way === "in" && form === "float") fn.set(found, op("v128.or", found, oddFloats(turn, x)));
    fn.store("v128.store", p, way === "in" ? toWords(turn, x) : fromWords(turn, x));
  });
  fn.give(op("v128.any_true", found));
  return fn;
});

const forms: Readonly<Record<ValueForm, number>> = { unsigned: 0, signed: 1, float: 2, time: 3 };
/** By numbers: making the name of a kernel takes as long as running it on a few elements. */
const turns: WorkKernel[] = [];

function turnOf(way: "in" | "out", bytes: WordBytes, form: ValueForm, descending: boolean): WorkKernel {
  const k = bytes * 16 + forms[form] * 4 + (way === "in" ? 2 : 0) + (descending ? 1 : 0);
  return (turns[k] ??= turnKernel(`${way} ${bytes} ${form}${descending ? " descending" : ""}`));
}

/** The kernel that makes words of elements, see {@link turnKernel}. */
export function wordsOf(bytes: WordBytes, form: ValueForm, descending: boolean): WorkKernel {
  return turnOf("in", bytes, form, descending);
}

/** The kernel that makes elements of words. */
export function elementsOf(bytes: WordBytes, form: ValueForm, descending: boolean): WorkKernel {
  return turnOf("out", bytes, form, descending);
}

const infinities: Readonly<Record<WordBytes, bigint>> = {
  2: 0xfc00n,
  4: 0xff800000n,
  8: 0xfff0000000000000n,
};

/**
 * `(n, at, apart, zeros, count)`: takes the NaN among the words of floats out of their line, in order, to `apart`; notes
 * of each zero, in a byte at `zeros`, whether it is the higher word; writes how many zeros there are to `count`. Gives how
 * many words are left.
 */
export const cleanKernel = /* @__PURE__ */ kernelTable((bytes: WordBytes) => {
  const word = words[bytes];
  const { type, load, store } = word;
  const fn = new Fn(new Array(5).fill("i32"), "i32");
  const [n, at, apart, zeros, count] = fn.params as unknown as [Local, Local, Local, Local, Local];
  const highest = infinities[bytes];
  const lowest = allBits(word) ^ highest;
  const high = signOf(word);
  const [to, noted] = [fn.let(at), fn.let(zeros)];
  const x = fn.local(type);
  eachWord(fn, n, at, bytes, (p) => {
    fn.set(x, fn.load(load, p));
    const range = constant(type, highest - lowest);
    fn.if(
      op(`${type}.gt_u`, op(`${type}.sub`, x, constant(type, lowest)), range),
      () => {
        fn.store(store, apart, x);
        fn.set(apart, fn.add(apart, bytes));
      },
      () => {
        fn.store(store, to, x);
        fn.set(to, fn.add(to, bytes));
        fn.if(op(`${type}.le_u`, op(`${type}.sub`, x, constant(type, high - 1n)), constant(type, 1n)), () => {
          fn.store("i32.store8", noted, op(`${type}.eq`, x, constant(type, high)));
          fn.set(noted, fn.add(noted, 1));
        });
      },
    );
  });
  fn.store("i32.store", count, op("i32.sub", noted, zeros));
  fn.give(op("i32.shr_u", op("i32.sub", to, at), i32(word.scale)));
  return fn;
});

/** `(n, at, zeros, count)`: puts the zeros among `n` sorted words back into the order in which they were noted. */
export const zerosKernel = /* @__PURE__ */ kernelTable((bytes: WordBytes) => {
  const word = words[bytes];
  const { type, load, store } = word;
  const fn = new Fn(["i32", "i32", "i32", "i32"]);
  const [n, at, zeros, count] = fn.params as unknown as [Local, Local, Local, Local];
  const high = signOf(word);
  const p = fn.let(at);
  const end = fn.let(op("i32.add", at, op("i32.shl", n, i32(word.scale))));
  fn.while(
    () =>
      op("i32.and", op("i32.lt_s", p, end), op(`${type}.lt_u`, fn.load(load, p), constant(type, high - 1n))),
    () => fn.set(p, fn.add(p, bytes)),
  );
  fn.count(count, 1, (k) => {
    const noted = fn.load("i32.load8_u", op("i32.add", zeros, k));
    fn.store(store, p, select(noted, constant(type, high), constant(type, high - 1n)));
    fn.set(p, fn.add(p, bytes));
  });
  return fn;
});
