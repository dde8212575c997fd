import assert from "node:assert/strict";
import { test } from "node:test";
import type { NDArray } from "../../src/array/ndarray.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { promoteAll } from "../../src/dtype/promote.ts";
import { plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import * as np from "../../src/index.ts";
import { cross } from "../../src/ops/cross.ts";
import { kron } from "../../src/ops/kron.ts";
import { matmul, matvec, vecdot, vecmat } from "../../src/ops/products.ts";
import { dot, inner, outer, vdot } from "../../src/ops/products-vectors.ts";
import { tensordot } from "../../src/ops/tensordot.ts";
import { hasRelaxedSimd, useRelaxedSimd } from "../../src/wasm/relaxed.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, scalarAs, skip } from "./against-numpy.ts";

const EDGES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33];
const LARGE = [1, 3, 17, 63, 64, 65, 127, 129, 257, 300, 353];

function product(
  dice: Dice,
  m: number,
  k: number,
  n: number,
  types: readonly [Descriptor, Descriptor],
): Case {
  const a = randomArray(dice, [m, k], types[0]);
  const b = randomArray(dice, [k, n], types[1]);
  return { arrays: [a, b], run: () => matmul(a, b), call: "np.matmul(a[0], a[1])", terms: k, strides: true };
}

function check(cases: readonly Case[]): void {
  assert.deepEqual(compare(cases), []);
}

test("matmul is NumPy's for every dtype, in any layout, beside the edges of tiles", { skip }, () => {
  const dice = new Dice(1);
  const cases = dtypes.flatMap((dtype) =>
    Array.from({ length: 60 }, () =>
      product(dice, dice.pick(EDGES), dice.pick(EDGES), dice.pick(EDGES), [dtype, dtype]),
    ),
  );
  check(cases);
});

test("matmul is NumPy's for every pair of dtypes", { skip }, () => {
  const dice = new Dice(2);
  check(
    dtypes.flatMap((x) =>
      dtypes.map((y) => product(dice, dice.int(1, 30), dice.int(1, 40), dice.int(1, 30), [x, y])),
    ),
  );
});

test("matmul is NumPy's for large matrices and vectors, beside the edges of blocks", { skip }, () => {
  const dice = new Dice(3);
  const some = [
    plain.float64,
    plain.float32,
    plain.complex64,
    plain.int64,
    plain.uint8,
    plain.bool,
    plain.float16,
  ];
  const cases = some.flatMap((dtype) =>
    Array.from({ length: 8 }, () => {
      const [m, k, n] = [dice.pick(LARGE), dice.pick(LARGE), dice.pick(LARGE)];
      return product(dice, m, k, n, [dtype, dtype]);
    }),
  );
  const long = some.flatMap((dtype) => [
    product(dice, 1, 20_000, 1, [dtype, dtype]),
    product(dice, 3, 9000, 1, [dtype, dtype]),
    product(dice, 1, 5000, 5, [dtype, dtype]),
    product(dice, 5000, 3, 1, [dtype, dtype]),
  ]);
  check([...cases, ...long]);
});

test("with and without fused multiply-add the result is within the bounds", {
  skip: skip || (!hasRelaxedSimd() && "the runtime has no relaxed SIMD"),
}, () => {
  for (const wanted of [false, true]) {
    useRelaxedSimd(wanted);
    const dice = new Dice(4);
    check(
      [plain.float64, plain.float32, plain.complex128].flatMap((dtype) =>
        [1, 7, 40, 130].map((n) => product(dice, n, n + 1, n, [dtype, dtype])),
      ),
    );
  }
  useRelaxedSimd(true);
});

