import assert from "node:assert/strict";
import { test } from "node:test";
import { array } from "../../src/array/create.ts";
import { item, iterate, ndenumerate, ndindex, setAt, tolist } from "../../src/array/elements.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import { complex } from "../../src/dtype/complex.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { plain } from "../../src/dtype/table.ts";
import { type ErrorKind, isNdError } from "../../src/errors.ts";
import { type BasicIndex, indexLayout } from "../../src/layout/basic.ts";
import { broadcastLayout } from "../../src/layout/broadcast.ts";
import { Dice, everyIndex } from "../layout/model.ts";
import { addressesOf, copiesDuring, dtypes, number, own, sweep, texts, valuesOf } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const grid = () =>
  array(
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
    "int32",
  );

// What NumPy makes of `a[index] = value`.
const written: [index: BasicIndex | BasicIndex[], value: unknown, wanted: number[][]][] = [
  [
    [0, 1],
    9,
    [
      [0, 9, 2],
      [3, 4, 5],
    ],
  ],
  [
    [-1, "-1"],
    9,
    [
      [0, 1, 2],
      [3, 4, 9],
    ],
  ],
  [
    0,
    9,
    [
      [9, 9, 9],
      [3, 4, 5],
    ],
  ],
  [
    "...",
    9,
    [
      [9, 9, 9],
      [9, 9, 9],
    ],
  ],
  [
    [],
    9,
    [
      [9, 9, 9],
      [9, 9, 9],
    ],
  ],
  [
    "::-1",
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [4, 5, 6],
      [1, 2, 3],
    ],
  ],
  [
    ["::2", -1],
    9,
    [
      [0, 1, 9],
      [3, 4, 5],
    ],
  ],
  [
    [":", "1:"],
    [[8], [9]],
    [
      [0, 8, 8],
      [3, 9, 9],
    ],
  ],
  [
    [null, 0],
    [7, 8, 9],
    [
      [7, 8, 9],
      [3, 4, 5],
    ],
  ],
  [
    0,
    [300.7, true, 2n],
    [
      [300, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    0,
    array([[[1, 1, 1]]]),
    [
      [1, 1, 1],
      [3, 4, 5],
    ],
  ],
  [
    0,
    array([NaN, 1.9, -1.9]),
    [
      [-2147483648, 1, -1],
      [3, 4, 5],
    ],
  ],
  [
    0,
    Float64Array.of(1.5, 2.5, 1e20),
    [
      [1, 2, -2147483648],
      [3, 4, 5],
    ],
  ],
  [
    0,
    array([2n ** 40n + 3n, 1n, 2n]),
    [
      [3, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    0,
    array([complex(7, 1), complex(8), complex(9)]),
    [
      [7, 8, 9],
      [3, 4, 5],
    ],
  ],
  [
    [0, 1],
    array(3.9),
    [
      [0, 3, 2],
      [3, 4, 5],
    ],
  ],
  [
    [1, "..."],
    [1, 2, 3],
    [
      [0, 1, 2],
      [1, 2, 3],
    ],
  ],
  [
    "0:0",
    [[1, 2, 3]],
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
];

test("an index and a value do what they do in NumPy", () => {
  for (const [index, value, wanted] of written) {
    const a = grid();
    setAt(a, index, value as never);
    assert.deepEqual(tolist(a), wanted, JSON.stringify(index));
  }
});

const refused: [index: unknown, value: unknown, kind: ErrorKind][] = [
  [[0, 3], 1, "index"],
  [[0, 0, 0], 1, "index"],
  [2, 1, "index"],
  [0.5, 1, "index"],
  ["x", 1, "index"],
  [[[0, 2], ":"], 1, "index"],
  [[[0, 0.5]], 1, "index"],
  [array([0]), 1, "index"],
  [array([true, false, true]), 1, "index"],
  [[true, [0, 2]], 1, "index"],
  [Int32Array.of(-3), 1, "index"],
  [
    [
      [0, 1],
      [0, 1, 2],
    ],
    1,
    "index",
  ],
  [["...", "...", [0]], 1, "index"],
  [[[0], [0], [0]], 1, "index"],
  [{}, 1, "index"],
  [[0, 1], 2 ** 40, "value"],
  [[0, 1], Number.NaN, "value"],
  [[0, 1], complex(1), "dtype"],
  [[0, 1], [5], "dtype"],
  [[0, 1], array([5]), "value"],
  [[0, 1], null, "dtype"],
  [[0, 1], "x", "value"],
  [0, Number.NaN, "value"],
  [0, [1, Number.NaN, 2], "value"],
  [0, [1, 2 ** 40, 2], "value"],
  [0, [complex(1), 0, 0], "dtype"],
  [0, undefined, "dtype"],
  [0, [[1, 2], [3]], "shape"],
  [0, [1, 2], "shape"],
  [0, [[1, 2, 3]], "shape"],
  ["...", [], "shape"],
  ["0:0", [1, 2], "shape"],
];

test("what NumPy refuses is refused, and nothing was written by then", () => {
  for (const [index, value, kind] of refused) {
    const a = grid();
    const say = `${String(index)} = ${String(value)}`;
    assert.throws(
      () => setAt(a, index as never, value as never),
      (error) => isNdError(error, kind),
      say,
    );
    assert.deepEqual(tolist(a), tolist(grid()), say);
  }
});

test("a read-only array is not written, not even with nothing", () => {
  const a = grid();
  a.setflags({ write: false });
  for (const index of [[0, 0], "...", "0:0"] as const) assert.throws(() => setAt(a, index, 1), /read-only/);
});

test("a random index writes the broadcast value where it points, from memory of its own or not", () => {
  const dice = new Dice(8);
  for (let round = 0; round < 1500; round++) {
    const shape = Array.from({ length: dice.int(1, 3) }, () => dice.int(1, 5));
    const a = number(own(shape, plain.int32));
    const part = (): BasicIndex => dice.pick([":", "::-1", "1:", ":-1", "::2", 0, -1]);
    const index: BasicIndex[] = shape.slice(dice.int(0, 1)).map(part);
    if (dice.chance(0.2)) index.splice(dice.int(0, index.length), 0, null);
    const target = a.viewAs(indexLayout(a.layout, index));
    const source = dice.chance(0.5)
      ? a.slice("...", dice.pick(["::-1", ":", "1:", "0:1"]))
      : number(own([1], plain.float64));
    const layout = broadcastLayout(source.layout, target.shape);
    if (layout === null) continue;
    const values = valuesOf(source.viewAs(layout));
    const wanted = new Map(addressesOf(a).map((at, k) => [at, valuesOf(a)[k]]));
    for (const [k, at] of addressesOf(target).entries()) wanted.set(at, values[k]);
    setAt(a, index, source);
    assert.deepEqual(valuesOf(a), [...wanted.values()], `${JSON.stringify(index)} of ${shape}`);
  }
});

test("writing one element copies nothing, in any layout of any dtype", () => {
  for (const dtype of dtypes) {
    for (const { name, make } of sweep(dtype)) {
      const a = make();
      for (const index of everyIndex(a.shape)) {
        assert.deepEqual(
          copiesDuring(() => setAt(a, index, 1)),
          [],
          `${dtype}, ${name}`,
        );
        assert.deepEqual(texts([a.at(...index)]), texts([dtype.access.coerce(1)]), `${dtype}, ${name}`);
      }
    }
  }
});

test("an element with fields is written from an object, a list or a scalar", () => {
  const dtype = toDescriptor([
    ["x", "f4"],
    ["y", "u1", [2]],
  ]);
  const a = own([3], dtype);
  setAt(a, 0, { x: 1, y: [2, 3] });
  setAt(a, 1, [4, [5, 6]]);
  setAt(a, 2, 7);
  assert.deepEqual(tolist(a), [
    { x: 1, y: [2, 3] },
    { x: 4, y: [5, 6] },
    { x: 7, y: [7, 7] },
  ]);
  setAt(a, ":2", { x: 0, y: [8, 9] });
  setAt(a, "2:", [[1, [1, 1]]]);
  assert.deepEqual(tolist(a), [
    { x: 0, y: [8, 9] },
    { x: 0, y: [8, 9] },
    { x: 1, y: [1, 1] },
  ]);
  assert.throws(() => setAt(a, 0, { x: 1 }), /field "y" is missing/);
  assert.throws(
    () => setAt(a, 0, { x: 1, y: [300, 0] }),
    (error) => isNdError(error, "value"),
  );
  assert.deepEqual(a.at(0), { x: 0, y: [8, 9] });
  const raw = own([2], toDescriptor("V2"));
  setAt(raw, ":", Uint8Array.of(1, 2));
  assert.deepEqual(tolist(raw), [Uint8Array.of(1, 2), Uint8Array.of(1, 2)]);
});

test("item takes nothing, a position, or a full index", () => {
  const a = grid();
  assert.deepEqual([item(a, 5), item(a, -1), item(a, 1, 2), item(a.T, 1)], [5, 5, 5, 3]);
  assert.deepEqual([item(array([7n])), item(array(7)), item(array(7), 0)], [7n, 7, 7]);
  for (const [index, text] of [
    [[], /6 elements, of shape \(2, 3\), is not one scalar/],
    [[6], /index 6 is out of bounds for size 6/],
    [[1, 3], /index 3 is out of bounds for axis 1 with size 3/],
    [[0, 0, 0], /too many indices/],
  ] as const) {
    assert.throws(() => item(a, ...index), text);
  }
});

test("tolist nests as deep as there are axes", () => {
  assert.deepEqual(tolist(grid()), [
    [0, 1, 2],
    [3, 4, 5],
  ]);
  assert.deepEqual(tolist(grid().T.slice("::-1")), [
    [2, 5],
    [1, 4],
    [0, 3],
  ]);
  assert.equal(tolist(array(5)), 5);
  assert.deepEqual(tolist(own([2, 0], plain.int8)), [[], []]);
  assert.deepEqual(tolist(own([0, 2], plain.int8)), []);
  assert.deepEqual(tolist(array([true, false])), [true, false]);
  for (const { name, make } of sweep(plain.int64)) {
    const list = tolist(make());
    assert.deepEqual(Array.isArray(list) ? (list as unknown[]).flat(9) : [list], valuesOf(make()), name);
  }
});

test("ndindex counts like an odometer", () => {
  assert.deepEqual([...ndindex()], [[]]);
  assert.deepEqual(
    [...ndindex(2, 2)],
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  );
  assert.deepEqual(
    [...ndindex([2, 1])],
    [
      [0, 0],
      [1, 0],
    ],
  );
  assert.deepEqual([...ndindex(2, 0)], []);
  assert.deepEqual([...ndindex(3, 1, 2)], everyIndex([3, 1, 2]));
  assert.throws(
    () => ndindex(-1),
    (error) => isNdError(error, "shape"),
  );
  assert.throws(
    () => ndindex([1.5]),
    (error) => isNdError(error, "shape"),
  );
});

test("ndenumerate pairs every index with its element", () => {
  for (const { name, make } of sweep(plain.float32)) {
    const a = make();
    const pairs = [...ndenumerate(a)];
    assert.deepEqual(
      pairs.map(([index]) => index),
      everyIndex(a.shape),
      name,
    );
    assert.deepEqual(
      pairs.map(([, value]) => value),
      valuesOf(a),
      name,
    );
  }
  assert.deepEqual([...ndenumerate(array(5))], [[[], 5]]);
});

test("iteration gives the scalars of one axis, else views of the first", () => {
  assert.deepEqual([...iterate(array([1, 2, 3]).slice("::-1"))], [3, 2, 1]);
  const a = grid();
  const rows = [...iterate(a)] as NDArray[];
  assert.deepEqual(
    rows.map((row) => tolist(row)),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  );
  setAt(rows[1]!, 0, 9);
  assert.equal(a.at(1, 0), 9);
  assert.equal(rows[0]!.base, a);
  assert.deepEqual([...iterate(own([0, 3], plain.int8))], []);
  assert.throws(() => iterate(array(5)), /iteration over a 0-d array/);
  for (const { name, make } of sweep(plain.int16)) {
    const b = make();
    if (b.ndim === 0) continue;
    const flat = [...iterate(b)].flatMap((part) => (part instanceof NDArray ? valuesOf(part) : [part]));
    assert.deepEqual(flat, valuesOf(b), name);
  }
});
