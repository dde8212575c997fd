import type { Part } from "./lighting.ts";
import type { Lit } from "./state.ts";

/** The cell that a key leads to from the one that is lit: along the last axis, or along the one before it. */
export function nextCell(cells: readonly Part[], now: Lit | null, key: string): Part | null {
  const at = now === null ? -1 : cells.findIndex((cell) => cell === now || isAt(cell, now));
  switch (key) {
    case "Home":
      return cells[0] ?? null;
    case "End":
      return cells.at(-1) ?? null;
    case "ArrowRight":
      return cells[Math.min(at + 1, cells.length - 1)] ?? null;
    case "ArrowLeft":
      return cells[Math.max(at - 1, 0)] ?? null;
    case "ArrowDown":
      return inColumn(cells, at, 1);
    case "ArrowUp":
      return inColumn(cells, at, -1);
    default:
      return null;
  }
}

const isAt = (cell: Part, now: Lit): boolean =>
  cell.buffer === now.buffer && cell.low === now.low && cell.high === now.high;

const lastIndex = ({ index }: Part): string | undefined => index?.split(",").at(-1)?.trim();

function inColumn(cells: readonly Part[], at: number, step: 1 | -1): Part | null {
  const from = cells[at];
  if (from === undefined) return cells[0] ?? null;
  for (let k = at + step; k >= 0 && k < cells.length; k += step) {
    const cell = cells[k] as Part;
    if (cell.array === from.array && lastIndex(cell) === lastIndex(from)) return cell;
  }
  return from;
}
