import { DTypeError, textOf } from "../errors.ts";
import { castLevel, EQUIV, NO, SAFE, SAME_KIND, UNSAFE } from "./cast-level.ts";
import type { Descriptor, HasDType } from "./descriptor.ts";
import { type DTypeLike, toDescriptor } from "./parse.ts";

/** The rules of casting: each allows what is at or below its own level (cast-level.ts). */

/** NumPy's rules of casting, from the strictest. */
export type Casting = "no" | "equiv" | "safe" | "same_kind" | "unsafe";

const levels: Readonly<Record<Casting, number>> = {
  no: NO,
  equiv: EQUIV,
  safe: SAFE,
  same_kind: SAME_KIND,
  unsafe: UNSAFE,
};

/**
 * Whether elements of one dtype may be cast to another by a rule. For an array, its dtype counts.
 *
 * @param casting `"no"` (the same bytes), `"equiv"` (the same but for places of fields), `"safe"` (every value fits),
 * `"same_kind"` (float64 to float32, int64 to float32), or `"unsafe"` (anything)
 * @throws DTypeError for a bare value: it has no dtype to cast from
 * @example
 * np.canCast("int32", "float64"); // true
 * np.canCast("float64", "float32"); // false
 * np.canCast("float64", "float32", "same_kind"); // true
 */
export function canCast(from: DTypeLike | HasDType, to: DTypeLike, casting: Casting = "safe"): boolean {
  return mayCast(sourceOf(from), toDescriptor(to), casting);
}

/** @internal The same for dtypes that are known. */
export function mayCast(from: Descriptor, to: Descriptor, casting: Casting = "safe"): boolean {
  return castLevel(from, to) <= levelOf(casting, "canCast");
}

function sourceOf(from: DTypeLike | HasDType): Descriptor {
  if (typeof from === "object" && from !== null && "dtype" in from) return from.dtype;
  if (["number", "bigint", "boolean"].includes(typeof from)) {
    throw new DTypeError(
      `canCast: ${String(from)} is a value, not a dtype; ask canCast(np.minScalarType(value), …)`,
    );
  }
  return toDescriptor(from);
}

function levelOf(casting: Casting, caller: string): number {
  if (Object.hasOwn(levels, casting)) return levels[casting];
  throw new DTypeError(
    `${caller}: casting ${textOf(casting)} is no rule; one of ${Object.keys(levels).join(", ")}`,
  );
}

/** Throws what `caller` has to say when a cast is against the rule. */
export function requireCast(from: Descriptor, to: Descriptor, casting: Casting, caller: string): void {
  const allowed = levelOf(casting, caller);
  const level = castLevel(from, to);
  if (level <= allowed) return;
  const wider = (Object.keys(levels) as Casting[]).find((rule) => levels[rule] >= level);
  const mend =
    wider === undefined ? "there is no such cast" : `pass casting: ${JSON.stringify(wider)} to allow it`;
  throw new DTypeError(`${caller}: cannot cast ${from} to ${to} by the rule ${textOf(casting)}; ${mend}`);
}
