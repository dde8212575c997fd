import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

/** Facts of functions on strings, and how they differ from NumPy's (docs/deviations.md); strings-numpy.test.ts compares. */

const { strings: S, char: C } = np;
const eq: (a: unknown, b: unknown) => void = assert.deepEqual;
const list = (a: np.NDArray) => a.tolist();
const throws = (run: () => unknown, kind: np.NdError["kind"], text: RegExp) =>
  assert.throws(run, (error: unknown) => np.isNdError(error, kind) && text.test(error.message), String(text));

const a = np.array(["abc", "de", ""]);

test("results have the width of the longest", () => {
  const facts: [result: np.NDArray, dtype: string, values: unknown][] = [
    [S.add(a, "xy"), "<U5", ["abcxy", "dexy", "xy"]],
    [S.multiply(a, [0, 3, 2]), "<U6", ["", "dedede", ""]],
    [S.center(a, 7, "*"), "<U7", ["**abc**", "***de**", "*******"]],
    [S.ljust(a, [1, 4, 2], "é"), "<U4", ["abc", "deéé", "éé"]],
    [S.rjust(a, 2), "<U3", ["abc", "de", "  "]],
    [S.zfill(np.array(["-1", "+22", ""]), 4), "<U4", ["-001", "+022", "0000"]],
    [S.replace(a, "", "-"), "<U7", ["-a-b-c-", "-d-e-", "-"]],
    [S.replace("aaaa", "a", "bb", [[0], [2]]), "<U6", [["aaaa"], ["bbbbaa"]]],
    [S.expandtabs("a\tb", 4), "<U11", "a   b"],
    [S.strip(np.array([" a ", "b"])), "<U3", ["a", "b"]],
    [S.upper(np.array(["ßa"])), "<U2", ["SS"]],
    [S.slice(a, 1, null), "<U3", ["bc", "e", ""]],
    [S.encode(np.array(["é", "a"])), "|S2", [Uint8Array.of(0xc3, 0xa9), Uint8Array.of(97)]],
    [S.mod(["%d", "%06.2f", "%s%%"], [1, 2, 3.5]), "<U6", ["1", "002.00", "3.5%"]],
    [C.join("-", a), "<U5", ["a-b-c", "d-e", ""]],
    [
      C.partition(a, "b"),
      "<U2",
      [
        ["a", "b", "c"],
        ["de", "", ""],
        ["", "", ""],
      ],
    ],
  ];
  for (const [result, dtype, values] of facts) {
    assert.equal(result.dtype.str, dtype, JSON.stringify(values));
    eq(list(result), values);
  }
  eq(S.decode(S.encode(["日本"], "utf-16"), "utf-16").tolist(), ["日本"]);
});

test("text is worked on by code points, bytes by bytes", () => {
  eq(list(S.strLen(["😀a", ""])), [2, 0]);
  eq(S.slice("😀a", null, null, -1).item(), "a😀");
  eq(list(S.find(["a😀b"], "b")), [2]);
  eq(list(S.strLen(S.encode(["é"]))), [2]);
  eq(list(S.center(["😀"], 3, "é")), ["é😀é"]);
  eq(list(S.isdigit(["²", "½", "١"])), [true, false, true]);
  eq(list(S.title(["ǆ they're 3rd"])), ["ǅ They'Re 3Rd"]);
  eq(list(S.lower(["ΑΣ ΣΑ"])), ["ας σα"]);
});

test("bounds are read as Python reads slices, and broadcast", () => {
  eq(list(S.find("banana", "a", [0, 2, -1, 9])), [1, 3, 5, -1]);
  eq(list(S.rfind("banana", "a", 0, [6, 5, -4, 0])), [5, 3, 1, -1]);
  eq(list(S.count("banana", "a", [0, 2, 7])), [3, 2, 0]);
  eq(list(S.count(["aaa", ""], "")), [4, 1]);
  eq(list(S.startswith(["abc"], "", [0, 3, 4])), [true, true, false]);
  eq(list(S.endswith("abc", "b", 0, [2, 3])), [true, false]);
  eq(list(S.find(["ab", "ba"], [["a"], ["b"]])), [
    [0, 1],
    [1, 0],
  ]);
});

