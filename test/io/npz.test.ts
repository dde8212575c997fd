import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyArray } from "../../src/array/fresh.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { sharesMemory } from "../../src/array/sharing.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { isNdError } from "../../src/errors.ts";
import { crc32 } from "../../src/io/crc32.ts";
import { loadSync } from "../../src/io/load.ts";
import { npyBytes } from "../../src/io/npy.ts";
import { isNpzFile, type NpzFile } from "../../src/io/npz.ts";
import { npzBytes } from "../../src/io/save.ts";
import { type ZipInput, zipPieces } from "../../src/io/zip-write.ts";
import { bytes, dtypes, elementBytes, layouts } from "./arrays.ts";

function open(file: Uint8Array): NpzFile {
  return loadSync(file, { as: "npz" });
}

function zip(inputs: Readonly<Record<string, Uint8Array>>, compressed = false, limit?: number): Uint8Array {
  const list: ZipInput[] = Object.entries(inputs).map(([name, body]) => ({ name, pieces: () => [body] }));
  return bytes(...zipPieces(list, limit === undefined ? { compressed } : { compressed, limit }));
}

const made = (layout: string, code = "f4"): NDArray => layouts[layout]!(toDescriptor(code));

test("every dtype in every layout comes back from both kinds of archive", () => {
  for (const [name, dtype] of dtypes) {
    const arrays = Object.fromEntries(Object.entries(layouts).map(([layout, make]) => [layout, make(dtype)]));
    for (const compressed of [false, true]) {
      const archive = open(npzBytes(arrays, { compressed }));
      assert.deepEqual(archive.files, Object.keys(layouts));
      for (const [layout, array] of archive) {
        assert.deepEqual(array.shape, arrays[layout]!.shape);
        assert.deepEqual(elementBytes(array), elementBytes(arrays[layout]!), `${name}, ${layout}`);
      }
    }
  }
});

test("an archive is asked for names, headers and arrays", () => {
  const archive = open(npzBytes({ a: made("C"), b: made("F", "u1") }));
  assert.ok(isNpzFile(archive) && !isNpzFile(made("C")));
  assert.deepEqual([archive.size, [...archive.keys()]], [2, ["a", "b"]]);
  assert.deepEqual([archive.has("a"), archive.has("a.npy"), archive.has("c")], [true, true, false]);
  assert.deepEqual(archive.get("b.npy").shape, [2, 3, 4]);
  assert.deepEqual(archive.header("b").shape, [2, 3, 4]);
  assert.equal(archive.header("b").fortranOrder, true);
  assert.deepEqual(
    [...archive.values()].map((array) => array.dtype.name),
    ["float32", "uint8"],
  );
  assert.equal(String(archive), "NpzFile 'the bytes' with keys: a, b");
  assert.throws(() => archive.get("c"), /no array "c" in the bytes; there are "a", "b"/);
});

test("each get reads anew", () => {
  const big = emptyArray([2000], toDescriptor("f8"), "C", "test");
  const archive = open(npzBytes({ big }));
  assert.ok(!sharesMemory(archive.get("big"), archive.get("big")));
});

test("arrays without a name are arr_0, arr_1, behind those with one", () => {
  assert.deepEqual(open(npzBytes([made("C"), made("F")])).files, ["arr_0", "arr_1"]);
});

test("an archive of nothing is empty", () => {
  assert.deepEqual(open(npzBytes({})).files, []);
});

test("names may be anything, in any alphabet, and look like paths", () => {
  const names = ["été", "日本", "a/b/c", "../up", "C:\\x", "with space", "😀", "constructor", "__proto__x"];
  const archive = open(npzBytes(Object.fromEntries(names.map((name) => [name, made("C")]))));
  assert.deepEqual(archive.files, names);
});

test("what is no array is said to be none, and folders are left out", () => {
  const archive = open(
    zip({ "notes.txt": bytes("hello, hello"), "folder/": bytes(), "a.npy": npyBytes(made("C")) }),
  );
  assert.deepEqual(archive.files, ["notes.txt", "a"]);
  assert.throws(() => archive.get("notes.txt"), /array "notes\.txt" of the bytes: it is not an array/);
  assert.equal(archive.get("a").size, 24);
});

test("bytes in front of an archive and a comment behind it do no harm", () => {
  const file = npzBytes({ a: made("C") });
  const end = Uint8Array.from(file);
  end[end.length - 2] = 5;
  assert.deepEqual(elementBytes(open(bytes(end, "hello")).get("a")), elementBytes(made("C")));
  assert.throws(() => loadSync(bytes("#!/bin/sh\n", file)), /not a \.npy or \.npz file/);
  // It must look like an archive at its start as well.
  const pushed = bytes(file.subarray(0, 64), file);
  assert.deepEqual(elementBytes(open(pushed).get("a")), elementBytes(made("C")));
});

