import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/array/ndarray.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, skip } from "./against-numpy.ts";

/** Dates as text, ranges of them and business days, against a live NumPy. */

const script = fileURLToPath(new URL("numpy_dates.py", import.meta.url));

function check(cases: readonly Case[]): void {
  assert.deepEqual(compare(cases, script).slice(0, 20), []);
}

/** A case without arrays. */
function plain(call: string, run: () => unknown): Case {
  return { arrays: [], call: `np.asarray(${call})`, run };
}

const TEXTS = [
  "2024", "-2024", "+2024", "02024", "20240", "24", "2024-1", "2024-01", "2024-13", "2024-00", "2024-", "202401",
  "2024-01-5", "2024-01-05", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2024-02-30", "2024-01-00",
  "2024-01-05T", "2024-01-05T3", "2024-01-05T03", "2024-01-05 03", "2024-01-05  03", "2024-01-05T24", "2024-01-05t03",
  "2024-01-05T03:", "2024-01-05T03:4", "2024-01-05T03:04", "2024-01-05T0304", "2024-01-05T03:60", "2024-01-05T03:04:05",
  "2024-01-05T03:04:60", "2024-01-05T03:04:05.", "2024-01-05T03:04:05.1", "2024-01-05T03:04:05.123",
  "2024-01-05T03:04:05.1234", "2024-01-05T03:04:05.1234567", "1970-01-01T00:00:05.1234567890",
  "1970-01-01T00:00:05.1234567890123", "1970-01-01T00:00:05.123456789012345678", "1970-01-01T00:00:05.1234567890123456789",
  "2024-01-05T03:04:05,1", "2024-01-05T03Z", "2024-01-05T03:04Z", "2024-01-05T03:04+01:00", "2024-01-05T03:04:05-0800",
  "2024-01-05T03:04:05-08", "2024-01-05T03+25", "2024-01-05Z", "2024Z", "2024-01-05T03:04:05 Z", "2024-01-05T03:04:05Z ",
  "2024-01-05T03:04:05+", "2024-01-05T03:04:05+1", "2024-01-05T03:04:05+01:60", "2024-01-05T03:04:05+01:", " 2024", "2024 ",
  "\t2024", "NaT", "nat", "", "not", "-0001-01-01", "0000", "-10000-01-01", "+10000-01-01", "12345678-01-01",
  "9999999999-01-01", "2024/01/01", "2024-0105", "2024-W05", "1969-12-31T23:59:59.999", "99999999999999999999", "-", "--2024",
]; // biome-ignore format: many to a line

test("texts are read as NumPy reads them, with the unit that they show and in every other one", {
  skip,
}, () => {
  const cases = TEXTS.flatMap((text) => [
    plain(`np.datetime64(${JSON.stringify(text)})`, () => np.asarray(np.datetime64(text))),
    ...["Y", "M", "W", "D", "h", "25s", "ms", "7ns"].map((unit) =>
      plain(`np.datetime64(${JSON.stringify(text)}, "${unit}")`, () => np.asarray(np.datetime64(text, unit))),
    ),
  ]);
  for (const text of ["5", "-5", "+5", " 5", "", "NaT", "5x", "1.5", "9223372036854775808"]) {
    const call = `np.timedelta64(${JSON.stringify(text)}, "D")`;
    cases.push(plain(call, () => np.asarray(np.timedelta64(text, "D"))));
  }
  const list = ["2024-01-02", "2024", "NaT", "1969-12-31T05"];
  for (const dtype of ["M8", "M8[D]", "M8[ns]", "M8[3M]"] as const) {
    cases.push(plain(`np.array(${JSON.stringify(list)}, "${dtype}")`, () => np.array(list, dtype)));
  }
  check(cases);
});

const YEARS = [
  -10000, -9999, -1000, -401, -400, -101, -100, -4, -1, 0, 1, 4, 100, 400, 1582, 1900, 1970, 2000, 2024, 9999,
  10000,
];
const UNITS = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us"];

/** Dates of many years, around the turns of months and years. */
function manyDates(dtype: string): NDArray<"datetime64"> {
  const days = YEARS.flatMap((year) =>
    ["01-01", "02-28", "03-01", "12-31"].map((day) => {
      const digits = String(Math.abs(year)).padStart(year < 0 ? 3 : 4, "0");
      return `${year < 0 ? "-" : ""}${digits}-${day}T12:34:56.789`;
    }),
  );
  return np.array([...days, "NaT"], dtype as "M8[s]");
}

