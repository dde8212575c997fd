/**
 * From floats to integers as an x86-64 machine does, and so NumPy: fractions are cut; what no int32 can hold (for 8, 16
 * and 32 bits) or no int64 (for uint32 and 64 bits), NaN too, is the smallest one; then it is cut to size. From 2^63 on a
 * uint64 is what is left above 2^63, with 2^63 put back.
 *
 * WebAssembly's own conversions clamp instead, and know no int64 by the vector. So a group whose elements are all small
 * takes another way: a double plus 2^52 + 2^51 has its whole part in its last bits, two's complement and all. The largest
 * magnitude of the group, compared as an integer, says whether that holds; if not, its elements go one by one.
 */

import {
  type Form,
  floatsToDoubles,
  formBytes,
  type Group,
  group,
  resized,
  storeGroup,
} from "./cast-groups.ts";
import { type Expr, type Fn, f64, i32, i64, op, select } from "./fn.ts";
import { laneBytes, loadLane, type MemoryLane, storeLane } from "./map.ts";

/** What is written: the form, and which of the two ranges, and whether 2^63 and more have a meaning. */
export interface IntTarget {
  readonly form: Exclude<Form, "f32" | "f64">;
  readonly rule: "int32" | "int64" | "uint64";
}

/** Converts sixteen floats at `from` to integers at `to`. */
export function floatsToInts(floats: Group, target: IntTarget, from: Expr, to: Expr): void {
  const { fn } = floats;
  const wide = target.rule !== "int32";
  const numbers = wide && floats.form === "f32" ? floatsToDoubles(floats) : floats;
  const whole = numbers.form === "f32" ? wordsOfFloats(numbers) : integers(numbers, wide);
  const fits = resized(whole, target.form);
  for (let k = 0; k < formBytes[target.form]; k++) fits.at(k);
  fn.if(
    anyBeyond(numbers, wide ? 51 : 31),
    () => oneByOne(fn, floats.form === "f32" ? "f32" : "f64", target, from, to),
    () => storeGroup(fits, to),
  );
}

/** 2^52 + 2^51, and its bits. */
const MAGIC = 6755399441055744;
const MAGIC_BITS = 0x4338000000000000n;

function integers(doubles: Group, wide: boolean): Group {
  const { fn } = doubles;
  const sum = (k: number) => op("f64x2.add", op("f64x2.trunc", doubles.at(k)), fn.constant("f64x2", MAGIC));
  const long = wide ? (k: number) => op("i64x2.sub", sum(k), fn.constant("i64x2", MAGIC_BITS)) : sum;
  return group(fn, "i64", true, long);
}

function wordsOfFloats(floats: Group): Group {
  return group(floats.fn, "i32", true, (k) => op("i32x4.trunc_sat_f32x4_s", floats.at(k)));
}

/** Whether some magnitude is 2^power or more, or NaN. */
function anyBeyond(floats: Group, power: 31 | 51): Expr {
  const { fn, form } = floats;
  const count = formBytes[form];
  let most = op(form === "f32" ? "f32x4.abs" : "f64x2.abs", floats.at(0));
  for (let k = 1; k < count; k++) {
    most = fn.let(op("i32x4.max_u", most, op(form === "f32" ? "f32x4.abs" : "f64x2.abs", floats.at(k))));
  }
  if (form === "f32") {
    return op("v128.any_true", op("i32x4.ge_u", most, fn.constant("i32x4", (127 + power) << 23)));
  }
  // Of a double the upper word tells; the lower one holds digits.
  const upper = op("i64x2.shr_u", most, i32(32));
  return op("v128.any_true", op("i64x2.ge_s", upper, fn.constant("i64x2", BigInt((1023 + power) * 2 ** 20))));
}

const lanes: Readonly<Record<IntTarget["form"], MemoryLane>> = {
  i8: "i8",
  i16: "i16",
  i32: "i32",
  i64: "i64",
};

function oneByOne(fn: Fn, lane: "f32" | "f64", { form, rule }: IntTarget, from: Expr, to: Expr): void {
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
