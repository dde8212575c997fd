import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { IndexError, ShapeError, textOf, ValueError } from "../errors.ts";
import { clampSlice, isSlice, parseIndexText, type Slice, type SliceText } from "../layout/slice.ts";

/** Places along one axis: an integer, a slice, or lists and arrays of integers or of bools. */
export type AxisPlaces = number | bigint | SliceText | `${bigint}` | Slice | ArrayInput;

/** Places as they were given: one, or some. None is checked against the length of the axis but those of a mask. */
export type Places =
  | { readonly kind: "one"; readonly at: number }
  | { readonly kind: "list"; readonly at: Float64Array }
  | { readonly kind: "slice"; readonly start: number; readonly count: number; readonly step: number }
  | { readonly kind: "mask"; readonly mask: Uint8Array };

/**
 * Reads places along an axis of a length; arrays of integers may have so many axes, which do not matter.
 *
 * @throws IndexError for what is no integer, ValueError for a mask that is not as long as wanted.
 */
export function placesFrom(given: AxisPlaces, length: number, mostAxes: number, caller: string): Places {
  if (typeof given === "number" || typeof given === "bigint")
    return { kind: "one", at: integer(given, caller) };
  if (typeof given === "string" || isSlice(given)) {
    const part = typeof given === "string" ? parseIndexText(given) : given;
    if (typeof part === "number") return { kind: "one", at: part };
    return { kind: "slice", ...clampSlice(part, length) };
  }
  const a = asarray(given) as NDArray;
  if (a.dtype.kind === "b") {
    if (a.ndim !== 1) throw new ValueError(`${caller}: obj is a mask of ${a.ndim} axes; it must have one`);
    return { kind: "mask", mask: dataOf(workingCopy(a, plain.bool, "C", caller)) as Uint8Array };
  }
  if (a.ndim > mostAxes) {
    throw new ShapeError(`${caller}: obj has ${a.ndim} axes; places along an axis have one at most`);
  }
  return listed(given, a, caller);
}

function listed(given: AxisPlaces, a: NDArray, caller: string): Places {
  const fromLists = !(given instanceof NDArray || ArrayBuffer.isView(given));
  const isInteger = a.dtype.kind === "i" || a.dtype.kind === "u";
  if (!isInteger && !(fromLists && (a.dtype === plain.float64 || a.size === 0))) {
    throw new IndexError(
      `${caller}: obj is of ${a.dtype}; places along an axis are integers, or a mask of bools`,
    );
  }
  // Through float64, so that a place beyond 32 bits is not taken for another one.
  const at = dataOf(workingCopy(a, plain.float64, "C", caller)) as Float64Array;
  if (!isInteger) for (let k = 0; k < at.length; k++) integer(at[k]!, caller);
  return a.ndim === 0 ? { kind: "one", at: at[0]! } : { kind: "list", at };
}

function integer(place: number | bigint, caller: string): number {
  const number = Number(place);
  if (Number.isInteger(number)) return number + 0;
  throw new IndexError(`${caller}: obj ${textOf(place)} is not an integer`);
}

/** A place counted from the front; `end` is the first that is out of bounds. */
export function placeWithin(at: number, length: number, end: number, axis: number, caller: string): number {
  if (at >= -length && at < end) return at < 0 ? at + length : at;
  throw new IndexError(`${caller}: index ${at} of obj is out of bounds for axis ${axis} with size ${length}`);
}
