import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { add, divide, divmod, multiply, negative, subtract } from "../../src/ops/ufuncs-arithmetic.ts";
import { equal, greater, less, lessEqual, maximum, notEqual } from "../../src/ops/ufuncs-compare.ts";
import { power, sqrt } from "../../src/ops/ufuncs-exponential.ts";
import { ldexp, modf } from "../../src/ops/ufuncs-floating.ts";
import { bitwiseAnd, logicalAnd } from "../../src/ops/ufuncs-logic.ts";

const i32 = (...list: number[]) => np.array(list, "int32");
const u8 = (...list: number[]) => np.array(list, "uint8");

const dtypes: readonly (readonly [name: string, result: () => np.NDArray, dtype: string, list: unknown])[] = [
  ["a weak integer", () => add(i32(1, 2), 2), "int32", [3, 4]],
  ["a weak float", () => add(i32(1, 2), 0.5), "float64", [1.5, 2.5]],
  ["a bigint", () => multiply(u8(3), 4n), "uint8", [12]],
  ["a boolean", () => add(u8(3), true), "uint8", [4]],
  ["two numbers", () => add(1, 2.5), "float64", 3.5],
  ["two bigints", () => add(1n, 2n), "int64", 3n],
  [
    "lists",
    () => add([1, 2], [[1], [2]]),
    "float64",
    [
      [2, 3],
      [3, 4],
    ],
  ],
  ["a typed array", () => add(Int16Array.of(1), 1), "int16", [2]],
  ["a 0-d array, which is strong", () => add(i32(1), np.array(1.5)), "float64", [2.5]],
  ["bools", () => add(np.array([true, false]), true), "bool", [true, true]],
  ["integers divided", () => divide(u8(1, 2), u8(2, 2)), "float64", [0.5, 1]],
  ["small integers as floats", () => sqrt(u8(4, 9)), "float16", [2, 3]],
  ["a dtype", () => add(i32(1), 1, { dtype: "float32" }), "float32", [2]],
  ["a dtype for scalars", () => add(1, 2, { dtype: "int16" }), "int16", 3],
  ["a loop", () => add(i32(1), i32(2), { sig: "dd->d" }), "float64", [3]],
  ["a list of dtypes", () => add(i32(1), i32(2), { signature: [null, null, "float32"] }), "float32", [3]],
  ["two dtypes in a loop", () => ldexp(np.array([1.5], "float32"), 3), "float32", [12]],
  ["logical of different dtypes", () => logicalAnd(i32(1, 0), [0.5, 1]), "bool", [true, false]],
  ["unsafe casts", () => bitwiseAnd(np.array([7.9]), 3, { dtype: "int8", casting: "unsafe" }), "int8", [3]],
];

for (const [name, result, dtype, list] of dtypes) {
  test(`the dtype of ${name}`, () => {
    // The second call goes the short way where there is one.
    for (let k = 0; k < 2; k++) {
      const found = result();
      assert.equal(found.dtype.name, dtype);
      assert.deepEqual(found.tolist(), list);
    }
  });
}

test("comparisons with integers beyond the dtype are exact", () => {
  const a = u8(0, 255);
  assert.deepEqual(less(a, 300).tolist(), [true, true]);
  assert.deepEqual(less(300, a).tolist(), [false, false]);
  assert.deepEqual(greater(a, -1).tolist(), [true, true]);
  assert.deepEqual(equal(a, 256).tolist(), [false, false]);
  assert.deepEqual(notEqual(a, -255).tolist(), [true, true]);
  assert.deepEqual(lessEqual(a, 2n ** 70n).tolist(), [true, true]);
  assert.deepEqual(less(np.array([2n ** 63n - 1n]), 2n ** 63n).tolist(), [true]);
  assert.deepEqual(equal(np.array([2n ** 63n], "uint64"), np.array([-(2n ** 63n)])).tolist(), [false]);
  assert.deepEqual(less(np.array([true]), 2).tolist(), [true]);
  assert.equal(less(2n ** 70n, 2n ** 71n).tolist(), true);
  assert.equal(equal(2n ** 70n, 2n ** 71n).tolist(), false);
});

