import type { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import { isNpy, take } from "./header.ts";
import { type ReadSettings, readNpy } from "./npy.ts";
import { HEAD_BYTES } from "./npy-facts.ts";
import { joined, totalLength } from "./pieces.ts";
import { bytesSource, RawPull, run, type Steps } from "./steps.ts";
import { readEntries, type ZipEntry } from "./zip-read.ts";

/** What a file turned out to hold: one array, or the directory of an archive. */
export type Contents =
  | { readonly kind: "npy"; readonly array: NDArray }
  | {
      readonly kind: "npz";
      readonly entries: readonly ZipEntry[];
      readonly size: number;
      /** The whole archive, when its source can be read only once. */
      readonly bytes: Uint8Array | null;
    };

/** How much of an archive from a stream is held in memory unless more is allowed. */
const STREAM_LIMIT = 2 ** 30;
const STREAM_STEP = 1_048_576;

/** Reads a file of either kind; its first bytes say which, not its name. */
export function* readContents(
  size: number | null,
  expected: "npy" | "npz" | undefined,
  settings: ReadSettings,
): Steps<Contents> {
  const pull = new RawPull(0, size);
  const head = yield* take(pull, HEAD_BYTES);
  const kind = isNpy(head) ? "npy" : isZip(head) ? "npz" : null;
  if (kind === null) throw foreignFile(head);
  if (expected !== undefined && kind !== expected) throw otherKind(kind, expected);
  if (kind === "npy") return { kind, array: yield* readNpy(pull, head, settings) };
  if (size !== null) return { kind, entries: yield* readEntries(size), size, bytes: null };
  const bytes = yield* collect(pull, head, Math.min(settings.maxBytes, STREAM_LIMIT));
  return { kind, entries: run(readEntries(bytes.length), bytesSource(bytes)), size: bytes.length, bytes };
}

/** `PK\x03\x04`, or `PK\x05\x06` for an archive of nothing. */
export function isZip(head: Uint8Array): boolean {
  const [p, k, third, fourth] = head;
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

function* collect(pull: RawPull, head: Uint8Array, limit: number): Steps<Uint8Array> {
  const parts = [head];
  let size = head.length;
  for (;;) {
    const part = yield* take(pull, STREAM_STEP);
    if (part.length === 0) return joined(parts, size);
    parts.push(part);
    size = totalLength(parts);
    if (size > limit) {
      throw new ValueError(
        `an archive from a stream is held in memory, and this one has more than ${limit} bytes; allow more with maxBytes, or give a path, a Blob or the bytes`,
      );
    }
  }
}

function otherKind(kind: "npy" | "npz", expected: "npy" | "npz"): ValueError {
  const what = { npy: "one array (.npy)", npz: "an archive of arrays (.npz)" };
  return new ValueError(`it holds ${what[kind]}, not ${what[expected]}; rename it, or say { as: "${kind}" }`);
}

/** What other files start with, so that the message can name them. */
const others: readonly (readonly [start: string, what: string])[] = [
  ["\x80", "a Python pickle, which can run any code and is never read; save the array with np.save"],
  ["\x1f\x8b", "compressed by gzip; decompress it first"],
  ["\x28\xb5\x2f\xfd", "compressed by Zstandard; decompress it first"],
  ["\x89HDF", "an HDF5 file"],
  ["\x89PNG", "a PNG picture"],
  ["\xff\xd8\xff", "a JPEG picture"],
  ["PAR1", "a Parquet file"],
  ["ARROW1", "an Arrow file"],
  ["MATLAB", "a MATLAB file"],
  ["<", "a web page or XML, perhaps an error page that was saved in place of the file"],
];

function foreignFile(head: Uint8Array): ValueError {
  const start = String.fromCharCode(...head);
  const [, what] = others.find(([known]) => start.startsWith(known)) ?? [];
  const found =
    head.length === 0
      ? "it is empty"
      : what === undefined
        ? `it starts with ${JSON.stringify(start)}`
        : `it is ${what}`;
  return new ValueError(`not a .npy or .npz file: ${found}`);
}
