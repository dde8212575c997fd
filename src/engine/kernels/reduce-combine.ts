/**
 * How two partial results of a reduction become one: for a vector of lanes and for a single element.
 *
 * The state of a vector is a list of vectors, because NaN is carried beside the largest element: the quick maximum
 * (`pmax`) drops NaN, and a mask of where one was seen costs less than the maximum that keeps it.
 */

import { type Expr, type Fn, f32, f64, i32, i64, op, select } from "../../wasm/fn.ts";
import type { MemoryLane } from "../../wasm/map.ts";

/** Combining the elements of one lane of memory. */
export interface Combine {
  readonly lane: MemoryLane;
  /** A vector that leaves every other as it is, as the state at the start. */
  start(fn: Fn): readonly Expr[];
  /** The state after one more vector. */
  vector(fn: Fn, state: readonly Expr[], x: Expr): readonly Expr[];
  /** The vector that a state stands for. */
  finish(state: readonly Expr[]): Expr;
  /** Two elements, as the loads of the lane give them: i32 for small integers. */
  scalar(fn: Fn, a: Expr, b: Expr): Expr;
}

export type VectorShape = "f64x2" | "f32x4" | "i8x16" | "i16x8" | "i32x4" | "i64x2";

/** The vectors of each lane. */
export const vectorShapes: Readonly<Record<MemoryLane, VectorShape>> = {
  u8: "i8x16", i8: "i8x16", u16: "i16x8", i16: "i16x8", u32: "i32x4", i32: "i32x4",
  u64: "i64x2", i64: "i64x2", f32: "f32x4", f64: "f64x2",
}; // biome-ignore format: one line of facts

/** What a single element is in WebAssembly. */
export function scalarType(lane: MemoryLane): "i32" | "i64" | "f32" | "f64" {
  if (lane === "f32" || lane === "f64") return lane;
  return lane === "i64" || lane === "u64" ? "i64" : "i32";
}

/** A number as an element of a lane. */
export function element(lane: MemoryLane, value: number | bigint): Expr {
  const type = scalarType(lane);
  if (type === "f64") return f64(Number(value));
  if (type === "f32") return f32(Number(value));
  return type === "i64" ? i64(BigInt(value)) : i32(Number(value));
}

/** One instruction for vectors, one for elements. */
function plainCombine(
  lane: MemoryLane,
  neutral: number | bigint,
  vectorOp: string,
  scalarOp: string,
): Combine {
  return {
    lane,
    start: (fn) => [fn.constant(vectorShapes[lane], neutral)],
    vector: (_, [acc], x) => [op(vectorOp, acc!, x)],
    finish: ([acc]) => acc!,
    scalar: (_, a, b) => op(scalarOp, a, b),
  };
}

const isFloat = (lane: MemoryLane) => lane === "f32" || lane === "f64";
const isSigned = (lane: MemoryLane) => lane.startsWith("i");

/** Sums of integers, which wrap, and of floats in the order of the elements. */
export function addition(lane: MemoryLane): Combine {
  // 0 less its sign leaves even -0 as it is.
  const neutral = isFloat(lane) ? -0 : 0;
  return plainCombine(lane, neutral, `${vectorShapes[lane]}.add`, `${scalarType(lane)}.add`);
}

/** Products; of bytes there is no vector form. */
export function multiplication(lane: MemoryLane): Combine {
  return plainCombine(lane, 1, `${vectorShapes[lane]}.mul`, `${scalarType(lane)}.mul`);
}

/** Bit by bit; for bools too, whose bytes are 0 and 1. */
export function bits(lane: MemoryLane, name: "and" | "or" | "xor"): Combine {
  return plainCombine(lane, name === "and" ? -1 : 0, `v128.${name}`, `${scalarType(lane)}.${name}`);
}

const widths: Readonly<Record<MemoryLane, number>> = {
  u8: 8, i8: 8, u16: 16, i16: 16, u32: 32, i32: 32, u64: 64, i64: 64, f32: 32, f64: 64,
}; // biome-ignore format: one line of facts

