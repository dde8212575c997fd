/**
 * What each ufunc does with moments and spans of time: its loops as NumPy writes them, and for each the ufunc of 64-bit
 * integers, floats and bools that computes it on the counts.
 */

import { negativeKernel, positiveKernel } from "./kernels/arithmetic.ts";
import {
  addCounts,
  compareCounts,
  divideSpan,
  divmodSpans,
  floorDivideSpans,
  fminCounts,
  isCountKernel,
  isNaTKernel,
  maximumCounts,
  multiplyBySpan,
  multiplySpan,
  neverKernel,
  remainderSpans,
  spanRatio,
  subtractCounts,
} from "./kernels/dates.ts";
import { maximumKernel, minimumKernel } from "./kernels/extrema.ts";
import type { Kernels } from "./kernels/lanes.ts";
import { logicalAndKernel, logicalOrKernel, logicalXorKernel } from "./kernels/logic.ts";
import { absoluteKernel, signKernel } from "./kernels/magnitude.ts";
import { UfuncCore } from "./ufunc-core.ts";

/** A loop: what NumPy calls it, and what computes it on counts (`l` for moments and spans). */
export interface DateLoop {
  readonly text: string;
  readonly core: UfuncCore;
  /** The same by the name under which reductions know it, where it can be reduced. */
  readonly folding: UfuncCore | null;
}

/** For each of NumPy's loops that of counts, its kernel, and the name under which reductions know it. */
type Row = readonly (readonly [text: string, counts: string, kernel: Kernels, folds?: string | undefined])[];

const both = (counts: string, kernel: Kernels, name?: string): Row => [
  [`mm->${counts.at(-1) === "?" ? "?" : "m"}`, counts, kernel, name],
  [`MM->${counts.at(-1) === "?" ? "?" : "M"}`, counts, kernel, name],
];

const products: Row = [
  ["mq->m", "ll->l", multiplySpan],
  ["qm->m", "ll->l", multiplyBySpan],
  ["md->m", "ld->l", multiplySpan],
  ["dm->m", "dl->l", multiplyBySpan],
];

const makeRows = (): Readonly<Record<string, Row>> => ({
  add: [
    ["Mm->M", "ll->l", addCounts, "addCounts"],
    ["mm->m", "ll->l", addCounts, "addCounts"],
    ["mM->M", "ll->l", addCounts, "addCounts"],
  ],
  subtract: [
    ["Mm->M", "ll->l", subtractCounts, "subtractCounts"],
    ["mm->m", "ll->l", subtractCounts, "subtractCounts"],
    ["MM->m", "ll->l", subtractCounts, "subtractCounts"],
  ],
  multiply: products,
  outer: products,
  divide: [
    ["mq->m", "ll->l", divideSpan],
    ["md->m", "ld->l", divideSpan],
    ["mm->d", "ll->d", spanRatio],
  ],
  floorDivide: [
    ["mq->m", "ll->l", divideSpan],
    ["md->m", "ld->l", divideSpan],
    ["mm->q", "ll->l", floorDivideSpans],
  ],
  remainder: [["mm->m", "ll->l", remainderSpans]],
  divmod: [["mm->qm", "ll->ll", divmodSpans]],
  negative: [["m->m", "l->l", negativeKernel]],
  positive: [["m->m", "l->l", positiveKernel]],
  absolute: [["m->m", "l->l", absoluteKernel]],
  sign: [["m->m", "l->l", signKernel]],
  equal: both("ll->?", /* @__PURE__ */ compareCounts("eq")),
  notEqual: both("ll->?", /* @__PURE__ */ compareCounts("ne")),
  less: both("ll->?", /* @__PURE__ */ compareCounts("lt_s")),
  lessEqual: both("ll->?", /* @__PURE__ */ compareCounts("le_s")),
  greater: both("ll->?", /* @__PURE__ */ compareCounts("gt_s")),
  greaterEqual: both("ll->?", /* @__PURE__ */ compareCounts("ge_s")),
  maximum: both("ll->l", maximumCounts, "maximumCounts"),
  // NaT is the smallest count, which an integer minimum gives and a maximum leaves out.
  minimum: both("ll->l", minimumKernel, "minimum"),
  fmax: both("ll->l", maximumKernel, "maximum"),
  fmin: both("ll->l", fminCounts, "fminCounts"),
  isnat: one(isNaTKernel),
  isnan: one(isNaTKernel),
  isfinite: one(isCountKernel),
  isinf: one(neverKernel),
  logicalAnd: both("??->?", logicalAndKernel),
  logicalOr: both("??->?", logicalOrKernel),
  logicalXor: both("??->?", logicalXorKernel),
});

function one(kernel: Kernels): Row {
  return [
    ["m->?", "l->?", kernel],
    ["M->?", "l->?", kernel],
  ];
}

let rows: Readonly<Record<string, Row>> | null = null;
const made = new Map<string, readonly DateLoop[]>();

/** The loops of the ufunc of that name; none when it has none. */
export function dateLoopsOf(name: string): readonly DateLoop[] {
  let found = made.get(name);
  if (found === undefined) {
    rows ??= makeRows();
    found = Object.hasOwn(rows, name) ? loopsFrom(name, rows[name]!) : [];
    made.set(name, found);
  }
  return found;
}

function loopsFrom(name: string, row: Row): DateLoop[] {
  const cores = new Map<Kernels, Map<string, UfuncCore>>();
  return row.map(([text, counts, kernel, folds]) => {
    const known = cores.get(kernel) ?? new Map<string, UfuncCore>();
    const core = known.get(counts) ?? coreOf(name, counts, kernel);
    cores.set(kernel, known.set(counts, core));
    return { text, core, folding: folds === undefined ? null : coreOf(folds, counts, kernel) };
  });
}

function coreOf(name: string, counts: string, kernel: Kernels): UfuncCore {
  const [inputs = "", outputs = ""] = counts.split("->");
  const identity = name === "addCounts" ? 0 : null;
  return new UfuncCore({ name, nin: inputs.length, nout: outputs.length, loops: counts, kernel, identity });
}
