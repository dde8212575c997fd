/**
 * What array nested lists stand for: its shape, and its dtype when none is asked for.
 *
 * The shape is read off the way down through the first elements. That everything else has the same shape is seen when
 * all lists are gone through, once to find the dtype, if need be, and once to write the elements. Arrays and typed
 * arrays inside of lists are blocks that bring their own axes.
 *
 * An element with fields may itself be a list, one value a field. It begins at the outermost list on the way down that
 * fits the fields.
 */

import { Complex } from "../dtype/complex.ts";
import { type DateDType, dateDTypeFor, dateDTypeOf } from "../dtype/dates.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { pointsIn } from "../dtype/string-access.ts";
import { type StringDType, strDescriptor, stringDescriptor, textWidth } from "../dtype/strings.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { checkedSize, MAX_NDIM, shapeText, sizeOf } from "../layout/layout.ts";
import type { NDArray } from "./ndarray.ts";
import { arrayOver } from "./typedarrays.ts";

/** More elements than lists in memory can hold: lists that contain the same list over and over. */
const MOST_ELEMENTS = 2 ** 32;

/** Nested lists whose shape is known but not yet checked. */
export interface Nest {
  readonly value: unknown;
  readonly shape: readonly number[];
  /** The public function, for errors. */
  readonly caller: string;
  /** Where the walk is; the axes above the one walked now are set. */
  readonly path: number[];
}

/** The nest that a value is, for elements of `dtype` or of any plain dtype; `depth` says how many axes are lists. */
export function nestOf(value: unknown, dtype: Descriptor | null, caller: string, depth = Infinity): Nest {
  const shape = shapeOf(value, dtype, caller, depth);
  checkedSize(shape);
  if (sizeOf(shape) > MOST_ELEMENTS) {
    throw new ShapeError(`${caller}: lists of shape ${shapeText(shape)} have too many elements`);
  }
  return { value, shape, caller, path: [] };
}

function shapeOf(value: unknown, dtype: Descriptor | null, caller: string, depth: number): number[] {
  const shape: number[] = [];
  let outer: unknown = null;
  let node = value;
  while (Array.isArray(node) && shape.length < depth && !isElement(node, dtype)) {
    if (shape.length === MAX_NDIM) {
      throw new ShapeError(
        `${caller}: lists are nested deeper than the ${MAX_NDIM} axes that an array can have; does a list contain itself?`,
      );
    }
    shape.push(node.length);
    if (node.length === 0) return shape;
    outer = node;
    node = node[0];
  }
  const block = shape.length < depth ? blockOf(node, dtype, caller) : null;
  if (block !== null) return [...shape, ...block.layout.shape];
  // Scalars in the innermost list: that list is an element, and when it is written it is said how it does not fit.
  if (dtype !== null && dtype.fields !== null && outer !== null && shape.length < depth && !isObject(node))
    shape.pop();
  return shape;
}

function isObject(node: unknown): boolean {
  return (
    typeof node === "object" && node !== null && !(node instanceof Complex) && dateDTypeOf(node) === null
  );
}

/** Whether a list is one element of a dtype of fields or of raw bytes. */
function isElement(list: readonly unknown[], dtype: Descriptor | null): boolean {
  if (dtype === null || dtype.kind !== "V" || list.length === 0) return false;
  const { fields } = dtype;
  if (fields === null) return list.every((part) => typeof part === "number");
  return list.length === fields.length && fields.every((field, k) => fitsField(list[k], field.dtype));
}

function fitsField(value: unknown, dtype: Descriptor): boolean {
  if (!Array.isArray(value)) return !isObject(value) || fitsObject(value, dtype);
  if (dtype.fields !== null) return isElement(value, dtype);
  // A block takes lists of its very shape, or one value; raw bytes take a list of bytes.
  if (dtype.subdtype === null) return isElement(value, dtype);
  const given: number[] = [];
  const { dtype: inner, shape } = dtype.subdtype;
  for (let node: unknown = value; Array.isArray(node) && !isElement(node, inner); node = node[0]) {
    if (node.length !== shape[given.length]) return false;
    given.push(node.length);
  }
  return given.length === shape.length;
}

/** Whether an object in a list is the value of a field, and not an element itself. */
function fitsObject(value: unknown, dtype: Descriptor): boolean {
  if (dtype.fields === null) return ArrayBuffer.isView(value);
  return Object.keys(value as object).every((key) => dtype.fields!.some((field) => field.name === key));
}

