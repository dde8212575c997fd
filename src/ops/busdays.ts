import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { civilFromDays, partsOf, partsText } from "../dtype/calendar.ts";
import { requireCast } from "../dtype/cast.ts";
import type { TemporalLike } from "../dtype/date-coerce.ts";
import type { Datetime64 } from "../dtype/date-scalars.ts";
import { DAY } from "../dtype/date-units.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { countsOf } from "../engine/dates.ts";
import { elementwise } from "../engine/drive.ts";
import type { Loop } from "../engine/loop.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { heap } from "../wasm/memory.ts";
import { busdaycalendar, daysFrom, NAT_DAY, type Weekmask, weekdayOf } from "./business-calendar.ts";

/** What stands for dates: datetime64 arrays of days or longer units, texts, Temporal dates, and lists of these. */
export type DatesInput = NDArray | string | Datetime64 | TemporalLike | readonly unknown[];

/** Which days are business days. */
export interface BusdayOptions {
  /** Days of the week that are worked on, Monday first; Monday to Friday if left out. */
  readonly weekmask?: Weekmask | undefined;
  /** Days that are not worked on. */
  readonly holidays?: DatesInput | undefined;
  /** Both at once, in place of them. */
  readonly busdaycal?: busdaycalendar | undefined;
  /** Where the result goes. */
  readonly out?: NDArray | null | undefined;
}

/** What becomes of a date that is no business day. */
export type Roll =
  | "raise"
  | "nat"
  | "forward"
  | "following"
  | "backward"
  | "preceding"
  | "modifiedfollowing"
  | "modifiedpreceding";

/** How business days are counted off. */
export interface BusdayOffsetOptions extends BusdayOptions {
  /** What becomes of a date that is no business day before it is moved; an error if left out. */
  readonly roll?: Roll | undefined;
}

function calendarFrom(options: BusdayOptions, caller: string): busdaycalendar {
  const { weekmask, holidays, busdaycal } = optionsFrom(options, caller);
  if (busdaycal === undefined) return new busdaycalendar(weekmask, holidays);
  if (!(busdaycal instanceof busdaycalendar)) {
    throw new DTypeError(`${caller}: busdaycal must be a busdaycalendar, not ${textOf(busdaycal)}`);
  }
  if (weekmask === undefined && holidays === undefined) return busdaycal;
  throw new ValueError(`${caller}: give busdaycal, or weekmask and holidays, not both`);
}

/** What computes `n` elements: of each place, counted in elements, the first is given. */
type Run = (n: number, a: number, b: number, out: number) => void;

/** A loop over days as float64, of one operand or of two. Each has a run of its own, so that it is compiled for itself. */
function loopOf(count: 1 | 2, output: "float64" | "bool", compute: Run): Loop {
  const inputs = new Array<Descriptor>(count).fill(plain.float64);
  const run = (n: number, ...pointers: number[]) => {
    const out = pointers[count]!;
    compute(n, pointers[0]! / 8, pointers[count - 1]! / 8, output === "bool" ? out : out / 8);
  };
  const kernel = { in: inputs.map(() => "float64" as const), out: [output], run };
  return { inputs, outputs: [plain[output]], kernel };
}

/** The results of a loop over operands that are broadcast. */
function computed(loop: Loop, operands: readonly NDArray[], caller: string): NDArray {
  const shape = broadcastShapes(
    operands.map((a) => a.layout.shape),
    caller,
  );
  const places = operands.map((a) => placeOf(a, broadcastLayout(a.layout, shape)!));
  const dtype = loop.outputs[0]!;
  const strides = allocatedStrides(
    shape,
    places.map((place) => place.strides),
    dtype.itemsize,
  );
  const result = unsetArray(shape, dtype, strides, caller);
  elementwise(loop, shape, places, [placeOf(result)], null);
  return result;
}

/** The result, or the array that was given for it, filled. */
function given(result: NDArray, out: NDArray | null | undefined, caller: string): NDArray {
  if (out === null || out === undefined) return result;
  if (!(out instanceof NDArray)) throw new ValueError(`${caller}: out must be an array`);
  if (!isSameShape(out.layout.shape, result.layout.shape)) {
    throw new ShapeError(
      `${caller}: out has shape ${shapeText(out.layout.shape)}, the result ${shapeText(result.layout.shape)}`,
    );
  }
  requireCast(result.dtype, out.dtype, "same_kind", caller);
  assign(out, result, { casting: "unsafe", caller });
  return out;
}

