import assert from "node:assert/strict";
import { test as always } from "node:test";
import { allocateLasting } from "../../src/array/allocate.ts";
import * as np from "../../src/index.ts";
import { heap, makeNearRoom, nearRoom } from "../../src/wasm/memory.ts";
import { everythingIsNear } from "../program.ts";

// Who lives there, and where, is told here; where everything does, there is no room to be told of.
const test = everythingIsNear ? always.skip : always;

const isNear = ({ storage }: np.NDArray) => storage.buffer === heap.buffer && storage.lender !== null;
const isOrdinary = ({ storage }: np.NDArray) => storage.lender === null && storage.buffer !== heap.buffer;

/** Moves an array to the memory of kernels now. */
function moved<A extends np.NDArray>(a: A): A {
  assert.ok(a.storage.patience !== 0, "it may move");
  a.storage.patience = 1;
  np.isfinite(a);
  assert.ok(isNear(a), "it has moved");
  return a;
}

/** Replaces the memory of kernels by a larger one, as one does that has no room. */
function replaceMemory(): void {
  const { from, to } = nearRoom();
  makeNearRoom(to - from + 65536);
}

/** Lets what waits for the end of a job happen. */
const jobsDone = () => new Promise((resolve) => setTimeout(resolve, 0));

const counting = (n: number): np.NDArray<"float64"> => np.arange(n, { dtype: "float64" });

test("an array that kernels come for again and again moves to them, and not before", () => {
  for (const n of [20_000, 200_000]) {
    const a = counting(n);
    for (let k = 0; k < 10; k++) np.add(a, 1);
    assert.ok(isOrdinary(a), `${n}: not before`);
    for (let k = 0; k < 10; k++) np.add(a, 1);
    assert.ok(isNear(a), `${n}: after`);
    assert.deepEqual(np.add(a, 1).at(-1), n);
    assert.deepEqual(a.slice("-2:").tolist(), [n - 2, n - 1]);
  }
});

test("results are what they were before", () => {
  for (const n of [600, 5000, 100_000]) {
    for (const dtype of ["float64", "float32", "int32", "int64", "uint8", "complex128", "bool"] as const) {
      const a = np.astype(np.remainder(counting(n), 100), dtype);
      const b = np.astype(np.remainder(counting(n), 7), dtype);
      const calls: (() => unknown)[] = [
        () => np.add(a, b).tobytes(),
        () => np.multiply(a.slice("::-2"), b.slice("::2")).tobytes(),
        () => np.sum(a),
        () => np.cumsum(a).tobytes(),
        () => np.where(np.equal(a, b), a, b).tobytes(),
        () => np.maximum(a.reshape([2, -1]).T, b.reshape([-1, 2])).tobytes(),
        () => np.argmax(a.reshape([2, -1]), 1).tolist(),
        () => np.sort(a).tobytes(),
        () => np.astype(a, "float32").tobytes(),
        () => a.gather(b.slice(":50").astype("int32")).tobytes(),
        () => a.tobytes(),
        () => String(a),
      ];
      const before = calls.map((call) => call());
      for (const one of [a, b]) if (one.storage.patience !== 0 && !isNear(one)) moved(one);
      assert.deepEqual(
        calls.map((call) => call()),
        before,
        `${n} ${dtype}, moved`,
      );
      replaceMemory();
      assert.deepEqual(
        calls.map((call) => call()),
        before,
        `${n} ${dtype}, left behind`,
      );
      void [a.data, b.buffer];
      assert.deepEqual(
        calls.map((call) => call()),
        before,
        `${n} ${dtype}, shown`,
      );
    }
  }
});

test("views, views of views and views of another dtype share with it, wherever it lies", () => {
  const a = counting(10_000);
  const part = a.slice("100:200");
  const every = part.slice("::-3");
  const bits = a.view("int64");
  const square = a.reshape([100, 100]).T;
  const check = (what: string, value: number) => {
    every.set(0, value);
    assert.deepEqual([a.at(199), part.at(99), square.at(99, 1)], [value, value, value], what);
    assert.equal(bits.at(199), np.array([value]).view("int64").at(0), what);
    bits.set(100, 0n);
    assert.deepEqual([a.at(100), part.at(0), every.at(33)], [0, 0, 0], what);
    a.set(":", counting(10_000));
    for (const [x, y] of [
      [a, every],
      [part, bits],
      [square, every],
    ] as np.NDArray[][]) {
      assert.ok(np.sharesMemory(x!, y!), what);
      assert.ok(np.mayShareMemory(x!, y!), what);
    }
    assert.ok(!np.sharesMemory(part, a.slice("200:")), what);
    np.add(part, a.slice("150:250"), { out: part });
    assert.deepEqual([part.at(0), part.at(99), a.at(200)], [250, 448, 200], what);
    np.add(a.slice("1:"), a.slice(":-1"), { out: a.slice("1:") });
    assert.deepEqual([a.at(1), a.at(9999)], [1, 19_997], what);
    a.set(":", counting(10_000));
  };
  check("before", 7);
  moved(a);
  check("moved", 8);
  replaceMemory();
  check("left behind", 9);
  moved(a);
  check("moved again", 10);
  void square.buffer;
  assert.ok(isOrdinary(a));
  check("shown", 11);
});

