import type * as np from "ndview";
import { type Equal, type Expect, is } from "./assert.ts";

declare const i64: np.NDArray<"int64">;
declare const f32: np.NDArray<"float32">;
declare const flag: np.NDArray<"bool">;
declare const some: np.NDArray;

// An element is read as what its dtype says: bigint for 64-bit integers, number for every other real.
is<bigint>()(i64.at(0, 1));
is<number>()(f32.at(0));
is<boolean>()(flag.at());

// Raw access is a bare typed array.
is<BigInt64Array>()(i64.data);
is<Float32Array>()(f32.data);

// A view keeps the dtype.
is<np.NDArray<"int64">>()(i64.slice(":", "::-1"));
is<np.NDArray<"int64">>()(i64.slice("...", null, 0, "-2:"));
is<np.NDArray<"float32">>()(f32.T);
is<np.NDArray<"float32">>()(f32.mT);

// Counts, sizes and places are numbers.
is<number[]>()(i64.shape);
is<number[]>()(i64.strides);
is<number>()(i64.size);

// @ts-expect-error a list gathers, and gathering copies: a.gather([0, 2])
i64.slice([0, 2]);

// One dtype is not another, but every array is an NDArray.
const any: np.NDArray = i64;
// @ts-expect-error int64 is not float32
const wrong: np.NDArray<"float32"> = i64;
// @ts-expect-error there is no such dtype
declare const nothing: np.NDArray<"float128">;
// @ts-expect-error the shape is read, never assigned
some.shape = [1];

export type Names = Expect<Equal<"int64" extends np.DType ? true : false, true>>;
export { any, nothing, wrong };
