import { ValueError } from "../errors.ts";

/**
 * The records of a ZIP archive as tables of their fields, read and written by one driver.
 *
 * Only what arrays need: entries that are stored or deflated, with ZIP64 for sizes beyond 4 GiB. Every record starts with
 * its signature; numbers are little-endian; those of 8 bytes are read as JavaScript numbers, which are exact to 2^53.
 */
type Fields = readonly (readonly [name: string, bytes: 2 | 4 | 8])[];

/** A kind of record: its signature and the fields after it. */
export interface RecordType<F extends Fields = Fields> {
  readonly name: string;
  readonly signature: number;
  readonly fields: F;
  readonly size: number;
}

/** The values of a record, by the names of its fields. */
export type RecordOf<T> = T extends RecordType<infer F> ? { [N in F[number][0]]: number } : never;

function record<const F extends Fields>(name: string, signature: number, fields: F): RecordType<F> {
  return { name, signature, fields, size: 4 + fields.reduce((sum, [, bytes]) => sum + bytes, 0) };
}

/** In front of the data of each entry. */
export const LOCAL = record("local header", 0x04034b50, [
  ["needs", 2],
  ["flags", 2],
  ["method", 2],
  ["time", 2],
  ["date", 2],
  ["crc", 4],
  ["packed", 4],
  ["unpacked", 4],
  ["nameLength", 2],
  ["extraLength", 2],
]);

/** One entry of the directory at the end. */
export const CENTRAL = record("directory entry", 0x02014b50, [
  ["madeBy", 2],
  ["needs", 2],
  ["flags", 2],
  ["method", 2],
  ["time", 2],
  ["date", 2],
  ["crc", 4],
  ["packed", 4],
  ["unpacked", 4],
  ["nameLength", 2],
  ["extraLength", 2],
  ["commentLength", 2],
  ["disk", 2],
  ["internal", 2],
  ["external", 4],
  ["offset", 4],
]);

/** The last record, which says where the directory is. */
export const END = record("end of the directory", 0x06054b50, [
  ["disk", 2],
  ["directoryDisk", 2],
  ["countHere", 2],
  ["count", 2],
  ["size", 4],
  ["offset", 4],
  ["commentLength", 2],
]);

/** The same for large archives. */
export const END64 = record("ZIP64 end of the directory", 0x06064b50, [
  ["rest", 8],
  ["madeBy", 2],
  ["needs", 2],
  ["disk", 4],
  ["directoryDisk", 4],
  ["countHere", 8],
  ["count", 8],
  ["size", 8],
  ["offset", 8],
]);

/** Says where END64 is; it stands right in front of END. */
export const LOCATOR = record("ZIP64 locator", 0x07064b50, [
  ["disk", 4],
  ["offset", 8],
  ["disks", 4],
]);

/** Whether the bytes at `at` have the signature of that kind. */
export function isRecord(type: RecordType, bytes: Uint8Array, at: number): boolean {
  return at >= 0 && at + type.size <= bytes.length && number(bytes, at, 4) === type.signature;
}

/**
 * The record at `at`.
 *
 * @throws ValueError when there is none of that kind.
 */
export function readRecord<T extends RecordType>(type: T, bytes: Uint8Array, at: number): RecordOf<T> {
  if (!isRecord(type, bytes, at))
    throw new ValueError(`damaged archive: there is no ${type.name} where one should be`);
  const values: Record<string, number> = {};
  let place = at + 4;
  for (const [name, size] of type.fields) {
    values[name] = number(bytes, place, size);
    place += size;
  }
  return values as RecordOf<T>;
}

/** The bytes of a record. */
export function writeRecord<T extends RecordType>(type: T, values: RecordOf<T>): Uint8Array {
  const out = new Uint8Array(type.size);
  put(out, 0, 4, type.signature);
  let place = 4;
  for (const [name, size] of type.fields) {
    put(out, place, size, (values as Readonly<Record<string, number>>)[name]!);
    place += size;
  }
  return out;
}

/** A little-endian number of `size` bytes. */
export function number(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let k = size - 1; k >= 0; k--) value = value * 256 + bytes[at + k]!;
  return value;
}

/** Writes a little-endian number. */
export function put(bytes: Uint8Array, at: number, size: number, value: number): void {
  let rest = value;
  for (let k = 0; k < size; k++) {
    bytes[at + k] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Method numbers of the two ways in which an entry is packed. */
export const STORED = 0;
export const DEFLATED = 8;
/** What a field of 2 or 4 bytes holds when the true value is in ZIP64. */
export const FULL16 = 0xffff;
export const FULL32 = 0xffffffff;
/** The kind of extra field that holds ZIP64 values. */
export const ZIP64_EXTRA = 1;
/** Flag: the entry is encrypted. */
export const ENCRYPTED = 1;
/** Flag: the name is UTF-8. */
export const UTF8 = 0x800;
