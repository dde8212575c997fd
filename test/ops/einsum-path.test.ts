import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isNdError } from "../../src/errors.ts";
import * as np from "../../src/index.ts";
import { einsumPath } from "../../src/ops/einsum.ts";
import type { Optimize } from "../../src/ops/einsum-path.ts";
import { Dice } from "../layout/model.ts";
import { skip } from "./against-numpy.ts";

const script = fileURLToPath(new URL("numpy_paths.py", import.meta.url));

type Question = readonly [subscripts: string, shapes: number[][], optimize: Optimize];

function draw(dice: Dice): Question {
  const letters = [..."abcdefghij"].slice(0, dice.int(2, 10));
  const sizes = new Map(letters.map((letter) => [letter, dice.pick([1, 2, 3, 5, 10, 40, 1000])]));
  const count = dice.int(1, 6);
  const terms = Array.from({ length: count }, () =>
    Array.from({ length: dice.int(0, 4) }, () => dice.pick(letters)).join(""),
  );
  const shapes = terms.map((term) => [...term].map((letter) => sizes.get(letter)!));
  const used = [...new Set(terms.join(""))];
  const output = dice.chance(0.8) ? `->${dice.shuffle(used).slice(0, dice.int(0, 4)).join("")}` : "";
  const optimize = dice.pick([true, false, "greedy", "optimal", ["greedy", 50], ["optimal", 200]] as const);
  return [terms.join(",") + output, shapes, optimize];
}

test("paths and their text are NumPy's", { skip }, () => {
  const dice = new Dice(1);
  const questions = Array.from({ length: 1500 }, () => draw(dice));
  const asked = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", [script], {
    input: JSON.stringify(questions),
    maxBuffer: 2 ** 28,
  });
  assert.equal(asked.status, 0, String(asked.stderr));
  const wanted = JSON.parse(String(asked.stdout)) as [unknown, string][];
  for (const [k, [subscripts, shapes, optimize]] of questions.entries()) {
    const arrays = shapes.map((shape) => np.broadcastTo(0, shape));
    const [path, text] = einsumPath(subscripts, ...arrays, { optimize });
    assert.deepEqual(
      path,
      wanted[k]![0],
      `${subscripts} ${JSON.stringify(shapes)} ${JSON.stringify(optimize)}`,
    );
    assert.equal(text, wanted[k]![1]);
  }
});

test("the axes of an ellipsis get letters that nobody uses", () => {
  const [, text] = einsumPath("...i,i->...", np.ones([2, 3, 4]), np.ones(4));
  assert.match(text, /Complete contraction: {2}yzi,i->yz/);
});

test("a path that is none is an error", () => {
  const a = np.ones([2, 2]);
  const rows: [Optimize, "value" | "index"][] = [
    [["einsum_path", [0, 1]], "value"],
    [["einsum_path", [0, 3], [0, 1]], "index"],
    [["einsum_path", [0, 0], [0, 1]], "value"],
    ["best" as "greedy", "value"],
  ];
  for (const [optimize, kind] of rows) {
    assert.throws(
      () => einsumPath("ij,jk,kl", a, a, a, { optimize }),
      (e) => isNdError(e, kind),
    );
  }
});

test("twenty operands have a path soon", () => {
  const count = 20;
  const letters = [..."abcdefghijklmnopqrstu"];
  const terms = Array.from({ length: count }, (_, k) => letters[k]! + letters[k + 1]!);
  const arrays = terms.map((_, k) => np.ones([2 + (k % 3), 2 + ((k + 1) % 3)]));
  assert.equal(einsumPath(terms.join(","), ...arrays)[0].length, count);
});
