import assert from "node:assert/strict";
import { test } from "node:test";
import { scope } from "../src/engine/scope.ts";
import * as np from "../src/index.ts";

type Adopted = np.NDArray<"float64">;

interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): void;
}
// The types that are checked against know neither a browser nor Node.
const wasm = (globalThis as unknown as Record<string, unknown>).WebAssembly as {
  Memory: new (size: { initial: number }) => GrowingMemory;
};

/** The ways in which a buffer goes away under an array of shape (2, 3). */
const losses: Readonly<Record<string, () => Adopted>> = {
  transferred() {
    const buffer = new ArrayBuffer(48);
    const a = np.fromStrided({ buffer, dtype: "float64", shape: [2, 3] });
    warm(a);
    structuredClone(buffer, { transfer: [buffer] });
    return a;
  },
  "grown WebAssembly memory"() {
    const memory = new wasm.Memory({ initial: 1 });
    const a = np.fromStrided({ buffer: memory, dtype: "float64", shape: [2, 3] });
    warm(a);
    memory.grow(1);
    return a;
  },
  "shrunk buffer"() {
    const Resizable = ArrayBuffer as unknown as new (
      n: number,
      o: object,
    ) => ArrayBuffer & { resize(n: number): void };
    const buffer = new Resizable(48, { maxByteLength: 96 });
    const a = np.fromStrided({ buffer, dtype: "float64", shape: [2, 3] });
    warm(a);
    buffer.resize(40);
    return a;
  },
  "the slab of a small array"() {
    const a = np.ones([2, 3]);
    warm(a);
    structuredClone(a.buffer, { transfer: [a.buffer as ArrayBuffer] });
    return a;
  },
  "the memory of a scope that has ended"() {
    const kept: Adopted[] = [];
    scope(() => {
      kept.push(np.ones([2, 3]));
      warm(kept[0]!);
    });
    // What is made next would lie in the same place.
    scope(() => np.zeros([2, 3]));
    return kept[0]!;
  },
};

/** Lets every typed array over the memory be made, as a program that has run for a while. */
function warm(a: np.NDArray): void {
  a.copy();
  a.tolist();
  a.fill(1);
}

const uses: Readonly<Record<string, (a: Adopted) => unknown>> = {
  at: (a) => a.at(0, 0),
  "at the last element": (a) => a.at(-1, -1),
  set: (a) => a.set([0, 0], 1),
  "set of a view": (a) => a.set(["...", 0], [1, 2]),
  fill: (a) => a.fill(2),
  item: (a) => a.item(0),
  tolist: (a) => a.tolist(),
  toJSON: (a) => JSON.stringify(a),
  text: (a) => String(a),
  repr: (a) => a.repr(),
  copy: (a) => a.copy(),
  "copy of a view": (a) => a.T.slice("::-1").copy(),
  flatten: (a) => a.flatten("F"),
  astype: (a) => a.astype("int8"),
  "reshape that copies": (a) => a.T.reshape(6),
  byteswap: (a) => a.byteswap(),
  "byteswap inplace": (a) => a.byteswap({ inplace: true }),
  tobytes: (a) => a.tobytes(),
  data: (a) => a.data,
  "flat.at": (a) => a.flat.at(0),
  "flat.set": (a) => a.flat.set("::2", [1]),
  "flat assigned": (a) => {
    a.flat = 1;
  },
  "flat.slice": (a) => a.flat.slice("::2"),
  "flat iterated": (a) => [...a.flat],
  iteration: (a) => [...(a.slice(0) as Iterable<unknown>)],
  ndenumerate: (a) => [...np.ndenumerate(a)],
  "copyto it": (a) => np.copyto(a, 1),
  "copyto from it": (a) => np.copyto(np.zeros([2, 3]), a),
  "copyto under a mask": (a) => np.copyto(a, 1, { where: [true, false, true] }),
  "array of it": (a) => np.array([a, a]),
  full: (a) => np.full([2, 3], a),
  asarrayChkfinite: (a) => np.asarrayChkfinite(a),
  diagflat: (a) => np.diagflat(a),
  vander: (a) => np.vander(a.slice(0)),
  linspace: (a) => np.linspace(a, 1, 3),
  meshgrid: (a) => np.meshgrid(a.slice(0), [1, 2]),
  npyBytes: (a) => np.npyBytes(a),
  npzBytes: (a) => np.npzBytes({ a }),
  "a view of it, read": (a) => a.T.at(0, 0),
};

