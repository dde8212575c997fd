// One contender in JavaScript: reads one command a line, answers one line, both JSON.
//
//     {"load": name}   -> {"digest": …}   makes a case ready and says what it results in
//     {"sample": n}    -> {"ns": …}       the time of n operations
//     {"warm": ms}     -> {}              runs every case for so long, so that V8 has seen every kind of array
//     {"version": 1}   -> {"version": …}
//
// What runs here is one case in a process of its own, or (mixed) all of them one after another.
import { createInterface } from "node:readline";
import { cases } from "./cases/index.mjs";
import { digest } from "./digest.mjs";

const [contender, entry] = process.argv.slice(2);
const library = await {
  ndview: () => import(entry),
  scijs: async () => {
    const [array, ops] = await Promise.all([import("ndarray"), import("ndarray-ops")]);
    return { ndarray: array.default, ops: ops.default };
  },
  numpyts: () => import("numpy-ts"),
  tfjs: async () => {
    const [core] = await Promise.all([
      import("@tensorflow/tfjs-core"),
      import("@tensorflow/tfjs-backend-wasm"),
    ]);
    await core.setBackend("wasm");
    await core.ready();
    return core;
  },
  loop: () => null,
}[contender]();

let run;
let sample;
// Every result is added up or stored here, so that nothing can be left out as unused.
let sum = 0;
let last;

function sampleNumbers(n) {
  const start = process.hrtime.bigint();
  let total = 0;
  for (let i = 0; i < n; i++) total += run();
  const ns = process.hrtime.bigint() - start;
  sum += total;
  return ns;
}

function sampleValues(n) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < n; i++) last = run();
  return process.hrtime.bigint() - start;
}

async function samplePromises(n) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < n; i++) last = await run();
  return process.hrtime.bigint() - start;
}

async function load(name) {
  const chosen = cases.find((one) => one.name === name);
  const made = chosen[contender](library, process.env.NDVIEW_BENCH_FILES);
  run = typeof made === "function" ? made : made.run;
  const first = run();
  const value = await first;
  if (first instanceof Promise) sample = samplePromises;
  else sample = typeof value === "number" ? sampleNumbers : sampleValues;
  return { digest: digest(made.result === undefined ? value : made.result(), library) };
}

async function warm(milliseconds) {
  for (const one of cases) {
    if (one[contender] === undefined || one.grid !== undefined) continue;
    try {
      await load(one.name);
    } catch {
      continue;
    }
    const end = performance.now() + milliseconds;
    while (performance.now() < end) await sample(8);
  }
  return {};
}

async function answer(command) {
  if (command.load !== undefined) return load(command.load);
  if (command.sample !== undefined) return { ns: Number(await sample(command.sample)) };
  if (command.warm !== undefined) return warm(command.warm);
  return { version: `Node ${process.versions.node}, V8 ${process.versions.v8}`, sum, last: typeof last };
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = await answer(JSON.parse(line));
  } catch (error) {
    reply = { error: String(error?.message ?? error) };
  }
  console.log(JSON.stringify(reply));
}