const functions = {
  matmul: [matmul, [[[3, 4], [4, 5]], [[4], [4, 5]], [[3, 4], [4]], [[4], [4]], [[2, 3, 4], [4, 5]], [[6, 1, 3, 4], [2, 4, 5]], [[5, 2, 2], [5, 2, 2]], [[2, 0, 4], [4, 5]], [[3, 4], [3, 4]], [[2, 3, 4], [3, 4, 5]], [[], [3]]]],
  vecdot: [vecdot, [[[4], [4]], [[3, 4], [4]], [[3, 4], [3, 4]], [[2, 1, 4], [3, 4]], [[0, 4], [4]], [[3, 0], [3, 0]], [[3], [4]]]],
  matvec: [matvec, [[[3, 4], [4]], [[3, 4], [5, 4]], [[2, 3, 4], [4]], [[2, 3, 4], [2, 4]], [[3], [3]], [[3, 4], [3]]]],
  vecmat: [vecmat, [[[4], [4, 3]], [[5, 4], [4, 3]], [[2, 4], [2, 4, 3]], [[4], [3]], [[3], [4, 3]]]],
  dot: [dot, [[[4], [4]], [[3, 4], [4]], [[3, 4], [4, 5]], [[2, 3, 4], [5, 4, 3]], [[2, 3, 4], [4]], [[4], [3, 4, 2]], [[], [3]], [[2, 2], []], [[3, 4], [3, 4]], [[3], [4]], [[2, 0], [0, 3]]]],
  inner: [inner, [[[4], [4]], [[3, 4], [4]], [[3, 4], [5, 4]], [[2, 3, 4], [5, 2, 4]], [[], [3]], [[3, 4], [4, 3]]]],
  vdot: [vdot, [[[4], [4]], [[2, 3], [3, 2]], [[2, 3, 2], [2, 3, 2]], [[3], [4]], [[0], [0]]]],
  outer: [outer, [[[4], [3]], [[2, 3], [2, 2]], [[], [3]], [[0], [3]]]],
  tensordot: [tensordot, [[[2, 3, 4], [3, 4, 5]], [[3, 4], [3, 4]], [[3, 4], [4, 3]]]],
  kron: [kron, [[[2, 3], [4]], [[2, 2], [3, 1]], [[2], [2, 2, 3]], [[], [3]], [[2, 0], [2, 2]]]],
  cross: [cross, [[[3], [3]], [[4, 3], [3]], [[2, 1, 3], [5, 3]], [[2], [3]], [[3], [4, 2]], [[2], [2]], [[4], [3]]]],
} as const; // biome-ignore format: a function a line

test("every product is NumPy's for all shapes that it takes, and refuses those that NumPy refuses", {
  skip,
}, () => {
  const dice = new Dice(5);
  const cases: Case[] = [];
  for (const [name, [run, shapes]] of Object.entries(functions)) {
    const call = run as (a: NDArray, b: NDArray) => unknown;
    for (const [left, right] of shapes as readonly (readonly [readonly number[], readonly number[]])[]) {
      for (let round = 0; round < 10; round++) {
        const [x, y] = [dice.pick(dtypes), dice.chance(0.5) ? dice.pick(dtypes) : null];
        const [a, b] = [randomArray(dice, left, x), randomArray(dice, right, y ?? x)];
        const dtype = promoteAll([a.dtype, b.dtype], "test");
        cases.push({
          arrays: [a, b],
          run: () => scalarAs(call(a, b), dtype),
          call: `np.${name}(a[0], a[1])`,
          // The magnitudes of a cross product are added.
          bound: name === "cross" ? "10" : `np.${name}(a[0], a[1])`,
          terms: 20,
          strides: name === "matmul" || name === "dot",
        });
      }
    }
  }
  check(cases);
});

