/** Compares what the two sides say, step by step. */

import type { Answer, ArrayAnswer, Chain, Step, StepAnswer } from "./chain.ts";
import { type Excused, excuse } from "./exceptions.ts";
import { scalarText } from "./session.ts";

export interface Difference {
  /** The step, or the number of steps for what was asked at the end. */
  readonly step: number;
  /** The operation and what differs: what shrinking must keep. */
  readonly what: string;
  readonly ours: unknown;
  readonly numpys: unknown;
}

/** What was compared, for the report. */
export interface Counts {
  chains: number;
  steps: number;
  arrays: number;
  pairs: number;
  told: number;
  errors: number;
  excused: Record<string, number>;
  /** How often each operation gave the same on both sides, errors aside. */
  ops: Record<string, number>;
}

export function newCounts(): Counts {
  return { chains: 0, steps: 0, arrays: 0, pairs: 0, told: 0, errors: 0, excused: {}, ops: {} };
}

/** The first difference, or null. */
export function compare(chain: Chain, ours: Answer, numpys: Answer, counts?: Counts): Difference | null {
  for (const [k, step] of chain.steps.entries()) {
    const found = compareStep(chain, step, ours.steps[k]!, numpys.steps[k]!, counts);
    if (found === "stop") return null;
    if (found !== null) return { step: k, what: `${step.op}: ${found[0]}`, ours: found[1], numpys: found[2] };
  }
  const found = compareEnd(ours, numpys);
  if (counts !== undefined) {
    counts.chains++;
    counts.pairs += ours.end.pairs.length;
  }
  return found === null
    ? null
    : { step: chain.steps.length, what: `end: ${found[0]}`, ours: found[1], numpys: found[2] };
}

type Found = readonly [what: string, ours: unknown, numpys: unknown];

function compareStep(
  chain: Chain,
  step: Step,
  ours: StepAnswer,
  numpys: StepAnswer,
  counts?: Counts,
): Found | "stop" | null {
  if (counts !== undefined) counts.steps++;
  const excused: Excused | null = excuse(chain, step, ours, numpys);
  if (excused !== null) {
    if (counts !== undefined) counts.excused[excused.name] = (counts.excused[excused.name] ?? 0) + 1;
    return excused.stops ? "stop" : null;
  }
  if (ours.error !== numpys.error) return [`error ${ours.error} for ${numpys.error}`, ours, numpys];
  if (ours.error !== undefined) {
    if (counts !== undefined) counts.errors++;
    return null;
  }
  if (counts !== undefined) counts.ops[step.op] = (counts.ops[step.op] ?? 0) + 1;
  if ("told" in numpys) {
    if (counts !== undefined) counts.told++;
    const text = scalarText(ours.told, numpys.told);
    return same(text, numpys.told) ? null : ["scalar", text, numpys.told];
  }
  if (ours.count !== numpys.count) return ["number of arrays", ours.count, numpys.count];
  for (const [k, a] of (ours.made ?? []).entries()) {
    if (counts !== undefined) counts.arrays++;
    const found = compareArray(a, numpys.made![k]!);
    if (found !== null) return found;
  }
  return null;
}

const facts = ["dtype", "shape", "flags", "same", "base", "offset", "bytes"] as const;

function compareArray(ours: ArrayAnswer, numpys: ArrayAnswer): Found | null {
  for (const fact of facts) {
    if (fact === "bytes" ? sameBytes(ours, numpys) : same(ours[fact], numpys[fact])) continue;
    // An empty array looks at no byte, wherever it is.
    if (fact === "offset" && ours.shape.includes(0)) continue;
    return [fact, ours, numpys];
  }
  // The stride of an axis of length 1 is never used, and what slicing leaves of it at length 0 neither.
  const differs = ours.shape.some((length, k) => length > 1 && ours.strides[k] !== numpys.strides[k]);
  return differs ? ["strides", ours, numpys] : null;
}

/** Whether all elements are the same; what lies between the fields of one belongs to nobody. */
function sameBytes(ours: ArrayAnswer, numpys: ArrayAnswer): boolean {
  if (ours.bytes === numpys.bytes) return true;
  const used = usedBytes(ours.dtype);
  return used !== null && masked(ours.bytes, used) === masked(numpys.bytes, used);
}

/** Which bytes of an element belong to fields; null for all. */
function usedBytes(dtype: unknown): boolean[] | null {
  if (typeof dtype !== "object" || dtype === null || !("fields" in dtype)) return null;
  const { fields, itemsize } = dtype as { fields: [string, unknown, number][]; itemsize: number };
  const used = new Array<boolean>(itemsize).fill(false);
  for (const [, type, offset] of fields) {
    for (const at of bytesOfType(type)) used[offset + at] = true;
  }
  return used;
}

function bytesOfType(type: unknown): number[] {
  if (typeof type === "string") return Array.from({ length: Number(/\d+$/.exec(type)![0]) }, (_, k) => k);
  if (!Array.isArray(type)) return usedBytes(type)!.flatMap((used, k) => (used ? [k] : []));
  const [base, shape] = type as [unknown, number[]];
  const size = typeof base === "string" ? bytesOfType(base).length : (base as { itemsize: number }).itemsize;
  const count = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, k) => bytesOfType(base).map((at) => k * size + at)).flat();
}

function masked(bytes: string, used: readonly boolean[]): string {
  return Array.from({ length: bytes.length / 2 }, (_, k) =>
    used[k % used.length] ? bytes.slice(2 * k, 2 * k + 2) : "..",
  ).join("");
}

function compareEnd(ours: Answer, numpys: Answer): Found | null {
  const arrays = ours.steps.flatMap((step) => step.made ?? []);
  for (const [k, a] of arrays.entries()) {
    const [mine, theirs] = [ours.end.bytes[k]!, numpys.end.bytes[k]!];
    if (!sameBytes({ ...a, bytes: mine }, { ...a, bytes: theirs }))
      return ["bytes", { at: k, value: mine }, { at: k, value: theirs }];
  }
  for (const fact of ["pairs", "str", "repr"] as const) {
    for (const [k, value] of numpys.end[fact].entries()) {
      const mine = ours.end[fact][k];
      if (mine !== value) return [fact, { at: k, value: mine }, { at: k, value }];
    }
  }
  return null;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
