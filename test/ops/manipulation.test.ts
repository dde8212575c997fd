import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";

// What NumPy 2.4 gives, for machines without it; manipulation-numpy.test.ts compares with it live.

const ab = np.array([
  [0, 1, 2],
  [3, 4, 5],
]);
const bytes = (...values: number[]) => np.array(values, "uint8");

const facts: readonly (readonly [what: string, got: () => np.NDArray, wanted: unknown])[] = [
  ["concatenate", () => np.concatenate([[1, 2], [3]]), [1, 2, 3]],
  [
    "concatenate along axis 1",
    () => np.concatenate([ab, [[7], [8]]], 1),
    [
      [0, 1, 2, 7],
      [3, 4, 5, 8],
    ],
  ],
  ["concatenate all", () => np.concatenate([ab, 9], null), [0, 1, 2, 3, 4, 5, 9]],
  ["concatenate the rows of an array", () => np.concatenate(ab), [0, 1, 2, 3, 4, 5]],
  ["concat into another dtype", () => np.concat([[1.7]], { dtype: "int8", casting: "unsafe" }), [1]],
  [
    "stack",
    () =>
      np.stack([
        [1, 2],
        [3, 4],
      ]),
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "stack along the last axis",
    () =>
      np.stack(
        [
          [1, 2],
          [3, 4],
        ],
        -1,
      ),
    [
      [1, 3],
      [2, 4],
    ],
  ],
  ["stack scalars", () => np.stack([1, 2]), [1, 2]],
  ["hstack", () => np.hstack([1, [2, 3]]), [1, 2, 3]],
  [
    "vstack",
    () => np.vstack([[1, 2], ab.slice(":", ":2")]),
    [
      [1, 2],
      [0, 1],
      [3, 4],
    ],
  ],
  [
    "dstack",
    () =>
      np.dstack([
        [1, 2],
        [3, 4],
      ]),
    [
      [
        [1, 3],
        [2, 4],
      ],
    ],
  ],
  [
    "columnStack",
    () =>
      np.columnStack([
        [1, 2],
        [
          [3, 4],
          [5, 6],
        ],
      ]),
    [
      [1, 3, 4],
      [2, 5, 6],
    ],
  ],
  [
    "block",
    () =>
      np.block([
        [ab, np.array([[6], [7]])],
        [1, 2, 3, 4],
      ]),
    [
      [0, 1, 2, 6],
      [3, 4, 5, 7],
      [1, 2, 3, 4],
    ],
  ],
  ["block of one", () => np.block(3), 3],
  ["append", () => np.append(ab, 7), [0, 1, 2, 3, 4, 5, 7]],
  [
    "append along an axis",
    () => np.append(ab, [[6, 7, 8]], 0),
    [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ],
  ],
  ["insert", () => np.insert([1, 2, 3], 1, 9), [1, 9, 2, 3]],
  ["insert several before one", () => np.insert([1, 2, 3], 1, [8, 9]), [1, 8, 9, 2, 3]],
  ["insert before several", () => np.insert([1, 2, 3], [3, 0, 0], [7, 8, 9]), [8, 9, 1, 2, 3, 7]],
  [
    "insert a column",
    () => np.insert(ab, 1, [8, 9], 1),
    [
      [0, 8, 1, 2],
      [3, 9, 4, 5],
    ],
  ],
  [
    "insert parts before a list of one",
    () => np.insert(ab, [1], [[8], [9]], 1),
    [
      [0, 8, 1, 2],
      [3, 9, 4, 5],
    ],
  ],
  ["insert by a slice", () => np.insert([1, 2, 3], "::2", 0), [0, 1, 2, 0, 3]],
  ["insert by a mask", () => np.insert([1, 2, 3], [true, false, true], [8, 9]), [8, 1, 2, 9, 3]],
  ["insert casts arrays", () => np.insert(np.array([1, 2], "int8"), 0, np.array([300.7])), [44, 1, 2]],
  ["delete", () => np.delete([1, 2, 3, 4], -1), [1, 2, 3]],
  ["delete several", () => np.delete(ab, [0, 2], 1), [[1], [4]]],
  [
    "delete what is named twice",
    () =>
      np.delete(
        [1, 2, 3, 4],
        [
          [1, 1],
          [-1, 3],
        ],
      ),
    [1, 3],
  ],
  ["delete by a slice", () => np.delete([1, 2, 3, 4, 5], "::-2"), [2, 4]],
  ["delete by a mask", () => np.delete(ab, [true, false], 0), [[3, 4, 5]]],
  [
    "delete nothing",
    () => np.delete(ab, [], 0),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    "repeat",
    () => np.repeat(ab, 2, 1),
    [
      [0, 0, 1, 1, 2, 2],
      [3, 3, 4, 4, 5, 5],
    ],
  ],
  ["repeat without an axis", () => np.repeat(ab, 2), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]],
  [
    "repeat by counts",
    () => np.repeat(ab, [0, 2], { axis: 0 }),
    [
      [3, 4, 5],
      [3, 4, 5],
    ],
  ],
  ["repeat as a method", () => np.array([1n, 2n]).repeat([1, 2]), [1n, 2n, 2n]],
  ["tile", () => np.tile([1, 2], 2), [1, 2, 1, 2]],
  [
    "tile with more counts than axes",
    () => np.tile([1, 2], [2, 2]),
    [
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ],
  ],
  [
    "tile with fewer counts than axes",
    () => np.tile([[1], [2]], 2),
    [
      [1, 1],
      [2, 2],
    ],
  ],
  [
    "resize",
    () => np.resize(ab, [2, 4]),
    [
      [0, 1, 2, 3],
      [4, 5, 0, 1],
    ],
  ],
  ["resize nothing", () => np.resize([], 2), [0, 0]],
  ["roll", () => np.roll([1, 2, 3, 4], 1), [4, 1, 2, 3]],
  [
    "roll backwards, and in C order",
    () => np.roll(ab, -1),
    [
      [1, 2, 3],
      [4, 5, 0],
    ],
  ],
  [
    "roll two axes",
    () => np.roll(ab, [1, 2], [0, 1]),
    [
      [4, 5, 3],
      [1, 2, 0],
    ],
  ],
  [
    "roll one axis twice",
    () => np.roll(ab, 1, [1, 1]),
    [
      [1, 2, 0],
      [4, 5, 3],
    ],
  ],
  ["roll by an array", () => np.roll([1, 2, 3], np.array([1n, 1n]), [0]), [2, 3, 1]],
  ["roll far", () => np.roll([1, 2, 3], 10n ** 30n), [3, 1, 2]],
  ["pad", () => np.pad([1, 2], 1), [0, 1, 2, 0]],
  [
    "pad by an object",
    () => np.pad([[1]], { 0: 1, [-1]: [0, 2] }),
    [
      [0, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ],
  ],
  ["pad with values", () => np.pad([1], [1, 2], { constantValues: [8, 9] }), [8, 1, 9, 9]],
  [
    "pad with the edge",
    () =>
      np.pad(
        ab,
        [
          [0, 1],
          [1, 0],
        ],
        "edge",
      ),
    [
      [0, 0, 1, 2],
      [3, 3, 4, 5],
      [3, 3, 4, 5],
    ],
  ],
  ["pad with a ramp", () => np.pad([1, 2], 2, "linear_ramp", { endValues: [5, -4] }), [5, 3, 1, 2, -1, -4]],
  ["pad with the largest", () => np.pad([1, 5, 2], 1, "maximum"), [5, 1, 5, 2, 5]],
  ["pad with the smallest of two", () => np.pad([1, 5, 2], 1, "minimum", { statLength: 2 }), [1, 1, 5, 2, 2]],
  ["pad with the mean, rounded", () => np.pad(np.array([1, 2, 2], "int8"), 1, "mean"), [2, 1, 2, 2, 2]],
  ["pad with the median", () => np.pad([1, 5, 2], [0, 1], "median"), [1, 5, 2, 2]],
  ["pad mirrored", () => np.pad([1, 2, 3], [3, 5], "reflect"), [2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2]],
  ["pad mirrored with the edge", () => np.pad([1, 2, 3], 2, "symmetric"), [2, 1, 1, 2, 3, 3, 2]],
  [
    "pad mirrored oddly",
    () => np.pad([1, 2, 4], 2, "reflect", { reflectType: "odd" }),
    [-2, 0, 1, 2, 4, 6, 7],
  ],
  ["pad in a mode among the options", () => np.pad([1, 2], 1, { mode: "wrap" }), [2, 1, 2, 1]],
  ["pad wrapped", () => np.pad([1, 2, 3], [4, 1], "wrap"), [3, 1, 2, 3, 1, 2, 3, 1]],
  ["pad one element mirrored", () => np.pad([7], 2, "reflect"), [7, 7, 7, 7, 7]],
  ["pad nothing", () => np.pad(np.zeros([0]), 1), [0, 0]],
  ["trimZeros", () => np.trimZeros([0, 1, 0, 2, 0]), [1, 0, 2]],
  ["trimZeros at the back", () => np.trimZeros([0, 1, 0], "B"), [0, 1]],
  [
    "trimZeros of two axes",
    () =>
      np.trimZeros([
        [0, 0],
        [0, 1],
      ]),
    [[1]],
  ],
  [
    "trimZeros along one",
    () =>
      np.trimZeros(
        [
          [0, 0],
          [0, 1],
        ],
        { axis: 0 },
      ),
    [[0, 1]],
  ],
  [
    "tril",
    () => np.tril(ab),
    [
      [0, 0, 0],
      [3, 4, 0],
    ],
  ],
  [
    "triu",
    () => np.triu(ab, { k: 1 }),
    [
      [0, 1, 2],
      [0, 0, 5],
    ],
  ],
  [
    "tril of one axis",
    () => np.tril([1, 2]),
    [
      [1, 0],
      [1, 2],
    ],
  ],
  ["packbits", () => np.packbits([1, 0, 1, 0, 0, 0, 0, 0, 1]), [160, 128]],
  [
    "packbits from the lowest bit",
    () => np.packbits(np.astype(ab, "int16"), { axis: 1, bitorder: "little" }),
    [[6], [7]],
  ],
  ["unpackbits", () => np.unpackbits(bytes(5)), [0, 0, 0, 0, 0, 1, 0, 1]],
  ["unpackbits, some", () => np.unpackbits(bytes(5, 1), { count: -13 }), [0, 0, 0]],
  [
    "unpackbits, more than there are",
    () => np.unpackbits(bytes(255), { count: 10 }),
    [1, 1, 1, 1, 1, 1, 1, 1, 0, 0],
  ],
  ["convolve", () => np.convolve([1, 2, 3], [0, 1, 0.5]), [0, 1, 2.5, 4, 1.5]],
  ["convolve, as long as the longer", () => np.convolve([1, 2, 3], [0, 1, 0.5], "same"), [1, 2.5, 4]],
  ["convolve bools", () => np.convolve([true, false, true], [true, false]), [true, false, true, false]],
  ["convolve wraps", () => np.convolve(np.array([100, 2], "int8"), np.array([3, 1], "int8")), [44, 106, 2]],
  [
    "convolve wide integers",
    () => np.convolve(np.array([2n ** 62n, 1n]), np.array([2n, 1n])),
    [-(2n ** 63n), 2n ** 62n + 2n, 1n],
  ],
  ["correlate", () => np.correlate([1, 2, 3], [0, 1, 0.5]), [3.5]],
  ["correlate with the longer", () => np.correlate([1, 2], [1, 2, 3], "full"), [3, 8, 5, 2]],
];

