import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { LineSample } from "./protocol.ts";

/** Draws a line with the colours of the page. Loaded when the first line is asked for. */
export function drawLine(
  parent: HTMLElement,
  { values, step }: LineSample,
  words: { readonly label: string; readonly axis: string },
): uPlot {
  const style = getComputedStyle(parent);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const indices = Float64Array.from(values, (_, k) => k * step);
  const axis = {
    stroke: colour("--text-soft"),
    grid: { stroke: colour("--edge"), width: 1 },
    ticks: { stroke: colour("--edge"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  const few = values.length <= 60;
  const options: uPlot.Options = {
    width: parent.clientWidth,
    height: 240,
    scales: { x: { time: false } },
    legend: { live: true },
    cursor: { drag: { x: true, y: false } },
    axes: [
      { ...axis, label: words.axis, labelFont: axis.font, labelSize: 22 },
      { ...axis, size: 64 },
    ],
    series: [
      { label: "index" },
      { label: words.label, stroke: colour("--accent"), width: 1.5, points: { show: few, size: 5 } },
    ],
  };
  return new uPlot(options, [indices, gapsFor(values)] as uPlot.AlignedData, parent);
}

/** What is no finite number is a gap. */
function gapsFor(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
