/**
 * Which axes of the operands and of the result of a product are those of its matrices; the others are stacked and
 * broadcast. By default the matrices come last.
 */

import { ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import { type Layout, shapeText } from "../layout/layout.ts";

/** The axes of the matrices of an operand or of the result: one for a vector, two for a matrix, none for a number. */
export type CoreAxes = number | readonly number[];

/** What an operand is to a product: rows and columns. `"k"` is summed. */
export type CoreDims = readonly ("m" | "k" | "n")[];

/** The name of a product and what its operands are. */
export interface ProductForm {
  readonly name: string;
  readonly left: CoreDims;
  readonly right: CoreDims;
  /** Whether an operand of one axis is a vector where a matrix would stand: its row or column is left out. */
  readonly mayDrop: boolean;
}

/** An operand taken apart: the axes of the stack, and length and stride of those of the matrix. */
export interface Split {
  readonly shape: number[];
  readonly strides: number[];
  readonly dims: CoreDims;
  readonly lengths: number[];
  readonly steps: number[];
  /** The axes of the matrix, counted from the front. */
  readonly axes: number[];
}

/** The core dimensions of an operand of `ndim` axes. */
export function dimsOf(form: ProductForm, side: "left" | "right", ndim: number): CoreDims {
  const dims = form[side];
  if (ndim >= dims.length) return dims;
  if (form.mayDrop && ndim === 1) return ["k"];
  const which = side === "left" ? "first" : "second";
  const hint =
    ndim === 0 && form.name === "matmul" ? "use multiply for scalars" : "add an axis with expandDims";
  throw new ShapeError(
    `${form.name}: the ${which} operand has ${ndim} axes; it needs at least ${form.mayDrop ? 1 : dims.length}; ${hint}`,
  );
}

/** An array taken apart along the axes given, or along its last ones. */
export function splitAxes(layout: Layout, dims: CoreDims, given: CoreAxes | null, caller: string): Split {
  const ndim = layout.shape.length;
  const axes =
    given === null ? dims.map((_, j) => ndim - dims.length + j) : normalizeAxes(given, ndim, caller);
  if (axes.length !== dims.length) {
    throw new ValueError(
      `${caller}: axes has ${axes.length} for an operand of shape ${shapeText(layout.shape)}; wanted ${dims.length}`,
    );
  }
  const rest = layout.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  return {
    shape: rest.map((k) => layout.shape[k]!),
    strides: rest.map((k) => layout.strides[k]!),
    dims,
    lengths: axes.map((k) => layout.shape[k]!),
    steps: axes.map((k) => layout.strides[k]!),
    axes,
  };
}

/** Length and stride of a dimension; 1 and 0 where the operand has none. */
export function dimOf(split: Split, dim: "m" | "k" | "n"): [length: number, stride: number] {
  const at = split.dims.indexOf(dim);
  return at < 0 ? [1, 0] : [split.lengths[at]!, split.steps[at]!];
}

/** The axes of matrices as the options give them. */
export interface AxesOptions {
  /** The axes of the matrix for each operand and for the result, in its order. */
  readonly axes?: readonly CoreAxes[] | undefined;
  /** For products of vectors with vectors: the axis of both that is summed. */
  readonly axis?: number | undefined;
  /** For those: whether the axis that is summed stays, with length 1. */
  readonly keepdims?: boolean | undefined;
}

/** The axes for the operands and the result; null for the last ones. */
export function axesFrom(form: ProductForm, options: AxesOptions): readonly (CoreAxes | null)[] {
  const { axes, axis, keepdims = false } = options;
  const vectors = form.left.length === 1 && form.right.length === 1;
  if (axis !== undefined && !vectors) {
    throw new ValueError(
      `${form.name}: axis is for products of vectors with vectors; use axes, one entry for each operand`,
    );
  }
  if (keepdims && !vectors) {
    throw new ValueError(`${form.name}: keepdims is for products of vectors with vectors; use expandDims`);
  }
  if (axes === undefined) return axis === undefined ? [null, null, null] : [axis, axis, keepdims ? axis : []];
  if (axis !== undefined) throw new ValueError(`${form.name}: axes and axis say the same; give one of them`);
  if (!Array.isArray(axes) || !(axes.length === 3 || (vectors && axes.length === 2))) {
    throw new ValueError(
      `${form.name}: axes ${textOf(axes)} must have an entry for each operand and for the result`,
    );
  }
  // Where the result is left out, a kept axis comes last.
  return axes.length === 3 ? axes : [...axes, keepdims ? -1 : []];
}

/** Says that the axes to be summed differ in length. */
export function misfit(form: ProductForm, a: Layout, b: Layout, x: Split, y: Split): ShapeError {
  const [k, other] = [dimOf(x, "k")[0], dimOf(y, "k")[0]];
  const left = axisText(x, a.shape.length);
  const right = axisText(y, b.shape.length);
  return new ShapeError(
    `${form.name}: ${tight(a.shape)} and ${tight(b.shape)}: ${left} of the first (${k}) must be as long as ${right} of the second (${other})`,
  );
}

function axisText(split: Split, ndim: number): string {
  const axis = split.axes[split.dims.indexOf("k")]!;
  if (ndim === 1) return "the only axis";
  if (axis === ndim - 1) return "the last axis";
  return axis === ndim - 2 ? "the last but one" : `axis ${axis}`;
}

function tight(shape: readonly number[]): string {
  return shapeText(shape).replaceAll(" ", "");
}