const refused: readonly (readonly [
  name: string,
  call: () => unknown,
  kind: np.ErrorKind,
  message: RegExp,
])[] = [
  [
    "a scalar out of range",
    () => add(u8(1), 300),
    "value",
    /add: 300 is out of bounds for uint8 \(0 to 255\)/,
  ],
  ["a negative one", () => maximum(u8(1), -1), "value", /maximum: -1 is out of bounds/],
  ["bools subtracted", () => subtract(np.array([true]), true), "dtype", /use bitwiseXor or logicalXor/],
  ["a bool negated", () => negative(np.array([true])), "dtype", /negative: there is no loop for bool/],
  ["no loop", () => bitwiseAnd(np.array([1.5]), 1), "dtype", /no loop for float64 and float64/],
  ["fields", () => add(np.zeros(1, "i4,i4"), 1), "dtype", /add: /],
  [
    "a result that does not fit",
    () => add([1.5], 1, i32(0)),
    "dtype",
    /cannot cast the output from float64 to int32 under casting "same_kind"; give casting: "unsafe"/,
  ],
  [
    "an operand that does not fit",
    () => add([1.5], [1], { dtype: "int32" }),
    "dtype",
    /no loop|cannot cast input 0/,
  ],
  [
    "a strict rule",
    () => add(i32(1), [1.5], { casting: "no" }),
    "dtype",
    /cannot cast input 0 from int32 to float64 under casting "no"/,
  ],
  ["shapes", () => add(np.zeros(3), np.zeros(4)), "shape", /add: shapes/],
  ["an output to be stretched", () => add(np.zeros([2, 3]), 1, np.zeros(3)), "shape", /never stretched/],
  ["a read-only output", () => add(1, 1, np.broadcastTo(np.zeros([]), [])), "value", /read-only/],
  ["a mask of numbers", () => add(1, 1, { where: np.zeros(2) }), "dtype", /where must be an array of bool/],
  ["a missing operand", () => (add as unknown as (a: number) => unknown)(1), "value", /takes 2 operands/],
  ["two outs", () => add(1, 1, np.zeros([]), { out: np.zeros([]) }), "value", /out is given twice/],
  ["an unknown order", () => add([1], 1, { order: "X" as "C" }), "value", /order "X"/],
  ["an unknown rule", () => add([1], 1, { casting: "any" as "no" }), "dtype", /casting "any"/],
  ["dtype and sig", () => add([1], 1, { dtype: "f4", sig: "ff->f" }), "value", /not both/],
  ["a loop of another length", () => add([1], 1, { sig: "f->f" }), "value", /is no loop of 2 inputs/],
];

for (const [name, call, kind, message] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(call, (error) => np.isNdError(error, kind) && message.test(error.message));
  });
}

test("results go into out, which is what comes back", () => {
  const out = np.zeros([2, 2], "float32");
  assert.equal(add(i32(1, 2), [[0.5], [1.5]], out), out);
  assert.deepEqual(out.tolist(), [
    [1.5, 2.5],
    [2.5, 3.5],
  ]);
  assert.equal(add(out, 1, { out }), out);
  assert.deepEqual(out.tolist(), [
    [2.5, 3.5],
    [3.5, 4.5],
  ]);
  const wide = np.zeros([2, 2]);
  assert.deepEqual(add(1, [1, 2], wide).tolist(), [
    [2, 3],
    [2, 3],
  ]);
});

test("two results, some of them given", () => {
  const rest = np.zeros(2, "int32");
  const [quotient, same] = divmod(i32(7, -7), 3, { out: [null, rest] });
  assert.equal(same, rest);
  assert.deepEqual(
    [quotient.tolist(), rest.tolist()],
    [
      [2, -3],
      [1, 2],
    ],
  );
  const fraction = np.zeros(1);
  assert.equal(modf([1.5], fraction)[0], fraction);
});

test("a result that is computed beside its place comes home under its mask, in every dtype", () => {
  const n = 20000;
  const k = np.arange(n, { dtype: "int32" });
  const where = np.equal(np.remainder(k, 3), 0);
  const expected = (x: number, old: number) => (x % 3 === 0 ? (x % 5) ** 2 : old);
  for (const dtype of ["int32", "int64", "float64", "complex128"] as const) {
    // A kernel of integer powers may throw half way, so it never writes to out at once.
    const wide = np.full([n, 2], 7, dtype);
    const out = wide.slice(":", 1);
    np.power(np.remainder(k, 5), 2, { out, where, casting: "unsafe" });
    const wanted = Array.from({ length: n }, (_, x) => expected(x, 7));
    assert.deepEqual(out.astype("float64").tolist(), wanted, dtype);
    assert.equal(Number(wide.slice(":", 0).astype("float64").sum()), 7 * n, dtype);
  }
  // Under errstate every result is computed beside its place; what the mask leaves out is not reported.
  const out = np.zeros(4, "float16");
  np.errstate({ all: "raise" }, () =>
    np.divide([1, 2, 3, 4], [0, 2, 0, 8], { out, where: [false, true, false, true] }),
  );
  assert.deepEqual(out.tolist(), [0, 1, 0, 0.5]);
  // Elements of out that overlap each other: the last one wins, of those that the mask lets through.
  const still = np.asStrided(np.zeros(1), { shape: [4], strides: [0] });
  still.setflags({ write: true });
  np.add([1, 2, 3, 4], 0.5, { out: still, where: [true, true, true, false] });
  assert.deepEqual(still.tolist(), [3.5, 3.5, 3.5, 3.5]);
});

test("where computes some elements and broadcasts", () => {
  assert.deepEqual(add(1, 1, { where: [true, false] }).tolist(), [2, 0]);
  const out = np.full([2, 2], 7);
  add(out, 1, { out, where: [[true], [false]] });
  assert.deepEqual(out.tolist(), [
    [8, 8],
    [7, 7],
  ]);
});

