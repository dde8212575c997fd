import assert from "node:assert/strict";
import { test } from "node:test";
import { reduceUfunc } from "../../src/engine/reduce.ts";
import * as np from "../../src/index.ts";
import { arrayOf, difference, type NumPyCase, numpyCases } from "./numpy-cases.ts";
import { ufuncs } from "./reduce-ufuncs.ts";

/** Those that may give zeros of either sign, depending on what the machine compares first, and products. */
const loose = new Set(["maximum", "minimum", "fmax", "fmin", "multiply"]);

function run(one: NumPyCase): unknown {
  const out = one.out === undefined ? {} : { out: arrayOf(one.out) };
  const where = one.where === undefined ? {} : { where: arrayOf(one.where) };
  return reduceUfunc(ufuncs[one.ufunc]!.core, arrayOf(one.array), { ...one.options, ...out, ...where });
}

function check(one: NumPyCase): string | null {
  let result: unknown;
  try {
    result = run(one);
  } catch (error) {
    if (one.answer.error !== undefined && np.isNdError(error)) return null;
    throw error;
  }
  if (one.answer.error !== undefined) return `a result, not ${one.answer.error}`;
  return difference(result, one.answer, loose.has(one.ufunc));
}

test("reductions are those of NumPy: values to the bit, dtype, shape and strides", (t) => {
  const seed = Number(process.env.SEED ?? 1);
  const cases = numpyCases(seed, Number(process.env.COUNT ?? 300), ["reduce"]);
  if (cases === null) return t.skip("no NumPy here");
  const wrong: string[] = [];
  for (const [k, one] of cases.entries()) {
    let why: string | null;
    try {
      why = check(one);
    } catch (error) {
      why = String(error instanceof Error ? error.stack : error);
    }
    if (why === null) continue;
    const brief = (spec?: { shape: number[]; strides: number[]; offset: number; dtype: string }) =>
      spec && `${spec.dtype} (${spec.shape}) by (${spec.strides})+${spec.offset}`;
    wrong.push(
      `${k}: ${one.ufunc} of ${brief(one.array)} ${JSON.stringify(one.options)} where ${brief(one.where)} out ${brief(one.out)}: ${why}`,
    );
  }
  assert.equal(wrong.length, 0, `${wrong.length} wrong\n${wrong.slice(0, 12).join("\n")}`);
});
