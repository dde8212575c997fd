import { DTypeError, textOf, ValueError } from "../errors.ts";
import { countOf, type DateParts, NAT, wrap } from "./calendar.ts";
import { convertInt64 } from "./convert.ts";
import { convertCount } from "./date-convert.ts";
import { momentOf, quickSeconds, readDate } from "./date-parse.ts";
import { Datetime64, Timedelta64 } from "./date-scalars.ts";
import {
  DAY,
  GENERIC,
  isCalendar,
  MILLISECOND,
  SECOND,
  type UnitFacts,
  unitFactor,
  unitText,
} from "./date-units.ts";

/** What may become a moment or a span: from a value that a person gave to a count of a unit. */

/** A Temporal object: what its text says counts. */
export interface TemporalLike {
  readonly [Symbol.toStringTag]: `Temporal.${string}`;
  toString(): string;
}

/** The text of a Temporal object; null for anything else. */
function temporalText(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const tag = (value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  // A time zone's name in brackets is no part of the moment, which has its offset in front.
  return typeof tag === "string" && tag.startsWith("Temporal.") ? String(value).replace(/\[.*$/, "") : null;
}

/** Whether a value stands for a moment whatever dtype is asked for. */
export function isMoment(value: unknown): boolean {
  return value instanceof Date || value instanceof Datetime64 || temporalText(value) !== null;
}

const whole = /^\s*[+-]?\d+$/;

/** The unit in which a value is given; null where it says none. */
export function unitShown(value: unknown): UnitFacts | null {
  if (value instanceof Datetime64 || value instanceof Timedelta64) return value.facts;
  if (value instanceof Date) return { base: MILLISECOND, num: 1 };
  const text = typeof value === "string" ? value : temporalText(value);
  if (text === null) return null;
  const read = readDate(text);
  return read === null ? null : { base: read.base, num: 1 };
}

/** The count of a unit that a value stands for as a moment. */
export function coerceDatetime(value: unknown, unit: UnitFacts): bigint {
  if (typeof value === "string") return fromText(value, unit);
  if (value === null) return NAT;
  if (value instanceof Datetime64) return convertCount(value.value, value.facts, unit, true, "datetime64");
  if (value instanceof Date) return fromJsDate(value, unit);
  if (value instanceof Timedelta64) return convertCount(value.value, value.facts, unit, false, "datetime64");
  const text = temporalText(value);
  if (text !== null) return fromText(text, unit);
  const count = wholeNumber(value, "datetime64");
  if (unit.base === GENERIC && count !== NAT) {
    throw new ValueError(
      `${textOf(value)} is a date of a known unit only; give one, such as "datetime64[D]"`,
    );
  }
  return count;
}

function fromText(text: string, unit: UnitFacts): bigint {
  const seconds = unit.base >= DAY && unit.num === 1 ? quickSeconds(text) : Number.NaN;
  if (!Number.isNaN(seconds)) return fromSeconds(seconds, unit.base);
  const read = readDate(text);
  return read === null ? NAT : fromParts(read.parts, unit);
}

function fromSeconds(seconds: number, base: number): bigint {
  if (base <= SECOND) return BigInt(Math.floor(seconds / Number(unitFactor(base, SECOND)!)));
  return wrap(BigInt(seconds) * 1000n ** BigInt(base - SECOND));
}

function fromParts(parts: DateParts, unit: UnitFacts): bigint {
  if (unit.base !== GENERIC) return countOf(parts, unit);
  throw new ValueError("a date is one of a known unit only, unless it is NaT; give a unit");
}

function fromJsDate(date: Date, unit: UnitFacts): bigint {
  const millis = date.getTime();
  if (Number.isNaN(millis)) return NAT;
  if (unit.base >= DAY && unit.base <= MILLISECOND && unit.num === 1) {
    return BigInt(Math.floor(millis / Number(unitFactor(unit.base, MILLISECOND)!)));
  }
  return fromParts(momentOf(date), unit);
}

/** The count of a unit that a value stands for as a span. */
export function coerceTimedelta(value: unknown, unit: UnitFacts): bigint {
  if (value === null) return NAT;
  if (value instanceof Timedelta64) {
    const { facts } = value;
    const apart = facts.base !== GENERIC && unit.base !== GENERIC;
    if (apart && isCalendar(facts.base) !== isCalendar(unit.base)) {
      throw new DTypeError(
        `a timedelta64 of [${unitText(facts)}] cannot become one of [${unitText(unit)}]: a year and a month are no number of days`,
      );
    }
    return convertCount(value.value, facts, unit, false, "timedelta64");
  }
  if (typeof value !== "string") return wholeNumber(value, "timedelta64");
  if (/^(nat)?$/i.test(value)) return NAT;
  if (whole.test(value)) return clamped(BigInt(value.trim().replace("+", "")));
  throw new ValueError(`${JSON.stringify(value)} is no timedelta64; give a whole number`);
}

function wholeNumber(value: unknown, name: string): bigint {
  if (typeof value === "bigint") return inRange(value, name);
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") {
    if (Number.isInteger(value)) return inRange(BigInt(value), name);
    throw new ValueError(`${value} is no ${name}; give a whole number of a unit`);
  }
  throw new ValueError(
    `${textOf(value)} (${value === null ? "null" : typeof value}) cannot become an element of dtype ${name}`,
  );
}

/** A text of too many digits is the largest count, or the smallest, as NumPy reads it. */
function clamped(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  return value < 0n ? NAT : -NAT - 1n;
}

function inRange(value: bigint, name: string): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new ValueError(`${value} is out of bounds for ${name}`);
}

/** What casting without a question makes of an element of another dtype. */
export function convertDate(value: unknown, unit: UnitFacts, datetime: boolean): bigint {
  if (value instanceof Datetime64) {
    return datetime ? convertCount(value.value, value.facts, unit, true, "astype") : value.value;
  }
  if (value instanceof Timedelta64) {
    return datetime ? value.value : convertCount(value.value, value.facts, unit, false, "astype");
  }
  if (typeof value === "string") return datetime ? fromText(value, unit) : coerceTimedelta(value, unit);
  return convertInt64(value);
}
