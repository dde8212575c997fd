/**
 * How several operands are walked together: the shape that they share, the axes from the outermost to the innermost, which
 * of them go backwards, and for each operand its dtype and how far it steps along each. As NumPy's iterator does it: in the
 * order of memory where the operands agree (`order: "K"`), with axes merged where nobody asks for their indices.
 */

import { assign } from "../array/assign.ts";
import { mayClash } from "../array/clash.ts";
import { castArray } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { checkedSize, MAX_NDIM, shapeText, sizeOf } from "../layout/layout.ts";
import { orderAxes } from "../layout/order.ts";
import type { NditerSettings } from "./nditer-flags.ts";
import { mergedWalk, type Walk, type WalkedOperand } from "./nditer-walk.ts";

/** Candidates that the overlap test may try before a copy is the cheaper answer. */
const WORK = 64;

/** The walk over some operands, with the null ones allocated. */
export function planWalk(given: readonly (NDArray | null)[], settings: NditerSettings, caller: string): Walk {
  const { flags, opFlags } = settings;
  checkOperands(given, settings, caller);
  const ndim = walkedAxes(given, settings, caller);
  const maps = given.map((one, k) => axisMap(one, k, ndim, settings, caller));
  const shape = sharedShape(given, maps, ndim, settings, caller);
  if (sizeOf(shape) === 0 && !flags.has("zerosize_ok")) {
    throw new ValueError(`${caller}: operands without elements need the flag "zerosize_ok"`);
  }
  const reduces = given.map((one, k) => reduction(one, maps[k]!, shape, k, settings, caller));
  const dtypes = dtypesOf(given, settings, caller);
  const strides = given.map((one, k) =>
    one === null ? shape.map(() => 0) : stridesAlong(one, maps[k]!, shape),
  );
  const { axes, flipped } = orderOf(given, strides, shape, settings);
  const operands = given.map((one, k): WalkedOperand => {
    const made = one ?? allocated(maps[k]!, shape, axes, dtypes[k]!, caller);
    const { array, writeBack } = readied(made, k, given, dtypes[k]!, settings, caller);
    const along = array === one ? strides[k]! : stridesAlong(array, maps[k]!, shape);
    return {
      array,
      dtype: dtypes[k]!,
      reads: !opFlags[k]!.has("writeonly"),
      writes: !opFlags[k]!.has("readonly"),
      reduces: reduces[k]!,
      contig: opFlags[k]!.has("contig"),
      ...inOrder(along, shape, axes, flipped),
      writeBack,
    };
  });
  const index = indexFor(shape, flags);
  const walk: Walk = {
    shape: axes.map((axis) => shape[axis]!),
    axes,
    flipped: axes.map((axis) => flipped[axis]!),
    operands,
    index: index === null ? null : inOrder(index, shape, axes, flipped),
  };
  return flags.has("multi_index") ? walk : mergedWalk(walk);
}

function checkOperands(
  given: readonly (NDArray | null)[],
  { opFlags }: NditerSettings,
  caller: string,
): void {
  if (given.length === 0) throw new ValueError(`${caller}: there must be one operand at least`);
  if (given.length > MAX_NDIM)
    throw new ValueError(`${caller}: ${given.length} operands are too many; the most is 64`);
  for (const [k, one] of given.entries()) {
    const flags = opFlags[k]!;
    if (one !== null && !flags.has("readonly")) requireWriteable(one, caller);
    if (one === null && (flags.has("readonly") || !flags.has("allocate"))) {
      throw new ValueError(
        `${caller}: operand ${k} is null and needs the flags "writeonly" or "readwrite", and "allocate"`,
      );
    }
  }
}

/** How many axes are walked. */
function walkedAxes(
  given: readonly (NDArray | null)[],
  { opAxes, itershape }: NditerSettings,
  caller: string,
): number {
  const listed = opAxes?.find((one) => one !== null)?.length;
  const ndim = listed ?? Math.max(itershape?.length ?? 0, ...given.map((one) => one?.ndim ?? 0));
  if (itershape !== null && itershape.length !== ndim) {
    throw new ShapeError(`${caller}: itershape has ${itershape.length} lengths for ${ndim} axes`);
  }
  if (ndim > MAX_NDIM) throw new ShapeError(`${caller}: ${ndim} axes are too many; the most is ${MAX_NDIM}`);
  return ndim;
}

/** For each axis of the walk that of an operand, -1 where it has none. */
function axisMap(
  one: NDArray | null,
  k: number,
  ndim: number,
  { opAxes }: NditerSettings,
  caller: string,
): number[] {
  const listed = opAxes?.[k] ?? null;
  const own = one === null ? ndim : one.ndim;
  if (listed === null) {
    if (own > ndim) throw new ShapeError(`${caller}: operand ${k} has ${own} axes for ${ndim} of the walk`);
    return Array.from({ length: ndim }, (_, axis) => Math.max(-1, axis - (ndim - own)));
  }
  const seen = new Set<number>();
  for (const axis of listed) {
    if (axis === -1) continue;
    if (!(Number.isInteger(axis) && axis >= 0 && axis < own)) {
      throw new ValueError(
        `${caller}: ${textOf(axis)} in opAxes is no axis of operand ${k}, which has ${own}`,
      );
    }
    if (seen.has(axis)) throw new ValueError(`${caller}: opAxes names axis ${axis} of operand ${k} twice`);
    seen.add(axis);
  }
  return listed.slice();
}

