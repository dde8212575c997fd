import assert from "node:assert/strict";
import { test } from "node:test";
import { runKernel } from "../../../scripts/accuracy/measure.ts";
import { besselI0, i0Kernel } from "../../../src/engine/kernels/bessel.ts";

// From mpmath's besseli(0, x) at 50 digits.
const known: readonly (readonly [number, number])[] = [
  [1e-300, 1.0],
  [0.5, 1.0634833707413236],
  [1.0, 1.2660658777520084],
  [3.75, 9.118945860844567],
  [8.0, 427.5641157218048],
  [14.0, 129418.56270064856],
  [19.999, 43515848.29718873],
  [20.0, 43558282.559553534],
  [30.5, 1278062138712.5664],
  [100.0, 1.0737517071310738e42],
  [700.0, 1.5295933476718737e302],
  [713.0, 6.705128263670996e307],
];

test("I0 is right to some ulp, near and far", () => {
  for (const [x, right] of known) {
    assert.ok(Math.abs(besselI0(x) - right) <= 4 * 2 ** -52 * right, `${x}: ${besselI0(x)}, not ${right}`);
    assert.equal(besselI0(-x), besselI0(x));
  }
});

test("I0 of nothing, of infinities and of NaN", () => {
  assert.equal(besselI0(0), 1);
  assert.equal(besselI0(Number.NEGATIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(besselI0(Number.NaN)));
  assert.ok(besselI0(713) < Number.POSITIVE_INFINITY);
  assert.deepEqual(
    [...runKernel({ kernel: i0Kernel }, "f->f", [Float32Array.of(0, 1)])],
    [1, Math.fround(besselI0(1))],
  );
});
