// npm run parts: what the parts of an addition of float64 cost, each by itself, beside NumPy's whole one. It says where the
// time goes that docs/benchmarks.md measures, and how near the ways that are taken come to what this runtime can do.
//
// All in turns, so that what else the machine does hits all of them: medians over the rounds of the least of three pieces.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { addKernel } from "../src/engine/kernels/arithmetic.ts";
import * as np from "../src/index.ts";
import { heap, TILE_ROOM, tilePointer } from "../src/wasm/memory.ts";

const SIZES = [1000, 16384, 262144, 1_000_000, 4_194_304];
const ROUNDS = 9;
const PIECES = 3;
const PIECE_MS = 4;

const PYTHON = `
import json, sys, time
import numpy as np
for line in sys.stdin:
    n, what = json.loads(line)
    if what == "make":
        a = np.arange(n) + .5; b = np.arange(n) * .25; out = np.empty(n)
        print("0", flush=True); continue
    run = {"out": lambda: np.add(a, b, out), "fresh": lambda: a + b, "copy": lambda: np.copyto(out, a)}[what]
    reps = 1; best = 1e9
    for _ in range(${PIECES}):
        while True:
            start = time.perf_counter_ns()
            for _ in range(reps): run()
            took = time.perf_counter_ns() - start
            if took >= ${PIECE_MS}e6: break
            reps = max(reps + 1, int(reps * min(10, ${PIECE_MS}.5e6 / max(took, 1e3))))
        best = min(best, took / reps)
    print(best, flush=True)
`;

type Part = () => void;

/** The parts for arrays of `n`; each does its share for all of them. */
function partsFor(n: number): [string, Part][] {
  const a = Float64Array.from({ length: n }, (_, k) => k + 0.5);
  const b = Float64Array.from(a, (x) => x / 2);
  const out = new Float64Array(n);
  const [x, y, sum] = [np.array(a), np.array(b), np.array(out)];
  const shown = np.asarray(out);
  const others = [np.asarray(a), np.asarray(b)];
  const tile = TILE_ROOM / 8;
  const starts = Array.from({ length: Math.ceil(n / tile) }, (_, k) => k * tile);
  const lengths = starts.map((start) => Math.min(tile, n - start));
  const [pa, pb, pout] = [tilePointer(0), tilePointer(1), tilePointer(2)];
  const kernel = addKernel("dd->d");
  return [
    ["ndview, into out", () => np.add(x, y, sum)],
    ["ndview, into out that was shown", () => np.add(x, y, shown)],
    ["ndview, into out, of arrays over memory of others", () => np.add(others[0]!, others[1]!, shown)],
    ["ndview, fresh result", () => np.add(x, y)],
    ["copy of one operand, whole", () => out.set(a)],
    [
      "two operands into the kernels' memory, by tiles",
      () => {
        for (let k = 0; k < starts.length; k++) {
          const [from, to] = [starts[k]!, starts[k]! + lengths[k]!];
          heap.f64.set(a.subarray(from, to), pa / 8);
          heap.f64.set(b.subarray(from, to), pb / 8);
        }
      },
    ],
    [
      "kernel, on tiles that are there",
      () => {
        for (let k = 0; k < lengths.length; k++) kernel.run(lengths[k]!, pa, pb, pout);
      },
    ],
    [
      "result out of the kernels' memory, by tiles",
      () => {
        for (let k = 0; k < starts.length; k++)
          out.set(heap.f64.subarray(pout / 8, pout / 8 + lengths[k]!), starts[k]!);
      },
    ],
    ["plain loop, an element a round, into out", () => plainLoop(a, b, out)],
    ["fresh memory that is written once", () => new Float64Array(n).set(a)],
  ];
}

/** In blocks: a loop that is compiled while its first call runs is given up and compiled again, call by call. */
function plainLoop(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let from = 0; from < out.length; from += 4096)
    plainBlock(a, b, out, from, Math.min(from + 4096, out.length));
}

function plainBlock(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let k = from; k < to; k++) out[k] = a[k]! + b[k]!;
}

function timed(part: Part): number {
  let [reps, best] = [1, Number.POSITIVE_INFINITY];
  for (let piece = 0; piece < PIECES; piece++) {
    for (;;) {
      const start = performance.now();
      for (let k = 0; k < reps; k++) part();
      const took = performance.now() - start;
      best = took >= PIECE_MS ? Math.min(best, (took * 1e6) / reps) : best;
      if (took >= PIECE_MS) break;
      reps = Math.max(reps + 1, Math.floor(reps * Math.min(10, (PIECE_MS + 0.5) / Math.max(took, 1e-3))));
    }
  }
  return best;
}

function median(values: readonly number[]): number {
  return values.slice().sort((a, b) => a - b)[values.length >> 1]!;
}

const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
const python = spawn(process.env["NDVIEW_PYTHON"] ?? "python3", ["-uc", PYTHON], {
  env: { ...env, OPENBLAS_NUM_THREADS: "1" },
  stdio: ["pipe", "pipe", "inherit"],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

async function numpy(n: number, what: string): Promise<number> {
  python.stdin.write(`${JSON.stringify([n, what])}\n`);
  return Number((await answers.next()).value);
}

const columns: Map<string, number>[] = [];
for (const n of SIZES) {
  const parts = partsFor(n);
  await numpy(n, "make");
  const found = new Map<string, number[]>();
  const note = (name: string, time: number) => found.set(name, [...(found.get(name) ?? []), time / n]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const what of ["out", "fresh", "copy"])
      note(
        { out: "NumPy, into out", fresh: "NumPy, fresh result", copy: "NumPy, copy" }[what]!,
        await numpy(n, what),
      );
    for (const [name, part] of parts) note(name, timed(part));
  }
  columns.push(new Map([...found].map(([name, times]) => [name, median(times)])));
  process.stderr.write(`${n} done\n`);
}
python.stdin.end();
await once(python, "exit");

const load = loadavg()[0]!.toFixed(1);
console.log(
  `Nanoseconds an element. ${cpus()[0]?.model.trim()}, load average ${load}; NumPy on one thread, Node ${process.versions.node}.\n`,
);
console.log(`| part | ${SIZES.join(" | ")} |\n| --- |${" ---: |".repeat(SIZES.length)}`);
for (const name of columns[0]!.keys())
  console.log(`| ${name} | ${columns.map((column) => column.get(name)!.toFixed(3)).join(" | ")} |`);
