/** Moments and spans of time a step apart. */

import { isMoment } from "../dtype/date-coerce.ts";
import { Datetime64, Timedelta64 } from "../dtype/date-scalars.ts";
import { type DateDType, dateDTypeFor, dateDTypeOf } from "../dtype/dates.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { descriptorFor } from "../dtype/parse.ts";
import { ValueError } from "../errors.ts";
import { isDTypeArgument } from "./arguments.ts";
import { NDArray } from "./ndarray.ts";

const NAT = -(2n ** 63n);

/** What a call of `arange` with moments or spans gives. */
export interface DateRange {
  readonly values: readonly unknown[];
  readonly asked: Descriptor | null;
}

/** The arguments of a call of `arange` when it is one of moments or spans, else null. */
export function dateRangeFrom(args: readonly unknown[]): DateRange | null {
  const last = args.at(-1);
  const given = isAsked(last) ? (last as { dtype?: unknown }) : null;
  const values = given === null ? args : args.slice(0, -1);
  const isOfDates = values.some((value) => dateDTypeOf(value) !== null);
  const spec = given === null || isDTypeArgument(given) ? given : (given.dtype ?? null);
  if (!isOfDates && (spec === null || !values.every(isPoint))) return null;
  const asked = spec === null ? null : descriptorFor(spec);
  return isOfDates || (asked !== null && asked.unit !== null) ? { values, asked } : null;
}

/** Whether an argument is a dtype or an object with one, and no value: a date begins with a digit, a dtype with none. */
function isAsked(value: unknown): boolean {
  if (typeof value === "string") return !/^\s*([+-]?\d|nat$|now$|today$)/i.test(value);
  if (value instanceof Descriptor || Array.isArray(value)) return true;
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isPoint(value: unknown): boolean {
  return /^(string|number|bigint|boolean)$/.test(typeof value) || dateDTypeOf(value) !== null;
}

type Counter = (start: bigint, stop: bigint, step: bigint) => NDArray;

/** The moments or spans of a range; `count` makes the integers of one. */
export function dateRange({ values, asked }: DateRange, count: Counter): NDArray {
  if (values.length === 0 || values.length > 3) {
    throw new ValueError(
      "arange: give one to three values (stop; start, stop; start, stop, step) and then, if any, a dtype",
    );
  }
  const [start, stop, step] = values.length === 1 ? [0, values[0], undefined] : values;
  const moments = asked === null ? isMoment(start) || isMoment(stop) : asked.kind === "M";
  if (moments && values.length === 1) {
    throw new ValueError("arange: moments need both a start and a stop");
  }
  if (step instanceof Datetime64)
    throw new ValueError("arange: a moment cannot be a step; give a timedelta64");
  const type: DateDType = moments ? "datetime64" : "timedelta64";
  const dtype = asked?.unit != null && asked.unit.base !== 0 ? asked : commonDType(type, [start, stop, step]);
  const spans = dtype.unit!.dtype("timedelta64");
  const from = countIn(dtype, start);
  const relative = moments && (stop instanceof Timedelta64 || /^(number|bigint|boolean)$/.test(typeof stop));
  const to = relative ? from + countIn(spans, stop) : countIn(dtype, stop);
  const by = step === undefined ? 1n : countIn(spans, step);
  const counts = count(from, to, by);
  return new NDArray(counts.storage, counts.layout, dtype, null, counts.bits);
}

function commonDType(type: DateDType, values: readonly unknown[]): Descriptor {
  return dateDTypeFor(
    type,
    values.filter((value) => value !== undefined),
    "arange",
  );
}

function countIn(dtype: Descriptor, value: unknown): bigint {
  const count = (dtype.access.coerce(value) as { readonly value: bigint }).value;
  if (count !== NAT) return count;
  throw new ValueError("arange: NaT is no end and no step of a range");
}
