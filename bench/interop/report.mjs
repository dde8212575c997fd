// docs/benchmarks-interop.md, and the same rows for a terminal.

const HEADER = [
  ...["partner", "direction", "layout", "µs a call", "by hand", "ratio"],
  ...["ms a MB", "by hand", "ratio"],
];
const WIDTHS = [18, 9, 11, 9, 9, 7, 9, 9, 7];
const LEFT = 3;

const digits = (value) => (value === 0 ? "0" : value >= 99.5 ? value.toFixed(0) : value.toPrecision(2));
/** Milliseconds a megabyte; what takes no time for it is handed over as it lies. */
const perMegabyte = (ns, megabytes) => (ns < 5e4 ? "0" : digits(ns / 1e6 / megabytes));

function cells({ partner, direction, layout, small, large, megabytes }) {
  const isFree = large.ours < 5e4 && large.hand < 5e4;
  return [
    partner,
    direction,
    layout,
    digits(small.ours / 1e3),
    digits(small.hand / 1e3),
    small.ratio.toFixed(1),
    perMegabyte(large.ours, megabytes),
    perMegabyte(large.hand, megabytes),
    isFree ? "–" : large.ratio.toFixed(large.ratio < 10 ? 2 : 0),
  ];
}

const line = (texts) =>
  texts.map((text, k) => (k < LEFT ? text.padEnd(WIDTHS[k]) : text.padStart(WIDTHS[k]))).join(" ");

export const headerLine = () => line(HEADER);
export const rowLine = (row) => line(cells(row));

function table(rows) {
  const rule = `|${HEADER.map((_, k) => (k < LEFT ? "---|" : "---:|")).join("")}`;
  const lines = rows.map((row) => `| ${cells(row).join(" | ")} |`);
  return [`| ${HEADER.join(" | ")} |`, rule, ...lines].join("\n");
}

export function report(rows, { effort, date, versions, machine }) {
  return `# What handing arrays over costs

Written by \`npm run bench -- interop\`: each partner of [interop.md](interop.md), against a program that has no arrays but a
typed array, lengths, strides and an offset, and does the same by hand: lends a \`subarray\` where that is right, copies rows
with \`set\` where they have gaps, and element by element where they run backwards.

- Machine: ${machine}
- Versions: ${versions}
- Date: ${date}

*µs a call* is for an array of 64 elements (pictures: 8 by 8 pixels of four bytes), where it is the work around the memory that
counts: checking the layout and dtype, and making what the partner wants. *ms a MB* is the time for an array of 16 MB, divided
by its megabytes (mathjs: 1 MB); 0 is an array handed over as it lies, whose time does not depend on its size. Below 1 a *ratio* is
faster than by hand. *from* are results that come back as arrays, where by hand nothing may be left to do but to take the typed
array. What the partner itself does with what it gets is in both.

Each partner runs in a process of its own; there ndview and by hand take turns for ${effort.rounds} rounds. In a round each has ${effort.pieces} pieces of
about ${effort.slice} ms, of which the least counts, because this machine is shared; the table has the medians over the rounds, of the
times and of the ratios. WebGPU is not here: its device in the tests is a processor.

${table(rows)}
`;
}
