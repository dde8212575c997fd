import { ValueError } from "../errors.ts";
import { type DateParts, daysFromCivil, daysInMonth, partsOf } from "./calendar.ts";
import { DAY, HOUR, MILLISECOND, MINUTE, MONTH, SECOND, YEAR } from "./date-units.ts";

/**
 * Dates as text: ISO 8601 in the forms that NumPy takes, from a year down to attoseconds, `now`, `today` and `NaT`.
 *
 * A time may be followed by an offset from UTC, which is taken away; the count itself knows no time zone.
 */

/** A moment, and the unit in which it was given; null for NaT. */
export interface ReadDate {
  readonly parts: DateParts;
  readonly base: number;
}

/** Reads one text from its start. */
class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  fail(at = this.at): never {
    throw new ValueError(`${JSON.stringify(this.text)} is no date: it cannot be read at position ${at}`);
  }

  range(what: string): never {
    throw new ValueError(`${JSON.stringify(this.text)} is no date: ${what} out of range`);
  }

  /** Goes past a character if it stands here. */
  takes(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  skipSpace(): void {
    while (/^\s$/.test(this.text[this.at] ?? "")) this.at++;
  }

  private digit(at: number): number {
    const code = this.text.charCodeAt(at) - 48;
    return code >= 0 && code <= 9 ? code : -1;
  }

  /** Digits, as many as there are up to `most`. */
  digits(most = Number.POSITIVE_INFINITY): string {
    const from = this.at;
    while (this.at - from < most && this.digit(this.at) >= 0) this.at++;
    return this.text.slice(from, this.at);
  }

  /** A number of two digits. */
  pair(low: number, high: number, what: string): number {
    const [tens, ones] = [this.digit(this.at), this.digit(this.at + 1)];
    if (tens < 0 || ones < 0) this.fail();
    const value = tens * 10 + ones;
    if (value < low || value > high) this.range(what);
    this.at += 2;
    return value;
  }
}

interface Fields {
  year: bigint;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: bigint;
}

/** The moment that a text stands for, with the unit that it shows; null for NaT. */
export function readDate(text: string): ReadDate | null {
  if (/^(nat)?$/i.test(text)) return null;
  const named = /^(now|today)$/i.exec(text);
  if (named !== null) return present(text.toLowerCase() === "now");
  const cursor = new Cursor(text);
  const fields: Fields = { year: 0n, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0n };
  cursor.skipSpace();
  readYear(cursor, fields);
  if (cursor.done) return { parts: fields, base: YEAR };
  if (!cursor.takes("-")) cursor.fail();
  fields.month = cursor.pair(1, 12, "the month is");
  if (cursor.done) return { parts: fields, base: MONTH };
  if (!cursor.takes("-")) cursor.fail();
  fields.day = cursor.pair(1, daysInMonth(fields.year, fields.month), "the day is");
  if (cursor.done) return { parts: fields, base: DAY };
  if (!(cursor.takes("T") || cursor.takes(" "))) cursor.fail();
  return readTime(cursor, fields);
}

function present(time: boolean): ReadDate {
  const now = new Date();
  if (time) return { parts: momentOf(now), base: SECOND };
  // Today is today where we are.
  const parts = momentOf(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
  return { parts, base: DAY };
}

/** The moment of a JS date. */
export function momentOf(date: Date): DateParts {
  return partsOf(BigInt(date.getTime()), { base: MILLISECOND, num: 1 });
}

function readYear(cursor: Cursor, fields: Fields): void {
  const negative = cursor.takes("-");
  if (!negative) cursor.takes("+");
  const digits = cursor.digits();
  if (digits === "") cursor.fail();
  const year = BigInt.asIntN(64, BigInt(digits));
  fields.year = negative ? -year : year;
}

function readTime(cursor: Cursor, fields: Fields): ReadDate {
  fields.hour = cursor.pair(0, 23, "the hours are");
  let base = HOUR;
  if (cursor.takes(":")) {
    fields.minute = cursor.pair(0, 59, "the minutes are");
    base = MINUTE;
    if (cursor.takes(":")) {
      fields.second = cursor.pair(0, 59, "the seconds are");
      base = SECOND;
      if (cursor.takes(".")) {
        const digits = cursor.digits(18);
        fields.fraction = BigInt(digits.padEnd(18, "0"));
        base = SECOND + Math.max(1, Math.ceil(digits.length / 3));
      }
    }
  }
  const parts = readOffset(cursor, fields);
  cursor.skipSpace();
  if (!cursor.done) cursor.fail();
  return { parts, base };
}

/** The moment less the offset from UTC that stands behind it. */
function readOffset(cursor: Cursor, fields: Fields): DateParts {
  if (cursor.takes("Z")) return fields;
  const east = cursor.takes("+");
  if (!east && !cursor.takes("-")) return fields;
  const hours = cursor.pair(0, 23, "the hours of the offset are");
  const colon = cursor.takes(":");
  const minutes = cursor.done && !colon ? 0 : cursor.pair(0, 59, "the minutes of the offset are");
  return shifted(fields, (east ? -1 : 1) * (hours * 60 + minutes));
}

function shifted(fields: Fields, minutes: number): DateParts {
  const days = daysFromCivil(fields.year, fields.month, fields.day);
  const total = days * 1440n + BigInt(fields.hour * 60 + fields.minute + minutes);
  const { second, fraction } = fields;
  return { ...partsOf(total, { base: MINUTE, num: 1 }), second, fraction };
}

/** The number that `count` digits at a position of a text are; NaN where one is none. */
function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let k = at; k < at + count; k++) {
    const digit = text.charCodeAt(k) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const DASH = 45;
const COLON = 58;
const LETTER_T = 84;

/**
 * Seconds since 1970 of a text in one of the plain forms, `2024-02-29`, `2024-02-29T12:30`, `2024-02-29T12:30:05`, as a
 * number; NaN for anything else, which {@link readDate} reads or refuses. Most texts are such, and there may be many.
 */
export function quickSeconds(text: string): number {
  const { length } = text;
  if (!(length === 10 || length === 16 || length === 19)) return Number.NaN;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return Number.NaN;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  if (day > 28 && day > daysInMonth(BigInt(year), month)) return Number.NaN;
  const days = quickDays(year, month, day) * 86400;
  return length === 10 ? days : days + quickTime(text, length);
}

/** Days since 1970. */
function quickDays(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + dayOfYear - 719468;
}

/** The seconds of the time behind a day; NaN where it is none. */
function quickTime(text: string, length: number): number {
  if (text.charCodeAt(10) !== LETTER_T || text.charCodeAt(13) !== COLON) return Number.NaN;
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  if (!(hour <= 23 && minute <= 59)) return Number.NaN;
  if (length === 16) return hour * 3600 + minute * 60;
  const second = digitsAt(text, 17, 2);
  return text.charCodeAt(16) === COLON && second <= 59 ? hour * 3600 + minute * 60 + second : Number.NaN;
}
