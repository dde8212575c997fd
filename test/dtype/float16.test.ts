import assert from "node:assert/strict";
import { test } from "node:test";
import { fromFloat16, toFloat16 } from "../../src/dtype/float16.ts";

const ROWS: readonly (readonly [number, number])[] = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [1 + 2 ** -10, 0x3c01],
];

test("a float16 is the number that its bits say", () => {
  for (const [value, bits] of ROWS) {
    assert.equal(fromFloat16(bits), value);
    assert.equal(toFloat16(value), bits);
  }
});

test("every bit pattern survives the way out and back", () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = fromFloat16(bits);
    if (Number.isNaN(value)) assert.equal(toFloat16(value) & 0x7fff, 0x7e00);
    else assert.equal(toFloat16(value), bits);
  }
});

test("a number rounds once, to the nearest, ties to even", () => {
  const rows: readonly (readonly [number, number])[] = [
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    // Through float32 this would become the tie above and round down.
    [1 + 2 ** -11 + 2 ** -40, 0x3c01],
    [65519.999, 0x7bff],
    [65520, 0x7c00],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.0001, 0x0001],
    [2 ** -14 - 2 ** -26, 0x0400],
    [1e-300, 0x0000],
    [-1e300, 0xfc00],
  ];
  for (const [value, bits] of rows) assert.equal(toFloat16(value), bits, String(value));
});

test("between neighbours, the nearer one wins", () => {
  for (let bits = 0; bits < 0x7bff; bits += 7) {
    const [low, high] = [fromFloat16(bits), fromFloat16(bits + 1)];
    assert.equal(toFloat16(low + (high - low) * 0.49), bits);
    assert.equal(toFloat16(low + (high - low) * 0.51), bits + 1);
  }
});
