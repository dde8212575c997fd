import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { emptyArray } from "../../src/array/fresh.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { isNdError } from "../../src/errors.ts";
import { type LoadSource, load, loadSync } from "../../src/io/load.ts";
import { npyBytes } from "../../src/io/npy.ts";
import { isNpzFile } from "../../src/io/npz.ts";
import { npzBytes } from "../../src/io/save.ts";
import { bytes, elementBytes, layouts } from "./arrays.ts";

const array = layouts.F!(toDescriptor("f4"));
const npy = npyBytes(array);
const npz = npzBytes({ a: array }, { compressed: true });

function chunks(file: Uint8Array, size: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += size) out.push(file.slice(at, at + size), new Uint8Array(0));
  return out;
}

async function* generated(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  yield* chunks(file, size);
}

const sources: Readonly<Record<string, (file: Uint8Array) => LoadSource | Promise<LoadSource>>> = {
  "a Uint8Array": (file) => file,
  "a Buffer": (file) => Buffer.from(file),
  "an ArrayBuffer": (file) => Uint8Array.from(file).buffer,
  "a SharedArrayBuffer": (file) => {
    const shared = new SharedArrayBuffer(file.length);
    new Uint8Array(shared).set(file);
    return shared;
  },
  "a DataView at an odd place": (file) => new DataView(bytes(0, file).buffer, 1),
  "a Blob": (file) => new Blob([Uint8Array.from(file)]),
  "a web stream": (file) => Readable.toWeb(Readable.from(chunks(file, 10))) as LoadSource,
  "a Blob's stream": (file) => new Blob([Uint8Array.from(file)]).stream() as LoadSource,
  "a Node stream": (file) => Readable.from(chunks(file, 33)),
  "an async generator": (file) => generated(file, 1),
  "a Response": (file) => new Response(Uint8Array.from(file)) as LoadSource,
  "a promise of a Response": (file) => Promise.resolve(new Response(Uint8Array.from(file)) as LoadSource),
};

test("an array and an archive come from every kind of source", async () => {
  for (const [name, make] of Object.entries(sources)) {
    const one = (await load(make(npy))) as NDArray;
    assert.deepEqual(elementBytes(one), elementBytes(array), name);
    assert.deepEqual(one.strides, array.strides, name);
    const archive = await load(make(npz));
    assert.ok(isNpzFile(archive), name);
    assert.deepEqual(elementBytes(archive.get("a")), elementBytes(array), name);
  }
});

test("a source that ends too early is an error from every kind of source", async () => {
  for (const [name, make] of Object.entries(sources)) {
    for (const file of [
      npy.subarray(0, 5),
      npy.subarray(0, 100),
      npy.subarray(0, 150),
      npz.subarray(0, 100),
    ]) {
      await assert.rejects(
        async () => load(await make(file)),
        (error) => isNdError(error, "value"),
        `${name}, ${file.length} bytes`,
      );
    }
  }
});

test("a large array comes from a stream", async () => {
  const large = emptyArray([5, 600_000], toDescriptor("f8"), "C", "test");
  large.data.fill(7 as never);
  const told: number[] = [];
  const back = await load(generated(npyBytes(large), 1_000_000), {
    as: "npy",
    onProgress: (done, total) => told.push(done / total),
  });
  assert.deepEqual(back.data, large.data);
  assert.equal(told.at(-1), 1);
  assert.ok(told.length > 2);
});

/** A stream that never ends, and how far it was read. */
function endless(head: Uint8Array): {
  stream: AsyncGenerator<Uint8Array>;
  read: () => number;
  stopped: () => boolean;
} {
  let read = 0;
  let stopped = false;
  async function* run(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      for (;;) {
        read += 65_536;
        yield new Uint8Array(65_536);
      }
    } finally {
      stopped = true;
    }
  }
  return { stream: run(), read: () => read, stopped: () => stopped };
}

test("a stream is read no further than its header says, and then told to stop", async () => {
  const { stream, read, stopped } = endless(npy);
  assert.deepEqual(elementBytes((await load(stream)) as NDArray), elementBytes(array));
  assert.equal(read(), 0);
  assert.ok(stopped());
});

test("a stream that is no array is left after its first bytes", async () => {
  const { stream, read, stopped } = endless(bytes("GIF89a, and so on"));
  await assert.rejects(load(stream), /it starts with "GIF89a, "/);
  assert.equal(read(), 0);
  assert.ok(stopped());
});

test("a stream that promises a huge array and ends takes little memory", async () => {
  const text = "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999,)}\n";
  const head = bytes("\x93NUMPY", 1, 0, text.length, 0, text);
  const before = process.memoryUsage().arrayBuffers;
  await assert.rejects(load(generated(bytes(head, new Uint8Array(5000)), 100)), /promises 7999999992 bytes/);
  assert.ok(process.memoryUsage().arrayBuffers - before < 50_000_000);
});

test("a stream of an archive that never ends is given up", async () => {
  const { stream, stopped } = endless(bytes("PK\x03\x04"));
  await assert.rejects(
    load(stream, { maxBytes: 3_000_000 }),
    /more than 3000000 bytes; allow more with maxBytes/,
  );
  assert.ok(stopped());
});

test("a source that cannot be read is named", async () => {
  const wrong: readonly (readonly [source: unknown, message: RegExp])[] = [
    [42, /\[object Number\] cannot be read/],
    [null, /cannot be read/],
    [{}, /cannot be read/],
    [new Response("no", { status: 404 }), /the response has status 404/],
    [new Response(null), /the response is empty/],
    ["https://example.org/a.npy", /is not a file; fetch it: np\.load\(await fetch\("https:/],
    [new URL("https://example.org/a.npy"), /is not a file; fetch it/],
    [Readable.from(["text"]), /the stream gives strings, not bytes/],
  ];
  for (const [source, message] of wrong) await assert.rejects(load(source as LoadSource), message);
  assert.throws(() => loadSync(new Blob([]) as never), /give a path or bytes; .* await np\.load/);
});

test("an error of the stream itself comes through as it is", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield npy.subarray(0, 20);
    throw new TypeError("the network is gone");
  }
  await assert.rejects(load(failing()), { name: "TypeError", message: "the network is gone" });
});

test("without Node's modules a path is an error that says what to give", async () => {
  const { getBuiltinModule } = process;
  try {
    Object.assign(process, { getBuiltinModule: undefined });
    await assert.rejects(
      load("a.npy"),
      /there are no files here; give bytes, a Blob, a stream or a Response/,
    );
    assert.deepEqual(elementBytes(loadSync(npy, { as: "npy" })), elementBytes(array));
  } finally {
    Object.assign(process, { getBuiltinModule });
  }
});