/**
 * Whether dates are business days; NaT is none. Returns a new array, or `out`.
 *
 * @param dates a datetime64 array of days or longer units, texts, or lists of these
 * @param options `{ weekmask, holidays, busdaycal, out }`
 * @throws DTypeError for dates with a time of the day; ValueError for a weekmask or holidays that are none.
 * @example
 * np.isBusday(["2024-01-05", "2024-01-06"]).tolist(); // [true, false]
 */
export function isBusday(dates: DatesInput, options: BusdayOptions = {}): NDArray<"bool"> {
  const calendar = calendarFrom(options, "isBusday");
  const days = daysFrom(dates, "isBusday");
  const loop = loopOf(1, "bool", (n, from, _, to) => {
    const { f64, u8 } = heap;
    for (let k = 0; k < n; k++) u8[to + k] = calendar.isWorked(f64[from + k]!) ? 1 : 0;
  });
  return given(computed(loop, [days], "isBusday"), options?.out, "isBusday") as NDArray<"bool">;
}

/**
 * How many business days lie from the first date up to but without the second; below 0 where the second is before the
 * first. Returns a new array of int64, or `out`.
 *
 * @param options `{ weekmask, holidays, busdaycal, out }`
 * @throws ValueError for NaT; DTypeError for dates with a time of the day; ShapeError when the shapes do not fit.
 * @example
 * np.busdayCount("2024-01", ["2024-02", "2024-03"]).tolist(); // [23n, 44n]
 */
export function busdayCount(
  begin: DatesInput,
  end: DatesInput,
  options: BusdayOptions = {},
): NDArray<"int64"> {
  const caller = "busdayCount";
  const calendar = calendarFrom(options, caller);
  const operands = [daysFrom(begin, caller, "begin dates"), daysFrom(end, caller, "end dates")];
  const loop = loopOf(2, "float64", (n, a, b, out) => {
    const { f64 } = heap;
    for (let k = 0; k < n; k++) f64[out + k] = countBetween(calendar, f64[a + k]!, f64[b + k]!);
  });
  const counts = castArray(computed(loop, operands, caller), plain.int64, "K", caller);
  return given(counts, options?.out, caller) as NDArray<"int64">;
}

function countBetween(calendar: busdaycalendar, from: number, to: number): number {
  if (from === NAT_DAY || to === NAT_DAY)
    throw new ValueError("busdayCount: NaT is no end to count from or to");
  // Backwards, the last day counts and the first does not.
  return from <= to ? countedDays(calendar, from, to) : -countedDays(calendar, to + 1, from + 1) + 0;
}

function countedDays(calendar: busdaycalendar, from: number, to: number): number {
  const weeks = Math.floor((to - from) / 7);
  let count = weeks * calendar.perWeek - (calendar.holidaysBefore(to) - calendar.holidaysBefore(from));
  for (let day = from + weeks * 7; day < to; day++) count += calendar.mask[weekdayOf(day)]!;
  return count;
}

/**
 * Dates moved by so many business days, forwards or backwards, after those that are none were rolled to one. Returns a new
 * array of datetime64[D], or `out`.
 *
 * @param offsets how many business days; whole numbers
 * @param options `roll`, or `{ roll, weekmask, holidays, busdaycal, out }`; roll is `"raise"` if left out, `"nat"` makes
 * NaT, `"forward"` and `"following"` take the next business day, `"backward"` and `"preceding"` the one before, and
 * `"modifiedfollowing"` and `"modifiedpreceding"` do so unless it lies in another month
 * @throws ValueError for a date that is no business day, or NaT, where nothing rolls it; DTypeError for dates with a time
 * of the day and offsets that are not whole.
 * @example
 * np.busdayOffset("2024-01-05", [1, 2]); // array(['2024-01-08', '2024-01-09'], dtype='datetime64[D]')
 * np.busdayOffset("2024-03-31", 0, "modifiedfollowing").at().toString(); // "2024-03-29"
 */