test("a failed call changes nothing", () => {
  const a = i32(1, 2, 3);
  assert.throws(() => power(a, i32(1, 1, -1), a), /negative/);
  assert.deepEqual(a.tolist(), [1, 2, 3]);
  const [one, two] = [i32(0), i32(0)];
  assert.throws(() => divmod(i32(7), 3, { out: [one, two.slice(":0")] }));
  assert.deepEqual(one.tolist(), [0]);
});

const orders: readonly (readonly [name: string, result: () => np.NDArray, strides: number[]])[] = [
  ["C and C", () => add(np.zeros([2, 3]), np.zeros([2, 3])), [24, 8]],
  ["F and F", () => add(np.zeros([3, 2]).T, np.zeros([3, 2]).T), [8, 16]],
  ["F and a scalar", () => add(np.zeros([3, 2]).T, 1), [8, 16]],
  ["F and a row", () => add(np.zeros([3, 2]).T, np.zeros(3)), [8, 16]],
  ["C and F", () => add(np.zeros([2, 3]), np.zeros([3, 2]).T), [24, 8]],
  ["a reversed one", () => sqrt(np.zeros([2, 3]).slice("::-1")), [24, 8]],
  ["F of another dtype", () => less(np.zeros([3, 2]).T, 1), [1, 2]],
  ["order F", () => add(np.zeros([2, 3]), 1, { order: "F" }), [8, 16]],
  ["order A of F and F", () => add(np.zeros([3, 2]).T, np.zeros([3, 2]).T, { order: "A" }), [8, 16]],
  ["order A of F and C", () => add(np.zeros([3, 2]).T, np.zeros([2, 3]), { order: "A" }), [24, 8]],
];

for (const [name, result, strides] of orders) {
  test(`a fresh result of ${name} lies as NumPy's`, () => {
    for (let k = 0; k < 2; k++) assert.deepEqual(result().strides, strides);
  });
}

/** Numbers from a seed, the same each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("whatever operands, mask and result share, the outcome is that of copies", () => {
  const draw = random(7);
  for (let round = 0; round < 1500; round++) {
    const length = 1 + draw(8);
    const memory = np.arange(40);
    const cut = () => {
      const step = 1 + draw(3);
      const start = draw(40 - step * (length - 1));
      const part = memory.slice(np.s(start, start + step * (length - 1) + 1, step));
      return draw(2) === 0 ? part : part.slice("::-1");
    };
    const [a, b, out] = [cut(), cut(), cut()];
    const where = draw(3) === 0 ? np.array(Array.from({ length }, () => draw(2) === 0)) : undefined;
    const wanted = np.copy(out);
    add(np.copy(a), np.copy(b), { out: wanted, where });
    add(a, b, { out, where });
    assert.deepEqual(out.tolist(), wanted.tolist(), `round ${round}`);
  }
});

test("two results that overlap, and one that overlaps itself, are written as copies are", () => {
  const memory = np.zeros(4);
  const [low, high] = [memory.slice(":3"), memory.slice("1:")];
  modf([1.5, 2.25, 3.75], { out: [low, high] });
  assert.deepEqual(memory.tolist(), [0.5, 1, 2, 3]);
});

test("properties", () => {
  assert.equal(add.name, "add");
  assert.deepEqual([add.nin, add.nout, add.nargs, add.identity, add.signature], [2, 1, 3, 0, null]);
  assert.deepEqual(add.types.slice(0, 2), ["??->?", "bb->b"]);
  assert.equal(add.ntypes, add.types.length);
  assert.equal(String(add), "<ufunc 'add'>");
  assert.equal(typeof add, "function");
});

test("outer takes all pairs", () => {
  assert.deepEqual(multiply.outer([1, 2], i32(3, 4)).tolist(), [
    [3, 4],
    [6, 8],
  ]);
  assert.deepEqual(add.outer([1, 2], 1).tolist(), [2, 3]);
  assert.equal(add.outer(np.zeros([2, 1]), np.zeros([3])).ndim, 3);
});

test("at changes an element as often as it is named", () => {
  const a = i32(0, 0, 0);
  add.at(a, [0, 2, 0, -1], [1, 10, 100, 1000]);
  assert.deepEqual(a.tolist(), [101, 0, 1010]);
  add.at(a, [true, false, false], 1);
  negative.at(a, "1:");
  assert.deepEqual(a.tolist(), [102, 0, -1010]);
  assert.throws(() => add.at(a, [0, 3], 1), /out of bounds/);
  assert.throws(() => add.at(a, [0], 0.5), /cannot cast the result/);
  assert.deepEqual(a.tolist(), [102, 0, -1010]);
  const b = np.zeros([2, 2]);
  add.at(b, [np.array([0n, 0n]), np.array([1n, 1n])], 1);
  assert.deepEqual(b.tolist(), [
    [0, 2],
    [0, 0],
  ]);
});
