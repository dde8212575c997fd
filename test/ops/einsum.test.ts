import assert from "node:assert/strict";
import { test } from "node:test";
import type { NDArray } from "../../src/array/ndarray.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { promoteAll } from "../../src/dtype/promote.ts";
import { plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import * as np from "../../src/index.ts";
import { type EinsumOptions, einsum } from "../../src/ops/einsum.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, scalarAs, skip } from "./against-numpy.ts";

const call = einsum as (...args: unknown[]) => unknown;

interface Drawn {
  readonly subscripts: string;
  readonly arrays: NDArray[];
}

/** Random operands and subscripts, most of which fit. */
function draw(dice: Dice, count: number, types: readonly Descriptor[], most = 5): Drawn {
  const letters = [..."abcdeXY"];
  const sizes = new Map(letters.map((letter) => [letter, dice.pick([1, 2, 3, 4, most])]));
  if (dice.chance(0.03)) sizes.set("a", 0);
  const stack = Array.from({ length: dice.int(0, 2) }, () => dice.int(1, 3));
  const hasDots = dice.chance(0.4);
  const terms: string[] = [];
  const arrays: NDArray[] = [];
  for (let k = 0; k < count; k++) {
    const own = Array.from({ length: dice.int(0, 3) }, () => dice.pick(letters));
    const lengths = own.map((letter) => (dice.chance(0.1) ? 1 : sizes.get(letter)!));
    for (const [j, letter] of own.entries()) lengths[j] = lengths[own.indexOf(letter)]!;
    const dots = hasDots && dice.chance(0.7);
    const at = dice.int(0, own.length);
    const lead = dots ? stack.slice(dice.int(0, stack.length)).map((n) => (dice.chance(0.2) ? 1 : n)) : [];
    terms.push(dots ? `${own.slice(0, at).join("")}...${own.slice(at).join("")}` : own.join(""));
    arrays.push(
      randomArray(dice, [...lengths.slice(0, at), ...lead, ...lengths.slice(at)], dice.pick(types)),
    );
  }
  const used = [...new Set(terms.join("").replaceAll(".", ""))];
  const output = dice.shuffle(used).slice(0, dice.int(0, 3)).join("");
  const withDots = terms.some((term) => term.includes(".")) && !dice.chance(0.05);
  const arrow = dice.chance(0.8) ? `->${withDots ? "..." : ""}${output}` : "";
  return { subscripts: terms.join(",") + arrow, arrays };
}

function pythonOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  return Array.isArray(value) ? `(${value.map(pythonOf).join(",")},)` : JSON.stringify(value);
}

function caseOf({ subscripts, arrays }: Drawn, options: EinsumOptions, strides: boolean): Case {
  const names = arrays.map((_, k) => `a[${k}]`).join(", ");
  const words = Object.entries(options).map(([key, value]) => `, ${key}=${pythonOf(value)}`);
  const given = options.dtype as keyof typeof plain | undefined;
  const dtype =
    given === undefined
      ? promoteAll(
          arrays.map((one) => one.dtype),
          "test",
        )
      : plain[given];
  return {
    arrays,
    run: () => scalarAs(call(subscripts, ...arrays, options), dtype),
    call: `np.einsum("${subscripts}", ${names}${words.join("")})`,
    bound: `np.einsum("${subscripts}", ${names})`,
    terms: 60,
    strides,
  };
}

test("einsum is NumPy's for random subscripts, operands, layouts and dtypes", { skip }, () => {
  const dice = new Dice(1);
  const cases: Case[] = [];
  for (let round = 0; round < 1000; round++) {
    const types = dice.chance(0.5) ? [dice.pick(dtypes)] : dtypes;
    cases.push(caseOf(draw(dice, dice.pick([1, 1, 2, 2, 2, 3, 4]), types), {}, false));
  }
  assert.deepEqual(compare(cases), []);
});

test("einsum lies in memory as NumPy's does", { skip }, () => {
  const dice = new Dice(2);
  const cases: Case[] = [];
  for (let round = 0; round < 300; round++) {
    cases.push(caseOf(draw(dice, dice.pick([1, 2]), [plain.float64]), {}, true));
    cases.push(
      caseOf(draw(dice, dice.pick([1, 2]), [plain.float64]), { order: dice.pick(["C", "F", "A"]) }, true),
    );
  }
  assert.deepEqual(compare(cases), []);
});

test("einsum with a path is NumPy's, whatever the path", { skip }, () => {
  const dice = new Dice(3);
  const cases: Case[] = [];
  for (let round = 0; round < 400; round++) {
    const drawn = draw(dice, dice.pick([1, 2, 3, 3, 4]), [dice.pick(dtypes)]);
    const optimize = dice.pick([true, "greedy", "optimal", ["greedy", 10], ["optimal", 4], null] as const);
    cases.push(caseOf(drawn, { optimize }, false));
  }
  const drawn = draw(dice, 3, [plain.float64]);
  cases.push(caseOf(drawn, { optimize: ["einsum_path", [0, 2], [0, 1]] }, false));
  assert.deepEqual(compare(cases), []);
});

