/** The floating point errors of casts, told by the elements before they are cast: for errstate.ts. */

import type { TypedPlace } from "../array/cast.ts";
import type { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { fromFloat16, toFloat16 } from "../dtype/float16.ts";
import type { ElementValue } from "../dtype/map.ts";
import { walkOuter } from "../layout/walk.ts";

/** A cast cannot divide. */
export type CastEvent = "over" | "under" | "invalid";

/** The events of a cast of elements to another dtype. */
export function eventsOfCast(
  shape: readonly number[],
  src: TypedPlace,
  to: Descriptor,
): ReadonlySet<CastEvent> {
  const found = new Set<CastEvent>();
  const rule = ruleOf(src.dtype, to);
  if (rule === null) return found;
  const { view } = src.storage;
  const { read } = src.dtype.access;
  walkOuter(shape, src.strides, src.offset, 0, (offset) => {
    for (const part of partsOf(read(view, offset), to)) {
      const event = rule(part);
      if (event !== null) found.add(event);
    }
  });
  return found;
}

/** The numbers of an element that are cast: of a complex one the imaginary part too when it is kept. */
function partsOf(value: ElementValue | Uint8Array | string, to: Descriptor): number[] {
  if (typeof value !== "object") return [Number(value)];
  const { re, im } = value as Complex;
  return to.kind === "c" ? [re, im] : [re];
}

/** What happens to one number, or null when nothing can happen between these dtypes. */
function ruleOf(from: Descriptor, to: Descriptor): ((value: number) => CastEvent | null) | null {
  const float = from.kind === "f" || from.kind === "c";
  if (float && (to.kind === "i" || to.kind === "u")) return toInteger(to);
  const round = roundings[to.type];
  return round !== undefined && (float || "iu".includes(from.kind)) ? toFloat(...round) : null;
}

/** Integers of up to 32 bits are made through int32, uint32 through int64: what fits there wraps, and nothing is told. */
function toInteger({ kind, itemsize }: Descriptor): (value: number) => CastEvent | null {
  const wide = itemsize === 8 || (kind === "u" && itemsize === 4);
  const low = wide ? -(2 ** 63) : -(2 ** 31);
  const high = wide ? (kind === "u" && itemsize === 8 ? 2 ** 64 : 2 ** 63) : 2 ** 31;
  return (value) => {
    const whole = Math.trunc(value);
    return whole >= low && whole < high ? null : "invalid";
  };
}

/** How a number becomes one of the dtype, and the smallest normal one. */
const roundings: Readonly<Record<string, readonly [(value: number) => number, number] | undefined>> = {
  float16: [(value) => fromFloat16(toFloat16(value)), 2 ** -14],
  float32: [Math.fround, 2 ** -126],
  complex64: [Math.fround, 2 ** -126],
};

function toFloat(round: (value: number) => number, least: number): (value: number) => CastEvent | null {
  return (value) => {
    const result = round(value);
    if (Number.isFinite(value) && !Number.isFinite(result)) return "over";
    return Math.abs(result) < least && result !== value && !Number.isNaN(value) ? "under" : null;
  };
}
