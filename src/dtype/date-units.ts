import { DTypeError, ValueError } from "../errors.ts";

/**
 * The units of datetime64 and timedelta64: what they are called, how many of one are in another, and the unit in which
 * two can be counted together.
 *
 * Years and months are of no fixed length, so they are multiples of each other and of nothing else. A datetime64 of them
 * becomes one of days by the calendar; a timedelta64 does only when it is forced to, with the mean length of a year.
 */

/** The names of the units from the longest; the generic one, which has no length, stands in front. */
export const unitNames = [
  "generic",
  "Y",
  "M",
  "W",
  "D",
  "h",
  "m",
  "s",
  "ms",
  "us",
  "ns",
  "ps",
  "fs",
  "as",
] as const;

/** The name of a unit of time. */
export type UnitName = (typeof unitNames)[number];

/** Their places in the list. */
export const GENERIC = 0;
export const YEAR = 1;
export const MONTH = 2;
export const WEEK = 3;
export const DAY = 4;
export const HOUR = 5;
export const MINUTE = 6;
export const SECOND = 7;
export const MILLISECOND = 8;
export const ATTOSECOND = 13;

/** How many of the next unit are in each; between months and weeks there is no such number. */
const steps: readonly bigint[] = [1n, 12n, 0n, 7n, 24n, 60n, 60n, 1000n, 1000n, 1000n, 1000n, 1000n, 1000n];

/** From here on NumPy gives a factor up. */
const FACTOR_END = 1n << 56n;

/** How many of a shorter unit are in a longer one, both weeks or less, or years and months; null when that is too many. */
export function unitFactor(longer: number, shorter: number): bigint | null {
  let factor = 1n;
  for (let k = longer; k < shorter; k++) {
    factor *= steps[k]!;
    if (factor >= FACTOR_END) return null;
  }
  return factor;
}

/** A unit and how many of it are counted as one. */
export interface UnitFacts {
  readonly base: number;
  readonly num: number;
}

/** As NumPy writes it: `D`, `25s`. */
export function unitText({ base, num }: UnitFacts): string {
  return `${num === 1 ? "" : num}${unitNames[base]}`;
}

/** The same in brackets; nothing for the generic unit. */
export function unitSuffix(unit: UnitFacts): string {
  return unit.base === GENERIC ? "" : `[${unitText(unit)}]`;
}

/** The characters that NumPy leaves for a moment down to a unit, with an offset of `offset` characters behind a time. */
export function isoLength(base: number, offset = 1): number {
  if (base === GENERIC) return 4;
  if (base < HOUR) return [22, 25, 28, 28][base - YEAR]!;
  return 28 + 3 * (Math.min(base, SECOND) - DAY) + (base > SECOND ? 1 + 3 * (base - SECOND) : 0) + offset;
}

/** Whether a unit is that of no length. */
export function isGeneric({ base }: UnitFacts): boolean {
  return base === GENERIC;
}

export function isCalendar(base: number): boolean {
  return base === YEAR || base === MONTH;
}

const MOST_MULTIPLE = 2 ** 31 - 1;
const UNIT = /^(\d*)([A-Za-zμ]+)(?:\/(\d+))?$/;

/** The unit that a text stands for: `"D"`, `"25s"`, `"h/4"`; null when it is none. */
export function parseUnit(text: string): UnitFacts | null {
  const match = UNIT.exec(text);
  if (match === null) return null;
  const [, count = "", name = "", divisor] = match;
  const base = unitNames.indexOf((name === "μs" ? "us" : name) as UnitName);
  const num = count === "" ? 1 : Number(count);
  if (base < 0 || num < 1 || num > MOST_MULTIPLE) return null;
  if (base === GENERIC) return { base, num: 1 };
  return divisor === undefined ? { base, num } : divided({ base, num }, Number(divisor), text);
}

/** A part of a unit as whole shorter ones: a quarter of an hour is 15 minutes. */
function divided({ base, num }: UnitFacts, divisor: number, text: string): UnitFacts {
  if (divisor === 1) return { base, num };
  for (let k = base; k < base + 3 && k < ATTOSECOND; k++) {
    // Of a month NumPy takes 30 days for a day, and 28 for weeks.
    const parts = partsOf(base, k + 1);
    if (divisor > 0 && parts !== null && parts % BigInt(divisor) === 0n) {
      return { base: k + 1, num: num * Number(parts / BigInt(divisor)) };
    }
  }
  throw new ValueError(
    `dtype: a unit of "${text}" is not a whole number of shorter units; ${divisor} does not divide one`,
  );
}

