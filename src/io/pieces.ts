import { ValueError } from "../errors.ts";

/** Pieces one after the other, `size` bytes in all, in memory of their own. */
export function joined(pieces: Iterable<Uint8Array>, size: number): Uint8Array<ArrayBuffer> {
  const bytes = roomFor(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function roomFor(size: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch {
    throw new ValueError(`no memory for a file of ${size} bytes; write it piece by piece`);
  }
}

/** The bytes of all pieces. */
export function totalLength(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
