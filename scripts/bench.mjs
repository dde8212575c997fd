// npm run bench [-- WORD ...] [--quick] [--write] [--no-mixed] [--json FILE] [--entry FILE]
// Builds, then measures ndview against NumPy and peers in one run. A run of everything rewrites docs/benchmarks.md.
// npm run bench -- interop measures handing arrays over instead, and rewrites docs/benchmarks-interop.md.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "../bench/cases/index.mjs";
import { chart } from "../bench/chart.mjs";
import { gridReport } from "../bench/grid-report.mjs";
import { benchInterop } from "../bench/interop/run.mjs";
import { machine } from "../bench/machine.mjs";
import { measure } from "../bench/measure.mjs";
import { startNumpy, startScript } from "../bench/process.mjs";
import { report } from "../bench/report.mjs";
import { headerLine, rowLine } from "../bench/table.mjs";
import { build } from "./build.mjs";
import { root, setup } from "./setup.mjs";

/** Rounds, the pieces that one round has for each contender, and the milliseconds of a piece and of warming up. */
const FULL = { rounds: 9, pieces: 3, slice: 8, warmup: 500, warm: 10 };
/** The grid has hundreds of cases: a short look at each. */
const GRID = { rounds: 5, pieces: 1, slice: 1.5, warmup: 20, warm: 0 };
/** A path through dozens of functions takes some thousand calls until V8 has compiled all of it. */
const QUICK = { rounds: 7, pieces: 3, slice: 2, warmup: 250, warm: 3 };

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    "no-mixed": { type: "boolean", default: false },
    json: { type: "string" },
    entry: { type: "string" },
  },
});
const effort = options.quick ? QUICK : FULL;

const isChosen = (one) =>
  words.length === 0 || words.some((word) => one.group === word || one.name.includes(word));

async function versionOf(contender, what) {
  try {
    return (await contender.ask({ version: 1 })).version;
  } catch (error) {
    console.error(
      `bench: ${what} does not run (${error.message}); name a Python with NumPy in NDVIEW_PYTHON`,
    );
    process.exit(1);
  }
}

async function measureAll(chosen, contenders) {
  const rows = [];
  console.log(headerLine());
  for (const one of chosen) {
    const row = await measure(one, contenders, one.grid ? GRID : effort);
    rows.push(row);
    console.log(rowLine(row));
    for (const [name, why] of row.failures) console.log(`    ${name}: ${why}`);
  }
  return rows;
}

function write(rows, facts) {
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(join(root, "docs"), { recursive: true });
  const named = rows.filter((row) => row.grid === undefined);
  const grid = rows.filter((row) => row.grid !== undefined);
  writeFileSync(join(root, "docs/benchmarks.md"), report(named, grid, { ...facts, effort, date }));
  if (grid.length > 0)
    writeFileSync(join(root, "docs/benchmarks-grid.md"), gridReport(grid, { ...facts, date }));
  return chart(named).then((svg) => writeFileSync(join(root, "docs/benchmarks.svg"), svg));
}

async function main() {
  if (words[0] === "interop") {
    setup();
    build();
    return benchInterop(root, options);
  }
  const chosen = cases.filter(isChosen);
  if (chosen.length === 0) throw new Error(`no case or group matches ${words.join(" ")}`);
  setup();
  if (options.entry === undefined) build();
  const entry = pathToFileURL(resolve(root, options.entry ?? "dist/node-index.js")).href;
  const files = mkdtempSync(join(tmpdir(), "ndview-bench-"));
  const numpy = startNumpy(files);
  const mixed = options["no-mixed"] ? null : startScript("ndview", entry, files);
  try {
    const versions = [await versionOf(numpy, "Python with NumPy")];
    versions.push(`Node ${process.versions.node}, V8 ${process.versions.v8}`);
    const before = machine();
    if (mixed !== null) await mixed.ask({ warm: effort.warm });
    const rows = await measureAll(chosen, { numpy, mixed, entry, files });
    if (options.json) writeFileSync(options.json, JSON.stringify(rows));
    if (options.write || (words.length === 0 && !options.quick))
      await write(rows, { versions, machine: before });
    process.exitCode = rows.some((row) => row.failures.some(([, why]) => why.startsWith("differs"))) ? 1 : 0;
  } finally {
    await Promise.all([numpy.end(), mixed?.end()]);
    rmSync(files, { recursive: true, force: true });
  }
}

await main();
