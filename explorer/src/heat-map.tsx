import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { coloursOf, rampGradient } from "./colour-ramp.ts";
import { ElementMark } from "./element-mark.tsx";
import { light } from "./lighting.ts";
import { numberText } from "./number-text.ts";
import { PlaneChoice } from "./plane-choice.tsx";
import type { ArrayFacts, PlaneSample } from "./protocol.ts";
import { useSeen } from "./visible.ts";

const MOST = 400;

/** The numbers of a plane as colours; of a large one every n-th element. */
export function HeatMap({ facts }: { facts: ArrayFacts }) {
  const { key, shape } = facts;
  const [place, seen] = useSeen<HTMLDivElement>();
  const [at, setAt] = useState<readonly number[]>(shape.map(() => 0));
  const leading = at.slice(0, Math.max(0, shape.length - 2));
  const asked = useAnswer("plane", seen ? { key, leading, most: MOST } : null);
  const sample = asked.last;
  const shownAxes = [shape.length - 1, shape.length - 2];
  return (
    <div class="heat" ref={place}>
      <PlaneChoice shape={shape} skip={shownAxes} at={at} onChange={setAt} />
      {asked.state === "failed" && <p class="soft">{asked.message}</p>}
      {sample === null ? <p class="soft">colouring …</p> : <HeatCanvas {...{ facts, sample, leading }} />}
    </div>
  );
}

interface CanvasProps {
  readonly facts: ArrayFacts;
  readonly sample: PlaneSample;
  readonly leading: readonly number[];
}

function HeatCanvas({ facts, sample, leading }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<readonly [row: number, column: number] | null>(null);
  useEffect(() => paint(canvas.current as HTMLCanvasElement, sample), [sample]);
  const point = (row: number, column: number) => {
    const to = [clamp(row, sample.rows), clamp(column, sample.columns)] as const;
    setPointed(to);
    lightElement(facts, leading, to[0] * sample.rowStep, to[1] * sample.columnStep);
  };
  const onPointerMove = ({ offsetX, offsetY, currentTarget }: PointerEvent) => {
    const { clientWidth, clientHeight } = currentTarget as HTMLCanvasElement;
    const row = Math.floor((offsetY / clientHeight) * sample.rows);
    point(row, Math.floor((offsetX / clientWidth) * sample.columns));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const [row, column] = pointed ?? [0, 0];
    point(row + step[0], column + step[1]);
  };
  const leave = () => {
    setPointed(null);
    light(null);
  };
  return (
    <>
      <div class="heat-frame" style={sizeOf(sample)}>
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={`Heat map of ${facts.label}, from ${numberText(sample.low)} to ${numberText(sample.high)}`}
          width={sample.columns}
          height={sample.rows}
          onPointerMove={onPointerMove}
          onPointerLeave={leave}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        <ElementMark facts={facts} leading={leading} painted={sample} />
      </div>
      <p class="part-line" aria-live="polite">
        {pointed === null ? sizeText(sample) : pointedText(facts, sample, leading, pointed)}
      </p>
      <Legend sample={sample} />
    </>
  );
}

const keySteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Squares, as large as there is room for; a plane that is very thin is drawn thicker than it is. */
function sizeOf({ rows, columns }: PlaneSample): { width: string; aspectRatio: string } {
  const scale = Math.max(1, Math.min(28, Math.floor(640 / columns), Math.floor(420 / rows)));
  const width = Math.max(columns * scale, 24);
  const height = Math.max(rows * scale, 24);
  return { width: `min(100%, ${width}px)`, aspectRatio: `${width} / ${height}` };
}

const clamp = (place: number, length: number): number => Math.max(0, Math.min(length - 1, place));

function paint(canvas: HTMLCanvasElement, { values, rows, columns, low, high }: PlaneSample): void {
  const pixels = new Uint8ClampedArray(coloursOf(values, low, high).buffer);
  canvas.width = columns;
  canvas.height = rows;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
}

/** Lights the bytes of the element at a row and column of the plane. */
export function lightElement(
  facts: ArrayFacts,
  leading: readonly number[],
  row: number,
  column: number,
): void {
  const index = facts.shape.length < 2 ? [column] : [...leading, row, column];
  const low = index.reduce((sum, i, axis) => sum + i * (facts.strides[axis] ?? 0), facts.offset);
  light({ buffer: facts.buffer, low, high: low + facts.itemsize });
}

function sizeText({ rows, columns, allRows, allColumns, rowStep, columnStep }: PlaneSample): string {
  if (rowStep === 1 && columnStep === 1) return `${rows} × ${columns} elements`;
  return `${allRows} × ${allColumns} elements; shown are every ${rowStep}th row and every ${columnStep}th column`;
}

function pointedText(
  { label, shape }: ArrayFacts,
  sample: PlaneSample,
  leading: readonly number[],
  [row, column]: readonly [number, number],
): string {
  const place = [row * sample.rowStep, column * sample.columnStep];
  const index = shape.length < 2 ? place.slice(1) : [...leading, ...place];
  return `${label}[${index.join(", ")}] = ${numberText(sample.values[row * sample.columns + column] ?? Number.NaN)}`;
}

function Legend({ sample: { low, high, notFinite } }: { sample: PlaneSample }) {
  return (
    <div class="legend">
      <span>{numberText(low)}</span>
      <span class="ramp" style={{ background: rampGradient }} aria-hidden="true" />
      <span>{numberText(high)}</span>
      {notFinite > 0 && <span class="soft">{notFinite} are NaN or infinite, in grey</span>}
    </div>
  );
}
