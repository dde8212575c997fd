import assert from "node:assert/strict";
import { test } from "node:test";
import { allocate, allocateUnset, observeMemory } from "../../src/array/allocate.ts";
import { Descriptor } from "../../src/dtype/descriptor.ts";
import { scope } from "../../src/engine/scope.ts";
import * as np from "../../src/index.ts";
import { add, multiply } from "../../src/ops/ufuncs-arithmetic.ts";
import { heap } from "../../src/wasm/memory.ts";
import { reads, views } from "../sweep/calls.ts";
import { type dtypes, layouts, pair } from "../sweep/layouts.ts";

const ended = { kind: "value", message: /np\.scope, which has ended/ };
const inEngine = (a: np.NDArray) => a.storage.lender !== null && a.storage.buffer === heap.buffer;

/** What is made inside and kept by others, not by being returned. */
function left<T>(make: () => T): T {
  let kept: T | null = null;
  scope(() => {
    kept = make();
  });
  return kept as T;
}

test("results lie one after another in the engine's memory, aligned, and again there when the next scope begins", () => {
  const places = () =>
    scope(() => {
      const list = [np.zeros(3), np.ones([2, 5], "int8"), np.arange(1000), np.zeros(0)];
      for (const a of list) assert.ok(inEngine(a));
      for (const a of list) assert.equal(a.storage.origin % 64, 0);
      return list.map((a) => a.storage.origin);
    });
  const first = places();
  assert.deepEqual(
    first,
    [...new Set(first)].sort((a, b) => a - b),
  );
  assert.deepEqual(places(), first);
});

test("zeroed memory is zeroed, whatever lay there before", () => {
  scope(() => void np.copyto(np.zeros(500), 7));
  scope(() => assert.deepEqual(np.zeros(500).tolist(), new Array(500).fill(0)));
});

test("what is returned is moved to ordinary memory with every view of it, the same objects", () => {
  let view = np.zeros(0);
  let self = view;
  const a = scope(() => {
    const made = np.array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    view = made.T.slice("::-1");
    self = made;
    return made;
  });
  assert.equal(a, self);
  assert.ok(!inEngine(a));
  assert.deepEqual(view.tolist(), [
    [3, 6],
    [2, 5],
    [1, 4],
  ]);
  a.set([0, 2], 9);
  assert.equal(view.at(0, 0), 9);
  assert.equal(view.base, a);
  assert.ok(np.sharesMemory(a, view));
  assert.deepEqual([a.flags.owndata, a.flags.writeable, a.base], [true, true, null]);
});

test("a view that is returned brings all of its memory along", () => {
  const row = scope(() => np.arange(12).reshape(3, 4).slice(1, "::-1"));
  assert.deepEqual(row.tolist(), [7, 6, 5, 4]);
  assert.deepEqual((row.base as np.NDArray).tolist(), np.arange(12).tolist());
});

test("arrays in lists and plain objects come out, nested and repeated; other values are what they were", () => {
  const shared = np.zeros(2);
  const given = scope(() => {
    const a = np.ones(3);
    const bare = Object.assign(Object.create(null) as Record<string, unknown>, { a });
    const all: Record<string, unknown> = { list: [a, [np.ones(1), "text", null]], bare, shared, n: 3 };
    all.self = all;
    return all as {
      list: [np.NDArray, [np.NDArray, string, null]];
      bare: { a: np.NDArray };
      shared: unknown;
    };
  });
  assert.deepEqual(given.list[0].tolist(), [1, 1, 1]);
  assert.equal(given.bare.a, given.list[0]);
  assert.deepEqual(given.list[1][0].tolist(), [1]);
  assert.equal(given.shared, shared);
  for (const value of [1, "x", null, undefined, 5n, true, Symbol.iterator])
    assert.equal(
      scope(() => value),
      value,
    );
});