for (const [what, got, wanted] of facts) {
  test(what, () => {
    assert.deepEqual(np.tolist(got()), wanted);
  });
}

test("dtypes are promoted, and those of scalars are weak", () => {
  const small = np.array([1], "int8");
  assert.equal(np.concatenate([small, np.array([1], "uint8")]).dtype.name, "int16");
  assert.equal(np.concatenate([small, 2], null).dtype.name, "int8");
  assert.equal(np.append(small, 2).dtype.name, "int8");
  assert.equal(np.append(small, 2.5).dtype.name, "float64");
  assert.equal(np.block([[small, 1.5]]).dtype.name, "float64");
  assert.equal(np.convolve(small, np.array([1], "float32")).dtype.name, "float32");
});

test("scalars are weak beside the dtype that is asked for", () => {
  const small = np.array([1], "int8");
  const out = np.zeros(2, "int16");
  assert.deepEqual(np.concatenate([small, 300], { axis: null, out }).tolist(), [1, 300]);
  assert.deepEqual(np.concatenate([small, 300], { axis: null, dtype: "int16" }).tolist(), [1, 300]);
  assert.throws(() => np.concatenate([small, 0.5], { axis: null, out }), np.DTypeError);
  assert.throws(() => np.concatenate([small, 0.5], { axis: null, dtype: "int16" }), np.DTypeError);
  const turned = np.concatenate([ab.T, 7], { axis: null, dtype: "float32" });
  assert.deepEqual(turned.tolist(), [0, 3, 1, 4, 2, 5, 7]);
});

