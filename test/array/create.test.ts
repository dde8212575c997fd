import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArrayInput, array, asanyarray, asarray } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { complex } from "../../src/dtype/complex.ts";
import { type DTypeLike, dtype } from "../../src/dtype/parse.ts";
import { isNdError, NdError } from "../../src/errors.ts";
import { Dice } from "../layout/model.ts";
import { copiesDuring, dtypes, sweep, texts, valuesOf } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const point = [
  ["x", "f4"],
  ["y", "i2"],
] as const;

test("values become an array of the shape and dtype they have", () => {
  const f4 = new Float32Array([1, 2]);
  const facts: [value: ArrayInput, name: string, shape: number[], values: unknown][] = [
    [5, "float64", [], 5],
    [5n, "int64", [], 5n],
    [true, "bool", [], true],
    [complex(1, 2), "complex128", [], complex(1, 2)],
    [[], "float64", [0], []],
    [[[], []], "float64", [2, 0], [[], []]],
    [[[1, 2, 3]], "float64", [1, 3], [[1, 2, 3]]],
    [[1n, 2n], "int64", [2], [1n, 2n]],
    [[2n ** 63n, 1n], "uint64", [2], [2n ** 63n, 1n]],
    [[2n ** 63n, -1n], "float64", [2], [2 ** 63, -1]],
    [[true, 2], "float64", [2], [1, 2]],
    [[true, 2n], "int64", [2], [1n, 2n]],
    [[1n, 2], "float64", [2], [1, 2]],
    [[2n ** 70n, 0.5], "float64", [2], [2 ** 70, 0.5]],
    [[1, complex(0, 1)], "complex128", [2], [complex(1, 0), complex(0, 1)]],
    [f4, "float32", [2], [1, 2]],
    [new Uint8ClampedArray([300, 1]), "uint8", [2], [255, 1]],
    [new BigUint64Array([7n]), "uint64", [1], [7n]],
    [
      [f4, f4],
      "float32",
      [2, 2],
      [
        [1, 2],
        [1, 2],
      ],
    ],
    [
      [f4, [3, 4]],
      "float64",
      [2, 2],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [[array(1, "int8"), array(2, "uint8")], "int16", [2], [1, 2]],
    [[array([[1, 2]], "int8")], "int8", [1, 1, 2], [[[1, 2]]]],
    [array([1, 2], "int8"), "int8", [2], [1, 2]],
  ];
  for (const [value, name, shape, values] of facts) {
    const a: NDArray = array(value);
    assert.deepEqual([a.dtype.name, a.shape, tolist(a)], [name, shape, values]);
    assert.ok(a.flags.owndata && a.flags.writeable && a.flags.cContiguous);
  }
});

test("a dtype may stand in place of the options", () => {
  for (const a of [
    array([[1, 2]], "int32"),
    array([[1, 2]], { dtype: "int32" }),
    array([[1, 2]], dtype("<i4")),
  ]) {
    assert.deepEqual([a.dtype.name, tolist(a)], ["int32", [[1, 2]]]);
  }
  assert.equal(array([1], null).dtype.name, "float64");
  assert.equal(asanyarray([1], "int8").dtype.name, "int8");
});

test("an element with fields is an object, or the list of its values that fits the fields", () => {
  const nested = [
    [
      "p",
      [
        ["u", "u1"],
        ["v", "u1"],
      ],
    ],
    ["q", "u1"],
  ] as const;
  const block = [["b", "u1", [2]]] as const;
  const facts: [value: ArrayInput, type: DTypeLike, shape: number[], values: unknown][] = [
    [{ x: 1, y: 2 }, point, [], { x: 1, y: 2 }],
    [[1, 2], point, [], { x: 1, y: 2 }],
    [[{ y: 2, x: 1 }], point, [1], [{ x: 1, y: 2 }]],
    [
      [
        [1, 2],
        [3, 4],
      ],
      point,
      [2],
      [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
    ],
    [[[[1, 2]], [[3, 4]]], point, [2, 1], [[{ x: 1, y: 2 }], [{ x: 3, y: 4 }]]],
    [7, point, [], { x: 7, y: 7 }],
    [[], point, [0], []],
    [[{ x: 1 }], [["x", "u1"]], [1], [{ x: 1 }]],
    [[[[1, 2], 3]], nested, [1], [{ p: { u: 1, v: 2 }, q: 3 }]],
    [[{ u: 1, v: 2 }, 3], nested, [], { p: { u: 1, v: 2 }, q: 3 }],
    [[[[1, 2]], [[3, 4]]], block, [2], [{ b: [1, 2] }, { b: [3, 4] }]],
    [[[5]], block, [1], [{ b: [5, 5] }]],
    [
      [
        [1, 2],
        [3, 4],
      ],
      "V2",
      [2],
      [new Uint8Array([1, 2]), new Uint8Array([3, 4])],
    ],
    [[new Uint8Array([1])], "V2", [1], [new Uint8Array([1, 0])]],
    [
      [1, 2],
      ["u1", [2]],
      [2, 2],
      [
        [1, 1],
        [2, 2],
      ],
    ],
  ];
  for (const [value, type, shape, values] of facts) {
    const a = array(value, { dtype: dtype(type) });
    assert.deepEqual([a.shape, tolist(a)], [shape, values]);
  }
});

const cycle: unknown[] = [];
cycle.push(cycle);
let deep: unknown = 1;
for (let k = 0; k < 100_000; k++) deep = [deep];
let wide: unknown = [1, 1];
for (let k = 0; k < 45; k++) wide = [wide, wide];
const hole = [1, 2];
hole.length = 3;

test("what is no array is refused with the place and the reason", () => {
  const facts: [value: unknown, type: string | undefined, kind: string, text: RegExp][] = [
    [
      [
        [1, 2, 3],
        [4, 5],
      ],
      undefined,
      "shape",
      /^array: ragged list: element \[1\] has length 2, element \[0\] has length 3$/,
    ],
    [
      [
        [1, 2, 3],
        [4, 5],
      ],
      "int8",
      "shape",
      /element \[1\] has length 2, element \[0\] has length 3/,
    ],
    [[[1, 2], 3], undefined, "shape", /element \[1\] is a number, element \[0\] has length 2/],
    [[1, [2]], "int8", "shape", /element \[1\] has length 1, element \[0\] is a number/],
    [[[[1]], [1]], undefined, "shape", /element \[1, 0\] is a number, element \[0, 0\] has length 1/],
    [[[1], null], undefined, "shape", /element \[1\] is null, element \[0\] has length 1/],
    [[[[]], []], undefined, "shape", /element \[1\] has length 0, element \[0\] has length 1/],
    [[array([[1]]), []], undefined, "shape", /element \[1\] has length 0, element \[0\] has shape \(1, 1\)/],
    [
      [[1, 2], new Int8Array(3)],
      undefined,
      "shape",
      /element \[1\] has shape \(3,\), element \[0\] has length 2/,
    ],
    [cycle, undefined, "shape", /deeper than the 64 axes .* contain itself/],
    [deep, "int8", "shape", /deeper than the 64 axes/],
    [wide, undefined, "shape", /too many elements/],
    [
      [
        [1, 2],
        [300, 4],
      ],
      "uint8",
      "value",
      /^array: element \[1, 0\]: 300 is out of bounds for uint8$/,
    ],
    [[1, Number.NaN], "int16", "value", /element \[1\]: NaN is out of bounds for int16/],
    [[-1n], "uint64", "value", /element \[0\]: -1 is out of bounds for uint64/],
    [2n ** 64n, undefined, "value", /18446744073709551616 is out of bounds for int64 and uint64/],
    [[complex(1, 0)], "float64", "dtype", /element \[0\]: \(1\+0j\) .* cannot become/],
    [[1, undefined], undefined, "dtype", /element \[1\]: undefined, or a hole/],
    [hole, "float32", "dtype", /element \[2\]: undefined, or a hole/],
    [[1, null], "float32", "dtype", /element \[1\]: null is no number/],
    [[["a"]], "int8", "value", /element \[0, 0\]: "a" is not an integer/],
    ["abc", "float64", "value", /"abc" is not a float/],
    [() => 1, undefined, "dtype", /a function is no number/],
    [new Map(), undefined, "dtype", /this Map is no list; use fromiter/],
    [new ArrayBuffer(8), undefined, "dtype", /this ArrayBuffer is memory .* frombuffer/],
    [new DataView(new ArrayBuffer(8)), "int8", "dtype", /this DataView is memory .* frombuffer/],
    [{ data: new Int8Array(1), shape: [1] }, undefined, "dtype", /fromStrided/],
    [{ x: 1 }, undefined, "dtype", /dtype with fields/],
    [[[1, 2], [3]], "f4,i2", "value", /element \[1\]: a list of 1 values .* 2 fields/],
    [[1, 2, 3], "f4,i2", "value", /a list of 3 values .* 2 fields/],
    [[{ f0: 1 }], "f4,i2", "value", /element \[0\]: .*"f1" is missing/],
    [[[1, 2 ** 40]], "f4,i2", "value", /element \[0\]: 1099511627776 is out of bounds/],
  ];
  for (const [value, type, kind, text] of facts) {
    const make = () => array(value as ArrayInput, type === undefined ? {} : { dtype: dtype(type) });
    assert.throws(
      make,
      (error: NdError) => isNdError(error, kind as "value") && text.test(error.message),
      String(text),
    );
  }
});

test("arrays inside of lists are cast without a question, as in NumPy", () => {
  assert.deepEqual(tolist(array([array([300])], "uint8")), [[44]]);
  assert.deepEqual(tolist(array([array(300)], "uint8")), [44]);
  assert.deepEqual(tolist(array(array([300.7, -1]), "uint8")), [44, 255]);
});

test("array copies, asarray only if it must, and copy: false never", () => {
  const a = array([
    [1, 2],
    [3, 4],
  ]);
  const memory = new Float64Array(4);
  assert.equal(asarray(a), a);
  assert.equal(asarray(a, "float64"), a);
  assert.equal(asarray(a, { order: "C", copy: false }), a);
  assert.notEqual(array(a), a);
  assert.equal(array(a, { copy: null }), a);
  assert.equal(asarray(memory).buffer, memory.buffer);
  assert.equal(asarray(memory).base, memory.buffer);
  assert.ok(!asarray(memory).flags.owndata);
  assert.notEqual(array(memory).buffer, memory.buffer);
  assert.equal(array(memory, { copy: false }).buffer, memory.buffer);
  assert.deepEqual(asarray(memory.subarray(1, 3)).byteOffset, 8);
  for (const never of [
    () => asarray([1], { copy: false }),
    () => asarray(a, { copy: false, dtype: "int8" }),
    () => asarray(a, { copy: false, order: "F" }),
    () => array(1, { copy: false }),
  ]) {
    assert.throws(never, (error) => isNdError(error, "value") && /copy: false/.test(error.message));
  }
  assert.deepEqual(
    copiesDuring(() => void asarray(a)),
    [],
  );
  assert.deepEqual(
    copiesDuring(() => void array(a)),
    ["array"],
  );
  assert.deepEqual(
    copiesDuring(() => void asarray(a, "int8")),
    ["asarray: float64 becomes int8"],
  );
});

test("the order in memory is that asked for", () => {
  const list = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const c = array(list);
  const facts: [a: NDArray, strides: number[]][] = [
    [c, [24, 8]],
    [array(list, { order: "F" }), [8, 16]],
    [array(list, { order: "A" }), [24, 8]],
    [array(c.T), [8, 24]],
    [array(c.T, { order: "A" }), [8, 24]],
    [array(c.T, { order: "C" }), [16, 8]],
    [array(c.slice(":", "::-1")), [24, 8]],
    [asarray(c.slice(":", "::2"), { order: "A" }), [24, 16]],
    [array(c.T, { dtype: "int8", order: "F" }), [1, 3]],
    [array([c, c], { order: "F" }), [8, 16, 32]],
  ];
  for (const [a, strides] of facts) assert.deepEqual(a.strides, strides);
  assert.deepEqual(tolist(array(list, { order: "F" })), list);
  assert.deepEqual(tolist(array([c, c], { order: "F" })), [list, list]);
  assert.throws(() => array(list, { order: "X" as "C" }), /order "X" is none of/);
});

test("ndmin puts axes in front", () => {
  assert.deepEqual(array([1, 2], { ndmin: 3 }).shape, [1, 1, 2]);
  assert.deepEqual(array(5, { ndmin: 1 }).shape, [1]);
  assert.deepEqual(array([[1]], { ndmin: 1 }).shape, [1, 1]);
  assert.throws(() => array(1, { ndmin: 65 }), /ndmin 65/);
  assert.throws(() => array(1, { ndmin: 0.5 }), /ndmin 0.5/);
});

test("an array of every dtype and layout comes back from its lists", () => {
  for (const d of dtypes) {
    for (const { name, make } of sweep(d)) {
      const a = make();
      if (a.size === 0) continue;
      const b = array(tolist(a) as ArrayInput, { dtype: d });
      assert.deepEqual([b.shape, texts(valuesOf(b))], [a.shape, texts(valuesOf(a))], `${d} ${name}`);
      assert.deepEqual(texts(valuesOf(array(a))), texts(valuesOf(a)), `${d} ${name}`);
    }
  }
});

/** What a number, a bigint or a boolean may be that is near the limits of some dtype. */
function scalar(dice: Dice): unknown {
  const edge = 2 ** dice.pick([0, 7, 8, 15, 16, 31, 32, 52, 63, 64]) * dice.pick([1, -1]);
  const near = edge + dice.pick([-1, -0.5, 0, 0.5, 1]);
  const value = dice.pick([
    near,
    near,
    BigInt(edge),
    Number.NaN,
    Infinity,
    -0,
    dice.chance(0.5),
    complex(1, -1),
  ]);
  return typeof value === "bigint" ? value + BigInt(dice.int(-1, 1)) : value;
}

test("the loops write what is coerced one by one, and refuse the same", () => {
  const dice = new Dice(5);
  for (let round = 0; round < 3000; round++) {
    const d = dice.pick(dtypes);
    const list = Array.from({ length: dice.int(1, 4) }, () => scalar(dice));
    let expected: unknown[] | null = null;
    try {
      expected = list.map((value) => {
        const cell = new DataView(new ArrayBuffer(16));
        d.access.write(cell, 0, d.access.coerce(value) as never);
        return d.access.read(cell, 0);
      });
    } catch {
      assert.throws(() => array(list, { dtype: d }), NdError, `${d} of ${texts(list)}`);
    }
    if (expected !== null)
      assert.deepEqual(texts(valuesOf(array(list, { dtype: d }))), texts(expected), `${d}`);
  }
});