for (const [how, lose] of Object.entries(losses)) {
  test(`elements of a buffer that is gone are an error and never a number: ${how}`, async () => {
    for (const [name, use] of Object.entries(uses)) {
      const a = lose();
      const error = await (async () => use(a))().then(
        (given) => assert.fail(`${name} gave ${typeof given}`),
        (thrown: unknown) => thrown,
      );
      const said = /the buffer of this array is gone|np\.scope, which has ended/;
      assert.match(String((error as Error).message), said, name);
      assert.ok(np.isNdError(error, "value"), name);
    }
  });
}

const nonsense: readonly unknown[] = [
  ...[
    Number.NaN,
    Infinity,
    -Infinity,
    -0,
    1e308,
    2 ** 53,
    -1,
    0.5,
    -(2 ** 46),
    1n,
    10n ** 30n,
    "x",
    "",
    true,
  ],
  ...[
    Symbol("q"),
    {},
    Object.create(null),
    () => 1,
    [],
    [Number.NaN],
    [1e308],
    [-1],
    [2 ** 53, 2 ** 53],
    [[1]],
  ],
  ...[
    [null],
    [Symbol("z")],
    [Object.create(null)],
    [1n],
    ["1"],
    [2 ** 46, 0],
    new Array(1),
    new Array(100).fill(1),
  ],
  cyclic(),
];

function cyclic(): unknown {
  const list: unknown[] = [];
  list.push(["x", list]);
  return list;
}

test("nonsense for a shape, an axis, an index, an offset or a dtype is refused by name, or does no harm", () => {
  const uses: Record<string, (x: never) => unknown> = {
    zeros: (x) => np.zeros(x),
    reshape: (x) => np.arange(24).reshape(x),
    "reshape of nothing": (x) => np.zeros(0).reshape([x, 0]),
    broadcastTo: (x) => np.broadcastTo(1, x),
    "asStrided shape": (x) => np.asStrided(np.arange(24), { shape: x, strides: [8] }),
    "asStrided strides": (x) => np.asStrided(np.arange(24), { shape: [3], strides: x }),
    "asStrided stride": (x) => np.asStrided(np.arange(24), { shape: [3], strides: [x] }),
    frombuffer: (x) => np.frombuffer(new ArrayBuffer(64), "f8", { offset: x }),
    "frombuffer count": (x) => np.frombuffer(new ArrayBuffer(64), "f8", { count: x }),
    "fromStrided offset": (x) => np.fromStrided({ data: new Float64Array(9), shape: [2], offset: x }),
    transpose: (x) => np.transpose(cube(), x),
    flip: (x) => np.flip(cube(), x),
    expandDims: (x) => np.expandDims(cube(), x),
    squeeze: (x) => np.squeeze(cube(), x),
    moveaxis: (x) => np.moveaxis(cube(), x, 0),
    swapaxes: (x) => np.swapaxes(cube(), 0, x),
    diagonal: (x) => np.diagonal(cube(), x),
    arraySplit: (x) => np.arraySplit(cube(), x),
    slidingWindowView: (x) => np.slidingWindowView(cube(), x, 0),
    "slice by hand": (x) => cube().slice({ kind: "slice", start: x, stop: x, step: 1 }),
    "step by hand": (x) => cube().slice({ kind: "slice", start: 0, stop: 2, step: x }),
    slice: (x) => cube().slice(x),
    at: (x) => cube().at(x, 0, 0),
    "flat.at": (x) => cube().flat.at(x),
    linspace: (x) => np.linspace(0, 1, x),
    dtype: (x) => np.dtype(x),
    order: (x) => np.copy(cube(), { order: x }),
  };
  let refused = 0;
  for (const [name, use] of Object.entries(uses)) {
    for (const given of nonsense) {
      const text = `${name}(${typeof given === "symbol" ? "symbol" : (JSON.stringify(given, bigints) ?? typeof given)})`;
      try {
        const result = use(given as never);
        for (const part of [result].flat() as unknown[])
          if (part instanceof np.NDArray) requireSound(part, text);
      } catch (error) {
        if (!np.isNdError(error)) throw new Error(`${text}: ${String(error)}`);
        refused++;
      }
    }
  }
  assert.ok(refused > 300, `${refused} refusals`);
});

function cube(): np.NDArray {
  return np.arange(24).reshape(2, 3, 4);
}

