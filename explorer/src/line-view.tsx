import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { useAnswer } from "./answer.ts";
import { numberText } from "./number-text.ts";
import { PlaneChoice } from "./plane-choice.tsx";
import type { ArrayFacts, LineSample } from "./protocol.ts";
import { theme } from "./state.ts";
import { useSeen } from "./visible.ts";

const MOST = 4000;

/** One axis as a line, at one place of the others. */
export function LineView({ facts }: { facts: ArrayFacts }) {
  const { key, shape, label } = facts;
  const [place, seen] = useSeen<HTMLDivElement>();
  const [axis, setAxis] = useState(() => shape.indexOf(Math.max(...shape)));
  const [at, setAt] = useState<readonly number[]>(shape.map(() => 0));
  const asked = useAnswer("line", seen ? { key, axis, at, most: MOST } : null);
  return (
    <div class="line" ref={place}>
      <div class="plane-choice">
        {shape.length > 1 && (
          <label class="field small">
            <span>along axis</span>
            <select value={axis} onChange={({ currentTarget }) => setAxis(Number(currentTarget.value))}>
              {shape.map((length, k) => (
                <option value={k} key={`${k} ${length}`}>
                  {k} ({length} long)
                </option>
              ))}
            </select>
          </label>
        )}
        <PlaneChoice shape={shape} skip={[axis]} at={at} onChange={setAt} />
      </div>
      {asked.last === null ? (
        <p class="soft">drawing …</p>
      ) : (
        <Chart sample={asked.last} label={label} axis={axis} />
      )}
    </div>
  );
}

interface ChartProps {
  readonly sample: LineSample;
  readonly label: string;
  readonly axis: number;
}

function Chart({ sample, label, axis }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  // The colours are read when the chart is made.
  const colours = theme.value;
  useEffect(() => {
    let chart: uPlot | null = null;
    let isGone = false;
    const parent = place.current as HTMLDivElement;
    import("./line-chart.ts").then(({ drawLine }) => {
      if (!isGone) chart = drawLine(parent, sample, { label, axis: `index along axis ${axis}` });
    });
    const observer = new ResizeObserver(() => {
      if (chart !== null && chart.width !== parent.clientWidth)
        chart.setSize({ width: parent.clientWidth, height: chart.height });
    });
    observer.observe(parent);
    return () => {
      isGone = true;
      observer.disconnect();
      chart?.destroy();
    };
  }, [sample, label, axis, colours]);
  return (
    <>
      <div class="chart" ref={place} role="img" aria-label={chartText(sample, label)} />
      {sample.step > 1 && (
        <p class="soft">
          {sample.length} elements; shown is every {sample.step}th
        </p>
      )}
    </>
  );
}

function chartText({ values, length }: LineSample, label: string): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return `Line of ${label}, ${length} elements between ${numberText(low)} and ${numberText(high)}`;
}
