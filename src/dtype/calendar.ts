/**
 * The calendar: from counts of a unit since 1970 to years, months, days and times, and back.
 *
 * It is the Gregorian one in both directions without end, as in ISO 8601, where the year before 1 is 0. Days are counted in
 * cycles of 400 years, which all have 146097; inside a cycle the year begins with March, so that a leap day is its last.
 * All is exact over the whole range of 64 bits; what leaves it wraps, as NumPy's counts do.
 */

import { DAY, GENERIC, HOUR, MONTH, SECOND, type UnitFacts, unitFactor, WEEK, YEAR } from "./date-units.ts";

/** A moment in the calendar; the fraction of the second is counted in attoseconds. */
export interface DateParts {
  readonly year: bigint;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: bigint;
}

/** The count that stands for no time: "not a time". */
export const NAT: bigint = -(2n ** 63n);

/** Days in 400 years, and days from the first of March of the year 0 to 1970. */
const CYCLE = 146097;
const EPOCH = 719468;

export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

export function isLeapYear(year: bigint): boolean {
  return year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: bigint, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : monthDays[month - 1]!;
}

/**
 * Days from 1970 to a day of a month, 1 to 12. Leap days are counted from 1970 on in both directions, with divisions that
 * cut, as NumPy counts them: what is too large wraps to the same number.
 */
export function daysFromCivil(year: bigint, month: number, day: number): bigint {
  const since = wrap(year - 1970n);
  const plain = wrap(since * 365n);
  const [a, b, c] = plain >= 0n ? [1n, 69n, 369n] : [-2n, -30n, -30n];
  const leaps = wrap(since + a) / 4n - wrap(since + b) / 100n + wrap(since + c) / 400n;
  const before = Math.floor((367 * month - 362) / 12);
  const short = month <= 2 ? 0 : isLeapYear(year) ? 1 : 2;
  return wrap(plain + leaps + BigInt(before - short + day - 1));
}

/** The day that lies so many days after the first of January 1970. */
export function civilFromDays(days: bigint): { year: bigint; month: number; day: number } {
  const since = days + BigInt(EPOCH);
  const cycles = floorDiv(since, BigInt(CYCLE));
  const { y, month, day } = inCycle(Number(since - cycles * BigInt(CYCLE)));
  return { year: cycles * 400n + BigInt(y) + (month <= 2 ? 1n : 0n), month, day };
}

/** The year, counted from March, the month and the day of a day of 400 years. */
function inCycle(d: number): { y: number; month: number; day: number } {
  // Of the days before, take away the leap days; what is left are years of 365.
  const y = Math.floor(
    (d - Math.floor(d / 1460) + Math.floor(d / 36524) - Math.floor(d / (CYCLE - 1))) / 365,
  );
  const dayOfYear = d - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { y, month, day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1 };
}

const midnight = { hour: 0, minute: 0, second: 0, fraction: 0n };

/** The moment that a count stands for, which is not NaT and of no generic unit. */
export function partsOf(value: bigint, { base, num }: UnitFacts): DateParts {
  const count = wrap(value * BigInt(num));
  if (base === YEAR) return { year: 1970n + count, month: 1, day: 1, ...midnight };
  if (base === MONTH) {
    const years = floorDiv(count, 12n);
    return { year: 1970n + years, month: Number(count - years * 12n) + 1, day: 1, ...midnight };
  }
  if (base === WEEK) return { ...civilFromDays(wrap(count * 7n)), ...midnight };
  if (base <= SECOND) return fromSeconds(count * unitFactor(base, SECOND)!);
  const perSecond = unitFactor(SECOND, base) ?? ATTOS;
  const seconds = floorDiv(count, perSecond);
  const fraction = (count - seconds * perSecond) * (ATTOS / perSecond);
  return { ...fromSeconds(seconds), fraction };
}

/** Attoseconds in a second: more than what NumPy multiplies by at once. */
const ATTOS = 10n ** 18n;

function fromSeconds(seconds: bigint): DateParts {
  const days = floorDiv(seconds, 86400n);
  const rest = Number(seconds - days * 86400n);
  const hour = Math.floor(rest / 3600);
  return {
    ...civilFromDays(days),
    hour,
    minute: Math.floor(rest / 60) - hour * 60,
    second: rest % 60,
    fraction: 0n,
  };
}

/** The count of a unit that a moment falls into; what is too large wraps. */
export function countOf(parts: DateParts, { base, num }: UnitFacts): bigint {
  const count = wrap(wholeCount(parts, base));
  return countDiv(count, BigInt(num), count);
}

