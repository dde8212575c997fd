import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import { isScalar } from "../dtype/weak.ts";
import { ValueError } from "../errors.ts";
import { type BasicIndex, elementOffset, flatOffset, indexLayout } from "../layout/basic.ts";
import { checkedSize, type Layout, requireListable, shapeText } from "../layout/layout.ts";
import { isSlice } from "../layout/slice.ts";
import { assign, fillElement } from "./assign.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { requireWriteable } from "./flags.ts";
import { elementArray } from "./fresh.ts";
import { scatterPlanned } from "./gather.ts";
import { scatterFew } from "./gatherline.ts";
import { type Index, type IndexPart, partsOf, planIndex } from "./index-plan.ts";
import { NDArray, requireArray } from "./ndarray.ts";

/**
 * Writes through an index: what `gather` reads. The value is broadcast; what it is cast from an array is cast without a
 * question, what it is of JS values must fit the dtype. The result is what it would be if value and index had been copied
 * first; where an index names an element twice, the last value in C order stays.
 *
 * @param index one part, or a list of them: an integer, a slice, `"..."`, null, a mask, an array or a list of integers
 * @throws IndexError when the index is out of bounds, or is none; nothing has been written then.
 * @throws ValueError when the array is read-only or a value does not fit its dtype.
 * @throws ShapeError when the value does not broadcast to what the index selects.
 * @example
 * const a = np.zeros([2, 3]);
 * a.set([0, 1], 5);
 * a.set([":", "::-1"], [1, 2, 3]);
 * a.set([[0, 1], [2, 0]], 7); // elements (0, 2) and (1, 0)
 * a.set(np.greater(a, 2), 0);
 */
export function setAt(a: NDArray, index: Index, value: ArrayInput): void {
  const parts = partsOf(index);
  let isOne = parts.length === a.layout.shape.length;
  let isBasic = true;
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k];
    if (typeof part === "number") continue;
    isOne = false;
    if (typeof part !== "string" && part !== null && typeof part !== "bigint" && !isSlice(part))
      isBasic = false;
  }
  requireWriteable(a, "set");
  if (isOne) setElement(a, parts as readonly number[], value);
  else if (isBasic) setView(a.viewAs(indexLayout(a.layout, parts as readonly BasicIndex[])), value);
  else setNamed(a, parts, value);
}

function setNamed(a: NDArray, parts: readonly IndexPart[], value: ArrayInput): void {
  if (scatterFew(a, parts, value)) return;
  const plan = planIndex(a.layout, parts, "set");
  if (plan.shape === null && plan.mask === null) setView(a.viewAs(plan.view), value);
  else scatterPlanned(a, plan, valueOf(value, a.dtype), "set");
}

/** @internal A value as an array, for elements of a dtype: what is no array must fit it. */
export function valueOf(value: ArrayInput, dtype: Descriptor): NDArray {
  if (value instanceof NDArray) return value;
  if (isElement(value, dtype)) return elementArray(dtype.access.coerce(value), dtype, "set");
  return ArrayBuffer.isView(value) ? asarray(value) : asarray(value, dtype);
}

function setElement(a: NDArray, index: readonly number[], value: ArrayInput): void {
  const at = elementOffset(a.layout, index);
  if (value instanceof NDArray) setView(a.viewAs({ shape: [], strides: [], offset: at }), onlyElement(value));
  else {
    // Coerced first: a getter in the value may take the buffer away.
    const element = a.dtype.access.coerce(value);
    a.dtype.access.write(a.storage.view, at, element);
  }
}

function onlyElement(value: NDArray): NDArray {
  if (value.ndim === 0) return value;
  throw new ValueError(
    `set: an array of shape ${shapeText(value.layout.shape)} cannot become one element; index a range, such as "0:1"`,
  );
}

function setView(view: NDArray, value: ArrayInput): void {
  const { dtype } = view;
  if (value instanceof NDArray) assign(view, value, { casting: "unsafe", caller: "set", strip: true });
  else if (isElement(value, dtype)) fillElement(view, dtype.access.coerce(value), "set");
  else
    assign(view, ArrayBuffer.isView(value) ? asarray(value) : asarray(value, dtype), {
      casting: "unsafe",
      caller: "set",
    });
}

/** @internal Whether a value stands for one element: lists are lists of elements, also where an element has fields. */
export function isElement(value: unknown, dtype: Descriptor): boolean {
  if (dtype.kind !== "V") return isScalar(value) || typeof value !== "object" || value === null;
  return dtype.fields === null || !(Array.isArray(value) || ArrayBuffer.isView(value));
}

