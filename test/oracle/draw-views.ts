/** Arguments of the operations that take views. */

import type { Descriptor } from "../../src/dtype/descriptor.ts";
import type { Draw, Drawing } from "./generate.ts";
import { randomDtype } from "./values.ts";

/** Whether an element has bytes that belong to no field: what they hold is nobody's promise. */
export function hasPadding(d: Descriptor): boolean {
  if (d.fields === null) return false;
  const covered = d.fields.reduce((sum, field) => sum + field.dtype.itemsize, 0);
  return covered !== d.itemsize || d.fields.some((field) => hasPadding(field.dtype));
}

const none: Draw = () => ({});

/** A slice of an axis; bounds may lie outside, as Python allows. */
function slice({ dice }: Drawing, length: number): string {
  const bound = () => (dice.chance(0.5) ? "" : String(dice.int(-length - 1, length + 1)));
  const step = dice.pick(["", "", "1", "-1", "-1", "2", "-2", "3"]);
  if (dice.chance(0.3)) return step === "" ? ":" : `::${step}`;
  const text = `${bound()}:${bound()}`;
  return step === "" ? text : `${text}:${step}`;
}

/** A basic index; `whole` allows no more than slices and full axes. */
export function randomIndex(drawing: Drawing, shape: readonly number[]): (string | number | null)[] {
  const { dice } = drawing;
  const parts: (string | number | null)[] = [];
  const count = dice.int(0, shape.length);
  for (let k = 0; k < count; k++) {
    const length = shape[k]!;
    if (dice.chance(0.12)) parts.push(null);
    if (dice.chance(0.3) && length > 0) parts.push(dice.int(-length, length - 1));
    else parts.push(slice(drawing, length));
  }
  if (dice.chance(0.15)) parts.splice(dice.int(0, parts.length), 0, "...");
  if (parts.includes("...") && dice.chance(0.5)) fromTheEnd(parts, shape);
  if (drawing.wrong()) parts.push(dice.pick(["...", 99, -99, "::0", ":"]));
  return parts;
}

/** Integers behind an ellipsis count from the last axis: those that would be out of bounds become slices. */
function fromTheEnd(parts: (string | number | null)[], shape: readonly number[]): void {
  let axis = shape.length;
  for (let k = parts.length - 1; parts[k] !== "..."; k--) {
    const part = parts[k];
    if (part === null || part === undefined) continue;
    const length = shape[--axis] ?? 0;
    if (typeof part === "number" && !(part >= -length && part < length)) parts[k] = ":";
  }
}

/** A shape that as many elements fill. */
function otherShape({ dice }: Drawing, size: number): number[] {
  if (size === 0) return dice.pick([[0], [0, 3], [2, 0], [0, -1 + 2, 4]]);
  const shape: number[] = [];
  let left = size;
  while (left > 1 && shape.length < 4 && dice.chance(0.75)) {
    const factors = [2, 3, 4, 5, 6, left].filter((f) => left % f === 0);
    const factor = dice.pick(factors);
    shape.push(factor);
    left /= factor;
  }
  if (left > 1 || dice.chance(0.15)) shape.push(left);
  if (dice.chance(0.2)) shape.splice(dice.int(0, shape.length), 0, 1);
  const result = dice.shuffle(shape);
  if (result.length > 0 && dice.chance(0.3)) result[dice.int(0, result.length - 1)] = -1;
  return result;
}

function parts(drawing: Drawing, length: number, even: boolean): number | number[] {
  const { dice } = drawing;
  if (drawing.wrong()) return dice.pick([0, -1, 7]);
  if (dice.chance(0.3)) return Array.from({ length: dice.int(0, 2) }, () => dice.int(-1, length + 1));
  const counts = [1, 2, 3, 4].filter((n) => !even || length % n === 0);
  return dice.pick(counts);
}

function broadcastShape({ dice }: Drawing, shape: readonly number[]): number[] {
  const stretched = shape.map((length) => (length === 1 && dice.chance(0.6) ? dice.int(0, 4) : length));
  const lead = Array.from({ length: dice.pick([0, 0, 1, 1, 2]) }, () => dice.int(1, 3));
  return [...lead, ...stretched];
}

