// docs/benchmarks.md: how it is measured, on what, and every figure.

import { gridSummary } from "./grid-report.mjs";
import { quartiles, ratio } from "./measure.mjs";
import { markdownTables, missesTarget } from "./table.mjs";

const TITLES = {
  views: "Making views",
  elements: "Elements and rows",
  copies: "Copies and casts",
  create: "Making arrays",
  memory: "Questions about memory",
  print: "Printing",
  files: "Files",
  peers: "Arithmetic, and the table of the peers",
  suite: "Ufuncs and reductions of NumPy's own benchmarks",
  indexing: "Indexing, joining and moving",
  sorting: "Sorting, searching, sets and histograms",
  expressions: "Expressions in one pass, and the same calls one by one",
};

function missed(rows) {
  const short = rows.filter(missesTarget);
  if (short.length === 0) return "Every target is met.";
  const lines = short.map((row) => {
    const found = ratio(row, "ndview");
    return found === null
      ? `- ${row.name}: not measured`
      : `- ${row.name}: ${found.value.toFixed(2)}, wanted ${row.target}`;
  });
  return [`${short.length} of ${rows.length} targets are missed:`, "", ...lines].join("\n");
}

function summary(rows) {
  const groups = [...new Set(rows.map((row) => row.group))];
  return groups
    .map((group) => {
      const found = rows.filter((row) => row.group === group).map((row) => ratio(row, "ndview")?.value);
      const { median } = quartiles(found.filter((value) => value !== undefined));
      return `- ${TITLES[group] ?? group}: median ${median.toFixed(2)} of NumPy's time over ${found.length} cases`;
    })
    .join("\n");
}

/** The geometric mean of the ratios, or null when there are none. */
function geometricMean(rows) {
  const found = rows.map((row) => ratio(row, "ndview")?.value).filter((value) => value !== undefined);
  return found.length === 0
    ? null
    : Math.exp(found.reduce((sum, value) => sum + Math.log(value), 0) / found.length);
}

function means(rows) {
  const kinds = [
    ["a selection of NumPy's own benchmarks", rows.filter((row) => row.number !== undefined)],
    ["indexing, joining and moving", rows.filter((row) => row.group === "indexing")],
    ["sorting, searching and sets", rows.filter((row) => row.group === "sorting")],
  ];
  return kinds
    .filter(([, some]) => some.length > 0)
    .map(
      ([title, some]) =>
        `- Geometric mean over ${some.length} cases of ${title}: ${geometricMean(some).toFixed(2)}`,
    )
    .join("\n");
}

export function report(rows, grid, { versions, effort, date, machine }) {
  return `# Benchmarks

Written by \`npm run bench\`, which measures ndview against NumPy, scijs \`ndarray\`, numpy-ts and TensorFlow.js
(WebAssembly, float32) in one run. Times are of one
operation; ÷ NumPy is the ratio to NumPy's time, below 1 is faster. What it costs to hand arrays to other libraries is in
[benchmarks-interop.md](benchmarks-interop.md).

![Time of each case against NumPy's; the ticks are the targets](benchmarks.svg)

- Machine: ${machine}
- Versions: ${versions.join("; ")}
- Date: ${date}

## In short

${summary(rows)}
${means(rows)}

${gridSummary(grid)}
## Targets

A view in less than half of NumPy's time, reading an element in less than a quarter, a copy of a transposed float64 array
in at most the same; everything else at most the same, unless the table says otherwise.

${missed(rows)}

## How it is measured

- Every contender runs each case for ${effort.warmup} ms first, and at least 24 times: code is compiled, and memory has found its place.
- Then each case runs in ${effort.rounds} rounds. In a round every contender runs it for ${effort.pieces} pieces of about ${effort.slice} ms, one
  contender after the other, so that what else the machine does hits all of them; the least of the pieces counts, because
  this machine is shared. Another contender begins each round. The table has the medians over
  the rounds, of the times and of the ratios.
- *spread* is the range of the middle half of the ratios, round by round.
- NumPy runs on one thread, in a Python process, in a loop of statements with \`perf_counter_ns\` around it.
- ndview is the built package. *ndview*, *scijs*, *numpy-ts*, *tfjs* and *loop* (a plain loop or typed array method over the data, as a ratio
  to NumPy) run each case in a Node process of its own, so that V8 has seen nothing else. *mixed* is ndview in a process
  in which all cases ran before, on all dtypes: what a large program sees.
- Arrays are used as a program uses them that does not ask for their memory: operands that kernels come for again and again
  move to them, and so does what is given as \`out\`. *out that was shown* is one whose typed array somebody holds, which stays
  where it is.
- Results are stored or added up, so that no work is left out; before timing, the results of all contenders are compared.
- Cases that begin with *suite* are taken from NumPy's own benchmarks.

Run it with \`npm run bench\`; \`npm run bench -- views\` measures a group or the cases whose names hold a word,
\`--quick\` takes fewer and shorter rounds, and neither rewrites this page unless \`--write\` is given.

## Figures

${markdownTables(rows, TITLES)}
`;
}