/**
 * One element as a JS value: the only one, the one at a position in C order, or the one at a full index.
 *
 * @throws ValueError without an index when the array has not exactly one element.
 * @throws IndexError when the index is out of bounds, or has neither one nor as many integers as there are axes.
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * a.item(2); // 3
 * a.item(1, -1); // 4
 */
export function item<D extends DType>(a: NDArray<D>, ...index: number[]): Value<D> {
  requireArray(a, "item");
  return a.dtype.access.read(a.storage.view, itemOffset(a, index));
}

function itemOffset(a: NDArray, index: readonly number[]): number {
  if (index.length === 1) return flatOffset(a.layout, index[0]!);
  if (index.length > 0) return elementOffset(a.layout, index);
  if (a.size === 1) return a.layout.offset;
  throw new ValueError(
    `item: an array of ${a.size} elements, of shape ${shapeText(a.layout.shape)}, is not one scalar; give an index`,
  );
}

/** Lists in lists, as deep as the array has axes, of its elements as JS values; a scalar for no axes. */
export type NestedList<V> = V | NestedList<V>[];

/**
 * The elements as nested lists; an array of no axes gives its element.
 *
 * @example
 * np.array([[1, 2], [3, 4]]).tolist(); // [[1, 2], [3, 4]]
 */
export function tolist<D extends DType>(a: NDArray<D>): NestedList<Value<D>> {
  requireArray(a, "tolist");
  a.storage.alive();
  requireListable(a.layout.shape, "tolist");
  return listAt(a, 0, a.layout.offset);
}

function listAt<D extends DType>(a: NDArray<D>, axis: number, offset: number): NestedList<Value<D>> {
  const { shape, strides } = a.layout;
  const { access } = a.dtype;
  if (axis === shape.length) return access.read(a.storage.unchecked, offset);
  const list = new Array<NestedList<Value<D>>>(shape[axis]!);
  const stride = strides[axis]!;
  const last = axis === shape.length - 1;
  for (let i = 0; i < list.length; i++) {
    const at = offset + i * stride;
    list[i] = last ? access.read(a.storage.unchecked, at) : listAt(a, axis + 1, at);
  }
  return list;
}

/**
 * The indices of all elements of a shape, in C order.
 *
 * @param shape the lengths of the axes, one by one or as a list
 * @example
 * [...np.ndindex(1, 2)]; // [[0, 0], [0, 1]]
 */
export function ndindex(...shape: number[] | [readonly number[]]): IterableIterator<number[]> {
  const lengths = (Array.isArray(shape[0]) ? shape[0] : shape) as readonly number[];
  checkedSize(lengths);
  return indices(lengths.slice());
}

function* indices(shape: readonly number[]): Generator<number[], void, undefined> {
  if (shape.includes(0)) return;
  const index = shape.map(() => 0);
  for (;;) {
    yield index.slice();
    let k = shape.length - 1;
    while (k >= 0 && index[k] === shape[k]! - 1) index[k--] = 0;
    if (k < 0) return;
    index[k] = index[k]! + 1;
  }
}

/**
 * The index and the value of every element, in C order.
 *
 * @example
 * for (const [index, value] of np.ndenumerate(np.array([[1, 2]]))) console.log(index, value); // [0, 0] 1, [0, 1] 2
 */
export function* ndenumerate<D extends DType>(
  a: NDArray<D>,
): Generator<[index: number[], value: Value<D>], void, undefined> {
  for (const index of indices(a.layout.shape)) {
    yield [index, a.dtype.access.read(a.storage.view, elementOffset(a.layout, index))];
  }
}

/**
 * What `for (const x of a)` meets: the scalars of an array of one axis, else views that go along the first axis.
 *
 * @throws ValueError for an array of no axes.
 */
export function iterate<D extends DType>(a: NDArray<D>): IterableIterator<Value<D> | NDArray<D>> {
  if (a.ndim === 0) throw new ValueError("iteration over a 0-d array; use a.item() for its element");
  return a.ndim === 1 ? scalars(a) : firstAxis(a);
}

/** @internal The elements in C order. */
export function* scalars<D extends DType>(a: NDArray<D>): Generator<Value<D>, void, undefined> {
  const { size } = a;
  for (let k = 0; k < size; k++) yield a.dtype.access.read(a.storage.view, flatOffset(a.layout, k));
}

function* firstAxis<D extends DType>(a: NDArray<D>): Generator<NDArray<D>, void, undefined> {
  const { shape, strides, offset } = a.layout;
  const [inner, steps] = [shape.slice(1), strides.slice(1)];
  for (let i = 0; i < shape[0]!; i++) {
    const layout: Layout = { shape: inner, strides: steps, offset: offset + i * strides[0]! };
    yield a.viewAs(layout);
  }
}
