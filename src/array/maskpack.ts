/**
 * Reading and writing the elements that a mask of the same shape picks, in C order.
 */

import type { DType } from "../dtype/map.ts";
import { ShapeError } from "../errors.ts";
import { coalesce } from "../layout/coalesce.ts";
import { walkOuterMany } from "../layout/walk.ts";
import { reportCopy } from "./allocate.ts";
import { isSolid } from "./cast.ts";
import { mayClash } from "./clash.ts";
import { protectedCopy, workingCopy } from "./duplicate.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import { moveIndexed } from "./indexmove.ts";
import { type MaskLine, packLine, spreadLine } from "./maskchunks.ts";
import type { NDArray } from "./ndarray.ts";
import { countBytes, nonzeroArrays } from "./truths.ts";

/** Shorter lines are not worth a kernel each. */
const SHORT = 64;
/** Fewer elements are met where they are. */
const FEW = 512;

/** How many elements a mask picks. */
export function countMask(mask: NDArray, caller: string): number {
  mask.storage.alive();
  const dense =
    mask.isContiguous("C") || mask.isContiguous("F") ? mask : workingCopy(mask, mask.dtype, "K", caller);
  return countBytes(dense.storage, dense.layout.offset, dense.size);
}

/** The elements that a mask picks, as an array of one axis. */
export function packMasked<D extends DType>(a: NDArray<D>, mask: NDArray, caller: string): NDArray<D> {
  a.storage.alive();
  const count = countMask(mask, caller);
  const solid = isSolid(a.dtype);
  const packed = (solid ? unsetArray : emptyArray)([count], a.dtype, "C", caller);
  if (count === 0) return packed;
  reportCopy(packed.nbytes, caller);
  if (!solid) {
    moveNamed(a, mask, packed, false, caller);
    return packed;
  }
  const [elements, picks] = inLines(a, mask, count, caller);
  let at = packed.layout.offset;
  eachLine(elements, picks, (line) => {
    at = packLine(line, packed.storage, at);
  });
  return packed;
}

/** Both in C order, where their own lines are too short or, for many elements, too far apart. */
function inLines(a: NDArray, mask: NDArray, count: number, caller: string): [NDArray, NDArray] {
  if (a.size <= FEW) return [a, mask];
  const picks = mask.isContiguous("C") ? mask : workingCopy(mask, mask.dtype, "C", caller);
  const near = innerLength(a, picks) >= SHORT && (isNear(a) || count * 16 < a.size);
  return [
    near ? a : workingCopy(a, a.dtype, "C", caller, "its lines are too short, or its elements too far apart"),
    picks,
  ];
}

function innerLength(a: NDArray, mask: NDArray): number {
  return coalesce(a.layout.shape, [a.layout.strides, mask.layout.strides]).shape.at(-1) ?? 1;
}

function isNear(a: NDArray): boolean {
  const { strides } = coalesce(a.layout.shape, [a.layout.strides]);
  return Math.abs(strides[0]!.at(-1) ?? 0) <= 32;
}

function eachLine(a: NDArray, mask: NDArray, work: (line: MaskLine) => void): void {
  const { shape, strides } = coalesce(a.layout.shape, [a.layout.strides, mask.layout.strides]);
  const [s, m] = strides as [number[], number[]];
  const n = shape.at(-1) ?? 1;
  const [step, maskStep] = [s.at(-1) ?? a.itemsize, m.at(-1) ?? 1];
  const { storage, itemsize } = a;
  // Written out: objects that are spread cost more than many a line.
  walkOuterMany(shape, strides, [a.layout.offset, mask.layout.offset], 1, ([from, first]) => {
    work({ n, itemsize, storage, from: from!, step, mask: mask.storage, first: first!, maskStep });
  });
}

/**
 * Writes values, one after another in C order, to the elements that a mask picks, as if both had been copied first.
 *
 * @throws ShapeError when there are not as many values as the mask picks.
 */
export function spreadMasked(a: NDArray, mask: NDArray, values: NDArray, caller: string): void {
  a.storage.alive();
  const count = countMask(mask, caller);
  if (values.size !== count) {
    throw new ShapeError(
      `${caller}: cannot assign ${values.size} values to the ${count} elements that the mask picks`,
    );
  }
  if (count === 0) return;
  const ready = values.dtype.equals(a.dtype) && values.isContiguous("C") && !mayClash(a, values, 1);
  const line = ready ? values : workingCopy(values, a.dtype, "C", caller);
  const picks = mayClash(a, mask, 1) ? protectedCopy(mask, "C", caller) : mask;
  if (!isSolid(a.dtype) || (a.size > FEW && innerLength(a, picks) < SHORT)) {
    moveNamed(a, picks, line, true, caller);
    return;
  }
  let at = line.layout.offset;
  eachLine(a, picks, (one) => {
    at = spreadLine(one, line.storage, at);
  });
}

/** The same by the indices of the elements: for fields with gaps, and for lines that are too short. */
function moveNamed(a: NDArray, mask: NDArray, line: NDArray, write: boolean, caller: string): void {
  const { shape, strides, offset } = a.layout;
  moveIndexed(
    {
      arrays: nonzeroArrays(mask, caller).map((array, axis) => ({
        array,
        axis,
        length: shape[axis]!,
        stride: strides[axis]!,
      })),
      places: [line.size],
      mode: "raise",
      shape: [],
      indexed: { storage: a.storage, strides: [], offset },
      other: { storage: line.storage, strides: [], offset: line.layout.offset },
      gap: line.itemsize,
      write,
      caller,
    },
    a.dtype,
  );
}