test("every layout gives what a dense copy gives, also a field that is not aligned", () => {
  const dense = np.array([
    ["ab", "c", "ab "],
    ["", "xyz", "b"],
  ]);
  const packed = np.zeros(
    [2, 3],
    [
      ["k", "u1"],
      ["s", "U3"],
    ],
  );
  packed.field("s").set("...", dense);
  const wide = np.zeros([4, 6], "U3");
  wide.set(["::2", "::2"], dense);
  const same = [
    packed.field("s"),
    wide.slice("::2", "::2"),
    dense.T.copy().T,
    dense.slice("::-1").slice("::-1"),
  ];
  for (const x of same as np.NDArray[]) {
    eq(list(S.upper(x)), list(S.upper(dense)));
    eq(list(S.add(x, dense)), list(S.add(dense, dense)));
    eq(list(S.equal(x.slice("::-1"), dense)), list(S.equal(dense.slice("::-1"), dense)));
    eq(list(S.find(x.T, "b")), list(S.find(dense.T, "b")));
    eq(list(np.equal(x, dense)), [
      [true, true, true],
      [true, true, true],
    ]);
  }
  eq(S.add(dense.T, "!").strides, [16, 48]);
  eq(S.upper(dense.T).strides, [24, 12]);
});

test("operands that share memory with out are read before it is written", () => {
  const x = np.array(["a", "b", "c"], "U4");
  np.add(x, x.slice("::-1"), x);
  eq(list(x), ["ac", "bb", "ca"]);
  const y = np.array(["a", "b"], "U4");
  S.add(y, "!", { out: y, where: [true, false] });
  eq(list(y), ["a!", "b"]);
  eq(list(np.equal(y, "b", { out: np.zeros(2, "int8") })), [0, 1]);
});

test("what does not fit is refused, and nothing is written", () => {
  throws(() => S.find(a, np.array(["a"], "S")), "dtype", /find: <U3 and \|S1 are bytes and text/);
  throws(() => S.upper([1, 2]), "dtype", /upper: a has dtype float64/);
  throws(() => S.center(a, 2.5), "dtype", /center: width has 2.5/);
  throws(() => S.center(a, 5, "ab"), "dtype", /fillchar has 2 characters/);
  throws(() => S.center(a, 5, ""), "dtype", /fillchar has 0 characters/);
  throws(() => S.center(np.array(["a"], "S"), 5, "é"), "value", /not ASCII/);
  throws(() => S.index(a, "z"), "value", /index: sub is not in every string/);
  throws(() => S.partition(a, ""), "value", /empty separator/);
  throws(() => C.split(a, ""), "value", /empty separator/);
  throws(() => S.slice(a, 0, 3, 0), "value", /step of 0/);
  throws(() => S.multiply(a, 1.5), "dtype", /i has 1.5/);
  throws(() => C.multiply(a, 1.5), "value", /integer number of times/);
  throws(() => S.multiply(a, 2 ** 31), "value", /too long/);
  throws(() => S.add(a, ["x", "y"]), "shape", /add/);
  throws(() => S.isnumeric(np.array(["1"], "S")), "dtype", /decode them first/);
  throws(() => S.encode(["é"], "ascii"), "value", /U\+00E9 cannot be encoded/);
  throws(() => S.decode(np.array([0xff], "u1").view("S1")), "value", /0xff cannot be decoded/);
  throws(() => S.encode(a, "utf-8", "strange" as never), "value", /errors/);
  throws(() => S.mod(["%d"], ["a"]), "dtype", /%d/);
  throws(() => S.mod(["%d %d"], [1]), "value", /takes 2 values/);
  throws(() => np.add(a, 1), "dtype", /no loop for <U3 and a scalar/);
  throws(() => np.multiply(a, 2), "dtype", /strings.multiply/);
  throws(() => np.equal(a, np.array(["a"], "S")), "dtype", /no loop for <U3 and \|S1/);
  throws(() => np.sum(a), "dtype", /no loop for strings/);
  throws(() => np.max(a), "dtype", /no loop for strings/);
  throws(() => np.isnan(a), "dtype", /isnan/);
  throws(() => np.negative(a), "dtype", /negative/);
  throws(() => np.add(a, "x", np.zeros(2, "U9")), "shape", /out has shape/);
  throws(() => np.add(a, "x", np.zeros(3, "int32")), "dtype", /cannot cast/);
  const numbers = np.array([1, 2], "int32");
  throws(() => numbers.set("...", np.array(["7", "x"])), "value", /"x" is not an integer/);
  eq(list(numbers), [1, 2]);
});