export function busdayOffset(
  dates: DatesInput,
  offsets: ArrayInput,
  options: Roll | BusdayOffsetOptions = {},
): NDArray<"datetime64"> {
  const caller = "busdayOffset";
  const keywords: BusdayOffsetOptions =
    typeof options === "string" ? { roll: options } : optionsFrom(options, caller);
  const roll = rollOf(keywords.roll ?? "raise", caller);
  const calendar = calendarFrom(keywords, caller);
  const operands = [daysFrom(dates, caller), offsetsFrom(offsets, caller)];
  const loop = loopOf(2, "float64", (n, a, b, out) => {
    const { f64 } = heap;
    for (let k = 0; k < n; k++) {
      const day = f64[a + k]!;
      const start = calendar.isWorked(day) ? day : roll(calendar, day);
      f64[out + k] = start === NAT_DAY ? NAT_DAY : moved(calendar, start, f64[b + k]!);
    }
  });
  const days = castArray(computed(loop, operands, caller), toDescriptor("M8[D]"), "K", caller);
  return given(days, keywords.out, caller) as NDArray<"datetime64">;
}

function offsetsFrom(offsets: ArrayInput, caller: string): NDArray {
  const exact = typeof offsets === "number" && Number.isInteger(offsets) ? BigInt(offsets) : offsets;
  const list = Array.isArray(exact) ? asarray(exact as ArrayInput, wholeType(exact)) : asarray(exact);
  const a = list.dtype.kind === "m" ? countsOf(list) : list;
  if (!/^[biu]$/.test(a.dtype.kind)) {
    throw new DTypeError(`${caller}: offsets are of dtype ${a.dtype}; wanted whole numbers, such as int64`);
  }
  return workingCopy(a, plain.float64, "K", caller);
}

/** Lists of whole numbers are such; any others are what they are, and refused. */
function wholeType(list: readonly unknown[]): Descriptor | null {
  const whole = (list.flat(Infinity) as unknown[]).every((x) => typeof x !== "number" || Number.isInteger(x));
  return whole && list.flat(Infinity).every((x) => typeof x === "number") ? plain.int64 : null;
}

type Rolling = (calendar: busdaycalendar, day: number) => number;

function next(calendar: busdaycalendar, day: number, step: 1 | -1): number {
  let found = day;
  do found += step;
  while (!calendar.isWorked(found));
  return found;
}

function withinMonth(step: 1 | -1): Rolling {
  return (calendar, day) => {
    const found = next(calendar, day, step);
    const [a, b] = [day, found].map((one) => civilFromDays(BigInt(one)).month);
    return a === b ? found : next(calendar, day, step === 1 ? -1 : 1);
  };
}

const forward: Rolling = (calendar, day) => next(calendar, day, 1);
const backward: Rolling = (calendar, day) => next(calendar, day, -1);

const rolls: { readonly [R in Exclude<Roll, "raise">]: Rolling } = {
  nat: () => NAT_DAY,
  forward,
  following: forward,
  backward,
  preceding: backward,
  modifiedfollowing: /* @__PURE__ */ withinMonth(1),
  modifiedpreceding: /* @__PURE__ */ withinMonth(-1),
};

function rollOf(roll: Roll, caller: string): Rolling {
  if (roll === "raise") {
    return (_, day) => {
      const what = day === NAT_DAY ? "NaT is" : `${dateText(day)} is`;
      throw new ValueError(`${caller}: ${what} no business day; give roll to say which day is meant`);
    };
  }
  if (!Object.hasOwn(rolls, roll)) {
    throw new ValueError(
      `${caller}: roll ${textOf(roll)} is none of raise, ${Object.keys(rolls).join(", ")}`,
    );
  }
  return (calendar, day) => (day === NAT_DAY ? NAT_DAY : rolls[roll](calendar, day));
}

function dateText(day: number): string {
  return partsText(partsOf(BigInt(day), { base: DAY, num: 1 }), DAY);
}

/** The days from 1970 on, forwards and backwards, up to which all of them are exact as float64. */
const MOST_DAYS = 2 ** 52;

/** A business day moved by so many others: whole weeks at once, then day by day. */
function moved(calendar: busdaycalendar, day: number, offset: number): number {
  const step = offset < 0 ? -1 : 1;
  let left = Math.abs(offset);
  const weeks = Math.floor(left / calendar.perWeek);
  left -= weeks * calendar.perWeek;
  let at = day + step * weeks * 7;
  const [low, high] = step === 1 ? [day + 1, at + 1] : [at, day];
  left += calendar.holidaysBefore(high) - calendar.holidaysBefore(low);
  // Beyond, one day could not be told from the next.
  if (Math.abs(at) + 7 * left > MOST_DAYS) {
    throw new ValueError(
      `busdayOffset: ${dateText(day)} cannot be moved by ${offset} business days; that is too far`,
    );
  }
  while (left > 0) {
    at += step;
    if (calendar.isWorked(at)) left--;
  }
  return at;
}
