import { DTypeError, textOf, ValueError } from "../errors.ts";
import { NO, SAFE, SAME_KIND, UNSAFE } from "./cast-level.ts";
import { coerceDatetime, coerceTimedelta, convertDate, isMoment, unitShown } from "./date-coerce.ts";
import { goesByCalendar } from "./date-convert.ts";
import { Datetime64, Timedelta64 } from "./date-scalars.ts";
import {
  commonUnit,
  DAY,
  divides,
  GENERIC,
  isCalendar,
  parseUnit,
  type UnitFacts,
  unitFactor,
  unitNames,
  unitRatio,
  unitSuffix,
  unitText,
  WEEK,
  YEAR,
} from "./date-units.ts";
import { type Access, type Composition, type DateUnit, Descriptor, type UnitCast } from "./descriptor.ts";
import { codeOf, descrOf } from "./text.ts";

/**
 * Moments and spans of time: `datetime64` and `timedelta64`, 64-bit counts of a unit. Each unit, and each multiple of one,
 * is a dtype of its own and one object, so two of them are the same when they are `===`.
 *
 * They bring their rules along as dtypes do that are put together (Composition): plain ones know nothing about them.
 */

/** The two dtypes of dates. */
export type DateDType = "datetime64" | "timedelta64";

const composition: Composition = {
  text: ({ name }) => name,
  repr: (d) => `dtype('${codeOf(d)}')`,
  descr: descrOf,
  data: codeOf,
  castLevel: dateLevel,
  sized: (wanted, from) => {
    const open = wanted.unit!.base === GENERIC && from !== null && isDate(from);
    return open ? from.unit!.dtype(wanted.type as DateDType) : wanted;
  },
  promote: promoteDates,
};

/** A unit as a dtype has it. */
class Unit implements DateUnit {
  readonly base: number;
  readonly num: number;
  private readonly made: { datetime64?: Descriptor<"datetime64">; timedelta64?: Descriptor<"timedelta64"> } =
    {};

  constructor({ base, num }: UnitFacts) {
    this.base = base;
    this.num = num;
  }

  dtype<D extends DateDType>(type: D): Descriptor<D> {
    this.made[type] ??= (type === "datetime64" ? momentsOf(this) : spansOf(this)) as never;
    return this.made[type] as unknown as Descriptor<D>;
  }

  castTo(other: DateUnit, moments: boolean): UnitCast {
    const { num, denom } = unitRatio(this, other, moments, "astype");
    const byProduct = moments && isCalendar(this.base) && isCalendar(other.base);
    const base = { num, denom, byProduct, fromNum: BigInt(this.num), toNum: BigInt(other.num) };
    if (!goesByCalendar(this, other, moments)) return { ...base, calendar: null };
    const [months, short] = isCalendar(this.base) ? [this.base, other.base] : [other.base, this.base];
    const week = short === WEEK;
    const perDay = week ? 1n : (unitFactor(DAY, short) ?? 1n);
    return { ...base, calendar: { fromMonths: months === this.base, years: months === YEAR, week, perDay } };
  }

  common(other: DateUnit, types: DateDType | readonly [DateDType, DateDType], caller: string): DateUnit {
    const [a, b] = typeof types === "string" ? [types, types] : types;
    return unitOf(commonUnit(this, other, a === b && a === "timedelta64", caller));
  }
}

const units = /* @__PURE__ */ new Map<string, Unit>();

/** The one object for a unit. */
export function unitOf(facts: UnitFacts): DateUnit {
  const key = unitText(facts);
  let unit = units.get(key);
  if (unit === undefined) units.set(key, (unit = new Unit(facts)));
  return unit;
}

function momentsOf(unit: DateUnit): Descriptor<"datetime64"> {
  const access: Access<Datetime64> = {
    read: (view, at) => new Datetime64(view.getBigInt64(at, true), unit.dtype("datetime64")),
    write: (view, at, { value }) => view.setBigInt64(at, value, true),
    coerce: (value) => new Datetime64(coerceDatetime(value, unit), unit.dtype("datetime64")),
    convert: (value) => new Datetime64(convertDate(value, unit, true), unit.dtype("datetime64")),
  };
  const name = `datetime64${unitSuffix(unit)}`;
  return new Descriptor({ type: "datetime64", name, kind: "M", char: "M", num: 21, ...shared, unit, access });
}

function spansOf(unit: DateUnit): Descriptor<"timedelta64"> {
  const access: Access<Timedelta64> = {
    read: (view, at) => new Timedelta64(view.getBigInt64(at, true), unit.dtype("timedelta64")),
    write: (view, at, { value }) => view.setBigInt64(at, value, true),
    coerce: (value) => new Timedelta64(coerceTimedelta(value, unit), unit.dtype("timedelta64")),
    convert: (value) => new Timedelta64(convertDate(value, unit, false), unit.dtype("timedelta64")),
  };
  const name = `timedelta64${unitSuffix(unit)}`;
  return new Descriptor({
    type: "timedelta64",
    name,
    kind: "m",
    char: "m",
    num: 22,
    ...shared,
    unit,
    access,
  });
}

const shared = { itemsize: 8, alignment: 8, lane: BigInt64Array, laneLength: 1, composition } as const;

