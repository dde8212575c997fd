/**
 * From floats to integers as an x86-64 machine does, and so NumPy: fractions are cut; what no int32 can hold (for 8, 16
 * and 32 bits) or no int64 (for uint32 and 64 bits), NaN too, is the smallest one; then it is cut to size. From 2^63 on a
 * uint64 is what is left above 2^63, with 2^63 put back.
 *
 * WebAssembly's own conversions clamp instead, and know no int64 by the vector. So a group whose elements are all small
 * takes another way: a double plus 2^52 + 2^51 has its whole part in its last bits, two's complement and all. Whether that
 * holds is seen in the first bits of the sums, which are known then; if not, the elements of the group go one by one.
 */

import {
  evenWords,
  type Form,
  floatsToDoubles,
  formBytes,
  type Group,
  group,
  oddWords,
  resized,
  storeGroup,
} from "./cast-groups.ts";
import { type Expr, type Fn, f64, i32, i64, op, select, shuffle } from "./fn.ts";
import { laneBytes, loadLane, type MemoryLane, storeLane } from "./map.ts";
import { region } from "./memory.ts";

/** What is written: the form, and which of the two ranges, and whether 2^63 and more have a meaning. */
export interface IntTarget {
  readonly form: Exclude<Form, "f32" | "f64">;
  readonly rule: "int32" | "int64" | "uint64";
}

/**
 * Converts sixteen floats to integers at `to`. `floats` gives them, afresh for the way one by one, which wants them in memory:
 * they lie at `from`, or are put there first.
 */
export function floatsToInts(floats: () => Group, target: IntTarget, from: Expr | null, to: Expr): void {
  const given = floats();
  if (target.rule !== "int32") {
    const long = longsOfDoubles(given.form === "f32" ? floatsToDoubles(given) : given);
    storeWholes(long, target, to, () => oneByOne(floats, target, from, to));
  } else if (given.form === "f64") {
    const words = wordsOfDoubles(given, target.form === "i32");
    storeWholes(words, target, to, () => oneByOne(floats, target, from, to));
  } else {
    const words = () =>
      storeWholes(wordsOfFloats(floats()), target, to, () => oneByOne(floats, target, from, to));
    if (target.form === "i32") words();
    else storeWholes(digitsOfFloats(given), target, to, words);
  }
}

/** Writes integers unless some of them are not right. */
function storeWholes({ whole, beyond }: Wholes, { form }: IntTarget, to: Expr, otherwise: () => void): void {
  const fits = resized(whole, form);
  for (let k = 0; k < formBytes[form]; k++) fits.at(k);
  whole.fn.if(beyond(), otherwise, () => storeGroup(fits, to));
}

/** Integers of sixteen floats, and whether some of them are not right. */
interface Wholes {
  readonly whole: Group;
  /** To be asked for after the integers. */
  beyond(): Expr;
}

/** 2^52 + 2^51, and its bits. */
const MAGIC = 6755399441055744;
const MAGIC_BITS = 0x4338000000000000n;

function sums({ fn, at }: Group, magic: number): (k: number) => Expr {
  return (k) => op("f64x2.add", op("f64x2.trunc", at(k)), fn.constant("f64x2", magic));
}

/**
 * Words out of sums with 2^31 more: their upper words are all alike then, unless a number is too large. Where whole words
 * are wanted the 2^31 are taken away again.
 */
function wordsOfDoubles(doubles: Group, all: boolean): Wholes {
  const { fn } = doubles;
  const long = group(fn, "i64", true, sums(doubles, MAGIC + 2 ** 31));
  const differ = fn.local("v128");
  const whole = group(fn, "i32", true, (k) => {
    const [a, b] = [long.at(2 * k), long.at(2 * k + 1)];
    const upper = op("v128.xor", shuffle(a, b, oddWords), fn.constant("i32x4", Number(MAGIC_BITS >> 32n)));
    fn.set(differ, k === 0 ? upper : op("v128.or", differ, upper));
    const lower = shuffle(a, b, evenWords);
    return all ? op("v128.xor", lower, fn.constant("i32x4", -(2 ** 31))) : lower;
  });
  return { whole, beyond: () => op("v128.any_true", differ) };
}

