import { castElements } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { lengthOf, type StringDType, stringDescriptor } from "../dtype/strings.ts";
import { plain } from "../dtype/table.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { cStrides, type Layout, sizeOf } from "../layout/layout.ts";
import { axesBySpeed, orderAxes } from "../layout/order.ts";

/**
 * Strings as rows of code points.
 *
 * Every function on strings is one loop over rows in a Uint32Array, whatever its operands are: bytes are code points
 * below 256. All operands of a call are walked in one order of axes, that in which the result lies in memory, so a result
 * is written from its first code point to its last. An operand whose elements lie in a line in that order is read where
 * it is; any other is copied first. A loop that meets one class of typed array stays fast.
 */

/** Element k has its code points from `codes[at + k * step]` on, `width` of them, the last ones perhaps 0. */
export interface StringRows {
  readonly codes: Uint32Array;
  readonly at: number;
  readonly step: number;
  readonly width: number;
}

/** An integer for each row, that of row k being `data[k * step]`; what 32 bits do not hold is the nearest that they do. */
export interface NumberRows {
  readonly data: Int32Array;
  readonly step: 0 | 1;
}

/** The shape of a call, how many rows that is, and its axes from the outermost to the innermost in memory. */
export interface Walk {
  readonly shape: readonly number[];
  readonly axes: readonly number[];
  readonly count: number;
}

/** The walk over operands of a shape: in the order in which they lie in memory, or in C order. */
export function walkOver(shape: readonly number[], operands: readonly NDArray[] | "C"): Walk {
  const count = sizeOf(shape);
  if (operands === "C" || shape.length < 2) return { shape, axes: shape.map((_, k) => k), count };
  const strides = operands.map((a) => broadcastLayout(a.layout, shape)!.strides);
  return { shape, axes: orderAxes(shape, strides).axes, count };
}

/** The walk over a shape in the order of one operand, as NumPy makes arrays like another one. */
export function walkLike(a: NDArray, shape: readonly number[]): Walk {
  const { layout, itemsize } = a;
  const inOrder = shape.map((_, k) => k);
  const isOwn = layout.shape.length === shape.length && !isCContiguous(layout, itemsize);
  const backwards = isOwn && isFContiguous(layout, itemsize);
  const axes = backwards ? inOrder.reverse() : isOwn ? axesBySpeed(layout.strides) : inOrder;
  return { shape, axes, count: sizeOf(shape) };
}

/** The layout of an operand, stretched to the shape of a walk, with its axes in the order of the walk. */
function walked(a: NDArray, { shape, axes }: Walk): Layout {
  const { strides, offset } = broadcastLayout(a.layout, shape)!;
  return { shape: axes.map((axis) => shape[axis]!), strides: axes.map((axis) => strides[axis]!), offset };
}

/** How many bytes lie between the elements when they lie in a line, else null. */
function lineStep({ shape, strides }: Layout): number | null {
  let step = 0;
  let span = 0;
  for (let k = shape.length - 1; k >= 0; k--) {
    if (shape[k] === 1) continue;
    if (span === 0) step = strides[k]!;
    else if (strides[k] !== step * span) return null;
    span = Math.max(span, 1) * shape[k]!;
  }
  return step;
}

/** The rows of an operand. */
export function rowsOf(a: NDArray, walk: Walk): StringRows {
  const width = lengthOf(a.dtype);
  const layout = walked(a, walk);
  if (walk.count === 0 || width === 0) return { codes: new Uint32Array(1), at: 0, step: 0, width };
  const step = lineStep(layout);
  // One element for all rows is brought into a row of its own.
  const single = step === 0;
  if (a.dtype.kind === "U" && step !== null && step % 4 === 0 && layout.offset % 4 === 0 && isWhole(a)) {
    return { codes: a.storage.lane(Uint32Array), at: layout.offset / 4, step: step / 4, width };
  }
  const shape = single ? [1] : layout.shape;
  const codes = codesOf(a, { shape, strides: single ? [0] : layout.strides, offset: layout.offset });
  return { codes, at: 0, step: single ? 0 : width, width };
}

/** Whether typed arrays of 32 bits can lie over the memory of an array. */
function isWhole({ storage }: NDArray): boolean {
  return storage.origin % 4 === 0;
}

/** All code points in the order of a layout. */
function codesOf(a: NDArray, layout: Layout): Uint32Array {
  const width = lengthOf(a.dtype);
  const count = sizeOf(layout.shape);
  const step = a.dtype.kind === "S" ? lineStep(layout) : null;
  if (step !== null) return widened(a.storage.lane(Uint8Array), layout.offset, count, step, width);
  const same = unsetArray(layout.shape, a.dtype, "C", "strings");
  castElements(layout.shape, placeOf(a, layout), placeOf(same));
  if (a.dtype.kind === "U") return codesIn(same, count * width);
  return widened(same.storage.lane(Uint8Array), same.layout.offset, count, width, width);
}

