/** Reductions of moments and spans of time: those of their counts, with what they give made one of them again. */

import { asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { overwrite } from "../array/overwrite.ts";
import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { dateEngine } from "./date-hook.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** What the ways of reducing have in common. */
interface Options {
  readonly dtype?: DTypeLike | null | undefined;
  readonly out?: NDArray | null | undefined;
  readonly initial?: unknown;
}

/** Whether elements are moments or spans that a ufunc reduces as such, and not as truth values. */
export function foldsCounts(core: UfuncCore, x: NDArray): boolean {
  return x.dtype.unit !== null && core.rule !== "logical";
}

/** The counts of moments or spans, and how they are reduced. */
export interface CountsToFold<O> {
  readonly core: UfuncCore;
  readonly counts: NDArray<"int64">;
  readonly options: O;
  /** Makes of what came out what is to be given. */
  readonly finish: (made: unknown) => NDArray;
}

/** Prepares a reduction of moments or spans as one of counts. */
export function countsToFold<O extends Options>(
  core: UfuncCore,
  x: NDArray,
  options: O,
  caller: string,
): CountsToFold<O> {
  const { dtype } = x;
  requireAsked(options.dtype, dtype, caller);
  const inner = dateEngine(caller).folding(core, dtype, caller);
  const counts = x.retype(x.layout, plain.int64);
  const out = options.out ?? null;
  if (out !== null && !(out instanceof NDArray)) throw new ValueError(`${caller}: out must be an array`);
  if (out !== null) requireCast(dtype, out.dtype, "same_kind", caller);
  const same = out !== null && out.dtype === dtype;
  const place = same ? { out: out.retype(out.layout, plain.int64) } : { out: null };
  const { initial } = options;
  const start = initial === undefined || initial === null ? {} : { initial: countOf(initial, dtype, caller) };
  const finish = (made: unknown): NDArray => {
    if (!(made instanceof NDArray)) return dtype.access.convert(made) as never;
    if (same) return out;
    const own = new NDArray(made.storage, made.layout, dtype, made.base, made.bits);
    if (out === null) return own;
    overwrite(out, own);
    return out;
  };
  return { core: inner, counts, options: { ...options, ...place, ...start, dtype: undefined }, finish };
}

/** Throws unless a dtype asked for is that of the elements, with no unit: one cannot be asked for. */
function requireAsked(asked: DTypeLike | null | undefined, dtype: Descriptor, caller: string): void {
  if (asked === null || asked === undefined) return;
  const wanted = descriptorFor(asked);
  if (wanted === dtype || (wanted.type === dtype.type && wanted.unit!.base === 0)) return;
  throw new DTypeError(
    `${caller}: ${dtype} is reduced as it is, not in ${wanted}; cast it first with astype`,
  );
}

function countOf(initial: unknown, dtype: Descriptor, caller: string): bigint {
  const given = initial instanceof NDArray ? initial : asarray(initial as never, dtype);
  if (given.ndim > 0) throw new ValueError(`${caller}: initial must be a scalar`);
  return (dtype.access.convert(given.at()) as { readonly value: bigint }).value;
}
