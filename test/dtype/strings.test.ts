import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

/** Facts of the dtypes of strings and of arrays of them; strings-numpy.test.ts compares more of them with NumPy. */

const eq: (a: unknown, b: unknown) => void = assert.deepEqual;
const throws = (run: () => unknown, kind: np.NdError["kind"], text: RegExp) =>
  assert.throws(run, (error: unknown) => np.isNdError(error, kind) && text.test(error.message), String(text));

test("a dtype of strings has NumPy's facts, whatever it is called", () => {
  const facts: [
    spec: string,
    repr: string,
    itemsize: number,
    alignment: number,
    str: string,
    name: string,
  ][] = [
    ["S5", "dtype('S5')", 5, 1, "|S5", "bytes40"],
    ["<S5", "dtype('S5')", 5, 1, "|S5", "bytes40"],
    [">S5", "dtype('S5')", 5, 1, "|S5", "bytes40"],
    ["a5", "dtype('S5')", 5, 1, "|S5", "bytes40"],
    ["c", "dtype('S1')", 1, 1, "|S1", "bytes8"],
    ["U10", "dtype('<U10')", 40, 4, "<U10", "str320"],
    ["<U3", "dtype('<U3')", 12, 4, "<U3", "str96"],
    ["|U3", "dtype('<U3')", 12, 4, "<U3", "str96"],
    ["=U3", "dtype('<U3')", 12, 4, "<U3", "str96"],
    ["S", "dtype('S')", 0, 1, "|S0", "bytes"],
    ["bytes", "dtype('S')", 0, 1, "|S0", "bytes"],
    ["str", "dtype('<U')", 0, 4, "<U0", "str"],
    ["U0", "dtype('<U')", 0, 4, "<U0", "str"],
    ["unicode", "dtype('<U')", 0, 4, "<U0", "str"],
  ];
  for (const [spec, repr, itemsize, alignment, str, name] of facts) {
    const dtype: np.Descriptor = np.dtype(spec as "U");
    eq([dtype.repr(), dtype.itemsize, dtype.alignment], [repr, itemsize, alignment]);
    eq([dtype.str, dtype.name, String(dtype)], [str, name, str]);
    eq([dtype.kind, dtype.char, dtype.num], str.includes("U") ? ["U", "U", 19] : ["S", "S", 18]);
    eq([dtype.byteorder, dtype.isbuiltin], [str.includes("U") ? "=" : "|", itemsize === 0 ? 1 : 0]);
    eq(np.dtype(JSON.parse(JSON.stringify(dtype)) as "U").equals(dtype), true);
  }
  assert.equal(np.dtype("U3"), np.dtype("<U3"));
  eq(np.dtype("U1000").equals(np.dtype("U1000")), true);
  eq(np.dtype(["U", 3]).str, "<U3");
  eq(np.dtype(["U3", 2]).repr(), "dtype(('<U3', (2,)))");
  eq(np.dtype("S5,U2").repr(), "dtype([('f0', 'S5'), ('f1', '<U2')])");
  eq(
    np.dtype([
      ["n", "U10"],
      ["x", "f8"],
    ]).itemsize,
    48,
  );
});

test("what is no dtype of strings says what to write", () => {
  throws(() => np.dtype(">U3" as "U3"), "dtype", /memory is always native/);
  throws(() => np.dtype("T" as "U"), "dtype", /variable width/);
  throws(() => np.dtype("str320" as "U"), "dtype", /write "U10"/);
  throws(() => np.dtype("U-1" as "U"), "dtype", /not understood/);
  throws(() => np.dtype("U1000000000"), "value", /too long/);
  throws(() => np.dtype("U3").newbyteorder(">"), "dtype", /native/);
  eq(np.dtype("S3").newbyteorder(">").str, "|S3");
});

test("strings hold numbers as text; other dtypes and weak scalars do not go with them", () => {
  const widths = {
    bool: 5,
    int8: 4,
    uint8: 3,
    int16: 6,
    uint16: 5,
    int32: 11,
    uint32: 10,
    int64: 21,
    uint64: 20,
  };
  for (const [type, width] of Object.entries({ ...widths, float16: 32, float64: 32, complex64: 64 })) {
    eq(np.promoteTypes(type as "bool", "U2").str, `<U${width}`);
    eq(np.promoteTypes("S2", type as "bool").str, `|S${width}`);
    eq([np.canCast(type as "bool", "U"), np.canCast("U", type as "bool")], [true, false]);
  }
  eq([np.promoteTypes("S5", "U3").str, np.resultType("U3", true).str], ["<U5", "<U5"]);
  throws(() => np.resultType("U3", 5), "dtype", /no dtype holds both <U3 and the scalar 5/);
  throws(() => np.promoteTypes("U3", "V4"), "dtype", /no dtype holds both/);
  throws(() => np.promoteTypes("U3", "M8[s]"), "dtype", /no dtype holds both/);
  eq(
    [np.issubdtype("U3", "character"), np.issubdtype("S", "flexible"), np.issubdtype("U3", "U5")],
    [true, true, true],
  );
  eq([np.issubdtype("U3", "number"), np.isdtype("U3", "numeric")], [false, false]);
  eq([np.minScalarType("abc").str, np.minScalarType(np.array("ab")).str], ["<U3", "<U2"]);
});

