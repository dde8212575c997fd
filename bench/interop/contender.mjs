// One partner, measured: ndview and by hand in turn, round after round, in this process. Prints a list of rows as JSON.
import * as np from "ndview";
import { quartiles } from "../measure.mjs";
import { LAYOUTS, made } from "./memory.mjs";
import { partners } from "./partners.mjs";

const [name, effortText] = process.argv.slice(2);
const { rounds, pieces, slice } = JSON.parse(effortText);

// What is found is kept, so that no work is left out.
let last;

function timed(call, n) {
  const start = process.hrtime.bigint();
  for (let k = 0; k < n; k++) last = call();
  return Number(process.hrtime.bigint() - start) / n;
}

async function timedPromises(call, n) {
  const start = process.hrtime.bigint();
  for (let k = 0; k < n; k++) last = await call();
  return Number(process.hrtime.bigint() - start) / n;
}

/** Calls for a slice of time, once V8 has seen some. */
async function calibrated(call) {
  const time = call() instanceof Promise ? timedPromises : timed;
  const end = performance.now() + 3 * slice;
  let ns = await time(call, 1);
  for (let n = 1; performance.now() < end; n = Math.min(2 * n, 1000)) ns = await time(call, n);
  return { call, time, n: Math.max(1, Math.round((slice * 1e6) / Math.max(ns, 1))), times: [] };
}

/** The least of a few pieces, after the garbage of the other one is gone. */
async function leastOf({ call, time, n }) {
  globalThis.gc?.();
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < pieces; k++) least = Math.min(least, await time(call, n));
  return least;
}

/** The medians of nanoseconds a call, and of the ratios round by round. */
async function raced(ours, hand) {
  const racers = [await calibrated(ours), await calibrated(hand)];
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < 2; k++) {
      const racer = racers[(k + round) % 2];
      racer.times.push(await leastOf(racer));
    }
  }
  const [mine, theirs] = racers.map(({ times }) => times);
  const ratios = mine.map((ns, k) => ns / theirs[k]);
  return { ours: quartiles(mine).median, hand: quartiles(theirs).median, ratio: quartiles(ratios).median };
}

async function to(partner, layout, shape) {
  const { a, parts } = made(np, layout, partner.Lane, shape);
  const { prepare, ours, hand } = partner.to;
  const [first, second] = prepare === undefined ? [] : [await prepare(parts), await prepare(parts)];
  return raced(
    () => ours(a, first),
    () => hand(parts, second),
  );
}

async function from(partner, shape) {
  const { a } = made(np, "contiguous", partner.Lane, shape);
  const { given, ours, hand } = partner.from;
  const found = await given(a);
  return raced(
    () => ours(found),
    () => hand(found),
  );
}

const partner = await partners[name](np);
const megabytes =
  partner.large.reduce((product, length) => product * length, partner.Lane.BYTES_PER_ELEMENT) / 1e6;
const rows = [];
const row = (direction, layout, small, large) =>
  rows.push({ partner: name, direction, layout, small, large, megabytes });
if (partner.to !== undefined)
  for (const layout of LAYOUTS)
    row("to", layout, await to(partner, layout, partner.small), await to(partner, layout, partner.large));
if (partner.from !== undefined)
  row("from", "contiguous", await from(partner, partner.small), await from(partner, partner.large));
console.log(JSON.stringify({ rows, kept: typeof last }));
process.exit(0);
