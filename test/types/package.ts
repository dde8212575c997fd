import * as np from "ndview";
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

// A slice that is written out is checked; one that is computed goes through s.
// @ts-expect-error no slice
i64.slice("a:b");
// @ts-expect-error one colon too many
i64.slice("1:2:3:4");
declare const start: number;
i64.slice(np.s(start, null), "-1", "1:", 2n);
i64.set(["::2", -1], 3);
i64.set("...", [[1n], [2n]]);

// What is made has the dtype of what it is made of.
is<np.NDArray<"float64">>()(np.array([[1, 2]]));
is<np.NDArray<"int64">>()(np.array([1n]));
is<np.NDArray<"bool">>()(np.array([true]));
is<np.NDArray<"int32">>()(np.array([[1, 2]], "int32"));
is<np.NDArray<"float32">>()(np.zeros([2], "f4"));
is<np.NDArray<"float64">>()(np.zeros([2]));
is<np.NDArray<"uint8">>()(np.asarray(new Uint8Array(2)));
is<np.NDArray<"int64">>()(np.flip(i64, 0));
is<np.NDArray<"int64">>()(np.reshape(i64, [2, -1]));
is<np.NDArray<"int64">>()(i64.reshape(2, -1));
is<np.NDArray<"float32">>()(i64.astype("float32"));
is<np.NDArray<"uint8">>()(i64.view("u1"));
declare const c64: np.NDArray<"complex64">;
is<np.NDArray<"float32">>()(c64.real);
is<np.NDArray<"float32">>()(np.imag(c64));
is<np.NDArray<"int64">>()(i64.imag);
is<np.NDArray<"int64">[]>()(np.split(i64, 2));
is<boolean>()(np.sharesMemory(i64, f32));
// @ts-expect-error there is no such dtype
np.zeros([2], "float31");

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
