import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DataArray } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { countKernel } from "../engine/kernels/counting.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { highestKernel } from "../wasm/indices.ts";
import { heap, TILE_ROOM, tilePointer } from "../wasm/memory.ts";

/** How to count. */
export interface BincountOptions {
  /** What each element counts, in place of 1; of the same length. */
  readonly weights?: ArrayInput | null | undefined;
  /** The least length of the result; 0 if left out. */
  readonly minlength?: number | undefined;
}

/** What is counted: whole numbers, or with weights sums of these. */
type CountsOf<O> = O extends { readonly weights: ArrayInput }
  ? NDArray<"float64">
  : O extends { readonly weights?: null | undefined }
    ? NDArray<"int32">
    : NDArray<"int32" | "float64">;

/**
 * How often each of 0, 1, 2, … occurs among integers: element `k` of the result counts the elements that are `k`. With
 * weights it is the sum of their weights, added one after the other.
 *
 * @param x integers from 0 on, of one axis; a list of whole numbers counts as integers
 * @param options `{ weights, minlength }`, or the weights
 * @returns a new array of int32, with weights of float64; as long as the largest element asks for, and `minlength` at least
 * @throws DTypeError when `x` does not hold integers, or the weights are complex.
 * @throws ShapeError when `x` has not one axis, or the weights are not as many.
 * @throws ValueError for a negative element, a negative `minlength`, and a result that is too large.
 * @example
 * np.bincount([0, 1, 1, 3]).tolist(); // [1, 2, 0, 1]
 * np.bincount([0, 1, 1], { weights: [0.5, 1, 2] }).tolist(); // [0.5, 3]
 */
export function bincount<const O extends BincountOptions = object>(x: ArrayInput, options?: O): CountsOf<O> {
  const { weights = null, minlength = 0 } = optionsFrom<BincountOptions>(options, "bincount");
  if (!(Number.isInteger(minlength) && minlength >= 0)) {
    throw new ValueError(`bincount: minlength ${textOf(minlength)} is not an integer from 0 on`);
  }
  const places = placesOf(x);
  const sums = weights === null ? null : weightsOf(weights, places.length);
  const most = places.length < FEW_PLACES ? largest(places) : staged(places, sums === null);
  const length = Math.max(minlength, most + 1);
  const result = emptyArray([length], sums === null ? plain.int32 : plain.float64, "C", "bincount");
  if (places.length === 0) return result as CountsOf<O>;
  if (sums !== null) sumInto(places, sums, dataOf(result) as Float64Array);
  else if (places.length < FEW_PLACES || most >= FEW_COUNTS) countInto(places, dataOf(result) as Int32Array);
  else sendCounts(most + 1, dataOf(result) as Int32Array);
  return result as CountsOf<O>;
}

/** Integers as the lower 32 bits of elements that lie `step` words apart: 2 for int64, so that no bigint is made of any. */
interface Places {
  readonly words: Int32Array;
  readonly step: 1 | 2;
  readonly length: number;
}

function placesOf(x: ArrayInput): Places {
  const given = asarray(x);
  if (given.ndim !== 1) {
    throw new ShapeError(`bincount: x has shape ${shapeText(given.layout.shape)}; it needs one axis`);
  }
  const a = Array.isArray(x) ? wholeNumbers(given) : given;
  requireCast(a.dtype, plain.int64, a.dtype.kind === "u" ? "same_kind" : "safe", "bincount");
  const wide = a.dtype.itemsize === 8 || a.dtype === plain.uint32;
  const { buffer, byteOffset, byteLength } = denseOf(a, wide ? plain.int64 : plain.int32, "bincount");
  const words = new Int32Array(buffer as ArrayBuffer, byteOffset, byteLength / 4);
  return { words, step: wide ? 2 : 1, length: a.size };
}

/** @internal The elements in C order as a dtype: the array's own memory where they lie there so. */
export function denseOf<D extends "int32" | "int64" | "float64">(
  a: NDArray,
  dtype: Descriptor<D>,
  caller: string,
): DataArray<D> {
  // An array without elements may lie anywhere.
  const ready = a.dtype === (dtype as Descriptor) && a.size > 0 && a.isContiguous("C") && a.isAligned();
  return dataOf(ready ? (a as unknown as NDArray<D>) : workingCopy(a, dtype, "C", caller));
}