test("structures are joined, repeated, rolled and padded", () => {
  const s = np.array(
    [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ],
    { names: ["x", "y"], formats: ["u1", "f8"], offsets: [0, 8] },
  );
  const [first, second] = s.tolist() as { x: number; y: number }[];
  assert.deepEqual(np.concatenate([s, s]).tolist(), [first, second, first, second]);
  assert.deepEqual(np.repeat(s, 2).tolist(), [first, first, second, second]);
  assert.deepEqual(np.roll(s, 1).tolist(), [second, first]);
  assert.deepEqual(np.tile(s, [2]).tolist(), [first, second, first, second]);
  assert.deepEqual(np.delete(s, [0, 0]).tolist(), [second]);
  assert.deepEqual(np.insert(s, 1, s.slice(0)).tolist(), [first, first, second]);
  assert.deepEqual(np.pad(s, [0, 1]).tolist(), [first, second, { x: 0, y: 0 }]);
  assert.deepEqual(np.tril(s).tolist(), [
    [first, { x: 0, y: 0 }],
    [first, second],
  ]);
});

test("strings and dates are joined, repeated, rolled and padded", () => {
  const texts = np.array(["ab", "c"]);
  assert.equal(np.concatenate([texts, np.array(["xyz"])]).dtype.str, "<U3");
  assert.deepEqual(np.pad(texts, 1).tolist(), ["0", "ab", "c", "0"]);
  assert.deepEqual(np.pad(texts, 1, { constantValues: "q" }).tolist(), ["q", "ab", "c", "q"]);
  assert.deepEqual(np.insert(texts, 1, "wide").tolist(), ["ab", "wi", "c"]);
  assert.deepEqual(np.repeat(texts, [1, 2]).tolist(), ["ab", "c", "c"]);
  assert.deepEqual(np.tril(texts).tolist(), [
    ["ab", ""],
    ["ab", "c"],
  ]);
  const days = np.array(["2024-01-01", "2024-01-02"], "M8[D]");
  const moments = np.concatenate([days, np.array(["2024-01-01T05"], "M8[h]")]);
  assert.equal(moments.dtype.name, "datetime64[h]");
  assert.deepEqual(String(np.roll(days, 1)), "['2024-01-02' '2024-01-01']");
  assert.deepEqual(String(np.pad(days, [1, 0])), "['1970-01-01' '2024-01-01' '2024-01-02']");
  assert.deepEqual(String(np.pad(days, 1, "edge").slice(0)), "2024-01-01");
  assert.deepEqual(
    String(np.pad(np.array([1n, 2n], "m8[h]"), 1, "reflect", { reflectType: "odd" })),
    "[0 1 2 3]",
  );
});