test("data, buffer and byteOffset taken inside are of ordinary memory that lasts", () => {
  const taken = left(() => {
    const a = np.array([1.5, 2.5]);
    const { data } = a;
    a.set(0, 4);
    return { data, a };
  });
  assert.deepEqual(taken.data, new Float64Array([4, 2.5]));
  assert.deepEqual(taken.a.tolist(), [4, 2.5]);
  const window = left(() => {
    const a = np.arange(10, { dtype: "int16" }).slice("3:");
    const { byteOffset } = a;
    return new Int16Array(a.buffer as ArrayBuffer, byteOffset, a.size);
  });
  scope(() => void np.copyto(np.zeros(100), 1));
  assert.deepEqual([...window], [3, 4, 5, 6, 7, 8, 9]);
});

test("anything else that was made inside is an error that names the scope, also without elements", () => {
  const uses: Record<string, (a: np.NDArray) => unknown> = {
    at: (a) => a.at(0),
    item: (a) => a.item(0),
    set: (a) => a.set(0, 1),
    data: (a) => a.data,
    buffer: (a) => a.buffer,
    byteOffset: (a) => a.byteOffset,
    copy: (a) => a.copy(),
    view: (a) => a.slice("::-1").at(0),
    tolist: (a) => a.tolist(),
    astype: (a) => a.astype("int8"),
    "copyto itself": (a) => np.copyto(a, a),
    "copyto from it": (a) => np.copyto(np.zeros(2), a),
    sharesMemory: (a) => np.sharesMemory(a, a),
    mayShareMemory: (a) => np.mayShareMemory(np.zeros(1), a),
    memoryOf: (a) => np.memoryOf(a),
    byteBounds: (a) => np.byteBounds(a),
    asStrided: (a) => np.asStrided(a, { shape: [1] }).at(0),
    iteration: (a) => [...(a as Iterable<unknown>)],
  };
  for (const [name, use] of Object.entries(uses)) {
    const a = left(() => {
      const made = np.ones(2);
      made.at(0);
      made.copy();
      return made;
    });
    assert.throws(() => use(a), ended, name);
  }
  assert.throws(() => left(() => np.zeros(0)).tolist(), ended);
  assert.deepEqual(left(() => np.zeros([2, 3])).shape, [2, 3]);
});

test("scopes nest: the inner end takes back what the inner made, and nothing else", () => {
  scope(() => {
    const outer = np.zeros(4);
    let inner: np.NDArray | null = null;
    const given = scope(() => {
      outer.set(0, 5);
      inner = np.zeros(4);
      return { outer, fresh: np.full(4, 2) };
    });
    assert.throws(() => inner!.at(0), ended);
    assert.ok(inEngine(outer) && !inEngine(given.fresh));
    assert.equal(np.zeros(4).storage.origin, outer.storage.origin + 64);
    np.copyto(outer.slice("1:"), 1);
    assert.deepEqual(
      [given.outer.tolist(), given.fresh.tolist()],
      [
        [5, 1, 1, 1],
        [2, 2, 2, 2],
      ],
    );
  });
  assert.ok(!inEngine(np.zeros(4)));
});

test("an error ends the scope as well", () => {
  let kept: np.NDArray | null = null;
  const fail = () => {
    kept = np.ones(2);
    throw new RangeError("mine");
  };
  assert.throws(() => scope(fail), /mine/);
  assert.throws(() => kept!.at(0), ended);
  assert.throws(() => scope(() => scope(fail)), /mine/);
  assert.ok(!inEngine(np.zeros(2)));
});

test("promises are refused, and what fails later for want of its arrays ends no process", async () => {
  let kept: np.NDArray | null = null;
  const later = async () => {
    kept = np.ones(2);
    await null;
    return kept.at(0);
  };
  assert.throws(() => scope(later), { kind: "value", message: /^scope: the function returned a promise/ });
  assert.throws(() => kept!.at(0), ended);
  // biome-ignore lint/suspicious/noThenProperty: what is refused is a thing with this property
  const thenable = { then: () => 1 };
  assert.throws(() => scope(() => thenable), /returned a promise/);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(!inEngine(np.zeros(2)));
});

