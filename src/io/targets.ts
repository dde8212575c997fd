import { ValueError } from "../errors.ts";

/** A web stream to write to. */
export interface WritableStreamLike {
  getWriter(): { write(bytes: Uint8Array): Promise<unknown>; releaseLock(): void };
}

/** Anything that takes bytes one after the other, such as a Node stream or a file handle; what it returns is awaited. */
export interface ByteWriter {
  write(bytes: Uint8Array): unknown;
}

/** Where bytes can be written, besides a path. */
export type ByteTarget = WritableStreamLike | ByteWriter;

/** A target may hold on to what it was given; then it must not be the array's own memory, and not too much at once. */
const STEP = 262_144;

/** Writes the pieces to a target that somebody else opened and will close. */
export async function writeTo(
  target: ByteTarget,
  pieces: Iterable<Uint8Array>,
  caller: string,
): Promise<void> {
  if ("getWriter" in target) {
    const writer = target.getWriter();
    try {
      await writeAll((bytes) => writer.write(bytes), pieces);
    } finally {
      writer.releaseLock();
    }
    return;
  }
  if (typeof (target as Partial<ByteWriter> | null)?.write !== "function") {
    throw new ValueError(`${caller}: the target is neither a path nor a stream, and has no write(bytes)`);
  }
  await writeAll(
    isNodeStream(target) ? (bytes) => nodeWrite(target, bytes) : (bytes) => target.write(bytes),
    pieces,
  );
}

async function writeAll(write: (bytes: Uint8Array) => unknown, pieces: Iterable<Uint8Array>): Promise<void> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP) await writeWhole(write, piece.slice(at, at + STEP));
  }
}

/** A file handle says how much it wrote, which may be less than it was given. */
async function writeWhole(write: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<void> {
  let rest = bytes;
  while (rest.length > 0) {
    const result = (await write(rest)) as { readonly bytesWritten?: number } | null | undefined;
    rest = rest.subarray(result?.bytesWritten ?? rest.length);
  }
}

interface NodeStream {
  readonly writableLength: number;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
}

function isNodeStream(target: ByteWriter): target is ByteWriter & NodeStream {
  return "writableLength" in target;
}

function nodeWrite(target: NodeStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    target.write(bytes, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}