/** Whether elements of a dtype are moments or spans of time. */
export function isDate(d: Descriptor): d is Descriptor<DateDType> {
  return d.unit !== null;
}

/** The dtype of moments, or of spans, of a unit. */
export function dateDescriptor<D extends DateDType>(type: D, facts: UnitFacts): Descriptor<D> {
  return unitOf(facts).dtype(type);
}

const CODE = /^(?:[<=|]?([mM])8?|(datetime64|timedelta64))(?:\[([^\]]*)\])?$/;

/** The dtype that a name or a code of one stands for, with its unit in brackets; null when it is no such name. */
export function dateByCode(code: string): Descriptor | null {
  const match = CODE.exec(code);
  // A letter alone has no unit.
  if (match === null || /^[<=|]?[mM]\[/.test(code)) return null;
  const [, letter, word, unit] = match;
  const type = (letter ?? word) === "M" || word === "datetime64" ? "datetime64" : "timedelta64";
  return dateDescriptor(type, unit === undefined ? { base: GENERIC, num: 1 } : readUnit(unit, "dtype"));
}

/** The dtype of a value that is a moment or a span whatever is asked for: a scalar, a JS date, a Temporal object; else null. */
export function dateDTypeOf(value: unknown): Descriptor<DateDType> | null {
  if (value instanceof Datetime64 || value instanceof Timedelta64)
    return value.dtype as unknown as Descriptor<DateDType>;
  if (!isMoment(value)) return null;
  return dateDescriptor("datetime64", unitShown(value) ?? { base: GENERIC, num: 1 });
}

/** The dtype of a type in the longest unit in which all of some values are whole; of no unit where none says one. */
export function dateDTypeFor(type: DateDType, values: Iterable<unknown>, caller: string): Descriptor {
  let unit = unitOf({ base: GENERIC, num: 1 });
  for (const value of values) {
    const shown = unitShown(value);
    if (shown !== null) unit = unit.common(unitOf(shown), type, caller);
  }
  return unit.dtype(type);
}

/** A unit as a user gives it: `"D"`, `"25s"`, or `["s", 25]`. */
export type UnitLike = string | readonly [unit: string, multiple: number];

function writtenUnit(given: unknown): string {
  const [unit, multiple] = Array.isArray(given) ? given : [];
  return typeof unit === "string" && typeof multiple === "number" ? `${multiple}${unit}` : "";
}

/** The unit that somebody gave. */
export function readUnit(given: UnitLike, caller: string): UnitFacts {
  const found = parseUnit(typeof given === "string" ? given : writtenUnit(given));
  if (found !== null) return found;
  throw new DTypeError(
    `${caller}: ${textOf(given)} is no unit of time; one of ${unitNames.slice(1).join(", ")}, with a number before it if need be`,
  );
}

/** The level of a cast from or to moments or spans; see cast-level.ts. */
function dateLevel(from: Descriptor, to: Descriptor): number {
  if (isDate(from) && isDate(to)) return from.type === to.type ? unitLevel(from, to) : UNSAFE;
  const other = isDate(from) ? to : from;
  if (other.kind === "V") return other.composition!.castLevel(from, to);
  if (to.kind !== "m") return UNSAFE;
  // Any integer that 64 bits hold with a sign is a span.
  if (from.kind === "u" && from.itemsize === 8) return SAME_KIND;
  return from.kind === "b" || from.kind === "i" || from.kind === "u" ? SAFE : UNSAFE;
}

function unitLevel(from: Descriptor, to: Descriptor): number {
  const [a, b] = [from.unit!, to.unit!];
  const spans = from.kind === "m";
  if (a === b) return NO;
  if (a.base === GENERIC) return SAFE;
  if (b.base === GENERIC || (spans && isCalendar(a.base) !== isCalendar(b.base))) return UNSAFE;
  return a.base <= b.base && divides(a, b, spans) ? SAFE : SAME_KIND;
}

/** The dtype that holds two of which one at least is of moments or spans. */
function promoteDates(a: Descriptor, b: Descriptor, caller: string): Descriptor {
  if (isDate(a) && isDate(b)) {
    const type = a.kind === "M" || b.kind === "M" ? "datetime64" : "timedelta64";
    return a.unit!.common(b.unit!, [a.type, b.type], caller).dtype(type);
  }
  const [dates, other] = isDate(a) ? [a, b] : [b, a];
  if (dateLevel(other, dates) === SAFE) return dates;
  throw new DTypeError(`${caller}: no dtype holds both ${a} and ${b}; cast one of them first`);
}

/**
 * The unit of a dtype of moments or spans, and how many of it are counted as one. NumPy's `datetime_data`.
 *
 * @throws DTypeError for any other dtype
 */
export function unitData(d: Descriptor): [unit: string, multiple: number] {
  if (d.unit === null)
    throw new DTypeError(`datetimeData: ${d} has no unit; give a datetime64 or timedelta64`);
  return [unitNames[d.unit.base]!, d.unit.num];
}

/** @internal Throws what is said of a value that is none. */
export function noUnit(caller: string): never {
  throw new ValueError(`${caller}: a number is a date of a given unit only; give one, such as "D"`);
}
