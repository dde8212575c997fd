import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../src/index.ts";

test("JavaScript's operators see the element of a 0-d array, and are refused on others", () => {
  const whole = np.array(5);
  const operand = whole as unknown as number;
  assert.deepEqual([operand + 1, operand * 2, operand > 4, `${whole}`], [6, 10, true, "5.0"]);
  assert.equal((np.array(2n) as unknown as bigint) + 1n, 3n);
  const a = np.array([1, 2]);
  assert.equal(`a: ${a}`, "a: [1. 2.]");
  // biome-ignore lint/style/useTemplate: it is the operator that is tested.
  assert.equal("a: " + a, "a: [1. 2.]");
  for (const call of [() => +(a as never), () => (a as never) < 3, () => Math.sqrt(a as never)])
    assert.throws(
      call,
      /^ValueError: JavaScript has no operators for arrays; use methods such as a.add\(b\)/,
    );
});
