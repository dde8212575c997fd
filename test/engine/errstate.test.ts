import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const tiny = 2 ** -1060;
const least = np.array([-2147483648], "int32");

/** [what happens, the call, the events that NumPy tells of]. */
const cases: readonly (readonly [string, () => unknown, readonly string[]])[] = [
  ["1 / 0", () => np.divide(1, 0), ["divide"]],
  ["0 / 0", () => np.divide(0, 0), ["invalid"]],
  ["inf / 0", () => np.divide(Number.POSITIVE_INFINITY, 0), []],
  ["inf - inf", () => np.subtract(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), ["invalid"]],
  ["NaN + 1", () => np.add(Number.NaN, 1), []],
  ["a product that is too large", () => np.multiply(1e200, 1e200), ["over"]],
  ["a product that is too small", () => np.multiply(1e-200, 1e-200), ["under"]],
  ["a difference that is tiny and exact", () => np.subtract(2 * tiny, tiny), []],
  ["log 0", () => np.log(0), ["divide"]],
  ["log -1", () => np.log(-1), ["invalid"]],
  ["exp 1000", () => np.exp(1000), ["over"]],
  ["exp -1000", () => np.exp(-1000), ["under"]],
  ["sqrt -1", () => np.sqrt(-1), ["invalid"]],
  ["0 ** -1", () => np.power(0.5 - 0.5, -1.5), ["divide"]],
  ["integers by 0", () => np.floorDivide(np.array([1], "int32"), 0), ["divide"]],
  ["a remainder by 0", () => np.remainder(np.array([1], "int32"), 0), ["divide"]],
  ["the least integer by -1", () => np.floorDivide(least, -1), ["over"]],
  ["float32 beyond its range", () => np.multiply(np.array([3e38], "float32"), 10), ["over"]],
  ["float16 beyond its range", () => np.add(np.array([60000], "float16"), 60000), ["over"]],
  ["a float16 that is too large", () => np.exp(np.array([12], "float16")), ["over"]],
  ["a float16 that is too small", () => np.exp(np.array([-20], "float16")), ["under"]],
  ["a float16 without a logarithm", () => np.log(np.array([-1, 0], "float16")), ["divide", "invalid"]],
  ["a float16 that stays NaN", () => np.tanh(np.array([Number.NaN, 1], "float16")), []],
  ["a sum that is too large", () => np.sum([1e308, 1e308, 1]), ["over"]],
  ["a sum of opposite infinities", () => np.sum([Infinity, 1, -Infinity]), ["invalid"]],
  ["a sum with a NaN", () => np.sum([Number.NaN, 1, 2]), []],
  [
    "a sum along an axis",
    () =>
      np.sum(
        [
          [1e308, 1],
          [1e308, 2],
          [1, 3],
        ],
        0,
      ),
    ["over"],
  ],
  ["a sum of what a mask leaves", () => np.sum([1e308, 1e308], { where: [true, false] }), []],
  ["a product that is too large, of many", () => np.prod([1e200, 1e200, 0.5]), ["over"]],
  ["a product that is too small, of many", () => np.prod([1e-200, 1e-200]), ["under"]],
  ["a sum of integers", () => np.sum(np.array([2n ** 62n, 2n ** 62n])), []],
  ["a running sum that is too large", () => np.cumsum([1e308, 1e308]), ["over"]],
  ["a running sum that is not", () => np.cumsum([1e308, -1e308, 1e308]), []],
  ["a piece of reduceat", () => np.add.reduceat([1e308, 1e308, 1], [0, 2]), ["over"]],
  ["a mean of values that are too large", () => np.mean([1e308, 1e308]), ["over"]],
  ["a cast of NaN to integers", () => np.astype(np.array([Number.NaN]), "int32"), ["invalid"]],
  ["a cast beyond int32", () => np.astype(np.array([3e9]), "int32"), ["invalid"]],
  ["a cast that wraps", () => np.astype(np.array([300, -1]), "uint8"), []],
  ["a cast beyond float32", () => np.astype(np.array([1e300]), "float32"), ["over"]],
  ["a cast of integers beyond float16", () => np.astype(np.array([70000], "int32"), "float16"), ["over"]],
  ["a cast to what is subnormal", () => np.astype(np.array([[1e-300, 1]]), "float32"), ["under"]],
  ["a cast of infinity to a float", () => np.astype(np.array([Infinity]), "float32"), []],
  ["several at once", () => np.divide([1, 0, 1], [0, 0, 3]), ["divide", "invalid"]],
];

for (const [name, call, events] of cases) {
  test(`${name} is told of`, () => {
    const told: string[] = [];
    np.errstate({ all: "call", call: (event) => told.push(event) }, call);
    assert.deepEqual(told, events);
  });
}

