/** What is true: sixteen elements of any form become sixteen bytes 0 or 1. */

import { type Group, group } from "./cast-groups.ts";
import { type Expr, i32, op } from "./fn.ts";
import { narrowMasks } from "./map.ts";

const zeroTests = { i64: "i64x2.eq", f32: "f32x4.eq", f64: "f64x2.eq" } as const;

/** All that is not zero; NaN is true. */
export function truth(from: Group): Group {
  const { fn, form } = from;
  const bytes = () => {
    if (form === "i8" || form === "i16" || form === "i32") return smallTruth(from, form);
    const zero = fn.constant("i32x4", 0);
    const count = form === "f32" ? 4 : 8;
    const masks = Array.from({ length: count }, (_, k) => op(zeroTests[form], from.at(k), zero));
    return op("v128.andnot", fn.constant("i8x16", 1), narrowMasks(masks));
  };
  return group(fn, "i8", false, bytes);
}

/** The smaller of an unsigned integer and 1 is what it is worth, and stays so when it is narrowed. */
function smallTruth(from: Group, form: "i8" | "i16" | "i32"): Expr {
  const { fn } = from;
  const least = (shape: "i8x16" | "i16x8" | "i32x4", k: number) =>
    op(`${shape}.min_u`, from.at(k), fn.constant(shape, 1));
  if (form === "i8") return least("i8x16", 0);
  if (form === "i16") return op("i8x16.narrow_i16x8_u", least("i16x8", 0), least("i16x8", 1));
  const pair = (k: number) => op("i16x8.narrow_i32x4_u", least("i32x4", k), least("i32x4", k + 1));
  return op("i8x16.narrow_i16x8_u", pair(0), pair(2));
}

/** Of float16, whose sign alone does not make it true. */
export function halfTruth(bits: Group): Group {
  const { fn } = bits;
  return truth(group(fn, "i16", false, (k) => op("i16x8.shl", bits.at(k), i32(1))));
}

/** Of complex numbers, by their real and imaginary parts: any bit but the signs. NaN has some. */
export function eitherTruth(re: Group, im: Group): Group {
  const { fn } = re;
  const [form, shape] = re.form === "f64" ? (["i64", "i64x2"] as const) : (["i32", "i32x4"] as const);
  return truth(group(fn, form, false, (k) => op(`${shape}.shl`, op("v128.or", re.at(k), im.at(k)), i32(1))));
}
