import assert from "node:assert/strict";
import { test } from "node:test";
import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  isoText,
  NAT,
  partsOf,
} from "../../src/dtype/calendar.ts";
import { quickSeconds, readDate } from "../../src/dtype/date-parse.ts";
import { commonUnit, parseUnit, unitNames, unitText } from "../../src/dtype/date-units.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";

const { throws } = assert;
const eq: typeof assert.deepEqual = assert.deepEqual;
const unit = (text: string) => parseUnit(text)!;

test("a dtype of dates is one object for each unit", () => {
  const rows: [spec: np.DTypeLike, name: string, str: string][] = [
    ["M8", "datetime64", "<M8"],
    ["M", "datetime64", "<M8"],
    ["m8[25s]", "timedelta64[25s]", "<m8[25s]"],
    ["<M8[ns]", "datetime64[ns]", "<M8[ns]"],
    ["datetime64[D]", "datetime64[D]", "<M8[D]"],
    ["M8[1D]", "datetime64[D]", "<M8[D]"],
    ["M8[generic]", "datetime64", "<M8"],
    ["M8[h/4]", "datetime64[15m]", "<M8[15m]"],
    ["M8[Y/4]", "datetime64[3M]", "<M8[3M]"],
  ];
  for (const [spec, name, str] of rows) {
    const dtype = np.dtype(spec);
    eq([dtype.name, dtype.str, dtype.repr()], [name, str, `dtype('${str}')`]);
    assert.equal(np.dtype(dtype.str as "M8"), dtype);
    assert.equal(np.dtype(JSON.parse(JSON.stringify(dtype))), dtype);
    eq([dtype.itemsize, dtype.alignment, dtype.isbuiltin, dtype.byteorder], [8, 8, 0, "="]);
  }
  eq([np.dtype("M8").num, np.dtype("m8").num, np.dtype("M8").kind, np.dtype("m8").char], [21, 22, "M", "m"]);
  eq(
    [np.datetimeData("M8[25s]"), np.datetimeData("m8"), np.datetimeData(np.zeros(1, "M8[D]"))],
    [
      ["s", 25],
      ["generic", 1],
      ["D", 1],
    ],
  );
  assert.equal(np.dtype("M8[s]").equals(np.dtype("M8[1000ms]")), false);
  for (const wrong of [
    "M8[B]",
    "M8[]",
    "M8[-1s]",
    "M8[0s]",
    "M8[2147483648s]",
    "M[s]",
    "M4",
    "M8[s",
    "M8 [s]",
    ">M8[s]",
  ]) {
    throws(() => np.dtype(wrong as "M8"), { kind: "dtype" }, wrong);
  }
  throws(() => np.dtype("M8[s/7]"), { kind: "value" });
  throws(() => np.datetimeData("int64"), /datetimeData: int64 has no unit/);
});

test("days and dates belong to each other over the whole calendar", () => {
  const dice = new Dice(1);
  let day = daysFromCivil(-10000n, 1, 1);
  for (let year = -10000n; year <= 10000n; year += BigInt(dice.int(1, 97))) {
    for (let month = 1; month <= 12; month++) {
      for (const d of [1, 28, daysInMonth(year, month)]) {
        const count = daysFromCivil(year, month, d);
        eq(civilFromDays(count), { year, month, day: d });
        assert.ok(count >= day);
        day = count;
      }
    }
  }
  for (let k = 0; k < 2000; k++) {
    const count = BigInt(dice.int(-(2 ** 30), 2 ** 30)) * BigInt(dice.int(1, 2 ** 30));
    const { year, month, day: d } = civilFromDays(count);
    eq(daysFromCivil(year, month, d), count);
  }
  eq(
    [1900n, 2000n, 2023n, 2024n, 0n, -4n, -100n].map((year) => daysInMonth(year, 2)),
    [28, 29, 28, 29, 29, 29, 28],
  );
});

test("JS dates agree, where they reach", () => {
  const dice = new Dice(2);
  for (let k = 0; k < 2000; k++) {
    const millis = Math.floor((dice.next() - 0.5) * 2 * 8.64e15);
    const date = new Date(millis);
    const text = isoText(BigInt(millis), unit("ms"));
    const iso = date.toISOString().slice(0, -1);
    // Years of six digits have a sign there, and those before 0 fewer zeros here.
    const plain = iso.replace(/^([+-])0*(\d+)/, (_, sign: string, year: string) =>
      sign === "-" ? `-${year.padStart(3, "0")}` : year.padStart(4, "0"),
    );
    assert.equal(text, plain);
    eq(np.datetime64(date).value, BigInt(millis));
    eq(np.datetime64(date).toDate(), date);
    const seconds = quickSeconds(iso.slice(0, 19));
    if (!Number.isNaN(seconds)) eq(seconds, Math.floor(millis / 1000));
  }
});

test("a text that a count is written as is read as that count, in every unit", () => {
  const dice = new Dice(3);
  for (const name of unitNames.slice(1)) {
    for (let k = 0; k < 100; k++) {
      const count = BigInt(dice.int(-(2 ** 30), 2 ** 30)) * (name === "Y" ? 1n : 1000n);
      const facts = unit(name);
      const text = isoText(count, facts);
      const shown = name === "W" ? "D" : name;
      eq(unitNames[readDate(text)!.base], shown, text);
      eq(np.datetime64(text, name).value, count, text);
      eq(np.datetime64(` ${text}`).toString(), text);
    }
  }
  eq(partsOf(0n, unit("W")).day, 1);
});

