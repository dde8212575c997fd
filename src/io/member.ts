import type { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { isNpy, type NpyHeader, readHeader, take } from "./header.ts";
import { InflatePull } from "./inflate.ts";
import { CHUNK, type ReadSettings, readNpy } from "./npy.ts";
import { HEAD_BYTES } from "./npy-facts.ts";
import type { Pull, RawPull, Steps } from "./steps.ts";
import { openEntry, type ZipEntry } from "./zip-read.ts";
import { DEFLATED, ENCRYPTED, STORED } from "./zip-records.ts";

/**
 * The array that is one entry of an archive of `size` bytes. Its claims are compared with each other, with the header of
 * the array and with what is there, before memory is taken, and its checksum at the end.
 */
export function* readMember(entry: ZipEntry, size: number, settings: ReadSettings): Steps<NDArray> {
  const { body, head } = yield* openMember(entry, size);
  const array = yield* readNpy(body, head, settings);
  yield* drain(body);
  if (body.crc !== entry.crc) throw new ValueError("its checksum is wrong: the data is damaged");
  return array;
}

/** Only the header of that array; the data is not read. */
export function* readMemberHeader(entry: ZipEntry, size: number): Steps<NpyHeader> {
  const { body, head } = yield* openMember(entry, size);
  return yield* readHeader(body, head);
}

function* openMember(entry: ZipEntry, size: number): Steps<{ body: CheckedPull; head: Uint8Array }> {
  if (entry.flags & ENCRYPTED) throw new ValueError("it is encrypted");
  const body = new CheckedPull(unpacking(entry, yield* openEntry(entry, size)), entry.unpacked);
  const head = yield* take(body, HEAD_BYTES);
  if (!isNpy(head)) throw new ValueError("it is not an array: it does not start with \\x93NUMPY");
  return { body, head };
}

function unpacking(entry: ZipEntry, packed: RawPull): Pull {
  if (entry.method === DEFLATED) return new InflatePull(packed, entry.unpacked);
  if (entry.method !== STORED) {
    throw new ValueError(`it is packed by method ${entry.method}; stored (0) and deflated (8) can be read`);
  }
  if (entry.packed === entry.unpacked) return packed;
  throw new ValueError(`damaged archive: ${entry.packed} stored bytes claim to be ${entry.unpacked}`);
}

/** Bytes with their checksum, and never more of them than were promised. */
class CheckedPull implements Pull {
  left: number;
  crc = 0;
  readonly #body: Pull;

  constructor(body: Pull, promised: number) {
    this.#body = body;
    this.left = promised;
  }

  *read(into: Uint8Array): Steps<number> {
    const count = yield* this.#body.read(into.subarray(0, this.left));
    this.left -= count;
    this.crc = crc32(into.subarray(0, count), this.crc);
    return count;
  }

  /** Whether more comes than was promised. */
  *overflows(): Steps<boolean> {
    return (yield* this.#body.read(new Uint8Array(1))) > 0;
  }
}

/** Reads what stands behind the array, which NumPy allows, for the checksum. */
function* drain(body: CheckedPull): Steps<void> {
  while (body.left > 0) {
    const part = yield* take(body, Math.min(CHUNK, body.left));
    if (part.length === 0) throw new ValueError(`damaged archive: ${body.left} bytes are missing`);
  }
  if (yield* body.overflows()) throw new ValueError("damaged archive: it unpacks to more than it promised");
}