test("what is written over by the result is read first", () => {
  const a = np.arange(6);
  np.concatenate([a.slice("3:"), a.slice(":3")], { out: a });
  assert.deepEqual(a.tolist(), [3, 4, 5, 0, 1, 2]);
  const m = np.reshape(np.arange(4), [2, 2]);
  np.stack([m.slice(":", 1), m.slice(":", 0)], { axis: 1, out: m });
  assert.deepEqual(m.tolist(), [
    [1, 0],
    [3, 2],
  ]);
  np.concatenate([m.slice("::-1", 0), m.slice(0, "::-1")], { out: np.ravel(m) });
  assert.deepEqual(m.tolist(), [
    [3, 1],
    [0, 1],
  ]);
});

test("any overlap of the result with the arrays is as if they had been copied first", () => {
  const dice = new Dice(7);
  for (let round = 0; round < 300; round++) {
    const memory = np.arange(60);
    const part = (length: number) => {
      const step = dice.pick([1, 1, 2, -1, -2]);
      const first = dice.int(0, 59 - Math.abs(step) * (length - 1));
      const start = step > 0 ? first : first + Math.abs(step) * (length - 1);
      return np.asStrided(memory.slice(np.s(start, null)), { shape: [length], strides: [8 * step] });
    };
    const lengths = [dice.int(1, 8), dice.int(1, 8)];
    const parts = lengths.map(part);
    const out = part(lengths[0]! + lengths[1]!);
    const wanted = np.concatenate(parts).tolist();
    np.concatenate(parts, { out });
    assert.deepEqual(out.tolist(), wanted);
  }
});

