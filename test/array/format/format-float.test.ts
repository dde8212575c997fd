import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatFloatPositional,
  formatFloatScientific,
  type PositionalOptions,
  type ScientificOptions,
} from "../../../src/array/format/format-float.ts";
import { isNdError } from "../../../src/errors.ts";
import { filled } from "./filled.ts";

type Fact = readonly [
  notation: "positional" | "scientific",
  x: number,
  options: PositionalOptions & ScientificOptions,
  text: string,
];

// What NumPy writes.
// biome-ignore-start lint/correctness/noPrecisionLoss: the facts hold the digits that Python prints.
// biome-ignore format: one fact a line.
const facts: readonly Fact[] = [
  ["positional", 0, {}, "0."],
  ["positional", -0, {}, "-0."],
  ["positional", 1, {}, "1."],
  ["positional", 0.1, {}, "0.1"],
  ["positional", 0.3333333333333333, {}, "0.3333333333333333"],
  ["positional", 1e22, {}, "10000000000000000000000."],
  ["positional", 1e23, {}, "100000000000000000000000."],
  ["positional", 5e-324, {}, "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005"],
  ["positional", 9007199254740992.0, {}, "9007199254740992."],
  ["positional", 2251799813685248.0, {}, "2251799813685248."],
  ["positional", 0.1, { dtype: "float32" }, "0.1"],
  ["positional", 16777216, { dtype: "float32" }, "16777216."],
  ["positional", 0.3333333333333333, { dtype: "float32" }, "0.33333334"],
  ["positional", 0.1, { dtype: "float16" }, "0.1"],
  ["positional", 256.25, { dtype: "float16" }, "256.2"],
  ["positional", 67108896, { dtype: "float32" }, "67108900."],
  ["positional", 0.25, { minDigits: 5, fractional: false }, "0.25000"],
  ["scientific", 4, { minDigits: 3, trim: "-" }, "4.e+00"],
  ["scientific", 10, { precision: 30, unique: false, trim: "-" }, "1e+01"],
  ["scientific", 4.1, { minDigits: 3, trim: "-" }, "4.1e+00"],
  ["positional", 2097152.25, { dtype: "float32" }, "2097152.2"],
  ["positional", 0.5, { precision: 4, unique: false, fractional: false }, "0.500"],
  ["positional", 65504, { dtype: "float16" }, "65500."],
  ["positional", 6e-8, { dtype: "float16" }, "0.00000006"],
  ["positional", 0.126953125, { dtype: "float32" }, "0.12695312"],
  ["positional", 3.4028235e38, { dtype: "float32" }, "340282350000000000000000000000000000000."],
  ["positional", 0.5, { precision: 0 }, "0."],
  ["positional", 0.5, { precision: 2 }, "0.5"],
  ["positional", 1.5, { precision: 0 }, "2."],
  ["positional", 1.5, { precision: 2 }, "1.5"],
  ["positional", 2.5, { precision: 0 }, "2."],
  ["positional", 2.5, { precision: 2 }, "2.5"],
  ["positional", 2.675, { precision: 0 }, "3."],
  ["positional", 2.675, { precision: 2 }, "2.67"],
  ["positional", 0.125, { precision: 0 }, "0."],
  ["positional", 0.125, { precision: 2 }, "0.12"],
  ["positional", 0.125, { precision: 2, unique: false }, "0.12"],
  ["positional", 0.1, { precision: 20, unique: false }, "0.10000000000000000555"],
  ["positional", 2.675, { precision: 2, unique: false }, "2.67"],
  ["positional", 1e23, { precision: 1, unique: false }, "99999999999999991611392.0"],
  ["positional", 0.9996, { precision: 2 }, "1."],
  ["positional", 1.2000001, { precision: 3 }, "1.200"],
  ["positional", 1.1996, { precision: 3 }, "1.2"],
  ["positional", 0.0001, { precision: 2 }, "0.00"],
  ["positional", 0.0001, { precision: 2, trim: "-" }, "0"],
  ["positional", 0.006, { precision: 2 }, "0.01"],
  ["positional", 0.06, { precision: 0 }, "0."],
  ["positional", 0.6, { precision: 0 }, "1."],
  ["positional", 2, { trim: "k" }, "2."],
  ["positional", 2.5, { trim: "k", precision: 4, unique: false }, "2.5000"],
  ["positional", 2, { trim: "." }, "2."],
  ["positional", 2.5, { trim: ".", precision: 4, unique: false }, "2.5"],
  ["positional", 2, { trim: "0" }, "2.0"],
  ["positional", 2.5, { trim: "0", precision: 4, unique: false }, "2.5"],
  ["positional", 2, { trim: "-" }, "2"],
  ["positional", 2.5, { trim: "-", precision: 4, unique: false }, "2.5"],
  ["positional", 12345.678, { precision: 3, fractional: false }, "12300."],
  ["positional", 0.0012345, { precision: 2, fractional: false }, "0.0012"],
  ["positional", 0.35, { minDigits: 5, fractional: false }, "0.3500"],
  ["positional", 1.5, { minDigits: 5 }, "1.50000"],
  ["positional", 0.1, { minDigits: 20 }, "0.10000000000000000555"],
  ["positional", 0.1, { minDigits: 12, dtype: "float32" }, "0.100000001490"],
  ["positional", 1e22, { minDigits: 0 }, "10000000000000000000000."],
  ["positional", 1e23, { minDigits: 0 }, "99999999999999991611392."],
  ["positional", 1.5, { minDigits: 5, precision: 0 }, "2.00000"],
  ["positional", 1.5, { padLeft: 4, padRight: 3 }, "   1.5  "],
  ["positional", 2, { padLeft: 3, padRight: 2, trim: "-" }, "  2   "],
  ["positional", -1.5, { padLeft: 3 }, " -1.5"],
  ["positional", 1.5, { sign: true, padLeft: 3 }, " +1.5"],
  ["positional", NaN, { sign: true }, "nan"],
  ["positional", Infinity, { sign: true, padLeft: 9 }, "+inf"],
  ["positional", -Infinity, {}, "-inf"],
  ["scientific", 0, {}, "0.e+00"],
  ["scientific", -0, {}, "-0.e+00"],
  ["scientific", 1234.5, {}, "1.2345e+03"],
  ["scientific", 1e-5, {}, "1.e-05"],
  ["scientific", 1e100, {}, "1.e+100"],
  ["scientific", 5e-324, {}, "5.e-324"],
  ["scientific", 5.684341886080802e-14, {}, "5.684341886080802e-14"],
  ["scientific", 5.986310706507379e51, {}, "5.986310706507379e+51"],
  ["scientific", 5.986310706507379e51, { precision: 15, unique: false }, "5.986310706507378e+51"],
  ["scientific", 1e-323, { minDigits: 3 }, "9.881e-324"],
  ["scientific", 1234.5, { precision: 2 }, "1.23e+03"],
  ["scientific", 1235, { precision: 2 }, "1.24e+03"],
  ["scientific", 1245, { precision: 2 }, "1.24e+03"],
  ["scientific", 9.9996, { precision: 2 }, "1.e+01"],
  ["scientific", 1e22, { precision: 0 }, "1.e+22"],
  ["scientific", 0.1, { precision: 8, unique: false, dtype: "float32" }, "1.00000001e-01"],
  ["scientific", 0.1, { minDigits: 9, dtype: "float32" }, "1.000000015e-01"],
  ["scientific", 5.960464477539063e-8, { dtype: "float16" }, "6.e-08"],
  ["scientific", 1e-45, { dtype: "float32" }, "1.e-45"],
  ["scientific", 1000, { trim: "k" }, "1.e+03"],
  ["scientific", 1000, { trim: "." }, "1.e+03"],
  ["scientific", 1000, { trim: "0" }, "1.0e+03"],
  ["scientific", 1000, { trim: "-" }, "1e+03"],
  ["scientific", 4.0000001, { precision: 3, trim: "-" }, "4.e+00"],
  ["scientific", 100000, { expDigits: 1 }, "1.e+5"],
  ["scientific", 100000, { expDigits: 4 }, "1.e+0005"],
  ["scientific", -1.5, { padLeft: 4, sign: true }, "  -1.5e+00"],
  ["scientific", NaN, {}, "nan"],
  ["scientific", -Infinity, {}, "-inf"],
];
// biome-ignore-end lint/correctness/noPrecisionLoss: see above.

