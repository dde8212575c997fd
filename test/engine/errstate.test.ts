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

test("modes are checked, and follow `all`", () => {
  assert.throws(() => np.seterr({ divide: "rise" as "raise" }), /seterr: divide is "rise"/);
  const before = np.seterr({ all: "warn", under: "ignore" });
  assert.deepEqual(np.seterr(before), { divide: "warn", over: "warn", under: "ignore", invalid: "warn" });
});