/** Bytes as code points. */
function widened(bytes: Uint8Array, from: number, count: number, step: number, width: number): Uint32Array {
  const codes = scratchCodes(count * width);
  if (step === width) {
    codes.set(bytes.subarray(from, from + count * width));
    return codes;
  }
  for (let k = 0, to = 0, at = from; k < count; k++, at += step) {
    for (let c = 0; c < width; c++) codes[to++] = bytes[at + c]!;
  }
  return codes;
}

/** Room for code points; too many are an error like that of an array. */
function scratchCodes(n: number): Uint32Array {
  return codesIn(unsetArray([n], plain.uint32, "C", "strings"), n);
}

/** The code points of a fresh array, from its first to its last byte. */
function codesIn(a: NDArray, n: number): Uint32Array {
  const first = a.layout.offset / 4;
  return a.storage.lane(Uint32Array).subarray(first, first + n);
}

/** The integers of an operand, one for each row; it must be of a dtype of real numbers. */
export function numbersOf(a: NDArray, walk: Walk): NumberRows {
  const single = a.size === 1;
  const layout = single ? { shape: [1], strides: [0], offset: a.layout.offset } : walked(a, walk);
  const dense = unsetArray(layout.shape, plain.float64, "C", "strings");
  castElements(layout.shape, placeOf(a, layout), placeOf(dense));
  const first = dense.layout.offset / 8;
  const doubles = dense.storage.lane(Float64Array);
  const data = new Int32Array(single ? 1 : walk.count);
  for (let k = 0; k < data.length; k++)
    data[k] = Math.min(Math.max(doubles[first + k]!, -(2 ** 31)), 2 ** 31 - 1);
  return { data, step: single ? 0 : 1 };
}

/** A fresh result that lies as the walk goes: all zeros. */
export function resultOf<D extends Descriptor>(walk: Walk, dtype: D): NDArray {
  const { shape, axes } = walk;
  const own = cStrides(
    axes.map((axis) => shape[axis]!),
    dtype.itemsize,
  );
  const strides = new Array<number>(shape.length);
  for (const [k, axis] of axes.entries()) strides[axis] = walk.count === 0 ? 0 : own[k]!;
  return emptyArray(shape, dtype, axes.every((axis, k) => axis === k) ? "C" : strides, "strings");
}

/** A fresh result of strings, and the rows of code points to write it in: zeros. `finish` gives the array. */
export interface StringResult {
  readonly codes: Uint32Array;
  readonly width: number;
  finish(): NDArray;
}

/** A result of strings of a kind and a width; one of no width gets room for one character, as fresh arrays do. */
export function stringResult(walk: Walk, type: StringDType, wanted: number): StringResult {
  const width = Math.max(1, wanted);
  const made = resultOf(walk, stringDescriptor(type, width));
  const n = walk.count * width;
  if (type === "str") return { codes: codesIn(made, n), width, finish: () => made };
  const codes = codesIn(emptyArray([n], plain.uint32, "C", "strings"), n);
  const finish = () => {
    const bytes = made.storage.lane(Uint8Array);
    const { offset } = made.layout;
    bytes.set(codes, offset);
    return made;
  };
  return { codes, width, finish };
}

/** A fresh result of bools, and its bytes in the order of the walk. */
export function boolResult(walk: Walk): { made: NDArray<"bool">; data: Uint8Array } {
  const made = resultOf(walk, plain.bool) as NDArray<"bool">;
  const { offset } = made.layout;
  return { made, data: made.storage.lane(Uint8Array).subarray(offset, offset + walk.count) };
}

/** A fresh result of int32, and its elements in the order of the walk. */
export function intResult(walk: Walk): { made: NDArray<"int32">; data: Int32Array } {
  const made = resultOf(walk, plain.int32) as NDArray<"int32">;
  const first = made.layout.offset / 4;
  return { made, data: made.storage.lane(Int32Array).subarray(first, first + walk.count) };
}

/** How many code points a row has before its last zeros. */
export function lengthAt(codes: Uint32Array, at: number, width: number): number {
  let end = at + width;
  while (end > at && codes[end - 1] === 0) end--;
  return end - at;
}

/** The integer of row k. */
export function integerAt({ data, step }: NumberRows, k: number): number {
  return data[k * step]!;
}
