import { ValueError } from "../errors.ts";
import { isoText, NAT, partsOf } from "./calendar.ts";
import { convertCount } from "./date-convert.ts";
import { MILLISECOND, type UnitFacts, unitNames, unitText } from "./date-units.ts";
import { pythonString } from "./literal.ts";

type DateName = "datetime64" | "timedelta64";

/**
 * What a scalar knows of its dtype, which is a `Descriptor`. It is said anew here because that knows what its elements are,
 * and so these.
 */
export interface DateScalarDType<D extends DateName> {
  readonly type: D;
  /** NumPy's name: `"datetime64[D]"`. */
  readonly name: string;
  /** NumPy's code: `"<M8[D]"`. */
  readonly str: string;
  readonly itemsize: number;
  /** @internal */
  readonly unit: ScalarUnit | null;
}

interface ScalarUnit extends UnitFacts {
  common(other: never, types: DateName, caller: string): UnitFacts;
}

/** What both kinds of scalar are: a count of a unit. */
abstract class DateScalar<D extends DateName> {
  /** How many of the unit, for a datetime64 since 1970; -2^63 is NaT. */
  readonly value: bigint;
  readonly dtype: DateScalarDType<D>;

  /** @internal Use `np.datetime64` or `np.timedelta64`. */
  constructor(value: bigint, dtype: DateScalarDType<D>) {
    this.value = value;
    this.dtype = dtype;
  }

  /** The name of the unit: `"D"`, `"ns"`, or `"generic"`. */
  get unit(): string {
    return unitNames[this.facts.base]!;
  }

  /** How many of the unit are counted as one. */
  get multiple(): number {
    return this.facts.num;
  }

  /** @internal */
  get facts(): UnitFacts {
    return this.dtype.unit!;
  }

  /** Whether it is "not a time". */
  get isNaT(): boolean {
    return this.value === NAT;
  }

  /** The count, so that `<` compares scalars of one unit; null for NaT. */
  valueOf(): bigint | null {
    return this.isNaT ? null : this.value;
  }

  /** Whether both are the same, whatever their units; NaT is the same as nothing. */
  equals(other: DateScalar<D>): boolean {
    if (this.isNaT || other.isNaT || this.dtype.type !== other.dtype.type) return false;
    const unit = this.dtype.unit!.common(other.dtype.unit as never, this.dtype.type, "equals");
    const datetime = this.dtype.type === "datetime64";
    const of = (one: DateScalar<D>) => convertCount(one.value, one.facts, unit, datetime, "equals");
    return of(this) === of(other);
  }

  /** What Python's `repr` gives. */
  abstract repr(): string;

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.repr();
  }
}

/** A moment, counted in a unit since 1970: an element of a datetime64 array as it is read. Made by `np.datetime64`. */
export class Datetime64 extends DateScalar<"datetime64"> {
  /** As NumPy writes it: `2024-02-29T12:00`, down to the unit; `NaT`. */
  override toString(): string {
    return dateText(this.value, this.facts);
  }

  /** The same; null for NaT. */
  toJSON(): string | null {
    return this.isNaT ? null : this.toString();
  }

  /**
   * The moment as a JS date, cut to milliseconds; an invalid one for NaT.
   *
   * @throws ValueError when it lies further from 1970 than a JS date can.
   */
  toDate(): Date {
    if (this.isNaT) return new Date(Number.NaN);
    const { year } = partsOf(this.value, this.facts);
    const millis = convertCount(this.value, this.facts, { base: MILLISECOND, num: 1 }, true, "toDate");
    const date = new Date(year > -3e5 && year < 3e5 ? Number(millis) : Number.NaN);
    if (!Number.isNaN(date.getTime())) return date;
    throw new ValueError(`toDate: ${this.toString()} is further from 1970 than a JS date can be`);
  }

  repr(): string {
    const text = this.toString();
    // A text of a length that shows the unit needs no word more.
    const shown = !this.isNaT && this.multiple === 1 && !/^(h|generic)$/.test(this.unit);
    return `np.datetime64(${pythonString(text)}${shown ? "" : `,${pythonString(unitText(this.facts))}`})`;
  }
}

/** A span of time, counted in a unit: an element of a timedelta64 array as it is read. Made by `np.timedelta64`. */
export class Timedelta64 extends DateScalar<"timedelta64"> {
  /** As NumPy writes it: `5 days`; `NaT`. */
  override toString(): string {
    return spanText(this.value, this.facts);
  }

  /** The count, as a number where one holds it exactly, else its digits; null for NaT. */
  toJSON(): number | string | null {
    if (this.isNaT) return null;
    const count = Number(this.value);
    return Number.isSafeInteger(count) ? count : String(this.value);
  }

  repr(): string {
    const value = this.isNaT ? "'NaT'" : String(this.value);
    return `np.timedelta64(${value}${this.unit === "generic" ? "" : `,${pythonString(unitText(this.facts))}`})`;
  }
}

/** A count since 1970 as text. */
export function dateText(value: bigint, unit: UnitFacts): string {
  if (value !== NAT && unit.base === 0) {
    throw new ValueError("a datetime64 of the generic unit is no date unless it is NaT; cast it to a unit");
  }
  return isoText(value, unit);
}

const words = [
  "generic time units",
  "years",
  "months",
  "weeks",
  "days",
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  "microseconds",
  "nanoseconds",
  "picoseconds",
  "femtoseconds",
  "attoseconds",
];

/** A span as text. */
export function spanText(value: bigint, { base, num }: UnitFacts): string {
  return value === NAT ? "NaT" : `${BigInt.asIntN(64, value * BigInt(num))} ${words[base]}`;
}