function fits(a: readonly number[], b: readonly number[]): boolean {
  const n = Math.min(a.length, b.length);
  for (let k = 1; k <= n; k++) {
    const [x, y] = [a[a.length - k]!, b[b.length - k]!];
    if (x !== y && x !== 1 && y !== 1) return false;
  }
  return true;
}

/** An array of the chain that broadcasts with this one, if there is one. */
export function partner(drawing: Drawing, shape: readonly number[]): number | null {
  const found = drawing.ids.filter((id) => fits(drawing.array(id).shape, shape));
  if (drawing.wrong() || found.length === 0) return drawing.dice.pick(drawing.ids);
  return drawing.dice.pick(found);
}

function sections(axis: (ndim: number) => number, least: number): Draw {
  return (drawing, a) => {
    if (a.ndim < least && !drawing.wrong()) return null;
    const length = a.shape[axis(a.ndim)] ?? 0;
    return { parts: parts(drawing, length, true) };
  };
}

const atLeast =
  (ndim: number, draw: Draw): Draw =>
  (drawing, a, id) =>
    a.ndim < ndim && !drawing.dice.chance(0.05) ? null : draw(drawing, a, id);

export const viewing: Readonly<Record<string, Draw>> = {
  slice: (drawing, a) => ({ index: randomIndex(drawing, a.shape) }),
  T: none,
  mT: atLeast(2, none),
  transpose: (drawing, a) => {
    const axes = drawing.dice.shuffle(a.shape.map((_, k) => k));
    if (drawing.wrong()) axes.push(0);
    return drawing.dice.chance(0.3) ? {} : { axes };
  },
  permuteDims: (drawing, a) => ({
    axes: drawing.dice.shuffle(a.shape.map((_, k) => (drawing.wrong() ? 0 : k))),
  }),
  swapaxes: atLeast(1, (drawing, a) => ({ i: drawing.axis(a.ndim), j: drawing.axis(a.ndim) })),
  moveaxis: atLeast(1, (drawing, a) => {
    if (drawing.dice.chance(0.6)) return { from: drawing.axis(a.ndim), to: drawing.axis(a.ndim) };
    const axes = a.shape.map((_, k) => k);
    const count = drawing.dice.int(0, a.ndim);
    return {
      from: drawing.dice.shuffle(axes).slice(0, count),
      to: drawing.dice.shuffle(axes).slice(drawing.wrong() ? 1 : 0, count),
    };
  }),
  rollaxis: atLeast(1, (drawing, a) => ({
    axis: drawing.axis(a.ndim),
    start: drawing.dice.int(-a.ndim, a.ndim),
  })),
  expandDims: (drawing, a) => {
    if (drawing.dice.chance(0.7)) return { axis: drawing.axis(a.ndim + 1) };
    return { axis: drawing.dice.shuffle([0, 1, 2].slice(0, a.ndim + 1)).slice(0, drawing.dice.int(0, 2)) };
  },
  squeeze: (drawing, a) => {
    const ones = a.shape.flatMap((length, k) => (length === 1 ? [k] : []));
    if (drawing.dice.chance(0.5)) return {};
    if (ones.length === 0) return drawing.dice.chance(0.1) ? { axis: drawing.axis(a.ndim) } : null;
    return drawing.dice.chance(0.5) ? { axis: drawing.dice.pick(ones) } : { axis: ones };
  },
  // Of an array without axes NumPy's flip makes a scalar.
  flip: (drawing, a) => {
    if (a.ndim === 0) return null;
    if (drawing.dice.chance(0.4)) return {};
    if (drawing.dice.chance(0.6)) return { axis: drawing.axis(a.ndim) };
    return { axis: drawing.dice.shuffle(a.shape.map((_, k) => k)).slice(0, drawing.dice.int(0, a.ndim)) };
  },
  fliplr: atLeast(2, none),
  flipud: atLeast(1, none),
  rot90: atLeast(2, (drawing, a) => {
    const k = drawing.dice.int(-3, 5);
    if (drawing.dice.chance(0.5)) return { k };
    return { k, axes: [drawing.axis(a.ndim), drawing.axis(a.ndim)] };
  }),
  split: atLeast(1, (drawing, a) => {
    const axis = drawing.axis(a.ndim);
    return { parts: parts(drawing, a.shape.at(axis) ?? 0, true), axis };
  }),
  arraySplit: atLeast(1, (drawing, a) => {
    const axis = drawing.axis(a.ndim);
    return { parts: parts(drawing, a.shape.at(axis) ?? 0, false), axis };
  }),
  hsplit: sections((ndim) => (ndim === 1 ? 0 : 1), 1),
  vsplit: sections(() => 0, 2),
  dsplit: sections(() => 2, 3),
  unstack: (drawing, a) => (a.ndim < 2 ? null : { axis: drawing.axis(a.ndim) }),
  broadcastTo: (drawing, a) => {
    const shape = broadcastShape(drawing, a.shape);
    if (drawing.wrong()) shape.push(7);
    return { shape };
  },
  broadcastArrays: (drawing, a) => ({ b: partner(drawing, a.shape) }),
  diagonal: atLeast(2, (drawing, a) => {
    if (drawing.dice.chance(0.4)) return {};
    const [axis1, axis2] = drawing.dice.shuffle(a.shape.map((_, k) => k)) as [number, number];
    return { offset: drawing.dice.int(-4, 4), axis1, axis2: drawing.wrong() ? axis1 : axis2 };
  }),
  real: none,
  imag: none,
  view: (drawing, a) => {
    const { dice } = drawing;
    if (hasPadding(a.dtype)) return null;
    // Bytes that are neither 0 nor 1 are no bools.
    const dtype =
      dice.chance(0.15) && a.itemsize % 4 === 0
        ? dice.pick([
            [
              ["p", "i2"],
              ["q", "u2"],
            ],
            "V4",
          ])
        : randomDtype(dice, 0);
    return dtype === "bool" ? { dtype: "uint8" } : { dtype };
  },
  field: (drawing, a) => {
    const { names } = a.dtype;
    if (names === null) return null;
    if (drawing.wrong()) return { names: "nope" };
    if (drawing.dice.chance(0.6)) return { names: drawing.dice.pick(names) };
    return { names: drawing.dice.shuffle(names).slice(0, drawing.dice.int(1, names.length)) };
  },
  slidingWindowView: atLeast(1, (drawing, a) => {
    const { dice } = drawing;
    if (a.ndim === 0 || a.size > 40) return null;
    if (a.ndim === 1 || dice.chance(0.6)) {
      const axis = drawing.axis(a.ndim);
      return {
        window: dice.int(
          drawing.wrong() ? -1 : 1,
          Math.min(a.shape.at(axis) ?? 1, 3) + Number(drawing.wrong()),
        ),
        axis,
      };
    }
    return { window: a.shape.map((length) => dice.int(1, Math.max(1, Math.min(length, 2)))) };
  }),
  asStrided: (drawing, a) => {
    const { dice } = drawing;
    // Where an empty array starts is nobody's promise.
    if (a.size === 0) return null;
    const shape = Array.from({ length: dice.int(0, 3) }, () => dice.pick([0, 1, 2, 2, 3]));
    const unit = a.itemsize;
    const strides = shape.map(() => dice.pick([0, 1, 1, 2, 3, -1]) * unit + 0);
    return { shape, strides };
  },
  reshape: (drawing, a) => {
    const { dice } = drawing;
    const shape = otherShape(drawing, a.size);
    if (drawing.wrong()) shape.push(dice.pick([2, -1, -2]));
    const order = dice.pick([undefined, undefined, "C", "F", "A"]);
    return { shape, order, copy: dice.pick([undefined, undefined, undefined, true, false]) };
  },
  ravel: ({ dice }) => ({ order: dice.pick([undefined, "C", "F", "A", "K"]) }),
  atleast1d: none,
  atleast2d: none,
  atleast3d: none,
};