test("arrays and scalars are printed as in NumPy, over twenty thousand years", { skip }, () => {
  const cases: Case[] = [];
  for (const unit of [...UNITS, "25s", "7W", "3M"]) {
    const a = manyDates(`M8[${unit}]`);
    const spans = a.view(`m8[${unit}]`) as NDArray;
    for (const x of [
      a,
      spans,
      a.slice("5"),
      a.slice("::-7"),
      spans.slice(":3"),
      a.slice(":0"),
      a.slice("-1:"),
    ]) {
      cases.push({ arrays: [x], call: "np.array([repr(a[0])])", run: () => np.array([np.arrayRepr(x)]) });
      cases.push({ arrays: [x], call: "np.array([str(a[0])])", run: () => np.array([String(x)]) });
    }
    const at = [0, 37, 83, 84];
    for (const k of at) {
      const call = (of: string) => `np.array([str(${of}[${k}]), repr(${of}[${k}])])`;
      cases.push({ arrays: [a], call: call("a[0]"), run: () => np.array([String(a.at(k)), a.at(k).repr()]) });
      const scalar = spans.at(k) as np.Timedelta64;
      cases.push({
        arrays: [spans],
        call: call("a[0]"),
        run: () => np.array([String(scalar), scalar.repr()]),
      });
    }
    for (const down of ["Y", "D", "m", "ns", "auto"]) {
      for (const timezone of ["naive", "UTC"] as const) {
        const call = `np.datetime_as_string(a[0], unit="${down}", timezone="${timezone}")`;
        const run = () => np.datetimeAsString(a, { unit: down, timezone });
        // NumPy finds no unit for the longest that loses nothing of weeks.
        cases.push({ arrays: [a], call, run });
      }
    }
    cases.push({ arrays: [a], call: 'a[0].astype("U")', run: () => np.astype(a, "U") });
    cases.push({ arrays: [spans], call: 'a[0].astype("U")', run: () => np.astype(spans, "U") });
  }
  check(cases);
});

test("ranges", { skip }, () => {
  const [D, T] = [np.datetime64, np.timedelta64];
  check([
    plain('np.arange("2024-01", "2024-03", dtype="M8[D]")', () =>
      np.arange("2024-01", "2024-03", { dtype: "M8[D]" }),
    ),
    plain('np.arange("2024-01", "2024-03", 2, dtype="M8[D]")', () =>
      np.arange("2024-01", "2024-03", 2, "M8[D]"),
    ),
    plain('np.arange("2024", "2026", dtype="M8[M]")', () => np.arange("2024", "2026", "M8[M]")),
    plain('np.arange("2024-01", "2024-03", dtype="M8")', () => np.arange("2024-01", "2024-03", "M8")),
    plain('np.arange("2024-01-01", 5, dtype="M8[D]")', () => np.arange("2024-01-01", 5, "M8[D]")),
    plain("np.arange(3, 5, dtype='M8[D]')", () => np.arange(3, 5, "M8[D]")),
    plain("np.arange(3, 5, dtype='m8[D]')", () => np.arange(3, 5, "m8[D]")),
    plain("np.arange(5, dtype='m8[D]')", () => np.arange(5, "m8[D]")),
    plain("np.arange(5, dtype='M8[D]')", () => np.arange(5, "M8[D]")),
    plain("np.arange(1.5, 5, dtype='m8[D]')", () => np.arange(1.5, 5, "m8[D]")),
    plain("np.arange(0, 5, 2, dtype='M8')", () => np.arange(0, 5, 2, "M8")),
    plain('np.arange("2024-01-01", dtype="M8[D]")', () => np.arange("2024-01-01" as never, "M8[D]")),
    plain('np.arange("NaT", "2024", dtype="M8[D]")', () => np.arange("NaT", "2024", "M8[D]")),
    plain(
      "np.arange(np.datetime64('2024-01-01'), np.datetime64('2024-01-05'), np.timedelta64(36, 'h'))",
      () => np.arange(D("2024-01-01"), D("2024-01-05"), T(36, "h")),
    ),
    plain(
      "np.arange(np.datetime64('2024-01-05'), np.datetime64('2024-01-01'), np.timedelta64(-36, 'h'))",
      () => np.arange(D("2024-01-05"), D("2024-01-01"), T(-36, "h")),
    ),
    plain("np.arange(np.datetime64('2024'), np.datetime64('2024-03'))", () =>
      np.arange(D("2024"), D("2024-03")),
    ),
    plain("np.arange(np.datetime64('2024-01-01'), np.timedelta64(48, 'h'))", () =>
      np.arange(D("2024-01-01"), T(48, "h")),
    ),
    plain("np.arange(np.datetime64('2024-01-01'), np.datetime64('2024-06-01'), np.timedelta64(1, 'M'))", () =>
      np.arange(D("2024-01-01"), D("2024-06-01"), T(1, "M")),
    ),
    plain("np.arange(np.datetime64('2024-01'), np.datetime64('2024-06'), np.timedelta64(10, 'D'))", () =>
      np.arange(D("2024-01"), D("2024-06"), T(10, "D")),
    ),
    plain("np.arange(np.datetime64('2024-01-01'), np.datetime64('2024-01-05'), 0)", () =>
      np.arange(D("2024-01-01"), D("2024-01-05"), 0),
    ),
    plain("np.arange(np.timedelta64(1, 'D'), np.timedelta64(30, 'h'), np.timedelta64(1, 'h'))", () =>
      np.arange(T(1, "D"), T(30, "h"), T(1, "h")),
    ),
    plain("np.arange(np.timedelta64(1, 'Y'), np.timedelta64(30, 'D'))", () =>
      np.arange(T(1, "Y"), T(30, "D")),
    ),
    plain("np.arange(np.timedelta64(5, 'D'))", () => np.arange(T(5, "D"))),
    plain("np.arange(0, 10, np.timedelta64(3, 'D'), dtype='m8[h]')", () =>
      np.arange(0, 10, T(3, "D"), "m8[h]"),
    ),
  ]);
});

