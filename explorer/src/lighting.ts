import { effect } from "@preact/signals";
import type { Picture } from "./protocol.ts";
import { type Lit, lit } from "./state.ts";

/**
 * Cells and bytes that light up together. Every drawing in the page says where its parts lie in which buffer; what is
 * pointed at, wherever, lights all parts of all drawings that lie on the same bytes.
 */

/** A part of a drawing: a cell of a grid, or bytes of a strip. */
export interface Part extends Lit {
  readonly element: Element;
  /** The place of its array among those drawn, and its index there; null for bytes. */
  readonly array: number;
  readonly index: string | null;
  /** Its first byte as the drawing counts. */
  readonly address: number;
}

const drawings = new Set<readonly Part[]>();
let shining: Element[] = [];

/** The parts of a drawing that is in the page. */
export function partsOf(root: Element, { strips }: Picture): Part[] {
  const parts: Part[] = [];
  const stripOfArray = new Map<string, string>();
  for (const element of root.querySelectorAll<SVGElement>("[data-address]")) {
    const { address, bytes, array = "0", index, buffer } = element.dataset;
    if (buffer !== undefined && array !== undefined) stripOfArray.set(array, buffer);
    const strip = strips[Number(buffer ?? stripOfArray.get(array) ?? 0)];
    if (strip === undefined) continue;
    const low = strip.origin + Number(address);
    parts.push({
      element,
      buffer: strip.buffer,
      low,
      high: low + Number(bytes),
      array: Number(array),
      index: index ?? null,
      address: Number(address),
    });
  }
  return parts;
}

/** Lets a drawing take part; the result takes it out again. */
export function register(parts: readonly Part[]): () => void {
  drawings.add(parts);
  return () => void drawings.delete(parts);
}

export function light(part: Lit | null): void {
  const now = lit.peek();
  if (part === now) return;
  if (
    part !== null &&
    now !== null &&
    part.buffer === now.buffer &&
    part.low === now.low &&
    part.high === now.high
  )
    return;
  lit.value = part;
}

function shine(now: Lit | null): void {
  for (const element of shining) element.classList.remove("lit");
  shining = [];
  if (now === null) return;
  for (const parts of drawings) {
    for (const { element, buffer, low, high } of parts) {
      if (buffer !== now.buffer || low >= now.high || high <= now.low) continue;
      element.classList.add("lit");
      shining.push(element);
    }
  }
}

effect(() => shine(lit.value));
