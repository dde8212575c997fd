import { countDiv, countOf, NAT, partsOf, wrap } from "./calendar.ts";
import { GENERIC, isCalendar, type UnitFacts, unitRatio } from "./date-units.ts";

/** Whether a cast goes by the calendar: of moments, between years or months and what is shorter. */
export function goesByCalendar(from: UnitFacts, to: UnitFacts, datetime: boolean): boolean {
  if (!datetime || from.base === GENERIC || to.base === GENERIC) return false;
  return isCalendar(from.base) !== isCalendar(to.base);
}

/**
 * A count of one unit as a count of another, cut downwards; what is too large wraps.
 *
 * @throws ValueError when the numbers between the units are too large, or the second is generic and the first is not.
 */
export function convertCount(
  value: bigint,
  from: UnitFacts,
  to: UnitFacts,
  datetime: boolean,
  caller: string,
): bigint {
  if (value === NAT || (from.base === to.base && from.num === to.num)) return value;
  const { num, denom } = unitRatio(from, to, datetime, caller);
  if (goesByCalendar(from, to, datetime)) return countOf(partsOf(value, from), to);
  const product = wrap(value * num);
  const months = datetime && isCalendar(from.base) && isCalendar(to.base);
  return countDiv(product, denom, months ? product : value);
}
