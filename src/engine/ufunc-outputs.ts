import { hiddenReason } from "../array/allocate.ts";
import type { TypedPlace } from "../array/cast.ts";
import { mayClash } from "../array/clash.ts";
import { BESIDE, placeOf, protectedCopy } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { type Casting, mayCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { selfOverlap } from "../layout/overlap.ts";
import { isInspected } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { castingFor } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/**
 * Results that go into arrays which somebody gave.
 *
 * Whatever operands and results share, the outcome is what it would be if the operands had been copied first. They are
 * copied only when the overlap test says that they must be; an operand that is the very place of the result needs no
 * copy, because each element is read before it is written. A result that cannot be written at once, because its own
 * elements overlap, or those of another result, or because the kernel may throw half way, is computed beside it.
 */

/** Candidates that the overlap test may try before a copy is the cheaper answer. */
const WORK = 1;

/** Throws unless a result of that dtype may go into `out`, an array of that shape. */
export function requireOut(
  core: UfuncCore,
  out: NDArray,
  dtype: Descriptor,
  shape: readonly number[],
  casting: Casting,
): void {
  if (!(out instanceof NDArray)) {
    throw new ValueError(`${core.name}: ${textOf(out)} cannot take a result; out is an array`);
  }
  if (out.dtype !== dtype && !mayCast(dtype, out.dtype, casting)) {
    throw new DTypeError(
      `${core.name}: cannot cast the output from ${dtype} to ${out.dtype} under casting "${casting}"; ${castingFor(dtype, out.dtype)}`,
    );
  }
  if (!isSameShape(out.layout.shape, shape)) {
    throw new ShapeError(
      `${core.name}: out has shape ${shapeText(out.layout.shape)}, but the operands broadcast to ${shapeText(shape)}; an output is never stretched`,
    );
  }
  requireWriteable(out, core.name);
}

/** Where an operand is, stretched to a shape that it fits. */
export function stretchedPlace(a: NDArray, shape: readonly number[]): TypedPlace {
  return isSameShape(a.layout.shape, shape) ? placeOf(a) : placeOf(a, broadcastLayout(a.layout, shape)!);
}

/** The operand, or a copy of it where writing to one of the results would change it. */
export function apart(
  a: NDArray,
  shape: readonly number[],
  outs: readonly (NDArray | null)[],
  caller: string,
): NDArray {
  return isUnharmed(a, shape, outs) ? a : protectedCopy(a, "K", caller);
}

/** Whether writing to the results changes no element of an operand before it is read. */
export function isUnharmed(a: NDArray, shape: readonly number[], outs: readonly (NDArray | null)[]): boolean {
  for (let k = 0; k < outs.length; k++) {
    const out = outs[k]!;
    if (out === null || out.storage.memory !== a.storage.memory) continue;
    const place = stretchedPlace(a, shape);
    if (!isSamePlace(place, out, shape) && meets(place, out, shape)) return false;
  }
  return true;
}

/** The mask, or a copy of it where it shares memory with a result at all: it is read once for each of them. */
export function maskApart(
  mask: NDArray,
  shape: readonly number[],
  outs: readonly (NDArray | null)[],
  caller: string,
): NDArray {
  const shared = outs.some((out) => out !== null && meets(stretchedPlace(mask, shape), out, shape));
  return shared ? protectedCopy(mask, "K", caller) : mask;
}

function meets(place: TypedPlace, out: NDArray, shape: readonly number[]): boolean {
  const layout = { shape, strides: place.strides, offset: place.offset };
  return mayClash({ storage: place.storage, layout, itemsize: place.dtype.itemsize }, out, WORK);
}

/** Whether each element lies exactly where that of the result with the same index does. */
function isSamePlace(place: TypedPlace, out: NDArray, shape: readonly number[]): boolean {
  const { strides } = out.layout;
  // Of a memory behind several windows the place in the window says nothing.
  const from = place.storage.inMemory({ shape, strides: place.strides, offset: place.offset }).offset;
  if (from !== out.storage.inMemory(out.layout).offset) return false;
  if (place.dtype.itemsize !== out.dtype.itemsize) return false;
  for (let k = 0; k < shape.length; k++) {
    if (shape[k]! > 1 && place.strides[k] !== strides[k]) return false;
  }
  return true;
}

/** Whether a kernel may throw half way: of integers, such as a negative power. */
export function mayThrow(core: UfuncCore, loop: Loop): boolean {
  return core.mayThrow && loop.outputs[0]!.kind === "i";
}

/** Whether a result has to be computed beside the array that it is for. */
export function needsDetour(
  core: UfuncCore,
  loop: Loop,
  outs: readonly (NDArray | null)[],
  k: number,
): boolean {
  const out = outs[k]!;
  // Tiles hold no strings and no fields: numbers become those afterwards.
  if ("SUV".includes(out.dtype.kind)) return true;
  // An event that somebody asked to raise must leave the array as it was.
  if (isInspected() || mayThrow(core, loop) || selfOverlap(out.layout, out.dtype.itemsize, WORK) !== "no")
    return true;
  return outs.some((other, j) => j < k && other !== null && mayClash(other, out, WORK));
}

/** A result beside the array that it is for. */
export function detour(out: NDArray, dtype: Descriptor, caller: string): NDArray {
  return unsetArray(out.layout.shape, dtype, "C", hiddenReason(caller, BESIDE));
}