const ancestors = new WeakSet<object>();
function bigints(_: string, value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    if (ancestors.has(value)) return "again";
    ancestors.add(value);
  }
  return typeof value === "bigint" ? `${value}n` : value;
}

function requireSound(a: np.NDArray, text: string): void {
  const [low, high] = np.byteBounds(a);
  assert.ok(low >= 0 && high <= a.buffer.byteLength, `${text}: bytes ${low} to ${high}`);
  for (const n of [...a.shape, ...a.strides, a.byteOffset]) {
    assert.ok(Number.isSafeInteger(n) && !Object.is(n, -0), `${text}: ${n} in the layout`);
  }
}

test("what would fill lists without end is refused before the lists are made", () => {
  const wide = np.broadcastTo(1, [2 ** 40, 2]);
  const hollow = np.zeros([2 ** 40, 0], "uint8");
  const uses = [
    () => wide.tolist(),
    () => hollow.tolist(),
    () => wide.toJSON(),
    () => np.unstack(wide),
    () => np.arraySplit(np.arange(3), 2 ** 40),
    () => np.fromfunction(() => 1, [2 ** 30]),
  ];
  for (const use of uses) assert.throws(use, { kind: "shape", message: /too many elements for lists/ });
});

test("a list that was given, or that an array gave, is the caller's own", () => {
  const a = np.arange(6);
  const lists: [string, number[], (list: number[]) => np.NDArray][] = [
    ["zeros", [2, 3], (l) => np.zeros(l)],
    ["reshape", [2, 3], (l) => np.reshape(a, l)],
    [".reshape", [2, 3], (l) => a.reshape(l)],
    ["full", [2, 3], (l) => np.full(l, 1)],
    ["broadcastTo", [2, 6], (l) => np.broadcastTo(a, l)],
    ["asStrided shape", [2, 3], (l) => np.asStrided(a, { shape: l, strides: [24, 8] })],
    ["asStrided strides", [24, 8], (l) => np.asStrided(a, { shape: [2, 3], strides: l })],
    ["fromStrided shape", [2], (l) => np.fromStrided({ data: new Uint8Array(9), shape: l })],
    ["fromStrided strides", [2], (l) => np.fromStrided({ data: new Uint8Array(9), shape: [2], strides: l })],
    ["transpose", [1, 0], (l) => np.transpose(np.zeros([2, 3]), l)],
    ["emptyLike", [2, 3], (l) => np.emptyLike(a, { shape: l })],
    ["fromfunction", [2, 3], (l) => np.fromfunction(() => 1, l)],
    ["slidingWindowView", [2], (l) => np.slidingWindowView(a, l)],
    ["a subarray dtype", [2, 3], (l) => np.field(np.zeros(2, [["m", "f4", l]] as never), "m")],
    ["shape", [], () => a],
  ];
  for (const [name, list, make] of lists) {
    const made = make(list);
    const [shape, strides] = [made.shape, made.strides];
    list.fill(1000);
    made.shape.fill(1000);
    made.strides.fill(1000);
    assert.deepEqual([made.shape, made.strides], [shape, strides], name);
  }
  const shape = [2];
  const s = np.zeros(1, [["m", "u1", shape]] as never);
  shape[0] = 60_000;
  assert.deepEqual(s.at(0), { m: [0, 0] });
});

test("a dtype cannot be changed under the arrays that have it", () => {
  const type = np.zeros(1, [["x", "f4", [2]]]).dtype as unknown as Record<string, unknown>;
  const fields = type.fields as Record<string, unknown>[];
  const changes = [
    () => Object.assign(type, { itemsize: 1000 }),
    () => Object.assign(fields, [{}]),
    () => Object.assign(fields[0]!, { offset: 1000 }),
    () => Object.assign(np.dtype("float64"), { itemsize: 1 }),
    () => Object.assign((fields[0]!.dtype as { subdtype: object }).subdtype, { shape: [1000] }),
  ];
  for (const change of changes) assert.throws(change, TypeError);
});

test("fields may be named like what objects have already", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "0"];
  const a = np.zeros(2, names.map((name) => [name, "i4"]) as never);
  a.set(0, [1, 2, 3, 4, 5, 6] as never);
  a.set([1], Object.fromEntries(names.map((name, k) => [name, k + 7])) as never);
  const second = a.at(1) as unknown as Record<string, unknown>;
  names.forEach((name, k) => {
    assert.deepEqual(a.field(name).tolist(), [k + 1, k + 7], name);
    assert.equal(Object.getOwnPropertyDescriptor(second, name)?.value, k + 7);
  });
  assert.equal(Object.getPrototypeOf(second), Object.prototype);
  assert.deepEqual(a.copy().tolist(), a.tolist());
  assert.equal(({} as Record<string, unknown>).x, undefined);
});

