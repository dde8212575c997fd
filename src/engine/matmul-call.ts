/**
 * The call of a product as a generalised ufunc: from operands and options to the places that matmul.ts works on.
 *
 * The result is what it would be if the operands had been copied first. Unlike an element-wise operation a product reads
 * its operands again after it has written, so a result that shares memory with one of them, however it lies, is made
 * beside it and then copied.
 */

import { hiddenReason } from "../array/allocate.ts";
import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import type { TypedPlace } from "../array/cast.ts";
import { mayClash } from "../array/clash.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { BESIDE, checkOrder, placeOf, workingCopy } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import { mayCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { cStrides, fStrides, isSameShape, sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { selfOverlap } from "../layout/overlap.ts";
import type { Loop } from "./loop.ts";
import { multiplyMatrices } from "./matmul.ts";
import {
  type AxesOptions,
  axesFrom,
  type CoreAxes,
  type CoreDims,
  dimOf,
  dimsOf,
  misfit,
  type ProductForm,
  type Split,
  splitAxes,
} from "./matmul-axes.ts";
import { requireInputs, resolveDTypes, resolveSigned, signatureFrom } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { outsFrom, type UfuncOptions } from "./ufunc-options.ts";
import { requireOut } from "./ufunc-outputs.ts";

/** The loops of products: one for each dtype. */
export const PRODUCT_LOOPS = "nn->n: ?bBhHiIlLefdFD";

/** The options of a product. */
export interface ProductOptions extends Omit<UfuncOptions, "where">, AxesOptions {}

/** A product, as the table of products has it. */
export interface Product extends ProductForm {
  readonly core: UfuncCore;
  /** Whether the first operand is conjugated. */
  readonly conjugate: boolean;
}

/** Calls a product of arrays. */
export function callProduct(
  product: Product,
  left: ArrayInput,
  right: ArrayInput,
  options: ProductOptions | undefined,
): NDArray {
  const quick = multiplyQuick(product, left, right, options);
  return quick ?? multiplyAny(product, left, right, optionsFrom(options, product.name));
}

/** The short way of matrices and vectors of one dtype that go into fresh memory or into memory apart, or null. */
function multiplyQuick(
  product: Product,
  a: ArrayInput,
  b: ArrayInput,
  options: ProductOptions | undefined,
): NDArray | null {
  if (product.name !== "matmul" || !(a instanceof NDArray && b instanceof NDArray)) return null;
  if (options === undefined) return multiplyPlain(product.name, a, b, false, null);
  if (typeof options !== "object" || options === null) return null;
  for (const key in options) if (key !== "out") return null;
  const out = options.out instanceof NDArray ? options.out : null;
  return out === null || !isApart(out, a, b) ? null : multiplyPlain(product.name, a, b, false, out);
}

/**
 * The sums of products along the last axis of one operand and the first of the other, both of one dtype and of one or two
 * axes; null for any others. An `out` must be a matrix that can be written at once.
 */
export function multiplyPlain(
  name: string,
  a: NDArray,
  b: NDArray,
  conjugate: boolean,
  out: NDArray | null,
): NDArray | null {
  if (a.dtype !== b.dtype || a.dtype.composition !== null) return null;
  const [x, y] = [a.layout.shape, b.layout.shape];
  const isRow = x.length === 1;
  const isColumn = y.length === 1;
  if (!((isRow || x.length === 2) && (isColumn || y.length === 2))) return null;
  const [m, k] = isRow ? [1, x[0]!] : (x as [number, number]);
  const n = isColumn ? 1 : y[1]!;
  if (k !== y[0]) return null;
  const shape = isRow ? (isColumn ? [] : [n]) : isColumn ? [m] : [m, n];
  if (out !== null && !isSameShape(out.layout.shape, shape)) return null;
  bringNear(a);
  bringNear(b);
  const c = out ?? unsetArray(shape, a.dtype, "C", name);
  const batch: readonly number[] = [];
  const places = { a: asRow(a, isRow), b: asColumn(b, isColumn), c: asRow(c, isRow) };
  if (!isRow && isColumn) places.c = asColumn(c, true);
  multiplyMatrices({ batch, m, n, k, ...places, conjugate });
  return c;
}

/** Where a matrix is, or a vector as the only row of one. */
function asRow(a: NDArray, isRow: boolean): TypedPlace {
  const place = placeOf(a);
  return isRow ? { ...place, strides: [0, place.strides[0] ?? 0] } : place;
}

/** The same of a vector as the only column. */
function asColumn(a: NDArray, isColumn: boolean): TypedPlace {
  const place = placeOf(a);
  return isColumn ? { ...place, strides: [place.strides[0] ?? 0, 0] } : place;
}