test("inside a scope results are what they are outside", () => {
  const run = () => {
    const a = np.reshape(np.arange(24), [4, 6]);
    const joined = np.concatenate([a, np.roll(a, 2, 1)], 1);
    const padded = np.pad(np.repeat(joined, 2, 0), 3, "reflect");
    const packed = np.unpackbits(np.packbits(np.greater(np.tile(padded, 2), 9), 0), 0);
    return [
      padded,
      packed,
      np.delete(np.insert(a, [1, 3], 0, 1), [0, 2], 0),
      np.convolve(np.ravel(a), np.ones(14)),
    ];
  };
  const inside = np.scope(run) as np.NDArray[];
  run().forEach((outside, k) => {
    assert.deepEqual(inside[k]!.tolist(), outside.tolist());
  });
});

test("pad calls a function for each line, which fills its ends", () => {
  const calls: unknown[] = [];
  const padded = np.pad(
    ab,
    [
      [1, 0],
      [0, 2],
    ],
    (line, width, axis, options) => {
      calls.push([line.size, width, axis, options]);
      if (width[0] > 0) line.slice(np.s(width[0])).fill(9);
      if (width[1] > 0) line.slice(np.s(-width[1], null)).fill(axis);
    },
    { constantValues: 4 },
  );
  assert.deepEqual(padded.tolist(), [
    [9, 9, 9, 1, 1],
    [0, 1, 2, 1, 1],
    [3, 4, 5, 1, 1],
  ]);
  assert.equal(calls.length, 5 + 3);
  assert.deepEqual(calls[0], [3, [1, 0], 0, { constantValues: 4 }]);
});

test("infinities and NaN reach only the sums that have them", () => {
  const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
  const ones = np.ones(20);
  const v = np.array([nan, ...new Array<number>(12).fill(1), inf]);
  const sums = np.convolve(ones, v).tolist() as number[];
  assert.ok(sums.slice(0, 20).every(Number.isNaN));
  assert.deepEqual(sums.slice(20), new Array<number>(13).fill(inf));
});