/** The shape that all operands stretch to. */
function sharedShape(
  given: readonly (NDArray | null)[],
  maps: readonly (readonly number[])[],
  ndim: number,
  { opFlags, itershape }: NditerSettings,
  caller: string,
): number[] {
  const shape = new Array<number>(ndim).fill(1);
  const lengths = given.map((one, k) =>
    maps[k]!.map((axis) => (axis < 0 || one === null ? 1 : one.layout.shape[axis]!)),
  );
  const asked = (itershape ?? []).map((length) => (length === -1 ? 1 : length));
  if (itershape !== null) checkedSize(asked);
  for (const list of [...lengths, asked]) {
    for (const [axis, length] of list.entries()) {
      if (length === 1 || length === shape[axis]) continue;
      if (shape[axis] !== 1) throw mismatch(lengths, asked, caller);
      shape[axis] = length;
    }
  }
  // A length that was asked for is not stretched.
  if (itershape?.some((length, axis) => length !== -1 && length !== shape[axis]) === true) {
    throw mismatch(lengths, asked, caller);
  }
  checkedSize(shape);
  for (const [k, flags] of opFlags.entries()) {
    if (given[k] === null || !flags.has("no_broadcast")) continue;
    if (lengths[k]!.every((length, axis) => length === shape[axis]) && given[k]!.ndim === ndim) continue;
    throw new ShapeError(
      `${caller}: operand ${k} of shape ${shapeText(given[k]!.layout.shape)} must not be broadcast to ${shapeText(shape)}`,
    );
  }
  return shape;
}

function mismatch(
  lengths: readonly (readonly number[])[],
  asked: readonly number[],
  caller: string,
): ShapeError {
  const texts = lengths.map(shapeText).join(", ");
  const wanted = asked.length === 0 ? "" : `, with the itershape ${shapeText(asked)}`;
  return new ShapeError(`${caller}: operands of shapes ${texts}${wanted} cannot be broadcast together`);
}

/** Whether an operand that is written has fewer elements than there are places; throws where that is not allowed. */
function reduction(
  one: NDArray | null,
  map: readonly number[],
  shape: readonly number[],
  k: number,
  { flags, opFlags }: NditerSettings,
  caller: string,
): boolean {
  if (opFlags[k]!.has("readonly")) return false;
  const stands = (axis: number, at: number) =>
    axis < 0 || (one !== null && one.layout.shape[axis] === 1 && shape[at] !== 1);
  const at = map.findIndex((axis, place) => shape[place] !== 1 && stands(axis, place));
  if (at < 0) return false;
  if (!flags.has("reduce_ok")) {
    throw new ValueError(
      `${caller}: operand ${k} is written and broadcast along axis ${at} of the walk; a reduction needs the flag "reduce_ok"`,
    );
  }
  if (opFlags[k]!.has("writeonly")) {
    throw new ValueError(
      `${caller}: operand ${k} is reduced, and so read as well: "readwrite", not "writeonly"`,
    );
  }
  return true;
}

/** The dtype in which the elements of each operand are given. */
function dtypesOf(
  given: readonly (NDArray | null)[],
  { flags, opFlags, opDtypes, casting }: NditerSettings,
  caller: string,
): Descriptor[] {
  const own = given.map((one, k) => opDtypes[k] ?? one?.dtype ?? null);
  const known = (list: readonly (Descriptor | null)[]) => list.filter((one) => one !== null);
  if (flags.has("common_dtype")) {
    const shared = promoteAll(known(own), caller);
    own.fill(shared);
  }
  const inputs = known(own.map((one, k) => (opFlags[k]!.has("writeonly") ? null : one)));
  const dtypes = own.map((one) => {
    if (one !== null) return one;
    const from = inputs.length > 0 ? inputs : known(own);
    if (from.length === 0) throw new DTypeError(`${caller}: nothing says of what dtype an operand is to be`);
    return promoteAll(from, caller);
  });
  for (const [k, one] of given.entries()) {
    if (one === null || one.dtype.equals(dtypes[k]!)) continue;
    if (!opFlags[k]!.has("writeonly")) requireCast(one.dtype, dtypes[k]!, casting, `${caller}: operand ${k}`);
    if (!opFlags[k]!.has("readonly")) requireCast(dtypes[k]!, one.dtype, casting, `${caller}: operand ${k}`);
  }
  return dtypes;
}