test("ZIP64 is read wherever a size, a place or the directory needs it", () => {
  for (const limit of [0, 100, 250, 600]) {
    for (const compressed of [false, true]) {
      const file = zip(
        { "a.npy": npyBytes(made("C")), "b.npy": npyBytes(made("F", "f8")) },
        compressed,
        limit,
      );
      const archive = open(file);
      assert.deepEqual(elementBytes(archive.get("a")), elementBytes(made("C")));
      assert.deepEqual(elementBytes(archive.get("b")), elementBytes(made("F", "f8")));
    }
  }
});

test("the checksum is ZIP's", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
  assert.equal(crc32(bytes("56789"), crc32(bytes("1234"))), 0xcbf43926);
  assert.equal(crc32(bytes()), 0);
});

/** Where a signature stands for the `nth` time. */
function place(file: Uint8Array, signature: string, nth = 0): number {
  const text = String.fromCharCode(...file);
  let at = text.indexOf(signature);
  for (let k = 0; k < nth; k++) at = text.indexOf(signature, at + 1);
  assert.ok(at >= 0);
  return at;
}

/** The archive with some of its bytes changed, counted from a record. */
function patched(
  file: Uint8Array,
  signature: string,
  changes: readonly (readonly [at: number, value: number])[],
) {
  const copy = Uint8Array.from(file);
  const start = place(copy, signature);
  for (const [at, value] of changes) copy[start + at] = value;
  return copy;
}

const CENTRAL = "PK\x01\x02";
const END = "PK\x05\x06";

test("an archive that lies is a ValueError that says how", () => {
  const stored = npzBytes({ a: made("C") });
  const deflated = npzBytes(
    { a: emptyArray([100, 100], toDescriptor("f8"), "C", "test") },
    { compressed: true },
  );
  const wrong: readonly (readonly [what: string, file: Uint8Array, message: RegExp])[] = [
    ["encrypted", patched(stored, CENTRAL, [[8, 1]]), /it is encrypted/],
    ["another method", patched(stored, CENTRAL, [[10, 12]]), /packed by method 12/],
    ["a checksum", patched(stored, CENTRAL, [[16, 0]]), /its checksum is wrong/],
    ["stored sizes that differ", patched(stored, CENTRAL, [[20, 1]]), /stored bytes claim to be/],
    ["a place behind the end", patched(stored, CENTRAL, [[44, 1]]), /behind its end/],
    ["a place that holds no entry", patched(stored, CENTRAL, [[42, 1]]), /there is no local header/],
    ["more than a byte can unpack to", patched(deflated, CENTRAL, [[27, 1]]), /deflated bytes cannot hold/],
    [
      "less than it unpacks to",
      patched(deflated, CENTRAL, [[25, 1]]),
      /promises 80000 bytes of data, but only/,
    ],
    ["a cut directory", patched(stored, CENTRAL, [[28, 200]]), /its directory is cut off/],
    ["an entry too many", patched(stored, END, [[10, 2]]), /a directory of 2 entries in/],
    ["a directory before the start", patched(stored, END, [[18, 1]]), /before its first byte/],
    ["another disk", patched(stored, END, [[4, 1]]), /several parts/],
    ["no end", stored.subarray(0, stored.length - 1), /no directory at its end/],
    [
      "damaged deflate",
      patched(deflated, "PK\x03\x04", [
        [65, 0xff],
        [66, 0xff],
      ]),
      /cannot be unpacked|checksum|array|promises/,
    ],
  ];
  for (const [what, file, message] of wrong) {
    assert.throws(
      () => open(file).get("a"),
      (error) => isNdError(error, "value") && message.test(error.message),
      what,
    );
  }
});

test("an array that is smaller than its entry is read, what stands behind it only counted", () => {
  for (const compressed of [false, true]) {
    const archive = open(zip({ "a.npy": bytes(npyBytes(made("C")), "tail") }, compressed));
    assert.deepEqual(elementBytes(archive.get("a")), elementBytes(made("C")));
  }
});

test("a header that promises more than its entry has takes no memory", () => {
  const text = "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999,)}\n";
  const lying = bytes("\x93NUMPY", 1, 0, text.length, 0, text, "12345678");
  for (const compressed of [false, true]) {
    const archive = open(zip({ "a.npy": lying }, compressed));
    const before = process.memoryUsage().arrayBuffers;
    assert.throws(() => archive.get("a"), /promises 7999999992 bytes of data, but only 8 are there/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
  }
});

test("two arrays of one name are refused", () => {
  assert.throws(() => npzBytes([made("C"), { arr_0: made("C") }] as never), /two arrays are named "arr_0"/);
});

test("copy: false cannot be had from an archive", () => {
  assert.throws(() => loadSync(npzBytes({ a: made("C") }), { copy: false }), /always copies/);
});

test("as says which kind is wanted", () => {
  assert.throws(() => loadSync(npzBytes({ a: made("C") }), { as: "npy" }), /holds an archive of arrays/);
  assert.throws(() => loadSync(npyBytes(made("C")), { as: "npz" }), /holds one array/);
});
