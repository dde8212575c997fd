import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { lightElement } from "./heat-map.tsx";
import { light } from "./lighting.ts";
import { PlaneChoice } from "./plane-choice.tsx";
import type { ArrayFacts, CellWindow } from "./protocol.ts";
import { lit } from "./state.ts";

/**
 * The elements of a plane in rows and columns. However many there are, only those in sight are asked for and in the page:
 * the window moves with what is scrolled.
 */

const ROW = 26;
const COLUMN = 92;
const HEAD = 64;
/** Browsers place nothing much further down than this. */
const FARTHEST = 12_000_000;

interface Spot {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export function TableView({ facts }: { facts: ArrayFacts }) {
  const { shape, key } = facts;
  const [at, setAt] = useState<readonly number[]>(shape.map(() => 0));
  const leading = at.slice(0, Math.max(0, shape.length - 2));
  const rows = shape.length < 2 ? 1 : (shape.at(-2) as number);
  const columns = shape.at(-1) as number;
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0, rows: 16, columns: 10 });
  const asked = useAnswer("cells", { key, leading, ...spot });
  const height = Math.min(FARTHEST, rows * ROW);
  const width = Math.min(FARTHEST, columns * COLUMN);
  const follow = (frame: HTMLElement) => {
    const next = spotOf(frame, { rows, columns, height, width });
    setSpot((now) => (sameSpot(now, next) ? now : next));
  };
  return (
    <div class="table">
      <PlaneChoice shape={shape} skip={[shape.length - 1, shape.length - 2]} at={at} onChange={setAt} />
      {/* biome-ignore lint/a11y/useSemanticElements: this is no form */}
      <div
        class="table-frame"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
        tabIndex={0}
        aria-label={`Elements of ${facts.label}, ${rows} by ${columns}`}
        style={{ height: `${Math.min(height + ROW + 18, 420)}px` }}
        onScroll={({ currentTarget }) => follow(currentTarget)}
      >
        <div class="table-space" style={{ height: `${height + ROW}px`, width: `${width + HEAD}px` }}>
          {asked.last !== null && (
            <Window {...{ facts, leading }} cells={asked.last} scale={{ rows, columns, height, width }} />
          )}
        </div>
      </div>
    </div>
  );
}

interface Scale {
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
}

/** Which elements are in sight, with a few around them. */
function spotOf(frame: HTMLElement, { rows, columns, height, width }: Scale): Spot {
  const [down, across] = [height / rows, width / columns];
  const row = Math.max(0, Math.floor(frame.scrollTop / down) - 6);
  const column = Math.max(0, Math.floor(frame.scrollLeft / across) - 2);
  return {
    row: row - (row % 4),
    column: column - (column % 2),
    rows: Math.ceil(frame.clientHeight / ROW) + 16,
    columns: Math.ceil(frame.clientWidth / COLUMN) + 6,
  };
}

const sameSpot = (a: Spot, b: Spot): boolean =>
  a.row === b.row && a.column === b.column && a.rows === b.rows && a.columns === b.columns;

interface WindowProps {
  readonly facts: ArrayFacts;
  readonly leading: readonly number[];
  readonly cells: CellWindow;
  readonly scale: Scale;
}

function Window({ facts, leading, cells, scale }: WindowProps) {
  const { row, column, texts } = cells;
  const body = useRef<HTMLTableElement>(null);
  const top = (row * scale.height) / scale.rows;
  const left = (column * scale.width) / scale.columns;
  const point = ({ target }: PointerEvent) => {
    const cell = target instanceof Element ? target.closest("td") : null;
    if (cell === null) return light(null);
    lightElement(facts, leading, Number(cell.dataset["row"]), Number(cell.dataset["column"]));
  };
  useSignalEffect(() => shine(body.current, facts, leading, lit.value));
  useEffect(() => shine(body.current, facts, leading, lit.peek()), [cells, facts, leading]);
  return (
    <table
      ref={body}
      style={{ transform: `translate(${left}px, ${top}px)` }}
      onPointerMove={point}
      onPointerLeave={() => light(null)}
    >
      <thead>
        <tr>
          <td class="corner" />
          {texts[0]?.map((_, j) => (
            <th scope="col" key={column + j}>
              {column + j}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {texts.map((line, i) => (
          <tr key={row + i}>
            <th scope="row">{row + i}</th>
            {line.map((text, j) => (
              <td key={column + j} data-row={row + i} data-column={column + j}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Lights the elements that lie on the bytes that are pointed at. */
function shine(
  table: HTMLTableElement | null,
  facts: ArrayFacts,
  leading: readonly number[],
  now: { buffer: number; low: number; high: number } | null,
): void {
  if (table === null) return;
  const { strides, shape, itemsize, buffer } = facts;
  const across = strides.at(-1) ?? 0;
  const down = shape.length < 2 ? 0 : (strides.at(-2) ?? 0);
  const first = leading.reduce((sum, i, axis) => sum + i * (strides[axis] ?? 0), facts.offset);
  for (const cell of table.querySelectorAll("td")) {
    if (cell.dataset["row"] === undefined) continue;
    const low = first + Number(cell.dataset["row"]) * down + Number(cell.dataset["column"]) * across;
    const isLit = now !== null && now.buffer === buffer && low < now.high && low + itemsize > now.low;
    if (cell.classList.contains("lit") !== isLit) cell.classList.toggle("lit", isLit);
  }
}
