import { astype } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, IndexError, textOf, ValueError } from "../errors.ts";
import { type BasicIndex, indexLayout } from "../layout/basic.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { type Layout, shapeText, sizeOf } from "../layout/layout.ts";

/**
 * Which elements an index of any kind names, as byte offsets: integers, slices, null and "...", arrays of integers, and
 * masks. What is asked for may repeat, and every offset is checked before the first one is handed out.
 *
 * Arrays of integers are broadcast against each other, and a mask stands for the arrays of the places where it is true.
 * Their common shape stands where they are when they stand side by side, and in front when they do not.
 */

/** One part of an index: a basic one, or an array or lists of integers or of bools. */
export type IndexPart = BasicIndex | boolean | NDArray | ArrayBufferView | readonly unknown[];

/** The shape that an index selects, and the byte offset of each element in C order. */
export interface Selection {
  readonly shape: readonly number[];
  readonly offsets: Float64Array;
}

/** What an index selects from a layout. Lists that hold arrays, lists aside, or texts or null are several parts. */
export function selectOffsets(layout: Layout, index: IndexPart, caller: string): Selection {
  if (isPlainIndex(layout, index)) return alongLine(layout, index, caller);
  const parts = withEllipsis(partsOf(index), layout.shape.length, caller);
  const advanced: AxisIndices[] = [];
  const basic: BasicIndex[] = [];
  let axis = 0;
  // Beside arrays an integer is an array of no axes.
  const mixed = !parts.every(isBasic);
  for (const part of parts) {
    if (isBasic(part) && !(mixed && isInteger(part))) {
      basic.push(part);
      if (part !== null) axis++;
      continue;
    }
    for (const indices of indicesOf(part, layout, axis, caller)) {
      advanced.push({ ...indices, place: basic.length, axis: axis++ });
      // Taken at 0 for now: the offset of each index is added later.
      basic.push(0);
    }
  }
  return advanced.length === 0 ? whole(layout, basic) : joined(layout, basic, advanced, caller);
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

/** An array of integers for one axis. */
interface AxisIndices {
  readonly array: NDArray<"int64">;
  readonly axis: number;
  /** Which part of the index it is. */
  readonly place: number;
}

function isBasic(part: IndexPart): part is BasicIndex {
  if (typeof part === "boolean") return false;
  if (typeof part !== "object" || part === null) return true;
  return !(part instanceof NDArray || ArrayBuffer.isView(part) || Array.isArray(part));
}

function partsOf(index: IndexPart): readonly IndexPart[] {
  if (!Array.isArray(index)) return [index];
  const several = index.some(
    (part) => part === null || typeof part === "string" || (typeof part === "object" && !Array.isArray(part)),
  );
  return several ? (index as readonly IndexPart[]) : [index];
}

/** The parts with ":" in place of "..." and for the axes that are left. */
function withEllipsis(parts: readonly IndexPart[], ndim: number, caller: string): IndexPart[] {
  const used = parts.reduce<number>((sum, part) => sum + axesUsed(part), 0);
  if (used > ndim) {
    throw new IndexError(
      `${caller}: too many indices: the array has ${ndim} axes, the index speaks of ${used}`,
    );
  }
  const rest = new Array<":">(ndim - used).fill(":");
  const at = parts.indexOf("...");
  return at < 0 ? [...parts, ...rest] : [...parts.slice(0, at), ...rest, ...parts.slice(at + 1)];
}

function axesUsed(part: IndexPart): number {
  if (part === null || part === "...") return 0;
  if (isBasic(part)) return 1;
  const array = asarray(part as ArrayInput);
  return array.dtype.kind === "b" ? array.ndim : 1;
}

/** The arrays of integers, one for an axis, that an array stands for. */
function indicesOf(
  part: IndexPart,
  layout: Layout,
  axis: number,
  caller: string,
): { array: NDArray<"int64"> }[] {
  if (isBasic(part)) return [{ array: asarray(BigInt(part as number), "int64") }];
  const given: NDArray = asarray(part as ArrayInput);
  if (given.dtype.kind === "b")
    return placesOfTrue(given, layout.shape.slice(axis, axis + given.ndim), caller);
  const listed = !(part instanceof NDArray) && !ArrayBuffer.isView(part);
  if (given.dtype.kind === "i" || given.dtype.kind === "u") return [integersOf(given)];
  if (listed && (given.size === 0 || isWhole(given))) return [integersOf(given)];
  throw new IndexError(`${caller}: an index array must be of integers or bools, not of ${given.dtype}`);
}

/** In C order, as their places are counted. */
function integersOf(given: NDArray): { array: NDArray<"int64"> } {
  return { array: astype(given, "int64", { order: "C" }) };
}

/** Whether numbers from a list, which are float64, are all integers. */
function isWhole(given: NDArray): boolean {
  return given.dtype.type === "float64" && (given.data as Float64Array).every(Number.isInteger);
}

/** For each axis of a mask the indices at which it is true. */
function placesOfTrue(
  mask: NDArray,
  shape: readonly number[],
  caller: string,
): { array: NDArray<"int64"> }[] {
  const lengths = mask.layout.shape;
  if (lengths.length === 0) throw new DTypeError(`${caller}: a single bool is no index; give a mask`);
  if (lengths.some((length, k) => length !== shape[k])) {
    throw new IndexError(
      `${caller}: a mask of shape ${shapeText(lengths)} does not fit the axes of lengths ${shapeText(shape)}`,
    );
  }
  const flags = astype(mask, "uint8", { order: "C" }).data as Uint8Array;
  const found: bigint[][] = lengths.map(() => []);
  for (let k = 0; k < flags.length; k++) {
    if (flags[k] === 0) continue;
    let rest = k;
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      found[axis]!.push(BigInt(rest % lengths[axis]!));
      rest = Math.floor(rest / lengths[axis]!);
    }
  }
  return found.map((list) => ({ array: asarray(BigInt64Array.from(list)) }));
}

