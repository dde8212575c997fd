import assert from "node:assert/strict";
import { test } from "node:test";
import { accumulateUfunc } from "../../src/engine/accumulate.ts";
import { reduceatUfunc } from "../../src/engine/reduceat.ts";
import * as np from "../../src/index.ts";
import { arrayOf, difference, type NumPyCase, numpyCases } from "./numpy-cases.ts";
import { ufuncs } from "./reduce-ufuncs.ts";

const loose = new Set(["maximum", "fmin", "multiply"]);

function run({ kind, ufunc, array, indices, options }: NumPyCase): unknown {
  const { core } = ufuncs[ufunc]!;
  if (kind === "accumulate") return accumulateUfunc(core, arrayOf(array), options);
  return reduceatUfunc(core, arrayOf(array), np.array(indices!, "int64"), options);
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

for (const kind of ["accumulate", "reduceat"]) {
  test(`${kind} is that of NumPy: values to the bit, dtype, shape and strides`, (t) => {
    const cases = numpyCases(Number(process.env.SEED ?? 1), Number(process.env.COUNT ?? 150), [kind]);
    if (cases === null) return t.skip("no NumPy here");
    const wrong: string[] = [];
    for (const [k, one] of cases.entries()) {
      if (one.kind !== kind) continue;
      const why = check(one);
      if (why === null) continue;
      const { dtype, shape, strides, offset } = one.array;
      const options = JSON.stringify({ ...one.options, indices: one.indices });
      wrong.push(`${k}: ${one.ufunc} of ${dtype} (${shape}) by (${strides})+${offset} ${options}: ${why}`);
    }
    assert.equal(wrong.length, 0, `${wrong.length} wrong\n${wrong.slice(0, 12).join("\n")}`);
  });
}
