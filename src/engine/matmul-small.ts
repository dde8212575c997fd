/**
 * Products of small matrices, many in one go: as many of a stack as fit come in together, dense, and one call of a kernel
 * without packing multiplies them all.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { coalesce } from "../layout/coalesce.ts";
import { walkOuterMany } from "../layout/walk.ts";
import { laneSize, type ProductLane, STORE, smallProduct } from "./kernels/matmul.ts";
import { copyIn, copyOut, isCopied } from "./matmul-copies.ts";
import { BLOCK_BYTES, blockPlace, productBlocks, type Sum } from "./matmul-staging.ts";

/** Bytes of the largest of the three blocks of a go. */
const GO = 32 * 1024;

/** Whether each of the three matrices fits its block; rows of the result are whole vectors there. */
export function isSmall(lane: ProductLane, m: number, n: number, k: number): boolean {
  const size = laneSize(lane);
  return Math.max(m * k * size, k * n * size, m * resultRow(lane, n)) <= BLOCK_BYTES;
}

/** Bytes of a row of the result where the kernel puts it. */
function resultRow(lane: ProductLane, n: number): number {
  return Math.ceil((n * laneSize(lane)) / 16) * 16;
}

/** C as sums of products of small matrices; all places have the axes of the batch in front. */
export function multiplySmall(
  lane: ProductLane,
  batch: readonly number[],
  m: number,
  n: number,
  k: number,
  sum: Sum,
): void {
  if (batch.length === 0) {
    multiplyOne(lane, m, n, k, sum);
    return;
  }
  const size = laneSize(lane);
  const places = [sum.c, ...sum.terms.flatMap(({ a, b }) => [a, b])];
  const inner = places.map((place) => place.strides.slice(-2));
  const walk = coalesce(
    batch,
    places.map((place) => place.strides.slice(0, -2)),
  );
  // One axis is cut into goes; those before it are walked.
  const shape = walk.shape.length === 0 ? [1] : walk.shape;
  const outer = walk.strides.map((strides) => (strides.length === 0 ? [0] : strides));
  const length = shape.at(-1)!;
  const rowBytes = resultRow(lane, n);
  const most = Math.max(1, Math.floor(GO / Math.max(m * k * size, k * n * size, m * rowBytes)));
  const parts = places.map((place, j) => ({ ...place, strides: [outer[j]!.at(-1)!, ...inner[j]!] }));
  const offsets = places.map((place) => place.offset);
  walkOuterMany(shape, outer, offsets, 1, (at) => {
    for (let from = 0; from < length; from += most) {
      const now = parts.map((part, j) => ({ ...part, offset: at[j]! + from * part.strides[0]! }));
      multiplyGo(lane, Math.min(most, length - from), m, n, k, now, sum);
    }
  });
}

/** The same without a stack, as most are. */
function multiplyOne(lane: ProductLane, m: number, n: number, k: number, sum: Sum): void {
  const size = laneSize(lane);
  const { a, b, c } = productBlocks();
  const run = smallProduct(lane);
  for (let t = 0; t < sum.terms.length; t++) {
    const term = sum.terms[t]!;
    bringIn(lane, term.a, m, k, a);
    bringIn(lane, term.b, k, n, b);
    run(1, m, n, k, a, b, c, 0, 0, t === 0 ? STORE : term.mode);
  }
  const rowBytes = resultRow(lane, n);
  if (isCopied(lane, sum.c)) copyOut(lane, sum.c, m, n, c, rowBytes);
  else castElements([m, n], blockPlace(lane, c, [rowBytes, size]), sum.c);
}

function bringIn(lane: ProductLane, place: TypedPlace, rows: number, columns: number, to: number): void {
  const size = laneSize(lane);
  if (isCopied(lane, place)) copyIn(lane, place, rows, columns, to, columns * size);
  else castElements([rows, columns], place, blockPlace(lane, to, [columns * size, size]));
}

/** `places` are those of C and of the operands of each term. */
function multiplyGo(
  lane: ProductLane,
  count: number,
  m: number,
  n: number,
  k: number,
  places: readonly TypedPlace[],
  sum: Sum,
): void {
  const size = laneSize(lane);
  const { a, b, c } = productBlocks();
  const run = smallProduct(lane);
  sum.terms.forEach((term, t) => {
    const aStep = stageStack(lane, places[1 + 2 * t]!, count, m, k, a);
    const bStep = stageStack(lane, places[2 + 2 * t]!, count, k, n, b);
    run(count, m, n, k, a, b, c, aStep, bStep, t === 0 ? STORE : term.mode);
  });
  const rowBytes = resultRow(lane, n);
  castElements([count, m, n], blockPlace(lane, c, [m * rowBytes, rowBytes, size]), places[0]!);
}

/** Brings matrices in, side by side; one that is the same for all comes once. Gives the bytes from one to the next. */
function stageStack(
  lane: ProductLane,
  place: TypedPlace,
  count: number,
  rows: number,
  columns: number,
  to: number,
): number {
  const size = laneSize(lane);
  const bytes = rows * columns * size;
  const same = place.strides[0] === 0;
  const shape = [same ? 1 : count, rows, columns];
  castElements(shape, place, blockPlace(lane, to, [bytes, columns * size, size]));
  return same ? 0 : bytes;
}