/** How many of a shorter unit are in one, with 4 weeks, 30 days in a month and 52 weeks, 365 days in a year. */
function partsOf(base: number, shorter: number): bigint | null {
  if (!isCalendar(base) || isCalendar(shorter)) return unitFactor(base, shorter);
  const days = base === YEAR ? 365n : 30n;
  if (shorter === WEEK) return base === YEAR ? 52n : 4n;
  const rest = unitFactor(DAY, shorter);
  return rest === null ? null : days * rest;
}

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** Whether years or months of the one have to be counted together with days of the other. */
function clash(a: UnitFacts, b: UnitFacts): boolean {
  return a.base !== GENERIC && b.base !== GENERIC && isCalendar(a.base) !== isCalendar(b.base);
}

/**
 * The longest unit of which both are multiples; for years or months beside what is shorter, NumPy takes them for weeks. Where `strict` is set, years and months count as lengths of time, which
 * are no number of days.
 *
 * @throws DTypeError when there is none, ValueError when it would take too large a number.
 */
export function commonUnit(a: UnitFacts, b: UnitFacts, strict: boolean, caller: string): UnitFacts {
  if (a.base === GENERIC) return b;
  if (b.base === GENERIC) return a;
  if (strict && clash(a, b)) {
    throw new DTypeError(
      `${caller}: there is no common unit of [${unitText(a)}] and [${unitText(b)}]: a year and a month are no number of days; cast one of them first`,
    );
  }
  const base = Math.max(a.base, b.base);
  const [p, q] = [a, b].map((unit) => unitFactor(clash(a, b) ? Math.max(unit.base, WEEK) : unit.base, base));
  const num = p == null || q == null ? null : gcd(BigInt(a.num) * p, BigInt(b.num) * q);
  if (num === null || num > BigInt(MOST_MULTIPLE)) {
    throw new ValueError(
      `${caller}: a common unit of [${unitText(a)}] and [${unitText(b)}] takes numbers that are too large; cast one of them to a unit between`,
    );
  }
  return { base, num: Number(num) };
}

/** Whether every multiple of a unit is one of another; of years and months in days only if `strict` is not set. */
export function divides(from: UnitFacts, to: UnitFacts, strict: boolean): boolean {
  if (from.base === GENERIC) return true;
  if (to.base === GENERIC) return false;
  if (clash(from, to)) return !strict;
  const base = Math.max(from.base, to.base);
  const [p, q] = [unitFactor(from.base, base), unitFactor(to.base, base)];
  if (p === null || q === null) return false;
  const [a, b] = [BigInt(from.num) * p, BigInt(to.num) * q];
  return a < FACTOR_END && b < FACTOR_END && a % b === 0n;
}

/** What a count in one unit is multiplied by, and then divided by, to be a count in another. */
export interface Ratio {
  readonly num: bigint;
  readonly denom: bigint;
}

/** Days in 400 years. */
const CYCLE = 146097n;

/**
 * The ratio of two units, of which none is generic unless the first is; years and months have their mean length. That of
 * years and months is not reduced for moments, as NumPy counts them in months first, where they may wrap.
 *
 * @throws ValueError when a number is too large, or the second unit is generic.
 */
export function unitRatio(from: UnitFacts, to: UnitFacts, moments: boolean, caller: string): Ratio {
  if (from.base === GENERIC) return { num: 1n, denom: 1n };
  if (to.base === GENERIC) {
    throw new ValueError(
      `${caller}: a number of [${unitText(from)}] is none of a unit that is not known; give a unit`,
    );
  }
  const swapped = from.base > to.base;
  const [longer, shorter] = swapped ? [to.base, from.base] : [from.base, to.base];
  const [num, denom] = baseRatio(longer, shorter, caller);
  // NumPy multiplies in 64 bits.
  const p = BigInt.asUintN(64, (swapped ? denom : num) * BigInt(from.num));
  const q = BigInt.asUintN(64, (swapped ? num : denom) * BigInt(to.num));
  if (q === 0n) throw tooMany(longer, shorter, caller);
  const common = moments && isCalendar(longer) && isCalendar(shorter) ? 1n : gcd(p, q);
  return { num: BigInt.asIntN(64, p / common), denom: BigInt.asIntN(64, q / common) };
}

function tooMany(longer: number, shorter: number, caller: string): ValueError {
  return new ValueError(
    `${caller}: there are too many of [${unitNames[shorter]}] in one of [${unitNames[longer]}] to be counted; go by way of a unit between`,
  );
}

function baseRatio(longer: number, shorter: number, caller: string): [num: bigint, denom: bigint] {
  const mixed = isCalendar(longer) && !isCalendar(shorter);
  const weeks = mixed && shorter === WEEK;
  const factor = mixed ? unitFactor(weeks ? WEEK : DAY, shorter) : unitFactor(longer, shorter);
  if (factor === null) throw tooMany(longer, shorter, caller);
  if (!mixed) return [factor, 1n];
  return [CYCLE * factor, 400n * (longer === MONTH ? 12n : 1n) * (weeks ? 7n : 1n)];
}
