/**
 * Keys: unsigned integers of 4 or 8 bytes, made of a part of each element, by which elements are ordered without being
 * moved. Equal elements have equal keys; NaN and what is no time have the largest, which nothing else has.
 */

import { type Expr, Fn, f32, f64, i32, i64, type Local, op, select } from "../../wasm/fn.ts";
import type { WorkKernel } from "../../wasm/workspace.ts";
import { eachWord, kernelTable } from "./sort-words.ts";

/**
 * What a key is made of: a number or a time of 1 to 8 bytes; up to 8 bytes of text or raw memory; one or two code points;
 * or which parts of a complex number are NaN.
 */
export type ColumnForm = "unsigned" | "signed" | "float" | "time" | "bytes" | "points" | "nans";

/** One key of each element. */
export interface Column {
  readonly form: ColumnForm;
  /** Bytes that the key is made of. */
  readonly bytes: number;
  /** Where these are in an element. */
  readonly offset: number;
}

/** Bytes of a key. */
export function keyBytes({ form, bytes }: Column): 4 | 8 {
  return form === "nans" || bytes <= 4 ? 4 : 8;
}

/** Whether the largest key stands for what equals nothing, not even itself. */
export function hasNone({ form }: Column): boolean {
  return form === "float" || form === "time";
}

type KeyOf = (fn: Fn, p: Expr, bytes: number, down: boolean) => Expr;

const wholeLoads: Readonly<Record<number, string>> = {
  1: "i32.load8_u",
  2: "i32.load16_u",
  4: "i32.load",
  8: "i64.load",
};

function turned(key: Expr, down: boolean): Expr {
  if (!down) return key;
  return key.type === "i64" ? op("i64.xor", key, i64(-1n)) : op("i32.xor", key, i32(-1));
}

function signedKey(p: Expr, fn: Fn, bytes: number): Expr {
  if (bytes === 8) return op("i64.xor", fn.load("i64.load", p), i64(1n << 63n));
  const loaded = fn.load(bytes === 4 ? "i32.load" : bytes === 2 ? "i32.load16_s" : "i32.load8_s", p);
  return op("i32.xor", loaded, i32(-(2 ** 31)));
}

/** The bits of a float as its key, but for NaN. */
function flipped(bits: Local, down: boolean): Expr {
  const { type } = bits;
  const last = type === "i64" ? i64(63n) : i32(31);
  const sign = type === "i64" ? i64(1n << 63n) : i32(-(2 ** 31));
  return turned(op(`${type}.xor`, bits, op(`${type}.or`, op(`${type}.shr_s`, bits, last), sign)), down);
}

function floatKey(fn: Fn, p: Expr, bytes: number, down: boolean): Expr {
  if (bytes === 2) return halfKey(fn, p, down);
  const type = bytes === 8 ? "f64" : "f32";
  const whole = bytes === 8 ? "i64" : "i32";
  const x = fn.let(fn.load(`${type}.load`, p));
  // Adding 0 makes 0 of -0.
  const bits = fn.let(
    op(`${whole}.reinterpret_${type}`, op(`${type}.add`, x, type === "f64" ? f64(0) : f32(0))),
  );
  const none = whole === "i64" ? i64(-1n) : i32(-1);
  return select(op(`${type}.eq`, x, x), flipped(bits, down), none);
}

/** In the upper half of 32 bits. */
function halfKey(fn: Fn, p: Expr, down: boolean): Expr {
  const bits = fn.let(op("i32.shl", fn.load("i32.load16_u", p), i32(16)));
  const size = fn.let(op("i32.and", bits, i32(0x7fffffff)));
  fn.set(bits, select(size, bits, i32(0)));
  return select(op("i32.gt_u", size, i32(0x7c000000)), i32(-1), flipped(bits, down));
}

function timeKey(fn: Fn, p: Expr, _: number, down: boolean): Expr {
  const key = signedKey(p, fn, 8);
  return down ? turned(key, true) : op("i64.sub", key, i64(1n));
}

