/**
 * Moving those elements that a mask picks; the loop stands here once for each width of a lane, as in moveloops.ts.
 */

import { unpackSubarray } from "../dtype/struct.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { cStrides } from "../layout/layout.ts";
import { walkOuterMany } from "../layout/walk.ts";
import { isSolid, type TypedPlace } from "./cast.ts";
import { blendLine } from "./maskchunks.ts";
import { laneWidth, moveLoops } from "./moveloops.ts";
import type { Place } from "./storage.ts";

/** A line: its length, and how far source, destination and mask step, in lane elements and in bytes for the mask. */
interface MaskedLine {
  readonly n: number;
  readonly s: number;
  readonly d: number;
  readonly m: number;
}

type MaskLoop = (
  src: never,
  from: number,
  dst: never,
  to: number,
  mask: Uint8Array,
  first: number,
  line: MaskedLine,
) => void;

function masked8(
  src: Uint8Array,
  from: number,
  dst: Uint8Array,
  to: number,
  mask: Uint8Array,
  first: number,
  { n, s, d, m }: MaskedLine,
): void {
  for (let k = 0; k < n; k++) if (mask[first + k * m] !== 0) dst[to + k * d] = src[from + k * s]!;
}

function masked16(
  src: Uint16Array,
  from: number,
  dst: Uint16Array,
  to: number,
  mask: Uint8Array,
  first: number,
  { n, s, d, m }: MaskedLine,
): void {
  for (let k = 0; k < n; k++) if (mask[first + k * m] !== 0) dst[to + k * d] = src[from + k * s]!;
}

function masked32(
  src: Int32Array,
  from: number,
  dst: Int32Array,
  to: number,
  mask: Uint8Array,
  first: number,
  { n, s, d, m }: MaskedLine,
): void {
  for (let k = 0; k < n; k++) if (mask[first + k * m] !== 0) dst[to + k * d] = src[from + k * s]!;
}

function masked64(
  src: BigUint64Array,
  from: number,
  dst: BigUint64Array,
  to: number,
  mask: Uint8Array,
  first: number,
  { n, s, d, m }: MaskedLine,
): void {
  for (let k = 0; k < n; k++) if (mask[first + k * m] !== 0) dst[to + k * d] = src[from + k * s]!;
}

/** Longer lines beside a dense mask are met chunk by chunk: see maskchunks.ts. */
const LONG_LINE = 128;

const loops: { readonly [bytes: number]: MaskLoop } = { 1: masked8, 2: masked16, 4: masked32, 8: masked64 };

/**
 * Copies the elements at `src`, of the dtype of those at `dst`, whose byte at `mask` is not 0 to `dst`. Nothing may
 * overlap `dst`, nor `dst` itself.
 */
export function moveMasked(shape: readonly number[], src: TypedPlace, dst: TypedPlace, mask: Place): void {
  if (isSolid(dst.dtype)) {
    moveLanes(shape, src, dst, mask, dst.dtype.itemsize);
    return;
  }
  for (const { dtype, offset } of dst.dtype.fields!) {
    const inner = unpackSubarray(dtype);
    const place = (whole: TypedPlace): TypedPlace => ({
      ...whole,
      strides: [...whole.strides, ...cStrides(inner.shape, inner.dtype.itemsize)],
      offset: whole.offset + offset,
      dtype: inner.dtype,
    });
    const still = { ...mask, strides: [...mask.strides, ...inner.shape.map(() => 0)] };
    moveMasked([...shape, ...inner.shape], place(src), place(dst), still);
  }
}

function moveLanes(shape: readonly number[], src: Place, dst: Place, mask: Place, itemsize: number): void {
  const walk = coalesceOrdered(
    shape,
    [dst.strides, src.strides, mask.strides],
    [dst.offset, src.offset, mask.offset],
  );
  const [d, s, m] = walk.strides as [number[], number[], number[]];
  const [to, from] = walk.offsets as [number, number];
  if (m.at(-1) === 1 && walk.shape.at(-1)! >= LONG_LINE) {
    const [n, step, other] = [walk.shape.at(-1)!, d.at(-1)!, s.at(-1)!];
    const { storage } = dst;
    walkOuterMany(walk.shape, walk.strides, walk.offsets, 1, ([q, p, first]) => {
      blendLine(
        { n, itemsize, storage, from: q!, step, mask: mask.storage, first: first!, maskStep: 1 },
        { storage: src.storage, from: p!, step: other },
      );
    });
    return;
  }
  const width = laneWidth(itemsize, { strides: s, offset: from }, { strides: d, offset: to });
  const { lane } = moveLoops[width]!;
  const run = loops[width]!;
  const source = src.storage.lane(lane) as never;
  const target = dst.storage.lane(lane) as never;
  const picks = mask.storage.lane(Uint8Array);
  const line = {
    n: walk.shape.at(-1) ?? 1,
    s: (s.at(-1) ?? 0) / width,
    d: (d.at(-1) ?? 0) / width,
    m: m.at(-1) ?? 0,
  };
  walkOuterMany(walk.shape, walk.strides, walk.offsets, 1, ([q, p, first]) => {
    for (let k = 0; k < itemsize / width; k++)
      run(source, p! / width + k, target, q! / width + k, picks, first!, line);
  });
}
