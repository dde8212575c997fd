/**
 * The product of two large matrices, block by block: a block of the result is summed up in the engine's memory over all
 * blocks of the operands, and then written to where it belongs, cast if need be. So the result may have any layout, and
 * sums are rounded to it once.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { laneSize, type ProductLane, panelProduct, STORE, TILE_ROWS, tileColumns } from "./kernels/matmul.ts";
import { packLines, packSideBySide } from "./kernels/matmul-pack.ts";
import {
  blockPlace,
  partOf,
  pieceOf,
  productBlocks,
  STAGE_BYTES,
  type Sum,
  stageBlock,
  type Term,
} from "./matmul-staging.ts";

/** Steps of the axis that is summed in a block. */
const DEPTH = 256;
/** Edge of a block of the result, by the size of an element: its bytes fit the block. */
const EDGE = { 8: 256, 4: 352 } as const;

/** How a product is cut into blocks. */
interface Cut {
  readonly lane: ProductLane;
  readonly columns: number;
  /** The most rows, columns and steps of a block. */
  readonly high: number;
  readonly wide: number;
  readonly deep: number;
  /** Bytes of a row of the block of the result. */
  readonly rowBytes: number;
}

function cutOf(lane: ProductLane, m: number, n: number, k: number): Cut {
  const size = laneSize(lane);
  const columns = tileColumns(lane);
  const wide = pieceOf(n, EDGE[size], columns);
  const [high, deep] = [pieceOf(m, EDGE[size], TILE_ROWS), pieceOf(k, DEPTH, 1)];
  return { lane, columns, high, wide, deep, rowBytes: wide * size };
}

/** C (m × n) as a sum of products of matrices. */
export function multiplyPanels(lane: ProductLane, m: number, n: number, k: number, sum: Sum): void {
  const cut = cutOf(lane, m, n, k);
  const { c } = productBlocks();
  // Which block of B is packed: it is used again when it is the only one of its columns.
  const packed = { j: -1, p: -1, term: -1 };
  for (let j = 0; j < n; j += cut.wide) {
    const right = Math.min(cut.wide, n - j);
    for (let i = 0; i < m; i += cut.high) {
      const down = Math.min(cut.high, m - i);
      sum.terms.forEach((term, t) => {
        for (let p = 0; p < k; p += cut.deep) {
          const depth = Math.min(cut.deep, k - p);
          if (packed.j !== j || packed.p !== p || packed.term !== t) {
            packRight(cut, term, p, j, depth, right);
            Object.assign(packed, { j, p, term: t });
          }
          multiplyBlock(cut, term, i, p, down, depth, right, t === 0 && p === 0 ? STORE : term.mode);
        }
      });
      castElements([down, right], blockPlace(lane, c, [cut.rowBytes, laneSize(lane)]), partOf(sum.c, i, j));
    }
  }
}

function packRight(cut: Cut, { b }: Term, p: number, j: number, depth: number, right: number): void {
  const part = partOf(b, p, j);
  const [down, along] = part.strides as [number, number];
  pack(cut.lane, { ...part, strides: [along, down] }, right, depth, cut.columns, productBlocks().b);
}

function multiplyBlock(
  cut: Cut,
  term: Term,
  i: number,
  p: number,
  down: number,
  depth: number,
  right: number,
  mode: number,
): void {
  const { a, b, c } = productBlocks();
  pack(cut.lane, partOf(term.a, i, p), down, depth, TILE_ROWS, a);
  const [rows, columns] = [Math.ceil(down / TILE_ROWS), Math.ceil(right / cut.columns)];
  panelProduct(cut.lane)(rows, columns, depth, a, b, c, cut.rowBytes, mode);
}

/** Packs `lines` of `depth` elements into panels of `width` lines at `to`. */
function pack(
  lane: ProductLane,
  place: TypedPlace,
  lines: number,
  depth: number,
  width: number,
  to: number,
): void {
  const size = laneSize(lane);
  const most = Math.max(width, Math.floor(STAGE_BYTES / (depth * size * width)) * width);
  const { stage } = productBlocks();
  for (let line = 0; line < lines; line += most) {
    const count = Math.min(most, lines - line);
    const { address, lineStep, step } = stageBlock(lane, partOf(place, line, 0), count, depth, stage, true);
    const into = to + line * depth * size;
    const whole = lineStep === size ? count - (count % width) : 0;
    if (whole > 0) packSideBySide(size, width)(whole, depth, address, step, into);
    if (whole === count) continue;
    const from = address + whole * lineStep;
    packLines(size, width)(count - whole, depth, from, lineStep, step, into + whole * depth * size);
  }
}
