/**
 * A few elements of a line, read and written by a list of places that is worked out in a loop: what is quick for many elements
 * would take longer here than the elements themselves. Whatever is not plain, or not right, is left to the other way.
 */

import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { reportCopy } from "./allocate.ts";
import type { ArrayInput } from "./create.ts";
import { unsetArray } from "./fresh.ts";
import type { IndexPart } from "./index-plan.ts";
import { NDArray } from "./ndarray.ts";
import { placeLoops } from "./placelanes.ts";
import type { PlaceLine, PlaceLoops } from "./placeloops.ts";

/** More are left to kernels. */
const FEW = 64;

const places = /* @__PURE__ */ new Int32Array(FEW);
/** One for all: nothing is called back while it is in use. */
const line: PlaceLine = { first: 0, n: 0, base: 0, step: 1, at: 0, gap: 1, run: 1 };

/** Lists the places that a part names along an axis; -1 when it is not one of the plain kinds, or out of bounds. */
function listPlaces(part: IndexPart, length: number): number {
  if (part instanceof NDArray) return listArray(part, length);
  if (!Array.isArray(part) || part.length > FEW) return -1;
  for (let k = 0; k < part.length; k++) {
    const given: unknown = part[k];
    if (typeof given !== "number" || !Number.isInteger(given)) return -1;
    if (given < -length || given >= length) return -1;
    places[k] = given < 0 ? given + length : given;
  }
  return part.length;
}

function listArray({ dtype, layout, storage }: NDArray, length: number): number {
  const { shape, strides, offset } = layout;
  if (shape.length !== 1 || shape[0]! > FEW) return -1;
  storage.alive();
  const n = shape[0]!;
  const step = strides[0]!;
  if (dtype === plain.bool) return n === length ? listTrue(storage.bytes, offset, step, n) : -1;
  const wide = dtype === plain.int64;
  if (!(wide || dtype === plain.int32) || (offset | step) & (wide ? 7 : 3)) return -1;
  const words = storage.words;
  for (let k = 0; k < n; k++) {
    const at = (offset + k * step) / 4;
    const given = words[at]! | 0;
    if (wide && (words[at + 1]! | 0) !== given >> 31) return -1;
    if (given < -length || given >= length) return -1;
    places[k] = given < 0 ? given + length : given;
  }
  return n;
}

function listTrue(bytes: Uint8Array, offset: number, step: number, n: number): number {
  let count = 0;
  for (let k = 0; k < n; k++) if (bytes[offset + k * step] !== 0) places[count++] = k;
  return count;
}

/** The loops for a line of plain elements that are aligned; null for any other. */
function loopsFor({ dtype, layout, storage }: NDArray): PlaceLoops | null {
  const { shape, strides, offset } = layout;
  const { itemsize } = dtype;
  if (shape.length !== 1 || dtype.kind === "V" || itemsize > 8 || itemsize & (itemsize - 1)) return null;
  if (itemsize === 0 || offset % itemsize !== 0 || strides[0]! % itemsize !== 0) return null;
  storage.alive();
  return placeLoops(itemsize as 1 | 2 | 4 | 8, storage, storage);
}

function aim({ layout, dtype }: NDArray, n: number, at: number, gap: number): void {
  line.n = n;
  line.base = layout.offset / dtype.itemsize;
  line.step = layout.strides[0]! / dtype.itemsize;
  line.at = at / dtype.itemsize;
  line.gap = gap;
}

/** The elements of a line that a part names, or null. */
export function gatherLine<D extends DType>(
  a: NDArray<D>,
  part: IndexPart,
  caller: string,
): NDArray<D> | null {
  const loops = loopsFor(a);
  if (loops === null) return null;
  const n = listPlaces(part, a.layout.shape[0]!);
  if (n < 0) return null;
  const taken = unsetArray([n], a.dtype, "C", caller);
  aim(a, n, taken.layout.offset, 1);
  loops.pick(a.storage.lane(loops.lane) as never, taken.storage.lane(loops.lane) as never, places, line);
  reportCopy(n * a.dtype.itemsize, caller);
  return taken;
}

/** Writes a scalar, or as many elements of the same dtype as a part names, and says whether it did. */
export function scatterLine(a: NDArray, part: IndexPart, value: ArrayInput): boolean {
  const isArray = value instanceof NDArray;
  if (!isArray && typeof value === "object") return false;
  const loops = loopsFor(a);
  if (loops === null) return false;
  if (!isArray) {
    const element = a.dtype.access.coerce(value);
    return writeEach(a, listPlaces(part, a.layout.shape[0]!), element as never);
  }
  const { storage, layout, dtype } = value;
  if (dtype !== a.dtype || layout.shape.length !== 1 || storage.memory === a.storage.memory) return false;
  if (layout.strides[0] !== dtype.itemsize || layout.offset % dtype.itemsize !== 0) return false;
  const n = listPlaces(part, a.layout.shape[0]!);
  if (n < 0 || n !== layout.shape[0]) return false;
  storage.alive();
  aim(a, n, layout.offset, 1);
  loops.put(a.storage.lane(loops.lane) as never, storage.lane(loops.lane) as never, places, line);
  return true;
}

function writeEach({ dtype, layout, storage }: NDArray, n: number, element: never): boolean {
  if (n < 0) return false;
  const view = storage.view;
  const step = layout.strides[0]!;
  for (let k = 0; k < n; k++) dtype.access.write(view, layout.offset + places[k]! * step, element);
  return true;
}