/** Below 2^51 the exponent of the sum is that of the power. */
function longsOfDoubles(doubles: Group): Wholes {
  const { fn } = doubles;
  const sum = sums(doubles, MAGIC);
  const power = fn.constant("i64x2", MAGIC_BITS);
  const differ = fn.local("v128");
  const whole = group(fn, "i64", true, (k) => {
    const long = fn.let(sum(k));
    const bits = op("v128.xor", long, power);
    fn.set(differ, k === 0 ? bits : op("v128.or", differ, bits));
    return op("i64x2.sub", long, power);
  });
  return { whole, beyond: () => op("v128.any_true", op("i64x2.shr_u", differ, i32(52))) };
}

/** The last 23 bits of floats below 2^22, in the same way; the few that are larger are asked for in another one. */
function digitsOfFloats({ fn, at }: Group): Wholes {
  const power = fn.constant("f32x4", 12582912);
  const differ = fn.local("v128");
  const whole = group(fn, "i32", true, (k) => {
    const sum = fn.let(op("f32x4.add", op("f32x4.trunc", at(k)), power));
    const bits = op("v128.xor", sum, power);
    fn.set(differ, k === 0 ? bits : op("v128.or", differ, bits));
    return sum;
  });
  return { whole, beyond: () => op("v128.any_true", op("i32x4.shr_u", differ, i32(23))) };
}

/** A magnitude of 2^31 or more, or NaN, has the larger bits. */
function wordsOfFloats({ fn, at }: Group): Wholes {
  const most = fn.local("v128");
  const whole = group(fn, "i32", true, (k) => {
    const x = at(k);
    fn.set(most, k === 0 ? op("f32x4.abs", x) : op("i32x4.max_u", most, op("f32x4.abs", x)));
    return op("i32x4.trunc_sat_f32x4_s", x);
  });
  const limit = fn.constant("i32x4", (127 + 31) << 23);
  return { whole, beyond: () => op("v128.any_true", op("i32x4.ge_u", most, limit)) };
}

const lanes: Readonly<Record<IntTarget["form"], MemoryLane>> = {
  i8: "i8",
  i16: "i16",
  i32: "i32",
  i64: "i64",
};

let room = 0;

function oneByOne(floats: () => Group, { form, rule }: IntTarget, given: Expr | null, to: Expr): void {
  const again = floats();
  const { fn } = again;
  const lane = again.form === "f32" ? "f32" : "f64";
  if (room === 0) room = region(16 * 8);
  const from = given ?? i32(room);
  if (given === null) storeGroup(again, from);
  fn.count(i32(16), 1, (k) => {
    const at = (base: Expr, bytes: number) => op("i32.add", base, op("i32.mul", k, i32(bytes)));
    const read = loadLane(fn, lane, at(from, laneBytes(lane)));
    const x = fn.let(lane === "f32" ? op("f64.promote_f32", read) : read);
    const whole = rule === "int32" ? int32Of(x) : rule === "int64" ? int64Of(x) : uint64Of(fn, x);
    const fits = rule !== "int32" && form !== "i64" ? op("i32.wrap_i64", whole) : whole;
    storeLane(fn, lanes[form], at(to, formBytes[form]), fits);
  });
}

function int32Of(x: Expr): Expr {
  return select(op("f64.lt", x, f64(2 ** 31)), op("i32.trunc_sat_f64_s", x), i32(-(2 ** 31)));
}

function int64Of(x: Expr): Expr {
  return select(op("f64.lt", x, f64(2 ** 63)), op("i64.trunc_sat_f64_s", x), i64(-(2n ** 63n)));
}

function uint64Of(fn: Fn, x: Expr): Expr {
  const large = fn.let(op("f64.ge", x, f64(2 ** 63)));
  const rest = fn.let(select(large, op("f64.sub", x, f64(2 ** 63)), x));
  return op("i64.add", int64Of(rest), select(large, i64(-(2n ** 63n)), i64(0n)));
}