test("business days", { skip }, () => {
  const dice = new Dice(7);
  const cases: Case[] = [];
  const masks = [
    "1111100",
    "1111111",
    "0000001",
    "1010101",
    "Mon Tue Wed",
    "SatSun",
    "Mon  Tue\tFri",
    "1111",
    "0000000",
    "mon",
    "Mon,Tue",
  ];
  const rolls = [
    "raise",
    "nat",
    "forward",
    "following",
    "backward",
    "preceding",
    "modifiedfollowing",
    "modifiedpreceding",
  ] as const;
  const day = () => BigInt(dice.int(-400, 400));
  const days = (n: number) => np.array(Array.from({ length: n }, day), "int64").view("M8[D]") as NDArray;
  for (let k = 0; k < 200; k++) {
    const weekmask = k < masks.length ? masks[k]! : dice.pick(masks.slice(0, 7));
    const holidays = days(dice.pick([0, 3, 60]));
    const [a, b] = [days(20), dice.chance(0.5) ? days(20) : days(1)];
    if (dice.chance(0.2)) a.set(3, "NaT");
    const given = `weekmask=${JSON.stringify(weekmask)}, holidays=a[2]`;
    const options = { weekmask, holidays };
    const arrays = [a, b, holidays];
    cases.push({ arrays, call: `np.is_busday(a[0], ${given})`, run: () => np.isBusday(a, options) });
    cases.push({
      arrays,
      call: `np.busday_count(a[0], a[1], ${given})`,
      run: () => np.busdayCount(a, b, options),
    });
    const roll = dice.pick(rolls);
    const offsets = np.array(
      Array.from({ length: 20 }, () => BigInt(dice.int(-90, 90))),
      "int64",
    );
    cases.push({
      arrays: [a, offsets, holidays],
      call: `np.busday_offset(a[0], a[1], roll="${roll}", ${given})`,
      run: () => np.busdayOffset(a, offsets, { roll, ...options }),
    });
  }
  const hours = np.array(["2024-01-05T05"], "M8[h]");
  const months = np.array(["2024-01", "NaT"], "M8[M]");
  cases.push({ arrays: [hours], call: "np.is_busday(a[0])", run: () => np.isBusday(hours) });
  cases.push({ arrays: [months], call: "np.is_busday(a[0])", run: () => np.isBusday(months) });
  cases.push({
    arrays: [months],
    call: 'np.busday_offset(a[0], [[0], [5]], roll="forward")',
    run: () => np.busdayOffset(months, [[0], [5]], "forward"),
  });
  cases.push({
    arrays: [months],
    call: "np.busday_offset(a[0], np.array(1.5))",
    run: () => np.busdayOffset(months, 1.5),
  });
  cases.push({
    arrays: [months],
    call: "np.busday_offset(a[0], 1, roll='no')",
    run: () => np.busdayOffset(months, 1, "no" as "nat"),
  });
  cases.push({
    arrays: [months],
    call: "np.is_busday(a[0], holidays='2024-01-05')",
    run: () => np.isBusday(months, { holidays: "2024-01-05" }),
  });
  check(cases);
});
