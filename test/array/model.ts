import { observeMemory } from "../../src/array/allocate.ts";
import { adoptLayout } from "../../src/array/fresh.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import { broadcastLayout } from "../../src/layout/broadcast.ts";
import { denseLayout } from "../../src/layout/layout.ts";
import { type Dice, everyIndex } from "../layout/model.ts";

/** Every plain dtype. */
export const dtypes: readonly Descriptor[] = Object.values(plain);

/** The address of every element, in C order, by the definition of a layout. */
export function addressesOf(a: NDArray): number[] {
  const { shape, strides, offset } = a.layout;
  return everyIndex(shape).map((index) => index.reduce((sum, i, k) => sum + i * strides[k]!, offset));
}

/** The elements in C order, read one by one. */
export function valuesOf(a: NDArray): unknown[] {
  return addressesOf(a).map((at) => a.dtype.access.read(a.storage.view, at));
}

/** Values as texts, so that NaN equals NaN and -0 does not equal 0. */
export function texts(values: readonly unknown[]): string[] {
  return values.map((x) => (x instanceof Complex ? `${text(x.re)},${text(x.im)}` : text(x)));
}

function text(x: unknown): string {
  return Object.is(x, -0) ? "-0" : typeof x === "object" ? JSON.stringify(x) : String(x);
}

/** The bytes of every element, in C order, one list an element. */
export function bytesOf(a: NDArray): number[][] {
  const bytes = new Uint8Array(a.buffer);
  return addressesOf(a).map((at) => [...bytes.subarray(at, at + a.itemsize)]);
}

/** Writes 1, 2, 3, … into the elements, whatever lies between them. */
export function number(a: NDArray): NDArray {
  const { access, kind } = a.dtype;
  for (const [k, at] of addressesOf(a).entries()) {
    const value = kind === "b" ? k % 2 === 0 : kind === "c" ? new Complex(k + 1, -k) : k + 1;
    access.write(a.storage.view, at, access.coerce(value) as never);
  }
  return a;
}

/** An array of zeros on a buffer of its own, with nothing around it. */
export function own(shape: readonly number[], dtype: Descriptor, order: "C" | "F" = "C"): NDArray {
  const layout = denseLayout(shape, dtype.itemsize, order);
  const bytes = shape.reduce((product, length) => product * length, dtype.itemsize);
  return adoptLayout(new ArrayBuffer(bytes), layout, dtype, true, "test");
}

/** An array of 3 × 4 elements, or of what the layout needs, in each of the layouts that a view can have. */
export function sweep(dtype: Descriptor): { name: string; make: () => NDArray }[] {
  const fresh = (shape: number[], order: "C" | "F" = "C") => own(shape, dtype, order);
  const step = dtype.itemsize + 3;
  const layouts: Record<string, () => NDArray> = {
    C: () => fresh([3, 4]),
    F: () => fresh([3, 4], "F"),
    transposed: () => fresh([4, 3]).T,
    reversed: () => fresh([3, 4]).slice("::-1", "::-1"),
    stepped: () => fresh([6, 12]).slice("::2", "::3"),
    window: () => fresh([5, 9]).slice("1:4", "3:7"),
    broadcast: () => repeat(fresh([1, 4]), [3, 4]),
    "length 1": () => fresh([3, 5, 4]).slice(":", "4:1:-7", ":"),
    "three axes": () => fresh([2, 3, 2]).slice("::-1", ":", ":").T,
    "no axes": () => fresh([]),
    empty: () => fresh([3, 0]),
    unaligned: () => {
      const layout = { shape: [3, 4], strides: [4 * step, step], offset: 1 };
      return adoptLayout(new ArrayBuffer(12 * step + 1), layout, dtype, true, "test");
    },
  };
  return Object.entries(layouts).map(([name, make]) => ({ name, make: () => number(make()) }));
}

function repeat(a: NDArray, shape: number[]): NDArray {
  return a.viewAs(broadcastLayout(a.layout, shape)!);
}

/** What was copied while `work` ran: the reasons. */
export function copiesDuring(work: () => void): string[] {
  const reasons: string[] = [];
  const before = observeMemory((event) => void (event.kind === "copy" && reasons.push(event.reason)));
  try {
    work();
  } finally {
    observeMemory(before);
  }
  return reasons;
}

/** A random array over `buffer`; strides may be negative, 0, or no multiple of the itemsize. Null if it does not fit. */
export function windowOn(
  dice: Dice,
  buffer: ArrayBuffer,
  dtype: Descriptor,
  shape: readonly number[],
): NDArray | null {
  const unit = dice.chance(0.8) ? dtype.itemsize : 1;
  const strides = shape.map(
    () => dice.pick([0, 1, 1, 1, 2, 2, 3, 4, 5, 7]) * unit * dice.pick([1, 1, -1]) + 0,
  );
  const reaches = shape.map((length, k) => Math.max(0, length - 1) * strides[k]!);
  const low = reaches.reduce((sum, reach) => sum + Math.min(0, reach), 0);
  const high = reaches.reduce((sum, reach) => sum + Math.max(0, reach), dtype.itemsize);
  if (high - low > buffer.byteLength) return null;
  const offset = dice.int(0, buffer.byteLength - (high - low)) - low;
  return adoptLayout(buffer, { shape, strides, offset }, dtype, true, "test");
}