/** Whether a matrix can be written at once without another question. */
function isApart(out: NDArray, a: NDArray, b: NDArray): boolean {
  if (out.dtype !== a.dtype || out.ndim !== 2 || (out.bits & WRITEABLE) === 0) return false;
  return out.isContiguous("C") && !mayClash(a, out, 0) && !mayClash(b, out, 0);
}

/** Calls a product of anything. */
function multiplyAny(
  product: Product,
  left: ArrayInput,
  right: ArrayInput,
  options: ProductOptions,
): NDArray {
  const [a, b] = [asarray(left), asarray(right)] as [NDArray, NDArray];
  if ("where" in options) throw new ValueError(`${product.name}: there is no where; a product has no mask`);
  const [aAxes, bAxes, cAxes] = axesFrom(product, options) as [
    CoreAxes | null,
    CoreAxes | null,
    CoreAxes | null,
  ];
  const x = splitAxes(a.layout, dimsOf(product, "left", a.ndim), aAxes, product.name);
  const y = splitAxes(b.layout, dimsOf(product, "right", b.ndim), bAxes, product.name);
  if (dimOf(x, "k")[0] !== dimOf(y, "k")[0]) throw misfit(product, a.layout, b.layout, x, y);
  const loop = loopFor(product.core, a, b, options);
  const out = outsFrom(product.core, options.out)[0] ?? null;
  const result = resultOf(product, loop.outputs[0]!, [a, b], [x, y], cAxes, out, options);
  multiplyInto(product, loop.outputs[0]!, a, b, x, y, result);
  if (out === null || result.array === out) return result.array;
  assign(out, result.array, { casting: "unsafe", caller: product.name });
  return out;
}

function loopFor(core: UfuncCore, a: NDArray, b: NDArray, options: ProductOptions): Loop {
  const { casting = "same_kind" } = options;
  const signature = signatureFrom(core, options.dtype, options.sig ?? options.signature);
  const codes = [a.dtype.num, b.dtype.num];
  if (signature !== null) return resolveSigned(core, codes, signature, casting);
  const loop = resolveDTypes(core, [a.dtype, b.dtype]);
  if (casting !== "same_kind") requireInputs(core, codes, loop, casting);
  return loop;
}

/** Where the products go: an array, and its axes taken apart. */
interface Result {
  readonly array: NDArray;
  readonly split: Split;
}

function resultOf(
  product: Product,
  dtype: Descriptor,
  arrays: readonly [NDArray, NDArray],
  splits: readonly [Split, Split],
  axes: CoreAxes | null,
  out: NDArray | null,
  options: ProductOptions,
): Result {
  const [x, y] = splits;
  const dims: CoreDims = [...x.dims.filter((dim) => dim === "m"), ...y.dims.filter((dim) => dim === "n")];
  const kept = options.keepdims === true;
  const core = kept ? [1] : dims.map((dim) => dimOf(dim === "m" ? x : y, dim)[0]);
  const at = kept && axes === null ? [-1] : axes;
  const stacks = [x.shape, y.shape];
  const split = (array: NDArray): Split => {
    const parts = splitAxes(array.layout, kept ? ["k"] : dims, at, product.name);
    return kept ? { ...parts, dims: [], lengths: [], steps: [] } : parts;
  };
  const places = (batch: readonly number[]) => mergedShape(batch, core, at, product.name);
  if (out === null) {
    const batch = broadcastShapes(stacks, product.name);
    const array = freshResult(
      product.name,
      dtype,
      arrays,
      splits,
      batch,
      core,
      places(batch),
      options.order ?? "K",
    );
    return { array, split: split(array) };
  }
  // An output may have a larger stack than the operands: they are stretched to it.
  const extra = out.layout.shape.slice(0, Math.max(0, out.ndim - core.length));
  const own = axes === null && !kept ? extra : outStack(out, at, core.length, product.name);
  const shape = places(broadcastShapes([...stacks, own], product.name)).shape;
  requireOut(product.core, out, dtype, shape, options.casting ?? "same_kind");
  if (mayWriteInto(out, dtype, arrays)) return { array: out, split: split(out) };
  const array = unsetArray(shape, dtype, "C", hiddenReason(product.name, BESIDE));
  return { array, split: split(array) };
}

function outStack(out: NDArray, axes: CoreAxes | null, count: number, caller: string): number[] {
  if (out.ndim < count) return [];
  const taken = normalizeAxes(axes ?? [], out.ndim, caller);
  return out.shape.filter((_, k) => !taken.includes(k));
}

