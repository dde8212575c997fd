import type { ArrayInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { DTypeError } from "../errors.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import type { UfuncOptions } from "./ufunc-options.ts";

/**
 * Where ufuncs find what they do with moments and spans of time (dates.ts), so that who takes one function from
 * `ndview/functions` does not load it: the edge asks for it, and so does whoever makes a date.
 */
export interface DateEngine {
  /** Calls a ufunc with operands of which one at least is of moments or spans. */
  call(core: UfuncCore, operands: readonly ArrayInput[], options: UfuncOptions): NDArray | NDArray[];
  /** The ufunc of 64-bit integers that reduces counts as another one reduces moments or spans. */
  folding(core: UfuncCore, dtype: Descriptor, caller: string): UfuncCore;
  /** Does in place what a ufunc does, by `run` on counts, which is given the ufunc of counts and the second operand. */
  at(
    core: UfuncCore,
    a: NDArray,
    second: ArrayInput | undefined,
    run: (counted: UfuncCore, counts: NDArray, second: ArrayInput | undefined) => void,
  ): void;
  /** The loops of a ufunc for moments and spans, as NumPy writes them. */
  loops(name: string): readonly string[];
}

let engine: DateEngine | null = null;

/** Sets what ufuncs do with moments and spans. */
export function useDates(next: DateEngine): void {
  engine = next;
}

/** What ufuncs do with them; throws when nobody asked for it. */
export function dateEngine(caller: string): DateEngine {
  if (engine !== null) return engine;
  throw new DTypeError(
    `${caller}: functions alone know nothing of dates before datetime64 or timedelta64 was called once; or import "ndview"`,
  );
}

/** The loops for moments and spans, none when nobody asked for them. */
export function dateLoops(name: string): readonly string[] {
  return engine === null ? [] : engine.loops(name);
}
