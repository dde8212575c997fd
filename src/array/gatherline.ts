/**
 * A few elements, or short runs of them, read and written by a list of places that is worked out in a loop: what is quick for
 * many would take longer here than the elements themselves. Whatever is not plain, or not right, is left to the other way.
 */

import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { isSameShape, sizeOf } from "../layout/layout.ts";
import { reportCopy } from "./allocate.ts";
import type { ArrayInput } from "./create.ts";
import { unsetArray } from "./fresh.ts";
import type { IndexPart } from "./index-plan.ts";
import { NDArray } from "./ndarray.ts";
import { placeLoops } from "./placelanes.ts";
import type { PlaceLine, PlaceLoops } from "./placeloops.ts";

/** Places times axes of which more are left to kernels. */
const FEW = 512;
/** Memory in which all places are integers of 32 bits. */
const NEAR = 2 ** 31;
/** Bytes of a run that a call copies sooner. */
const LONG_RUN = 160;

const places = /* @__PURE__ */ new Int32Array(FEW);
/** One for all: nothing is called back while it is in use. */
const line: PlaceLine = { first: 0, n: 0, base: 0, step: 1, at: 0, gap: 1, run: 1 };

/**
 * Lists the places that a part names along an axis, counted in elements, each added to what `more`, a mask of all bits or
 * none, leaves of the list. Says how many; -1 when the part is not one of the plain kinds, or out of bounds.
 */
function listPlaces(part: IndexPart, length: number, step: number, more: number): number {
  if (part instanceof NDArray) return listArray(part, length, step, more);
  if (!Array.isArray(part) || part.length > FEW) return -1;
  for (let k = 0; k < part.length; k++) {
    const given: unknown = part[k];
    if (typeof given !== "number" || !Number.isInteger(given)) return -1;
    if (given < -length || given >= length) return -1;
    list(k, given < 0 ? given + length : given, step, more);
  }
  return part.length;
}

function list(k: number, place: number, step: number, more: number): void {
  places[k] = ((places[k]! & more) + Math.imul(place, step)) | 0;
}

function listArray({ dtype, layout, storage }: NDArray, length: number, step: number, more: number): number {
  const { shape, strides, offset } = layout;
  if (shape.length !== 1 || shape[0]! > FEW || length >= NEAR) return -1;
  if (storage.wide !== null || storage.byteLength >= NEAR) return -1;
  storage.alive();
  const n = shape[0]!;
  const apart = strides[0]!;
  if (dtype === plain.bool) return n === length ? listTrue(storage.bytes, offset, apart, n, step, more) : -1;
  const wide = dtype === plain.int64;
  if (!(wide || dtype === plain.int32) || (offset | apart) & (wide ? 7 : 3)) return -1;
  const { words } = storage;
  if (wide && !areShort(words, offset >> 2, apart >> 2, n)) return -1;
  return listWords(words, offset >> 2, apart >> 2, n, length | 0, step | 0, more) ? n : -1;
}

/** Lists indices of 32 bits, those that are negative from the end; false when one is out of bounds. */
function listWords(
  words: Uint32Array,
  first: number,
  apart: number,
  n: number,
  length: number,
  step: number,
  more: number,
): boolean {
  let at = first;
  let stray = 0;
  for (let k = 0; k < n; k++) {
    const given = words[at]! | 0;
    const place = (given + ((given >> 31) & length)) | 0;
    // Both are negative when they should not be.
    stray |= place | (length - 1 - place);
    places[k] = ((places[k]! & more) + Math.imul(place, step)) | 0;
    at = (at + apart) | 0;
  }
  return stray >= 0;
}

/** Whether integers of 64 bits have no more than 32. */
function areShort(words: Uint32Array, first: number, apart: number, n: number): boolean {
  let at = first;
  let rest = 0;
  for (let k = 0; k < n; k++) {
    rest |= words[at + 1]! ^ (words[at]! >> 31);
    at = (at + apart) | 0;
  }
  return rest === 0;
}

function listTrue(
  bytes: Uint8Array,
  offset: number,
  apart: number,
  n: number,
  step: number,
  more: number,
): number {
  let count = 0;
  for (let k = 0; k < n; k++) if (bytes[offset + k * apart] !== 0) list(count++, k, step, more);
  return count;
}

function lengthOf(part: IndexPart): number {
  if (part instanceof NDArray) return part.layout.shape[0] ?? 0;
  return Array.isArray(part) ? part.length : 0;
}

/**
 * Lists the places that parts name together along the first axes of an array; says how many they are, -1 when they are not
 * as many along all.
 */
function aim({ layout, dtype }: NDArray, parts: readonly IndexPart[]): number {
  if (lengthOf(parts[0]!) * parts.length > FEW) return -1;
  const { shape, strides, offset } = layout;
  const n = listPlaces(parts[0]!, shape[0]!, strides[0]! / dtype.itemsize, 0);
  for (let k = 1; k < parts.length; k++) {
    if (n < 0 || listPlaces(parts[k]!, shape[k]!, strides[k]! / dtype.itemsize, -1) !== n) return -1;
  }
  line.base = offset / dtype.itemsize;
  line.n = n;
  return n;
}

