// The grid as text: what each operation costs by the number of elements, and what a layout costs against a dense one.
import { quartiles, ratio } from "./measure.mjs";
import { missesTarget, timeText } from "./table.mjs";

const valueOf = (row) => ratio(row, "ndview")?.value;
const measured = (rows) => rows.filter((row) => valueOf(row) !== undefined);

/** The mean that ratios have: 2 and 1/2 make 1. */
export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const distinct = (rows, of) => [...new Set(rows.map(of))];
const tableRow = (cells) => `| ${cells.join(" | ")} |`;

function byOperation(rows, into) {
  const chosen = measured(rows).filter((row) => row.grid.into === into);
  const sizes = distinct(chosen, (row) => row.grid.n).sort((a, b) => a - b);
  const body = distinct(chosen, (row) => row.grid.operation).map((operation) => {
    const cells = sizes.map((n) => {
      const found = chosen.filter((row) => row.grid.operation === operation && row.grid.n === n).map(valueOf);
      return found.length === 0
        ? ""
        : `${geometricMean(found).toFixed(2)} (${Math.max(...found).toFixed(1)})`;
    });
    return tableRow([operation, ...cells]);
  });
  return [tableRow(["operation", ...sizes]), tableRow(["---", ...sizes.map(() => "---:")]), ...body].join(
    "\n",
  );
}

/** What an operand of each layout costs against a dense one in ndview itself: the median over all operations. */
function byLayout(rows) {
  const key = ({ grid }) => `${grid.operation} ${grid.dtype} ${grid.n} ${grid.into}`;
  const dense = new Map(
    measured(rows)
      .filter((row) => row.grid.layout === "contiguous")
      .map((row) => [key(row), row]),
  );
  const sizes = distinct(rows, (row) => row.grid.n).sort((a, b) => a - b);
  const layouts = distinct(rows, (row) => row.grid.layout).filter((layout) => layout !== "contiguous");
  const body = layouts.map((layout) => {
    const cells = sizes.map((n) => {
      const found = measured(rows)
        .filter((row) => row.grid.layout === layout && row.grid.n === n && dense.has(key(row)))
        .map((row) => row.ndview.median / dense.get(key(row)).ndview.median);
      return found.length === 0 ? "" : quartiles(found).median.toFixed(2);
    });
    return tableRow([layout, ...cells]);
  });
  return [tableRow(["layout", ...sizes]), tableRow(["---", ...sizes.map(() => "---:")]), ...body].join("\n");
}

/** The two tables of the grid, for the page of the benchmarks. */
export function gridSummary(rows) {
  if (measured(rows).length === 0) return "";
  const short = measured(rows).filter(missesTarget).length;
  return `## The grid

Every operation on operands that are contiguous, transposed, stepped and reversed, of float64, float32, uint8, int32 and
complex128, as far as it takes them; the second operand is dense. The geometric mean of the ratios to NumPy's time, and
the largest in brackets; ${short} of ${measured(rows).length} cases miss their target. [Every case](benchmarks-grid.md).

Into memory that is there (\`out\`), by elements:

${byOperation(rows, true)}

Into fresh memory, by elements:

${byOperation(rows, false)}

What an operand of another layout costs against a dense one in ndview itself, median over the operations, by elements:

${byLayout(rows)}

`;
}

/** The page with every case. */
export function gridReport(rows, { versions, date, machine }) {
  const body = rows.map((row) => {
    const found = valueOf(row);
    const times = [row.numpy, row.ndview].map((one) => (one === undefined ? "–" : timeText(one.median)));
    return tableRow([row.name, ...times, found?.toFixed(2) ?? "–", row.target.toFixed(2)]);
  });
  return `# The grid of the benchmarks

Written by \`npm run bench\`; see [benchmarks.md](benchmarks.md) for how it is measured. One process runs all of it.

- Machine: ${machine}
- Versions: ${versions.join("; ")}
- Date: ${date}

| case | NumPy | ndview | ÷ NumPy | target |
|---|---:|---:|---:|---:|
${body.join("\n")}
`;
}
