import { type ArrayInput, asarray } from "../array/create.ts";
import { writeText } from "../array/date-strings.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { type DateParts, isoText, NAT, partsOf, partsText } from "../dtype/calendar.ts";
import type { Casting } from "../dtype/cast.ts";
import type { Datetime64 } from "../dtype/date-scalars.ts";
import {
  DAY,
  HOUR,
  isGeneric,
  isoLength,
  MINUTE,
  SECOND,
  type UnitFacts,
  unitNames,
} from "../dtype/date-units.ts";
import { readUnit } from "../dtype/dates.ts";
import { strDescriptor } from "../dtype/strings.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { allocatedStrides } from "../layout/order.ts";
import { walkOuter2 } from "../layout/walk.ts";

/** How moments are written. */
export interface DatetimeTextOptions {
  /** Down to which unit; `"auto"` for the longest that loses nothing, one by one. That of the dtype if left out. */
  readonly unit?: string | null | undefined;
  /** `"naive"` without an offset, if left out; `"UTC"` with a Z; `"local"` as the time of this place, with its offset. */
  readonly timezone?: "naive" | "UTC" | "local" | undefined;
  /** Which casts to the unit are allowed; `"same_kind"` if left out. */
  readonly casting?: Casting | undefined;
}

/**
 * Moments as text in ISO 8601, in an array of strings. NumPy's `datetime_as_string`.
 *
 * @param options a unit, or `{ unit, timezone, casting }`
 * @returns a new array of strings
 * @throws DTypeError for another dtype than datetime64, and for a unit to which `casting` allows no cast; ValueError for
 * a time zone that is none.
 * @example
 * const a = np.array(["2024-02-29T12:30"], "M8[s]");
 * np.datetimeAsString(a).tolist(); // ["2024-02-29T12:30:00"]
 * np.datetimeAsString(a, { unit: "m", timezone: "UTC" }).tolist(); // ["2024-02-29T12:30Z"]
 */
export function datetimeAsString(
  a: ArrayInput | Datetime64 | Date,
  options: string | null | DatetimeTextOptions = {},
): NDArray<"str"> {
  const given: DatetimeTextOptions = typeof options === "string" ? { unit: options } : (options ?? {});
  const { timezone = "naive", casting = "same_kind" } = given;
  const x = asarray(a as ArrayInput);
  if (x.dtype.kind !== "M") throw new DTypeError(`datetimeAsString: elements of ${x.dtype} are no moments`);
  if (!/^(naive|UTC|local)$/.test(timezone)) {
    throw new ValueError(`datetimeAsString: time zone ${textOf(timezone)} is none of naive, UTC and local`);
  }
  const own = x.dtype.unit!;
  const auto = given.unit === "auto";
  const down = auto || given.unit == null ? own.base : readUnit(given.unit, "datetimeAsString").base;
  if (!auto) requireUnit(own, down, casting);
  const mark = timezone === "UTC" && down >= HOUR ? "Z" : "";
  const write = (count: bigint) => {
    if (!auto && timezone !== "local") return isoText(count, own, down) + mark;
    const parts = partsOf(count, own);
    return textOfParts(parts, auto ? longest(parts) : down, timezone);
  };
  return written(x, auto ? LONGEST : isoLength(down, timezone === "local" ? 5 : 1), write);
}

/** The characters that NumPy leaves where each moment has a unit of its own. */
const LONGEST = 62;

/** Throws unless `casting` allows to write moments of one unit down to another. */
function requireUnit(own: UnitFacts, down: number, casting: Casting): void {
  const allowed =
    casting === "unsafe" ||
    own.base === down ||
    (casting === "same_kind" && !isGeneric(own)) ||
    (casting === "safe" && own.base <= down);
  if (allowed) return;
  throw new DTypeError(
    `datetimeAsString: moments of [${unitNames[own.base]}] cannot be written down to [${unitNames[down]}] under casting ${textOf(casting)}`,
  );
}

/** The longest unit in which a moment is whole; a time of the day is written down to the minute at least. */
function longest({ hour, minute, second, fraction }: DateParts): number {
  if (fraction !== 0n) {
    let down = SECOND + 6;
    for (let rest = fraction; rest % 1000n === 0n; rest /= 1000n) down--;
    return down;
  }
  if (second !== 0) return SECOND;
  return hour !== 0 || minute !== 0 ? MINUTE : DAY;
}

function textOfParts(parts: DateParts, down: number, timezone: string): string {
  if (down < HOUR || timezone === "naive") return partsText(parts, down);
  if (timezone === "UTC") return `${partsText(parts, down)}Z`;
  // Further away nobody knows what the offset was, or will be.
  if (parts.year < 1970n || parts.year >= 10000n) return partsText(parts, down);
  const { year, month, day, hour, minute, second } = parts;
  const at = Date.UTC(Number(year), month - 1, day, hour, minute, second);
  const east = -new Date(at).getTimezoneOffset();
  const local = partsOf(BigInt(at / 1000 + east * 60), { base: SECOND, num: 1 });
  const size = Math.abs(east);
  const two = (value: number) => String(value).padStart(2, "0");
  const offset = `${east < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
  return `${partsText({ ...local, fraction: parts.fraction }, down)}${offset}`;
}

function written(x: NDArray, width: number, write: (count: bigint) => string): NDArray<"str"> {
  const { shape, strides, offset } = x.layout;
  const dtype = strDescriptor(width);
  const unit = x.dtype.unit!;
  const result = emptyArray(
    shape,
    dtype,
    allocatedStrides(shape, [strides], dtype.itemsize),
    "datetimeAsString",
  );
  const [source, target] = [x.storage.view, result.storage.view];
  walkOuter2(shape, result.layout.strides, result.layout.offset, strides, offset, 0, (q, p) => {
    const count = source.getBigInt64(p, true);
    if (count !== NAT && isGeneric(unit))
      throw new ValueError("datetimeAsString: a count of no unit is no moment");
    writeText(target, q, count === NAT ? "NaT" : write(count), width, 4);
  });
  return result;
}