/** The loops for plain elements that are aligned along so many axes, and dense along the others; null for any other. */
function loopsFor({ dtype, layout, storage }: NDArray, axes: number): PlaceLoops | null {
  const { shape, strides, offset } = layout;
  const { itemsize } = dtype;
  if (axes === 0 || axes > shape.length || dtype.kind === "V" || storage.wide !== null) return null;
  if (itemsize === 0 || itemsize > 8 || (itemsize & (itemsize - 1)) !== 0) return null;
  if (offset % itemsize !== 0 || storage.byteLength >= NEAR) return null;
  let run = 1;
  for (let k = shape.length - 1; k >= 0; k--) {
    if (k < axes ? strides[k]! % itemsize !== 0 : strides[k] !== run * itemsize) return null;
    if (k >= axes) run *= shape[k]!;
  }
  if (run === 0 || (run > 1 && run * itemsize >= LONG_RUN)) return null;
  line.run = run;
  storage.alive();
  return placeLoops(itemsize as 1 | 2 | 4 | 8, storage, storage);
}

/** What parts name along the first axes of an array, where the others are short and dense; or null. */
export function gatherFew<D extends DType>(
  a: NDArray<D>,
  parts: readonly IndexPart[],
  caller: string,
): NDArray<D> | null {
  const lines = asLines(a, parts);
  if (lines !== null) return gatherFew(lines.elements, [lines.mask], caller);
  const loops = loopsFor(a, parts.length);
  if (loops === null) return null;
  const n = aim(a, parts);
  if (n < 0) return null;
  const { shape } = a.layout;
  const { run } = line;
  const taken = unsetArray(
    shape.length === parts.length ? [n] : [n, ...shape.slice(parts.length)],
    a.dtype,
    "C",
    caller,
  );
  line.at = taken.layout.offset / a.dtype.itemsize;
  line.gap = run;
  const [from, to] = [a.storage.lane(loops.lane) as never, taken.storage.lane(loops.lane) as never];
  if (run === 1) loops.pick(from, to, places, line);
  else loops.pickRuns(from, to, places, line);
  reportCopy(taken.nbytes, caller);
  return taken;
}

/** Writes a scalar, or as many elements of the same dtype as parts name, where it can, and says whether it did. */
export function scatterFew(a: NDArray, parts: readonly IndexPart[], value: ArrayInput): boolean {
  const isArray = value instanceof NDArray;
  if (!isArray && typeof value === "object") return false;
  const lines = asLines(a, parts);
  if (lines !== null) return scatterFew(lines.elements, [lines.mask], value);
  const loops = loopsFor(a, parts.length);
  if (loops === null) return false;
  const { run } = line;
  if (!isArray) {
    const element = a.dtype.access.coerce(value);
    return writeEach(a, aim(a, parts), run, element as never);
  }
  const { storage, dtype, layout } = value;
  if (dtype !== a.dtype || storage.memory === a.storage.memory || !liesAsNamed(a, parts, value)) return false;
  if (storage.wide !== null || storage.byteLength >= NEAR) return false;
  const n = aim(a, parts);
  if (n < 0 || n !== layout.shape[0]) return false;
  storage.alive();
  line.at = layout.offset / dtype.itemsize;
  line.gap = run;
  const [to, from] = [a.storage.lane(loops.lane) as never, storage.lane(loops.lane) as never];
  if (run === 1) loops.put(to, from, places, line);
  else loops.putRuns(to, from, places, line);
  return true;
}

/** Whether a value has the axes of what parts name, and lies in C order. */
function liesAsNamed(a: NDArray, parts: readonly IndexPart[], value: NDArray): boolean {
  const { shape, offset } = value.layout;
  const rest = a.layout.shape;
  if (shape.length !== rest.length - parts.length + 1 || offset % value.itemsize !== 0) return false;
  for (let k = 1; k < shape.length; k++) if (shape[k] !== rest[parts.length + k - 1]) return false;
  return value.isContiguous("C");
}

function writeEach({ dtype, storage }: NDArray, n: number, run: number, element: never): boolean {
  if (n < 0 || n * run > FEW) return false;
  const view = storage.view;
  for (let k = 0; k < n; k++) {
    const at = line.base + places[k]!;
    for (let j = 0; j < run; j++) dtype.access.write(view, (at + j) * dtype.itemsize, element);
  }
  return true;
}

/** An array of several axes and a mask of its shape, both in C order and small, as lines; null for any others. */
function asLines<D extends DType>(
  a: NDArray<D>,
  parts: readonly IndexPart[],
): { elements: NDArray<D>; mask: NDArray } | null {
  const mask = parts[0];
  if (!(mask instanceof NDArray) || mask.dtype !== plain.bool || parts.length !== 1) return null;
  const { shape } = a.layout;
  if (shape.length < 2 || !isSameShape(shape, mask.layout.shape)) return null;
  const n = sizeOf(shape);
  if (n > FEW || !a.isContiguous("C") || !mask.isContiguous("C")) return null;
  return {
    elements: a.viewAs({ shape: [n], strides: [a.itemsize], offset: a.layout.offset }),
    mask: mask.viewAs({ shape: [n], strides: [1], offset: mask.layout.offset }),
  };
}
