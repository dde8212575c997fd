/** Arguments of the operations that make arrays out of nothing. */

import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { dtype as toDtype } from "../../src/dtype/parse.ts";
import type { Args, Datum, DTypeSpec } from "./chain.ts";
import type { Drawing } from "./generate.ts";
import { nested, plainSpecs, randomDtype, randomElement, randomHex, randomShape } from "./values.ts";

type Create = (drawing: Drawing) => Args | null;

export function descriptorOf(spec: DTypeSpec): Descriptor {
  if (typeof spec === "object" && "aligned" in spec) {
    return toDtype(spec.aligned as never, { align: true }) as Descriptor;
  }
  return toDtype(spec as string) as Descriptor;
}

const orders = [undefined, undefined, "C", "F"] as const;

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export const creating: Readonly<Record<string, Create>> = {
  array: (drawing) => {
    const { dice } = drawing;
    if (drawing.wrong())
      return {
        v: dice.pick<Datum>([
          [[1, 2], [3]],
          [1, [2]],
          [[1], 2],
          [[], [1]],
        ]),
      };
    const shape = randomShape(dice);
    const dtype = randomDtype(dice, 0.15);
    const order = dice.pick(orders);
    const d = descriptorOf(dtype);
    const v = nested(shape, () => randomElement(dice, d));
    // Without a dtype: the values decide.
    const decided = ["bool", "float64", "complex128"].includes(dtype as string) && sizeOf(shape) > 0;
    return decided && dice.chance(0.3) ? { v, order } : { v, dtype, order };
  },
  zeros: ({ dice }) => ({ shape: randomShape(dice), dtype: randomDtype(dice), order: dice.pick(orders) }),
  ones: (drawing) => {
    const { dice } = drawing;
    if (drawing.wrong()) return { shape: [2, -1] };
    return { shape: randomShape(dice), dtype: randomDtype(dice, 0), order: dice.pick(orders) };
  },
  full: ({ dice }) => {
    // NumPy takes a tuple for a list here, not for an element.
    const dtype = randomDtype(dice, 0);
    const v = randomElement(dice, descriptorOf(dtype));
    return { shape: randomShape(dice), v, dtype, order: dice.pick(orders) };
  },
  arange: ({ dice }) => {
    if (dice.chance(0.3)) return { v: [{ I: String(dice.int(0, 30)) }] };
    const dtype = dice.pick([undefined, ...plainSpecs.filter((name) => name !== "bool")]);
    if (dice.chance(0.5)) return { v: [dice.int(0, 30)], dtype };
    const whole = dtype !== undefined && !/float|complex/.test(dtype);
    const unsigned = dtype?.startsWith("u") === true;
    const step = whole ? dice.pick([1, 2, 3]) : dice.pick([0.5, 0.1, 2, -1, 0.25]);
    const [low, high] = [dice.int(unsigned ? 0 : -5, 5), dice.int(6, 20)];
    return { v: step < 0 ? [high, low, step] : [low, high, step], dtype };
  },
  linspace: ({ dice }) => ({
    v: [dice.int(-4, 4), dice.pick([5, 6.5, 10, -8])],
    num: dice.int(0, 12),
    endpoint: dice.chance(0.3) ? false : undefined,
    dtype: dice.pick([undefined, undefined, "float32", "int32", "complex64"]),
  }),
  eye: ({ dice }) => ({
    n: dice.int(0, 5),
    m: dice.int(0, 5),
    k: dice.int(-3, 3),
    dtype: dice.pick([undefined, ...plainSpecs]),
    order: dice.pick(orders),
  }),
  tri: ({ dice }) => ({
    n: dice.int(0, 5),
    m: dice.int(0, 5),
    k: dice.int(-3, 3),
    dtype: dice.pick([undefined, ...plainSpecs]),
  }),
  frombuffer: (drawing) => {
    const { dice } = drawing;
    const dtype = randomDtype(dice, 0.2);
    const { itemsize } = descriptorOf(dtype);
    const count = dice.int(1, 12);
    const offset = dice.pick([0, 0, 1, 3, 8]);
    const extra = drawing.wrong() ? 1 : 0;
    if (dtype === "bool") return { hex: "0100010100010001", dtype, offset: dice.int(0, 3) };
    return { hex: randomHex(dice, count * itemsize + offset + extra), dtype, offset };
  },
  fromStrided: ({ dice }) => {
    const dtype = dice.pick(plainSpecs.filter((name) => name !== "bool"));
    const { itemsize } = descriptorOf(dtype);
    const shape = randomShape(dice).slice(0, 3);
    // Each axis steps over what is faster than it, with room between, in some order of the axes.
    const strides = shape.map(() => 0);
    let reach = itemsize + dice.pick([0, 0, 0, 1, 4]);
    let offset = dice.pick([0, 0, 2, 5]);
    for (const axis of dice.shuffle(shape.map((_, k) => k))) {
      const back = dice.chance(0.25);
      strides[axis] = back ? -reach : reach;
      if (back) offset += Math.max(0, shape[axis]! - 1) * reach;
      reach *= Math.max(1, shape[axis]!) * dice.pick([1, 1, 2]);
    }
    return { hex: randomHex(dice, offset + reach + itemsize), dtype, shape, strides, offset };
  },
};
