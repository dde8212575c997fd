import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { layouts } from "../sweep/layouts.ts";
import { skip } from "./against-numpy.ts";
import { differences, type GridCase, inLayouts } from "./grid-cases.ts";

const numbers = (list: Iterable<np.NDArray>) => [...list].map((x) => x.tolist());

test("elements are met as they lie in memory, and in the order asked for", () => {
  const a = np.arange(6).reshape(2, 3);
  assert.deepEqual(numbers(np.nditer(a.T)), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(numbers(np.nditer(a.slice("::-1", "::-1"))), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(numbers(np.nditer(a, { order: "F" })), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(numbers(np.nditer(5)), [5]);
});

test("steps give views that write through, or are read-only", () => {
  const a = np.zeros([2, 2]);
  for (const x of np.nditer(a.T, { opFlags: ["readwrite"], order: "C" })) x.fill(a.size);
  assert.deepEqual(a.tolist(), [
    [4, 4],
    [4, 4],
  ]);
  for (const x of np.nditer(a)) assert.throws(() => x.fill(1), /read-only/);
  const frozen = np.zeros(2);
  frozen.setflags({ write: false });
  assert.throws(() => np.nditer(frozen, { opFlags: ["readwrite"] }), /read-only/);
});

test("several operands are broadcast, and null ones allocated", () => {
  const it = np.nditer([np.arange(3), [[10], [20]], null]);
  for (const [x, y, z] of it) z!.fill((x!.at() as number) + (y!.at() as number));
  assert.deepEqual(it.operands[2]!.tolist(), [
    [10, 11, 12],
    [20, 21, 22],
  ]);
  assert.equal(it.nop, 3);
  const table = np.nditer([np.arange(2), np.arange(3), null], { opAxes: [[0, -1], [-1, 0], null] });
  assert.deepEqual(table.operands[2]!.shape, [2, 3]);
});

test("indices are kept, and may be set", () => {
  const a = np.arange(6).reshape(2, 3);
  const it = np.nditer(a.T, { flags: ["multi_index", "c_index"] });
  it.iternext();
  assert.deepEqual([it.multiIndex, it.index, it.iterindex], [[1, 0], 2, 1]);
  it.multiIndex = [2, 1];
  assert.deepEqual([(it.value as np.NDArray).at(), it.index], [5, 5]);
  it.index = 3;
  assert.deepEqual(it.multiIndex, [1, 1]);
  it.iterindex = 0;
  assert.deepEqual([it.multiIndex, it.hasIndex, it.hasMultiIndex], [[0, 0], true, true]);
  assert.throws(() => {
    it.multiIndex = [3, 0];
  }, np.IndexError);
  assert.throws(() => {
    it.multiIndex = [0];
  }, np.ValueError);
  assert.throws(() => {
    it.index = 6;
  }, np.IndexError);
  assert.throws(() => {
    it.iterindex = 6;
  }, np.IndexError);
  assert.throws(() => np.nditer(a).multiIndex, /multi_index/);
  assert.throws(() => np.nditer(a).index, /c_index/);
});

test("an iterator goes on from where it stands, can be copied, reset and closed", () => {
  const it = np.nditer(np.arange(4));
  assert.equal(it.next().value!.at(), 0);
  assert.equal(it.next().value!.at(), 1);
  const twin = it.copy();
  assert.deepEqual(numbers(it), [2, 3]);
  assert.equal(it.finished, true);
  assert.throws(() => it.value, /past the end/);
  assert.deepEqual(numbers(twin), [2, 3]);
  it.reset();
  assert.deepEqual(numbers(it), [0, 1, 2, 3]);
  it.close();
  assert.throws(() => it.operands, /closed/);
  assert.throws(() => it.reset(), /closed/);
  assert.deepEqual([[...it], it.iternext()], [[], false]);
});

test("a range of places may be walked", () => {
  const it = np.nditer(np.arange(6), { flags: ["ranged"] });
  it.iterrange = [2, 5];
  assert.deepEqual(
    [it.iterrange, numbers(it)],
    [
      [2, 5],
      [2, 3, 4],
    ],
  );
  assert.throws(() => {
    it.iterindex = 5;
  }, np.IndexError);
  assert.throws(() => {
    it.iterrange = [4, 2];
  }, np.ValueError);
  assert.throws(() => {
    np.nditer(np.arange(3)).iterrange = [0, 1];
  }, /ranged/);
});

test("axes can be left out, and lines asked for later", () => {
  const it = np.nditer(np.arange(24).reshape(2, 3, 4).slice(":", "::-1"), { flags: ["multi_index"] });
  it.removeAxis(1);
  assert.deepEqual([it.shape, it.itersize, it.multiIndex], [[2, 4], 8, [0, 0]]);
  assert.deepEqual((it.value as np.NDArray).at(), 8);
  it.removeMultiIndex();
  assert.equal(it.hasMultiIndex, false);
  it.enableExternalLoop();
  assert.deepEqual(numbers(it), [
    [8, 9, 10, 11],
    [20, 21, 22, 23],
  ]);
  assert.throws(() => np.nditer(5).removeAxis(0), np.ValueError);
  assert.throws(() => np.nditer(5, { flags: ["c_index"] }).enableExternalLoop(), np.ValueError);
});

test("casts go through buffers, and what was written comes back", () => {
  const a = np.arange(5, "int32");
  const options = { flags: ["buffered"], opDtypes: "float64", casting: "same_kind", buffersize: 2 } as const;
  assert.throws(() => np.nditer(a, { ...options, opFlags: ["readwrite"] }), np.DTypeError);
  const it = np.nditer(a, { ...options, casting: "unsafe", opFlags: ["readwrite"] });
  for (const x of it) x.fill((x.at() as number) + 0.75);
  assert.deepEqual(a.tolist(), [0, 1, 2, 3, 4]);
  for (const x of np.nditer(a, { ...options, casting: "unsafe", opFlags: ["readwrite"] })) {
    x.fill(10 * (x.at() as number));
    if ((x.at() as number) === 30) break;
  }
  assert.deepEqual(a.tolist(), [0, 10, 20, 30, 4]);
  assert.throws(() => np.nditer(a, { opDtypes: "float64" }), /needs the flag "buffered"/);
  const copied = np.nditer(a, { opDtypes: "float64", opFlags: ["readonly", "copy"] });
  assert.equal(copied.operands[0]!.dtype.name, "float64");
  const back = np.nditer(a, {
    opDtypes: "int64",
    casting: "same_kind",
    opFlags: ["readwrite", "updateifcopy"],
  });
  for (const x of back) x.fill(1n);
  assert.deepEqual(a.tolist(), [1, 1, 1, 1, 1]);
});

test("buffers may be made later", () => {
  const it = np.nditer(np.arange(3), { flags: ["buffered", "delay_bufalloc"] });
  assert.equal(it.hasDelayedBufalloc, true);
  assert.throws(() => it.value, /must be reset first/);
  it.reset();
  assert.deepEqual(numbers(it), [0, 1, 2]);
});

test("operands that overlap are copied when that is asked for", () => {
  const a = np.arange(5);
  const it = np.nditer([a.slice(":-1"), a.slice("1:")], {
    flags: ["copy_if_overlap"],
    opFlags: [["readonly"], ["writeonly"]],
  });
  for (const [x, y] of it) y!.set("...", x!);
  assert.deepEqual(a.tolist(), [0, 0, 1, 2, 3]);
});

test("reductions need a flag", () => {
  const a = np.arange(6).reshape(2, 3);
  const total = np.zeros([]);
  assert.throws(() => np.nditer([a, total], { opFlags: [["readonly"], ["readwrite"]] }), /reduce_ok/);
  const options = { flags: ["reduce_ok"], opFlags: [["readonly"], ["readwrite"]] } as const;
  for (const [x, sum] of np.nditer([a, total], options))
    sum!.fill((sum!.at() as number) + (x!.at() as number));
  assert.equal(total.at(), 15);
  // Through buffers as well, along either axis, in elements and in lines.
  for (const axes of [
    [0, -1],
    [-1, 0],
  ]) {
    const sums = np.zeros(a.shape[axes.indexOf(0)]!, "float32");
    const it = np.nditer([a, sums], {
      flags: ["reduce_ok", "buffered"],
      opFlags: [["readonly"], ["readwrite"]],
      opDtypes: ["float64", "float64"],
      opAxes: [[0, 1], axes],
      casting: "same_kind",
      buffersize: 2,
    });
    for (const [x, sum] of it) sum!.fill((sum!.at() as number) + (x!.at() as number));
    assert.deepEqual(sums.tolist(), np.sum(a, 1 - axes.indexOf(0)).tolist());
    const lines = np.nditer([a, sums], {
      flags: ["reduce_ok", "external_loop", "buffered"],
      opFlags: [["readonly"], ["readwrite"]],
      opDtypes: ["float64", "float64"],
      opAxes: [[0, 1], axes],
      casting: "same_kind",
    });
    sums.fill(0);
    for (const [x, sum] of lines) {
      const along = sum!.strides[0] === 0 ? ":1" : ":";
      const added = along === ":1" ? np.sum(x!) : x!;
      sum!.slice(along).set("...", np.add(sum!.slice(along), added));
    }
    assert.deepEqual(sums.tolist(), np.sum(a, 1 - axes.indexOf(0)).tolist());
  }
});

test("iterators are nested", () => {
  const a = np.arange(24).reshape(2, 3, 4);
  const [i, j] = np.nestedIters(a, [[1], [2, 0]], { flags: ["multi_index"] });
  const seen: unknown[] = [];
  for (const _ of i!) for (const y of j!) seen.push([i!.multiIndex[0], j!.multiIndex, y.at()]);
  assert.equal(seen.length, 24);
  for (const [row, [column, page], value] of seen as [number, [number, number], number][]) {
    assert.equal(value, a.at(page, row, column));
  }
  assert.throws(() => np.nestedIters(a, [[0]]), np.ValueError);
  assert.throws(() => np.nestedIters(a, [[0], [0, 1]]), /axis 0 is walked twice/);
  assert.throws(() => np.nestedIters([a, null], [[0], [1]]), np.ValueError);
});

test("a list of one operand gives lists of one, and buffers are not written again", () => {
  const a = np.arange(3, "int32");
  assert.deepEqual(
    [...np.nditer([a])].map((list) => list.length),
    [1, 1, 1],
  );
  const kept = [...np.nditer(a, { flags: ["buffered"], opDtypes: "float64", buffersize: 1 })];
  assert.deepEqual(numbers(kept), [0, 1, 2]);
});

test("nonsense is refused", () => {
  const a = np.zeros([2, 3]);
  const wrong: readonly [() => unknown, typeof np.NdError][] = [
    [() => np.nditer([]), np.ValueError],
    [() => np.nditer(a, { flags: ["foo"] as never }), np.ValueError],
    [() => np.nditer(a, { flags: "buffered" as never }), np.ValueError],
    [() => np.nditer(a, { opFlags: ["foo"] as never }), np.ValueError],
    [() => np.nditer(a, { opFlags: ["readwrite", "writemasked"] as never }), np.ValueError],
    [() => np.nditer(a, { opFlags: [] }), np.ValueError],
    [() => np.nditer(a, { opFlags: [["readonly"], ["readonly"]] }), np.ValueError],
    [() => np.nditer(a, { order: "Q" as never }), np.ValueError],
    [() => np.nditer(a, { casting: "Q" as never, flags: ["buffered"], opDtypes: "f4" }), np.DTypeError],
    [() => np.nditer(a, { buffersize: -1 }), np.ValueError],
    [() => np.nditer(a, { opAxes: [[0, 2]] }), np.ValueError],
    [() => np.nditer(a, { opAxes: [[0, 0]] }), np.ValueError],
    [() => np.nditer([a, a], { opAxes: [[0], [0, 1]] }), np.ValueError],
    [() => np.nditer(a, { itershape: [5, 3] }), np.ShapeError],
    [() => np.nditer(a, { itershape: [3] }), np.ShapeError],
    [() => np.nditer([a, np.zeros(4)]), np.ShapeError],
    [() => np.nditer(np.zeros([0, 3])), np.ValueError],
    [() => np.nditer([null]), np.DTypeError],
    [() => np.nditer([a, null], { opAxes: [null, [0, 3]] }), np.ValueError],
    [() => np.nditer([null], { itershape: [2 ** 40, 2 ** 40], opDtypes: "f8" }), np.ShapeError],
  ];
  for (const [k, [run, kind]] of wrong.entries()) assert.throws(run, kind, String(k));
  assert.deepEqual([...np.nditer(np.zeros([0, 3]), { flags: ["zerosize_ok"] })], []);
});

/** What an iterator gives at each step, the same in both languages. */
const setup = `
def walk(it, *more):
    shape = [v.shape for v in it.itviews]
    strides = [s for v in it.itviews for s, n in zip(v.strides, v.shape) if n > 1]
    steps = []
    while not it.finished:
        values = it.value if it.nop > 1 else (it.value,)
        steps.append([[v.tolist() for v in values], *[list(getattr(it, m)) if m == "multi_index" else getattr(it, m) for m in more]])
        it.iternext()
    return [shape, strides, list(it.shape) if 0 else 0, steps]
`;

function walked(it: np.Nditer, ...more: ("multiIndex" | "index" | "iterindex")[]): unknown[] {
  const shape = it.itviews.map((view) => view.shape);
  const strides = it.itviews.flatMap((view) => view.strides.filter((_, k) => view.shape[k]! > 1));
  const steps: unknown[] = [];
  while (!it.finished) {
    const { value } = it;
    const values = Array.isArray(value) ? value : [value];
    steps.push([values.map((one) => one.tolist()), ...more.map((name) => it[name])]);
    it.iternext();
  }
  return [shape, strides, 0, steps];
}

function cases(): GridCase[] {
  const all: GridCase[] = [];
  const add = (arrays: np.NDArray[], call: string, run: (...arrays: np.NDArray[]) => unknown) =>
    all.push({ arrays, setup, narrow: false, call, run });
  const names = Object.keys(layouts);
  for (const [k, { a }] of inLayouts("float64", 97).entries()) {
    for (const order of ["K", "C", "F", "A"] as const) {
      add([a], `walk(np.nditer(a[0], ["zerosize_ok"], order="${order}"))`, (x) =>
        walked(np.nditer(x, { flags: ["zerosize_ok"], order })),
      );
      add(
        [a],
        `walk(np.nditer(a[0], ["multi_index", "f_index"], order="${order}"), "multi_index", "index")`,
        (x) => walked(np.nditer(x, { flags: ["multi_index", "f_index"], order }), "multiIndex", "index"),
      );
      add([a], `walk(np.nditer(a[0], ["c_index"], order="${order}"), "index", "iterindex")`, (x) =>
        walked(np.nditer(x, { flags: ["c_index"], order }), "index", "iterindex"),
      );
      add([a], `walk(np.nditer(a[0], ["external_loop"], order="${order}"), "iterindex")`, (x) =>
        walked(np.nditer(x, { flags: ["external_loop"], order }), "iterindex"),
      );
      add(
        [a],
        `walk(np.nditer([a[0], a[0].T.T, 3.], ["multi_index"], order="${order}"), "multi_index")`,
        (x) => walked(np.nditer([x, x, 3], { flags: ["multi_index"], order }), "multiIndex"),
      );
      add([a], `np.nditer([a[0], None], ["zerosize_ok"], order="${order}").operands[1].strides`, (x) => [
        ...np.nditer([x, null], { flags: ["zerosize_ok"], order }).operands[1]!.strides,
      ]);
    }
    const other = inLayouts("int16", 5)[(k * 5 + 1) % names.length]!.a;
    add([a, other], `walk(np.nditer([a[0], a[1]]))`, (x, y) => walked(np.nditer([x, y])));
    for (const flags of [["buffered"], ["buffered", "external_loop"]] as np.NditerFlag[][]) {
      add(
        [a, other],
        `[[v.tolist() for v in vs] for vs in np.nditer([a[0], a[1]], ${JSON.stringify(flags)}, op_dtypes=["f8", "f8"])]`,
        (x, y) =>
          [...np.nditer([x, y], { flags, opDtypes: ["f8", "f8"] })].map((list) =>
            list.map((one) => one.tolist()),
          ),
      );
      add(
        [a],
        `sum([v.real.tolist() if v.ndim else [v.real.tolist()] for v in np.nditer(a[0], ${JSON.stringify(flags)}, op_dtypes="c16", order="C", buffersize=5)], [])`,
        (x) =>
          [...np.nditer(x, { flags, opDtypes: "c16", order: "C", buffersize: 5 })].flatMap(
            (one) => np.real(one).tolist() as number[],
          ),
      );
    }
    add(
      [a, other],
      `[str(d) for d in np.nditer([a[0], a[1], None], ["common_dtype", "buffered"]).dtypes]`,
      (x, y) => np.nditer([x, y, null], { flags: ["common_dtype", "buffered"] }).dtypes.map(String),
    );
    add([a], `np.nditer([a[0], None], op_axes=[[0, 1], [1, 0]]).operands[1].strides`, (x) => [
      ...np.nditer([x, null], {
        opAxes: [
          [0, 1],
          [1, 0],
        ],
      }).operands[1]!.strides,
    ]);
    for (const axes of ["[[0], [1, 2]]", "[[2, 0], [1]]", "[[1], [2], [0]]"]) {
      add(
        [a],
        `[[[w.tolist() for w in its[-1]] for _ in its[-2]] for its in [np.nested_iters(a[0], ${axes})]]`,
        (x) => {
          const its = np.nestedIters(x, JSON.parse(axes) as number[][]);
          const [outer, inner] = its.slice(-2) as [np.Nditer<np.NDArray>, np.Nditer<np.NDArray>];
          return [[...mapped(outer, inner)]];
        },
      );
    }
  }
  return all;
}

function* mapped(outer: np.Nditer<np.NDArray>, inner: np.Nditer<np.NDArray>): Generator<unknown> {
  for (const _ of outer) yield [...inner].map((one) => one.tolist());
}

test("iterators walk as NumPy's do", { skip }, () => {
  assert.deepEqual(differences(cases()), []);
});
