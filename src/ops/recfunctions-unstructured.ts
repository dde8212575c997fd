/** Fields as an axis, and an axis as fields. */

import { isDTypeArgument, optionsFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import { inOrder } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import { type Casting, requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import { packStruct, unpackSubarray } from "../dtype/struct.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";
import { axesBySpeed } from "../layout/order.ts";
import { fieldsOf } from "./recfunctions-names.ts";

/** Elements of one plain dtype that lie one behind the other in an element with fields. */
interface Leaf {
  readonly dtype: Descriptor;
  readonly count: number;
  readonly offset: number;
}

/** Elements with fields that lie in one element are met one by one: more are refused. */
const MOST_REPEATED = 1_000_000;

/** The plain elements of an element with fields, in the order of the fields; none of a subarray without elements. */
function leavesOf(dtype: Descriptor, start: number): Leaf[] {
  return fieldsOf(dtype, "recfunctions").flatMap(({ dtype: own, offset }) => {
    const inner = unpackSubarray(own);
    const count = sizeOf(inner.shape);
    const at = start + offset;
    if (inner.dtype.fields === null) return [{ dtype: inner.dtype, count, offset: at }];
    if (count > MOST_REPEATED) {
      throw new ValueError(`recfunctions: ${count} elements with fields within one are too many`);
    }
    return Array.from({ length: count }, (_, k) =>
      leavesOf(inner.dtype, at + k * inner.dtype.itemsize),
    ).flat();
  });
}

/** How `structuredToUnstructured` casts. */
export interface StructuredToUnstructuredOptions {
  /** The dtype of the result; that of all fields promoted if left out. */
  readonly dtype?: DTypeLike | null | undefined;
  /** Whether to copy also where a view would do. */
  readonly copy?: boolean | undefined;
  /** The rule that casts must obey; `"unsafe"` if left out. */
  readonly casting?: Casting | undefined;
}

/**
 * The fields as a last axis, those within fields and subarrays one after the other. Returns a view where all fields are of
 * the dtype and equally far apart, else a copy.
 *
 * @param options a dtype, or `{ dtype, copy, casting }`
 * @throws DTypeError when there are no fields, or `casting` does not allow a cast
 * @example
 * const s = np.array([{ x: 1, y: 2 }, { x: 3, y: 4 }], [["x", "i4"], ["y", "f8"]]);
 * np.recfunctions.structuredToUnstructured(s).tolist(); // [[1, 2], [3, 4]]
 */
export function structuredToUnstructured(
  a: NDArray,
  options: DTypeLike | StructuredToUnstructuredOptions | null = {},
): NDArray {
  const caller = "structuredToUnstructured";
  const given: StructuredToUnstructuredOptions = isDTypeArgument(options)
    ? { dtype: options }
    : optionsFrom(options, caller);
  const { dtype = null, copy = false, casting = "unsafe" } = given;
  requireArray(a, caller);
  const leaves = leavesOf(a.dtype, 0);
  if (leaves.length === 0) throw new ValueError(`${caller}: the dtype ${a.dtype} has no field`);
  const wanted =
    dtype === null
      ? promoteAll(
          leaves.map((leaf) => leaf.dtype),
          caller,
        )
      : descriptorFor(dtype);
  const { shape, strides, offset } = a.layout;
  const count = leaves.reduce((sum, leaf) => sum + leaf.count, 0);
  const step =
    copy || leaves.some((leaf) => !leaf.dtype.equals(wanted)) ? null : commonStep(leaves, wanted.itemsize);
  if (step !== null) {
    const layout = {
      shape: [...shape, count],
      strides: [...strides, step],
      offset: offset + leaves[0]!.offset,
    };
    return a.retype(layout, wanted);
  }
  for (const leaf of leaves) requireCast(leaf.dtype, wanted, casting, caller);
  const made = emptyArray([...shape, count], wanted, nested(a, count, wanted.itemsize), caller);
  moveLeaves(leaves, placeOf(a), placeOf(made), shape, true);
  return made;
}

/** As `a` lies in memory, with a last axis that lies together. */
function nested(a: NDArray, count: number, itemsize: number): number[] {
  const { shape, strides } = a.layout;
  const made = new Array<number>(shape.length + 1).fill(itemsize);
  let step = itemsize * count;
  for (const axis of axesBySpeed(strides).reverse()) {
    made[axis] = step;
    step *= shape[axis]!;
  }
  return step === 0 ? made.fill(0) : made;
}

/** How far each plain element is from the next, where that is always the same. */
function commonStep(leaves: readonly Leaf[], itemsize: number): number | null {
  const [first, second] = leaves as [Leaf, Leaf?];
  // Within a subarray elements lie side by side.
  const step = first.count > 1 || second === undefined ? itemsize : second.offset - first.offset;
  let last: number | null = null;
  for (const { count, offset } of leaves) {
    if ((count > 1 && step !== itemsize) || (last !== null && offset - last !== step)) return null;
    last = offset + (count - 1) * itemsize;
  }
  return step;
}

type Place = ReturnType<typeof placeOf>;

/** Casts the plain elements of elements with fields to those of a last axis, or back. */
function moveLeaves(
  leaves: readonly Leaf[],
  structured: Place,
  plain: Place,
  shape: readonly number[],
  out: boolean,
): void {
  const lead = structured.strides.slice(0, shape.length);
  const last = plain.strides.at(-1)!;
  let at = plain.offset;
  for (const { dtype, count, offset } of leaves) {
    const here = {
      ...structured,
      dtype,
      strides: [...lead, dtype.itemsize],
      offset: structured.offset + offset,
    };
    const there = { ...plain, offset: at };
    if (out) castElements([...shape, count], here, there);
    else castElements([...shape, count], there, here);
    at += count * last;
  }
}

/** How `unstructuredToStructured` makes fields. */
export interface UnstructuredToStructuredOptions {
  /** The dtype of the result; fields of the dtype of the array if left out. */
  readonly dtype?: DTypeLike | null | undefined;
  /** The names of the fields; f0, f1, … if left out. */
  readonly names?: readonly string[] | null | undefined;
  /** Whether fields stand where C would put them. */
  readonly align?: boolean | undefined;
  /** Whether to copy also where a view would do. */
  readonly copy?: boolean | undefined;
  /** The rule that casts must obey; `"unsafe"` if left out. */
  readonly casting?: Casting | undefined;
}

/**
 * The last axis as fields. Returns a view where the array is C-contiguous and the fields are of its dtype without gaps, else
 * a copy.
 *
 * @param options a dtype, or `{ dtype, names, align, copy, casting }`
 * @throws ShapeError when the last axis is not as long as there are fields
 * @example
 * np.recfunctions.unstructuredToStructured([[1, 2], [3, 4]], { names: ["x", "y"] }).at(1); // { x: 3, y: 4 }
 */
export function unstructuredToStructured(
  a: ArrayInput,
  options: DTypeLike | UnstructuredToStructuredOptions | null = {},
): NDArray {
  const caller = "unstructuredToStructured";
  const given: UnstructuredToStructuredOptions = isDTypeArgument(options)
    ? { dtype: options }
    : optionsFrom(options, caller);
  const { copy = false, casting = "unsafe" } = given;
  const x: NDArray = asarray(a);
  const length = x.layout.shape.at(-1);
  if (length === undefined) throw new ValueError(`${caller}: an array without axes has none for fields`);
  if (length === 0) throw new ValueError(`${caller}: a last axis of length 0 gives no field`);
  const wanted = structFor(x, length, given, caller);
  const leaves = leavesOf(wanted, 0);
  if (leaves.reduce((sum, leaf) => sum + leaf.count, 0) !== length) {
    throw new ShapeError(
      `${caller}: the last axis of shape ${shapeText(x.layout.shape)} is not as long as the dtype ${wanted} has fields`,
    );
  }
  for (const leaf of leaves) requireCast(x.dtype, leaf.dtype, casting, caller);
  const dense: NDArray = inOrder(x, null, "C", caller);
  const shape = x.layout.shape.slice(0, -1);
  const same = leaves.every((leaf) => leaf.dtype.equals(x.dtype));
  if (
    !copy &&
    same &&
    leaves[0]!.offset === 0 &&
    commonStep(leaves, x.itemsize) === x.itemsize &&
    wanted.itemsize === length * x.itemsize
  ) {
    return dense.retype(
      { shape, strides: dense.layout.strides.slice(0, -1), offset: dense.layout.offset },
      wanted,
    );
  }
  const made = emptyArray(shape, wanted, "C", caller);
  moveLeaves(leaves, placeOf(made), placeOf(dense), shape, false);
  return made;
}

function structFor(
  x: NDArray,
  length: number,
  { dtype = null, names = null, align = false }: UnstructuredToStructuredOptions,
  caller: string,
): Descriptor {
  if (dtype !== null) {
    if (names !== null) throw new ValueError(`${caller}: give a dtype or names, not both`);
    const wanted = descriptorFor(dtype);
    if (wanted.fields === null) throw new DTypeError(`${caller}: dtype ${wanted} has no fields`);
    if (align && !wanted.isalignedstruct)
      throw new ValueError(`${caller}: align is true, but the dtype is not aligned`);
    return wanted;
  }
  const list = names ?? Array.from({ length }, (_, k) => `f${k}`);
  return packStruct(
    list.map((name) => ({ name, dtype: x.dtype })),
    align,
  );
}

/**
 * What a function makes of the fields of each element, which it gets as the last axis: `fn(values, -1)`, so that a reduction
 * such as `mean` can be given.
 *
 * @throws DTypeError when there are no fields
 * @example
 * const s = np.array([{ x: 1, y: 2 }, { x: 3, y: 6 }], [["x", "i4"], ["y", "f8"]]);
 * np.recfunctions.applyAlongFields(np.mean, s).tolist(); // [1.5, 4.5]
 */
export function applyAlongFields<R>(fn: (values: NDArray, axis: number) => R, a: NDArray): R {
  if (typeof fn !== "function") throw new ValueError(`applyAlongFields: ${textOf(fn)} is no function`);
  requireArray(a, "applyAlongFields");
  return fn(structuredToUnstructured(a), -1);
}
