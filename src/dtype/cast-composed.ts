import { EQUIV, levelBetween, NEVER, NO, plainLevel, SAFE, SAME_KIND, UNSAFE } from "./cast-level.ts";
import type { Descriptor } from "./descriptor.ts";

/** How much a cast asks for where one of the dtypes is put together of others, or raw bytes. */

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

/** The level of a cast from or to a structure, a block or raw bytes; see cast-level.ts. */
export function composedLevel(from: Descriptor, to: Descriptor): number {
  return rules[formOf(from)][formOf(to)](from, to);
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