test("contractions of larger arrays are NumPy's", { skip }, () => {
  const dice = new Dice(4);
  const cases: Case[] = [];
  for (let round = 0; round < 60; round++) {
    const drawn = draw(dice, 2, [dice.pick([plain.float64, plain.complex64, plain.int32, plain.bool])], 17);
    cases.push(caseOf(drawn, dice.chance(0.5) ? {} : { optimize: true }, false));
  }
  assert.deepEqual(compare(cases), []);
});

test("dtype, casting and out follow NumPy's rules", { skip }, () => {
  const dice = new Dice(5);
  const cases: Case[] = [];
  for (let round = 0; round < 200; round++) {
    const [x, y] = [dice.pick(dtypes), dice.pick(dtypes)];
    const [a, b] = [randomArray(dice, [3, 4], x), randomArray(dice, [4, 2], y)];
    const casting = dice.pick(["safe", "same_kind"] as const);
    const subscripts = dice.pick(["ij,jk->ik", "ij,jk->ki", "ij,jk->i"]);
    const dtype = dice.pick(dtypes).type as keyof typeof plain;
    cases.push(caseOf({ subscripts, arrays: [a, b] }, { dtype, casting }, false));
    const out = randomArray(dice, [3, 2], dice.pick(dtypes), true);
    cases.push({
      arrays: [a, b, out],
      run: () => call("ij,jk->ik", a, b, { out, casting }),
      call: `np.einsum("ij,jk->ik", a[0], a[1], out=a[2], casting="${casting}")`,
      bound: 'np.einsum("ij,jk->ik", a[0], a[1])',
      terms: 60,
    });
  }
  assert.deepEqual(compare(cases), []);
});

test("one operand of which nothing is summed is a view that can be written", () => {
  const a = np.reshape(np.arange(9), [3, 3]);
  const diagonal = einsum("ii->i", a);
  assert.equal(diagonal.base, a.base ?? a);
  assert.deepEqual(diagonal.strides, [32]);
  diagonal.set(0, 7);
  assert.equal(a.at(0, 0), 7);
  assert.ok(np.sharesMemory(einsum("ij->ji", a), a));
  assert.ok(np.sharesMemory(einsum("...", a) as NDArray, a));
  assert.ok(!np.sharesMemory(einsum("ij->i", a), a));
});

test("lists of subscripts are the other form of text", () => {
  const a = np.reshape(np.arange(6), [2, 3]);
  assert.deepEqual((call(a, [0, 1], a, [2, 1], [0, 2]) as NDArray).tolist(), einsum("ab,cb->ac", a, a).tolist());
  assert.deepEqual((call(a, ["...", 1], ["..."]) as NDArray).tolist(), einsum("...b->...", a).tolist());
  assert.deepEqual((call([[1, 2], [3, 4]], [0, 0], [0]) as NDArray).tolist(), [1, 4]);
  assert.equal(call([[1, 2], [3, 4]], [0, 0]), 5);
}); // biome-ignore format: short lists

test("a result without axes is a scalar of its dtype, an array with out", () => {
  const a = np.array([1, 2, 3], "float32");
  assert.equal(einsum("i,i->", a, a), 14);
  assert.equal(einsum("i->", np.array([1n, 2n])), 3n);
  const out = np.zeros([]);
  assert.equal(einsum("i->", a, { out }), out);
  assert.equal(out.at(), 6);
});

test("out may be an operand", () => {
  const a = np.array([[1, 2], [3, 4]]);
  einsum("ij,jk->ki", a, a, { out: a });
  assert.deepEqual(a.tolist(), [[7, 15], [10, 22]]);
}); // biome-ignore format: short lists

test("errors say what cannot be read", () => {
  const a = np.ones([2, 3]);
  const rows: [unknown[], "value" | "shape", RegExp][] = [
    [["i1", a], "value", /^einsum: "i1" has "1", which is no letter/],
    [["ij->->", a], "value", /may have "->" once/],
    [["i..j", a], "value", /a "\." that is no part of "\.\.\."/],
    [["...i...", a], "value", /"\.\.\." twice/],
    [["ij->k", a], "value", /subscript "k", which no operand has/],
    [["ij->ii", a], "value", /subscript "i" twice/],
    [["ij,jk", a], "value", /for 2 operands and there are 1/],
    [["i", a], "shape", /operand 0 of shape \(2, 3\) has 2 axes, and its subscripts "i" name 1/],
    [["ii", a], "shape", /a diagonal needs equal ones/],
    [["ij,jk", a, a], "shape", /subscript "j" has length 2 in operand 1 and 3 before/],
    [["...j->j", a], "shape", /no place for the axes of "\.\.\."/],
    [["ij->i", a, { optimize: "best" }], "value", /optimize "best" is none of/],
    [["ij->i", a, { out: np.ones(3) }], "shape", /out has shape \(3,\), but the result has shape \(2,\)/],
    [[], "value", /nothing to sum/],
  ];
  for (const [args, kind, message] of rows) {
    assert.throws(
      () => call(...args),
      (e: Error) => isNdError(e, kind) && message.test(e.message),
      String(message),
    );
  }
});
