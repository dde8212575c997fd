import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const { throws } = assert;
const eq: typeof assert.deepEqual = assert.deepEqual;
const texts = (a: unknown) => [...(a as np.NDArray).flat].map(String);
const M = np.array(["2024-01-31", "NaT", "1969-12-31"], "M8[D]");
const m = np.array([7, -7, null], "m8[s]");

test("ufuncs, by NumPy's answers", () => {
  eq(texts(np.add(M, np.timedelta64(1, "D"))), ["2024-02-01", "NaT", "1970-01-01"]);
  eq(texts(np.add(M, 1)), ["2024-02-01", "NaT", "1970-01-01"]);
  eq(String(np.subtract(M, np.datetime64("2024-01-30T12")).dtype), "timedelta64[h]");
  eq(np.multiply(m, 2.5).view("int64").tolist(), [17n, -17n, -(2n ** 63n)]);
  eq(np.divide(m, np.timedelta64(2, "s")).tolist(), [3.5, -3.5, Number.NaN]);
  eq(np.floorDivide(m, np.timedelta64(2, "s")).tolist(), [3n, -4n, 0n]);
  eq(np.divide(m, 2).view("int64").at(1), -3n);
  eq(np.equal(M, M).tolist(), [true, false, true]);
  eq(np.notEqual(M, M).tolist(), [false, true, false]);
  eq(np.less(M, new Date(0)).tolist(), [false, false, true]);
  eq(texts(np.maximum(M, np.datetime64("2000"))), ["2024-01-31", "NaT", "2000-01-01"]);
  eq(texts(np.fmax(M, np.datetime64("2000"))), ["2024-01-31", "2000-01-01", "2000-01-01"]);
  eq(np.isnat(M).tolist(), [false, true, false]);
  eq(np.isfinite(M).tolist(), [true, false, true]);
  eq(np.add.types.slice(-3), ["Mm->M", "mm->m", "mM->M"]);
  eq(np.isnat.types, ["m->?", "M->?"]);
});

test("what there is no loop for is an error that names the loops", () => {
  throws(
    () => np.add(M, M),
    /add: there is no loop for datetime64\[D\] and datetime64\[D\]; its loops for dates are Mm->M, mm->m, mM->M/,
  );
  throws(() => np.add(M, 1.5), { kind: "dtype" });
  throws(() => np.subtract(1, M), { kind: "dtype" });
  throws(() => np.multiply(m, m), { kind: "dtype" });
  throws(() => np.less(M, 1), { kind: "dtype" });
  throws(() => np.isnat(np.array([1])), { kind: "dtype" });
  throws(() => np.sum(M), /sum: there is no loop that makes of datetime64\[D\]/);
  throws(
    () => np.add(M, np.timedelta64(1, "Y")),
    /add: cannot cast an operand from timedelta64\[Y\] to timedelta64\[D\]/,
  );
  throws(
    () => np.add(m, m, { out: np.zeros(3, "int64") }),
    /add: cannot cast the output from timedelta64\[s\] to int64/,
  );
  throws(() => np.add(m, m, { dtype: "m8[ms]" }), /cannot say a unit/);
  throws(() => np.matmul(m, m), /compute with their counts/);
  throws(() => np.mean(M), { kind: "dtype" });
  throws(() => np.median(M), /subtract a moment/);
  throws(() => np.quantile(m, 0.5, { weights: [1, 2, 3], method: "inverted_cdf" }), { kind: "dtype" });
});

test("an error leaves what was given for results as it was", () => {
  const out = np.full(3, 5, "m8[7m]");
  throws(() => np.add(np.zeros(3, "m8[as]"), 1, { out }), { kind: "value" });
  eq(out.view("int64").tolist(), [5n, 5n, 5n]);
  const dates = np.zeros(2, "M8[D]");
  throws(() => dates.set("...", ["2024", "x"]), { kind: "value" });
  eq(texts(dates), ["1970-01-01", "1970-01-01"]);
  throws(() => np.copyto(dates, np.array(["2024", "x"]), { casting: "unsafe" }), { kind: "value" });
  eq(texts(dates), ["1970-01-01", "1970-01-01"]);
});

test("in place, with masks, and on overlapping memory", () => {
  const a = np.arange("2024-01-01", "2024-01-07", "M8[D]");
  np.add(a.slice("1:"), np.timedelta64(1, "D"), { out: a.slice(":-1") });
  eq(texts(a), ["2024-01-03", "2024-01-04", "2024-01-05", "2024-01-06", "2024-01-07", "2024-01-06"]);
  const spans = np.full(3, 1, "m8[s]");
  np.add(spans, np.timedelta64(1, "m"), { out: spans, where: np.array([true, false, true]) });
  eq(spans.view("int64").tolist(), [61n, 1n, 61n]);
  const hours = np.full(3, 1, "m8[h]");
  np.add(spans, spans, { out: hours, where: [false, true, false] });
  eq(hours.view("int64").tolist(), [1n, 0n, 1n]);
  np.add.at(spans, [0, 0, 1], np.timedelta64(1, "s"));
  eq(spans.view("int64").tolist(), [63n, 2n, 61n]);
  throws(
    () => np.add.at(spans, [0], np.timedelta64(1, "ms")),
    /add\.at: elements of timedelta64\[s\] become timedelta64\[ms\]/,
  );
});

