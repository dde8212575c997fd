// npx tsx scripts/memory-proof.ts [--operations 100000] [--small 1000000]: what a program keeps resident that makes a
// result an operation and disposes of nothing. One synchronous loop over arrays of 4 elements to 8 MB, in which no callback
// of the collector runs; then many operations on small arrays, which must not leave anything behind.
import { parseArgs } from "node:util";
import { scope } from "../src/engine/scope.ts";
import { astype, copy, full, type NDArray, tobytes } from "../src/index.ts";
import { add, multiply } from "../src/ops/ufuncs-arithmetic.ts";
import { less } from "../src/ops/ufuncs-compare.ts";
import { exp } from "../src/ops/ufuncs-exponential.ts";

/** Each makes at least one array of about the size of the one that it is given. */
export const operations: Readonly<Record<string, (x: NDArray) => unknown>> = {
  copy: (x) => copy(x),
  "copy of the transposed": (x) => copy(x.T, { order: "C" }),
  "astype float32": (x) => astype(x, "float32"),
  "astype int8": (x) => astype(x, "int8"),
  tobytes: (x) => tobytes(x),
  "x + x": (x) => add(x, x),
  "(x + 1) * x": (x) => multiply(add(x, 1), x),
  "x < x": (x) => less(x, x),
  exp: (x) => exp(x),
  "in a scope": (x) => scope(() => add(add(x, 1), x)),
  "left in a scope": (x) => scope(() => void add(x, x)),
};

const SIZES = [4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];
const STEP = 256;

/** Mega bytes resident. */
function resident(): number {
  return process.memoryUsage.rss() / 1e6;
}

/**
 * Runs so many operations on arrays of all sizes, larger ones less often, and keeps the last few results of each kind.
 * Returns the most that was resident, in MB.
 */
export function mixedSizes(count: number): number {
  const arrays = SIZES.map((n) => full([n / 4, 4], 0.5));
  const calls = Object.values(operations);
  const kept: unknown[] = new Array(calls.length);
  let [peak, seed] = [resident(), 1];
  for (let k = 0; k < count; k++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    // Each size is met half as often as the one before it, which has a quarter of its elements.
    const u = seed / 2_147_483_648;
    const size = Math.min(SIZES.length - 1, Math.floor(-Math.log2(1 - u)));
    kept[k % calls.length] = calls[k % calls.length]!(arrays[size]!);
    if (k % STEP === 0) peak = Math.max(peak, resident());
  }
  return peak;
}

/** Runs so many operations on arrays of up to 256 elements. Returns how much more, in MB, was resident at the end than after a fifth. */
export function manySmall(count: number): number {
  const arrays = SIZES.slice(0, 4).map((n) => full([n / 4, 4], 0.5));
  const calls = Object.values(operations);
  let before = 0;
  for (let k = 0; k < count; k++) {
    if (k === Math.floor(count / 5)) before = resident();
    calls[k % calls.length]!(arrays[(k >> 4) % arrays.length]!);
  }
  return resident() - before;
}

if (process.argv[1]?.endsWith("memory-proof.ts")) {
  const { values } = parseArgs({
    options: {
      operations: { type: "string", default: "100000" },
      small: { type: "string", default: "1000000" },
    },
  });
  const peak = mixedSizes(Number(values.operations));
  console.log(
    `${values.operations} operations on 4 elements to 8 MB: at most ${peak.toFixed(0)} MB resident`,
  );
  const growth = manySmall(Number(values.small));
  console.log(
    `${values.small} operations on up to 256 elements: ${growth.toFixed(1)} MB more than after a fifth`,
  );
  if (peak >= 500 || growth >= 50) process.exitCode = 1;
}