test("common units", () => {
  const rows: [a: string, b: string, common: string][] = [
    ["Y", "M", "M"],
    ["3D", "2D", "D"],
    ["7D", "W", "7D"],
    ["2h", "3m", "3m"],
    ["generic", "25s", "25s"],
    ["s", "ns", "ns"],
    ["6Y", "4M", "4M"],
  ];
  for (const [a, b, common] of rows) {
    eq(unitText(commonUnit(unit(a), unit(b), true, "test")), common);
    eq(unitText(commonUnit(unit(b), unit(a), true, "test")), common);
  }
  eq(unitText(commonUnit(unit("Y"), unit("D"), false, "test")), "D");
  throws(() => commonUnit(unit("Y"), unit("D"), true, "test"), /a year and a month are no number of days/);
  throws(() => commonUnit(unit("D"), unit("as"), true, "test"), { kind: "value" });
});

test("scalars say what they are", () => {
  const moment = np.datetime64("2024-02-29T12:00");
  eq([moment.unit, moment.multiple, moment.value, moment.isNaT], ["m", 1, 28486800n, false]);
  eq(
    [String(moment), moment.repr(), JSON.stringify([moment])],
    ["2024-02-29T12:00", "np.datetime64('2024-02-29T12:00')", '["2024-02-29T12:00"]'],
  );
  eq([moment.dtype.name, moment.dtype === np.dtype("M8[m]")], ["datetime64[m]", true]);
  const span = np.timedelta64(36, "h");
  eq(
    [String(span), span.repr(), span.toJSON(), span.valueOf()],
    ["36 hours", "np.timedelta64(36,'h')", 36, 36n],
  );
  eq(np.timedelta64(span, "D").value, 1n);
  const nat = np.datetime64("NaT", "D");
  eq(
    [String(nat), nat.repr(), nat.toJSON(), nat.valueOf(), nat.value],
    ["NaT", "np.datetime64('NaT','D')", null, null, NAT],
  );
  assert.ok(Number.isNaN(nat.toDate().getTime()));
  assert.ok(np.datetime64("2024-01-01") < np.datetime64("2024-01-02"));
  assert.ok(np.datetime64("2024").equals(np.datetime64("2024-01-01T00")));
  assert.ok(!nat.equals(nat));
  throws(() => np.datetime64("99999-01-01", "Y").equals(np.datetime64(1, "as")), { kind: "value" });
  throws(() => np.datetime64(2n ** 60n, "D").toDate(), /further from 1970/);
});

test("what may become a moment, and what may not", () => {
  const D = np.dtype("M8[D]");
  const temporal = { [Symbol.toStringTag]: "Temporal.PlainDate" as const, toString: () => "2024-02-29" };
  const zoned = {
    [Symbol.toStringTag]: "Temporal.ZonedDateTime" as const,
    toString: () => "2024-02-29T01:30+02:00[Europe/Berlin]",
  };
  const mixed = [temporal, new Date(0), "2024-02-29T23:59", 5, 5n, true, null, np.datetime64("2024")];
  const days = "2024-02-29 1970-01-01 2024-02-29 1970-01-06 1970-01-06 1970-01-02 NaT 2024-01-01";
  eq([...np.array(mixed, D)].join(" "), days);
  eq(String(np.datetime64(zoned)), "2024-02-28T23:30");
  for (const wrong of [1.5, "x", "2023-02-29", {}, Symbol.iterator, Number.NaN, 2n ** 63n, undefined]) {
    throws(() => np.array([wrong], D), { kind: "value" }, String(wrong));
  }
  throws(() => np.datetime64(5), /datetime64: 5 is a date of a known unit only/);
  throws(() => np.datetime64("2024", "xx"), /datetime64: "xx" is no unit of time/);
  throws(() => np.timedelta64(1.5, "D"), /timedelta64: 1.5 is no timedelta64/);
  throws(() => np.timedelta64(np.timedelta64(1, "Y"), "D"), /a year and a month are no number of days/);
  throws(
    () => np.array(["2024-02-30"], "M8[D]"),
    /array: element \[0\]: "2024-02-30" is no date: the day is out of range/,
  );
  throws(() => np.ones(2, "M8"), { kind: "value" });
});

test("the dtype of lists that hold dates", () => {
  const named = (a: np.NDArray) => a.dtype.name;
  eq(named(np.array([new Date(0)])), "datetime64[ms]");
  eq(named(np.array([np.datetime64("2024"), np.datetime64("2024-01-02")])), "datetime64[D]");
  eq(named(np.array([np.timedelta64(1, "D"), 5])), "timedelta64[D]");
  eq(named(np.array([np.datetime64("2024"), np.timedelta64(1, "D")])), "datetime64[D]");
  eq(named(np.array(["2024-01-02", "2024-01-02T05"], "M8")), "datetime64[h]");
  eq(named(np.array([["NaT", null]], "M8")), "datetime64");
  eq(named(np.array([np.array(["2024"], "M8[Y]"), ["2024-05"]], "M8")), "datetime64[M]");
  eq(named(np.full(2, np.datetime64("2024"))), "datetime64[Y]");
  throws(() => np.array([np.datetime64("2024"), 5]), { kind: "dtype" });
  throws(() => np.array([np.datetime64("2024"), "2024"]), { kind: "dtype" });
});

test("the compiler knows what is read", () => {
  const a = np.array(["2024"], "M8[Y]");
  const moment: np.Datetime64 = a.at(0);
  const counts: BigInt64Array = a.data;
  const spans: np.NDArray<"timedelta64"> = np.subtract(a, a);
  const later: np.NDArray<"datetime64"> = np.add(a, spans);
  const ratio: np.NDArray<"float64"> = np.divide(spans, spans);
  const none: np.NDArray<"bool"> = np.isnat(later);
  const longest: np.Timedelta64 = np.max(spans);
  eq(
    [moment.unit, counts.length, ratio.dtype.name, none.dtype.name, longest.unit],
    ["Y", 1, "float64", "bool", "Y"],
  );
});