/** Lists of numbers are float64; those of whole numbers stand for integers. */
function wholeNumbers(a: NDArray): NDArray {
  if (a.dtype !== plain.float64) return a;
  for (const value of dataOf(a) as Float64Array) {
    if (!Number.isInteger(value)) throw new DTypeError(`bincount: ${value} in x is not an integer`);
  }
  return workingCopy(a, plain.int64, "C", "bincount");
}

/** The largest element, -1 when there is none; an element that is negative or has no room in an index is an error. */
function largest({ words, step }: Places): number {
  let high = -1;
  for (let k = 0; k < words.length; k += step) {
    const word = words[k]!;
    if (word > high) high = word;
    if (word < 0 || (step === 2 && words[k + 1] !== 0)) throw misplaced(words, k, step);
  }
  return high;
}

/** Fewer elements are counted by a loop; as many counts have room in a tile, others are counted by a loop too. */
const FEW_PLACES = 512;
const FEW_COUNTS = TILE_ROOM / 4;
/** Words that are brought to the engine's memory at once. */
const BLOCK = TILE_ROOM / 4;
const [WORDS_TILE, COUNTS_TILE, HIGH_TILE] = [0, 1, 2];

/** The same as `largest`, by kernels, which also count on the way as long as there is room. */
function staged(places: Places, counting: boolean): number {
  const { words, step } = places;
  const [from, counts, out] = [tilePointer(WORDS_TILE), tilePointer(COUNTS_TILE), tilePointer(HIGH_TILE)];
  const { i32, u32 } = heap;
  i32.fill(0, out / 4, out / 4 + 4);
  if (counting) i32.fill(0, counts / 4, counts / 4 + FEW_COUNTS);
  let high = 0;
  for (let k = 0; k < words.length; k += BLOCK) {
    const n = Math.min(BLOCK, words.length - k);
    const end = from / 4 + n;
    i32.set(words.subarray(k, k + n), from / 4);
    i32.fill(0, end, end + (-n & 7));
    highestKernel.run((n + 7) & -8, from, out);
    const [a, b, c, d] = u32.subarray(out / 4, out / 4 + 4) as unknown as [number, number, number, number];
    high = step === 1 ? Math.max(a, b, c, d) : Math.max(a, c);
    // The loop finds which element it is.
    if (high >= 2 ** 31 || (step === 2 && (b | d) !== 0)) return largest(places);
    if (counting && high < FEW_COUNTS) countKernel.run(n / step, from, 4 * step, counts);
  }
  return high;
}

function sendCounts(length: number, counts: Int32Array): void {
  const at = tilePointer(COUNTS_TILE) / 4;
  counts.set(heap.i32.subarray(at, at + length));
}

function misplaced(words: Int32Array, k: number, step: 1 | 2): ValueError {
  const value = step === 1 ? words[k]! : words[k + 1]! * 2 ** 32 + (words[k]! >>> 0);
  if (value < 0) return new ValueError(`bincount: x holds ${value}; it counts integers from 0 on`);
  return new ValueError(`bincount: x holds ${value}, and counts up to there would need too much memory`);
}

function weightsOf(weights: ArrayInput, length: number): Float64Array {
  const given = asarray(weights);
  if (given.ndim !== 1 || given.size !== length) {
    throw new ShapeError(
      `bincount: weights have shape ${shapeText(given.layout.shape)}, but x has ${length} elements`,
    );
  }
  requireCast(given.dtype, plain.float64, "safe", "bincount: weights");
  return denseOf(given, plain.float64, "bincount");
}

function countInto({ words, step }: Places, counts: Int32Array): void {
  for (let k = 0; k < words.length; k += step) counts[words[k]!]!++;
}

function sumInto({ words, step }: Places, weights: Float64Array, sums: Float64Array): void {
  for (let k = 0, at = 0; at < weights.length; k += step, at++) sums[words[k]!]! += weights[at]!;
}
