/** Arguments of the operations that write, and of questions. */

import type { NDArray } from "../../src/array/ndarray.ts";
import type { BasicIndex } from "../../src/layout/basic.ts";
import type { Args, Datum } from "./chain.ts";
import { hasPadding, partner, randomIndex } from "./draw-views.ts";
import type { Draw, Drawing } from "./generate.ts";
import { castIsDefined, looseElement, nested, overlapsItself, randomElement } from "./values.ts";

/** The shape that an index selects, or null where it is wrong. */
function selected(a: NDArray, index: readonly (string | number | null)[]): number[] | null {
  try {
    return a.slice(...(index as BasicIndex[])).shape;
  } catch {
    return null;
  }
}

/** Something to write where a shape and a dtype are: an element, lists, or an array of the chain. */
function value(drawing: Drawing, a: NDArray, shape: readonly number[], loose = true): Datum | null {
  const { dice } = drawing;
  const element = () => randomElement(dice, a.dtype);
  const way = dice.int(0, 3);
  if (way === 0) return loose ? looseElement(dice, a.dtype) : element();
  if (way === 1) {
    // Lists of a wrong length, or with an axis too many.
    if (drawing.wrong()) return nested(dice.chance(0.5) ? [7] : [1, 1, ...shape.slice(0, 2)], element);
    const shorter = shape.slice(dice.int(0, shape.length));
    if (shorter.includes(0)) return null;
    return nested(
      shorter.map((n) => (dice.chance(0.2) ? 1 : n)),
      element,
    );
  }
  const b = partner(drawing, shape);
  if (b === null || !castIsDefined(drawing.array(b), a.dtype)) return null;
  // Assigning a read-only array to itself is no error, but the oracle copies NumPy's right side.
  if (!a.flags.writeable && drawing.array(b).buffer === a.buffer) return null;
  return { r: b };
}

/** Lists of whole numbers as bigints: one among numbers makes float64, which does not hold all of them. */
function bigints(value: Datum): Datum {
  if (Array.isArray(value)) return value.map(bigints);
  return typeof value === "object" && value !== null && "i" in value ? { I: value.i } : value;
}

/** Where elements of the destination overlap, the order of writing shows in the result, and NumPy's is not fixed. */
const intoDistinct =
  (draw: Draw): Draw =>
  (drawing, a, id) =>
    (a.flags.writeable && overlapsItself(a)) || (!a.flags.writeable && !drawing.dice.chance(0.2))
      ? null
      : draw(drawing, a, id);

