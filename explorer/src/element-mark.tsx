import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ArrayFacts } from "./protocol.ts";
import { type Lit, lit } from "./state.ts";

/** A part of an array as it is painted: `rows` by `columns`, each so many elements apart. */
export interface Painted {
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

interface MarkProps {
  readonly facts: ArrayFacts;
  readonly leading: readonly number[];
  readonly painted: Painted;
}

/** A frame around the painted element that lies on the bytes which are pointed at, wherever that is. */
export function ElementMark({ facts, leading, painted }: MarkProps) {
  const mark = useRef<HTMLSpanElement>(null);
  useSignalEffect(() => {
    const { current } = mark;
    if (current === null) return;
    const found = lit.value === null ? null : elementAt(facts, leading, painted, lit.value);
    current.hidden = found === null;
    if (found === null) return;
    const { rows, columns } = painted;
    current.style.left = `${(100 * found[1]) / columns}%`;
    current.style.top = `${(100 * found[0]) / rows}%`;
    current.style.width = `${100 / columns}%`;
    current.style.height = `${100 / rows}%`;
  });
  return <span class="element-mark" ref={mark} hidden />;
}

/** The first painted element that lies on the bytes. */
function elementAt(
  { shape, strides, offset, itemsize, buffer }: ArrayFacts,
  leading: readonly number[],
  { rows, columns, rowStep, columnStep }: Painted,
  now: Lit,
): [row: number, column: number] | null {
  if (now.buffer !== buffer) return null;
  const planeAxes = Math.min(2, shape.length - leading.length);
  const [down = 0, across = 0] = planeAxes === 2 ? strides.slice(leading.length) : [0, strides.at(-1)];
  const first = leading.reduce((sum, i, axis) => sum + i * (strides[axis] ?? 0), offset);
  for (let row = 0; row < rows; row++) {
    let low = first + row * rowStep * down;
    for (let column = 0; column < columns; column++, low += columnStep * across)
      if (low < now.high && low + itemsize > now.low) return [row, column];
  }
  return null;
}
