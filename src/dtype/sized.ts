import type { Descriptor } from "./descriptor.ts";

/**
 * A dtype that left its size open (`"U"`, `"S"`) with the size that elements of `from` need, or without `from` that of a
 * fresh array; any other dtype is itself.
 */
export function sizedFor(wanted: Descriptor, from: Descriptor | null): Descriptor {
  if (wanted.itemsize > 0 && wanted.unit === null) return wanted;
  return wanted.composition?.sized?.(wanted, from) ?? wanted;
}
