import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as always } from "node:test";
import * as np from "../../src/index.ts";
import { heap, makeNearRoom, nearRoom } from "../../src/wasm/memory.ts";
import { everythingIsNear } from "../program.ts";

// Who lives there, and where, is told here; where everything does, there is no room to be told of.
const test = everythingIsNear ? always.skip : always;

const isNear = ({ storage }: np.NDArray) => storage.buffer === heap.buffer && storage.lender !== null;

/** Whether it moves when kernels come for it often enough. */
const mayMove = ({ storage }: np.NDArray) => storage.patience !== 0 && storage.patience < 2 ** 29;

/** Moves an array to the memory of kernels now. */
function moved<A extends np.NDArray>(a: A): A {
  a.storage.patience = 1;
  np.equal(a, a);
  assert.ok(isNear(a), "it has moved");
  return a;
}

/** Replaces the memory of kernels by a larger one, as one does that has no room. */
function replaceMemory(): void {
  const { from, to } = nearRoom();
  makeNearRoom(to - from + 65536);
}

const counting = (n: number): np.NDArray<"float64"> => np.arange(n, { dtype: "float64" });

/** What users may do in a function that is called: arrays move in, the memory is replaced, they move out. */
function meddler(...arrays: np.NDArray[]): () => void {
  let calls = 0;
  const more = counting(5000);
  return () => {
    calls++;
    if (calls > 24 && calls % 97 > 1) return;
    const a = arrays[calls % arrays.length]!;
    if (mayMove(a)) a.storage.patience = 1;
    np.add(a, 7);
    np.sum(np.equal(a, 1));
    np.matmul(np.full([40, 40], calls), np.ones([40, 40], "float32"));
    if (calls % 3 === 0) replaceMemory();
    if (calls % 5 === 0) np.scope(() => np.cumsum(more), { bytes: 1 << 20 });
    if (calls === 20) void a.data;
    if (calls % 7 === 0) moved(np.full(6000, calls));
    // Lies beside what was made last, and moves with it.
    const beside = np.zeros(600);
    if (!isNear(beside) && mayMove(beside)) moved(beside);
  };
}

const n = 800;

const listed = (a: unknown) => (a as np.NDArray).tolist();

/** Each is given arrays of its own and what it has to call between, and gives what must not depend on that. */
const callers: Record<
  string,
  (a: np.NDArray<"float64">, b: np.NDArray<"float64">, meddle: () => void) => unknown