test("what does not fit lies in ordinary memory and outlives the scope", () => {
  const [small, large] = left(() => [np.ones(2), np.ones(2 ** 24)] as const);
  assert.throws(() => small.at(0), ended);
  assert.equal(large.at(-1), 1);
  const none = scope(() => left(() => np.ones(2)), { bytes: 0 });
  assert.equal(none.at(1), 1);
  scope(
    () => {
      const list = Array.from({ length: 20 }, () => np.zeros(16));
      assert.deepEqual(list.map(inEngine), [...new Array(8).fill(true), ...new Array(12).fill(false)]);
    },
    { bytes: 1024 },
  );
});

test("a larger arena takes the place of the engine's memory", () => {
  const before = scope(() => np.arange(5));
  const bytes = heap.buffer.byteLength + 65536;
  scope(
    () => {
      const a = np.arange(10);
      assert.ok(inEngine(a));
      assert.deepEqual(a.tolist(), np.arange(10).tolist());
    },
    { bytes },
  );
  assert.ok(heap.buffer.byteLength > bytes);
  assert.deepEqual(before.tolist(), [0, 1, 2, 3, 4]);
});

test("neighbours in the engine's memory share nothing, views share what they share, writes overlap as they should", () => {
  scope(() => {
    const [a, b] = [np.arange(8), np.arange(8)];
    assert.ok(!np.mayShareMemory(a, b) && !np.sharesMemory(a, b));
    assert.ok(np.sharesMemory(a, a.slice("::-2")));
    assert.ok(!np.sharesMemory(a.slice("::2"), a.slice("1::2")));
    a.set("1:", a.slice(":-1"));
    assert.deepEqual(a.tolist(), [0, 0, 1, 2, 3, 4, 5, 6]);
    np.copyto(b, a.slice("::-1"));
    np.copyto(b.slice("::2"), b.slice("::-2"));
    assert.deepEqual(b.tolist(), [0, 5, 1, 3, 3, 1, 5, 0]);
    for (const stride of [64, -64, 16])
      assert.throws(() => np.asStrided(b, { shape: [9], strides: [stride] }));
  });
});

test("where an array is said to be is where it is in the buffer that is shown", () => {
  scope(() => {
    np.zeros(100);
    const a = np.arange(6, { dtype: "int32" }).slice("2:");
    const [low, high] = np.byteBounds(a);
    assert.deepEqual([...new Int32Array(a.buffer as ArrayBuffer, low, (high - low) / 4)], [2, 3, 4, 5]);
    const report = np.memoryOf(np.arange(4).slice("1:"));
    assert.equal(report.byteRange[1] - report.byteRange[0], 24);
    assert.ok(report.bufferBytes >= report.byteRange[1]);
    assert.equal(report.ownerBytes, 32);
  });
});

test("arrays that moved to one buffer are still told apart, and overlap with what adopts that buffer", () => {
  const [a, b] = scope(() => [np.arange(4), np.arange(4)] as const);
  assert.ok(!np.sharesMemory(a, b));
  const adopted = np.frombuffer(a.buffer, "float64", { offset: a.byteOffset, count: 4 });
  assert.ok(np.sharesMemory(a, adopted) && !np.sharesMemory(b, adopted));
  a.set("1:", adopted.slice(":-1"));
  assert.deepEqual(a.tolist(), [0, 0, 1, 2]);
  adopted.slice("::-1").set("...", a);
  assert.deepEqual(adopted.tolist(), [2, 1, 0, 0]);
  const whole = np.frombuffer(a.buffer, "float64", { offset: a.byteOffset, count: 4 });
  np.copyto(whole, a);
  assert.deepEqual(a.tolist(), [2, 1, 0, 0]);
});

test("taking memory and moving it out are told to the observer", () => {
  const seen: string[] = [];
  const before = observeMemory(({ kind, bytes, reason }) => seen.push(`${kind} ${bytes} ${reason}`));
  try {
    scope(() => np.zeros(3));
  } finally {
    observeMemory(before);
  }
  assert.deepEqual(seen, ["allocate 24 zeros", "allocate 24 scope", "copy 24 scope"]);
  const { storage, offset } = scope(() => allocateUnset(8, "x"));
  assert.throws(() => storage.alive(), ended);
  assert.equal(offset, 0);
  assert.equal(allocate(8, "x").storage.lender, null);
});