/** The selection of basic parts alone. */
function whole(layout: Layout, basic: readonly BasicIndex[]): Selection {
  const view = indexLayout(layout, basic);
  return { shape: view.shape, offsets: offsetsOf(view) };
}

/** The selection with arrays of integers among the parts. */
function joined(
  layout: Layout,
  basic: readonly BasicIndex[],
  advanced: readonly AxisIndices[],
  caller: string,
): Selection {
  if (advanced.some(({ axis }) => layout.shape[axis] === 0))
    return emptyAxis(layout, basic, advanced, caller);
  const view = indexLayout(layout, basic);
  const shape = broadcastShapes(
    advanced.map(({ array }) => array.layout.shape),
    caller,
  );
  const moved = roomForOffsets(sizeOf(shape));
  for (const indices of advanced) addOffsets(moved, shape, indices, layout, caller);
  const front = axesBefore(advanced);
  const lead = offsetsOf(part(view, 0, front));
  const tail = offsetsOf({ ...part(view, front, view.shape.length), offset: 0 });
  const offsets = roomForOffsets(lead.length * moved.length * tail.length);
  let at = 0;
  for (const a of lead) for (const b of moved) for (const c of tail) offsets[at++] = a + b + c;
  return { shape: [...view.shape.slice(0, front), ...shape, ...view.shape.slice(front)], offsets };
}

/** Along an axis of length 0 only no index at all is in bounds. */
function emptyAxis(
  layout: Layout,
  basic: readonly BasicIndex[],
  advanced: readonly AxisIndices[],
  caller: string,
): Selection {
  for (const { array, axis } of advanced) {
    if (array.size > 0 && layout.shape[axis] === 0) throw outOfBounds(caller, array.data[0]!, axis, 0);
  }
  const lengths = layout.shape.map((length, axis) =>
    advanced.some((one) => one.axis === axis) ? Math.max(1, length) : length,
  );
  const { shape } = joined({ ...layout, shape: lengths }, basic, advanced, caller);
  return { shape, offsets: new Float64Array(0) };
}

function part({ shape, strides, offset }: Layout, from: number, to: number): Layout {
  return { shape: shape.slice(from, to), strides: strides.slice(from, to), offset };
}

/** How many axes of the basic selection come before those of the arrays: none when these stand apart. */
function axesBefore(advanced: readonly AxisIndices[]): number {
  const first = advanced[0]!.place;
  return advanced.every(({ place }, k) => place === first + k) ? first : 0;
}

function isInteger(part: BasicIndex): boolean {
  return (
    typeof part === "number" || typeof part === "bigint" || (typeof part === "string" && /^-?\d+$/.test(part))
  );
}

function addOffsets(
  moved: Float64Array,
  shape: readonly number[],
  { array, axis }: AxisIndices,
  layout: Layout,
  caller: string,
): void {
  const length = layout.shape[axis]!;
  const stride = layout.strides[axis]!;
  const places = offsetsOf(broadcastLayout({ ...array.layout, offset: 0 }, shape)!);
  const { data } = array;
  const check = (given: number) => {
    if (given < -length || given >= length) throw outOfBounds(caller, given, axis, length);
  };
  // Also where it is broadcast with what has no element.
  if (moved.length === 0) for (const given of data) check(Number(given));
  for (let k = 0; k < moved.length; k++) {
    const given = Number(data[places[k]! / 8]!);
    check(given);
    moved[k]! += (given < 0 ? given + length : given) * stride;
  }
}

function outOfBounds(caller: string, index: unknown, axis: number, length: number): IndexError {
  return new IndexError(
    `${caller}: index ${textOf(index)} is out of bounds for axis ${axis} with size ${length}`,
  );
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