/** The array that stands inside of lists; null for an element. Bytes are an element where elements are raw bytes. */
export function blockOf(node: unknown, dtype: Descriptor | null, caller: string): NDArray | null {
  if (typeof node !== "object" || node === null) return null;
  const raw = dtype !== null && dtype.kind === "V" && dtype.fields === null;
  return raw && ArrayBuffer.isView(node) ? null : arrayOver(node, caller);
}

/** A path as it is written: `[1, 0]`. */
export function pathText(path: readonly number[]): string {
  return `[${path.join(", ")}]`;
}

/** Throws unless `node` is a list of the length, or a block of the shape, that the axes from `axis` on have. */
export function requireSame(nest: Nest, axis: number, node: unknown, block: NDArray | null): void {
  const { shape } = nest;
  if (Array.isArray(node)) {
    // An empty list has no axes inside, whatever an empty block beside it has.
    if (node.length === shape[axis] && (node.length > 0 || axis === shape.length - 1)) return;
  } else if (block !== null) {
    const own = block.layout.shape;
    if (own.length === shape.length - axis && own.every((length, k) => length === shape[axis + k])) return;
  } else if (axis === shape.length) return;
  const path = nest.path.slice(0, axis);
  const what = `element ${pathText(path)} ${describe(node, block)}`;
  if (path.every((k) => k === 0)) throw new ShapeError(`${nest.caller}: ${what}, where one value was wanted`);
  const first = `element ${pathText(path.map(() => 0))} ${wanted(nest, axis)}`;
  throw new ShapeError(`${nest.caller}: ragged list: ${what}, ${first}`);
}

function describe(node: unknown, block: NDArray | null): string {
  if (Array.isArray(node)) return `has length ${node.length}`;
  if (block !== null) return `has shape ${shapeText(block.layout.shape)}`;
  return node === undefined ? "is missing" : `is ${wordFor(node)}`;
}

function wanted({ shape, value, caller }: Nest, axis: number): string {
  let node = value;
  for (let k = 0; k < axis && Array.isArray(node); k++) node = node[0];
  if (axis < shape.length && !Array.isArray(node)) return `has shape ${shapeText(shape.slice(axis))}`;
  return describe(node, blockOf(node, null, caller));
}

function wordFor(node: unknown): string {
  if (node === null) return "null";
  return node instanceof Complex || typeof node !== "object"
    ? `a ${node instanceof Complex ? "Complex" : typeof node}`
    : "an object";
}

/** What kinds of elements have been met. */
interface Seen {
  bool: boolean;
  number: boolean;
  complex: boolean;
  /** The code points of the longest text; -1 when there was none. */
  text: number;
  /** The smallest and the largest bigint, when there was one. */
  low: bigint | null;
  high: bigint | null;
  /** The dtypes of arrays. */
  readonly strong: Set<Descriptor>;
}

/**
 * The dtype of lists of plain elements: number float64, bigint int64 (uint64 when one needs it and none is negative),
 * boolean bool, Complex complex128, text strings as wide as the longest, and of a mixture what they are promoted to;
 * float64 when there is no element.
 */
export function discoverDType(nest: Nest): Descriptor {
  const seen: Seen = {
    bool: false,
    number: false,
    complex: false,
    text: -1,
    low: null,
    high: null,
    strong: new Set(),
  };
  if (nest.shape.length === 0 || !Array.isArray(nest.value)) meet(nest, seen, 0, nest.value);
  else lookThrough(nest, seen, nest.value, 0);
  return promoted(nest, seen);
}

/** A dtype of strings with the width that the longest element needs; `coerce` makes elements of what is no array. */
export function discoverWidth(nest: Nest, dtype: Descriptor<StringDType>): Descriptor {
  let width = 1;
  const look = (node: unknown, axis: number): void => {
    if (Array.isArray(node) && axis < nest.shape.length) {
      for (const part of node) look(part, axis + 1);
      return;
    }
    const block = blockOf(node, dtype, nest.caller);
    if (block !== null) width = Math.max(width, textWidth(block.dtype) ?? 0);
    else width = Math.max(width, widthOf(node, dtype));
  };
  look(nest.value, 0);
  return stringDescriptor(dtype.type, width);
}

/** A dtype of moments or spans with the longest unit in which all elements are whole. */
export function discoverUnit(nest: Nest, dtype: Descriptor<DateDType>): Descriptor {
  const look = function* (node: unknown, axis: number): Generator<unknown> {
    if (Array.isArray(node) && axis < nest.shape.length) for (const part of node) yield* look(part, axis + 1);
    else {
      const block = blockOf(node, dtype, nest.caller);
      if (block === null) yield node;
      else if (block.dtype.unit !== null) yield block.dtype.access.convert(0n);
    }
  };
  return dateDTypeFor(dtype.type, look(nest.value, 0), nest.caller);
}

