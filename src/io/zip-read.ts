import { ValueError } from "../errors.ts";
import { take } from "./header.ts";
import { RawPull, type Steps } from "./steps.ts";
import {
  CENTRAL,
  END,
  END64,
  FULL32,
  isRecord,
  LOCAL,
  LOCATOR,
  number,
  type RecordOf,
  readRecord,
  UTF8,
  ZIP64_EXTRA,
} from "./zip-records.ts";

/** One file inside of a ZIP archive, as the directory has it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  /** Bytes in the archive. */
  readonly packed: number;
  /** Bytes after unpacking. */
  readonly unpacked: number;
  /** Where its local header starts. */
  readonly offset: number;
}

/** The longest comment at the end of an archive. */
const MAX_COMMENT = 65_535;
/** A directory of half a million arrays; more is damage. */
const MAX_DIRECTORY = 67_108_864;

interface Directory {
  readonly count: number;
  readonly size: number;
  /** Where it starts, as written; bytes put in front of the archive move everything by `shift`. */
  readonly offset: number;
  readonly shift: number;
}

/**
 * The entries of an archive of `size` bytes, from the directory at its end.
 *
 * @throws ValueError when it has no directory, or a damaged one.
 */
export function* readEntries(size: number): Steps<ZipEntry[]> {
  const directory = yield* findDirectory(size);
  const bytes = yield* takeAt(directory.offset + directory.shift, directory.size);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let k = 0; k < directory.count; k++) {
    const record = readRecord(CENTRAL, bytes, at);
    const end = at + CENTRAL.size + record.nameLength + record.extraLength + record.commentLength;
    if (end > bytes.length) throw new ValueError("damaged archive: its directory is cut off");
    entries.push(readEntry(record, bytes, at + CENTRAL.size, directory.shift));
    at = end;
  }
  return entries;
}

function* takeAt(at: number, count: number): Steps<Uint8Array> {
  const bytes = yield* take(new RawPull(at, count), count);
  if (bytes.length < count) throw new ValueError("damaged archive: it ends too early");
  return bytes;
}

function* findDirectory(size: number): Steps<Directory> {
  const tailStart = Math.max(0, size - END.size - MAX_COMMENT - LOCATOR.size);
  const tail = yield* takeAt(tailStart, size - tailStart);
  const at = findEnd(tail);
  const end = readRecord(END, tail, at);
  const large = isRecord(LOCATOR, tail, at - LOCATOR.size);
  const wide = large ? yield* readWide(tail, at - LOCATOR.size, tailStart + at) : null;
  const { count, size: bytes, offset, disk } = wide?.record ?? end;
  if (disk !== 0) throw new ValueError("an archive of several parts cannot be read");
  const shift = (wide?.at ?? tailStart + at) - bytes - offset;
  if (shift < 0) throw new ValueError("damaged archive: its directory would start before its first byte");
  if (bytes > MAX_DIRECTORY || count * CENTRAL.size > bytes) {
    throw new ValueError(`damaged archive: a directory of ${count} entries in ${bytes} bytes`);
  }
  return { count, size: bytes, offset, shift };
}

/** The place of the last record: the one whose comment reaches to the end of the file. */
function findEnd(tail: Uint8Array): number {
  for (let at = tail.length - END.size; at >= 0; at--) {
    if (!isRecord(END, tail, at)) continue;
    if (at + END.size + readRecord(END, tail, at).commentLength === tail.length) return at;
  }
  throw new ValueError(
    "not a whole .npz archive: it has no directory at its end, as when a download broke off",
  );
}

/** The large form of the last record; it stands in front of its locator, whatever was put in front of the archive. */
function* readWide(
  tail: Uint8Array,
  locatorAt: number,
  endAt: number,
): Steps<{ record: RecordOf<typeof END64>; at: number }> {
  const said = readRecord(LOCATOR, tail, locatorAt).offset;
  const usual = endAt - LOCATOR.size - END64.size;
  for (const at of [usual, said]) {
    if (at < 0 || at > usual) continue;
    const bytes = yield* takeAt(at, END64.size);
    if (isRecord(END64, bytes, 0)) return { record: readRecord(END64, bytes, 0), at };
  }
  throw new ValueError("damaged archive: its ZIP64 directory is not where it should be");
}

function readEntry(record: RecordOf<typeof CENTRAL>, bytes: Uint8Array, at: number, shift: number): ZipEntry {
  const { method, flags, crc, nameLength, extraLength } = record;
  const name = decodeName(bytes.subarray(at, at + nameLength), flags);
  const extra = bytes.subarray(at + nameLength, at + nameLength + extraLength);
  const wide = wideValues(extra, [record.unpacked, record.packed, record.offset]);
  const [unpacked, packed, offset] = wide as [number, number, number];
  return { name, method, flags, crc, packed, unpacked, offset: offset + shift };
}

function decodeName(bytes: Uint8Array, flags: number): string {
  const utf8 = (flags & UTF8) !== 0 || bytes.every((byte) => byte < 0x80);
  return utf8 ? new TextDecoder().decode(bytes) : String.fromCharCode(...bytes);
}

/** The values with those that did not fit replaced from the ZIP64 extra field, which holds just these, in order. */
function wideValues(extra: Uint8Array, values: readonly number[]): number[] {
  let place = zip64Place(extra);
  return values.map((value) => {
    if (value !== FULL32 || place === null) return value;
    if (place + 8 > extra.length) throw new ValueError("damaged archive: a ZIP64 size is missing");
    place += 8;
    return number(extra, place - 8, 8);
  });
}

function zip64Place(extra: Uint8Array): number | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + number(extra, at + 2, 2)) {
    if (number(extra, at, 2) === ZIP64_EXTRA) return at + 4;
  }
  return null;
}

/**
 * The packed bytes of an entry in an archive of `size` bytes.
 *
 * @throws ValueError when they would lie outside of the archive.
 */
export function* openEntry(entry: ZipEntry, size: number): Steps<RawPull> {
  if (entry.offset + LOCAL.size > size) throw outside();
  const local = readRecord(LOCAL, yield* takeAt(entry.offset, LOCAL.size), 0);
  const start = entry.offset + LOCAL.size + local.nameLength + local.extraLength;
  if (!(start + entry.packed <= size)) throw outside();
  return new RawPull(start, entry.packed);
}

function outside(): ValueError {
  return new ValueError("damaged archive: the data would lie behind its end");
}
