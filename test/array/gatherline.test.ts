import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

// A few places are listed by a loop, more by kernels: both must name the same, whatever the arrays are and how they lie.

const dtypes = [
  "bool",
  "int8",
  "uint16",
  "float16",
  "int32",
  "float32",
  "float64",
  "int64",
  "complex64",
  "complex128",
] as const;

/** Different bits in each element, also those of a NaN. */
function numbered(shape: readonly number[], dtype: (typeof dtypes)[number]): np.NDArray {
  const a = np.zeros(shape, dtype);
  const bytes = new Uint8Array(a.buffer as ArrayBuffer, a.layout.offset, a.nbytes);
  for (let k = 0; k < bytes.length; k++) bytes[k] = dtype === "bool" ? k & 1 : (k * 37 + (k >> 8)) & 255;
  return a;
}

const bytesOf = (a: np.NDArray) => [...a.tobytes()];

const layouts: readonly (readonly [name: string, view: (dtype: (typeof dtypes)[number]) => np.NDArray])[] = [
  ["dense", (dtype) => numbered([7, 6, 5], dtype)],
  ["transposed", (dtype) => numbered([5, 6, 7], dtype).T],
  ["reversed and stepped", (dtype) => numbered([14, 6, 10], dtype).slice("::-2", "::-1", "1::2")],
  ["a window", (dtype) => numbered([9, 8, 7], dtype).slice("1:8", "1:7", "1:6")],
  ["stretched", (dtype) => np.broadcastTo(numbered([7, 1, 5], dtype), [7, 6, 5])],
  ["without elements behind the first axis", (dtype) => numbered([7, 6, 0], dtype)],
  ["in Fortran order", (dtype) => np.asfortranarray(numbered([7, 6, 5], dtype))],
  ["not aligned", (dtype) => unaligned([7, 6, 5], dtype)],
];

function unaligned(shape: readonly number[], dtype: (typeof dtypes)[number]): np.NDArray {
  const { itemsize } = np.dtype(dtype);
  const fields = np.zeros(shape, [
    ["pad", "uint8"],
    ["x", dtype],
  ] as never) as np.NDArray;
  const raw = new Uint8Array(fields.buffer as ArrayBuffer);
  for (let k = 0; k < fields.nbytes; k++)
    raw[fields.layout.offset + k] = dtype === "bool" ? k & 1 : (k * 91) & 255;
  assert.equal(fields.itemsize, itemsize + 1);
  return (fields as unknown as { field(name: string): np.NDArray }).field("x");
}

/** `n` indices for an axis, some of them counted from the end. */
const drawn = (n: number, length: number, seed: number) =>
  Array.from({ length: n }, (_, k) => ((k * 7 + seed * 5 + (k >> 3)) % (2 * length)) - length);

const kinds: readonly (readonly [name: string, make: (list: number[]) => np.IndexPart])[] = [
  ["a list", (list) => list],
  ["int32", (list) => np.array(new Int32Array(list))],
  ["int64", (list) => np.array(BigInt64Array.from(list, BigInt))],
  ["int64 with steps", (list) => stepped(list, "int64")],
  ["int32 backwards", (list) => np.array(new Int32Array([...list].reverse())).slice("::-1")],
  ["int16", (list) => np.array(new Int16Array(list))],
];

function stepped(list: readonly number[], dtype: "int64"): np.NDArray {
  const wide = np.zeros([list.length, 3], dtype);
  for (const [k, index] of list.entries()) wide.set([k, 1], BigInt(index));
  return wide.slice(":", 1);
}

/** What the places name, part by part. */
function partByPart(a: np.NDArray, lists: readonly number[][]): number[] {
  const found: number[] = [];
  for (let k = 0; k < (lists[0]?.length ?? 0); k++) {
    found.push(...bytesOf(a.slice(...lists.map((list) => list[k]!))));
  }
  return found;
}

