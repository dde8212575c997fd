// npm run bench -- interop: what it costs to hand arrays over, against doing it by hand.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { machine } from "../machine.mjs";
import { partners } from "./partners.mjs";
import { headerLine, report, rowLine } from "./report.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const FULL = { rounds: 7, pieces: 3, slice: 3 };
const QUICK = { rounds: 5, pieces: 2, slice: 1 };

/** The rows of one partner, or why there are none. */
function measured(name, effort) {
  const args = ["--expose-gc", here("contender.mjs"), name, JSON.stringify(effort)];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  const answer = run.stdout.trim().split("\n").at(-1);
  if (run.status !== 0 || answer === "") return { failure: run.stderr.trim().split("\n").at(-1) };
  return JSON.parse(answer);
}

/** Measures every partner, prints the table, and writes docs/benchmarks-interop.md unless it was a quick look. */
export function benchInterop(root, { quick, write }) {
  const before = machine();
  const effort = quick ? QUICK : FULL;
  const rows = [];
  console.log(headerLine());
  for (const name of Object.keys(partners)) {
    const { rows: found, failure } = measured(name, effort);
    if (failure !== undefined) {
      console.log(`${name}: not measured, ${failure}`);
      process.exitCode = 1;
      continue;
    }
    for (const row of found) console.log(rowLine(row));
    rows.push(...found);
  }
  if (quick && !write) return;
  const date = new Date().toISOString().slice(0, 10);
  const versions = `Node ${process.versions.node}, V8 ${process.versions.v8}`;
  writeFileSync(
    join(root, "docs/benchmarks-interop.md"),
    report(rows, { effort, date, versions, machine: before }),
  );
}