> = {
  frompyfunc: (a, b, meddle) =>
    listed(np.frompyfunc((x: number, y: number) => (meddle(), x + y), 2, 1)(a, b, { out: a } as never)),
  vectorize: (a, b, meddle) => listed(np.vectorize((x: number, y: number) => (meddle(), x * y))(a, b)),
  applyAlongAxis: (a, _, meddle) =>
    np
      .applyAlongAxis((line: np.NDArray) => (meddle(), np.sum(line) as number), 1, a.reshape([40, -1]))
      .tolist(),
  applyOverAxes: (a, _, meddle) =>
    np
      .applyOverAxes(
        (x, axis) => (meddle(), np.sum(x, { axis, keepdims: true }) as np.NDArray),
        a.reshape([4, 5, -1]),
        [0, 1],
      )
      .tolist(),
  fromfunction: (_, b, meddle) => np.fromfunction((i) => (meddle(), b.at(i)), [n]).tolist(),
  fromiter: (_, b, meddle) => {
    function* values() {
      for (const x of b as unknown as Iterable<np.NDArray>) {
        meddle();
        yield Number(x);
      }
    }
    return np.fromiter(values(), "float64").tolist();
  },
  piecewise: (a, b, meddle) =>
    np
      .piecewise(a, [np.less(a, 100), np.less(b, 0)], [
        (x: np.NDArray) => (meddle(), np.add(x, 1)),
        5,
        (x: np.NDArray) => (meddle(), np.negative(x)),
      ] as never)
      .tolist(),
  nditer: (a, b, meddle) => {
    for (const [x, y] of np.nditer([a, b], { opFlags: [["readwrite"], ["readonly"]] }) as unknown as Iterable<
      np.NDArray[]
    >) {
      x!.set("...", Number(y!.item()) * 2);
      meddle();
    }
    return a.tolist();
  },
  "nditer through buffers": (a, b, meddle) => {
    const it = np.nditer([a, b], {
      flags: ["external_loop", "buffered"],
      opFlags: [["readwrite"], ["readonly"]],
      opDtypes: ["float32", "float64"],
      casting: "same_kind",
      buffersize: 16,
    });
    for (const [x, y] of it as unknown as Iterable<np.NDArray[]>) {
      meddle();
      np.add(x!, y!, { out: x!, casting: "same_kind" });
      meddle();
    }
    return a.tolist();
  },
  ndenumerate: (a, _, meddle) => {
    const list: unknown[] = [];
    for (const [index, x] of np.ndenumerate(a.reshape([20, -1]))) {
      list.push([index, x]);
      a.set((list.length + 3) % n, list.length);
      meddle();
    }
    return list;
  },
  flat: (a, _, meddle) => {
    const list: unknown[] = [];
    for (const x of np.flat(a.reshape([20, -1]).T)) {
      list.push(x);
      meddle();
    }
    return list;
  },
  iteration: (a, _, meddle) => {
    const list: unknown[] = [];
    for (const row of a.reshape([20, -1]) as unknown as Iterable<np.NDArray>) {
      list.push(row.tolist());
      meddle();
      row.fill(1);
    }
    return [list, a.tolist()];
  },
  "a list whose elements are asked for": (_, b, meddle) => {
    const list = b.tolist() as number[];
    const asked = new Proxy(list, {
      get: (target, key) => {
        if (key === "300" || key === "301" || key === "500") meddle();
        return Reflect.get(target, key) as unknown;
      },
    });
    return np.array(asked as number[]).tolist();
  },
  "lists in a list": (_, b, meddle) => {
    const rows = Array.from({ length: 20 }, (__, k) => {
      const list = (b.tolist() as number[]).slice(40 * k, 40 * k + 40);
      return new Proxy(list, {
        get: (target, key) => {
          if (key === "7") meddle();
          return Reflect.get(target, key) as unknown;
        },
      });
    });
    return np.array(rows as number[][], "int32").tolist();
  },
  "structures whose fields are asked for": (_, b, meddle) => {
    const list = (b.tolist() as number[]).map((x) => ({
      get x() {
        meddle();
        return x;
      },
      y: 2 * x,
    }));
    return np
      .array(
        list as never,
        [
          ["x", "f8"],
          ["y", "f4"],
        ] as never,
      )
      .tolist();
  },
  printing: (a, _, meddle) =>
    np.array2string(a, {
      threshold: 10_000,
      formatter: { float: (x: number) => (meddle(), x.toFixed(1)) },
    } as never),
  seterrcall: (a, b, meddle) => {
    const told: unknown[] = [];
    const result = np.errstate({ all: "call", call: (event) => (told.push(event), meddle()) }, () => [
      np.divide(a, b).tolist(),
      np.log(np.subtract(a, 5)).tolist(),
      np.sum(np.multiply(a, 1e308)),
      np.cumsum(np.multiply(b, 1e308)).tolist(),
    ]);
    return [result, told];
  },
  "seterrcall, casts of operands": (a, b, meddle) => {
    const told: unknown[] = [];
    const square = np.multiply(a.reshape([20, 40]), 1e38);
    const other = b.reshape([40, 20]);
    const result = np.errstate({ all: "call", call: (event) => (told.push(event), meddle()) }, () => [
      np.add.reduce(square, { axis: 0, dtype: "float32" }).tolist(),
      np.add.reduce(square.T.slice("::2"), { axis: 0, dtype: "float32" }).tolist(),
      np.add.accumulate(square, { axis: 1, dtype: "float32" }).tolist(),
      np.add.reduceat(square, [0, 7, 3], { dtype: "float32" }).tolist(),
      np.matmul(square, other, { dtype: "float32", casting: "unsafe" }).tolist(),
      np.matmul(square.T, other.T, { dtype: "float32", casting: "unsafe" }).tolist(),
      np.add(square, other.T, { dtype: "float32", casting: "unsafe" }).tolist(),
      np.convolve(np.astype(a, "float16"), np.astype(b, "float16")).tolist(),
      np.median(square.astype("float64"), 0).tolist(),
      np.copyto(a, np.astype(square, "float32").reshape(-1)),
      np.astype(square, "int32").tolist(),
    ]);
    return result;
  },
  "seterrcall, at": (a, b, meddle) => {
    np.errstate({ all: "call", call: meddle }, () =>
      np.divide.at(a, np.remainder(b, 13).astype("int32"), 0.25),
    );
    np.errstate({ all: "call", call: meddle }, () => np.multiply.at(a, [1, 1, 2, 3, 3, 3], 1e200));
    return a.tolist();
  },
};

for (const [name, caller] of Object.entries(callers)) {
  test(`what is called may move everything: ${name}`, () => {
    const fresh = () =>
      [counting(n), np.remainder(np.multiply(counting(n), 37), 100) as np.NDArray<"float64">] as const;
    const wanted = caller(...fresh(), () => undefined);
    assert.deepEqual(
      caller(...fresh(), () => undefined),
      wanted,
    );
    for (let round = 0; round < 3; round++) {
      const [a, b] = fresh();
      if (round === 1) moved(a);
      if (round === 2 && !isNear(b)) moved(b);
      assert.deepEqual(caller(a, b, meddler(a, b)), wanted, `round ${round}`);
    }
  });
}

/** Files that are written in parts, between which others run. */
const files: Record<string, (path: string, a: np.NDArray) => Promise<unknown>> = {
  tofile: (path, a) => np.tofile(a, path, ","),
  "tofile of bytes": (path, a) => np.tofile(a, path),
  savetxt: (path, a) => np.savetxt(path, a),
  save: (path, a) => np.save(`${path}.npy`, a),
  savez: (path, a) => np.savez(`${path}.npz`, { a, b: a.slice("::2") }),
};

for (const [name, write] of Object.entries(files)) {
  test(`what is written while arrays move is what was there: ${name}`, async () => {
    const path = join(tmpdir(), `residence-${process.pid}`);
    const file = path + (name === "save" ? ".npy" : name === "savez" ? ".npz" : "");
    const read = () => readFileSync(file);
    try {
      await write(path, counting(100_000));
      const wanted = read();
      const a = moved(counting(100_000));
      const done = write(path, a);
      for (let k = 0; k < 5; k++) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (k === 1) void a.data;
        moved(np.full(100_000, 7));
      }
      await done;
      assert.ok(read().equals(wanted));
    } finally {
      rmSync(file, { force: true });
    }
  });
}
