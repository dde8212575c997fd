import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";
import { average } from "../../src/ops/average.ts";
import { countNonzero } from "../../src/ops/count.ts";
import { cumprod, cumsum, cumulativeProd, cumulativeSum } from "../../src/ops/cumulative.ts";
import { diff, ediff1d, trapezoid } from "../../src/ops/differences.ts";
import { amax, amin, max, min, ptp } from "../../src/ops/extrema.ts";
import { gradient } from "../../src/ops/gradient.ts";
import { median } from "../../src/ops/median.ts";
import * as nanReductions from "../../src/ops/nan-reductions.ts";
import * as nanStatistics from "../../src/ops/nan-statistics.ts";
import { argmax, argmin } from "../../src/ops/positions.ts";
import { percentile, quantile } from "../../src/ops/quantiles.ts";
import { mean, std, variance } from "../../src/ops/statistics.ts";
import { all, any, prod, sum } from "../../src/ops/sums.ts";
import { trace } from "../../src/ops/trace.ts";
import { type ArraySpec, arrayOf, difference, type NumPyAnswer } from "../engine/numpy-cases.ts";

const plain = {
  sum,
  prod,
  any,
  all,
  max,
  min,
  ptp,
  mean,
  var: variance,
  std,
  average,
  median,
  quantile,
  percentile,
};
const others = {
  countNonzero,
  argmax,
  argmin,
  cumsum,
  cumprod,
  cumulativeSum,
  cumulativeProd,
  diff,
  ediff1d,
  gradient,
};
const functions = {
  ...plain,
  ...others,
  trapezoid,
  trace,
  ...nanReductions,
  ...nanStatistics,
} as unknown as Record<string, (...args: unknown[]) => unknown>;

interface Call {
  readonly name: string;
  readonly array: ArraySpec;
  readonly options: Record<string, unknown>;
  readonly q?: number | number[];
  readonly where?: ArraySpec;
  readonly weights?: ArraySpec;
  readonly answer: NumPyAnswer;
}

function calls(seed: number, count: number): Call[] | null {
  const script = fileURLToPath(new URL("reduction_cases.py", import.meta.url));
  const args = ["-W", "ignore", script, String(seed), String(count)];
  const ran = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", args, {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (ran.error !== undefined || /No module named 'numpy'/.test(ran.stderr)) return null;
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Call);
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function run({ name, array, options, q, where, weights }: Call): unknown {
  const keywords = Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
  if (where !== undefined) keywords["where"] = arrayOf(where);
  if (weights !== undefined) keywords["weights"] = arrayOf(weights);
  const args = q === undefined ? [keywords] : [q, keywords];
  return functions[camel(name)]!(arrayOf(array), ...args);
}

/** Positions and counts are int32 here, as on NumPy's 32-bit platforms. */
const counts = /^(nan)?arg|count_nonzero/;
/** Results that NumPy puts together of others, in whatever order these have in memory. */
const composed = /quantile|percentile|median|trapezoid|average|gradient|cumulative/;

function check(call: Call): string | null {
  let result: unknown;
  try {
    result = run(call);
  } catch (error) {
    if (call.answer.error !== undefined && np.isNdError(error)) return null;
    throw error;
  }
  if (call.answer.error !== undefined) return `a result, not ${call.answer.error}`;
  const answer =
    counts.test(call.name) || composed.test(call.name) ? { ...call.answer, strides: null } : call.answer;
  const wide = (value: unknown) =>
    value instanceof np.NDArray ? np.astype(value, "int64") : BigInt(value as number);
  return difference(counts.test(call.name) ? wide(result) : result, answer, true);
}

