/** Arrays of what sorts badly: many equal elements, NaN of several kinds, zeros of both signs, the ends of the range. */

import type { NDArray } from "../../src/array/ndarray.ts";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";
import { cStrides, sizeOf } from "../../src/layout/layout.ts";
import type { Dice } from "../layout/model.ts";
import { randomArray } from "./against-numpy.ts";

/** The dtypes that are sorted as words, and those that have several keys. */
export const simple: readonly Descriptor[] = Object.values(plain).filter(({ kind }) => kind !== "c");
export const composed: readonly Descriptor[] = [
  plain.complex64,
  plain.complex128,
  np.dtype([
    ["x", "i2"],
    ["y", "f4"],
  ]),
  np.dtype([
    ["x", "u1"],
    [
      "y",
      [
        ["re", "f8"],
        ["z", "c8"],
      ],
    ],
  ]),
  np.dtype([
    ["block", "i2", [2]],
    ["y", "?"],
  ] as never),
  np.dtype("V3"),
  np.dtype("V12"),
  np.dtype("M8[D]"),
  np.dtype("m8[s]"),
  np.dtype("S3"),
  np.dtype("S13"),
  np.dtype("U1"),
  np.dtype("U3"),
] as readonly Descriptor[];
export const every: readonly Descriptor[] = [...simple, ...composed];

function float(dice: Dice, few: boolean): number {
  if (few) return dice.int(-2, 2);
  if (dice.chance(0.3)) return dice.pick([NaN, -0, 0, Infinity, -Infinity, 1, -1, 5e-324, 2 ** -24]);
  return (dice.next() - 0.5) * 2 ** dice.int(-20, 20);
}

function write(dice: Dice, dtype: Descriptor, view: DataView, at: number, few: boolean): void {
  const { kind, itemsize, fields } = dtype;
  if (fields !== null) {
    for (const field of fields) write(dice, field.dtype, view, at + field.offset, few);
    return;
  }
  if (kind === "M" || kind === "m") {
    const none = dice.chance(0.1);
    view.setBigInt64(at, none ? -(2n ** 63n) : BigInt(few ? dice.int(-2, 2) : dice.int(-1e6, 1e6)), true);
    return;
  }
  if (kind === "U" || kind === "S") {
    const points = itemsize / (kind === "U" ? 4 : 1);
    const length = dice.int(0, points);
    for (let k = 0; k < points; k++) {
      const point =
        k < length ? dice.pick(few ? [97, 98] : [97, 98, 122, 200, kind === "U" ? 0x1f600 : 255]) : 0;
      if (kind === "U") view.setUint32(at + 4 * k, point, true);
      else view.setUint8(at + k, point);
    }
    return;
  }
  if (kind === "f") dtype.access.write(view, at, float(dice, few) as never);
  else if (kind === "c")
    dtype.access.write(view, at, new Complex(float(dice, few), float(dice, few)) as never);
  else if (kind === "b") view.setUint8(at, dice.int(0, 1));
  else
    for (let k = 0; k < itemsize; k++)
      view.setUint8(at + k, few ? (k > 0 ? 0 : dice.int(0, 3)) : dice.int(0, 255));
  // NaN with a sign, and with a number in it.
  if (kind === "f" && !few && dice.chance(0.05)) {
    const bits = { 2: 0xfe01, 4: 0xffc00007 }[itemsize] ?? 0;
    if (itemsize === 2) view.setUint16(at, bits, true);
    else if (itemsize === 4) view.setUint32(at, bits, true);
    else view.setBigUint64(at, 0xfff8000000000003n, true);
  }
}

/** Fills an array, whatever its strides. */
export function fillAwkward(dice: Dice, a: NDArray, few: boolean): void {
  const { dtype, layout } = a;
  const dense = cStrides(layout.shape, 1);
  for (let n = 0; n < sizeOf(layout.shape); n++) {
    let at = layout.offset;
    for (const [k, length] of layout.shape.entries())
      at += (Math.floor(n / dense[k]!) % length) * layout.strides[k]!;
    write(dice, dtype, a.storage.view, at, few);
  }
}

/** An array in a random layout; a `tame` one is dense. */
export function awkwardArray(dice: Dice, shape: readonly number[], dtype: Descriptor, tame = false): NDArray {
  const a = emptyLike(dice, shape, dtype, tame);
  fillAwkward(dice, a, dice.chance(0.4));
  return a;
}

/** Random layouts are made for plain dtypes: others take that of bytes. */
function emptyLike(dice: Dice, shape: readonly number[], dtype: Descriptor, tame: boolean): NDArray {
  if (Object.hasOwn(plain, dtype.type)) return randomArray(dice, shape, dtype, tame);
  const gap = tame ? 0 : dice.int(0, 5);
  const step = dtype.itemsize + gap;
  const order = tame ? shape.map((_, k) => k) : dice.shuffle(shape.map((_, k) => k));
  const strides = new Array<number>(shape.length).fill(0);
  let size = step;
  for (const k of order.reverse()) {
    strides[k] = size;
    size *= Math.max(1, shape[k]!);
  }
  return np.fromStrided({ buffer: new ArrayBuffer(size), dtype, shape, strides, offset: 0 }) as NDArray;
}
