import { quickSeconds } from "../dtype/date-parse.ts";
import { DAY, isGeneric, SECOND, unitFactor } from "../dtype/date-units.ts";
import type { DateDType } from "../dtype/dates.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ListLoop } from "./listloops.ts";

/** The innermost loop of making an array of moments from texts in the plain forms; null for units that it does not know. */
export function dateLoop({ kind, unit }: Descriptor<DateDType>): ListLoop | null {
  if (kind !== "M" || unit === null || isGeneric(unit) || unit.base < DAY || unit.num !== 1) return null;
  const { base } = unit;
  const per = base <= SECOND ? Number(unitFactor(base, SECOND)) : 1;
  const scale = base <= SECOND ? 1n : 1000n ** BigInt(base - SECOND);
  return (list, i, n, target: BigInt64Array, at, step) => {
    for (; i < n; i++) {
      const value = list[i];
      const seconds = typeof value === "string" ? quickSeconds(value) : Number.NaN;
      if (Number.isNaN(seconds)) return i;
      const count = BigInt(Math.floor(seconds / per));
      target[at + i * step] = scale === 1n ? count : count * scale;
    }
    return n;
  };
}