/** Bytes from each place to the next along the axes of the walk, 0 where an operand is stretched. */
function stridesAlong(one: NDArray, map: readonly number[], shape: readonly number[]): number[] {
  const { layout } = one;
  return map.map((axis, at) =>
    axis < 0 || layout.shape[axis] === 1 || shape[at] === 1 ? 0 : layout.strides[axis]!,
  );
}

/** The axes from the outermost to the innermost, and which of them are walked backwards. */
function orderOf(
  given: readonly (NDArray | null)[],
  strides: readonly (readonly number[])[],
  shape: readonly number[],
  { order }: NditerSettings,
): { axes: number[]; flipped: boolean[] } {
  const forwards = shape.map(() => false);
  if (order === "K") {
    const found = orderAxes(
      shape,
      strides.filter((_, k) => given[k] !== null),
    );
    // What is allocated lies forwards.
    return given.includes(null) ? { axes: found.axes, flipped: forwards } : found;
  }
  const axes = shape.map((_, axis) => axis);
  const backwards =
    order === "F" || (order === "A" && given.every((one) => one === null || one.isContiguous("F")));
  return { axes: backwards ? axes.reverse() : axes, flipped: forwards };
}

/** Strides in the order of the walk, and where the first place is. */
function inOrder(
  strides: readonly number[],
  shape: readonly number[],
  axes: readonly number[],
  flipped: readonly boolean[],
): { strides: number[]; lead: number } {
  let lead = 0;
  const ordered = axes.map((axis) => {
    if (!flipped[axis]) return strides[axis]!;
    lead += (shape[axis]! - 1) * strides[axis]!;
    return 0 - strides[axis]!;
  });
  return { strides: ordered, lead };
}

/** A fresh operand: the axes that it has, nested as they are walked. */
function allocated(
  map: readonly number[],
  shape: readonly number[],
  axes: readonly number[],
  dtype: Descriptor,
  caller: string,
): NDArray {
  const owned = map.filter((axis) => axis >= 0).length;
  const lengths = new Array<number>(owned).fill(1);
  if (map.some((axis) => axis >= owned)) {
    throw new ValueError(`${caller}: opAxes leaves out axes of an operand that is to be allocated`);
  }
  for (const [at, axis] of map.entries()) if (axis >= 0) lengths[axis] = shape[at]!;
  const strides = new Array<number>(owned).fill(0);
  let step = dtype.itemsize;
  for (const at of axes.slice().reverse()) {
    const axis = map[at]!;
    if (axis < 0) continue;
    strides[axis] = step;
    step *= lengths[axis]!;
  }
  return emptyArray(lengths, dtype, step === 0 ? strides.fill(0) : strides, caller);
}

/** An operand as it is walked: cast or copied first where its flags say so. */
function readied(
  one: NDArray,
  k: number,
  given: readonly (NDArray | null)[],
  dtype: Descriptor,
  { flags, opFlags }: NditerSettings,
  caller: string,
): { array: NDArray; writeBack: (() => void) | null } {
  const mine = opFlags[k]!;
  const cast = !one.dtype.equals(dtype);
  const written = !mine.has("readonly");
  const clashes =
    flags.has("copy_if_overlap") && written && given.some((other, j) => j !== k && clash(one, other, mine));
  if (
    cast &&
    !flags.has("buffered") &&
    !(written ? mine.has("updateifcopy") : mine.has("copy") || mine.has("updateifcopy"))
  ) {
    throw new DTypeError(
      `${caller}: operand ${k} of ${one.dtype} is to be given as ${dtype}: that needs the flag "buffered", or "${written ? "updateifcopy" : "copy"}" for the operand`,
    );
  }
  if (!(clashes || (cast && !flags.has("buffered")))) return { array: one, writeBack: null };
  const array = castArray(one, clashes && flags.has("buffered") ? one.dtype : dtype, "K", caller);
  const back = () => assign(one, array, { casting: "unsafe", caller });
  return { array, writeBack: written ? back : null };
}

/** Whether writing one operand changes another; the same elements met at the same time may be excused. */
function clash(one: NDArray, other: NDArray | null, flags: ReadonlySet<string>): boolean {
  if (other === null) return false;
  if (flags.has("overlap_assume_elementwise") && sameElements(one, other)) return false;
  return mayClash(one, other, WORK);
}

function sameElements(a: NDArray, b: NDArray): boolean {
  const [x, y] = [a.layout, b.layout];
  const starts = a.storage.origin + x.offset === b.storage.origin + y.offset;
  return starts && a.dtype.equals(b.dtype) && String([x.shape, x.strides]) === String([y.shape, y.strides]);
}

/** How far the index that is kept steps along each axis of the shape. */
function indexFor(shape: readonly number[], flags: ReadonlySet<string>): number[] | null {
  if (!flags.has("c_index") && !flags.has("f_index")) return null;
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let j = 0; j < shape.length; j++) {
    const axis = flags.has("f_index") ? j : shape.length - 1 - j;
    strides[axis] = shape[axis] === 1 ? 0 : step;
    step *= shape[axis]!;
  }
  return strides;
}
