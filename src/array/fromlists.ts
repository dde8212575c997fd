/**
 * Making an array of nested lists: finding out its shape and dtype (discover.ts), then writing its elements.
 */

import { isDate } from "../dtype/dates.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { isString } from "../dtype/strings.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import type { PlainDType } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { DTypeError, IndexError, isNdError, type NdError, ShapeError, ValueError } from "../errors.ts";
import { denseLayout } from "../layout/layout.ts";
import { hiddenReason } from "./allocate.ts";
import { castElements } from "./cast.ts";
import { dateLoop } from "./date-lists.ts";
import {
  blockOf,
  discoverDType,
  discoverUnit,
  discoverWidth,
  type Nest,
  nestOf,
  placeText,
  requireSame,
  whyNot,
} from "./discover.ts";
import { castInto, LIST, placeOf } from "./duplicate.ts";
import { emptyArray } from "./fresh.ts";
import { type ListLoop, listLoops } from "./listloops.ts";
import { NDArray } from "./ndarray.ts";

/** A fresh array of a scalar, of nested lists, or of elements with fields. */
export function fromLists(
  value: unknown,
  dtype: Descriptor | null,
  order: "C" | "F",
  caller: string,
): NDArray {
  if (dtype !== null && dtype.subdtype !== null) {
    return castInto(fromLists(value, unpackSubarray(dtype).dtype, "C", caller), dtype, order, caller);
  }
  return written(nestOf(value, dtype, caller), dtype, order, caller);
}

/** A fresh array of a shape of the elements in one list: what is in it is an element, also if it is a list. */
export function fromElements(
  list: readonly unknown[],
  shape: readonly number[],
  dtype: Descriptor | null,
  caller: string,
): NDArray {
  const line = written(nestOf(list, dtype, caller, 1), dtype, "C", caller);
  const all = [...shape, ...line.layout.shape.slice(1)];
  return new NDArray(
    line.storage,
    denseLayout(all, line.itemsize, "C", line.layout.offset),
    line.dtype,
    null,
    line.bits,
  );
}

function written(nest: Nest, asked: Descriptor | null, order: "C" | "F", caller: string): NDArray {
  const dtype = asked === null ? discoverDType(nest) : withWidth(nest, asked);
  // Who calls `array` asks for a copy; other functions make one of each list that they are given.
  const isHidden = caller !== "array" && nest.shape.length > 0;
  const made = emptyArray(nest.shape, dtype, order, isHidden ? hiddenReason(caller, LIST) : caller);
  const loop = loopFor(dtype);
  const target = made.storage.lane(dtype.lane as never) as never;
  const job: Writing = { nest, dtype, made, loop, target };
  const { value, shape } = nest;
  const isList = shape.length > 0 && Array.isArray(value);
  // What is asked for its elements may call anything.
  if (isList) made.storage.still(() => writeList(job, value, 0, made.layout.offset));
  else writeNode(job, value, 0, made.layout.offset);
  return made;
}

function loopFor(dtype: Descriptor): ListLoop | null {
  if (isDate(dtype)) return dateLoop(dtype);
  return dtype.composition === null ? listLoops[dtype.type as PlainDType] : null;
}

/** A dtype of strings that leaves its width open gets that of the longest element; one of dates the unit of all. */
function withWidth(nest: Nest, asked: Descriptor): Descriptor {
  if (isDate(asked) && asked.unit!.base === 0) return discoverUnit(nest, asked);
  return isString(asked) && asked.itemsize === 0 ? discoverWidth(nest, asked) : asked;
}

/** What stays the same while the elements are written. */
interface Writing {
  readonly nest: Nest;
  /** The dtype of an element: a subarray dtype where that of the array is the one inside. */
  readonly dtype: Descriptor;
  readonly made: NDArray;
  readonly loop: ListLoop | null;
  readonly target: never;
}

function writeList(job: Writing, list: readonly unknown[], axis: number, at: number): void {
  const { path, shape } = job.nest;
  if (axis === shape.length - 1) {
    writeLeaves(job, list, axis, at);
    return;
  }
  const stride = job.made.layout.strides[axis]!;
  for (let i = 0; i < shape[axis]!; i++) {
    const node = list[i];
    path[axis] = i;
    if (Array.isArray(node)) {
      requireSame(job.nest, axis + 1, node, null);
      writeList(job, node, axis + 1, at + i * stride);
    } else writeNode(job, node, axis + 1, at + i * stride);
  }
}

/** Writes an innermost list: in a loop what is plain, one by one what is not. */
function writeLeaves(job: Writing, list: readonly unknown[], axis: number, at: number): void {
  const { nest, dtype, made, loop, target } = job;
  const n = nest.shape[axis]!;
  const stride = made.layout.strides[axis]!;
  const unit = dtype.lane.BYTES_PER_ELEMENT;
  for (let i = 0; i < n; i++) {
    if (loop !== null) i = loop(list, i, n, target, at / unit, stride / unit);
    if (i === n) return;
    nest.path[axis] = i;
    writeNode(job, list[i], axis + 1, at + i * stride);
  }
}

/** Writes what is no list of elements: one element, or a block of them. */
function writeNode({ nest, dtype, made }: Writing, node: unknown, axis: number, at: number): void {
  const { shape, caller } = nest;
  const block = blockOf(node, dtype, caller);
  if (block !== null) {
    requireSame(nest, axis, node, block);
    const place = { ...placeOf(made), strides: made.layout.strides.slice(axis), offset: at };
    castElements(block.layout.shape, placeOf(block), place);
    return;
  }
  if (axis < shape.length || (Array.isArray(node) && dtype.kind !== "V")) requireSame(nest, axis, node, null);
  const element = coerced(nest, dtype, node, axis);
  dtype.access.write(made.storage.view, at, element);
}

function coerced(nest: Nest, dtype: Descriptor, node: unknown, axis: number): never {
  try {
    return dtype.access.coerce(node) as never;
  } catch (error) {
    if (!isNdError(error)) throw error;
    const text =
      dtype.kind === "V" || isDate(dtype) || isScalar(node) || typeof node === "string"
        ? error.message
        : whyNot(node);
    throw new classes[error.kind](`${nest.caller}: ${placeText(nest, axis)}${text}`);
  }
}

const classes: Readonly<Record<NdError["kind"], new (message: string) => NdError>> = {
  shape: ShapeError,
  index: IndexError,
  dtype: DTypeError,
  value: ValueError,
};