/** The element that no other falls below (`max`) or rises above (`min`). */
export function extremeNeutral(lane: MemoryLane, name: "max" | "min"): number | bigint {
  if (isFloat(lane)) return name === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const width = BigInt(widths[lane]);
  const low = isSigned(lane) ? -(1n << (width - 1n)) : 0n;
  const high = isSigned(lane) ? (1n << (width - 1n)) - 1n : (1n << width) - 1n;
  return name === "max" ? low : high;
}

/** The largest or smallest integer. */
function integerExtreme(lane: MemoryLane, name: "max" | "min"): Combine {
  const shape = vectorShapes[lane];
  const sign = isSigned(lane) ? "s" : "u";
  const type = scalarType(lane);
  const neutral = extremeNeutral(lane, name);
  const base = {
    lane,
    start: (fn: Fn) => [fn.constant(shape, neutral)],
    finish: ([acc]: readonly Expr[]) => acc!,
  };
  const scalar = (_: Fn, a: Expr, b: Expr) =>
    select(op(`${type}.${name === "max" ? "gt" : "lt"}_${sign}`, a, b), a, b);
  if (shape !== "i64x2") {
    return { ...base, scalar, vector: (_, [acc], x) => [op(`${shape}.${name}_${sign}`, acc!, x)] };
  }
  // Vectors of 64-bit integers have signed comparisons only: unsigned ones flip the sign bit.
  const flipped = (fn: Fn, x: Expr) =>
    sign === "s" ? x : op("v128.xor", x, fn.constant("i64x2", -(2n ** 63n)));
  const vector = (fn: Fn, [acc]: readonly Expr[], x: Expr) => {
    const [a, b] = name === "max" ? [acc!, x] : [x, acc!];
    return [op("v128.bitselect", acc!, x, op("i64x2.gt_s", flipped(fn, a), flipped(fn, b)))];
  };
  return { ...base, scalar, vector };
}

/** The largest or smallest float; NaN wins over everything. */
function floatExtreme(lane: "f32" | "f64", name: "max" | "min"): Combine {
  const shape = vectorShapes[lane];
  return {
    lane,
    start: (fn) => [fn.constant(shape, extremeNeutral(lane, name)), fn.constant(shape, 0)],
    vector: (_, [acc, nan], x) => [
      op(`${shape}.p${name}`, acc!, x),
      op("v128.or", nan!, op(`${shape}.ne`, x, x)),
    ],
    // All bits set is a NaN.
    finish: ([acc, nan]) => op("v128.or", acc!, nan!),
    scalar: (_, a, b) => op(`${lane}.${name}`, a, b),
  };
}

/** The largest or smallest float that is a number; NaN only where there is nothing else. */
function numberExtreme(lane: "f32" | "f64", name: "max" | "min"): Combine {
  const shape = vectorShapes[lane];
  const better = name === "max" ? "gt" : "lt";
  // The new element when the old one is NaN or worse; a new NaN is neither better nor taken for an old number.
  return {
    lane,
    start: (fn) => [fn.constant(shape, Number.NaN)],
    vector: (_, [acc], x) => [
      op(
        "v128.bitselect",
        x,
        acc!,
        op("v128.or", op(`${shape}.${better}`, x, acc!), op(`${shape}.ne`, acc!, acc!)),
      ),
    ],
    finish: ([acc]) => acc!,
    scalar: (fn, a, b) => {
      const [x, y] = [fn.let(a), fn.let(b)];
      return select(op("i32.or", op(`${lane}.${better}`, y, x), op(`${lane}.ne`, x, x)), y, x);
    },
  };
}

/** The largest or smallest element. */
export function extreme(lane: MemoryLane, name: "max" | "min"): Combine {
  return lane === "f32" || lane === "f64" ? floatExtreme(lane, name) : integerExtreme(lane, name);
}

/** NumPy's fmax and fmin. */
export function extremeNumber(lane: MemoryLane, name: "max" | "min"): Combine {
  return lane === "f32" || lane === "f64" ? numberExtreme(lane, name) : integerExtreme(lane, name);
}
