/**
 * Kernels that cast moments and spans of time from unit to unit.
 *
 * Counts of lengths of time are multiplied and divided, downwards; between years or months and days it goes by the
 * calendar, as in dtype/calendar.ts, with 64-bit integers throughout. NaT stays NaT, and what is too large wraps.
 */

import type { UnitCast } from "../dtype/descriptor.ts";
import { type Expr, type Fn, i64, op, select } from "./fn.ts";
import type { Runnable } from "./kernel.ts";
import { mapKernel, scalarKernel } from "./map.ts";

const NAT = -(2n ** 63n);

/** The largest whole number not above a quotient; the divisor is positive. */
function floorDiv(fn: Fn, a: Expr, by: bigint): Expr {
  if (by === 1n) return a;
  const kept = fn.let(a);
  const quotient = fn.let(op("i64.div_s", kept, i64(by)));
  const rest = op("i64.sub", kept, op("i64.mul", quotient, i64(by)));
  return op("i64.sub", quotient, op("i64.extend_i32_u", op("i64.lt_s", rest, i64(0n))));
}

/** The same as NumPy makes it of counts: below 0, as `sign` is, a little less is cut; also that wraps. */
function countDiv(fn: Fn, a: Expr, by: bigint, sign: Expr | null = null): Expr {
  if (by === 1n) return a;
  const kept = fn.let(a);
  const below = op("i64.lt_s", sign ?? kept, i64(0n));
  return op("i64.div_s", select(below, plus(kept, 1n - by), kept), i64(by));
}

function times(a: Expr, by: bigint): Expr {
  return by === 1n ? a : op("i64.mul", a, i64(by));
}

function plus(a: Expr, b: bigint): Expr {
  return op("i64.add", a, i64(b));
}

function over(a: Expr, by: bigint): Expr {
  return op("i64.div_u", a, i64(by));
}

/**
 * Days from 1970 to the first of a month: `year` counts from 1970, `month` from 0. Leap days are counted from 1970 on in both
 * directions, with divisions that cut, as NumPy counts them: what is too large wraps to the same number.
 */
function daysFrom(fn: Fn, year: Expr, month: Expr): Expr {
  const [y, m] = [fn.let(year), fn.let(month)];
  const plain = fn.let(times(y, 365n));
  const after = fn.let(op("i64.ge_s", plain, i64(0n)));
  const every = (years: bigint, up: bigint, down: bigint) =>
    op("i64.div_s", op("i64.add", y, select(after, i64(up), i64(down))), i64(years));
  const leaps = op(
    "i64.add",
    op("i64.sub", every(4n, 1n, -2n), every(100n, 69n, -30n)),
    every(400n, 369n, -30n),
  );
  const isMultiple = (years: bigint) => op("i64.eqz", op("i64.rem_s", plus(y, 1970n), i64(years)));
  const isLeap = op(
    "i32.and",
    isMultiple(4n),
    op("i32.or", op("i32.eqz", isMultiple(100n)), isMultiple(400n)),
  );
  // Days before a month, as if February had 30 of them, and what it lacks behind it.
  const before = over(plus(times(m, 367n), 5n), 12n);
  const lacks = select(isLeap, i64(1n), i64(2n));
  const short = select(op("i64.gt_s", m, i64(1n)), lacks, i64(0n));
  return op("i64.add", op("i64.add", plain, leaps), op("i64.sub", before, short));
}

/** Years since 1970 and the month, from 0, that a day since 1970 lies in; counted from March 2000, as leap days come last then. */
function monthOf(fn: Fn, days: Expr): { year: Expr; month: Expr } {
  const since = fn.let(plus(days, -11017n));
  const cycles = fn.let(floorDiv(fn, since, 146097n));
  const d = fn.let(op("i64.sub", since, times(cycles, 146097n)));
  const whole = op("i64.add", op("i64.sub", d, over(d, 1460n)), over(d, 36524n));
  const y = fn.let(over(op("i64.sub", whole, over(d, 146096n)), 365n));
  const before = op("i64.sub", op("i64.add", times(y, 365n), over(y, 4n)), over(y, 100n));
  const dayOfYear = op("i64.sub", d, before);
  const m = fn.let(over(plus(times(dayOfYear, 5n), 2n), 153n));
  const late = fn.let(op("i64.extend_i32_u", op("i64.gt_s", m, i64(9n))));
  const month = op("i64.sub", plus(m, 2n), times(late, 12n));
  const year = op("i64.add", op("i64.add", times(cycles, 400n), y), late);
  return { year: plus(year, 30n), month };
}

type Calendar = NonNullable<UnitCast["calendar"]>;

function fromMonths(fn: Fn, x: Expr, { fromNum, toNum }: UnitCast, { years, week, perDay }: Calendar): Expr {
  const count = fn.let(times(x, fromNum));
  const year = years ? count : fn.let(floorDiv(fn, count, 12n));
  const month = years ? i64(0n) : op("i64.sub", count, times(year, 12n));
  const days = daysFrom(fn, year, month);
  return countDiv(fn, week ? countDiv(fn, days, 7n) : times(days, perDay), toNum);
}

function toMonths(fn: Fn, x: Expr, { fromNum, toNum }: UnitCast, { years, week, perDay }: Calendar): Expr {
  const count = times(x, fromNum);
  const { year, month } = monthOf(fn, week ? times(count, 7n) : floorDiv(fn, count, perDay));
  return countDiv(fn, years ? year : op("i64.add", times(year, 12n), month), toNum);
}

/** The kernel of a cast between units. */
export function unitKernel(cast: UnitCast): Runnable {
  const { num, denom, byProduct, calendar } = cast;
  if (calendar === null && denom === 1n) {
    return mapKernel(8, 1, 1, (fn, x) => {
      const none = fn.constant("i64x2", NAT);
      const product = op("i64x2.mul", x!, fn.constant("i64x2", num));
      return op("v128.bitselect", none, product, op("i64x2.eq", x!, none));
    });
  }
  return scalarKernel(["i64"], ["i64"], (fn, x) => {
    const made =
      calendar === null
        ? countDiv(fn, times(x!, num), denom, byProduct ? null : x!)
        : (calendar.fromMonths ? fromMonths : toMonths)(fn, x!, cast, calendar);
    const kept = fn.let(made);
    return select(op("i64.eq", x!, i64(NAT)), i64(NAT), kept);
  });
}