test("reductions", () => {
  const spans = np.array(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    "m8[s]",
  );
  eq(
    [np.sum(spans).value, np.mean(spans).value, np.max(spans).value, np.median(spans).value],
    [21n, 3n, 6n, 3n],
  );
  eq(texts(np.sum(spans, 0)), ["5 seconds", "7 seconds", "9 seconds"]);
  eq(np.cumsum(spans, 1).view("int64").tolist(), [
    [1n, 3n, 6n],
    [4n, 9n, 15n],
  ]);
  eq(
    [String(np.max(M)), String(np.fmax.reduce(M)), String(np.nanmin(M))],
    ["NaT", "2024-01-31", "1969-12-31"],
  );
  eq([np.argmax(M), np.argmin(M), np.argmax(M.slice("::2"))], [1, 1, 0]);
  eq(String(np.ptp(M.slice("::2"))), "19754 days");
  eq(np.sum(np.zeros(0, "m8[D]")).value, 0n);
  throws(() => np.max(np.zeros(0, "M8[D]")), /no identity/);
  eq((np.max(np.zeros(0, "m8[D]"), { initial: 3 }) as np.Timedelta64).value, 3n);
  eq(
    (
      np.add.reduce(spans, {
        axis: null,
        initial: np.timedelta64(1, "m") as never,
      }) as unknown as np.Timedelta64
    ).value,
    81n,
  );
  eq([np.any(np.zeros(2, "M8[D]")), np.any(M), np.all(m)], [false, true, true]);
  eq(String(np.sum(m)), "NaT");
  throws(() => np.sum(spans, { dtype: "int64" }), { kind: "dtype" });
});

test("views, files and JSON", () => {
  eq(M.view("int64").at(0), 19753n);
  eq(texts(np.array([0n, 1n]).view("M8[Y]")), ["1970", "1971"]);
  eq(JSON.parse(JSON.stringify(M)), ["2024-01-31", null, "1969-12-31"]);
  eq(JSON.parse(JSON.stringify(m)), [7, -7, null]);
  const struct = np.array(
    [["2024-02-29", 5]],
    [
      ["when", "M8[D]"],
      ["what", "m8[3h]"],
    ],
  );
  eq(String(struct), "[('2024-02-29', 5)]");
  for (const a of [M, m, struct, np.zeros([2, 0], "M8[25us]")]) {
    const back = np.loadSync(np.npyBytes(a)) as np.NDArray;
    eq([back.dtype.str, back.shape, back.tolist()], [a.dtype.str, a.shape, a.tolist()]);
  }
});

test("conversions", () => {
  eq(np.toDates(M.slice("::2")), [new Date("2024-01-31"), new Date("1969-12-31")]);
  throws(() => np.toDates(m), /toDates: elements of timedelta64\[s\] are no moments/);
  eq(np.datetimeAsString(M, { unit: "h", timezone: "UTC" }).tolist(), [
    "2024-01-31T00Z",
    "NaT",
    "1969-12-31T00Z",
  ]);
  throws(() => np.datetimeAsString(m), { kind: "dtype" });
  throws(() => np.datetimeAsString(M, { unit: "h", casting: "equiv" }), /casting "equiv"/);
  throws(() => np.datetimeAsString(M, { timezone: "Mars" as "UTC" }), /time zone "Mars"/);
  eq(texts(np.astype(np.array(["2024", "2024-02"]), "M8")), ["2024-01", "2024-02"]);
  throws(() => np.astype(M, "U5"), /longer than the 5 characters/);
});

test("business days", () => {
  eq(np.isBusday(["2024-01-05", "2024-01-06", "NaT"]).tolist(), [true, false, false]);
  eq(texts(np.busdayOffset("2024-01-05", [1, -1])), ["2024-01-08", "2024-01-04"]);
  eq(np.busdayCount("2024-01", "2024-02").item(), 23n);
  const calendar = new np.busdaycalendar("Mon", ["2024-01-08", "2024-01-01", "2024-01-02", "2024-01-01"]);
  eq(texts(calendar.holidays), ["2024-01-01", "2024-01-08"]);
  eq(calendar.weekmask.tolist(), [true, false, false, false, false, false, false]);
  eq(np.busdayCount("2024-01-01", "2024-02-01", { busdaycal: calendar }).item(), 3n);
  const out = np.zeros([], "M8[D]");
  assert.equal(np.busdayOffset("2024-01-06", 0, { roll: "nat", out }), out);
  eq(String(out.at()), "NaT");
  throws(() => np.busdayOffset("2024-01-06", 1), /2024-01-06 is no business day; give roll/);
  throws(() => np.busdayOffset("2024-01-05", 1.5), /offsets are of dtype float64/);
  throws(() => np.busdayOffset("2024-01-05", 1, "no" as "nat"), /roll "no" is none of raise, nat/);
  throws(() => np.isBusday("2024-01-05T05"), /isBusday: dates: cannot cast datetime64\[h\]/);
  throws(() => np.isBusday("2024-01-05", { weekmask: "111" }), /"111" is no weekmask/);
  throws(() => np.isBusday("2024-01-05", { weekmask: "0000000" }), /no day that is worked on/);
  throws(() => np.isBusday("2024-01-05", { weekmask: "1111111", busdaycal: calendar }), /not both/);
  throws(() => np.busdayCount("NaT", "2024-01-05"), /NaT is no end/);
});