test("axes, axis, keepdims and order say where things are", { skip }, () => {
  const dice = new Dice(6);
  const make = (...shape: number[]) => randomArray(dice, shape, plain.float64);
  const [a, b, c, d] = [make(3, 2, 7), make(3, 4, 7), make(5, 6), make(5, 6)];
  const [f, g] = [make(2, 3, 4, 5), make(3, 2, 5, 4).T.T];
  const rows: [readonly NDArray[], () => unknown, string][] = [
    [[a, b], () => matmul(a, b, { axes: [[1, 0], [0, 1], [1, 2]] }), "np.matmul(a[0], a[1], axes=[(1,0),(0,1),(1,2)])"],
    [[a, b], () => matmul(a, b, { axes: [[1, 0], [0, 1], [-1, 0]] }), "np.matmul(a[0], a[1], axes=[(1,0),(0,1),(-1,0)])"],
    [[a, b], () => matmul(a, b, { axes: [[1, 0], [0, 1]] }), "np.matmul(a[0], a[1], axes=[(1,0),(0,1)])"],
    [[c, d], () => vecdot(c, d, { axis: 0 }), "np.vecdot(a[0], a[1], axis=0)"],
    [[c, d], () => vecdot(c, d, { axis: 0, keepdims: true }), "np.vecdot(a[0], a[1], axis=0, keepdims=True)"],
    [[c, d], () => vecdot(c, d, { keepdims: true }), "np.vecdot(a[0], a[1], keepdims=True)"],
    [[c, d], () => vecdot(c, d, { axes: [0, 0, []] }), "np.vecdot(a[0], a[1], axes=[0,0,()])"],
    [[c, d], () => vecdot(c, d, { axes: [0, 0, 1], keepdims: true }), "np.vecdot(a[0], a[1], axes=[0,0,1], keepdims=True)"],
    [[c, d], () => vecdot(c, d, { axes: [0, 0], keepdims: true }), "np.vecdot(a[0], a[1], axes=[0,0], keepdims=True)"],
    [[c, d], () => matmul(c, d.T, { axis: 0 }), "np.matmul(a[0], a[1].T, axis=0)"],
    [[c, d], () => matmul(c, d.T, { keepdims: true }), "np.matmul(a[0], a[1].T, keepdims=True)"],
    [[f, g], () => matmul(f, np.swapaxes(g, 0, 1)), "np.matmul(a[0], a[1].swapaxes(0, 1))"],
    [[f, g], () => matmul(f, np.swapaxes(g, 0, 1), { order: "F" }), "np.matmul(a[0], a[1].swapaxes(0, 1), order='F')"],
    [[f, g], () => matmul(f, np.swapaxes(g, 0, 1), { order: "C" }), "np.matmul(a[0], a[1].swapaxes(0, 1), order='C')"],
    [[c, d], () => matmul(c.T, d, { order: "A" }), "np.matmul(a[0].T, a[1], order='A')"],
    [[c, d], () => matmul(c.T, d, { dtype: "float32" }), "np.matmul(a[0].T, a[1], dtype='f4')"],
    [[c, d], () => matmul(c.T, d, { dtype: "int32" }), "np.matmul(a[0].T, a[1], dtype='i4')"],
    [[c, d], () => matmul(c.T, d, { dtype: "int32", casting: "unsafe" }), "np.matmul(a[0].T, a[1], dtype='i4', casting='unsafe')"],
    [[a, b], () => tensordot(a, b, [0, 0]), "np.tensordot(a[0], a[1], (0, 0))"],
    [[a, b], () => tensordot(a, b, [[0, 2], [0, 2]]), "np.tensordot(a[0], a[1], ([0, 2], [0, 2]))"],
    [[a, b], () => tensordot(a, b, [[2, 0], [-1, -3]]), "np.tensordot(a[0], a[1], ([2, 0], [-1, -3]))"],
    [[a, b], () => tensordot(a, b, 0), "np.tensordot(a[0], a[1], 0)"],
    [[a, b], () => tensordot(a, b, [[0, 0], [0, 0]]), "np.tensordot(a[0], a[1], ([0, 0], [0, 0]))"],
    [[a, b], () => tensordot(a, b, [[0], [0, 1]]), "np.tensordot(a[0], a[1], ([0], [0, 1]))"],
    [[a, b], () => tensordot(a, b, [[3], [0]]), "np.tensordot(a[0], a[1], ([3], [0]))"],
    [[a, b], () => cross(a, b.slice(":", ":1"), { axis: 0 }), "np.cross(a[0], a[1][:, :1], axis=0)"],
    [[a, b], () => cross(a, b.slice(":", ":1"), { axisa: 0, axisb: 0, axisc: 1 }), "np.cross(a[0], a[1][:, :1], axisa=0, axisb=0, axisc=1)"],
  ]; // biome-ignore format: a call a line
  const cases = rows.map(([arrays, run, call]) => {
    const bound = call.includes("cross") ? "100" : call.replace(/, (dtype|casting)='\w+'/g, "");
    return { arrays, run, call, bound, terms: 50, strides: /matmul|vecdot/.test(call) };
  });
  check(cases);
});

test("out is written as if the operands were copied first", { skip }, () => {
  const dice = new Dice(7);
  const cases: Case[] = [];
  for (let round = 0; round < 60; round++) {
    const n = dice.pick([2, 5, 9, 24, 70]);
    const dtype = dice.pick([plain.float64, plain.float32, plain.int16, plain.complex128, plain.bool]);
    const memory = randomArray(dice, [2 * n * n], dtype, true);
    const windows = [
      "[:n*n].reshape(n, n)",
      "[n:n+n*n].reshape(n, n)",
      "[:n*n].reshape(n, n).T",
      "[::2].reshape(n, n)",
      "[n*n-1::-1].reshape(n, n)",
    ];
    const views = [
      np.reshape(memory.slice(np.s(0, n * n)), [n, n]),
      np.reshape(memory.slice(np.s(n, n + n * n)), [n, n]),
      np.reshape(memory.slice(np.s(0, n * n)), [n, n]).T,
      np.reshape(memory.slice("::2"), [n, n]),
      np.reshape(memory.slice(np.s(n * n - 1, null, -1)), [n, n]),
    ];
    const [i, j, k] = [dice.int(0, 4), dice.int(0, 4), dice.int(0, 4)];
    cases.push({
      arrays: [memory],
      run: () => matmul(views[i]!, views[j]!, { out: views[k]! }),
      call: `(lambda n: np.matmul(a[0]${windows[i]}, a[0]${windows[j]}, out=a[0]${windows[k]}))(${n})`,
      bound: `(lambda n: np.matmul(a[0]${windows[i]}, a[0]${windows[j]}))(${n})`,
      terms: n,
    });
  }
  check(cases);
});

