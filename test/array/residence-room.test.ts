import assert from "node:assert/strict";
import { test as always } from "node:test";
import { roomRules } from "../../src/array/residence.ts";
import * as np from "../../src/index.ts";
import { heap, nearRoom } from "../../src/wasm/memory.ts";
import { everythingIsNear } from "../program.ts";

// Who lives there, and where, is told here; where everything does, there is no room to be told of.
const test = everythingIsNear ? always.skip : always;

// A room that is soon full, in which looks are taken often.
Object.assign(roomRules, { first: 1 << 18, most: 1 << 21, calm: 8 });

const isNear = ({ storage }: np.NDArray) => storage.buffer === heap.buffer && storage.lender !== null;
const jobsDone = () => new Promise((resolve) => setTimeout(resolve, 0));

let seed = 12_345;
function random(n: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
}

interface One {
  readonly a: np.NDArray<"float64">;
  value: number;
}

/** Storages in the room lie inside of it, and apart. */
function checkPlaces(live: readonly One[]): void {
  const storages = live.filter(({ a }) => isNear(a)).map(({ a }) => a.storage);
  const places = [...new Set(storages)].sort((p, q) => p.origin - q.origin);
  const { from, to } = nearRoom();
  for (const [k, { origin, byteLength }] of places.entries()) {
    assert.ok(origin >= from && origin + byteLength <= to, "inside of the room");
    if (k > 0) assert.ok(places[k - 1]!.origin + places[k - 1]!.byteLength <= origin, "apart");
  }
}

function checkValues(live: readonly One[], what: string): void {
  for (const { a, value } of live) {
    assert.ok(
      [...np.flat(a)].every((x) => x === value),
      `${what}: all are ${value}`,
    );
  }
}

const steps: ((live: One[], value: number) => void)[] = [
  (live, value) => {
    const a = np.full(1100 + random(random(2) === 0 ? 4000 : 40_000), value);
    if (a.storage.patience !== 0 && !isNear(a)) a.storage.patience = 1;
    live.push({ a, value });
  },
  (live) => {
    const one = live[random(live.length)]!;
    np.add(one.a, 1, { out: one.a });
    one.value++;
  },
  (live) => {
    for (let k = 0; k < 12; k++) np.equal(live[random(live.length)]!.a, 1);
  },
  (live) => void live.splice(random(live.length), 1),
  (live) => {
    if (random(3) === 0) void live[random(live.length)]!.a.data;
  },
  (live) => {
    // Several operands, of which each may push another out.
    const n = 1100;
    const [x, y, z] = [0, 1, 2].map(() => live[random(live.length)]!);
    const sum = np.add(np.multiply(x!.a.slice(`:${n}`), y!.a.slice(`:${n}`)), z!.a.slice(`-${n}:`));
    assert.equal(np.min(sum), x!.value * y!.value + z!.value);
    assert.equal(np.max(sum), x!.value * y!.value + z!.value);
  },
  (live) => {
    const one = live[random(live.length)]!;
    const bytes = 1 << (16 + random(6));
    assert.equal(
      np.scope(() => np.sum(np.subtract(one.a, one.value)), { bytes }),
      0,
    );
  },
];

test("whoever moves in, is pushed out, is shown or is left behind is never in the place of another", async () => {
  const live: One[] = [];
  let [most, pushed] = [0, 0];
  for (let round = 1; round <= 1200; round++) {
    const near = live.filter(({ a }) => isNear(a));
    const step =
      live.length === 0 || (live.length < 40 && random(3) === 0) ? 0 : 1 + random(steps.length - 1);
    if (step === 6 && random(10) > 0) continue;
    steps[step]!(live, round);
    pushed += near.filter(({ a }) => !isNear(a) && a.storage.patience > 0).length;
    most = Math.max(most, near.length);
    if (random(20) === 0) await jobsDone();
    if (round % 10 === 0) checkPlaces(live);
    if (round % 60 === 0) checkValues(live, `${round}`);
  }
  checkValues(live, "at last");
  assert.ok(most > 3, "some lived there");
  assert.ok(pushed > 10, "some were pushed out");
});

test("what formatters do in between does not change what is printed", () => {
  const structs = np.zeros(2000, [
    ["x", "f8"],
    ["y", "f8"],
  ] as never) as unknown as np.NDArray;
  const y = (structs as unknown as { field(name: string): np.NDArray }).field("y");
  np.copyto(y, np.arange(2000));
  const others: np.NDArray[] = [];
  let left = 0;
  const float = (x: number) => {
    if (left-- > 0) {
      const other = np.full(20_000, 7);
      other.storage.patience = 1;
      for (let k = 0; k < 4; k++) np.equal(other, 7);
      others.push(other);
    }
    return String(x);
  };
  const text = () => np.array2string(structs, { threshold: 5000, formatter: { float } });
  const wanted = text();
  structs.storage.patience = 1;
  np.equal(y, 1);
  assert.ok(isNear(structs));
  left = 60;
  assert.ok(text() === wanted);
  assert.ok(!isNear(structs), "it was pushed out meanwhile");
});
