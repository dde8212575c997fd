import type { Descriptor } from "./descriptor.ts";
import { holds } from "./lattice.ts";
import type { Kind } from "./map.ts";
import type { PlainDType } from "./table.ts";

/**
 * How much a cast asks for.
 *
 * Every pair of dtypes has a level: the bytes mean the same (no, equiv), every value fits (safe), the kind
 * stays or grows (same_kind), anything (unsafe), and the few casts that do not exist at all. A dtype that is put together
 * of others brings its own rules (cast-composed.ts).
 */

export const NO = 0;
export const EQUIV = 1;
export const SAFE = 2;
export const SAME_KIND = 3;
export const UNSAFE = 4;
export const NEVER = 5;

const kindOrder = "buifcSUV";

/** The level of a cast: 0 (no) to 4 (unsafe), 5 when there is no such cast. */
export function castLevel(from: Descriptor, to: Descriptor): number {
  // "V" alone stands for as many bytes as are needed; bytes that have no other meaning stay what they are.
  const unsized = to.kind === "V" && to.itemsize === 0 && to.fields === null && to.subdtype === null;
  if (unsized) return from.kind === "V" && from.subdtype === null ? NO : SAFE;
  return levelBetween(from, to);
}

/** The same where raw bytes of no size are what they are. */
export function levelBetween(from: Descriptor, to: Descriptor): number {
  if (from === to) return NO;
  const composition = from.composition ?? to.composition;
  return composition === null ? plainLevel(from, to) : composition.castLevel(from, to);
}

/** The same for plain dtypes. */
export function plainLevel(from: Descriptor, to: Descriptor): number {
  if (holds(to.type as PlainDType, from.type as PlainDType)) return SAFE;
  return kindRank(from.kind) <= kindRank(to.kind) ? SAME_KIND : UNSAFE;
}

function kindRank(kind: Kind): number {
  return kindOrder.indexOf(kind);
}