test("reductions, statistics and differences are those of NumPy", (t) => {
  const drawn = calls(Number(process.env.SEED ?? 1), Number(process.env.COUNT ?? 250));
  if (drawn === null) return t.skip("no NumPy here");
  const wrong: string[] = [];
  for (const call of drawn) {
    let why: string | null;
    try {
      why = check(call);
    } catch (error) {
      why = String(error instanceof Error ? error.stack : error).slice(0, 300);
    }
    if (why === null) continue;
    const { dtype, shape, strides, offset } = call.array;
    const options = JSON.stringify({ ...call.options, q: call.q });
    wrong.push(`${call.name} of ${dtype} (${shape}) by (${strides})+${offset} ${options}: ${why}`);
  }
  assert.equal(wrong.length, 0, `${wrong.length} wrong\n${wrong.slice(0, 12).join("\n")}`);
});

test("what is scalar and what is an array", () => {
  const a = np.array([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(sum(a), 10);
  assert.equal(sum(np.array([1n, 2n])), 3n);
  assert.equal(any(a), true);
  assert.deepEqual(sum(a, 0).tolist(), [4, 6]);
  assert.deepEqual(sum(a, [0, 1]).shape, []);
  assert.deepEqual(sum(a, { keepdims: true }).tolist(), [[10]]);
  const out = np.zeros(2);
  assert.equal(sum(a, { axis: 1, out }), out);
  assert.deepEqual(out.tolist(), [3, 7]);
  assert.equal(amax(a), 4);
  assert.equal(amin(a), 1);
  assert.equal(argmax(a), 3);
  assert.equal(argmax(a, 0).dtype.name, "int32");
  assert.equal(countNonzero(a), 4);
});

test("a result over its own operand is as if that had been copied first", () => {
  const a = np.arange(6).astype("float64");
  sum(a.reshape(2, 3), { axis: 0, out: a.slice("1:4") });
  assert.deepEqual(a.tolist(), [0, 3, 5, 7, 4, 5]);
  const b = np.array([1, 2, 3, 4]);
  cumsum(b, { axis: 0, out: b.slice("::-1") });
  assert.deepEqual(b.tolist(), [10, 6, 3, 1]);
});

test("errors name the function and leave out as it was", () => {
  const out = np.array([7, 7, 7]);
  assert.throws(() => max(np.zeros(0)), /^ValueError: max: zero-size array/);
  assert.throws(() => sum(np.zeros([2, 3]), { axis: 1, out }), /^ShapeError: sum: out has shape \(3,\)/);
  assert.throws(() => sum(np.zeros(3), 1), /^IndexError: sum: axis 1 is out of bounds/);
  assert.throws(() => max(np.zeros(3), { where: [true, false, true] }), /needs initial/);
  assert.throws(() => argmax(np.zeros(0)), /^ValueError: argmax: attempt to get argmax of an empty sequence/);
  assert.throws(() => quantile(np.zeros(3), 2), /^ValueError: quantile: quantile 2 does not lie/);
  assert.throws(() => quantile(np.zeros(3), 0.5, { method: "best" as "linear" }), /is not a valid method/);
  assert.throws(() => average(np.zeros(2), { weights: [0, 0] }), /^ValueError: average: weights sum to zero/);
  assert.deepEqual(out.tolist(), [7, 7, 7]);
});

test("spacings of gradients", () => {
  const f = np.array([1, 2, 4, 7, 11]);
  const at = gradient(f, { spacing: [[0, 1, 2, 4, 8]] }) as np.NDArray;
  const wanted = [1, 1.5, 1.8333333333333335, 1.3333333333333333, 1];
  (at.tolist() as number[]).forEach((value, k) => {
    assert.ok(Math.abs(value - wanted[k]!) < 1e-12, `${k}: ${value}`);
  });
  assert.deepEqual((gradient(f, { spacing: 2 }) as np.NDArray).tolist(), [0.5, 0.75, 1.25, 1.75, 2]);
});

test("weights of quantiles", () => {
  const options = { method: "inverted_cdf", weights: [1, 0, 3, 1] } as const;
  assert.equal(quantile(np.array([10, 20, 30, 40]), 0.5, options), 30);
  assert.equal(quantile(np.array([10, 20, 30, 40]), 0, options), 10);
});
