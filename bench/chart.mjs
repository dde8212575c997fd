// The picture of docs/benchmarks.md: one line a case, the time against NumPy's on a logarithmic axis.
import { ratio } from "./measure.mjs";

const COLOURS = { ndview: "#1f77d0", scijs: "#d9822b", numpyts: "#8250df", tfjs: "#2da44e" };
const INK = "#57606a";

// A picture in a page cannot ask the page for its colours, but it can ask the reader's system.
const STYLE = `<style>
text { fill: #24292f; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .mark-rule line { stroke: #8b949e; } }
</style>`;

function points(rows) {
  return rows.flatMap((row) =>
    ["tfjs", "numpyts", "scijs", "ndview"]
      .map((by) => ({
        name: row.name,
        group: row.group,
        by,
        ratio: ratio(row, by)?.value,
        target: row.target,
      }))
      .filter((point) => point.ratio !== undefined),
  );
}

function specification(rows) {
  const x = { scale: "x", field: "ratio" };
  const y = { scale: "y", field: "name", band: 0.5 };
  return {
    width: 460,
    height: rows.length * 15,
    padding: 8,
    data: [
      { name: "points", values: points(rows) },
      { name: "targets", values: rows.map(({ name, target }) => ({ name, target })) },
    ],
    scales: [
      { name: "x", type: "log", domain: { data: "points", field: "ratio" }, range: "width", nice: true },
      { name: "y", type: "band", domain: rows.map((row) => row.name), range: "height" },
      { name: "by", type: "ordinal", domain: Object.keys(COLOURS), range: Object.values(COLOURS) },
    ],
    axes: [
      { ...axis("x", "top"), title: "time ÷ NumPy's time; left of 1 is faster", format: "~g", tickCount: 6 },
      { ...axis("y", "left"), labelLimit: 320, grid: false, ticks: false, domain: false },
    ],
    legends: [{ fill: "by", orient: "top", direction: "horizontal", symbolType: "circle" }],
    marks: [
      {
        type: "rule",
        encode: {
          enter: {
            x: { scale: "x", value: 1 },
            y: { value: 0 },
            y2: { signal: "height" },
            stroke: { value: INK },
            strokeWidth: { value: 1.5 },
          },
        },
      },
      {
        type: "symbol",
        from: { data: "targets" },
        encode: {
          enter: {
            x: { scale: "x", field: "target" },
            y,
            shape: { value: "stroke" },
            angle: { value: 90 },
            size: { value: 80 },
            stroke: { value: INK },
          },
        },
      },
      {
        type: "symbol",
        from: { data: "points" },
        encode: { enter: { x, y, size: { value: 55 }, fill: { scale: "by", field: "by" } } },
      },
    ],
  };
}

function axis(scale, orient) {
  const grid = { grid: true, gridColor: INK, gridOpacity: 0.2, tickColor: INK, domainColor: INK };
  return { scale, orient, labelFontSize: 11, ...grid };
}

export async function chart(rows) {
  const { parse, View } = await import("vega");
  const view = new View(parse(specification(rows)), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  // Texts take their colour from the style, so that it can depend on light or dark.
  return `${svg.replace(/(<text[^>]*?) fill="[^"]*"/g, "$1").replace(/(<svg[^>]*>)/, `$1${STYLE}`)}\n`;
}
