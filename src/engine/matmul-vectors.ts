/**
 * Products with a vector, for which packing does not pay: every element of the matrix is used once. Parts of the matrix
 * that stay in the first caches come in one after the other, and are multiplied line by line, or, where the memory has
 * the lines side by side, added up line by line.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { dotProduct, laneSize, type ProductLane, STORE, smallProduct } from "./kernels/matmul.ts";
import { blockPlace, partOf, productBlocks, type Sum, stageBlock, type Term } from "./matmul-staging.ts";

/** Elements of the vector that are multiplied in one go. */
const DEPTH = 4096;
/** Bytes of a part of the matrix. */
const PART = 128 * 1024;
/** Rows of a part: so many sums are kept at once. */
const ROWS = 4096;

/** C (m) as a sum of products of matrices (m × k) and vectors: `b` and `c` have one axis. */
export function multiplyVector(lane: ProductLane, m: number, k: number, sum: Sum): void {
  const size = laneSize(lane);
  const { a, b, c } = productBlocks();
  const [high, deep] = partShape(size, m, k, sum.terms[0]!.a.strides);
  let staged: Term | null = null;
  for (let i = 0; i < m; i += high) {
    const rows = Math.min(high, m - i);
    sum.terms.forEach((term, t) => {
      for (let p = 0; p < k; p += deep) {
        const depth = Math.min(deep, k - p);
        // A vector that is not cut stays where it is.
        if (staged !== term || deep < k) stageVector(lane, term.b, p, depth, b);
        staged = term;
        const mode = t === 0 && p === 0 ? STORE : term.mode;
        const { address, lineStep, step } = stageBlock(lane, partOf(term.a, i, p), rows, depth, a, false);
        if (step === size) dotProduct(lane)(rows, depth, address, lineStep, b, 0, c, mode);
        else smallProduct(lane)(1, 1, rows, depth, b, address, c, 0, 0, mode);
      }
    });
    castElements([rows], blockPlace(lane, c, [size]), vectorPart(sum.c, i));
  }
}

/** Rows and columns of a part of the matrix: as long as may be along the axis that is the faster one in its memory. */
function partShape(
  size: number,
  m: number,
  k: number,
  [lineStep, step]: readonly number[],
): [high: number, deep: number] {
  if (Math.abs(lineStep!) < Math.abs(step!)) {
    const high = Math.min(m, ROWS);
    return [high, Math.min(k, Math.max(1, Math.floor(PART / (high * size))))];
  }
  const deep = Math.min(k, DEPTH);
  return [Math.min(m, ROWS, Math.max(1, Math.floor(PART / (deep * size)))), deep];
}

/** C (m) as sums of products of the rows of A and B, both m × k. */
export function multiplyRows(lane: ProductLane, m: number, k: number, sum: Sum): void {
  const size = laneSize(lane);
  const { a, b, c } = productBlocks();
  const deep = Math.min(k, DEPTH);
  const high = Math.min(m, ROWS, Math.max(1, Math.floor(PART / (deep * size))));
  const strides = [deep * size, size];
  for (let i = 0; i < m; i += high) {
    const rows = Math.min(high, m - i);
    sum.terms.forEach((term, t) => {
      for (let p = 0; p < k; p += deep) {
        const depth = Math.min(deep, k - p);
        castElements([rows, depth], partOf(term.a, i, p), blockPlace(lane, a, strides));
        castElements([rows, depth], partOf(term.b, i, p), blockPlace(lane, b, strides));
        const mode = t === 0 && p === 0 ? STORE : term.mode;
        dotProduct(lane)(rows, depth, a, strides[0]!, b, strides[0]!, c, mode);
      }
    });
    castElements([rows], blockPlace(lane, c, [size]), vectorPart(sum.c, i));
  }
}

function vectorPart(place: TypedPlace, at: number): TypedPlace {
  return { ...place, offset: place.offset + at * place.strides[0]! };
}

function stageVector(lane: ProductLane, place: TypedPlace, at: number, count: number, to: number): void {
  castElements([count], vectorPart(place, at), blockPlace(lane, to, [laneSize(lane)]));
}