test("operations take operands from inside and outside, into results on either side", () => {
  for (const n of [3, 100, 3000, 40_000]) {
    const a = np.arange(n);
    const into = np.zeros(n);
    const made = scope(() => {
      const [x, half] = [np.copy(a), add(a, 0.5)];
      assert.ok(inEngine(x) && inEngine(half));
      add(x, half, { out: into });
      add(x.slice("::-1"), a, { out: x });
      // A result over its own operand, one place further.
      add(half.slice(":-1"), 1, { out: half.slice("1:") });
      return [multiply(x, half.slice("::-1")), x, half] as const;
    });
    const k = [0, 1, Math.floor(n / 2), n - 1];
    assert.deepEqual(
      k.map((i) => into.at(i)),
      k.map((i) => 2 * i + 0.5),
    );
    assert.deepEqual(
      k.map((i) => made[1].at(i)),
      k.map(() => n - 1),
    );
    const moved = (i: number) => (i === 0 ? 0.5 : i + 0.5);
    assert.deepEqual(
      k.map((i) => made[2].at(i)),
      k.map(moved),
    );
    assert.deepEqual(
      k.map((i) => made[0].at(i)),
      k.map((i) => (n - 1) * moved(n - 1 - i)),
    );
  }
});

test("wrong arguments are refused", () => {
  for (const bytes of [-1, 1.5, Number.NaN, 2 ** 40, "4"])
    assert.throws(() => scope(() => 1, { bytes: bytes as number }), {
      kind: "value",
      message: /^scope: bytes/,
    });
  assert.throws(() => scope(3 as never), { kind: "value", message: /^scope: 3 is no function/ });
});

/** A result as data, read where it lies. */
function plain(result: unknown): unknown {
  if (result instanceof np.NDArray)
    return { shape: result.shape, dtype: String(result.dtype), elements: np.tolist(result) };
  if (Array.isArray(result)) return result.map(plain);
  return result instanceof Descriptor ? String(result) : result;
}

function outcome(call: (a: np.NDArray) => unknown, a: np.NDArray): unknown {
  try {
    return plain(call(a));
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return error.kind;
  }
}

test("every function gives inside what it gives outside, on operands from either, and its result comes out whole", () => {
  const whole = ["emptyLike"];
  for (const [name, call] of Object.entries({ ...views, ...reads })) {
    if (whole.includes(name)) continue;
    for (const layout of Object.keys(layouts)) {
      for (const dtype of ["float64", "uint8", "struct"] satisfies (keyof typeof dtypes)[]) {
        const { strided } = pair(layout, dtype);
        const wanted = outcome(call, strided);
        const say = `${name}, ${layout}, ${dtype}`;
        scope(() => {
          assert.deepEqual(outcome(call, strided), wanted, say);
          const inside = np.copy(strided);
          const there = outcome(call, inside);
          assert.deepEqual(there, outcome(call, pairCopy(strided)), say);
        });
        assert.deepEqual(
          outcome((a) => scope(() => call(a)), strided),
          wanted,
          say,
        );
      }
    }
  }
});

/** A copy in the layout that np.copy gives, in ordinary memory. */
function pairCopy(a: np.NDArray): np.NDArray {
  const copy = np.copy(a);
  copy.storage.settle();
  return copy;
}

test("what is given back may be large, or contain itself", () => {
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, k) => [`k${k}`, k]));
  assert.equal(Object.keys(scope(() => many)).length, 200_000);
  const knot = scope(() => {
    const value: Record<string, unknown> = { a: np.arange(3) };
    value.list = [value, np.arange(2)];
    return value;
  });
  assert.deepEqual((knot.a as np.NDArray).tolist(), [0, 1, 2]);
  assert.deepEqual((knot.list as np.NDArray[])[1]!.tolist(), [0, 1]);
});

test("scopes inside one another lend from one memory, whatever they ask for", () => {
  const sum = scope(
    () => {
      const outer = np.arange(1000);
      for (let k = 0; k < 3; k++) scope(() => np.full(100_000, 7), { bytes: 1 << 26 });
      return np.add.reduce(outer, null);
    },
    { bytes: 1 << 16 },
  );
  assert.equal(sum, 499_500);
});