const writers = { positional: formatFloatPositional, scientific: formatFloatScientific };

test("a float is written as NumPy writes it", () => {
  for (const [notation, x, options, text] of facts) {
    assert.equal(writers[notation](x, options), text, `${notation} ${x} ${JSON.stringify(options)}`);
  }
});

test("a 0-d array of floats is written in the precision of its dtype", () => {
  assert.equal(formatFloatPositional(filled([0.1], "float32", []) as never), "0.1");
  assert.equal(formatFloatPositional(filled([256.25], "float16", []) as never), "256.2");
  assert.equal(formatFloatScientific(filled([0.1], "float64", []) as never), "1.e-01");
});

test("a number is rounded to the precision that is asked for", () => {
  assert.equal(formatFloatPositional(16777217, { dtype: "float32" }), "16777216.");
  assert.equal(formatFloatPositional(1e6, { dtype: "float16" }), "inf");
});

test("options that contradict each other, and what is not one float, are refused", () => {
  const refused: readonly (() => string)[] = [
    () => formatFloatPositional(1.5, { unique: false }),
    () => formatFloatPositional(1.5, { precision: 3, minDigits: 5 }),
    () => formatFloatPositional(1.5, { precision: 0, fractional: false }),
    () => formatFloatPositional(1.5, { padLeft: -1 }),
    () => formatFloatPositional(1.5, { precision: 1.5 }),
    () => formatFloatScientific(1.5, { trim: "x" as never }),
    () => formatFloatPositional(filled([1, 2], "float64") as never),
    () => formatFloatPositional(filled([1], "int32", []) as never),
    () => formatFloatPositional(5n as never),
  ];
  for (const call of refused) assert.throws(call, (error) => isNdError(error, "value"), String(call));
});