test("a write that fails changes nothing", () => {
  const failing: [string, (a: np.NDArray) => unknown][] = [
    ["set a list", (a) => a.set(":", [1, 2, 300])],
    ["set text", (a) => a.set(":", [1, 2, "x"])],
    ["set ragged", (a) => a.set("...", [[1, 2], [3]])],
    ["set too many", (a) => a.set(":", [1, 2, 3, 4])],
    ["flat.set", (a) => a.flat.set(":", [1, 2, 300])],
    ["copyto", (a) => np.copyto(a, [1, 2, 300])],
    ["copyto a mask", (a) => np.copyto(a, [1, 2, 3], { where: [1, 0] as never })],
    ["fill", (a) => a.fill(-1)],
    ["set a cyclic list", (a) => a.set(":", cyclic() as never)],
    [
      "set what throws",
      (a) =>
        a.set(":", [
          1,
          {
            valueOf() {
              throw new RangeError("mine");
            },
          },
          3,
        ] as never),
    ],
  ];
  for (const [name, write] of failing) {
    const a = np.array([7, 8, 9], "uint8");
    assert.throws(() => write(a), name);
    assert.deepEqual(a.tolist(), [7, 8, 9], name);
  }
});

test("read-only arrays are written in no way", () => {
  const writes: [string, (a: np.NDArray) => unknown][] = [
    ["set", (a) => a.set(0, 1)],
    ["set a view", (a) => a.set("::2", 1)],
    ["fill", (a) => a.fill(1)],
    ["copyto", (a) => np.copyto(a, 1)],
    ["flat.set", (a) => a.flat.set(0, 1)],
    ["flat range", (a) => a.flat.set(":", 1)],
    ["flat assigned", (a) => Object.assign(a, { flat: 1 })],
    ["byteswap", (a) => a.byteswap({ inplace: true })],
    ["a view", (a) => a.slice("::-1").fill(1)],
    ["another dtype", (a) => a.view("uint8").fill(1)],
    ["asStrided", (a) => np.asStrided(a, { shape: [1], strides: [8] }).fill(1)],
    ["a window", (a) => np.slidingWindowView(a, 2, { writeable: true }).fill(1)],
    ["allowed by a view", (a) => a.slice(":").setflags({ write: true })],
  ];
  for (const [name, write] of writes) {
    const a = np.arange(3);
    a.setflags({ write: false });
    assert.throws(() => write(a), { kind: "value" }, name);
    assert.deepEqual(a.tolist(), [0, 1, 2], name);
  }
});

test("a value that takes the buffer away while it is read is a clear error", () => {
  const buffer = new ArrayBuffer(8);
  const a = np.fromStrided({ buffer, dtype: [["x", "f8"]] as never, shape: [1] });
  const value = {
    get x() {
      structuredClone(buffer, { transfer: [buffer] });
      return 1;
    },
  };
  assert.throws(() => a.set([0], value as never), { kind: "value", message: /is gone/ });
});

test("small arrays beside each other in one buffer share nothing and cannot be reached from each other", () => {
  const pieces = Array.from({ length: 20 }, (_, k) => np.full(2, k));
  for (const [k, a] of pieces.entries()) {
    for (const b of pieces.slice(k + 1)) {
      assert.equal(np.mayShareMemory(a, b), false);
      assert.equal(np.sharesMemory(a, b), false);
    }
    for (const stride of [16, -16, 65_536, -8])
      assert.throws(() => np.asStrided(a, { shape: [2], strides: [stride] }), { kind: "value" });
    assert.throws(() => np.asStrided(a.slice(1), { shape: [2], strides: [8] }), { kind: "value" });
  }
});

