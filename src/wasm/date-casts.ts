/**
 * Casts of moments and spans of time: as the 64-bit integers that they are, and from unit to unit by kernels that the edge
 * sets, or whoever makes a date (date-kernels.ts), so that who takes one function does not load them.
 */

import type { Descriptor, UnitCast } from "../dtype/descriptor.ts";
import type { PlainDType } from "../dtype/table.ts";
import { DTypeError } from "../errors.ts";
import { castKernel } from "./casts.ts";
import type { Runnable } from "./kernel.ts";

let unitKernel: (cast: UnitCast) => Runnable = refuse;

function refuse(): never {
  throw new DTypeError(
    'cast: functions alone know nothing of dates before datetime64 or timedelta64 was called once; or import "ndview"',
  );
}

/** Sets what makes the kernels of casts between units. */
export function castUnitsWith(next: (cast: UnitCast) => Runnable): void {
  unitKernel = next;
}

const kernels = /* @__PURE__ */ new Map<string, Runnable>();

/** The kernel that casts elements of one dtype, plain or of moments or spans, to those of another. */
export function kernelBetween(from: Descriptor, to: Descriptor): Runnable {
  const [a, b] = [from.unit, to.unit];
  if (a === null && b === null) return castKernel(from.type as PlainDType, to.type as PlainDType);
  if (a === null || b === null || keepsCounts(from, to)) {
    return castKernel(
      a === null ? (from.type as PlainDType) : "int64",
      b === null ? (to.type as PlainDType) : "int64",
    );
  }
  const key = `${from.name} ${to.name}`;
  let kernel = kernels.get(key);
  if (kernel === undefined) kernels.set(key, (kernel = unitKernel(a.castTo(b, from.kind === "M"))));
  return kernel;
}

/** Whether the counts of moments or spans stay what they are: of one unit, or where a moment is taken for a span. */
export function keepsCounts(from: Descriptor, to: Descriptor): boolean {
  return from.type !== to.type || from.unit === to.unit;
}
