/** Random dtypes, shapes and elements. */

import type { NDArray } from "../../src/array/ndarray.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import type { Dice } from "../layout/model.ts";
import type { Datum, DTypeSpec } from "./chain.ts";

export const plainSpecs = [
  "bool",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float16",
  "float32",
  "float64",
  "complex64",
  "complex128",
] as const;

const structSpecs: readonly DTypeSpec[] = [
  [
    ["x", "f4"],
    ["y", "u1"],
  ],
  [
    ["x", "f8"],
    ["y", "i2"],
    ["z", "?"],
  ],
  [
    ["x", "u2"],
    ["y", "i4", [2]],
  ],
  [
    ["x", "c8"],
    [
      "y",
      [
        ["u", "i1"],
        ["v", "f2"],
      ],
    ],
  ],
  [
    ["x", "f4"],
    ["y", "f4"],
  ],
  {
    aligned: [
      ["x", "u1"],
      ["y", "c8", [2]],
      ["z", "f8"],
    ],
  },
  { names: ["x", "y"], formats: ["i2", "f8"], offsets: [0, 8], itemsize: 16 },
  { names: ["x", "y", "z"], formats: ["u1", "i4", "u1"], offsets: [6, 1, 0], itemsize: 9 },
];

export function randomDtype(dice: Dice, structs = 0.1): DTypeSpec {
  return dice.chance(structs) ? dice.pick(structSpecs) : dice.pick(plainSpecs);
}

/** Up to about 60 elements; now and then empty, with axes of length 1, or without axes. */
export function randomShape(dice: Dice): number[] {
  const ndim = dice.pick([0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4]);
  const lengths = dice.chance(0.06) ? [0, 1, 2, 3] : [1, 2, 2, 3, 3, 4, 5, 6];
  const shape = Array.from({ length: ndim }, () => dice.pick(lengths));
  while (shape.reduce((product, length) => product * length, 1) > 60) {
    const k = shape.indexOf(Math.max(...shape));
    shape[k] = Math.max(1, shape[k]! >> 1);
  }
  return shape;
}

/** One element that the dtype can hold. */
export function randomElement(dice: Dice, d: Descriptor): Datum {
  if (d.subdtype !== null) return nested(d.subdtype.shape, () => randomElement(dice, d.subdtype!.dtype));
  if (d.fields !== null) return { s: d.fields.map((f) => [f.name, randomElement(dice, f.dtype)] as const) };
  if (d.kind === "b") return dice.chance(0.5);
  if (d.kind === "f") return randomFloat(dice, d.itemsize);
  if (d.kind === "c") return { c: [randomFloat(dice, d.itemsize / 2), randomFloat(dice, d.itemsize / 2)] };
  return { i: String(randomWhole(dice, d)) };
}

/** One element, now and then of another kind that the dtype takes, or of one that it does not take. */
export function looseElement(dice: Dice, d: Descriptor): Datum {
  if (d.kind === "V" || dice.chance(0.85)) return randomElement(dice, d);
  const whole = { i: String(dice.int(0, 9)) };
  if (d.kind === "b" || dice.chance(0.5)) return dice.pick<Datum>([whole, true, false]);
  if (d.kind === "f") return dice.pick<Datum>([{ c: [1, 2] }, { i: "12345678901234567890" }, { I: "7" }]);
  if (d.kind === "c") return dice.pick<Datum>([1.5, "nan", { I: "7" }]);
  const beyond = d.kind === "u" ? -1 : 2 ** 31;
  return dice.pick<Datum>(["nan", "inf", { c: [1, 2] }, { i: String(beyond) }, { i: "300" }, 3]);
}

function randomWhole(dice: Dice, d: Descriptor): bigint {
  const bits = BigInt(d.itemsize * 8);
  const [min, max] = d.kind === "u" ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  if (dice.chance(0.06)) return dice.pick([min, max, max - 1n]);
  return BigInt(dice.int(d.kind === "u" ? 0 : -9, dice.chance(0.2) ? 120 : 12));
}

export function randomFloat(dice: Dice, bytes: number): Datum {
  if (dice.chance(0.06)) return dice.pick(["nan", "inf", "-inf", "-0"]);
  if (dice.chance(0.04))
    return dice.pick(bytes === 2 ? [6e-8, 65504] : bytes === 4 ? [1e-45, 3e38] : [5e-324, 1e300]);
  if (dice.chance(0.1)) return dice.pick([0.1, 1 / 3, 1234.5, 1e-5, 20000, 12345.678]);
  return dice.int(-9, dice.chance(0.2) ? 999 : 12) / dice.pick([1, 1, 1, 2, 4]);
}

/** Nested lists of a shape. */
export function nested(shape: readonly number[], element: () => Datum): Datum {
  if (shape.length === 0) return element();
  const [length, ...rest] = shape as [number, ...number[]];
  return Array.from({ length }, () => nested(rest, element));
}

/** Bytes as text, whose numbers are small in every dtype as often as not. */
export function randomHex(dice: Dice, count: number): string {
  const byte = () => (dice.chance(0.5) ? dice.pick([0, 0, 1]) : dice.int(0, 255));
  return Buffer.from(Array.from({ length: count }, byte)).toString("hex");
}

/** Whether NumPy's cast of these elements is defined: C leaves open what a float outside an integer's range becomes. */
export function castIsDefined(a: NDArray, to: Descriptor): boolean {
  if (a.dtype.kind === "V" || to.kind === "V") return a.dtype.kind === "V" && a.dtype.equals(to);
  if ((a.dtype.kind !== "f" && a.dtype.kind !== "c") || (to.kind !== "i" && to.kind !== "u")) return true;
  const bits = to.itemsize * 8;
  const [low, high] =
    to.kind === "u" ? [-1, 2 ** bits] : [-(2 ** (bits - 1)) - (bits < 64 ? 1 : 0), 2 ** (bits - 1)];
  const fits = (x: number) => x > low && x < high;
  return flatValues(a).every((x) => fits(typeof x === "object" ? (x as { re: number }).re : Number(x)));
}

export function flatValues(a: NDArray): unknown[] {
  const list: unknown[] = [];
  const { shape, strides, offset } = a.layout;
  const walk = (axis: number, at: number): void => {
    if (axis === shape.length) list.push(a.dtype.access.read(a.storage.view, at));
    else for (let i = 0; i < shape[axis]!; i++) walk(axis + 1, at + i * strides[axis]!);
  };
  walk(0, offset);
  return list;
}

/** Whether two elements of an array lie on one byte, by looking at all of them. */
export function overlapsItself(a: NDArray): boolean {
  const { shape, strides } = a.layout;
  let offsets = [0];
  for (const [k, length] of shape.entries()) {
    offsets = offsets.flatMap((at) => Array.from({ length }, (_, i) => at + i * strides[k]!));
  }
  offsets.sort((x, y) => x - y);
  return offsets.some((at, k) => k > 0 && at - offsets[k - 1]! < a.itemsize);
}
