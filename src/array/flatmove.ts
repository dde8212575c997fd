/**
 * Reading and writing elements by their positions in C order, whatever the layout.
 */

import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import { cStrides } from "../layout/layout.ts";
import { reshapeLayout } from "../layout/reshape.ts";
import type { IndexMode } from "../wasm/indices.ts";
import { reportCopy } from "./allocate.ts";
import { castElements, isSolid } from "./cast.ts";
import { mayClash } from "./clash.ts";
import { asarray } from "./create.ts";
import { placeOf, protectedCopy } from "./duplicate.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import type { AxisIndices } from "./index-plan.ts";
import { type IndexMove, moveIndexed } from "./indexmove.ts";
import { moveBytes } from "./move.ts";
import type { NDArray } from "./ndarray.ts";
import { eachPlace, placesOf } from "./places.ts";

/** Positions as indices: of the one line that the elements make, or where strides cannot say that, of each axis. */
function flatIndices(
  a: NDArray,
  positions: NDArray,
  mode: IndexMode,
  caller: string,
): Pick<IndexMove, "arrays" | "places" | "indexed"> {
  const { shape, strides, offset } = a.layout;
  const line = reshapeLayout(a.layout, [a.size], a.itemsize, "C");
  const one: AxisIndices = { array: positions, axis: 0, length: a.size, stride: line?.strides[0] ?? 1 };
  const places = positions.layout.shape;
  const indexed = { storage: a.storage, strides: [], offset: line?.offset ?? offset };
  if (line !== null) return { arrays: [one], places, indexed };
  const list = placesOf([one], places, 1, mode, caller);
  const lists = shape.map(() => new Int32Array(list.count));
  eachPlace(list, (place, k) => {
    let rest = place;
    for (let axis = shape.length - 1; axis > 0; axis--) {
      const i = rest % shape[axis]!;
      lists[axis]![k] = i;
      rest = (rest - i) / shape[axis]!;
    }
    lists[0]![k] = rest;
  });
  const arrays = lists.map((indices, axis) => ({
    array: asarray(indices),
    axis,
    length: shape[axis]!,
    stride: strides[axis]!,
  }));
  return { arrays, places: [list.count], indexed };
}

/** The elements at positions, as an array of their shape in C order. */
export function takeFlat<D extends DType>(
  a: NDArray<D>,
  positions: NDArray,
  mode: IndexMode,
  caller: string,
): NDArray<D> {
  const make = isSolid(a.dtype) ? unsetArray : emptyArray;
  const taken = make(positions.layout.shape, a.dtype, "C", caller);
  const { storage, layout } = taken;
  const { arrays, places, indexed } = flatIndices(a, positions, mode, caller);
  const other = { storage, strides: [], offset: layout.offset };
  const gap = a.itemsize;
  moveIndexed({ arrays, places, mode, shape: [], indexed, other, gap, write: false, caller }, a.dtype);
  reportCopy(taken.nbytes, caller);
  return taken;
}

/**
 * Writes values to the elements at positions, the last of them where one is named twice. Values are a line of the dtype of
 * the array, or one that stands still. The result is what it would be if all had been copied first.
 */
export function putFlat(
  a: NDArray,
  positions: NDArray,
  line: NDArray,
  mode: IndexMode,
  caller: string,
): void {
  const indices = mayClash(a, positions, 1) ? protectedCopy(positions, "C", caller) : positions;
  const values = mayClash(a, line, 1) ? protectedCopy(line, "K", caller) : line;
  const { arrays, places, indexed } = flatIndices(a, indices, mode, caller);
  const other = { storage: values.storage, strides: [], offset: values.layout.offset };
  const gap = values.layout.strides[0]!;
  moveIndexed({ arrays, places, mode, shape: [], indexed, other, gap, write: true, caller }, a.dtype);
}

/** The elements of an array in C order, cast, over and over until there are `count`, along one axis. */
export function repeatedLine(given: NDArray, count: number, dtype: Descriptor, caller: string): NDArray {
  requireCast(given.dtype, dtype, "unsafe", caller);
  const { size, layout } = given;
  const once = emptyArray([size], dtype, "C", caller);
  castElements(layout.shape, placeOf(given), {
    ...placeOf(once),
    strides: cStrides(layout.shape, dtype.itemsize),
  });
  reportCopy(once.nbytes, caller);
  if (size === 1) return once.viewAs({ ...once.layout, shape: [count], strides: [0] });
  if (size >= count) return once.viewAs({ ...once.layout, shape: [count] });
  const line = emptyArray([count], dtype, "C", caller);
  const { storage, layout: place } = line;
  const bytes = count * dtype.itemsize;
  moveBytes(once.storage, once.layout.offset, storage, place.offset, once.nbytes);
  for (let done = once.nbytes; done < bytes; done *= 2) {
    moveBytes(storage, place.offset, storage, place.offset + done, Math.min(done, bytes - done));
  }
  return line;
}
