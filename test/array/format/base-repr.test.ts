import assert from "node:assert/strict";
import { test } from "node:test";
import { baseRepr, binaryRepr } from "../../../src/array/format/base-repr.ts";
import { isNdError } from "../../../src/errors.ts";

// What NumPy gives.
const binary: readonly (readonly [num: number | bigint, width: number | undefined, text: string])[] = [
  [0, undefined, "0"],
  [0, 0, "0"],
  [0, 3, "000"],
  [3, undefined, "11"],
  [3, 5, "00011"],
  [-3, undefined, "-11"],
  [-3, 3, "101"],
  [-3, 5, "11101"],
  [-1, 1, "1"],
  [-4, 3, "100"],
  [-10, 10, "1111110110"],
  [2n ** 64n, undefined, `1${"0".repeat(64)}`],
];

test("binaryRepr writes base 2, and two's complement in a width", () => {
  for (const [num, width, text] of binary) assert.equal(binaryRepr(num, width), text, `${num} in ${width}`);
});

const bases: readonly (readonly [num: number | bigint, base: number, padding: number, text: string])[] = [
  [0, 2, 0, "0"],
  [0, 2, 3, "000"],
  [10, 3, 0, "101"],
  [-10, 36, 0, "-A"],
  [-1, 2, 3, "-0001"],
  [255, 16, 2, "00FF"],
  [2n ** 70n, 36, 0, "6X5KXTVUWILUKG"],
];

test("baseRepr writes any base up to 36", () => {
  for (const [num, base, padding, text] of bases) assert.equal(baseRepr(num, base, padding), text);
});

test("a width that is too small, a strange base and a fraction are refused", () => {
  const refused: readonly (() => string)[] = [
    () => binaryRepr(3, 1),
    () => binaryRepr(-3, 2),
    () => binaryRepr(-5, 3),
    () => binaryRepr(3, -1),
    () => binaryRepr(1.5),
    () => baseRepr(5, 1),
    () => baseRepr(5, 37),
    () => baseRepr(5, 2, -1),
    () => baseRepr(1.5),
  ];
  for (const call of refused) assert.throws(call, (error) => isNdError(error, "value"), String(call));
});