test("lists of text become strings as wide as the longest; what is too long for a dtype is cut", () => {
  const facts: [a: np.NDArray, repr: string][] = [
    [np.array(["a", "bcd"]), "array(['a', 'bcd'], dtype='<U3')"],
    [np.array([""]), "array([''], dtype='<U1')"],
    [np.array([["a"], ["😀"]]), "array([['a'],\n       ['😀']], dtype='<U1')"],
    [np.array(["ab", "c"], "S"), "array([b'ab', b'c'], dtype='|S2')"],
    [np.array(["abc"], "U2"), "array(['ab'], dtype='<U2')"],
    [np.array([], "U"), "array([], dtype='<U1')"],
    [np.array([1.5, 2n, true], "U"), "array(['1.5', '2', 'True'], dtype='<U4')"],
    [np.array([1.5, "a"]), "array(['1.5', 'a'], dtype='<U32')"],
    [np.array([5n, "a"]), "array(['5', 'a'], dtype='<U21')"],
    [np.array([np.complex(1, 2), "a"]), "array(['(1+2j)', 'a'], dtype='<U64')"],
    [
      np.array([["a", "b"], np.array(["cc", "d"], "S")]),
      "array([['a', 'b'],\n       ['cc', 'd']], dtype='<U2')",
    ],
    [np.array(["a\0b\0"]), "array(['a\\x00b'], dtype='<U4')"],
    [np.zeros(2, "U"), "array(['', ''], dtype='<U1')"],
    [np.full(2, "abc"), "array(['abc', 'abc'], dtype='<U3')"],
    [np.full(2, 12, "S"), "array([b'1', b'1'], dtype='|S1')"],
    [np.ones(2, "U3"), "array(['1', '1'], dtype='<U3')"],
    [np.fullLike(np.array(["abc"]), "defg"), "array(['def'], dtype='<U3')"],
    [np.array("it's"), `array("it's", dtype='<U4')`],
    [np.array(["a\\", "\n"], "S"), "array([b'a\\\\', b'\\n'], dtype='|S2')"],
    [np.zeros([2, 0], "S3"), "array([], shape=(2, 0), dtype='|S3')"],
  ];
  for (const [a, repr] of facts) eq(a.repr(), repr);
  throws(() => np.array(["é"], "S"), "value", /array: element \[0\]: "é" has "é" \(U\+00E9\)/);
  throws(() => np.array(["a", ["b"]]), "shape", /ragged/);
  throws(() => np.array(["a", null]), "dtype", /null/);
  throws(() => np.arange(3, "U2" as "f8"), "dtype", /cannot be counted/);
});

test("elements are strings and bytes, written through every way in", () => {
  const a = np.array(["ab", "c"], "U3");
  const text: string = a.at(0);
  const bytes: Uint8Array = a.astype("S").at(1);
  eq([text, bytes], ["ab", Uint8Array.of(99)]);
  a.set(0, "wxyz");
  a.set(1, 1.5);
  eq(a.tolist(), ["wxy", "1.5"]);
  a.fill(true);
  eq([a.item(0), [...a]], ["Tru", ["Tru", "Tru"]]);
  a.flat.set(":", ["p", "q"]);
  eq(a.toJSON(), ["p", "q"]);
  np.copyto(a, "z");
  eq(a.tolist(), ["z", "z"]);
  const b = np.zeros(2, "S2");
  b.set(0, Uint8Array.of(200, 1, 2));
  eq(b.tolist(), [Uint8Array.of(200, 1), new Uint8Array(0)]);
  throws(() => b.set(0, "é"), "value", /not ASCII/);
  throws(() => b.astype("U"), "value", /0xc8 is not ASCII/);
  eq([...a.data], [122, 0, 0, 122, 0, 0]);
  const numbers = np.array(["1", " 2_0 "], "int32");
  numbers.set(0, "7");
  eq(numbers.tolist(), [7, 20]);
  throws(() => numbers.set(0, "x"), "value", /not an integer/);
  throws(() => np.array(["300"]).astype("int8"), "value", /300 is out of bounds/);
  throws(() => np.array([0x110000], "u4").view("U1").tolist(), "value", /no code point/);
});

test("structures of strings are made, printed, compared, changed by field and saved", () => {
  const s = np.array(
    [
      ["ada", "x", 1.5],
      ["bob", "yz", 2],
    ],
    [
      ["name", "U4"],
      ["tag", "S2"],
      ["x", "f8"],
    ],
  );
  eq(
    s.repr(),
    "array([('ada', b'x', 1.5), ('bob', b'yz', 2. )],\n      dtype=[('name', '<U4'), ('tag', 'S2'), ('x', '<f8')])",
  );
  eq(s.at(0), { name: "ada", tag: Uint8Array.of(120), x: 1.5 });
  s.field("name").set(":", ["longer", "q"]);
  eq(s.field("name").tolist(), ["long", "q"]);
  eq([np.arrayEqual(s, s), np.arrayEqual(s, np.zerosLike(s))], [true, false]);
  const back = np.loadSync(np.npyBytes(s)) as np.NDArray;
  eq(back.repr(), s.repr());
  eq(String((np.loadSync(np.npyBytes(np.array(["a", "é"]))) as np.NDArray).dtype), "<U1");
});

test("the types of results follow from those of the operands", () => {
  const joined: np.NDArray<"str"> = np.add(np.array(["a"]), "b");
  const both: np.NDArray<"str"> = np.strings.add(["a"], ["b"]);
  const bytes: np.NDArray<"bytes"> = np.strings.upper(np.array(["a"], "S"));
  const mixed: np.Descriptor<"str"> = np.promoteTypes("S3", "U2");
  const chosen: np.NDArray<"str"> = np.where([true], "a", "b");
  eq([joined, both, bytes, chosen].map((a) => a.size).concat(mixed.itemsize), [1, 1, 1, 1, 12]);
});
