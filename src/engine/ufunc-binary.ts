import { type AnyCall, type Ufunc, ufuncOver, ufuncPrototype } from "./ufunc.ts";
import type { UfuncDefinition } from "./ufunc-core.ts";

/** Ufuncs of two operands and one result: the edge gives them more methods than others (methods/ufuncs.ts). */

/** What a ufunc of two operands and one result has besides its call. */
export interface BinaryUfunc extends Ufunc {}

/** @internal What they share. */
export const binaryPrototype: object = /* @__PURE__ */ Object.create(ufuncPrototype);

/** A ufunc of two operands and one result from its row of the table; `F` says how it may be called. */
export function binaryUfunc<F extends AnyCall>(row: UfuncDefinition): F & BinaryUfunc {
  return ufuncOver(row, binaryPrototype) as unknown as F & BinaryUfunc;
}
