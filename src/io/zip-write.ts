import { Deflate } from "fflate";
import { ValueError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { joined, totalLength } from "./pieces.ts";
import {
  CENTRAL,
  DEFLATED,
  END,
  END64,
  FULL16,
  FULL32,
  LOCAL,
  LOCATOR,
  put,
  STORED,
  UTF8,
  writeRecord,
  ZIP64_EXTRA,
} from "./zip-records.ts";

/**
 * Writes a ZIP archive as NumPy's `savez` does, to the byte when nothing is compressed.
 *
 * Sizes and checksums stand in front of the data, so each entry is gone through twice, or held in memory in its compressed
 * form; nothing is ever patched, and the archive can go down a stream. ZIP64 is used as Python uses it: always in local
 * headers, in the directory only where a number does not fit.
 */
export interface ZipInput {
  readonly name: string;
  /** The bytes of the entry, from the start each time it is called. */
  readonly pieces: () => Iterable<Uint8Array>;
}

export interface ZipSettings {
  readonly compressed: boolean;
  /** The largest number that is written without ZIP64; only tests ask for a smaller one. */
  readonly limit?: number;
}

/** As Python's zipfile draws the line. */
const ZIP64_LIMIT = 2 ** 31 - 1;
const COUNT_LIMIT = 0xffff;
/** ZIP 4.5 (ZIP64), made on a Unix. */
const NEEDS = 45;
const MADE_BY = (3 << 8) | NEEDS;
/** The first day that ZIP knows, 1980-01-01: equal arrays make equal files. */
const DATE = 0x21;
/** Readable and writeable for the owner, in the upper half of the field. */
const MODE = 0o600 * 0x10000;
const LEVEL = 6;

interface Packed {
  readonly pieces: Iterable<Uint8Array>;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
}

interface Written extends Omit<Packed, "pieces"> {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly offset: number;
}

/** The bytes of an archive, part by part. */
export function* zipPieces(inputs: readonly ZipInput[], settings: ZipSettings): Generator<Uint8Array, void> {
  const limit = settings.limit ?? ZIP64_LIMIT;
  const written: Written[] = [];
  let at = 0;
  for (const input of inputs) {
    const { pieces, ...sizes } = settings.compressed ? deflate(input) : measure(input);
    const name = encodeName(input.name);
    const flags = name.length === input.name.length ? 0 : UTF8;
    const entry = { ...sizes, name, flags, method: settings.compressed ? DEFLATED : STORED, offset: at };
    written.push(entry);
    const head = localHeader(entry);
    yield head;
    yield* pieces;
    at += head.length + entry.packed;
  }
  const directory = written.map((entry) => directoryEntry(entry, limit));
  yield* directory;
  const size = totalLength(directory);
  yield* endRecords(written.length, size, at, limit);
}

function encodeName(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= 0xffff) return bytes;
  throw new ValueError(`savez: the name ${JSON.stringify(name.slice(0, 40))}… is too long`);
}

function measure({ pieces }: ZipInput): Packed {
  let crc = 0;
  let size = 0;
  for (const piece of pieces()) {
    crc = crc32(piece, crc);
    size += piece.length;
  }
  return { pieces: pieces(), crc, packed: size, unpacked: size };
}

function deflate({ pieces }: ZipInput): Packed {
  const out: Uint8Array[] = [];
  const packer = new Deflate({ level: LEVEL }, (bytes) => out.push(bytes));
  let crc = 0;
  let unpacked = 0;
  for (const piece of pieces()) {
    crc = crc32(piece, crc);
    unpacked += piece.length;
    packer.push(piece);
  }
  packer.push(new Uint8Array(0), true);
  return { pieces: out, crc, packed: totalLength(out), unpacked };
}

/** A ZIP64 extra field. */
function wideExtra(values: readonly number[]): Uint8Array {
  const extra = new Uint8Array(values.length === 0 ? 0 : 4 + 8 * values.length);
  if (values.length === 0) return extra;
  put(extra, 0, 2, ZIP64_EXTRA);
  put(extra, 2, 2, 8 * values.length);
  values.forEach((value, k) => {
    put(extra, 4 + 8 * k, 8, value);
  });
  return extra;
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return joined(parts, totalLength(parts));
}

function localHeader(entry: Written): Uint8Array {
  const { name, flags, method, crc } = entry;
  const extra = wideExtra([entry.unpacked, entry.packed]);
  const sizes = { packed: FULL32, unpacked: FULL32, nameLength: name.length, extraLength: extra.length };
  return concat(
    writeRecord(LOCAL, { needs: NEEDS, flags, method, time: 0, date: DATE, crc, ...sizes }),
    name,
    extra,
  );
}

function directoryEntry(entry: Written, limit: number): Uint8Array {
  const { name, flags, method, crc } = entry;
  const wide = entry.unpacked > limit || entry.packed > limit;
  const far = entry.offset > limit;
  const extra = wideExtra([...(wide ? [entry.unpacked, entry.packed] : []), ...(far ? [entry.offset] : [])]);
  const record = writeRecord(CENTRAL, {
    ...{ madeBy: MADE_BY, needs: NEEDS, flags, method, time: 0, date: DATE, crc },
    packed: wide ? FULL32 : entry.packed,
    unpacked: wide ? FULL32 : entry.unpacked,
    ...{ nameLength: name.length, extraLength: extra.length, commentLength: 0 },
    ...{ disk: 0, internal: 0, external: MODE },
    offset: far ? FULL32 : entry.offset,
  });
  return concat(record, name, extra);
}

function* endRecords(
  count: number,
  size: number,
  offset: number,
  limit: number,
): Generator<Uint8Array, void> {
  if (count > COUNT_LIMIT || offset > limit || size > limit) {
    const disks = { disk: 0, directoryDisk: 0 };
    const counts = { countHere: count, count, size, offset };
    yield writeRecord(END64, { rest: END64.size - 12, madeBy: NEEDS, needs: NEEDS, ...disks, ...counts });
    yield writeRecord(LOCATOR, { disk: 0, offset: offset + size, disks: 1 });
  }
  const counted = Math.min(count, FULL16);
  yield writeRecord(END, {
    ...{ disk: 0, directoryDisk: 0, countHere: counted, count: counted },
    ...{ size: Math.min(size, FULL32), offset: Math.min(offset, FULL32), commentLength: 0 },
  });
}
