// npm run startup: how long the package takes to load and its functions to answer first, each in a fresh process.
import { spawnSync } from "node:child_process";
import { build } from "./build.mjs";
import { root, setup } from "./setup.mjs";

const RUNS = 5;

const operands = `
  const a = np.linspace(0.1, 0.9, 10000);
  const b = np.full([100, 100], 0.5);
  const i = np.arange(100, { dtype: "int32" });`;

/** What is called once, right after the import, on arrays that are there already. */
const CALLS = [
  ["array of a list", "np.array([[1, 2], [3, 4]])"],
  ["zeros", "np.zeros([100, 100])"],
  ["add", "np.add(a, a)"],
  ["add, int32 and float64", "np.add(i, 0.5)"],
  ["add, transposed", "np.add(b.T, b)"],
  ["less", "np.less(a, 0.5)"],
  ["exp", "np.exp(a)"],
  ["log", "np.log(a)"],
  ["sin", "np.sin(a)"],
  ["tanh", "np.tanh(a)"],
  ["power", "np.power(a, 1.5)"],
  ["sum", "np.sum(a)"],
  ["sum, along an axis", "np.sum(b, 0)"],
  ["std", "np.std(a)"],
  ["cumsum", "np.cumsum(a)"],
  ["matmul", "np.matmul(b, b)"],
  ["astype", 'np.astype(a, "float32")'],
  ["str", "String(b)"],
];

/** The same, of functions in parts that are read then (later.mjs). */
const LATER = [
  ["einsum", 'np.einsum("ij,jk->ik", b, b)'],
  ["sort", "np.sort(a)"],
  ["median", "np.median(a)"],
  ["tile", "np.tile(i, 2)"],
  ["an expression", 'np.py.compile("x * 2 + 1")({ x: a })'],
];

/** Milliseconds that a piece of code takes in a process of its own, after the import and `before`. */
function once(before, code) {
  const text = `${before}
    const start = performance.now();
    ${code};
    process.stdout.write(String(performance.now() - start));`;
  const args = ["--input-type=module", "--eval", text];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** A row of the table: the median, and the least, which says more on a machine that does other work as well. */
function row(name, before, code) {
  const times = Array.from({ length: RUNS }, () => once(before, code)).sort((a, b) => a - b);
  return `| ${name} | ${times[RUNS >> 1].toFixed(2)} | ${times[0].toFixed(2)} |`;
}

setup();
build();
console.log(`Node ${process.versions.node}, ${RUNS} processes each, milliseconds\n`);
console.log("| what, the first time | median | least |\n|---|---:|---:|");
console.log(
  row(
    "for comparison: 10⁷ additions in a plain loop",
    "",
    "for (let i = 0, x = 0; i < 1e7; i++) x = (x + i) | 0",
  ),
);
for (const name of ["ndview", "ndview/functions"]) {
  console.log(row(`import of ${name}`, "", `await import("${name}")`));
}
for (const [name, code] of [...CALLS, ...LATER])
  console.log(row(name, `import * as np from "ndview";${operands}`, code));