test("truth, choices and extremes of strings", () => {
  eq([np.any(a), np.all(a), np.countNonzero(a)], [true, false, 2]);
  eq(list(np.logicalAnd(a, [true, false, true])), [true, false, false]);
  eq(list(np.where([true, false, true], a, "wxyz")), ["abc", "wxyz", ""]);
  eq([np.argmax(a), np.argmin(a)], [1, 2]);
  eq(
    np
      .argmax(
        np.array(
          [
            ["b", "a"],
            ["c", "a"],
          ],
          "S",
        ),
        0,
      )
      .tolist(),
    [1, 0],
  );
  eq(
    (np.vectorize((x: unknown) => `${x as string}!`)(a) as np.NDArray).repr(),
    "array(['abc!', 'de!', '!'], dtype='<U4')",
  );
});

test("differences: bytes are Uint8Arrays, places int32, widths at least 1, one string a 0-d array", () => {
  eq(np.array(["ab"], "S").at(0), Uint8Array.of(97, 98));
  eq(np.array([new Uint8Array([1, 2])]).dtype.name, "uint8");
  eq(
    np
      .array(new Uint8Array([200, 98]))
      .view("S2")
      .at(0),
    Uint8Array.of(200, 98),
  );
  eq([S.find(a, "b").dtype.name, S.strLen(a).dtype.name], ["int32", "int32"]);
  eq(
    S.partition(["a"], "z").map((part) => part.dtype.str),
    ["<U1", "<U1", "<U1"],
  );
  eq(S.replace(np.zeros(0, "U4"), "a", "b").dtype.str, "<U1");
  eq(S.strip(np.array(" a ")).dtype.str, "<U3");
  eq(S.upper("abc").shape, []);
});

test("differences: pieces are JS lists; parts are arrays of their own; there is no chararray", () => {
  eq(C.split([["a b"], ["c"]]), [[["a", "b"]], [["c"]]]);
  eq(C.split("a,b,c", ",", 1), ["a", "b,c"]);
  eq(C.rsplit(" a b c ", null, 1), [" a b", "c"]);
  eq(C.splitlines("a\r\nb\n\nc", true), ["a\r\n", "b\n", "\n", "c"]);
  eq(C.split(np.array(["a b"], "S")), [[Uint8Array.of(97), Uint8Array.of(98)]]);
  eq(
    S.partition(["a-b"], "-").every((part) => part.flags.owndata),
    true,
  );
  eq(
    ["chararray", "array", "asarray"].filter((name) => name in C),
    [],
  );
});

test("differences: codecs, formats, tables, options", () => {
  throws(() => S.encode(a, "cp1252"), "value", /encoding/);
  throws(() => S.mod(["%r"], [1]), "value", /repr/);
  eq(list(S.translate(["a1b"], new Map([["1", "x"]]))), ["axb"]);
  eq(list(S.translate(["a1b"], { a: "yy", 98: null })), ["yy1"]);
  const upper = Uint8Array.from({ length: 256 }, (_, k) => (k > 96 && k < 123 ? k - 32 : k));
  eq(list(S.decode(S.translate(np.array(["abc"], "S"), upper, "b"))), ["AC"]);
  throws(() => S.translate(np.array(["a"], "S"), { a: "b" }), "dtype", /table for bytes/);
  throws(() => np.equal(a, "x", { dtype: "bool" }), "dtype", /dtype cannot be given/);
  eq(list(S.upper(["ǆ"])), ["Ǆ"]);
});

test("comparisons of np.char leave out white space at the ends", () => {
  eq(list(C.equal(["a ", "a\t\n", " a"], "a")), [true, true, false]);
  eq(list(S.equal(["a ", "a"], "a")), [false, true]);
  eq(list(C.compareChararrays(["a "], ["a"], ">", false)), [true]);
  eq(list(C.lessEqual(["a ", "b"], "a")), [true, false]);
  throws(() => C.compareChararrays(a, a, "=" as never, true), "value", /cmp/);
});