test("an operation that fails half way changes nothing", () => {
  const raise = (call: () => unknown) => np.errstate({ all: "raise" }, call);
  const threes = () => np.array([[2n, 3n, 4n]]);
  const failing: [string, (a: np.NDArray) => unknown][] = [
    ["a power", (a) => np.power(a, np.array([2n, 2n, -1n]), { out: a })],
    ["a power in place", (a) => np.power(a, np.array([2n, 2n, -1n]), a)],
    ["a power of elements", (a) => np.power.at(a, ["..."], np.array([2n, 2n, -1n]))],
    ["powers accumulated", (a) => np.power.accumulate(np.array([[2n, -1n, 2n]]), { axis: 1, out: a })],
    ["powers of pieces", (a) => np.power.reduceat(np.array([[2n, 2n, -1n]]), [0, 1, 1], { axis: 1, out: a })],
    ["a quotient", (a) => raise(() => np.floorDivide(a, np.array([1n, 1n, 0n]), a))],
    ["a quotient of elements", (a) => raise(() => np.floorDivide.at(a, ["..."], np.array([1n, 1n, 0n])))],
    [
      "a function over elements",
      (a) =>
        np.frompyfunc(
          (x: bigint) => {
            if (x === 4n) throw new np.ValueError("mine");
            return 0n;
          },
          1,
          1,
        )(a, { out: a }),
    ],
    [
      "the second of two results",
      (a) =>
        np.frompyfunc((x: bigint) => [0n, x], 1, 2)(a, { out: [a, np.broadcastTo(np.array(1n), [1, 3])] }),
    ],
  ];
  for (const [name, call] of failing) {
    const a = threes();
    assert.throws(() => call(a), { kind: "value" }, name);
    assert.deepEqual(a.tolist(), threes().tolist(), name);
  }
});

test("what is called back may take memory away, or make more of it, and no wrong number comes of it", () => {
  const lost = () => {
    const buffer = new ArrayBuffer(40);
    const a = np.fromStrided({ buffer, dtype: "float64", shape: [5] });
    const lose = (x: number) => {
      if (buffer.byteLength > 0) structuredClone(buffer, { transfer: [buffer] });
      return x;
    };
    return { a, lose };
  };
  const gone = { kind: "value", message: /is gone/ };
  const first = lost();
  assert.throws(() => np.frompyfunc(first.lose, 1, 1)(first.a), gone);
  const second = lost();
  assert.throws(() => np.vectorize(second.lose)(second.a), gone);
  const third = lost();
  assert.throws(() => np.frompyfunc(third.lose, 1, 1)(np.arange(5), { out: third.a }), gone);
  // Each call needs a larger arena, and the engine's memory is replaced.
  const grown = np.vectorize((x: number) =>
    np.scope(() => np.add(np.full(100, x), 1).at(99), { bytes: (1 << 20) * (1 + (x % 20)) }),
  );
  assert.deepEqual((grown(np.arange(40)) as np.NDArray).tolist(), np.arange(1, 41).tolist());
  const a = np.ones(20_000);
  const out = np.full(20_000, 9);
  const call = () => np.scope(() => np.add(np.ones(1e5), 1), { bytes: 1 << 27 });
  np.errstate({ all: "call", call }, () =>
    np.divide(a, 0, { out, where: np.less(np.arange(20_000), 10_000) }),
  );
  assert.deepEqual([out.at(9999), out.at(10_000)], [Infinity, 9]);
});

test("nothing beside a result is written", () => {
  for (const dtype of ["uint8", "int16", "float32", "float64", "complex128"] as const) {
    for (const n of [1, 2, 3, 15, 17, 63, 65, 129, 1025]) {
      const run = () => {
        const { itemsize } = np.dtype(dtype);
        const bytes = np.full((n + 9) * itemsize, 0xa5, "uint8");
        const out = np.view(bytes.slice(np.s(5 * itemsize, (5 + n) * itemsize)), dtype);
        const x = np.ones(n, dtype);
        np.add(x, 1, { out });
        np.multiply(x, x, { out });
        np.square(x, { out });
        np.add(x, x, { out, where: np.ones(n, "bool") });
        np.add.accumulate(x, { out });
        np.matmul(np.ones([n, 3], dtype), np.ones(3, dtype), { out: out as never });
        np.add.reduce(np.ones([3, n], dtype), { out });
        np.clip(x, 0, 1, { out });
        const around = [
          ...np.array(bytes.slice(np.s(5 * itemsize))).tobytes(),
          ...bytes.slice(np.s((5 + n) * itemsize, null)).tobytes(),
        ];
        assert.ok(
          around.every((byte) => byte === 0xa5),
          `${dtype}, ${n}`,
        );
      };
      run();
      scope(run);
    }
  }
});
