import assert from "node:assert/strict";
import { test } from "node:test";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { codes, names } from "../../src/dtype/names.ts";
import { type DTypeLike, dtype, toDescriptor } from "../../src/dtype/parse.ts";
import { type PlainDType, plain } from "../../src/dtype/table.ts";
import { DTypeError } from "../../src/errors.ts";

// As NumPy 2.4 on 64-bit Linux reads them; names in one row mean the same dtype.
const SAME: readonly (readonly [PlainDType, string])[] = [
  ["bool", "bool bool_ ? b1 |b1 <? =b1 >?"],
  ["int8", "int8 byte b i1 |i1 <b >i1"],
  ["int16", "int16 short h i2 <i2 =h |i2"],
  ["int32", "int32 intc i i4 <i4 =i"],
  ["int64", "int64 int int_ long longlong l q i8 <i8 =q"],
  ["uint8", "uint8 ubyte B u1 |u1 >B"],
  ["uint16", "uint16 ushort H u2 <u2"],
  ["uint32", "uint32 uintc I u4 <u4"],
  ["uint64", "uint64 uint ulong ulonglong L Q u8 <u8"],
  ["float16", "float16 half e f2 <f2"],
  ["float32", "float32 single f f4 <f4 =f |f4"],
  ["float64", "float64 double float d f8 <f8"],
  ["complex64", "complex64 csingle F c8 <c8"],
  ["complex128", "complex128 cdouble complex D c16 <c16"],
];

test("every name and code of a plain dtype gives its one descriptor", () => {
  for (const [name, texts] of SAME) {
    for (const text of texts.split(" ")) assert.equal(toDescriptor(text), plain[name], text);
  }
});

test("the rows above leave out no name but those of the index type", () => {
  const known = new Set(SAME.flatMap(([, texts]) => texts.split(" ")));
  const left = [...Object.keys(names), ...Object.keys(codes)].filter((name) => !known.has(name));
  assert.deepEqual(left.sort(), ["N", "P", "intp", "n", "p", "uintp"]);
});

test("the index type is int32, as index arrays are", () => {
  assert.equal(dtype("intp"), plain.int32);
  assert.equal(dtype("uintp"), plain.uint32);
});

test("a descriptor stands for itself", () => {
  assert.equal(dtype(plain.float32), plain.float32);
});

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["flaot32", /"flaot32" is not understood; give a name/],
  ["Float32", /not understood/],
  ["", /"" is not understood/],
  [" i4", /not understood/],
  ["i3", /not understood/],
  ["u", /not understood/],
  ["!i4", /not understood/],
  ["==f8", /not understood/],
  [">f4", /always native.*byteswap on "f4"/],
  [">i8,u1", /">i8" in ">i8,u1".*always native/],
  ["g", /use float64/],
  ["longdouble", /use float64/],
  ["O", /not objects/],
  ["T", /no strings of variable width/],
  ["str320", /its code/],
];

test("a text that is no dtype is an error that says what to do", () => {
  for (const [text, message] of REFUSED) {
    assert.throws(
      () => toDescriptor(text),
      (error: Error) => error instanceof DTypeError && message.test(error.message),
      text,
    );
  }
});

test("what is no spec at all is an error", () => {
  for (const value of [undefined, null, 3, true, Symbol("x"), () => 0]) {
    assert.throws(() => toDescriptor(value), { kind: /dtype|value/ });
  }
});

test("the types know what a name stands for", () => {
  const single: Descriptor<"float32"> = dtype("float32");
  const coded: Descriptor<"float32"> = dtype("<f4");
  const flag: Descriptor<"bool"> = dtype("?");
  const pair: Descriptor<"void"> = dtype("i4,f8");
  const listed: Descriptor<"void"> = dtype([
    ["x", "f4"],
    ["y", "u1", [2]],
  ]);
  const raw: Descriptor<"void"> = dtype("V8");
  const wide: string = "f8";
  const any: Descriptor = dtype(wide);
  const like: DTypeLike = "int8";
  const liked: Descriptor = dtype(like);
  // @ts-expect-error a name that is none
  assert.throws(() => dtype("flaot32"));
  // @ts-expect-error float32 is not float64
  const wrong: Descriptor<"float64"> = dtype("f4");
  assert.deepEqual([single, coded, flag, pair, listed, raw, any, liked, wrong].map(String), [
    "float32",
    "float32",
    "bool",
    "[('f0', '<i4'), ('f1', '<f8')]",
    "[('x', '<f4'), ('y', 'u1', (2,))]",
    "|V8",
    "float64",
    "int8",
    "float32",
  ]);
});
