import { type IndexPart, type IndexPlan, outOfBounds, planIndex } from "../array/index-plan.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { eachPlace, placesOf } from "../array/places.ts";
import { nonzeroArrays } from "../array/truths.ts";
import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { type Layout, sizeOf } from "../layout/layout.ts";

/**
 * Which elements an index of any kind names, as byte offsets: for what changes them one after another. What is asked for may
 * repeat, and every offset is checked before the first one is handed out.
 */

export type { IndexPart } from "../array/index-plan.ts";

/** The shape that an index selects, and the byte offset of each element in C order. */
export interface Selection {
  readonly shape: readonly number[];
  readonly offsets: Float64Array;
}

/** What an index selects from a layout. Lists that hold arrays, lists aside, or texts or null are several parts. */
export function selectOffsets(layout: Layout, index: IndexPart, caller: string): Selection {
  if (isPlainIndex(layout, index)) return alongLine(layout, index, caller);
  const plan = planIndex(layout, partsOf(index), caller);
  if (plan.mask !== null) return joined(maskPlan(layout, plan.mask, caller), caller);
  if (plan.shape === null) return { shape: plan.view.shape, offsets: offsetsOf(plan.view) };
  return joined(plan, caller);
}

/** Whether an index is the most common one: an array of integers of at most 32 bits, in C order, for the only axis. */
function isPlainIndex(layout: Layout, index: IndexPart): index is NDArray<"int32"> {
  if (layout.shape.length !== 1 || layout.shape[0] === 0 || !(index instanceof NDArray)) return false;
  const { kind, itemsize } = index.dtype;
  const fits =
    (kind === "i" || kind === "u") && itemsize <= 4 && index.dtype === plain[index.dtype.type as "int32"];
  return fits && index.isContiguous("C") && index.isAligned();
}

function alongLine(layout: Layout, index: NDArray<"int32">, caller: string): Selection {
  const data = dataOf(index);
  const length = layout.shape[0]!;
  const stride = layout.strides[0]!;
  const offsets = roomForOffsets(data.length);
  for (let k = 0; k < data.length; k++) {
    const given = data[k]!;
    if (given < -length || given >= length) throw outOfBounds(caller, given, 0, length);
    offsets[k] = layout.offset + (given < 0 ? given + length : given) * stride;
  }
  return { shape: index.layout.shape, offsets };
}

function partsOf(index: IndexPart): readonly IndexPart[] {
  if (!Array.isArray(index)) return [index];
  const several = index.some(
    (part) => part === null || typeof part === "string" || (typeof part === "object" && !Array.isArray(part)),
  );
  return several ? (index as readonly IndexPart[]) : [index];
}

/** A mask of the whole as the indices at which it is true. */
function maskPlan({ shape, strides, offset }: Layout, mask: NDArray, caller: string): IndexPlan {
  const lists = nonzeroArrays(mask, caller);
  const arrays = lists.map((array, axis) => ({ array, axis, length: shape[axis]!, stride: strides[axis]! }));
  return {
    view: { shape: [], strides: [], offset },
    arrays,
    shape: lists[0]!.layout.shape,
    front: 0,
    mask: null,
  };
}

/** The selection with arrays of integers among the parts. */
function joined({ view, arrays, shape, front }: IndexPlan, caller: string): Selection {
  const places = placesOf(arrays, shape!, 1, "raise", caller);
  const moved = roomForOffsets(places.count);
  eachPlace(places, (place, k) => {
    moved[k] = place;
  });
  const lead = offsetsOf(part(view, 0, front));
  const tail = offsetsOf({ ...part(view, front, view.shape.length), offset: 0 });
  const offsets = roomForOffsets(lead.length * moved.length * tail.length);
  let at = 0;
  for (const a of lead) for (const b of moved) for (const c of tail) offsets[at++] = a + b + c;
  return { shape: [...view.shape.slice(0, front), ...shape!, ...view.shape.slice(front)], offsets };
}

function part({ shape, strides, offset }: Layout, from: number, to: number): Layout {
  return { shape: shape.slice(from, to), strides: strides.slice(from, to), offset };
}

function roomForOffsets(size: number): Float64Array {
  try {
    return new Float64Array(size);
  } catch {
    throw new ValueError(`${size} elements are too many to be met one by one; take parts`);
  }
}

/** The byte offset of each element in C order. */
export function offsetsOf({ shape, strides, offset }: Layout): Float64Array {
  const size = sizeOf(shape);
  const offsets = roomForOffsets(size);
  if (size === 0) return offsets;
  offsets[0] = offset;
  // Each axis, from the last, repeats what is there already.
  let done = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const stride = strides[axis]!;
    for (let i = 1; i < shape[axis]!; i++) {
      for (let k = 0; k < done; k++) offsets[i * done + k] = offsets[k]! + i * stride;
    }
    done *= shape[axis]!;
  }
  return offsets;
}
