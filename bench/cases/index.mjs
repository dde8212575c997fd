// All cases. A case is a row: a name, a group, a target (the time that is allowed against NumPy's), a piece of
// Python, and for each contender in JavaScript a function that makes ready and returns what is timed.
import { copyCases } from "./copies.mjs";
import { createCases } from "./create.mjs";
import { elementCases } from "./elements.mjs";
import { peerCases } from "./engine.mjs";
import { expressionCases } from "./expressions.mjs";
import { fileCases } from "./files.mjs";
import { gridCases } from "./grid.mjs";
import { indexingCases } from "./indexing.mjs";
import { memoryCases } from "./memory.mjs";
import { sortingCases } from "./sorting.mjs";
import { suiteCases } from "./suite.mjs";
import { textCases } from "./texts.mjs";
import { viewCases } from "./views.mjs";

/** The numbers that a selection of forty cases of NumPy's own benchmarks gives them, and which cases stand for them here. */
const NUMBERED = {
  1: "suite: reshape (5, 2, 3, 1)",
  2: "suite: expand_dims (2, 1, 4)",
  4: "suite: flip (5, 2, 3, 1)",
  6: "suite: transpose of 4x4",
  7: "suite: broadcast_to 512",
  9: "suite: atleast_1d",
  10: "a[i, j], float64",
  11: "a[i, j] = v, float64",
  13: "suite: a[:, i] of a 100x100 window",
  14: "suite: a[np.ix_(i, i)] of 1000x1000",
  16: "suite: a[k] of (1000, 3), ordered",
  18: "suite: take of (1000, 3), ordered",
  19: "suite: a[mask] = 1 of 1000x1000",
  21: "suite: a.flat[slice] of 200x5000",
  22: "suite: nonzero of 1000x1000, dense",
  24: "suite: d[...] = e.T of 100x100, float64",
  25: "suite: d[...] = e.T of 100x100, int8",
  27: "suite: copyto with a sparse mask, 1e5",
  28: "suite: tobytes of a stepped 100x100",
  30: "suite: block of 4x4 parts of 256x256, uint8",
  31: "suite: sqrt, steps 1 and 1, float64",
  33: "suite: exp, steps 1 and 1, float64",
  34: "suite: sin, steps 1 and 1, float64",
  35: "suite: exp, steps 1 and 1, float16",
  37: "suite: multiply, steps 2 and 2, complex128",
  38: "suite: multiply, steps 1 and 1, int64",
  40: "suite: Temporaries (a * b) + c of 1e5",
  41: "suite: sqrt of 10",
  43: "suite: Laplace in place of 150x150, one step",
  44: "suite: add.reduce axis 0 of 400x400, float64",
  46: "suite: add.reduce axis 1 of 400x400, int16",
  47: "suite: add.reduce axis 1 of 400x400, float16",
  49: "suite: StatsReductions std of 200",
  50: "suite: median of 10000x20, axis 1",
  52: "stable sort of 1000000 float64",
  53: "argsort of 1000000 float64",
  55: "suite: where of 20000",
  56: "suite: unique of 1e6, 5000 values, int64",
  58: "suite: matmul of 10 windows of 20x20 in steps",
};

const numbers = new Map(Object.entries(NUMBERED).map(([number, name]) => [name, Number(number)]));

export const cases = [
  ...viewCases,
  ...elementCases,
  ...copyCases,
  ...createCases,
  ...memoryCases,
  ...textCases,
  ...fileCases,
  ...peerCases,
  ...expressionCases,
  ...suiteCases,
  ...indexingCases,
  ...sortingCases,
  ...gridCases,
].map((one) => (numbers.has(one.name) ? { ...one, number: numbers.get(one.name) } : one));

const known = new Set(cases.map((one) => one.name));
for (const name of numbers.keys()) if (!known.has(name)) throw new Error(`there is no case ${name}`);
