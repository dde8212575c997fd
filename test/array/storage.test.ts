import assert from "node:assert/strict";
import { test } from "node:test";
import { type Lender, Storage } from "../../src/array/storage.ts";

const counted = (bytes: number) => Uint8Array.from({ length: bytes }, (_, k) => k).buffer;

test("a part of a buffer is read from its start and no further than its end", () => {
  const storage = new Storage(counted(64), 16, 20);
  assert.equal(storage.byteLength, 20);
  assert.deepEqual([...storage.lane(Uint8Array)], [...new Uint8Array(counted(64), 16, 20)]);
  assert.deepEqual([...storage.lane(Int16Array)], [...new Int16Array(counted(64), 16, 10)]);
  assert.equal(storage.lane(Float64Array).length, 2);
  assert.equal(storage.lane(Uint8Array), storage.lane(Uint8Array));
  assert.equal(storage.view.getUint8(19), 35);
  assert.throws(() => storage.unchecked.getUint8(20), RangeError);
  assert.deepEqual(storage.inBuffer({ shape: [2], strides: [-4], offset: 8 }), {
    shape: [2],
    strides: [-4],
    offset: 24,
  });
});

test("the whole of a buffer is the rule, and its layouts are those of the buffer", () => {
  const storage = new Storage(new ArrayBuffer(24));
  assert.deepEqual([storage.origin, storage.byteLength, storage.lender], [0, 24, null]);
  const layout = { shape: [3], strides: [8], offset: 0 };
  assert.equal(storage.inBuffer(layout), layout);
  assert.equal(storage.settle(), storage);
});

test("a storage that moved is read where it is now", () => {
  const storage = new Storage(counted(64), 8, 8);
  const [old, view] = [storage.lane(Uint8Array), storage.view];
  storage.moveTo(counted(64), 40);
  assert.deepEqual([storage.origin, storage.byteLength], [40, 8]);
  assert.notEqual(storage.lane(Uint8Array), old);
  assert.notEqual(storage.view, view);
  assert.deepEqual([storage.lane(Uint8Array)[0], storage.view.getUint8(1)], [40, 41]);
});

test("nothing leads into memory that was taken away", () => {
  const storage = new Storage(counted(64), 8, 8);
  storage.lane(Uint8Array);
  storage.view.getUint8(0);
  storage.takeAway();
  const ways = {
    alive: () => storage.alive(),
    view: () => storage.view,
    lane: () => storage.lane(Uint8Array),
    settle: () => storage.settle(),
  };
  for (const [name, way] of Object.entries(ways))
    assert.throws(way, { kind: "value", message: /np\.scope, which has ended/ }, name);
  assert.throws(() => storage.unchecked.getUint8(0), RangeError);
});

test("a part that no longer lies in its buffer is gone, with the old size and the new one in the message", () => {
  const Resizable = ArrayBuffer as unknown as new (
    n: number,
    o: object,
  ) => ArrayBuffer & { resize(n: number): void };
  const buffer = new Resizable(64, { maxByteLength: 64 });
  const [front, back] = [new Storage(buffer, 0, 32), new Storage(buffer, 32, 32)];
  buffer.resize(40);
  front.alive();
  assert.throws(() => back.alive(), /is gone: it had 64 bytes and now has 40/);
  assert.throws(() => back.lane(Uint8Array), /is gone/);
});

test("settling asks the lender, and only while there is one", () => {
  let asked = 0;
  const lender: Lender = {
    takesBack: false,
    release(storage) {
      asked++;
      storage.moveTo(counted(16), 0);
    },
  };
  const storage = new Storage(counted(16), 0, 16, lender);
  assert.equal(storage.settle().lender, null);
  storage.settle();
  assert.equal(asked, 1);
});
