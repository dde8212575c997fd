import * as np from "ndview";
import { is } from "./assert.ts";

declare const u8: np.NDArray<"uint8">;
declare const i8: np.NDArray<"int8">;
declare const i16: np.NDArray<"int16">;
declare const i32: np.NDArray<"int32">;
declare const f32: np.NDArray<"float32">;
declare const f64: np.NDArray<"float64">;
declare const c64: np.NDArray<"complex64">;
declare const flag: np.NDArray<"bool">;
declare const some: np.NDArray;

// Arithmetic promotes; scalars beside arrays are weak, and a number may be an integer or not.
is<np.NDArray<"int16">>()(np.add(u8, i8));
is<np.NDArray<"float32">>()(np.add(f32, 2));
is<np.NDArray<"int32">>()(np.add(i32, 2n));
is<np.NDArray<"int32" | "float64">>()(np.add(i32, 2));
is<np.NDArray<"complex64">>()(np.multiply(c64, f32));
is<np.NDArray<"float64">>()(np.add(1, 2.5));
is<np.NDArray<"float64">>()(np.add([1, 2], [[3], [4]]));
is<np.NDArray<"bool">>()(np.add(flag, true));

// Division gives floats, comparisons bool.
is<np.NDArray<"float64">>()(np.divide(i32, i32));
is<np.NDArray<"float32">>()(np.divide(f32, 2));
is<np.NDArray<"bool">>()(np.less(i32, f64));
is<np.NDArray<"bool">>()(np.logicalNot(f64));

// Float functions take integers as the floats that hold them.
is<np.NDArray<"float16">>()(np.sqrt(u8));
is<np.NDArray<"float32">>()(np.sin(i16));
is<np.NDArray<"float64">>()(np.exp(i32));
is<np.NDArray<"float32">>()(np.arctan2(i8, i16));
is<np.NDArray<"float32">>()(np.absolute(c64));
is<np.NDArray<"uint8">>()(np.bitwiseCount(i32));
is<np.NDArray<"int8">>()(np.square(flag));

// Options say what comes out: a dtype, or the very array that takes it.
is<np.NDArray<"float32">>()(np.add(i32, i32, { dtype: "f4" }));
is<np.NDArray<"float64">>()(np.add(i32, i32, f64));
is<np.NDArray<"float64">>()(np.add(i32, i32, { out: f64 }));
is<np.NDArray<"float32">>()(np.sqrt(i32, { dtype: "float32" }));
is<np.NDArray<"int32">>()(np.negative(i32, { where: flag }));
is<[np.NDArray<"int32">, np.NDArray<"int32">]>()(np.divmod(i32, u8));
is<[np.NDArray<"float32">, np.NDArray<"int32">]>()(np.frexp(f32));

// What is not known stays so.
export const known: np.NDArray = np.add(some, 1);

// Properties and methods.
is<string[]>()(np.add.types);
is<np.NDArray>()(np.add.outer(i32, i32));
np.add.at(i32, [0, 1], 1);

// The edge gives ufuncs their methods, and those of two operands more than others.
is<np.NDArray>()(np.add.reduce(f64));
is<np.NDArray>()(np.add.accumulate(f64, 0));
is<np.NDArray>()(np.multiply.outer(f64, [1, 2]));
is<np.NDArray>()(np.add.reduceat(f64, [0, 1]));
is<void>()(np.negative.at(f64, 0));
// @ts-expect-error there is nothing to reduce by with one operand
np.negative.reduce;
