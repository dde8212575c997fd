/**
 * Elements in a row that a mask picks, brought together and put back; the loops stand here once for each width of a lane,
 * as in moveloops.ts.
 */

import type { Lane, LaneClass, Storage } from "./storage.ts";

/** Elements of `words` lanes each: where the row starts, and where those that are picked do, in lanes. */
interface Picks {
  readonly row: number;
  readonly picked: number;
  readonly words: number;
}

type PickLoop = (row: never, picked: never, mask: Uint8Array, picks: Picks) => void;

function pick8(row: Uint8Array, picked: Uint8Array, mask: Uint8Array, picks: Picks): void {
  let [at, to] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) picked[to++] = row[at + w]!;
  }
}

function pick16(row: Uint16Array, picked: Uint16Array, mask: Uint8Array, picks: Picks): void {
  let [at, to] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) picked[to++] = row[at + w]!;
  }
}

function pick32(row: Int32Array, picked: Int32Array, mask: Uint8Array, picks: Picks): void {
  let [at, to] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) picked[to++] = row[at + w]!;
  }
}

function pick64(row: BigUint64Array, picked: BigUint64Array, mask: Uint8Array, picks: Picks): void {
  let [at, to] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) picked[to++] = row[at + w]!;
  }
}

function put8(row: Uint8Array, picked: Uint8Array, mask: Uint8Array, picks: Picks): void {
  let [at, from] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) row[at + w] = picked[from++]!;
  }
}

function put16(row: Uint16Array, picked: Uint16Array, mask: Uint8Array, picks: Picks): void {
  let [at, from] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) row[at + w] = picked[from++]!;
  }
}

function put32(row: Int32Array, picked: Int32Array, mask: Uint8Array, picks: Picks): void {
  let [at, from] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) row[at + w] = picked[from++]!;
  }
}

function put64(row: BigUint64Array, picked: BigUint64Array, mask: Uint8Array, picks: Picks): void {
  let [at, from] = [picks.row, picks.picked];
  for (let k = 0; k < mask.length; k++, at += picks.words) {
    if (mask[k] !== 0) for (let w = 0; w < picks.words; w++) row[at + w] = picked[from++]!;
  }
}

interface Width {
  readonly bytes: number;
  readonly lane: LaneClass<Lane>;
  readonly pick: PickLoop;
  readonly put: PickLoop;
}

const widths: readonly Width[] = [
  { bytes: 8, lane: BigUint64Array, pick: pick64, put: put64 },
  { bytes: 4, lane: Int32Array, pick: pick32, put: put32 },
  { bytes: 2, lane: Uint16Array, pick: pick16, put: put16 },
  { bytes: 1, lane: Uint8Array, pick: pick8, put: put8 },
];

/** Where a row of elements starts. */
export interface Row {
  readonly storage: Storage;
  readonly offset: number;
}

/** Copies the elements of a row, of `bytes` each, where the mask is not 0 to `picked`, or back with `put`. */
export function pickElements(
  row: Row,
  picked: Row,
  mask: Uint8Array,
  bytes: number,
  way: "pick" | "put",
): void {
  if (bytes === 0) return;
  const width = widths.find((one) => (bytes | row.offset | picked.offset) % one.bytes === 0)!;
  const loop = width[way];
  loop(row.storage.lane(width.lane) as never, picked.storage.lane(width.lane) as never, mask, {
    row: row.offset / width.bytes,
    picked: picked.offset / width.bytes,
    words: bytes / width.bytes,
  });
}