for (const [layout, view] of layouts) {
  test(`arrays of indices along one axis and more name what they should: ${layout}`, () => {
    for (const dtype of dtypes) {
      const a = view(dtype);
      for (const axes of [1, 2, 3]) {
        for (const [j, n] of [0, 1, 3, 100, 170, 171, 256, 257, 512, 513].entries()) {
          const lists = Array.from({ length: axes }, (_, axis) => drawn(n, a.shape[axis] || 1, axis));
          if (a.size === 0 && axes === 3) continue;
          const [kind, make] = kinds[(j + axes) % kinds.length]!;
          const given = a.gather(...lists.map(make));
          const told = `${dtype}, ${axes} axes, ${n} of ${kind}`;
          assert.deepEqual(given.shape, [n, ...a.shape.slice(axes)], told);
          assert.deepEqual(bytesOf(given), partByPart(a, lists), told);
        }
      }
    }
  });
}

test("values are written one after another, so the last of a place stays", () => {
  for (const dtype of ["float64", "int32", "uint8", "float16"] as const) {
    for (const n of [1, 5, 256, 257, 512, 513]) {
      for (const [, make] of kinds) {
        const lists = [drawn(n, 7, 0), drawn(n, 6, 1)];
        const values = np.astype(np.remainder(np.arange(n), 100), dtype);
        const a = np.zeros([7, 6], dtype);
        const wanted = np.zeros([7, 6], dtype);
        for (let k = 0; k < n; k++) wanted.set([lists[0]![k]!, lists[1]![k]!], values.slice(k));
        a.set(lists.map(make), values);
        assert.deepEqual(a.tolist(), wanted.tolist());
        a.set(lists.map(make), 9);
        for (let k = 0; k < n; k++) wanted.set([lists[0]![k]!, lists[1]![k]!], 9);
        assert.deepEqual(a.tolist(), wanted.tolist());
      }
    }
  }
});

test("a value that lies in the array, or an index that is in it, is read before anything is written", () => {
  const a = np.arange(36, "int64").reshape(6, 6);
  const before = a.copy();
  a.set(
    [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
    ],
    a.slice(0),
  );
  for (let k = 0; k < 6; k++) assert.equal(a.at(k, 5 - k), before.at(0, k));
  const b = np.remainder(np.arange(16, "int64"), 4).reshape(4, 4);
  const rows = b.slice(0);
  b.set([rows, rows], 7);
  assert.deepEqual(
    [0, 1, 2, 3].map((k) => b.at(k, k)),
    [7n, 7n, 7n, 7n],
  );
});

test("what is out of bounds along any axis, or not as long, is refused, and nothing was written", () => {
  const a = np.zeros([3, 4]);
  const wrong: np.IndexPart[][] = [
    [
      [0, 3],
      [0, 1],
    ],
    [
      [0, 1],
      [0, 4],
    ],
    [
      [0, -4],
      [0, 1],
    ],
    [new Int32Array([0, -5]), new Int32Array([0, 0])],
    [np.array([0, 1]).astype("int64"), np.array([0, 2 ** 40]).astype("int64")],
    [np.array([0, -(2 ** 40)]).astype("int64"), np.array([0, 1]).astype("int64")],
    [
      [0, 1],
      [0, 1, 2],
    ],
    [np.array([true, false]), [1]],
  ];
  for (const index of wrong) {
    assert.throws(() => a.gather(...index), np.IndexError);
    assert.throws(() => a.set(index, 1), np.IndexError);
  }
  assert.equal(np.sum(a), 0);
});

test("masks beside lists stand for where they are true", () => {
  const a = np.arange(12).reshape(3, 4);
  const mask = np.array([true, false, true]);
  assert.deepEqual(a.gather(mask, [1, 2]).tolist(), [1, 10]);
  assert.deepEqual(a.gather([1, 2], np.array([false, true, false, true])).tolist(), [5, 11]);
  assert.deepEqual(a.gather(mask, [3]).tolist(), [3, 11]);
});

