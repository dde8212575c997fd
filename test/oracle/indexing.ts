/** Reading and writing through arrays of indices and masks, which may be wrong: operations, and what draws them. */

import type { NDArray } from "../../src/array/ndarray.ts";
import type { Args, Datum } from "./chain.ts";
import { js, py } from "./chain.ts";
import { hasPadding, partner } from "./draw-views.ts";
import type { Draw, Drawing } from "./generate.ts";
import type { Operation } from "./operations.ts";
import { castIsDefined, overlapsItself, randomElement } from "./values.ts";

type Nested<T> = T | readonly Nested<T>[];

/** A part of an index: basic, a bool, or an array that is written out. */
type Part =
  | string
  | number
  | boolean
  | null
  | { readonly list: Nested<number | boolean>; readonly dtype: string; readonly order: "C" | "F" };

const isArray = (part: Part): part is Exclude<Part, string | number | boolean | null> =>
  typeof part === "object" && part !== null;

function pyPart(part: Part): string {
  if (part === null) return "None";
  if (typeof part === "boolean") return part ? "True" : "False";
  if (!isArray(part)) return String(part);
  const list = JSON.stringify(part.list).replaceAll("true", "True").replaceAll("false", "False");
  return `np.array(${list}, "${part.dtype}", order="${part.order}")`;
}

function jsPart(part: Part): string {
  if (!isArray(part)) return JSON.stringify(part);
  return `np.array(${JSON.stringify(part.list)}, { dtype: "${part.dtype}", order: "${part.order}" })`;
}

const pyParts = (g: Args) => `(${(g.parts as Part[]).map((part) => pySlice(part)).join(", ")},)`;
const jsParts = (g: Args) => (g.parts as Part[]).map(jsPart).join(", ");

function pySlice(part: Part): string {
  if (typeof part !== "string" || part === "...") return pyPart(part);
  const bounds = part.split(":").map((bound) => (bound === "" ? "None" : bound));
  return `slice(${bounds.join(", ")})`;
}

const axisPy = (axis: unknown) => (axis === null ? "None" : String(axis));

export const indexing: Readonly<Record<string, Operation>> = {
  gather: {
    kind: "make",
    py: (g) => `a${g.a}[${pyParts(g)}]`,
    js: (g) => `a${g.a}.gather(${jsParts(g)})`,
  },
  scatter: {
    kind: "do",
    py: (g) => `a${g.a}[${pyParts(g)}] = ${py(g.v)}`,
    js: (g) => `a${g.a}.set([${jsParts(g)}], ${js(g.v)})`,
  },
  take: {
    kind: "make",
    py: (g) => `np.take(a${g.a}, ${pyPart(g.i)}, axis=${axisPy(g.axis)}, mode="${g.mode}")`,
    js: (g) => `np.take(a${g.a}, ${jsPart(g.i)}, { axis: ${g.axis}, mode: "${g.mode}" })`,
  },
  put: {
    kind: "do",
    py: (g) => `np.put(a${g.a}, ${pyPart(g.i)}, ${py(g.v)}, mode="${g.mode}")`,
    js: (g) => `np.put(a${g.a}, ${jsPart(g.i)}, ${js(g.v)}, "${g.mode}")`,
  },
  // Indices are int64 there, and columns of a table in both.
  nonzero: {
    kind: "make",
    py: (g) => `[x.astype("i4") for x in np.nonzero(a${g.a})][:3]`,
    js: (g) => `np.nonzero(a${g.a}).slice(0, 3).map((x) => np.copy(x))`,
  },
};

const integerTypes = ["int8", "uint8", "int16", "uint32", "int32", "int64", "int64"];

function lists<T>(shape: readonly number[], one: () => T): Nested<T> {
  if (shape.length === 0) return one();
  const [length, ...rest] = shape as [number, ...number[]];
  return Array.from({ length }, () => lists(rest, one));
}

/** The numbers in a part that is a list of indices. */
function numbersIn(part: Part): number[] {
  const list: unknown = typeof part === "object" && part !== null ? part.list : part;
  return [list].flat(9).map(Number);
}

/** Indices along an axis of a length, of a shape. */
function indices(drawing: Drawing, shape: readonly number[], length: number, order: "C" | "F"): Part {
  const { dice } = drawing;
  const dtype = dice.pick(integerTypes);
  const low = dtype.startsWith("u") ? 0 : -length;
  const beyond = drawing.wrong() || length === 0 ? 2 : 0;
  return { list: lists(shape, () => dice.int(low, Math.max(0, length - 1) + beyond)), dtype, order };
}