/** A quotient of counts as NumPy makes it: below 0, as `sign` is, a little less is cut; also that wraps. */
export function countDiv(value: bigint, by: bigint, sign: bigint): bigint {
  return (sign < 0n ? wrap(value - (by - 1n)) : value) / by;
}

function wholeCount({ year, month, day, hour, minute, second, fraction }: DateParts, base: number): bigint {
  if (base === YEAR) return year - 1970n;
  if (base === MONTH) return (year - 1970n) * 12n + BigInt(month - 1);
  const days = daysFromCivil(year, month, day);
  if (base === WEEK) return countDiv(days, 7n, days);
  if (base === DAY) return days;
  const hours = days * 24n + BigInt(hour);
  if (base === HOUR) return hours;
  const minutes = hours * 60n + BigInt(minute);
  if (base < SECOND) return minutes;
  const seconds = minutes * 60n + BigInt(second);
  if (base === SECOND) return seconds;
  const perSecond = unitFactor(SECOND, base) ?? ATTOS;
  return seconds * perSecond + fraction / (ATTOS / perSecond);
}

/** A count as NumPy writes it, down to a unit: `2024-02-29T12:00`. */
export function isoText(value: bigint, unit: UnitFacts, down = unit.base): string {
  if (value === NAT || unit.base === GENERIC) return "NaT";
  return quickText(value, unit, down) ?? partsText(partsOf(value, unit), down);
}

/** Days this far from 1970 have years of at most seven digits, and all of the way there is exact in numbers. */
const QUICK_DAYS = 2 ** 31;

/** The same for days and shorter units where numbers hold all: most dates are such, and there may be many. Else null. */
function quickText(value: bigint, { base, num }: UnitFacts, down: number): string | null {
  if (base < DAY || num !== 1 || down < DAY) return null;
  let [count, fraction] = [Number(value), ""];
  if (base > SECOND) {
    const perSecond = 10 ** (3 * (base - SECOND));
    if (perSecond > 1e9) return null;
    let seconds = Math.floor(count / perSecond);
    let rest = Number(value - BigInt(seconds) * BigInt(perSecond));
    // A quotient of so large a number may be off by one.
    for (; rest < 0; rest += perSecond) seconds--;
    for (; rest >= perSecond; rest -= perSecond) seconds++;
    fraction = String(rest).padStart(3 * (base - SECOND), "0");
    count = seconds;
  }
  const places = 3 * (down - SECOND);
  const digits = places > 0 ? `.${fraction.slice(0, places).padEnd(places, "0")}` : "";
  const perDay = [1, 24, 1440][base - DAY] ?? 86400;
  const days = Math.floor(count / perDay);
  if (!(days > -QUICK_DAYS && days < QUICK_DAYS)) return null;
  const seconds = (count - days * perDay) * (86400 / perDay);
  return quickDay(days) + quickTime(seconds, down) + digits;
}

/** A day as text. */
function quickDay(days: number): string {
  const since = days + EPOCH;
  const cycles = Math.floor(since / CYCLE);
  const { y, month, day } = inCycle(since - cycles * CYCLE);
  const year = cycles * 400 + y + (month <= 2 ? 1 : 0);
  const digits =
    year < 0 ? `-${String(-year).padStart(3, "0")}` : year < 1000 ? String(year).padStart(4, "0") : year;
  return `${digits}-${two(month)}-${two(day)}`;
}

/** A time of the day as text, down to a unit. */
function quickTime(seconds: number, down: number): string {
  if (down === DAY) return "";
  const hour = Math.floor(seconds / 3600);
  if (down === HOUR) return `T${two(hour)}`;
  const minute = Math.floor(seconds / 60) - hour * 60;
  return down < SECOND ? `T${two(hour)}:${two(minute)}` : `T${two(hour)}:${two(minute)}:${two(seconds % 60)}`;
}

/** A moment as NumPy writes it, down to a unit. */
export function partsText(parts: DateParts, down: number): string {
  const { year, month, day, hour, minute, second, fraction } = parts;
  const digits = String(year < 0n ? -year : year);
  const text = year < 0n ? `-${digits.padStart(3, "0")}` : digits.padStart(4, "0");
  if (down === YEAR) return text;
  const months = `${text}-${two(month)}`;
  if (down === MONTH) return months;
  const days = `${months}-${two(day)}`;
  if (down <= DAY) return days;
  const hours = `${days}T${two(hour)}`;
  if (down === HOUR) return hours;
  const minutes = `${hours}:${two(minute)}`;
  if (down < SECOND) return minutes;
  const seconds = `${minutes}:${two(second)}`;
  if (down === SECOND) return seconds;
  return `${seconds}.${String(fraction)
    .padStart(18, "0")
    .slice(0, 3 * (down - SECOND))}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