test("rows of an array are taken as by take", () => {
  for (const columns of [1, 2, 3, 19, 20, 21]) {
    for (const n of [0, 4, 512, 513]) {
      const a = np.arange(5 * columns).reshape(5, columns);
      const index = drawn(n, 5, 2);
      const rows = index.map((k) => a.slice(k).tolist());
      for (const given of [a.gather(index), np.take(a, index, 0), np.take(a, index, { axis: 0 })]) {
        assert.deepEqual(given.shape, [n, columns]);
        assert.deepEqual(given.tolist(), rows);
        assert.equal(given.flags.cContiguous, true);
      }
    }
  }
  assert.deepEqual(np.take(np.arange(4), [[1, 2]], 0).tolist(), [[1, 2]]);
  assert.throws(() => np.take(np.arange(6).reshape(2, 3), [2], 0), np.IndexError);
});

test("masks of several axes pick elements in C order, and take them", () => {
  for (const dtype of dtypes) {
    for (const shape of [
      [3, 4],
      [16, 32],
      [16, 33],
      [2, 0],
      [1, 1],
      [4, 4, 8],
    ]) {
      for (const every of [1, 2, 3, 1000]) {
        for (const [, view] of [
          ["dense", (a: np.NDArray) => a],
          ["turned", (a: np.NDArray) => np.ascontiguousarray(a.T).T],
        ] as const) {
          const a = view(numbered(shape, dtype)) as np.NDArray<"float64">;
          const count = shape.reduce((n, length) => n * length, 1);
          const mask = np.equal(np.remainder(np.arange(count), every), 0).reshape(shape);
          const picked = [...np.ndindex(shape)].filter((index) => mask.at(...index));
          const given = a.gather(mask);
          assert.deepEqual(given.shape, [picked.length]);
          assert.deepEqual(
            bytesOf(given),
            picked.flatMap((index) => bytesOf(a.slice(...index))),
          );
          const b = np.zeros(shape, dtype) as np.NDArray<"float64">;
          b.set(mask, given);
          assert.deepEqual(bytesOf(b.gather(mask)), bytesOf(given));
          b.set(mask, dtype === "bool" ? (true as never) : dtype === "int64" ? (1n as never) : 1);
          const told = `${dtype} ${shape} every ${every}`;
          assert.equal(np.countNonzero(b), picked.length, told);
          assert.ok(
            picked.every((index) => np.countNonzero(b.slice(...index)) === 1),
            told,
          );
        }
      }
    }
  }
});

test("rows are written as they are named, one after another", () => {
  for (const dtype of ["float64", "uint8", "int16"] as const) {
    for (const columns of [1, 2, 3, 5, 19, 20, 21, 200]) {
      for (const n of [0, 1, 4, 100, 257]) {
        for (const [, make] of kinds) {
          const index = drawn(n, 6, 1);
          const values = np.astype(np.remainder(np.arange(n * columns), 100), dtype).reshape(n, columns);
          const [a, wanted] = [np.zeros([6, columns], dtype), np.zeros([6, columns], dtype)];
          index.forEach((k, row) => {
            wanted.set([k], values.slice(row));
          });
          a.set([make(index)], values);
          assert.deepEqual(a.tolist(), wanted.tolist());
          a.set([make(index)], 7);
          for (const k of index) wanted.set([k, "..."], 7);
          assert.deepEqual(a.tolist(), wanted.tolist());
          assert.throws(() => a.set([make([...index, 6])], 1), np.IndexError);
          assert.deepEqual(a.tolist(), wanted.tolist());
        }
      }
    }
  }
  const a = np.zeros([3, 2]);
  a.set([[0, 2]], np.array([5, 6]));
  assert.deepEqual(a.tolist(), [
    [5, 6],
    [0, 0],
    [5, 6],
  ]);
  assert.throws(() => a.set([[0, 2]], np.zeros([3, 2])), np.ShapeError);
});