function mask(drawing: Drawing, shape: readonly number[]): Part {
  const fits = drawing.wrong() ? shape.map((n) => n + 1) : shape;
  return { list: lists(fits, () => drawing.dice.chance(0.5)), dtype: "bool", order: "C" };
}

/** An index with an array or a bool among its parts; null when chance left these out. */
function parts(drawing: Drawing, a: NDArray, inOrder: boolean): Part[] | null {
  const { dice } = drawing;
  if (dice.chance(0.25) && !a.shape.includes(0) && a.ndim > 0) return [mask(drawing, a.shape)];
  const shape = Array.from({ length: dice.int(1, 2) }, () => dice.int(dice.chance(0.05) ? 0 : 1, 3));
  // An empty list has the shape (0,) whatever comes behind.
  if (shape.includes(0)) shape.length = 1;
  const order = inOrder ? "C" : dice.pick(["C", "C", "F"] as const);
  const list: Part[] = [];
  let axis = 0;
  while (axis < a.ndim && !dice.chance(0.15)) {
    const length = a.shape[axis]!;
    const way = dice.int(0, 9);
    if (way < 5) list.push(indices(drawing, dice.chance(0.2) ? shape.slice(1) : shape, length, order));
    else if (way < 7) list.push(dice.pick([":", "::-1", "1:", "::2", ":2"]));
    else if (way === 7) list.push(length === 0 ? ":" : dice.int(-length, length - 1));
    else if (way === 8) list.push(length === 0 ? ":" : mask(drawing, [length]));
    else {
      list.push(dice.chance(0.5) ? null : dice.chance(0.8));
      continue;
    }
    axis++;
  }
  if (dice.chance(0.15)) list.splice(dice.int(0, list.length), 0, "...");
  const isAdvanced = (part: Part) => typeof part === "boolean" || (isArray(part) && Array.isArray(part.list));
  return list.some(isAdvanced) && list.length <= 8 ? list : null;
}

/** An element, or an array of the chain. */
function given(drawing: Drawing, a: NDArray, shape: readonly number[]): Datum | null {
  if (drawing.dice.chance(0.4)) return randomElement(drawing.dice, a.dtype);
  const b = partner(drawing, shape);
  return b === null || !castIsDefined(drawing.array(b), a.dtype) ? null : { r: b };
}

const canWrite = (drawing: Drawing, a: NDArray) =>
  a.flags.writeable ? !overlapsItself(a) : drawing.dice.chance(0.2);

export const gathering: Readonly<Record<string, Draw>> = {
  gather(drawing, a) {
    // The bytes between fields are not copied here.
    if (hasPadding(a.dtype)) return null;
    const list = parts(drawing, a, false);
    return list === null ? null : { parts: list };
  },
  scatter(drawing, a) {
    if (a.dtype.kind === "V" || !canWrite(drawing, a)) return null;
    const list = parts(drawing, a, true);
    if (list === null) return null;
    // What a mask of the whole takes is of one axis: see deviations.md.
    const whole = list.length === 1 && isArray(list[0]!) && list[0].dtype === "bool";
    const v = whole ? randomElement(drawing.dice, a.dtype) : given(drawing, a, a.shape);
    return v === null ? null : { parts: list, v };
  },
  take(drawing, a) {
    if (hasPadding(a.dtype) || a.shape.includes(0)) return null;
    const { dice } = drawing;
    const axis = a.ndim === 0 || dice.chance(0.3) ? null : dice.int(-a.ndim, a.ndim - 1);
    const length = axis === null ? a.size : a.shape.at(axis)!;
    const shape = Array.from({ length: dice.int(1, 2) }, () => dice.int(1, 3));
    return { i: indices(drawing, shape, length, "C"), axis, mode: dice.pick(["raise", "wrap", "clip"]) };
  },
  put(drawing, a) {
    if (a.dtype.kind === "V" || a.size === 0 || !canWrite(drawing, a)) return null;
    const v = given(drawing, a, a.shape);
    const i = indices(drawing, [drawing.dice.int(1, 4)], a.size, "C");
    const mode = drawing.dice.pick(["raise", "wrap", "clip"]);
    // NumPy has written what stands before an index that is out of bounds; here nothing is written.
    const beyond = numbersIn(i).some((k) => k >= a.size || k < -a.size);
    return v === null || (beyond && mode === "raise") ? null : { i, v, mode };
  },
  nonzero: (_drawing, a) => (a.dtype.kind === "V" ? null : {}),
};
