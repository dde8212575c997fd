import type { NDArray } from "../array/ndarray.ts";
import type { StringDType } from "../dtype/strings.ts";
import { boolResult, lengthAt, type StringRows, stringResult, type Walk } from "./string-rows.ts";

/** Comparing strings, and putting two together: rows of code points against rows. */

/** The comparisons, by NumPy's names in camelCase. */
export type Comparison = "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual";

/** What each comparison says when the first string is less, equal, greater. */
const verdicts: Readonly<Record<Comparison, readonly [less: number, same: number, greater: number]>> = {
  equal: [0, 1, 0],
  notEqual: [1, 0, 1],
  less: [1, 0, 0],
  lessEqual: [1, 1, 0],
  greater: [0, 0, 1],
  greaterEqual: [0, 1, 1],
};

/** Whether a name is that of a comparison. */
export function isComparison(name: string): name is Comparison {
  return Object.hasOwn(verdicts, name);
}

/** Compares strings by their code points; zeros at the end do not count. */
export function compareRows(walk: Walk, a: StringRows, b: StringRows, by: Comparison): NDArray<"bool"> {
  const { made, data } = boolResult(walk);
  const [less, same, greater] = verdicts[by];
  const { codes: x, step: p, width: m } = a;
  const { codes: y, step: q, width: n } = b;
  const both = Math.min(m, n);
  for (let k = 0, i = a.at, j = b.at; k < data.length; k++, i += p, j += q) {
    let c = 0;
    while (c < both && x[i + c] === y[j + c]) c++;
    if (c < both) data[k] = x[i + c]! < y[j + c]! ? less : greater;
    else if (m > n) data[k] = lengthAt(x, i + c, m - c) > 0 ? greater : same;
    else data[k] = lengthAt(y, j + c, n - c) > 0 ? less : same;
  }
  return made;
}

/** The strings of `a`, each followed by that of `b`. */
export function addRows(walk: Walk, a: StringRows, b: StringRows, type: StringDType): NDArray {
  const result = stringResult(walk, type, a.width + b.width);
  const { codes: out, width } = result;
  const { codes: x, step: p, width: m } = a;
  const { codes: y, step: q, width: n } = b;
  for (let k = 0, i = a.at, j = b.at, at = 0; k < walk.count; k++, i += p, j += q, at += width) {
    const first = lengthAt(x, i, m);
    for (let c = 0; c < first; c++) out[at + c] = x[i + c]!;
    for (let c = 0; c < n; c++) out[at + first + c] = y[j + c]!;
  }
  return result.finish();
}