/** The width of one value; what cannot be text says so when it is written. */
function widthOf(node: unknown, dtype: Descriptor<StringDType>): number {
  if (typeof node === "string") return pointsIn(node);
  if (!isScalar(node)) return 0;
  const element = dtype.access.coerce(node);
  return element.length;
}

function lookThrough(nest: Nest, seen: Seen, list: readonly unknown[], axis: number): void {
  const { path } = nest;
  const n = nest.shape[axis]!;
  const last = axis === nest.shape.length - 1;
  for (let i = 0; i < n; i++) {
    const node = list[i];
    if (last && typeof node === "number") {
      seen.number = true;
      continue;
    }
    path[axis] = i;
    if (!Array.isArray(node)) {
      meet(nest, seen, axis + 1, node);
      continue;
    }
    requireSame(nest, axis + 1, node, null);
    lookThrough(nest, seen, node, axis + 1);
  }
}

/** Takes note of what is no list. */
function meet(nest: Nest, seen: Seen, axis: number, node: unknown): void {
  const block = blockOf(node, null, nest.caller);
  requireSame(nest, axis, node, block);
  if (block !== null) seen.strong.add(block.dtype);
  else if (typeof node === "number") seen.number = true;
  else if (typeof node === "boolean") seen.bool = true;
  else if (node instanceof Complex) seen.complex = true;
  else if (dateDTypeOf(node) !== null) seen.strong.add(dateDTypeOf(node)!);
  else if (typeof node === "string") seen.text = Math.max(seen.text, pointsIn(node));
  else if (typeof node === "bigint") {
    if (seen.low === null || node < seen.low) seen.low = node;
    if (seen.high === null || node > seen.high) seen.high = node;
  } else throw new DTypeError(`${nest.caller}: ${placeText(nest, axis)}${whyNot(node)}`);
}

/** Which element an error is about. */
export function placeText(nest: Nest, axis: number): string {
  return axis === 0 ? "" : `element ${pathText(nest.path.slice(0, axis))}: `;
}

function promoted(nest: Nest, { bool, number, complex, text, low, high, strong }: Seen): Descriptor {
  const types = [...strong];
  if (text >= 0) types.push(strDescriptor(Math.max(1, text)));
  if (bool) types.push(plain.bool);
  // Beside text, whole numbers are written as integers; beside spans of time they are spans.
  const whole = text >= 0 || types.some((type) => type.kind === "m");
  if (number) types.push(whole && !hasFraction(nest.value) ? plain.int64 : plain.float64);
  if (complex) types.push(plain.complex128);
  if (low !== null && high !== null) {
    const inexact = types.some((type) => type.kind === "f" || type.kind === "c");
    types.push(integerFor(low, high, inexact, nest.caller));
  }
  return types.length === 0 ? plain.float64 : promoteAll(types, nest.caller);
}

function hasFraction(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasFraction);
  return typeof node === "number" && !Number.isSafeInteger(node);
}

function integerFor(low: bigint, high: bigint, inexact: boolean, caller: string): Descriptor {
  if (low >= -(2n ** 63n) && high < 2n ** 63n) return plain.int64;
  if (low >= 0n && high < 2n ** 64n) return plain.uint64;
  if (inexact || (low >= -(2n ** 63n) && high < 2n ** 64n)) return plain.float64;
  const wrong = high >= 2n ** 64n ? high : low;
  throw new ValueError(
    `${caller}: ${wrong} is out of bounds for int64 and uint64; ask for dtype "float64" to round it`,
  );
}

/** Why a value is no element of any plain dtype, and what to do with it instead. */
export function whyNot(value: unknown): string {
  if (value === undefined) return "undefined, or a hole in the list, is no number";
  if (value === null) return "null is no number; NaN stands for what is missing";
  if (typeof value === "string") return `${JSON.stringify(value)} is text; convert it with Number`;
  if (typeof value !== "object") return `a ${typeof value} is no number`;
  const name = Object.prototype.toString.call(value).slice(8, -1);
  if (/^(Shared)?ArrayBuffer$|^DataView$/.test(name))
    return `this ${name} is memory without a dtype; use frombuffer(buffer, dtype)`;
  if ("data" in value && "shape" in value)
    return "an object with data and shape is memory that fromStrided adopts";
  if (Symbol.iterator in value) return `this ${name} is no list; use fromiter(values, dtype), or Array.from`;
  return `an object (${name}) is an element of a dtype with fields only; give the dtype, such as [["x", "f8"]]`;
}