test("nothing is told of by default, and the state before is back after an error", () => {
  assert.equal(np.divide(1, 0).item(), Number.POSITIVE_INFINITY);
  assert.throws(
    () => np.errstate({ divide: "raise" }, () => np.divide(1, 0)),
    /^ValueError: divide: division by zero$/,
  );
  assert.deepEqual(np.geterr(), { divide: "ignore", over: "ignore", under: "ignore", invalid: "ignore" });
  assert.equal(np.divide(1, 0).item(), Number.POSITIVE_INFINITY);
});

test("an event that raises leaves the array as it was", () => {
  const a = np.array([1, 2, 3]);
  assert.throws(() => np.errstate({ all: "raise" }, () => a.idivide([1, 0, 1])), /division by zero/);
  assert.deepEqual(a.tolist(), [1, 2, 3]);
});

test("a sum or running sum that raises leaves out as it was", () => {
  const out = np.array([5, 6]);
  assert.throws(
    () => np.errstate({ all: "raise" }, () => np.cumsum([1e308, 1e308], { out })),
    /^ValueError: cumsum: overflow$/,
  );
  assert.throws(
    () =>
      np.errstate({ all: "raise" }, () =>
        np.sum(
          [
            [1e308, 1],
            [1e308, 1],
          ],
          { axis: 0, out },
        ),
      ),
    /^ValueError: sum: overflow$/,
  );
  assert.deepEqual(out.tolist(), [5, 6]);
});

test("a cast that raises leaves the array as it was", () => {
  const a = np.array([1, 2], "float32");
  assert.throws(
    () => np.errstate({ all: "raise" }, () => np.copyto(a, np.array([3, 1e300]))),
    /^ValueError: cast: overflow$/,
  );
  assert.deepEqual(a.tolist(), [1, 2]);
});

test("modes are checked, and follow `all`", () => {
  assert.throws(() => np.seterr({ divide: "rise" as "raise" }), /seterr: divide is "rise"/);
  const before = np.seterr({ all: "warn", under: "ignore" });
  assert.deepEqual(np.seterr(before), { divide: "warn", over: "warn", under: "ignore", invalid: "warn" });
});

test("an event that raises leaves the array as it was: given by position, as an option, in a scope", () => {
  const calls: readonly ((a: np.NDArray, zeros: np.NDArray) => unknown)[] = [
    (a, zeros) => np.divide(a, zeros, a),
    (a, zeros) => np.divide(a, zeros, { out: a }),
    (a, zeros) => np.scope(() => np.divide(a, zeros, { out: a })),
    (a, zeros) => np.divide(a, zeros, { out: a, where: [false, true, true] }),
  ];
  for (const call of calls) {
    const a = np.array([1, 2, 3]);
    assert.throws(() => np.errstate({ all: "raise" }, () => call(a, np.zeros(3))), /division by zero/);
    assert.deepEqual(a.tolist(), [1, 2, 3]);
  }
});

test("the function that is told may compute, and is told once of each event", () => {
  const n = 5000;
  let times = 0;
  const call = () => {
    times++;
    np.errstate({ all: "ignore" }, () => np.power(np.full(n, 3, "float32").T, np.arange(n)));
    assert.deepEqual(np.add([1, 2], [3, 4]).tolist(), [4, 6]);
  };
  const row = np.arange(n);
  const result = np.errstate({ divide: "call", call }, () => np.divide(np.ones([n, 2]).slice(":", 0), row));
  assert.equal(times, 1);
  assert.deepEqual(
    result.tolist(),
    Array.from({ length: n }, (_, k) => 1 / k),
  );
});

test("what is no state, no function, is an error that changes nothing", () => {
  const wrong: readonly (() => unknown)[] = [
    () => np.seterr(null as never),
    () => np.seterr(7 as never),
    () => np.seterrcall("warn" as never),
    () => np.errstate({ all: "raise" }, undefined as never),
    () => np.errstate({ all: "raise", call: 5 as never }, () => 1),
    () => np.errstate(null as never, () => 1),
  ];
  for (const call of wrong) assert.throws(call, { kind: "value" });
  assert.throws(() => Object.assign(np.geterr(), { divide: "raise" }), TypeError);
  assert.equal(np.geterr().divide, "ignore");
  assert.equal(np.geterrcall(), null);
});

test("a deviation tells of what its squares do, dense or not", () => {
  const large = np.array([1e300, -1e300, 1e300, -1e300]);
  const mixed = np.tile(large, 5000);
  for (const a of [large, large.slice("::-1"), mixed, mixed.slice("::-1")]) {
    assert.throws(() => np.errstate({ over: "raise" }, () => np.std(a)), /overflow/);
  }
});
