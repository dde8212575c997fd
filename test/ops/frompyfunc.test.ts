import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { frompyfunc } from "../../src/ops/frompyfunc.ts";
import { vectorize } from "../../src/ops/vectorize.ts";

const sum = (a: number, b: number) => a + b;

test("a function of elements takes arrays", () => {
  const f = frompyfunc(sum, 2, 1);
  assert.deepEqual([f.nin, f.nout, f.nargs, f.identity], [2, 1, 3, null]);
  const found = f([[1], [2]], [10, 20]) as np.NDArray;
  assert.deepEqual(
    [found.dtype.name, found.tolist()],
    [
      "float64",
      [
        [11, 21],
        [12, 22],
      ],
    ],
  );
  assert.equal((frompyfunc((a: bigint) => a * 2n, 1, 1)([1n]) as np.NDArray).dtype.name, "int64");
  assert.equal((frompyfunc(sum, 2, 1, { dtype: "uint8" })([1], 2) as np.NDArray).dtype.name, "uint8");
  assert.equal((f(1, 2) as np.NDArray).ndim, 0);
});

test("two results, a mask, and arrays for results", () => {
  const f = frompyfunc((a: number, b: number) => [Math.trunc(a / b), a % b > 0], 2, 2);
  const [quotient, rest] = f([7, 8], 4) as np.NDArray[];
  assert.deepEqual([quotient!.tolist(), rest!.tolist(), rest!.dtype.name], [[1, 2], [true, false], "bool"]);
  const out = np.full(3, 9);
  assert.equal(frompyfunc(sum, 2, 1)([1, 2, 3], 1, { out, where: [true, false, true] }), out);
  assert.deepEqual(out.tolist(), [2, 9, 4]);
  frompyfunc((a: number) => a + 1, 1, 1)(out.slice(":2"), { out: out.slice("1:") });
  assert.deepEqual(out.tolist(), [2, 3, 10]);
});

test("a function of no operands gives one element, which may be text", () => {
  const found = frompyfunc(() => "x", 0, 1)() as np.NDArray;
  assert.deepEqual([found.shape, found.dtype.str, found.at()], [[], "<U1", "x"]);
});

test("what goes wrong leaves out unchanged", () => {
  const out = np.zeros(2);
  let calls = 0;
  const fails = frompyfunc((a: number) => (calls++ === 1 ? undefined : a), 1, 1);
  assert.throws(() => fails([1, 2], { out }), /gave undefined/);
  assert.throws(
    () => frompyfunc(() => Symbol("x"), 0, 1)(),
    (error) => np.isNdError(error),
  );
  assert.throws(() => frompyfunc(sum, 2, 1)([[1], [2]], [2, 3], { out }), /out has shape/);
  assert.throws(() => frompyfunc(sum, 2, 1)([1]), /takes 2/);
  assert.deepEqual(out.tolist(), [0, 0]);
});

test("vectorize broadcasts, and finds out the dtype", () => {
  const f = vectorize(sum);
  assert.deepEqual((f([1, 2], [[1], [2]]) as np.NDArray).tolist(), [
    [2, 3],
    [3, 4],
  ]);
  assert.throws(() => f([], 1), /give otypes/);
  assert.deepEqual((vectorize(sum, { otypes: "i" })([], 1) as np.NDArray).dtype.name, "int32");
  const [a, b] = vectorize((x: number) => [x, x > 1])([1, 2]) as np.NDArray[];
  assert.deepEqual(
    [a!.tolist(), b!.tolist()],
    [
      [1, 2],
      [false, true],
    ],
  );
});

test("vectorize calls once for each element, and once more without cache", () => {
  let calls = 0;
  const count = (x: number) => ++calls + x;
  vectorize(count)([1, 2, 3]);
  assert.equal(calls, 4);
  calls = 0;
  assert.deepEqual((vectorize(count, { cache: true })([1, 2, 3]) as np.NDArray).tolist(), [2, 4, 6]);
});

test("excluded arguments are handed over as they are", () => {
  const polynomial = (coefficients: number[], x: number) => coefficients.reduce((sum, c) => sum * x + c, 0);
  const f = vectorize(polynomial, { excluded: [0] });
  assert.deepEqual((f([1, 2, 3], [0, 1]) as np.NDArray).tolist(), [3, 6]);
});

test("with a signature the function gets parts of arrays", () => {
  const dot = (a: np.NDArray, b: np.NDArray) =>
    (a.tolist() as number[]).reduce((sum, x, k) => sum + x * (b.tolist() as number[])[k]!, 0);
  const f = vectorize(dot, { signature: "(n),(n)->()" });
  assert.deepEqual(
    (
      f(
        [
          [1, 2],
          [3, 4],
        ],
        [10, 1],
      ) as np.NDArray
    ).tolist(),
    [12, 34],
  );
  assert.throws(() => f([1, 2], [1, 2, 3]), /core dimension n/);
  assert.throws(() => vectorize(dot, { signature: "n->n" }), /no signature/);
  const twice = vectorize((a: np.NDArray) => np.array([a.tolist(), a.tolist()]), { signature: "(n)->(m,n)" });
  assert.deepEqual((twice(np.zeros([4, 3])) as np.NDArray).shape, [4, 2, 3]);
});
