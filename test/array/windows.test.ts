import assert from "node:assert/strict";
import { test } from "node:test";
import { OWNDATA, WRITEABLE } from "../../src/array/flags.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import { WideStorage, WindowStorage, type Windows, windowCount } from "../../src/array/windows.ts";
import * as np from "../../src/index.ts";

const STEP = 1024;

/** The same elements behind windows of two kilobytes. */
function wide<D extends np.DType>(values: np.NDArray<D>): np.NDArray<D> {
  const dense = np.ascontiguousarray(values) as np.NDArray<D>;
  const bytes = Uint8Array.from(new Uint8Array(dense.buffer, dense.byteOffset, dense.nbytes));
  const made = new Map<number, WindowStorage>();
  const windows: Windows = {
    byteLength: bytes.length,
    step: STEP,
    window(k) {
      const start = k * STEP;
      const length = k === windowCount(windows) - 1 ? bytes.length - start : 2 * STEP;
      const found = made.get(k) ?? new WindowStorage(windows, k, bytes.buffer, start, length);
      made.set(k, found);
      return found;
    },
  };
  const layout = { shape: dense.shape, strides: dense.strides, offset: 0 };
  return new NDArray(new WideStorage(windows), layout, dense.dtype, null, OWNDATA | WRITEABLE);
}

const values = np.arange(2000).reshape(40, 50);
const shown = (given: unknown): unknown =>
  given instanceof NDArray ? [given.dtype.name, given.shape, given.tolist()] : given;

const reads: Readonly<Record<string, (a: np.NDArray<"float64">) => unknown>> = {
  at: (a) => a.at(33, -7),
  item: (a) => a.item(1234),
  tolist: (a) => a.tolist(),
  text: (a) => String(a),
  iteration: (a) => [...np.ndenumerate(a)].length,
  row: (a) => a.slice(5),
  column: (a) => a.slice(":", 3),
  steps: (a) => a.slice("::7", "::-3"),
  reversed: (a) => a.slice("::-1", "::-1").copy(),
  transposed: (a) => np.ascontiguousarray(a.T),
  reshape: (a) => a.reshape(50, 40),
  view: (a) => a.view("uint8"),
  astype: (a) => a.astype("int16"),
  sum: (a) => a.sum(),
  sumOfPart: (a) => a.slice("5:9", "1:").sum(),
  sum0: (a) => a.sum(0),
  sum1: (a) => a.sum(1),
  sumWhere: (a) => np.sum(a, { where: np.less(a, 77) }),
  mean: (a) => np.mean(a),
  std: (a) => np.std(a, 0),
  max: (a) => np.max(a),
  argmax: (a) => np.argmax(a, 1),
  argminAll: (a) => np.argmin(a),
  cumsum: (a) => np.cumsum(a),
  median: (a) => np.median(a),
  scalar: (a) => np.add(a, 1),
  row2: (a) => np.multiply(a, np.arange(50)),
  itself: (a) => np.add(a, a),
  turned: (a) => np.subtract(a.T, a.reshape(50, 40)),
  compare: (a) => np.less(a, 5),
  root: (a) => np.sqrt(a),
  where: (a) => np.where(np.less(a, 3), a, 0),
  clip: (a) => np.clip(a, 3, 9),
  mask: (a) => a.gather(np.greater(a, 1500)),
  places: (a) => a.gather([39, 0, -7]),
  elements: (a) => a.gather([39, 0, -7], [1, 2, 3]),
  columns: (a) => a.gather(":", [49, 0]),
  take: (a) => np.take(a, [5, 39], { axis: 0 }),
  takeAll: (a) => np.take(a, [5, 1999]),
  nonzero: (a) => np.nonzero(a)[0],
  sort: (a) => np.sort(a, 0),
  unique: (a) => np.unique(a),
  concatenate: (a) => np.concatenate([a, a.slice("::-1")]),
  diff: (a) => np.diff(a),
  equal: (a) => np.arrayEqual(a, values),
};

for (const [name, read] of Object.entries(reads)) {
  test(`what lies behind windows is read as if it were one: ${name}`, () => {
    assert.deepEqual(shown(read(wide(values))), shown(read(values)));
  });
}

test("other dtypes lie behind windows too", () => {
  for (const dtype of ["int8", "bool", "complex128", "float16", "int64"] as const) {
    const a = np.arange(3000).astype(dtype);
    const there = wide(a);
    assert.deepEqual(there.tolist(), a.tolist(), dtype);
    assert.deepEqual(shown(np.sum(there.slice("::3"))), shown(np.sum(a.slice("::3"))), dtype);
  }
  const fields = np.zeros(300, [
    ["a", "int8"],
    ["b", "float64", [2]],
  ] as never) as np.NDArray;
  const there = wide(fields);
  np.field(there, "b").set("...", 3);
  assert.equal(np.sum(np.field(there, "b") as np.NDArray<"float64">), 1800);
});

const writes: Readonly<Record<string, (a: np.NDArray<"float64">) => void>> = {
  rows: (a) => a.set(["::2"], 7),
  element: (a) => a.set([5, 3], 1.5),
  "in place": (a) => a.iadd(1),
  column: (a) => np.fill(a.slice(":", 4), -1),
  "an overlapping part": (a) => np.copyto(a.slice("3:30"), a.slice("4:31")),
  "itself reversed": (a) => a.set(["..."], a.slice("::-1", "::-1")),
  "an output": (a) => void np.add(a, a.slice(0), { out: a }),
  "an output shifted": (a) => void np.negative(a.slice(":-1"), { out: a.slice("1:") }),
  places: (a) => a.set([[39, 0, 3]], np.arange(50)),
  elements: (a) =>
    a.set(
      [
        [39, 0, 3],
        [1, 2, 3],
      ],
      8,
    ),
  mask: (a) => a.set([np.greater(values, 900)], 0),
};

for (const [name, write] of Object.entries(writes)) {
  test(`what lies behind windows is written as if it were one: ${name}`, () => {
    const [there, here] = [wide(values), values.copy()];
    write(there);
    write(here);
    assert.deepEqual(there.tolist(), here.tolist());
  });
}

test("whether parts share memory is known across windows", () => {
  const a = wide(values);
  assert.equal(a.slice(0).storage.wide, null);
  assert.equal(np.sharesMemory(a, a.slice("3:5")), true);
  assert.equal(np.sharesMemory(a.slice("3:5"), a.slice("4:6")), true);
  assert.equal(np.sharesMemory(a.slice("3:4"), a.slice("4:6")), false);
  assert.equal(np.sharesMemory(a.slice(":", 1), a.slice(":", 2)), false);
  assert.equal(np.sharesMemory(a, values), false);
  assert.equal(a.slice(3).base, a);
  const { bufferBytes, byteRange } = np.memoryOf(a.slice("1::2"));
  assert.deepEqual([bufferBytes, byteRange], [16_000, [400, 16_000]]);
});

test("what wants all bytes at once says so, in an error of ours", () => {
  const a = wide(values);
  const reason = /more bytes than one buffer holds.*a\.slice/;
  assert.throws(() => a.data, reason);
  assert.throws(() => a.buffer, reason);
  assert.throws(() => np.handoff(a), np.ValueError);
  assert.equal(a.slice("3:5").data.length, 100);
});
