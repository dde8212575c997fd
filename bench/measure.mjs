// Measures one case: all its contenders in turn, round after round, each for about the same short slice of time.
import { agree } from "./digest.mjs";
import { startScript } from "./process.mjs";

/** The median and the quartiles of a list of numbers. */
export function quartiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.round((sorted.length - 1) * part)];
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** So many calls at least come before the clock starts: arrays that are used again and again have found their place by then. */
const LEAST_CALLS = 24;

/** Runs until the time of an operation is known and V8 is done with it; gives the operations that fill a slice. */
async function calibrate(contender, { slice, warmup }) {
  let n = 1;
  let spent = 0;
  let calls = 0;
  for (;;) {
    const { ns } = await contender.ask({ sample: n });
    spent += ns;
    calls += n;
    if (spent >= warmup * 1e6 && calls >= LEAST_CALLS) return Math.max(1, Math.round((slice * 1e6 * n) / ns));
    if (ns < slice * 1e6) n = Math.min(n * 4, Math.ceil((slice * 1e6 * n) / Math.max(ns, 1)));
  }
}

/** Makes a contender ready for a case; what it lacks or finds otherwise is said instead of measured. */
async function prepare(contender, load, expected, effort) {
  try {
    const { digest } = await contender.ask({ load });
    if (expected !== null && !agree(expected, digest)) {
      const [found, wanted] = [digest, expected].map((one) => JSON.stringify(one).slice(0, 160));
      return { failure: `differs: ${found} against ${wanted}` };
    }
    return { digest, n: await calibrate(contender, effort) };
  } catch (error) {
    return { failure: error.message };
  }
}

/** Who runs a case in a process of its own. */
export const CONTENDERS = ["ndview", "scijs", "numpyts", "tfjs", "loop"];

async function prepareAll(one, { numpy, mixed, entry, files }, effort) {
  const racers = [{ name: "numpy", process: numpy, load: one.python }];
  // The grid has too many cases for a process each.
  if (mixed !== null) racers.push({ name: one.grid ? "ndview" : "mixed", process: mixed, load: one.name });
  for (const name of one.grid ? [] : CONTENDERS) {
    if (one[name] === undefined) continue;
    racers.push({ name, process: startScript(name, entry, files), load: one.name, own: true });
  }
  let expected = null;
  for (const racer of racers) {
    const ready = await prepare(racer.process, racer.load, expected, effort);
    Object.assign(racer, ready, { times: [] });
    expected ??= racer.digest ?? null;
  }
  return racers;
}

/** The least time per operation of a few pieces: one that was not interrupted by what else the machine does. */
async function leastOf(pieces, racer) {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < pieces; k++) {
    const { ns } = await racer.process.ask({ sample: racer.n });
    least = Math.min(least, ns / racer.n);
  }
  return least;
}

/** Nanoseconds per operation of each contender, a list of one number a round, or why there is none. */
export async function measure(one, contenders, effort) {
  const racers = await prepareAll(one, contenders, effort);
  const running = racers.filter((racer) => racer.failure === undefined);
  for (let round = 0; round < effort.rounds; round++) {
    // Another one begins each round, so that nobody is always the one after the garbage of another.
    for (let k = 0; k < running.length; k++) {
      const racer = running[(k + round) % running.length];
      racer.times.push(await leastOf(effort.pieces, racer));
    }
  }
  for (const racer of racers) if (racer.own) await racer.process.end();
  const measured = running.map((racer) => [racer.name, { ...quartiles(racer.times), times: racer.times }]);
  const failures = racers.filter((racer) => racer.failure).map((racer) => [racer.name, racer.failure]);
  return {
    name: one.name,
    group: one.group,
    grid: one.grid,
    number: one.number,
    target: one.target,
    ...Object.fromEntries(measured),
    failures,
  };
}

/** The time against NumPy's, round by round: the median of the ratios and its quartiles. */
export function ratio(row, name) {
  if (row[name] === undefined || row.numpy === undefined) return null;
  const rounds = row[name].times.map((time, k) => time / row.numpy.times[k]);
  const { low, median, high } = quartiles(rounds);
  return { value: median, low, high };
}