export const writing: Readonly<Record<string, Draw>> = {
  set: intoDistinct((drawing, a) => {
    const index = randomIndex(drawing, a.shape);
    const shape = selected(a, index);
    // NumPy writes the whole element here, and so over the fields that the view leaves out.
    if (a.ndim === 0 && hasPadding(a.dtype) && !index.includes("...")) return null;
    const v = shape === null ? randomElement(drawing.dice, a.dtype) : value(drawing, a, shape);
    return v === null ? null : { index, v };
  }),
  setWithin: intoDistinct((drawing, a) => {
    const { dice } = drawing;
    const length = a.shape[0] ?? 0;
    if (length < 2 || a.size === 0) return null;
    const count = dice.int(1, length);
    const range = (): string => {
      const step = dice.int(1, Math.max(1, Math.floor((length - 1) / Math.max(1, count - 1))));
      const first = dice.int(0, length - 1 - step * (count - 1));
      const last = first + step * (count - 1);
      if (dice.chance(0.6)) return `${first}:${last + 1}:${step}`;
      return `${last}:${first === 0 ? "" : first - 1}:${-step}`;
    };
    return { to: [range()], from: [range()] };
  }),
  copyto: intoDistinct((drawing, a) => {
    // A scalar has no dtype here, so that no rule of casting applies to it; it has to fit.
    const v = value(drawing, a, a.shape, false);
    const isArray = typeof v === "object" && v !== null && "r" in v;
    if (v === null || (!isArray && a.dtype.kind === "V")) return null;
    // A list has a dtype of its own in NumPy, where here its whole numbers fit any integers.
    const rules = Array.isArray(v) ? ["unsafe"] : [undefined, "unsafe", "unsafe", "safe", "same_kind", "no"];
    const casting = drawing.dice.pick(rules);
    const masks = drawing.ids.filter((id) => drawing.array(id).dtype.kind === "b");
    const m = masks.length > 0 && drawing.dice.chance(0.7) ? drawing.dice.pick(masks) : undefined;
    const whole = Array.isArray(v) && a.itemsize === 8;
    // Whole numbers below and above 2 ** 63 are float64 together in NumPy.
    if (whole && a.dtype.kind === "u" && /"i":"\d{19,}/.test(JSON.stringify(v))) return null;
    return { v: whole ? bigints(v) : v, casting, m };
  }),
  fill: intoDistinct((drawing, a) => ({ v: looseElement(drawing.dice, a.dtype) })),
  flatSet: intoDistinct((drawing, a) => {
    const { dice } = drawing;
    if (a.dtype.kind === "V") return null;
    if (dice.chance(0.3) && a.size > 0) {
      return {
        index: dice.int(-a.size, a.size - 1 + Number(drawing.wrong())),
        v: randomElement(dice, a.dtype),
      };
    }
    const index = dice.pick([":", "::2", "1:4", "-3:", "3:1", "::3"]);
    if (dice.chance(0.5)) {
      return { index, v: nested([dice.int(1, 5)], () => randomElement(dice, a.dtype)) };
    }
    const b = drawing.pick();
    return castIsDefined(drawing.array(b), a.dtype) ? { index, v: { r: b } } : null;
  }),
  setflags: (drawing) => ({ write: drawing.dice.chance(0.5) }),
  swapInPlace: intoDistinct((_drawing, a) => (a.dtype.kind === "V" || a.dtype.kind === "b" ? null : {})),
};

const one: Draw = () => ({});
const two: Draw = (drawing) => ({ b: drawing.dice.pick(drawing.ids) });

function position(drawing: Drawing, a: NDArray): Args | null {
  if (a.dtype.kind === "V" || a.shape.includes(0)) return null;
  const index = a.shape.map((length) => drawing.dice.int(-length, length - 1));
  if (drawing.wrong()) index[0] = 50;
  return { index };
}

export const asking: Readonly<Record<string, Draw>> = {
  at: (drawing, a) => (a.ndim === 0 ? null : position(drawing, a)),
  item: (drawing, a) => {
    if (a.dtype.kind === "V") return null;
    if (drawing.dice.chance(0.2)) return { index: [] };
    if (drawing.dice.chance(0.3) && a.size > 0) return { index: [drawing.dice.int(-a.size, a.size - 1)] };
    return position(drawing, a);
  },
  tolist: (_drawing, a) => (a.dtype.kind === "V" || a.size === 0 ? null : {}),
  tobytes: ({ dice }, a) => (a.dtype.kind === "V" ? null : { order: dice.pick(["C", "F", "A"]) }),
  bounds: one,
  isfortran: one,
  nbytes: one,
  flagsNum: one,
  may: two,
  shares: (drawing) => ({
    b: drawing.dice.pick(drawing.ids),
    work: drawing.dice.pick([undefined, undefined, 0, 1, -1]),
  }),
  text: ({ dice }, a) => ({
    precision: dice.pick([undefined, 0, 2, 3, 12]),
    suppressSmall: dice.pick([undefined, undefined, true]),
    separator: dice.pick([undefined, undefined, ",", "; "]),
    prefix: dice.pick([undefined, undefined, "array("]),
    maxLineWidth: dice.pick([undefined, undefined, 20, 40]),
    threshold: a.size > 12 ? dice.pick([undefined, 5, 12]) : undefined,
    edgeitems: dice.pick([undefined, undefined, 1, 2]),
    floatmode: dice.pick([undefined, undefined, "fixed", "unique", "maxprec", "maxprec_equal"]),
    sign: dice.pick([undefined, undefined, "+", " "]),
  }),
};
