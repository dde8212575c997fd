import { DTypeError, textOf } from "../errors.ts";
import type { Descriptor, HasDType } from "./descriptor.ts";
import { holds } from "./lattice.ts";
import type { Kind } from "./map.ts";
import { type DTypeLike, toDescriptor } from "./parse.ts";
import type { PlainDType } from "./table.ts";

/**
 * How much a cast asks for.
 *
 * Every pair of dtypes has a level: the bytes mean the same (no, equiv), every value fits (safe), the kind
 * stays or grows (same_kind), anything (unsafe), and the few casts that do not exist at all. A rule allows
 * what is at or below its own level, so the rules are one table and a comparison.
 */

/** NumPy's rules of casting, from the strictest. */
export type Casting = "no" | "equiv" | "safe" | "same_kind" | "unsafe";

const NO = 0;
const EQUIV = 1;
const SAFE = 2;
const SAME_KIND = 3;
const UNSAFE = 4;
const NEVER = 5;

const levels: Readonly<Record<Casting, number>> = {
  no: NO,
  equiv: EQUIV,
  safe: SAFE,
  same_kind: SAME_KIND,
  unsafe: UNSAFE,
};

const kindOrder = "buifcV";

type Form = "plain" | "raw" | "struct" | "subarray";
type Rule = (from: Descriptor, to: Descriptor) => number;

/** From the form of the one to the form of the other. */
const rules: Readonly<Record<Form, Readonly<Record<Form, Rule>>>> = {
  plain: { plain: plainLevel, raw: intoRaw, struct: intoStruct, subarray: intoSubarray },
  raw: { plain: () => UNSAFE, raw: rawLevel, struct: intoStruct, subarray: rawIntoSubarray },
  struct: { plain: fromStruct, raw: fromStruct, struct: structLevel, subarray: fromStruct },
  subarray: { plain: fromSubarray, raw: fromSubarray, struct: intoStruct, subarray: subarrayLevel },
};

function formOf(d: Descriptor): Form {
  if (d.fields !== null) return "struct";
  if (d.subdtype !== null) return "subarray";
  return d.kind === "V" ? "raw" : "plain";
}

/** @internal The level of a cast: 0 (no) to 4 (unsafe), 5 when there is no such cast. */
export function castLevel(from: Descriptor, to: Descriptor): number {
  // "V" alone stands for as many bytes as are needed; bytes that have no other meaning stay what they are.
  if (formOf(to) === "raw" && to.itemsize === 0)
    return from.kind === "V" && from.subdtype === null ? NO : SAFE;
  return levelBetween(from, to);
}

function levelBetween(from: Descriptor, to: Descriptor): number {
  return from === to ? NO : rules[formOf(from)][formOf(to)](from, to);
}

function plainLevel(from: Descriptor, to: Descriptor): number {
  if (holds(to.type as PlainDType, from.type as PlainDType)) return SAFE;
  return kindRank(from.kind) <= kindRank(to.kind) ? SAME_KIND : UNSAFE;
}

function kindRank(kind: Kind): number {
  return kindOrder.indexOf(kind);
}

function intoRaw(from: Descriptor, to: Descriptor): number {
  return to.itemsize >= from.itemsize ? SAFE : UNSAFE;
}

function rawLevel(from: Descriptor, to: Descriptor): number {
  if (to.itemsize === from.itemsize) return NO;
  return to.itemsize > from.itemsize ? SAFE : SAME_KIND;
}

/** The element goes into every field. */
function intoStruct(from: Descriptor, to: Descriptor): number {
  return to.fields!.every((field) => levelBetween(from, field.dtype) < NEVER) ? UNSAFE : NEVER;
}

/** The element goes into every place of the block. */
function intoSubarray(from: Descriptor, to: Descriptor): number {
  return Math.max(SAFE, levelBetween(from, to.base));
}

function rawIntoSubarray(from: Descriptor, to: Descriptor): number {
  return Math.max(UNSAFE, levelBetween(from, to.base));
}

/** Only a struct of one field can become something else. */
function fromStruct(from: Descriptor, to: Descriptor): number {
  const [only, ...others] = from.fields!;
  if (only === undefined || others.length > 0) return NEVER;
  return Math.max(UNSAFE, levelBetween(only.dtype, to));
}

function fromSubarray(from: Descriptor, to: Descriptor): number {
  return Math.max(UNSAFE, levelBetween(from.base, to));
}

function subarrayLevel(from: Descriptor, to: Descriptor): number {
  const sameShape = from.ndim === to.ndim && from.shape.every((length, k) => length === to.shape[k]);
  const level = levelBetween(from.base, to.base);
  return sameShape ? level : Math.max(UNSAFE, level);
}

/** By position: the worst of the fields, at least equiv when they lie elsewhere, at least safe when renamed. */
function structLevel(from: Descriptor, to: Descriptor): number {
  const [a, b] = [from.fields!, to.fields!];
  if (a.length !== b.length) return NEVER;
  let level = from.itemsize === to.itemsize ? NO : EQUIV;
  for (const [k, field] of a.entries()) {
    const other = b[k]!;
    const placed = field.offset === other.offset ? NO : EQUIV;
    const named = field.name === other.name ? NO : SAFE;
    level = Math.max(level, placed, named, levelBetween(field.dtype, other.dtype));
  }
  return level;
}

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
  if (typeof from === "object" && "dtype" in from) return from.dtype;
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
