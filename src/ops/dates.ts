import { type ArrayInput, asarray } from "../array/create.ts";
import { type NestedList, tolist } from "../array/elements.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { TemporalLike } from "../dtype/date-coerce.ts";
import { type Datetime64, Timedelta64 } from "../dtype/date-scalars.ts";
import { dateDescriptor, dateDTypeFor, readUnit, type UnitLike, unitData } from "../dtype/dates.ts";
import type { Descriptor, HasDType } from "../dtype/descriptor.ts";
import { type DTypeLike, toDescriptor } from "../dtype/parse.ts";
import { knowDates } from "../engine/dates.ts";
import { isNaTKernel } from "../engine/kernels/dates.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import type { UnaryCall } from "../engine/ufunc-types.ts";
import { DTypeError, ValueError } from "../errors.ts";

/** What stands for a moment. */
export type DatetimeInput = string | Date | TemporalLike | Datetime64 | number | bigint | null;

/** What stands for a span of time. */
export type TimedeltaInput = string | Timedelta64 | number | bigint | null;

/**
 * A moment: of a text in ISO 8601 from a year down to attoseconds, of `"now"`, `"today"` or `"NaT"`, of a JS date or a
 * Temporal object, or of a count of a unit since 1970. The unit is that of what is given if left out; a JS date has
 * milliseconds. An offset from UTC behind a time is taken away.
 *
 * @param unit such as `"D"`, `"25s"` or `["s", 25]`; one of Y, M, W, D, h, m, s, ms, us, ns, ps, fs, as
 * @throws ValueError for a text that is no date, a count without a unit, and a fraction; DTypeError for a unit that is none.
 * @example
 * np.datetime64("2024-02-29T12:00").unit; // "m"
 * np.datetime64("2024-02-29", "M").toString(); // "2024-02"
 * np.datetime64(19782, "D").toString(); // "2024-02-29"
 */
export function datetime64(value: DatetimeInput = null, unit?: UnitLike | null): Datetime64 {
  knowDates();
  return scalarOf("datetime64", value, unit) as Datetime64;
}

/**
 * A span of time: a count of a unit, or another span in another unit. Without a unit it takes that of what it is added to.
 *
 * @param unit such as `"D"`, `"25s"` or `["s", 25]`
 * @throws ValueError for what is no whole number; DTypeError for a unit that is none, and for years or months in days.
 * @example
 * np.timedelta64(36, "h").toString(); // "36 hours"
 * np.timedelta64(np.timedelta64(36, "h"), "D").value; // 1n
 */
export function timedelta64(value: TimedeltaInput = 0, unit?: UnitLike | null): Timedelta64 {
  knowDates();
  return scalarOf("timedelta64", value, unit) as Timedelta64;
}

function scalarOf(
  type: "datetime64" | "timedelta64",
  value: unknown,
  unit: UnitLike | null | undefined,
): unknown {
  const given = unit === undefined || unit === null;
  if (given && type === "timedelta64" && !(value instanceof Timedelta64)) {
    return coerced(dateDescriptor(type, { base: 0, num: 1 }), value, type);
  }
  const dtype = given ? dateDTypeFor(type, [value], type) : dateDescriptor(type, readUnit(unit, type));
  return coerced(dtype, value, type);
}

function coerced(dtype: Descriptor, value: unknown, caller: string): unknown {
  try {
    return dtype.access.coerce(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ValueError(`${caller}: ${error.message}`);
  }
}

/**
 * The unit of a datetime64 or timedelta64 dtype, and how many of it are counted as one. NumPy's `datetime_data`.
 *
 * @throws DTypeError for any other dtype
 * @example
 * np.datetimeData("M8[25s]"); // ["s", 25]
 */
export function datetimeData(dtype: DTypeLike | HasDType): [unit: string, multiple: number] {
  const given =
    typeof dtype === "object" && dtype !== null && "dtype" in dtype
      ? toDescriptor(dtype.dtype)
      : toDescriptor(dtype);
  return unitData(given);
}

/**
 * Whether an element is "not a time".
 *
 * @throws DTypeError for elements that are neither moments nor spans
 * @example
 * np.isnat(np.array(["NaT", "2024-02-29"], "M8[D]")).tolist(); // [true, false]
 */
export const isnat: UnaryCall<"bool"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "isnat",
  nin: 1,
  loops: "",
  kernel: isNaTKernel,
});

/**
 * The elements of a datetime64 array as JS dates, cut to milliseconds, in nested lists; NaT becomes an invalid date.
 *
 * @throws DTypeError for another dtype; ValueError for a moment that is further from 1970 than a JS date can be.
 * @example
 * JSON.stringify(np.toDates(np.array(["2024-02-29"], "M8[D]"))); // '["2024-02-29T00:00:00.000Z"]'
 */
export function toDates(a: ArrayInput): NestedList<Date> {
  const given = asarray(a);
  if (given.dtype.kind === "M") return datesIn(tolist(given as NDArray<"datetime64">));
  throw new DTypeError(`toDates: elements of ${given.dtype} are no moments; cast them to datetime64 first`);
}

function datesIn(list: NestedList<Datetime64>): NestedList<Date> {
  return Array.isArray(list) ? list.map(datesIn) : list.toDate();
}