test("out takes other dtypes and larger stacks by the rules of casting", () => {
  const a = np.array([[1.5, 2], [3, 4]]);
  const single = np.zeros([2, 2], "float32");
  assert.equal(matmul(a, a, { out: single }), single);
  assert.deepEqual(single.tolist(), [[8.25, 11], [16.5, 22]]);
  const stack = np.zeros([3, 2, 2]);
  matmul(a, a, { out: stack });
  assert.deepEqual(stack.at(2, 1, 0), 16.5);
  assert.throws(() => matmul(a, a, { out: np.zeros([2, 2], "int32") }), (e) => isNdError(e, "dtype"));
  assert.throws(() => matmul(a, a, { out: np.zeros([2, 3]) }), (e) => isNdError(e, "shape"));
  const line = np.zeros(2);
  assert.equal(dot(a, [1, 1], { out: line }), line);
  assert.deepEqual(line.tolist(), [3.5, 7]);
  assert.deepEqual(outer([1, 2], [3], np.zeros([2, 1])).tolist(), [[3], [6]]);
}); // biome-ignore format: short lists

test("two vectors give a scalar where a reduction does, and an array where a ufunc does", () => {
  assert.equal(dot([1, 2], [3, 4]), 11);
  assert.equal(inner([1n, 2n], [3n, 4n]), 11n);
  assert.equal(vdot([true, false], [true, true]), true);
  assert.deepEqual(vecdot([1, 2], [3, 4]).shape, []);
  assert.deepEqual(matmul([1, 2], [3, 4]).shape, []);
  assert.deepEqual(tensordot([1, 2], [3, 4], 1).shape, []);
});

test("products look like ufuncs", () => {
  assert.equal(String(matmul), "<ufunc 'matmul'>");
  assert.deepEqual(
    [matmul.nin, matmul.nout, matmul.nargs, matmul.signature],
    [2, 1, 3, "(n?,k),(k,m?)->(n?,m?)"],
  );
  assert.deepEqual(vecdot.types.slice(0, 2), ["??->?", "bb->b"]);
  assert.equal(matvec.ntypes, matvec.types.length);
  assert.equal(vecmat.name, "vecmat");
});

test("errors name both shapes and the rule", () => {
  const rows: [() => unknown, RegExp][] = [
    [() => matmul(np.ones([2, 3]), np.ones([4, 5])), /^matmul: \(2,3\) and \(4,5\): the last axis of the first \(3\) must be as long as the last but one of the second \(4\)$/],
    [() => matmul(np.ones([2, 3]), np.ones(4)), /the last axis of the first \(3\) must be as long as the only axis of the second \(4\)/],
    [() => matmul(np.ones([2, 3]), 3), /^matmul: the second operand has 0 axes; it needs at least 1; use multiply for scalars$/],
    [() => dot(np.ones([2, 3]), np.ones([4, 5])), /^dot: \(2,3\) and \(4,5\)/],
    [() => vdot(np.ones(3), np.ones(4)), /^vdot: \(3,\) and \(4,\): the first has 3 elements and the second 4/],
    [() => tensordot(np.ones([2, 3]), np.ones([4, 5]), 1), /^tensordot: .*axis 1 of the first \(3\) must be as long as axis 0 of the second \(4\)$/],
    [() => cross(np.ones(4), np.ones(3)), /^cross: axis 0 of shape \(4,\) has length 4; vectors have 2 or 3 elements$/],
  ]; // biome-ignore format: a message a line
  for (const [run, message] of rows) {
    assert.throws(run, (e: Error) => isNdError(e, "shape") && message.test(e.message));
  }
});

test("a failed call leaves the result as it was", () => {
  const out = np.ones([2, 2]);
  assert.throws(() => matmul(np.ones([2, 3]), np.ones([2, 2]), { out }));
  assert.throws(() => matmul(np.ones([2, 2], "complex64"), np.ones([2, 2]), { out }));
  assert.deepEqual(out.tolist(), [[1, 1], [1, 1]]);
}); // biome-ignore format: short lists
