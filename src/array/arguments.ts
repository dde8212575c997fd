import { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { checkedSize } from "../layout/layout.ts";

/**
 * How the functions that make arrays read their arguments: a dtype may stand where the object of keywords stands, and
 * one number where a shape stands.
 */

/** A shape: the length of each axis, or of the only one. */
export type ShapeLike = number | readonly number[];

/** Keywords of which one is a dtype. */
export interface WithDType {
  readonly dtype?: DTypeLike | null | undefined;
}

/** Keywords of which none is a dtype. */
export interface NoDType {
  readonly dtype?: null | undefined;
}

/** A dtype, or keywords `O` with one: what a signature takes that says which dtype comes out. */
export type DTypeArgument<S, O = object> = S | (O & { readonly dtype: S });

/** Whether an argument is a dtype, or something that stands for one, and not keywords. */
export function isDTypeArgument(given: unknown): given is DTypeLike {
  if (typeof given === "string" || Array.isArray(given) || given instanceof Descriptor) return true;
  return typeof given === "object" && given !== null && "names" in given && "formats" in given;
}

/** The keywords, from an argument that may be a dtype. */
export function keywordsOf<O extends WithDType>(given: DTypeLike | O | null | undefined): O {
  if (given === null || given === undefined) return {} as O;
  return isDTypeArgument(given) ? ({ dtype: given } as O) : given;
}

/** The options of a function: none for null, an error for what is no object. */
export function optionsFrom<O extends object>(given: O | null | undefined, caller: string): O {
  if (given === null || given === undefined) return {} as O;
  if (typeof given === "object" && !Array.isArray(given)) return given;
  throw new ValueError(`${caller}: ${textOf(given)} is no object of options`);
}

/** The dtype that was asked for, else null. */
export function dtypeAsked({ dtype }: WithDType): Descriptor | null {
  return dtype === null || dtype === undefined ? null : descriptorFor(dtype);
}

/** A shape as a list of its own, checked. */
export function shapeFrom(shape: unknown, caller: string): number[] {
  const list: unknown = typeof shape === "number" ? [shape] : shape;
  if (!Array.isArray(list)) {
    const text = typeof shape === "bigint" ? `the bigint ${shape}n` : textOf(shape);
    throw new ShapeError(
      `${caller}: ${text} is no shape; give a length or a list of lengths, such as [2, 3]`,
    );
  }
  checkedSize(list);
  // Adding 0 turns -0 into 0.
  return list.map((length: number) => length + 0);
}
