import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as np from "../src/index.ts";

// What differs from NumPy on purpose: a fact for each row of docs/deviations.md, under its number, unless another
// test shows it.

const root = new URL("../", import.meta.url);
const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message));
}

const facts: Readonly<Record<number, () => void>> = {
  1() {
    eq(np.array(1).dtype.name, "float64");
    eq(np.arange(5).dtype.name, "float64");
    eq(np.arange(5n).dtype.name, "int64");
    eq(np.full(2, 7).dtype.name, "float64");
  },
  2() {
    eq(np.ones(1, "int64").at(0), 1n);
    eq(np.ones(1, "uint64").at(0), 1n);
    eq(np.ones(1, "int32").at(0), 1);
    eq(np.ones(1, "bool").at(0), true);
  },
  3() {
    const s = np.zeros(1, [["x", "f4"]]);
    const element = s.at(0) as { x: number };
    element.x = 5;
    eq((s.at(0) as { x: number }).x, 0);
    s.slice(0).field("x").set("...", 5);
    eq((s.at(0) as { x: number }).x, 5);
  },
  4() {
    const a = np.zeros([2, 2]);
    a.slice(0, 0).fill(7);
    eq(a.slice(0, 0).ndim, 0);
    eq(a.at(0, 0), 7);
  },
  5() {
    throws(() => np.array([2n ** 64n]), np.ValueError, /out of bounds/);
  },
  6() {
    eq(np.array([2n ** 63n, 1n]).dtype.name, "uint64");
  },
  7() {
    eq(np.minScalarType(1).name, "uint8");
  },
  8() {
    eq(np.array([1, "a"]).repr(), "array(['1', 'a'], dtype='<U21')");
    eq(np.array([1, 2.5, "a"]).tolist(), ["1", "2.5", "a"]);
  },
  9() {
    throws(() => np.array([null] as never), np.DTypeError, /null is no number/);
    throws(() => np.array([undefined] as never), np.DTypeError, /hole/);
  },
  10() {
    eq(
      np.array([[1, 2], { x: 3, y: 4 }] as never, [
        ["x", "f4"],
        ["y", "f4"],
      ]).shape,
      [2],
    );
  },
  11() {
    throws(() => np.full(2, Number.NaN, "int64"), np.ValueError, /out of bounds/);
  },
  12() {
    const a = np.zeros(2, "uint8");
    np.copyto(a, [1, 2]);
    eq(a.tolist(), [1, 2]);
    throws(() => np.copyto(a, [1, 300]), np.ValueError, /300 is out of bounds/);
  },
  13() {
    throws(() => np.zeros(1, "V4").set(0, new Uint8Array(5) as never), np.ValueError, /do not fit/);
  },
  14() {
    eq(np.zeros(1, "V2").at(0) as unknown, new Uint8Array(2));
  },
  15() {
    eq(np.dtype("intp").name, "int32");
    eq(np.dtype("uintp").name, "uint32");
    eq(np.indices([2]).dtype.name, "int32");
  },
  16() {
    throws(() => np.dtype(">f4" as never), np.DTypeError, /native/);
    throws(() => np.dtype("f4").newbyteorder(">" as never), np.DTypeError, /native/);
  },
  17() {
    for (const name of ["longdouble", "clongdouble", "T", "O"])
      throws(() => np.dtype(name as never), np.DTypeError, /not understood/);
  },
  18() {
    eq(np.dtype("longlong"), np.dtype("int64"));
    eq(np.dtype("q").char, "l");
  },
  19() {
    throws(() => np.dtype([[["title", "x"], "f4"]] as never), np.DTypeError, /a field is/);
  },
  20() {
    const dt = np.dtype([["x", "f4"]]);
    eq(dt.fields?.[0]?.name, "x");
    throws(() => dt.field("y"), np.ValueError, /no field "y"/);
  },
  21() {
    throws(() => np.dtype("(2)i4," as never), np.DTypeError, /parentheses/);
  },
  22() {
    throws(() => np.dtype({ names: ["x"], formats: ["f4", "f4"] } as never), np.ValueError, /one of each/);
  },
  23() {
    throws(() => np.dtype(null as never), np.DTypeError, /not understood/);
  },
  24() {
    throws(() => np.dtype("V3000000000" as never), np.ValueError, /too large/);
  },
  25() {
    throws(() => np.canCast("f8", "f4", "same_value" as never), np.DTypeError, /no rule/);
  },
  26() {
    eq(np.isdtype("float32", "float32" as never), true);
  },
  27() {
    eq(np.arange(10).slice("-1").shape, []);
    eq(np.arange(10).slice("007:" as never).shape, [3]);
    eq(np.arange(10).slice(np.s(1, 3)).shape, [2]);
  },
  28() {
    throws(() => np.zeros(6).reshape(-2, 3), np.ShapeError, /-2 is not a length/);
  },
  29() {
    throws(() => np.swapaxes(np.zeros([2, 2]), 0.5, 1), np.IndexError, /not an integer/);
  },
  30() {
    throws(() => np.zeros(2).item(0, 0), np.IndexError, /too many indices/);
  },
  31() {
    throws(() => np.zeros(2).flat.set(0, [1, 2] as never), np.DTypeError, /cannot become an element/);
  },
  32() {
    throws(() => [...np.array(1)], np.ValueError, /0-d/);
  },
  33() {
    const a = np.zeros([2, 3]);
    a.shape[0] = 9;
    eq(a.shape, [2, 3]);
  },
  34() {
    const x = np.zeros([4, 3]).slice(":", "0:1");
    eq(x.reshape(-1, 1).strides, [24, 8]);
    eq(np.arange(5).slice("::1099511627776").strides, [40]);
  },
  35() {
    const a = np.zeros([3, 3]);
    eq(np.diagonal(a, 5).byteOffset, a.byteOffset);
  },
  36() {
    throws(() => np.asStrided(np.zeros(3), { shape: [4] }), np.ValueError, /needs bytes 0 to 32/);
  },
  37() {
    const windows = { shape: [2, 2], strides: [8, 8] };
    eq(np.asStrided(np.zeros(3), windows).flags.writeable, false);
    throws(() => np.asStrided(np.zeros(3), { ...windows, writeable: true }), np.ValueError, /overlap/);
  },
  39() {
    eq(np.meshgrid([1, 2], [3, 4], { copy: false })[0]?.flags.writeable, false);
    eq(
      np.broadcastArrays(np.zeros(2), np.zeros([2, 2])).map((x) => x.flags.writeable),
      [false, true],
    );
  },
  41() {
    const a = np.arange(4);
    a.flat.set(":", a.slice("::-1"));
    eq(a.tolist(), [3, 2, 1, 0]);
  },
  42() {
    eq(np.array([-1.5, 5e9, Number.NaN]).astype("uint32").tolist(), [4294967295, 705032704, 0]);
    eq(np.full(20, 5e9).astype("uint32").at(0), 705032704);
  },
  43() {
    const bits = np.array([0x7fa00001n], "uint64").slice("::-1").astype("uint32");
    const nan = bits.view("float32");
    eq(nan.copy().view("uint32").at(0), 0x7fa00001);
  },
  44() {
    const s = np.zeros(1, { names: ["x"], formats: ["u1"], offsets: [1], itemsize: 3 });
    new Uint8Array(s.buffer, s.byteOffset, 3).fill(9);
    eq([...s.copy().tobytes()], [0, 9, 0]);
    eq([...s.tobytes()], [9, 9, 9]);
  },
  45() {
    throws(() => np.zeros(1, "V4").astype("f4"), np.DTypeError, /view of the bytes/);
  },
  47() {
    eq(np.require(np.zeros([2, 2]).T, null, "C_CONTIGUOUS" as never).flags.cContiguous, true);
  },
  48() {
    eq(np.fromfunction((i, j) => i * 10 + j, [2, 2]).tolist(), [
      [0, 1],
      [10, 11],
    ]);
  },
  49() {
    eq(np.fromiter([1, 2]).dtype.name, "float64");
  },
  50() {
    eq(np.linspace(0, 1, 3).flags.owndata, true);
  },
  51() {
    throws(() => np.arange(0, 5, 0), np.ValueError, /step must not be 0/);
  },
  52() {
    throws(() => np.mgrid("2:"), np.ValueError, /no range with an end/);
    eq(np.ogrid("0:2").length, 1);
  },
  53() {
    eq(np.asanyarray, np.asarray);
  },
  54() {
    eq(np.zeros(2).buffer, np.zeros(2).buffer);
    eq(np.zeros(2).buffer.byteLength, 65536);
  },
  55() {
    eq(np.byteBounds(np.asarray(new Float64Array(2))), [0, 16]);
  },
  56() {
    const given = new Float64Array(2);
    eq(np.asarray(given).base, given.buffer);
  },
  57() {
    const a = np.zeros(1);
    a.setflags({ write: false });
    throws(() => a.set(0, 1), np.ValueError, /read-only/);
    a.data[0] = 1;
    eq(a.at(0), 1);
  },
  58() {
    throws(() => np.arange(4).slice("::-1").data, np.ValueError, /ascontiguousarray/);
  },
  59() {
    const a = np.zeros(9);
    eq(np.sharesMemory(a.slice("::2"), a.slice("1::2"), { maxWork: 1 }), false);
  },
  60() {
    const buffer = new ArrayBuffer(16);
    const a = np.frombuffer(buffer, "float64");
    structuredClone(buffer, { transfer: [buffer] });
    throws(() => a.at(0), np.ValueError, /buffer of this array is gone/);
  },
  61() {
    throws(() => np.broadcastTo(np.array(1), [2 ** 40]).tolist(), np.NdError, /elements for lists/);
  },
  62() {
    throws(() => np.setPrintoptions({ precision: -1 }), np.ValueError, /not below 0/);
    throws(() => np.setPrintoptions({ presicion: 1 } as never), np.ValueError, /no option/);
    throws(() => np.setPrintoptions({ legacy: "1.13" } as never), np.ValueError, /legacy/);
  },
  63() {
    throws(() => np.printoptions({ precision: 2 }, async () => 1), np.ValueError, /promise/);
  },
  64() {
    eq(np.array2string(np.array([1000, 1]), { threshold: 0, edgeitems: 0 }), "[... 1.]");
  },
  65() {
    eq(np.formatFloatPositional(np.array(0.1, "float32") as never), "0.1");
  },
  66() {
    eq(np.formatFloatScientific(1.5, { expDigits: 0 }), "1.5e+0");
    throws(() => np.formatFloatPositional(1n as never), np.ValueError, /not one float/);
    throws(() => np.baseRepr(1.5), np.ValueError, /not an integer/);
  },
  67() {
    eq(np.array2string(np.array([1, 2]), { formatter: { float: () => "" } } as never), "[ ]");
  },
  77() {
    eq(np.add([1, 2, 3], 1, { where: [true, false, true] }).tolist(), [2, 0, 4]);
  },
  78() {
    eq(np.add(np.ones(2, "int32"), [1, 2]).dtype.name, "float64");
  },
  79() {
    eq(np.add(np.ones(2, "int32"), 2).dtype.name, "int32");
    eq(np.add(np.ones(2, "int32"), 2.5).dtype.name, "float64");
    throws(() => np.add(np.ones(2, "int64"), 1e30), np.ValueError, /out of bounds/);
  },
  84() {
    const s = np.zeros(2, [["x", "f4"]]);
    throws(() => np.equal(s, s), np.DTypeError, /equal/);
    eq(np.equal(s.field("x"), 0).tolist(), [true, true]);
  },
  88() {
    const twice = np.zeros([2, 2]);
    const places = np.asfortranarray([
      [0n, 1n],
      [1n, 0n],
    ]);
    twice.set([places, 0], np.arange(4).reshape(2, 2));
    eq(twice.tolist(), [
      [3, 0],
      [2, 0],
    ]);
  },
  94() {
    eq(np.cross([1, 2], [3, 4]).item(), -2);
  },
  104() {
    eq(np.argmax(np.ones([2, 3]), 0).dtype.name, "int32");
    eq(np.argmax(np.ones([2, 3])), 0);
    eq(np.countNonzero(np.ones([2, 3]), 1).dtype.name, "int32");
  },
  105() {
    throws(() => np.median(np.array([np.complex(1, 2)])), np.DTypeError, /complex/);
  },
  113() {
    const a = np.zeros(5, "int32");
    throws(() => np.add.at(a, [4], 1.5), np.DTypeError, /cast/);
    eq(a.tolist(), [0, 0, 0, 0, 0]);
  },
  115() {
    throws(() => np.einsum("...->......", np.ones(2), { optimize: true }), np.ValueError, /einsum/);
  },
  128() {
    const a = np.arange(6).reshape(3, 2);
    eq(np.sharesMemory(a.gather(0), a), false);
    a.set([[0, 2], ":"], 1);
    eq(a.tolist(), [
      [1, 1],
      [2, 3],
      [1, 1],
    ]);
  },
  129() {
    eq(np.arange(3).gather([2, 0]).tolist(), [2, 0]);
    throws(() => np.arange(3).gather([0.5]), np.IndexError, /integers/);
    throws(() => np.arange(3).gather(np.array([1, 2])), np.IndexError, /float64/);
  },
  130() {
    throws(() => np.ones(2).set([[true, true]], np.ones([1, 2])), np.ShapeError, /mask/);
  },
  131() {
    throws(() => np.take(np.zeros([0, 0]), [0], { axis: 0, mode: "wrap" }), np.IndexError, /length 0/);
    throws(() => np.take(np.zeros([0, 3]), [9], 1), np.IndexError, /index 9/);
    eq(np.take(np.zeros([0, 3]), [], 0).shape, [0, 3]);
  },
  132() {
    eq(np.take(np.arange(3), 2).shape, []);
    eq(np.choose(1, [10, 20]).item(), 20);
    eq(np.select([true], [5]).ndim, 0);
  },
  133() {
    const { flat } = np.arange(3);
    eq(flat.gather([true, false, true]).tolist(), [0, 2]);
    eq("coords" in flat, false);
  },
  146() {
    const moment = np.array(["2024-02-29"], "M8[D]").at(0);
    eq(
      [moment.value, moment.unit, String(moment), moment.toDate()],
      [19782n, "D", "2024-02-29", new Date("2024-02-29")],
    );
    eq(np.resultType(np.zeros(1, "M8[Y]"), moment as never).name, "datetime64[D]");
  },
  147() {
    eq(np.array([new Date(5)]).dtype.name, "datetime64[ms]");
    eq(np.array([null], "m8[s]").at(0).isNaT, true);
  },
  148() {
    eq(String(np.datetime64("2024-02-29T12:00Z")), "2024-02-29T12:00");
    eq(String(np.datetime64("2024-02-29T00:00+01:00")), "2024-02-28T23:00");
  },
  149() {
    const wrong = { timezone: "Europe/Berlin" as "UTC" };
    throws(() => np.datetimeAsString(np.datetime64("2024-02-29T12"), wrong), np.ValueError, /time zone/);
  },
  150() {
    np.errstate({ all: "raise" }, () => {
      eq(np.divide(np.full(1, 5, "m8[s]"), 0).at(0).isNaT, true);
    });
  },
  151() {
    const half = 2n ** 62n;
    const spans = np.array([half, half, -half, -half], "m8[s]");
    assert.ok([0n, -(2n ** 63n)].includes(np.sum(spans).value));
  },
  152() {
    throws(() => np.sum(np.zeros(1, "m8[s]"), { dtype: "int64" }), np.DTypeError, /is reduced as it is/);
    throws(() => np.dtype("M8[0s]"), np.DTypeError, /no unit of time/);
  },
  153() {
    const year = np.array([2n ** 62n], "M8[Y]");
    eq(np.astype(year, "M8[D]").view("int64").item(), 5730019877896029471n);
  },
  154() {
    throws(() => np.array([np.datetime64("2024"), 5]), np.DTypeError, /no dtype holds both/);
  },
  155() {
    eq(np.isBusday("2024-02-29").shape, []);
  },
  204() {
    eq([np.sum(3, 0).item(), np.mean(3, 0).item()], [3, 3]);
    throws(() => np.add.accumulate([1, 2], { axis: null as never }), np.IndexError, /axis null/);
  },
  205() {
    throws(
      () => np.where([false], np.ones(1, "uint8"), 300),
      np.ValueError,
      /300 is out of bounds for uint8/,
    );
  },
  206() {
    const a = np.array([Number.NEGATIVE_INFINITY, -0]);
    eq(np.power(a, 0.5).tolist(), [Number.POSITIVE_INFINITY, 0]);
    eq(np.power(a, [0.5, 0.5]).tolist(), [Number.POSITIVE_INFINITY, 0]);
  },
};

/** The rows of the document: number, the words of the column ndview, test file. */
const rows = readFileSync(new URL("docs/deviations.md", root), "utf8")
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.slice(2, -2).split(" | "))
  .map((cells) => ({ cells, number: Number(cells[0]), ours: cells[2] ?? "", file: cells[4] ?? "" }));

test("the rows of docs/deviations.md are whole, count up, and name tests that exist", () => {
  assert.ok(rows.length > 40);
  eq(
    rows.map(({ number }) => number),
    rows.map((_, k) => k + 1),
  );
  eq(
    rows.filter(({ cells, file }) => cells.length !== 5 || !existsSync(new URL(file, root))),
    [],
  );
});

test("every row that names this file has a fact here, and every fact a row", () => {
  const named = rows.filter(({ file }) => file === "test/deviations.test.ts").map(({ number }) => number);
  eq(Object.keys(facts).map(Number), named);
});

for (const { number, ours } of rows) {
  const fact = facts[number];
  if (fact !== undefined) test(`difference ${number}: ${ours}`, fact);
}
