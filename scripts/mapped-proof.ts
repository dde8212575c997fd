// npx tsx scripts/mapped-proof.ts [--gib 40] [--folder /tmp] [--scan]: a .npy file that is larger than the memory of most
// machines, opened, sliced, written and reduced without reading it all; it is sparse, so it takes no room. With --scan it
// is also summed as a whole, and once more as NumPy does it where there is a Python.
import { spawnSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { freemem, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { arange, mappingOf, max, mean, type NDArray, openMemmap, sum } from "../src/index.ts";

const { values } = parseArgs({
  options: {
    gib: { type: "string", default: "40" },
    folder: { type: "string", default: tmpdir() },
    scan: { type: "boolean", default: false },
  },
});
const GIB = 2 ** 30;
const COLUMNS = 4096;
const rows = Math.floor((Number(values.gib) * GIB) / (8 * COLUMNS));
const path = join(values.folder, `ndview-mapped-${process.pid}.npy`);

function resident(): string {
  return `${Math.round(process.memoryUsage.rss() / 1e6)} MB resident`;
}

function timed<T>(what: string, act: () => T): T {
  const start = performance.now();
  const result = act();
  const ms = performance.now() - start;
  console.log(`${what}: ${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms, ${resident()}`);
  return result;
}

function check(what: string, got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Error(`${what}: ${got} and not ${wanted}`);
}

/** Touches some hundred rows all over the file. */
function parts(a: NDArray<"float64">): void {
  const step = Math.ceil(rows / 250);
  const picked = a.slice(`::${step}`);
  timed(`write ${picked.length} rows all over it`, () => picked.set(["..."], arange(COLUMNS)));
  check("the last row but some", a.at((picked.length - 1) * step, COLUMNS - 1), COLUMNS - 1);
  const total = (picked.length * COLUMNS * (COLUMNS - 1)) / 2;
  check(
    "sum",
    timed("sum of these rows", () => sum(picked)),
    total,
  );
  check(
    "mean",
    timed("mean of a column of them", () => mean(picked.slice(":", 7))),
    7,
  );
  const columns = timed("largest element of each column of them", () => max(picked, 0)) as NDArray<"float64">;
  check("max", columns.at(9), 9);
  const backwards = timed("the last 1000 rows backwards, a copy", () =>
    a.slice("-1000:").slice("::-1", "::-1").copy(),
  );
  check("shape", backwards.shape.join(), `1000,${COLUMNS}`);
}

/** Reads all of it. The pages are the system's: it counts them as resident until it wants them for something else. */
function scan(a: NDArray<"float64">): void {
  numpyScan(a.shape);
  const start = performance.now();
  const total = timed("sum of the whole file", () => sum(a));
  console.log(`  ${((a.nbytes / GIB / (performance.now() - start)) * 1000).toFixed(2)} GiB/s, sum ${total}`);
}

/** The same by NumPy, on a file of its own, so that none of both finds pages that the other one has brought in. */
function numpyScan(shape: readonly number[]): void {
  const other = `${path}.other.npy`;
  openMemmap(other, { mode: "w+", dtype: "float64", shape });
  const python = process.env["NDVIEW_PYTHON"] ?? "python3";
  const script = `import sys, time, numpy as np
a = np.load(sys.argv[1], mmap_mode="r"); t = time.perf_counter(); s = a.sum(); t = time.perf_counter() - t
print(f"  NumPy: {t * 1000:.0f} ms, {a.nbytes / 2**30 / t:.2f} GiB/s, sum {s}")`;
  const run = spawnSync(python, ["-c", script, other], { encoding: "utf8" });
  rmSync(other);
  console.log(run.status === 0 ? run.stdout.trimEnd() : "  no NumPy here");
}

console.log(
  `memory: ${(totalmem() / GIB).toFixed(1)} GiB, free ${(freemem() / GIB).toFixed(1)}; ${resident()}`,
);
try {
  const shape = [rows, COLUMNS];
  timed(`make ${values.gib} GiB of float64 (${shape.join(" x ")})`, () =>
    openMemmap(path, { mode: "w+", dtype: "float64", shape }),
  );
  const a = timed("open it", () => openMemmap(path, { mode: "r+", dtype: "float64" }));
  parts(a);
  timed("flush", () => mappingOf(a)?.flush());
  console.log(`on the disk: ${Math.round((statSync(path).blocks * 512) / 1e6)} MB`);
  if (values.scan) scan(openMemmap(path, { mode: "r", dtype: "float64" }));
} finally {
  rmSync(path, { force: true });
}
