import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, solve } from "../../src/layout/diophantine.ts";

/** Whether Σ a·x = sum with 0 <= x <= u, for pairs [a, u]. */
function answer(terms: readonly (readonly [number, number])[], sum: number, candidates = Infinity): Answer {
  const coefficients = terms.map(([a]) => a);
  return solve({ coefficients, bounds: terms.map(([, u]) => u), sum }, { left: candidates });
}

// biome-ignore format: one fact, one row
const facts: [terms: [number, number][], sum: number, expected: Answer][] = [
  [[], 0, "yes"],
  [[], 1, "no"],
  [[[5, 3]], 0, "yes"],
  [[[5, 3]], 15, "yes"],
  [[[5, 3]], 20, "no"],
  [[[5, 3]], 7, "no"],
  [[[5, 3]], -5, "no"],
  [[[5, 0]], 5, "no"],
  // 3x + 5y reaches everything from 8 on, and not 7.
  [[[3, 100], [5, 100]], 7, "no"],
  [[[3, 100], [5, 100]], 8, "yes"],
  [[[3, 100], [5, 100]], 793, "no"],
  [[[3, 100], [5, 100]], 792, "yes"],
  // 6, 10 and 15 have no common divisor, but each two have; 29 is the last number they miss.
  [[[6, 50], [10, 50], [15, 50]], 29, "no"],
  [[[6, 50], [10, 50], [15, 50]], 30, "yes"],
  [[[6, 50], [10, 50], [15, 50]], 31, "yes"],
  // The coins 7, 11 and 13 miss 30 and nothing after.
  [[[7, 9], [11, 9], [13, 9]], 30, "no"],
  [[[7, 9], [11, 9], [13, 9]], 31, "yes"],
];

test("small equations have the solutions that they have", () => {
  for (const [terms, sum, expected] of facts) {
    assert.equal(answer(terms, sum), expected, JSON.stringify([terms, sum]));
  }
});

/** Integers of every size up to 2^bits, the same in every run. */
function randomIntegers(seed: number) {
  let state = seed;
  const fraction = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
}

/** Every value that the terms reach. */
function reachable(terms: readonly (readonly [number, number])[]): number[] {
  let sums = [0];
  for (const [a, u] of terms) {
    sums = sums.flatMap((sum) => Array.from({ length: u + 1 }, (_, x) => sum + a * x));
  }
  return sums;
}

test("random equations agree with trying everything, for coefficients of every size", () => {
  const integer = randomIntegers(11);
  const seen = { yes: 0, no: 0 };
  for (let round = 0; round < 3000; round++) {
    const size = [5, 30, 1000, 2 ** 20, 2 ** 31, 2 ** 45][integer(0, 5)]!;
    const divisor = integer(1, 6);
    const terms = Array.from({ length: integer(1, 5) }, () => {
      const a = integer(1, size) * (integer(0, 1) === 0 ? divisor : 1);
      return [a, integer(0, 4)] as const;
    });
    const sums = new Set(reachable(terms));
    const list = [...sums];
    for (let k = 0; k < 4; k++) {
      const sum = list[integer(0, list.length - 1)]! + integer(-2, 2) * (k % 2 === 0 ? 1 : divisor);
      const expected = sums.has(sum) ? "yes" : "no";
      seen[expected]++;
      assert.equal(answer(terms, sum), expected, JSON.stringify([terms, sum]));
      const capped = answer(terms, sum, integer(1, 3));
      assert.ok(capped === expected || capped === "too hard", JSON.stringify([terms, sum]));
    }
  }
  assert.ok(seen.yes > 2000 && seen.no > 2000, JSON.stringify(seen));
});

test("equations in two unknowns and in nested ones need no candidate at all", () => {
  const integer = randomIntegers(12);
  for (let round = 0; round < 2000; round++) {
    const [a, b] = [integer(1, 2 ** 30), integer(1, 2 ** 30)];
    const pair = [
      [a, integer(1, 2 ** 20)],
      [b, integer(1, 2 ** 20)],
    ] as const;
    assert.notEqual(answer(pair, integer(0, 2 ** 50), 0), "too hard");
    assert.equal(answer(pair, a * integer(0, pair[0][1]) + b * integer(0, pair[1][1]), 0), "yes");
    let stride = 1;
    const chain = Array.from({ length: 8 }, () => [(stride *= integer(1, 20)), integer(0, 30)] as const);
    assert.notEqual(answer(chain, integer(0, stride * 30), 0), "too hard");
  }
});

test("terms whose total passes 2^53 are added without rounding", () => {
  const top = 2 ** 52;
  const coefficients = [top - 1, top - 2, top - 4, top - 8, top - 16];
  const terms = coefficients.map((a) => [a, 1] as const);
  const pairs = new Set(coefficients.flatMap((a, k) => coefficients.slice(k + 1).map((b) => a + b)));
  for (let below = 0; below <= 30; below++) {
    const sum = 2 * top - 1 - below;
    assert.equal(answer(terms, sum), pairs.has(sum) ? "yes" : "no", `2^53 - 1 - ${below}`);
  }
});

/** Unknowns that are 0 or 1: do some of these numbers add up to the sum? */
function subsetSum(count: number, bits: number) {
  const integer = randomIntegers(count + bits);
  const terms = Array.from({ length: count }, () => [1 + integer(0, 2 ** bits), 1] as const);
  return { terms, half: Math.floor(terms.reduce((sum, [a]) => sum + a, 0) / 2) };
}

test("a hard equation is given up after the candidates it was allowed", () => {
  const { terms, half } = subsetSum(120, 45);
  for (const candidates of [1, 10, 1000]) {
    const budget = { left: candidates };
    const coefficients = terms.map(([a]) => a);
    assert.equal(solve({ coefficients, bounds: terms.map(([, u]) => u), sum: half }, budget), "too hard");
    assert.equal(budget.left, 0);
  }
});

test("a moderately hard equation is settled exactly without a cap, both ways", () => {
  const { terms, half } = subsetSum(16, 40);
  const sums = new Set(reachable(terms));
  const hit = [...sums].sort((x, y) => Math.abs(x - half) - Math.abs(y - half))[0]!;
  assert.equal(answer(terms, hit, 20), "too hard");
  assert.equal(answer(terms, hit), "yes");
  assert.ok(!sums.has(half));
  assert.equal(answer(terms, half, 20), "too hard");
  assert.equal(answer(terms, half), "no");
});

test("a larger cap never changes an answer, and a large enough one gives it", () => {
  for (let bits = 8; bits <= 20; bits += 2) {
    const { terms, half } = subsetSum(12, bits);
    const expected = answer(terms, half);
    let settled = false;
    for (let candidates = 1; candidates <= 2 ** 13; candidates *= 2) {
      const capped = answer(terms, half, candidates);
      assert.equal(capped, settled || capped !== "too hard" ? expected : "too hard");
      settled = capped !== "too hard";
    }
    assert.ok(settled);
  }
});

test("what is large in one part and small in the other is settled part by part", () => {
  // Rows and columns of two stepped views: each part alone is easy, all values together are many.
  const row = 2 ** 31;
  const terms = [
    [2, 40],
    [3, 40],
    [7 * row, 500],
    [11 * row, 500],
    [13 * row, 500],
  ] as const;
  assert.equal(answer(terms, 1 + 4000 * row, 1), "no");
  assert.equal(answer(terms, 199 + 4000 * row, 1), "no");
  assert.equal(answer(terms, 101 + 4000 * row, 10), "yes");
});
