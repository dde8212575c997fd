import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, workingCopy } from "../array/duplicate.ts";
import { tolist } from "../array/elements.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { requireCast } from "../dtype/cast.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { isString } from "../dtype/strings.ts";
import { plain } from "../dtype/table.ts";
import { knowDates } from "../engine/dates.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";

/**
 * Which days are worked on: days of the week, less holidays.
 *
 * Days are counted from 1970 as numbers, which hold all that are not absurd exactly. NaT is the number of its count.
 */

/** Days of the week that are worked on, Monday first: `"1111100"`, `"Mon Tue Wed"`, or seven truth values. */
export type Weekmask = string | readonly (boolean | number)[] | NDArray;

/** NaT as a number. */
export const NAT_DAY: number = -(2 ** 63);

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The day of the week of a day, 0 for Monday: the first of January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  // Of small integers the rest is found much sooner.
  const rest = day > -(2 ** 30) && day < 2 ** 30 ? ((day | 0) + 3) % 7 : (day + 3) % 7;
  return rest < 0 ? rest + 7 : rest;
}

function readWeekmask(given: Weekmask, caller: string): boolean[] {
  if (typeof given === "string") return readWeekText(given, caller);
  const list =
    given instanceof NDArray ? (tolist(workingCopy(given, plain.bool, "C", caller)) as boolean[]) : given;
  if (!Array.isArray(list) || list.length !== 7) {
    throw new ValueError(`${caller}: a weekmask has 7 truth values, Monday first, not ${textOf(given)}`);
  }
  return list.map(Boolean);
}

function readWeekText(text: string, caller: string): boolean[] {
  if (/^[01]{7}$/.test(text)) return [...text].map((digit) => digit === "1");
  const mask = new Array<boolean>(7).fill(false);
  const names = text.replace(/\s+/g, "").match(/[A-Z][a-z]{2}/g) ?? [];
  if (names.join("") !== text.replace(/\s+/g, "")) throw noWeekmask(text, caller);
  for (const name of names) {
    const day = DAYS.indexOf(name);
    if (day < 0) throw noWeekmask(text, caller);
    mask[day] = true;
  }
  return mask;
}

function noWeekmask(text: string, caller: string): ValueError {
  return new ValueError(
    `${caller}: ${JSON.stringify(text)} is no weekmask; give seven digits such as "1111100", or days such as "Mon Tue"`,
  );
}

/** @internal Dates as days, NaT as NAT_DAY. */
export function daysFrom(dates: unknown, caller: string, name = "dates"): NDArray<"float64"> {
  return workingCopy(datesFrom(dates, caller, name), plain.float64, "K", caller);
}

/** Dates as datetime64[D]: of anything that stands for dates and shows no time of the day. */
function datesFrom(dates: unknown, caller: string, name: string): NDArray {
  knowDates();
  const given = dates instanceof NDArray ? dates : asarray(dates as ArrayInput, toDescriptor("M8"));
  const a = isString(given.dtype) ? asarray(tolist(given) as ArrayInput, toDescriptor("M8")) : given;
  if (a.dtype.kind !== "M")
    throw new DTypeError(`${caller}: ${name} are of dtype ${a.dtype}; wanted datetime64[D]`);
  const days = toDescriptor("M8[D]");
  requireCast(a.dtype, days, "safe", `${caller}: ${name}`);
  return a.dtype === days ? a : workingCopy(a, days, "K", caller);
}

/**
 * A calendar of business days: days of the week, less holidays. Made once, it need not be worked out again for each call.
 * NumPy's `busdaycalendar`.
 *
 * @throws ValueError for a weekmask that is none or has no day, and for holidays that are no list of dates.
 * @example
 * const calendar = new np.busdaycalendar("1111100", ["2024-01-01"]);
 * np.busdayCount("2024-01-01", "2024-01-06", { busdaycal: calendar }).at(); // 4n
 */
export class busdaycalendar {
  /** Which days of the week are worked on, Monday first. */
  readonly weekmask: NDArray<"bool">;
  /** The holidays, in order, without those that fall on days that are not worked on. */
  readonly holidays: NDArray<"datetime64">;
  /** @internal 1 for each day of the week that is worked on. */
  readonly mask: Uint8Array;
  /** @internal The holidays as days. */
  readonly days: Float64Array;
  /** @internal How many days of a week are worked on. */
  readonly perWeek: number;

  constructor(weekmask: Weekmask = "1111100", holidays: unknown = []) {
    const mask = readWeekmask(weekmask, "busdaycalendar");
    this.mask = Uint8Array.from(mask, Number);
    this.perWeek = mask.filter(Boolean).length;
    if (this.perWeek === 0) throw new ValueError("busdaycalendar: the weekmask has no day that is worked on");
    this.days = this.readHolidays(holidays);
    this.weekmask = asarray(mask) as NDArray<"bool">;
    this.holidays = asarray(Array.from(this.days), toDescriptor("M8[D]")) as NDArray<"datetime64">;
    this.weekmask.setflags({ write: false });
    this.holidays.setflags({ write: false });
  }

  private readHolidays(holidays: unknown): Float64Array {
    if (Array.isArray(holidays) && holidays.length === 0) return new Float64Array(0);
    const given = daysFrom(holidays, "busdaycalendar", "holidays");
    if (given.ndim !== 1) throw new ValueError("busdaycalendar: holidays are a list of dates, of one axis");
    const worked = (dataOf(castArray(given, plain.float64, "C", "busdaycalendar")) as Float64Array).filter(
      (day) => day !== NAT_DAY && this.mask[weekdayOf(day)] === 1,
    );
    return new Float64Array(new Set(worked.sort()));
  }

  /** @internal How many holidays lie before a day. */
  holidaysBefore(day: number): number {
    let low = 0;
    let high = this.days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.days[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @internal Whether a day is worked on; NaT never is. */
  isWorked(day: number): boolean {
    if (day === NAT_DAY || this.mask[weekdayOf(day)] === 0) return false;
    return this.days.length === 0 || this.days[this.holidaysBefore(day)] !== day;
  }
}