/** The shape of the result, and where each of its axes comes from: those of the stack first, then those of the matrix. */
function mergedShape(
  batch: readonly number[],
  core: readonly number[],
  axes: CoreAxes | null,
  caller: string,
): { shape: number[]; from: number[] } {
  const ndim = batch.length + core.length;
  const at = axes === null ? core.map((_, j) => batch.length + j) : normalizeAxes(axes, ndim, caller);
  if (at.length !== core.length) {
    throw new ValueError(
      `${caller}: axes ${textOf(axes)} of the result must name ${core.length}; the last entry of axes is its own`,
    );
  }
  const from = new Array<number>(ndim).fill(-1);
  for (const [j, axis] of at.entries()) from[axis] = batch.length + j;
  let next = 0;
  for (let k = 0; k < ndim; k++) if (from[k] === -1) from[k] = next++;
  const all = [...batch, ...core];
  return { shape: from.map((k) => all[k]!), from };
}

/** A fresh result: matrices dense in C order, stacked as the operands are; or all in one order. */
function freshResult(
  name: string,
  dtype: Descriptor,
  arrays: readonly NDArray[],
  splits: readonly Split[],
  batch: readonly number[],
  core: readonly number[],
  { shape, from }: { shape: number[]; from: number[] },
  order: "C" | "F" | "A" | "K",
): NDArray {
  const wanted = checkOrder(order, name);
  const inF = wanted === "F" || (wanted === "A" && arrays.every((a) => a.isContiguous("F")));
  const { itemsize } = dtype;
  const inner = cStrides(core, itemsize);
  let strides: number[];
  if (inF) strides = fStrides([...batch, ...core], itemsize);
  else if (wanted === "K") {
    const stacks = splits.map((split) => stretched(split, batch));
    strides = [...allocatedStrides(batch, stacks, itemsize * sizeOf(core)), ...inner];
  } else strides = cStrides([...batch, ...core], itemsize);
  if (sizeOf(shape) === 0) strides = strides.map(() => 0);
  return unsetArray(
    shape,
    dtype,
    from.map((k) => strides[k]!),
    name,
  );
}

function stretched({ shape, strides }: Split, batch: readonly number[]): readonly number[] {
  return broadcastLayout({ shape, strides, offset: 0 }, batch)!.strides;
}

/** Candidates that the overlap test may try before a copy is the cheaper answer. */
const WORK = 1;

/** Whether products may be written to `out` at once. */
export function mayWriteInto(out: NDArray, dtype: Descriptor, arrays: readonly NDArray[]): boolean {
  if (out.dtype !== dtype || selfOverlap(out.layout, out.itemsize, WORK) !== "no") return false;
  return !arrays.some((a) => mayClash(a, out, WORK));
}

function multiplyInto(
  product: Product,
  dtype: Descriptor,
  a: NDArray,
  b: NDArray,
  x: Split,
  y: Split,
  { array, split }: Result,
): void {
  const [m, n] = [dimOf(x, "m"), dimOf(y, "n")];
  const left = operand(a, x, dtype, product.name);
  const right = operand(b, y, dtype, product.name);
  const place = (from: NDArray, parts: Split, steps: number[]): TypedPlace => ({
    storage: from.storage,
    offset: from.layout.offset,
    dtype: from.dtype,
    strides: [...stretched(parts, split.shape), ...steps],
  });
  const rows = dimOf(left.split, "m")[1];
  multiplyMatrices({
    batch: split.shape,
    m: m[0],
    n: n[0],
    k: dimOf(x, "k")[0],
    a: place(left.array, left.split, [rows, dimOf(left.split, "k")[1]]),
    b: place(right.array, right.split, [dimOf(right.split, "k")[1], dimOf(right.split, "n")[1]]),
    c: place(array, split, [dimOf(split, "m")[1], dimOf(split, "n")[1]]),
    conjugate: product.conjugate,
  });
}

/** An operand that blocks can be read of: one that is not held by the loop's dtype is cast to it first. */
function operand(
  a: NDArray,
  split: Split,
  dtype: Descriptor,
  caller: string,
): { array: NDArray; split: Split } {
  if (isReadable(a.dtype, dtype)) return { array: a, split };
  const array = workingCopy(a, dtype, "K", caller);
  return { array, split: splitAxes(array.layout, split.dims, split.axes, caller) };
}

/** Whether blocks can be read of an operand as it is: casting them to what is computed in comes to the same. */
export function isReadable(from: Descriptor, to: Descriptor): boolean {
  if (from === to) return true;
  if (to === plain.bool) return false;
  return mayCast(from, to) || (isInteger(from) && isInteger(to));
}

function isInteger({ kind }: Descriptor): boolean {
  return kind === "i" || kind === "u";
}
