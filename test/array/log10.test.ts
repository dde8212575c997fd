import assert from "node:assert/strict";
import { test } from "node:test";
import { log10 } from "../../src/array/log10.ts";
import { Dice } from "../layout/model.ts";

test("powers of ten have whole logarithms, and the ends of the range are met", () => {
  for (let k = 0; k <= 22; k++) assert.equal(log10(10 ** k), k);
  assert.equal(log10(0), -Infinity);
  assert.ok(Number.isNaN(log10(-1)) && Number.isNaN(log10(Number.NaN)));
  assert.equal(log10(Infinity), Infinity);
  assert.equal(log10(5e-324), -323.3062153431158);
  assert.equal(log10(1.7976931348623157e308), 308.25471555991675);
  assert.equal(log10(1 + 2 ** -52), 9.64327466553287e-17);
  assert.equal(log10(1 - 2 ** -53), -4.821637332766436e-17);
});

test("a logarithm is the double nearest to the true one", () => {
  const facts: [x: number, log: number][] = [
    [2.682533376617357, 0.42854513425050156],
    [7.169255266431719, 0.8554740440251836],
    [753.1309341071174, 2.8768704861833583],
    [377.65191560517997, 2.577091691958247],
  ];
  for (const [x, log] of facts) assert.equal(log10(x), log);
});

test("it agrees with Math.log10 to one bit", () => {
  const dice = new Dice(1);
  for (let round = 0; round < 2000; round++) {
    const x = 10 ** (dice.next() * 600 - 300);
    const log = log10(x);
    assert.ok(Math.abs(log - Math.log10(x)) <= Number.EPSILON * Math.abs(log), String(x));
  }
});