/** The first byte counts most; what is missing is 0. */
function textKey(fn: Fn, p: Expr, bytes: number, down: boolean): Expr {
  const wide = bytes > 4;
  const key = fn.let(wide ? i64(0n) : i32(0));
  const type = key.type as "i32" | "i64";
  for (let k = 0; k < bytes; k++) {
    const byte = fn.load(`${type}.load8_u`, p, k);
    const shift = 8 * ((wide ? 7 : 3) - k);
    fn.set(key, op(`${type}.or`, key, op(`${type}.shl`, byte, wide ? i64(BigInt(shift)) : i32(shift))));
  }
  return turned(key, down);
}

function pointsKey(fn: Fn, p: Expr, bytes: number, down: boolean): Expr {
  if (bytes === 4) return turned(fn.load("i32.load", p), down);
  const first = op("i64.shl", fn.load("i64.load32_u", p), i64(32n));
  return turned(op("i64.or", first, fn.load("i64.load32_u", p, 4)), down);
}

/** 0 for numbers, 1 for a NaN in the imaginary part alone, 2 in the real part; none of it turns with the order. */
function nansKey(fn: Fn, p: Expr, bytes: number): Expr {
  const type = bytes === 16 ? "f64" : "f32";
  const re = fn.let(fn.load(`${type}.load`, p));
  const im = fn.let(fn.load(`${type}.load`, p, bytes / 2));
  return select(op(`${type}.ne`, re, re), i32(2), op(`${type}.ne`, im, im));
}

const keysOf: Readonly<Record<ColumnForm, KeyOf>> = {
  unsigned: (fn, p, bytes, down) => turned(fn.load(wholeLoads[bytes]!, p), down),
  signed: (fn, p, bytes, down) => turned(signedKey(p, fn, bytes), down),
  float: floatKey,
  time: timeKey,
  bytes: textKey,
  points: pointsKey,
  nans: nansKey,
};

/** How keys are written: as they are, or those of 4 bytes above their number. */
type KeyWay = "plain" | "numbered";

/** Of which elements: of all as they lie, or of those in a list of numbers. */
type KeySource = "all" | "listed";

type KeyName = `${KeyWay} ${KeySource} ${ColumnForm} ${number}${"" | " down"}`;

/**
 * `(n, from, step, to, list)`: the keys of `n` elements that lie `step` bytes apart, or of those that are listed. Gives 1
 * when not all keys are the same.
 */
const columnKernel = /* @__PURE__ */ kernelTable((name: KeyName) => {
  const [way, source, form, width, order] = name.split(" ") as [
    KeyWay,
    KeySource,
    ColumnForm,
    string,
    string | undefined,
  ];
  const bytes = Number(width);
  const fn = new Fn(new Array(5).fill("i32"), "i32");
  const [n, from, step, to, list] = fn.params as unknown as [Local, Local, Local, Local, Local];
  const size = keyBytes({ form, bytes, offset: 0 });
  const type = size === 8 ? "i64" : "i32";
  const p = fn.let(from);
  const key = fn.local(type);
  const first = fn.local(type);
  const differ = fn.local(type);
  eachWord(fn, n, to, way === "numbered" ? 8 : size, (q, k) => {
    if (source === "listed") {
      const number = fn.load("i32.load", op("i32.add", list, op("i32.shl", k, i32(2))));
      fn.set(p, op("i32.add", from, op("i32.mul", number, step)));
    }
    fn.set(key, keysOf[form](fn, p, bytes, order === "down"));
    fn.set(first, select(k, first, key));
    fn.set(differ, op(`${type}.or`, differ, op(`${type}.xor`, key, first)));
    if (way === "numbered") {
      const high = op("i64.shl", op("i64.extend_i32_u", key), i64(32n));
      fn.store("i64.store", q, op("i64.or", high, op("i64.extend_i32_u", k)));
    } else fn.store(`${type}.store`, q, key);
    if (source === "all") fn.set(p, op("i32.add", p, step));
  });
  fn.give(type === "i64" ? op("i64.ne", differ, i64(0n)) : op("i32.ne", differ, i32(0)));
  return fn;
});

/** The kernel that makes the keys of a column, see {@link columnKernel}. */
export function keysKernel(
  way: KeyWay,
  source: KeySource,
  { form, bytes }: Column,
  descending: boolean,
): WorkKernel {
  return columnKernel(`${way} ${source} ${form} ${bytes}${descending ? " down" : ""}`);
}
