import type { NDArray } from "../array/ndarray.ts";
import { DTypeError } from "../errors.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import type { UfuncOptions } from "./ufunc-options.ts";

/** Where ufuncs find what computes on strings (string-ufuncs.ts), so that who takes one ufunc does not load it. */

/** What a ufunc does with operands of which one is of strings. */
export interface StringEngine {
  /** The result; null when the operands are to be taken as `truth` gives them. */
  call(core: UfuncCore, operands: readonly (NDArray | null)[], options: UfuncOptions): NDArray | null;
  /** Tells the position of the largest or the smallest string in each line along an axis, lines in C order. */
  positions(x: NDArray, axis: number, largest: boolean, tell: (line: number, position: number) => void): void;
  /** The operands with bools for strings. */
  truth(operands: readonly (NDArray | null)[], caller: string): (NDArray | null)[];
}

let engine: StringEngine | null = null;

/** @internal Sets what computes on strings; the edge does. */
export function computeStringsWith(next: StringEngine): void {
  engine = next;
}

/** What computes on strings. */
export function stringEngine(caller: string): StringEngine {
  if (engine !== null) return engine;
  throw new DTypeError(
    `${caller}: there is no loop for strings; use the functions of strings, or import "ndview", whose ufuncs know them`,
  );
}
