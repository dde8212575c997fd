import type { ArrayInput } from "../array/create.ts";
import { asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import type { Order } from "../layout/layout.ts";
import type { SignatureLike } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** Where results go: an array, or one for each result, null for a fresh one. */
export type Out = NDArray | null | readonly (NDArray | null)[];

/** The keywords of a ufunc. */
export interface UfuncKeywords {
  /** Compute only where this is true; it broadcasts with the operands. Elsewhere `out` keeps what it has; fresh results are 0. */
  readonly where?: ArrayInput | undefined;
  /** Which casts of operands and results are allowed; `"same_kind"` if left out. */
  readonly casting?: Casting | undefined;
  /** The order of fresh results in memory; `"K"` if left out: as the operands lie. */
  readonly order?: Order | undefined;
  /** The loop to take, as NumPy writes it (`"dd->d"`), or a dtype or null for each operand and result. */
  readonly sig?: SignatureLike | null | undefined;
  /** The same as `sig`. */
  readonly signature?: SignatureLike | null | undefined;
}

/** All options of a ufunc. */
export interface UfuncOptions extends UfuncKeywords {
  /** Where the result goes: arrays of exactly the shape that the operands broadcast to. */
  readonly out?: Out | undefined;
  /** The dtype of the result, which chooses the loop. */
  readonly dtype?: DTypeLike | null | undefined;
}

/** What follows the operands in a call: results by position, then the options. */
export function readOptions(core: UfuncCore, rest: readonly unknown[]): UfuncOptions {
  let count = rest.length;
  while (count > 0 && rest[count - 1] === undefined) count--;
  const last = count > 0 ? rest[count - 1] : undefined;
  const options = isOptions(last) ? last : {};
  const outs = rest.slice(0, isOptions(last) ? count - 1 : count);
  if (outs.every((out) => out === undefined) && outs.length <= core.nout) return options;
  if (outs.length > core.nout) throw tooMany(core, outs.length);
  for (const out of outs) requireOut(core, out);
  if (options.out !== undefined) throw new ValueError(`${core.name}: out is given twice; give it once`);
  while (outs.length < core.nout) outs.push(null);
  return { ...options, out: outs as (NDArray | null)[] };
}

function isOptions(value: unknown): value is UfuncOptions {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NDArray);
}

function requireOut(core: UfuncCore, out: unknown): void {
  if (out === null || out === undefined || out instanceof NDArray) return;
  throw new ValueError(
    `${core.name}: ${textOf(out)} cannot take a result; after ${core.nin} operands come arrays for results, or options`,
  );
}

function tooMany(core: UfuncCore, outs: number): ValueError {
  return new ValueError(
    `${core.name}: ${core.nin + outs} arguments are too many; it takes ${core.nin} and gives ${core.nout}`,
  );
}

const fresh: readonly null[] = [null];

/** The array given for each result, or null. */
export function outsFrom(core: UfuncCore, out: Out | undefined): readonly (NDArray | null)[] {
  if (core.nout === 1 && (out === undefined || out instanceof NDArray)) return out ? [out] : fresh;
  const given: readonly unknown[] = Array.isArray(out) ? out : out === undefined ? [] : [out];
  const wrong =
    given.length > core.nout || (Array.isArray(out) && given.length !== core.nout && core.nout > 1);
  if (wrong) {
    throw new ValueError(
      `${core.name}: out has ${given.length} arrays for ${core.nout} results; give one for each, null for a fresh one`,
    );
  }
  for (const one of given) requireOut(core, one);
  return Array.from({ length: core.nout }, (_, k) => (given[k] as NDArray | undefined) ?? null);
}

/** The mask as an array of bool; null when everything is to be computed. */
export function maskFrom(core: { readonly name: string }, where: ArrayInput | undefined): NDArray | null {
  if (where === undefined || where === true) return null;
  const mask =
    where instanceof NDArray || ArrayBuffer.isView(where) ? asarray(where) : asarray(where, "bool");
  if (mask.dtype === plain.bool) return mask;
  throw new DTypeError(
    `${core.name}: where must be an array of bool, not of ${mask.dtype}; compare, or use astype`,
  );
}
