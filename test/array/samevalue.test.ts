import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, skip } from "../ops/against-numpy.ts";

const script = fileURLToPath(new URL("../ops/numpy_statistics.py", import.meta.url));
const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const limits = [
  0,
  -0,
  1,
  -1,
  0.5,
  0.1,
  127,
  128,
  255,
  256,
  2 ** 24 + 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  2 ** 64,
];
limits.push(-128, -129, -(2 ** 31), -(2 ** 63), 65472, 65505, 1e300, inf, -inf, nan);
const wide = [2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 24n + 1n, 7n];

function one(a: np.NDArray, dtype: Descriptor): Case {
  return {
    arrays: [a],
    run: () => np.astype(a, dtype as Descriptor<"int32">, { casting: "same_value" }),
    call: `a[0].astype("${dtype.str}", casting="same_value")`,
  };
}

test("same_value allows the casts that NumPy allows", { skip }, () => {
  const dice = new Dice(5);
  const cases: Case[] = [];
  for (const to of dtypes) {
    for (const x of limits) cases.push(one(np.array([x]), to), one(np.array([np.complex(x, 0)]), to));
    for (const x of wide) cases.push(one(np.array([x]), to));
    cases.push(
      one(np.array([2n ** 64n - 1n]), to),
      one(np.array([2n ** 63n]), to),
      one(np.array([true]), to),
    );
    cases.push(one(np.array([np.complex(1, 2)]), to));
    for (const from of dtypes) cases.push(one(randomArray(dice, dice.pick([[0], [2, 3]]), from), to));
  }
  assert.deepEqual(compare(cases, script), []);
});

test("the largest float16 is one", () => {
  assert.deepEqual(np.astype([65504], "float16", { casting: "same_value" }).tolist(), [65504]);
});

test("what changes is named, and only numbers take part", () => {
  const to = (a: np.ArrayInput, dtype: "uint8") => np.astype(a, dtype, { casting: "same_value" });
  assert.deepEqual(to([1, 2], "uint8").tolist(), [1, 2]);
  assert.throws(
    () => to([1, 300], "uint8"),
    (e) => e instanceof np.ValueError && /300.*uint8/.test(e.message),
  );
  const records = np.zeros(1, [["a", "i4"]]);
  assert.throws(
    () => to(records, "uint8"),
    (e) => e instanceof np.DTypeError && /same_value/.test(e.message),
  );
});
