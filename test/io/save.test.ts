import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { open as openHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { fromStrided } from "../../src/array/adopt.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { load, loadSync } from "../../src/io/load.ts";
import { npyBytes } from "../../src/io/npy.ts";
import type { NpzFile } from "../../src/io/npz.ts";
import { replaceFile, replaceFileAsync } from "../../src/io/replace-file.ts";
import {
  npzBytes,
  save,
  saveSync,
  savez,
  savezCompressed,
  savezCompressedSync,
  savezSync,
} from "../../src/io/save.ts";
import { zipPieces } from "../../src/io/zip-write.ts";
import { elementBytes, layouts } from "./arrays.ts";

const folder = mkdtempSync(join(tmpdir(), "ndview-save-"));
after(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

const array = layouts["columns reversed"]!(toDescriptor("i4"));
const other = layouts.F!(toDescriptor("f8"));

test("save and saveSync write what npyBytes gives, and load and loadSync read it", async () => {
  await save(path("a.npy"), array);
  saveSync(path("b.npy"), array);
  for (const name of ["a.npy", "b.npy"]) {
    assert.deepEqual(new Uint8Array(readFileSync(path(name))), npyBytes(array));
    assert.deepEqual(elementBytes(await load(path(name), { as: "npy" })), elementBytes(array));
    assert.deepEqual(elementBytes(loadSync(path(name), { as: "npy" })), elementBytes(array));
  }
});

test("savez and its kin write arrays in order and by name", async () => {
  await savez(path("a.npz"), array, { b: other });
  savezSync(path("b.npz"), array, { b: other });
  await savezCompressed(path("c.npz"), array, { b: other });
  savezCompressedSync(path("d.npz"), array, { b: other });
  assert.deepEqual(readFileSync(path("a.npz")), readFileSync(path("b.npz")));
  assert.deepEqual(readFileSync(path("c.npz")), readFileSync(path("d.npz")));
  for (const name of ["a.npz", "c.npz"]) {
    for (const archive of [await load(path(name), { as: "npz" }), loadSync(path(name), { as: "npz" })]) {
      assert.deepEqual(archive.files, ["b", "arr_0"]);
      assert.deepEqual(elementBytes(archive.get("arr_0")), elementBytes(array));
      assert.deepEqual(elementBytes(archive.get("b")), elementBytes(other));
    }
  }
});

test("a path without the ending gets it; a file: URL is a path", async () => {
  await save(path("plain"), array);
  saveSync(pathToFileURL(path("url")), array);
  await savez(path("plain.v1"), array);
  assert.deepEqual(
    ["plain.npy", "url.npy", "plain.v1.npz"].filter((name) => !readdirSync(folder).includes(name)),
    [],
  );
  assert.equal((await load(pathToFileURL(path("url.npy")), { as: "npy" })).size, array.size);
});

test("a file is replaced when the new one is whole, keeps its permissions, and links stay links", () => {
  writeFileSync(path("kept.npy"), "before");
  chmodSync(path("kept.npy"), 0o640);
  symlinkSync(path("kept.npy"), path("link.npy"));
  saveSync(path("link.npy"), array);
  assert.equal(loadSync(path("kept.npy"), { as: "npy" }).size, array.size);
  assert.equal(statSync(path("kept.npy")).mode & 0o777, 0o640);
});

function* failing(): Generator<Uint8Array> {
  yield Uint8Array.of(1, 2, 3);
  throw new Error("the power is gone");
}

test("a save that fails leaves what was there, and nothing beside it", async () => {
  writeFileSync(path("whole.npy"), "before");
  const names = readdirSync(folder).length;
  assert.throws(() => replaceFile(path("whole.npy"), failing(), "save"), /the power is gone/);
  await assert.rejects(replaceFileAsync(path("whole.npy"), failing(), "save"), /the power is gone/);
  await assert.rejects(replaceFileAsync(path("new.npy"), failing(), "save"), /the power is gone/);
  assert.equal(readFileSync(path("whole.npy"), "utf8"), "before");
  assert.equal(readdirSync(folder).length, names);
});

test("an array can be saved over the file it came from", async () => {
  saveSync(path("over.npy"), other);
  await save(path("over.npy"), loadSync(path("over.npy"), { as: "npy" }).slice("::-1"));
  const back = loadSync(path("over.npy"), { as: "npy" });
  assert.deepEqual(elementBytes(back), elementBytes(other.slice("::-1")));
});

test("an archive in a file is opened when it is asked, and changes are noticed", () => {
  savezSync(path("lazy.npz"), { a: array });
  const archive = loadSync(path("lazy.npz"), { as: "npz" });
  assert.equal(archive.get("a").size, array.size);
  savezSync(path("lazy.npz"), { a: other });
  assert.throws(() => archive.get("a"), /the file was changed since it was loaded/);
});

test("a name that ends as the other kind does is an error", async () => {
  writeFileSync(path("wrong.npy"), npzBytes({ a: array }));
  writeFileSync(path("wrong.npz"), npyBytes(array));
  await assert.rejects(load(path("wrong.npy")), /it holds an archive of arrays \(\.npz\).*\{ as: "npz" \}/);
  assert.throws(() => loadSync(path("wrong.npz")), /it holds one array \(\.npy\)/);
  assert.deepEqual(loadSync(path("wrong.npy"), { as: "npz" }).files, ["a"]);
});

test("a missing file is Node's own error; a directory is said to be one", async () => {
  await assert.rejects(load(path("missing.npy")), { code: "ENOENT" });
  assert.throws(() => loadSync(path("missing.npy")), { code: "ENOENT" });
  assert.throws(() => loadSync(folder), /is a directory, not a file/);
  await assert.rejects(save(path("no/such/folder.npy"), array), { code: "ENOENT" });
});

test("arrays go to web streams, Node streams, file handles and anything with write, which stay open", async () => {
  const parts: Uint8Array[] = [];
  await save({ write: (bytes) => void parts.push(bytes) }, array);
  assert.deepEqual(Buffer.concat(parts), Buffer.from(npyBytes(array)));

  const web: Uint8Array[] = [];
  const stream = new WritableStream<Uint8Array>({ write: (bytes) => void web.push(bytes) });
  await save(stream, array);
  await savez(stream, { other });
  await stream.close();
  assert.deepEqual(Buffer.concat(web), Buffer.concat([npyBytes(array), npzBytes({ other })]));

  const through = new PassThrough({ highWaterMark: 16 });
  const read = through.toArray();
  await save(through, array);
  through.end();
  assert.deepEqual(Buffer.concat(await read), Buffer.from(npyBytes(array)));

  const handle = await openHandle(path("handle.npy"), "w");
  await save(handle, array);
  await handle.close();
  assert.deepEqual(new Uint8Array(readFileSync(path("handle.npy"))), npyBytes(array));

  await assert.rejects(save({} as never, array), /neither a path nor a stream, and has no write/);
});

test("what a target was given is not the array's memory", async () => {
  const own = layouts.C!(toDescriptor("u1"));
  const parts: Uint8Array[] = [];
  await save({ write: (bytes) => void parts.push(bytes) }, own);
  assert.ok(parts.every((part) => part.buffer !== own.buffer));
});

test("a pipe is read as a stream", { skip: process.platform === "win32" }, async () => {
  execFileSync("mkfifo", [path("pipe")]);
  const fill = (bytes: Uint8Array): void => {
    writeFileSync(path("piped"), bytes);
    execFileSync("sh", ["-c", 'cat "$0" > "$1" &', path("piped"), path("pipe")], { stdio: "ignore" });
  };
  fill(npyBytes(other));
  assert.deepEqual(elementBytes(await load(path("pipe"), { as: "npy" })), elementBytes(other));
  fill(npzBytes({ other }));
  assert.deepEqual(elementBytes(loadSync(path("pipe"), { as: "npz" }).get("other")), elementBytes(other));
});

test("a name that is too long for an archive is refused", () => {
  const input = { name: "x".repeat(70_000), pieces: () => [] };
  assert.throws(() => [...zipPieces([input], { compressed: false })], /is too long/);
});

test("the ending of a path that is written down tells TypeScript what comes", () => {
  // It is the type checker that runs this test.
  const array = (): NDArray => loadSync("a.npy");
  const archive = (): NpzFile => loadSync("a.npz");
  const any = (name: string): NDArray | NpzFile => loadSync(name);
  assert.deepEqual([array.length, archive.length, any.length], [0, 0, 1]);
});

test("shared memory is written as any other", async () => {
  const shared = new SharedArrayBuffer(24);
  const a = fromStrided({ buffer: shared, dtype: "float64", shape: [3] });
  a.data.set([1, 2, 3]);
  saveSync(path("shared.npy"), a);
  await save(path("shared2.npy"), a);
  for (const name of ["shared.npy", "shared2.npy"]) {
    assert.deepEqual(elementBytes(loadSync(path(name), { as: "npy" })), elementBytes(a));
  }
});