test("emath gives complex numbers where real ones do not exist", () => {
  const { emath } = np;
  assert.equal(String(emath.sqrt(-4)), "2j");
  assert.deepEqual(emath.sqrt([1, 4]).tolist(), [1, 2]);
  assert.equal(emath.sqrt(np.array([-1], "float32")).dtype.name, "complex64");
  assert.equal(emath.sqrt(np.array([-1], "float16")).dtype.name, "complex128");
  assert.equal(emath.log(np.array([-1], "int16")).dtype.name, "complex64");
  assert.equal(emath.log(np.array([-1], "int32")).dtype.name, "complex128");
  assert.equal(emath.log(np.array([1], "uint8")).dtype.name, "float16");
  assert.ok(np.allclose(emath.log([-1]), [np.complex(0, Math.PI)]));
  assert.ok(np.allclose(emath.log2([-8]), [np.complex(3, Math.PI / Math.LN2)]));
  assert.ok(np.allclose(emath.log10([-100]), [np.complex(2, Math.PI / Math.LN10)]));
  assert.ok(np.allclose(emath.logn(2, [4, 8]), [2, 3]));
  assert.ok(np.allclose(emath.power([2, -4], 0.5), [Math.SQRT2, np.complex(0, 2)]));
  assert.deepEqual(emath.power(np.array([2, 4], "int32"), -2).tolist(), [0.25, 0.0625]);
  assert.deepEqual(emath.power(np.array([2, 4], "int32"), np.array([-1, 2], "int32")).tolist(), [0.5, 16]);
  assert.ok(np.allclose(emath.arccos([2]), [np.complex(0, -1.3169578969248166)]));
  assert.ok(np.allclose(emath.arcsin([2]), [np.complex(1.5707963267948966, 1.3169578969248166)]));
  assert.ok(np.allclose(emath.arctanh([2]), [np.complex(0.5493061443340549, 1.5707963267948966)]));
  assert.deepEqual(emath.arccos([1]).tolist(), [0]);
});

