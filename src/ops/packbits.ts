import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { heapStorage } from "../array/heapplace.ts";
import { moveBytes } from "../array/move.ts";
import { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { type BitOrder, packKernel, unpackKernel } from "../engine/kernels/packing.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { moveAxes } from "../layout/movement.ts";
import { resolveOrder } from "../layout/order.ts";
import type { Kernel } from "../wasm/kernel.ts";
import { TILE_ROOM, tilePointer } from "../wasm/memory.ts";
import { type AxisOption, axisOption, type WithAxis } from "./axis-option.ts";
import { isWhole } from "./index-input.ts";
import { ravel } from "./reshape.ts";

/** How bits are packed. */
export interface PackbitsOptions extends WithAxis {
  /** Whether the first element is the highest bit of a byte, `"big"`, as if left out, or the lowest one. */
  readonly bitorder?: BitOrder | undefined;
}

/** How bits are unpacked. */
export interface UnpackbitsOptions extends PackbitsOptions {
  /** How many bits along the axis: more than there are gives zeros at the end, a negative number leaves as many off. */
  readonly count?: number | null | undefined;
}

function orderFrom({ bitorder = "big" }: PackbitsOptions, caller: string): BitOrder {
  if (bitorder === "big" || bitorder === "little") return bitorder;
  throw new ValueError(`${caller}: bitorder ${textOf(bitorder)} is neither "big" nor "little"`);
}

/**
 * Bits of bytes, from integers and bools, of which anything but 0 is a 1: along an axis, or without one of all elements in C
 * order. The last byte is filled up with zeros. Returns a copy.
 *
 * @param options an axis, or `{ axis, bitorder }`
 * @throws DTypeError for elements that are neither integers nor bools, IndexError for an axis that is not there.
 * @example
 * np.packbits([true, false, true]).tolist(); // [160]
 * np.packbits([1, 0, 1], { bitorder: "little" }).tolist(); // [5]
 */
export function packbits(a: ArrayInput, options?: AxisOption<PackbitsOptions>): NDArray<"uint8"> {
  if (options === undefined && isShort(a) && "biu".includes(a.dtype.kind)) return packShort(a);
  const keywords = axisOption<PackbitsOptions>(options, "packbits");
  const order = orderFrom(keywords, "packbits");
  const given = asarray(a) as NDArray;
  const { kind } = given.dtype;
  if (!("biu".includes(kind) || (!(a instanceof NDArray) && isWhole(given)))) {
    throw new DTypeError(`packbits: elements must be integers or bools, given ${given.dtype}`);
  }
  const bits = kind === "b" || given.itemsize === 1 ? given : workingCopy(given, plain.bool, "K", "packbits");
  const line = { ...alongAxis(bits, keywords.axis ?? null, "packbits"), order: orderOf(given) };
  const count = line.x.layout.shape[line.axis]!;
  return converted(line, Math.ceil(count / 8), packKernel(order), count, true, "packbits");
}

/**
 * The bits of bytes, as elements that are 0 or 1: along an axis, or without one of all elements in C order. Returns a copy.
 *
 * @param options an axis, or `{ axis, count, bitorder }`
 * @throws DTypeError for elements that are not uint8, ValueError for a count that leaves off more than there is.
 * @example
 * np.unpackbits(np.array([5], "uint8")).tolist(); // [0, 0, 0, 0, 0, 1, 0, 1]
 * np.unpackbits(np.array([5], "uint8"), { bitorder: "little", count: 3 }).tolist(); // [1, 0, 1]
 */
export function unpackbits(a: ArrayInput, options?: AxisOption<UnpackbitsOptions>): NDArray<"uint8"> {
  if (options === undefined && isShort(a) && a.dtype === plain.uint8) return unpackShort(a);
  const keywords = axisOption<UnpackbitsOptions>(options, "unpackbits");
  const order = orderFrom(keywords, "unpackbits");
  const given = asarray(a) as NDArray;
  if (given.dtype !== plain.uint8) {
    throw new DTypeError(`unpackbits: elements must be uint8, given ${given.dtype}`);
  }
  const line = { ...alongAxis(given, keywords.axis ?? null, "unpackbits"), order: orderOf(given) };
  const bits = 8 * line.x.layout.shape[line.axis]!;
  const wanted = countFrom(keywords.count, bits);
  return converted(line, wanted, unpackKernel(order), Math.min(bits, wanted), false, "unpackbits");
}

/** Fewer bytes are converted in a loop, for which it takes longer to bring them into the engine's memory. */
const SHORT = 128;

function isShort(a: ArrayInput): a is NDArray {
  if (!(a instanceof NDArray) || a.dtype.itemsize !== 1) return false;
  const { shape } = a.layout;
  return shape.length === 1 && shape[0]! <= SHORT;
}

function packShort({ storage, layout }: NDArray): NDArray<"uint8"> {
  const n = layout.shape[0]!;
  const step = layout.strides[0]!;
  const result = unsetArray([Math.ceil(n / 8)], plain.uint8, "C", "packbits");
  storage.alive();
  const [from, to] = [storage.bytes, result.storage.bytes];
  let [p, q] = [layout.offset, result.layout.offset];
  for (let k = 0; k < n; k += 8) {
    let bits = 0;
    for (let j = k; j < k + 8; j++, p += step) bits = (bits << 1) | (j < n && from[p] !== 0 ? 1 : 0);
    to[q++] = bits;
  }
  return result;
}

function unpackShort({ storage, layout }: NDArray): NDArray<"uint8"> {
  const n = layout.shape[0]!;
  const step = layout.strides[0]!;
  const result = unsetArray([8 * n], plain.uint8, "C", "unpackbits");
  storage.alive();
  const [from, to] = [storage.bytes, result.storage.bytes];
  let [p, q] = [layout.offset, result.layout.offset];
  for (let k = 0; k < n; k++, p += step) {
    const bits = from[p]!;
    for (let j = 7; j >= 0; j--) to[q++] = (bits >> j) & 1;
  }
  return result;
}

function countFrom(count: number | null | undefined, bits: number): number {
  if (count === null || count === undefined) return bits;
  if (!Number.isInteger(count)) throw new DTypeError(`unpackbits: count ${textOf(count)} is not an integer`);
  if (count >= 0) return count + 0;
  if (-count <= bits) return bits + count;
  throw new ValueError(`unpackbits: count ${count} leaves off more than the ${bits} bits that there are`);
}

/** An array and the axis to go along. */
interface Line {
  readonly x: NDArray;
  readonly axis: number;
  readonly order: "C" | "F";
}

/** Of the result in memory: F where the array lies so and not in C order. */
function orderOf({ layout, itemsize }: NDArray): "C" | "F" {
  return resolveOrder("A", layout, itemsize) as "C" | "F";
}

function alongAxis(a: NDArray, axis: number | null, caller: string): Omit<Line, "order"> {
  if (axis !== null && a.ndim > 0) return { x: a, axis: normalizeAxis(axis, a.ndim, caller) };
  return { x: ravel(a) as NDArray, axis: 0 };
}

/** Rows of `n` elements or bits by a kernel, into rows of `length`. */
function converted(
  { x, axis, order }: Line,
  length: number,
  kernel: Kernel,
  n: number,
  packs: boolean,
  caller: string,
): NDArray<"uint8"> {
  const shape = x.shape;
  const row = shape[axis]!;
  shape[axis] = length;
  // Rows that end in zeros are not written to the end.
  const make = packs || n === length ? unsetArray : emptyArray;
  const result = make(shape, plain.uint8, order, caller);
  if (result.size === 0 || n === 0) return result;
  const source = lastAxis(x, axis);
  const dense = source.isContiguous("C") ? source : workingCopy(source, source.dtype, "C", caller);
  const view = lastAxis(result, axis);
  const target = view.isContiguous("C") ? view : make(view.layout.shape, plain.uint8, "C", caller);
  const how = { rows: dense.size / row, n, row, length, packs, kernel };
  convertRows(dense, target, how);
  if (target !== view) castElements(view.layout.shape, placeOf(target), placeOf(view));
  return result;
}

function lastAxis(a: NDArray, axis: number): NDArray {
  return axis === a.ndim - 1 ? a : a.viewAs(moveAxes(a.layout, axis, -1, "packbits"));
}

interface Rows {
  readonly rows: number;
  readonly n: number;
  /** Bytes of a row, here and there. */
  readonly row: number;
  readonly length: number;
  readonly packs: boolean;
  readonly kernel: Kernel;
}

/** Brings rows, or parts of long ones, into the engine's memory, and what becomes of them out again. */
function convertRows(source: NDArray, target: NDArray, { rows, n, row, length, packs, kernel }: Rows): void {
  const [from, to] = [tilePointer(0), tilePointer(1)];
  const heap = heapStorage();
  const { run } = kernel;
  const longest = Math.max(row, length);
  const [p, q] = [source.layout.offset, target.layout.offset];
  if (longest <= TILE_ROOM) {
    const most = Math.max(1, Math.floor(TILE_ROOM / longest));
    for (let i = 0; i < rows; i += most) {
      const count = Math.min(most, rows - i);
      moveBytes(source.storage, p + i * row, heap, from, count * row);
      run(count, n, from, row, to, length);
      // What the kernel wrote past a row's end is not sent out where a row ends in zeros.
      sendRows(target, q + i * length, to, count, length, packs ? length : n);
    }
    return;
  }
  for (let i = 0; i < rows; i++) {
    for (let at = 0; at < n; at += TILE_ROOM) {
      const bits = Math.min(TILE_ROOM, n - at);
      const bytes = Math.ceil(bits / 8);
      const [read, write] = packs ? [bits, bytes] : [bytes, bits];
      moveBytes(source.storage, p + i * row + (packs ? at : at / 8), heap, from, read);
      run(1, bits, from, 0, to, 0);
      moveBytes(heap, to, target.storage, q + i * length + (packs ? at / 8 : at), write);
    }
  }
}

function sendRows(
  target: NDArray,
  to: number,
  from: number,
  rows: number,
  length: number,
  used: number,
): void {
  const heap = heapStorage();
  if (used === length) moveBytes(heap, from, target.storage, to, rows * length);
  else
    for (let i = 0; i < rows; i++) moveBytes(heap, from + i * length, target.storage, to + i * length, used);
}
