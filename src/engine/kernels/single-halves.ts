/** Vectors of four float32 as two of two float64, and back: for what needs more digits on the way. */

import { type Expr, op, shuffle } from "../../wasm/fn.ts";
import type { Floats, Vector } from "./floats.ts";

/** Bytes of a shuffle: the upper half in place of the lower one, and the lower halves of two vectors. */
const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const BOTH = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/** The lower or upper half of float32 vectors as float64. */
export function halfOf(v: Floats, x: Expr, part: 0 | 1): Vector {
  const two = (y: Vector) => {
    if (y.stored !== undefined) {
      return v.fn.load("v128.load64_zero", y.stored.address, y.stored.offset + 8 * part);
    }
    return part === 0 ? y : shuffle(y, y, UPPER);
  };
  return v.map((y) => op("f64x2.promote_low_f32x4", two(y as Vector)), x);
}

/** Two halves, each number rounded to float32. */
export function fromHalves(v: Floats, low: Expr, high: Expr): Vector {
  const rounded = (x: Expr) => op("f32x4.demote_f64x2_zero", x);
  return v.map((lower, upper) => shuffle(rounded(lower!), rounded(upper!), BOTH), low, high);
}