type Kind = abstract new (...given: never[]) => Error;
const errors: readonly (readonly [what: string, run: () => unknown, kind: Kind, text: RegExp])[] = [
  [
    "concatenate nothing",
    () => np.concatenate([]),
    np.ValueError,
    /concatenate: the list of arrays is empty/,
  ],
  ["concatenate scalars", () => np.concatenate([1, 2]), np.ValueError, /without axes/],
  ["concatenate no list", () => np.concatenate(5 as never), np.DTypeError, /5 is no list/],
  ["concatenate other lengths", () => np.concatenate([ab, ab.T]), np.ShapeError, /array 1 of shape \(3, 2\)/],
  ["concatenate other axes", () => np.concatenate([ab, [1]]), np.ShapeError, /2 axes and array 1 has 1/],
  ["concatenate along no axis", () => np.concatenate([ab], 2), np.IndexError, /axis 2 is out of bounds/],
  [
    "concatenate into another shape",
    () => np.concatenate([ab], { out: np.zeros([2, 2]) }),
    np.ShapeError,
    /out has shape/,
  ],
  [
    "concatenate into integers",
    () => np.concatenate([ab], { out: np.zeros([2, 3], "int8") }),
    np.DTypeError,
    /float64 to int8/,
  ],
  [
    "concatenate with an array for an axis",
    () => np.concatenate([ab], ab as never),
    np.ValueError,
    /an array/,
  ],
  [
    "concatenate twice typed",
    () => np.concatenate([ab], { out: ab, dtype: "int8" } as never),
    np.DTypeError,
    /out and dtype/,
  ],
  ["stack other shapes", () => np.stack([ab, ab.T]), np.ShapeError, /array 1 has \(3, 2\)/],
  ["stack nothing", () => np.stack([]), np.ValueError, /stack: the list/],
  ["block of an empty list", () => np.block([[], [1]]), np.ValueError, /arrays\[0\] is empty/],
  ["block of uneven lists", () => np.block([1, [2]]), np.ValueError, /2 deep at arrays\[1\]/],
  ["block of other lengths", () => np.block([[ab, 1]]), np.ShapeError, /along axis 1/],
  ["insert out of bounds", () => np.insert([1], 3, 0), np.IndexError, /index 3 of obj/],
  ["insert several out of bounds", () => np.insert([1], [0, -2], 0), np.IndexError, /index -2 of obj/],
  ["insert at half", () => np.insert([1], 0.5, 0), np.IndexError, /obj 0.5 is not an integer/],
  ["insert by a table", () => np.insert([1], [[0, 0]], 0), np.ShapeError, /obj has 2 axes/],
  ["insert too many", () => np.insert([1, 2], [0, 1], [1, 2, 3]), np.ShapeError, /insert/],
  ["delete out of bounds", () => np.delete([1], 1), np.IndexError, /index 1 of obj/],
  [
    "delete by a short mask",
    () => np.delete([1, 2], [true]),
    np.ValueError,
    /mask of 1 for axis 0 of length 2/,
  ],
  ["delete by floats", () => np.delete([1], np.array([0])), np.IndexError, /obj is of float64/],
  ["repeat below 0", () => np.repeat([1], -1), np.ValueError, /repeats -1 is negative/],
  ["repeat a half", () => np.repeat([1], 0.5), np.DTypeError, /repeats 0.5/],
  ["repeat by other counts", () => np.repeat([1, 2], [1, 2, 3]), np.ShapeError, /repeats of shape \(3,\)/],
  ["repeat too often", () => np.repeat([1], 2 ** 53), np.ShapeError, /too big/],
  ["tile below 0", () => np.tile([1], -1), np.ShapeError, /negative/],
  ["resize below 0", () => np.resize([1], [-1]), np.ShapeError, /negative/],
  ["roll by other counts", () => np.roll(ab, [1, 2, 3], [0, 1]), np.ShapeError, /3 shifts for 2 axes/],
  ["roll without end", () => np.roll(ab, Number.POSITIVE_INFINITY), np.ValueError, /shift/],
  ["pad in no mode", () => np.pad([1], 1, "mirror" as never), np.ValueError, /mode "mirror"/],
  [
    "pad with another mode's option",
    () => np.pad([1], 1, "edge", { statLength: 2 }),
    np.ValueError,
    /"statLength"/,
  ],
  ["pad below 0", () => np.pad([1], -1), np.ValueError, /padWidth -1/],
  ["pad by a half", () => np.pad([1], 0.5), np.DTypeError, /padWidth 0.5/],
  ["pad by too many widths", () => np.pad([1], [1, 2, 3]), np.ShapeError, /padWidth of shape \(3,\)/],
  ["pad an axis that is not there", () => np.pad([1], { 1: 1 }), np.IndexError, /axis 1/],
  [
    "pad nothing with the edge",
    () => np.pad(np.zeros(0), 1, "edge"),
    np.ValueError,
    /axis 0 has no elements/,
  ],
  [
    "pad with the largest of nothing",
    () => np.pad([1], 1, "maximum", { statLength: 0 }),
    np.ValueError,
    /statLength/,
  ],
  ["pad beyond all memory", () => np.pad([1], 2 ** 53), np.ShapeError, /./],
  ["trimZeros at another end", () => np.trimZeros([1], "x" as never), np.ValueError, /trim "x"/],
  ["tril of a scalar", () => np.tril(3), np.ShapeError, /without axes/],
  ["packbits of floats", () => np.packbits([0.5]), np.DTypeError, /packbits/],
  [
    "packbits in another order",
    () => np.packbits([1], { bitorder: "x" as never }),
    np.ValueError,
    /bitorder "x"/,
  ],
  ["unpackbits of wide integers", () => np.unpackbits(np.array([1], "int16")), np.DTypeError, /int16/],
  [
    "unpackbits leaving off too much",
    () => np.unpackbits(bytes(1), { count: -9 }),
    np.ValueError,
    /count -9/,
  ],
  ["convolve with nothing", () => np.convolve([1], []), np.ValueError, /v is empty/],
  ["convolve two axes", () => np.convolve(ab, [1]), np.ShapeError, /a has 2 axes/],
  ["convolve in no mode", () => np.convolve([1], [1], "half" as never), np.ValueError, /mode "half"/],
];