test("what is shown is ordinary memory, the same for all, and stays", async () => {
  const a = moved(counting(10_000));
  const data = a.data;
  assert.ok(isOrdinary(a));
  assert.equal(data.buffer, a.buffer);
  assert.equal(data.byteOffset, a.byteOffset);
  data[5] = -1;
  assert.equal(a.at(5), -1);
  a.set(6, -2);
  assert.equal(data[6], -2);
  for (let k = 0; k < 100; k++) np.add(a, 1, { out: a });
  assert.ok(isOrdinary(a));
  assert.equal(a.buffer, data.buffer);
  assert.deepEqual([data[5], data[6], data[7]], [99, 98, 107]);
  await jobsDone();
  const others = [1, 2, 3].map((k) => moved(np.full(10_000, k)));
  np.add(a, 1, { out: a });
  assert.deepEqual([data[5], data[9999]], [100, 10_100]);
  assert.deepEqual(
    others.map((one) => [np.min(one), np.max(one)]),
    [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
  );
});

test("every way of showing the buffer settles it", () => {
  const ways: Record<string, (a: np.NDArray) => unknown> = {
    data: (a) => a.data,
    buffer: (a) => a.buffer,
    byteOffset: (a) => a.byteOffset,
    byteBounds: (a) => np.byteBounds(a),
    memoryOf: (a) => np.memoryOf(a),
    handoff: (a) => np.handoff(a),
    toDlpack: (a) => np.toDlpack(a),
    view: (a) => a.T.slice("3:").buffer,
  };
  for (const [name, way] of Object.entries(ways)) {
    const a = moved(counting(6000));
    way(a);
    assert.ok(isOrdinary(a), name);
    assert.equal(a.storage.patience, 0, name);
    assert.deepEqual(a.tolist(), counting(6000).tolist(), name);
  }
});

test("moving out is no copy that somebody gets, and none that is forbidden", () => {
  const a = moved(counting(6000));
  assert.equal(np.explainCopy(a, "data").copies, false);
  assert.ok(isNear(a));
  assert.equal(np.explainCopy(a, "handoff").copies, false);
  assert.ok(isNear(a), "asking changes nothing");
  assert.equal(np.withoutCopies(() => np.handoff(moved(counting(6000)))).copied, false);
  assert.equal(np.withoutCopies(() => moved(counting(6000)).data).length, 6000);
  const b = moved(counting(6000));
  const { totals, events } = np.traceCopies(() => b.data);
  assert.deepEqual([totals.copies, totals.copiedBytes >= 48_000, totals.hiddenCopies], [1, true, 0]);
  assert.equal(events[0]!.operation, "data");
  assert.equal(
    np.scope(() => np.explainCopy(counting(10), "handoff").copies),
    false,
  );
  assert.ok(np.draw(moved(counting(600))).text.includes("owns its memory"));
});

test("memory that others made or have seen never moves", () => {
  const given: np.NDArray[] = [
    np.asarray(new Float64Array(10_000)),
    np.frombuffer(new ArrayBuffer(80_000)),
    np.fromStrided({ buffer: new ArrayBuffer(80_000), dtype: "f8", shape: [10_000] }),
    np.fromStrided({ buffer: new SharedArrayBuffer(80_000), dtype: "f8", shape: [10_000] }),
  ];
  const seen = counting(10_000);
  void seen.buffer;
  for (const a of [...given, seen, seen.slice("1:")]) {
    const { buffer } = a;
    for (let k = 0; k < 400; k++) np.add(a, 1, { out: a });
    assert.equal(a.buffer, buffer);
    assert.ok(isOrdinary(a));
  }
});

test("what settles into memory that small arrays share lies there with nobody who moves", () => {
  for (const n of [1000, 3000]) {
    const a = np.scope(() => counting(n));
    const beside = counting(n);
    const { buffer } = a;
    const all = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8));
    const at = beside.storage.buffer === buffer ? (beside.storage.origin + beside.layout.offset) / 8 : -1;
    for (let k = 0; k < 2000; k++) np.add(beside, 1, { out: beside });
    if (at >= 0) assert.equal(all[at], beside.at(0), `${n}`);
    assert.equal(a.at(-1), n - 1);
  }
  const { storage } = allocateLasting(8192, "test");
  assert.equal(storage.patience, 0);
});

test("an array whose room is full stays where it is, and is right", () => {
  // As much as there may ever be.
  const many: np.NDArray[] = [];
  const large = 1 << 21;
  for (let k = 0; k < 12; k++) {
    const a = np.full(large, k);
    a.storage.patience = 1;
    np.isfinite(a.slice(":8"));
    np.isfinite(a);
    many.push(a);
  }
  assert.ok(many.some(isOrdinary), "not all have room");
  for (const [k, a] of many.entries()) {
    assert.deepEqual([np.min(a), np.max(a), a.at(-1)], [k, k, k]);
    np.add(a, 1, { out: a });
    assert.deepEqual([np.sum(a), a.at(0)], [(k + 1) * large, k + 1]);
  }
  for (const a of many) void a.buffer;
});
