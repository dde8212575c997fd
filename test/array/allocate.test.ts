import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Allocation,
  type Arena,
  allocate,
  allocateLasting,
  allocateUnset,
  useArena,
} from "../../src/array/allocate.ts";
import { Storage } from "../../src/array/storage.ts";

const SIZES = [0, 1, 8, 24, 4095, 4096, 4097, 8192, 12_345, 32_768, 32_769, 131_072, 524_288, 600_000];

function bytesOf({ storage, offset }: Allocation, bytes: number): Uint8Array {
  return new Uint8Array(storage.buffer, storage.origin + offset, bytes);
}

test("memory is zeroed, aligned, and nobody else's", () => {
  const taken: [Allocation, number][] = [];
  for (let round = 0; round < 20; round++) {
    for (const bytes of SIZES) {
      const place = allocate(bytes, "test");
      assert.equal(place.offset % 16, 0);
      assert.ok(
        bytesOf(place, bytes).every((byte) => byte === 0),
        `${bytes} bytes are zeroed`,
      );
      bytesOf(place, bytes).fill(255);
      taken.push([place, bytes]);
    }
  }
  const ends = new Map<ArrayBufferLike, [number, number][]>();
  for (const [{ storage, offset }, bytes] of taken) {
    ends.set(storage.buffer, [...(ends.get(storage.buffer) ?? []), [offset, offset + Math.max(1, bytes)]]);
  }
  for (const ranges of ends.values()) {
    ranges.sort((a, b) => a[0] - b[0]);
    for (let k = 1; k < ranges.length; k++) assert.ok(ranges[k]![0] >= ranges[k - 1]![1]);
  }
});

test("small arrays share slabs of 64 KB, middling ones slabs of 256 KB, large ones share nothing", () => {
  const buffers = (bytes: number, most: number) => allocate(bytes, "test").storage.buffer.byteLength === most;
  for (const bytes of [0, 8, 4096]) assert.ok(buffers(bytes, 65_536), `${bytes}`);
  for (const bytes of [4097, 32_768]) assert.ok(buffers(bytes, 262_144), `${bytes}`);
  for (const bytes of [32_769, 131_072, 1_000_000]) assert.ok(buffers(bytes, bytes), `${bytes}`);
  for (const bytes of SIZES) {
    const place = allocateUnset(bytes, "test");
    assert.equal(place.offset % 16, 0);
    assert.ok(place.offset + bytes <= place.storage.byteLength);
  }
});

test("a slab that was transferred is not used again", () => {
  for (const bytes of [8, 5000]) {
    const { buffer } = allocate(bytes, "test").storage;
    structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
    const next = allocate(bytes, "test");
    next.storage.alive();
    assert.notEqual(next.storage.buffer, buffer);
  }
});

test("memory that is lent comes first, and ordinary memory where there is none of it", () => {
  const asked: [number, boolean][] = [];
  const lent = new Storage(new ArrayBuffer(64));
  const arena: Arena = {
    take(bytes, zeroed) {
      asked.push([bytes, zeroed]);
      return bytes > 64 ? null : lent;
    },
    takesBack: true,
    release: () => undefined,
  };
  const before = useArena(arena);
  try {
    assert.deepEqual(allocate(8, "test"), { storage: lent, offset: 0 });
    assert.deepEqual(allocateUnset(9, "test"), { storage: lent, offset: 0 });
    assert.notEqual(allocate(65, "test").storage, lent);
    assert.notEqual(allocateUnset(66, "test").storage, lent);
    assert.notEqual(allocateLasting(8, "test").storage, lent);
  } finally {
    assert.equal(useArena(before), arena);
  }
  assert.deepEqual(asked, [
    [8, true],
    [9, false],
    [65, true],
    [66, false],
  ]);
  assert.notEqual(allocate(8, "test").storage, lent);
});

test("what cannot be had is an error that says what was wanted", () => {
  for (const take of [allocate, allocateUnset])
    assert.throws(() => take(2 ** 52, "zeros"), {
      kind: "value",
      message: /^zeros: no memory for 4503599627370496 bytes/,
    });
});