for (const [what, run, kind, text] of errors) {
  test(`${what} is an error`, () => {
    assert.throws(run, (error) => error instanceof kind && text.test(error.message));
  });
}

test("what differs from NumPy on purpose", () => {
  assert.equal("resize" in np.NDArray.prototype, false);
  const small = np.array([1, 2], "int32");
  assert.throws(() => np.concatenate([np.array([1], "int8"), 300], null), /300/);
  assert.throws(() => np.pad([1, 2], 1, "reflect", { reflectType: "evn" as never }), /reflectType "evn"/);
  assert.deepEqual(np.pad(small, np.array(1, "uint8")).tolist(), [0, 1, 2, 0]);
  assert.deepEqual(np.pad(small, 1, "empty").tolist(), [0, 1, 2, 0]);
  assert.deepEqual(np.unpackbits(np.zeros(0, "uint8"), { count: 3 }).tolist(), [0, 0, 0]);
  assert.ok(np.trimZeros([0, 1]) instanceof np.NDArray);
  assert.equal(np.emath.power(small, 2).dtype.name, "int32");
  assert.equal(np.emath.sqrt(4).ndim, 0);
});

test("an error leaves what it was given as it was", () => {
  const out = np.zeros([4], "int8");
  assert.throws(() => np.concatenate([np.array([1, 2], "int8"), [0.5, 1]], { out }));
  assert.deepEqual(out.tolist(), [0, 0, 0, 0]);
});

test("types follow the arrays", () => {
  const float: np.NDArray<"float64"> = np.concatenate([np.zeros(2), np.zeros(2, "int32")]);
  const asked: np.NDArray<"int8"> = np.stack([np.zeros(2)], { dtype: "int8", casting: "unsafe" });
  const out = np.zeros(2, "float32");
  const given: np.NDArray<"float32"> = np.concatenate([np.zeros(1, "float32"), np.zeros(1, "float32")], {
    out,
  });
  const same: np.NDArray<"int64"> = np.repeat(np.array([1n]), 2);
  const padded: np.NDArray<"uint8"> = np.pad(bytes(1), 1);
  const products: np.NDArray<"float64"> = np.convolve([1], [2]);
  for (const a of [float, asked, given, same, padded, products]) assert.ok(a.size > 0);
  assert.equal(given, out);
});

test("all elements twice, of every lane, any number of them, in windows too", () => {
  for (const dtype of ["int8", "float16", "float32", "int64", "float64", "complex128", "U3"] as const) {
    for (const n of [0, 1, 2, 3, 4, 5, 9, 130, 8192, 8195]) {
      const whole = np.arange(n + 2).astype(dtype);
      const wanted = np.take(whole, np.add(np.floorDivide(np.arange(2 * n, "int32"), 2), 1).astype("int32"));
      const got = np.repeat(whole.slice("1:-1"), 2);
      assert.equal(got.dtype.name, whole.dtype.name);
      assert.deepEqual(got.tolist(), wanted.tolist(), `${dtype} ${n}`);
    }
  }
  const bits = new BigUint64Array([0x7ff0000000000001n, 0x8000000000000000n, 0xfff8dead0000beefn, 1n, 2n]);
  const twice = np.repeat(np.array(new Float64Array(bits.buffer)), 2).view("uint64");
  assert.deepEqual(twice.slice("::2").tolist(), [...bits]);
  assert.deepEqual(twice.slice("1::2").tolist(), [...bits]);
});
