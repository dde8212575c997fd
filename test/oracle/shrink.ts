/** Makes a chain that shows a difference as short as it can be made while it still shows the same one. */

import { type Args, type Chain, type Step, uses } from "./chain.ts";
import { compare, type Difference } from "./compare.ts";
import type { NumPy } from "./numpy.ts";
import { operations } from "./operations.ts";
import { runChain } from "./session.ts";

export interface Shrunk {
  readonly chain: Chain;
  readonly difference: Difference;
}

/** How many chains are tried in one message. */
const BATCH = 40;
const ROUNDS = 60;

export async function shrink(numpy: NumPy, found: Shrunk): Promise<Shrunk> {
  let best = found;
  for (let round = 0; round < ROUNDS; round++) {
    const better = await firstThatShows(numpy, best);
    if (better === null) return best;
    best = better;
  }
  return best;
}

async function firstThatShows(numpy: NumPy, best: Shrunk): Promise<Shrunk | null> {
  const candidates = [...shorter(best.chain), ...simpler(best.chain)].filter(canBeWritten);
  for (let k = 0; k < candidates.length; k += BATCH) {
    const batch = candidates.slice(k, k + BATCH);
    const answers = await numpy.ask(batch);
    for (const [j, chain] of batch.entries()) {
      const difference = compare(chain, runChain(chain), answers[j]!);
      if (difference !== null && difference.what === best.difference.what) return { chain, difference };
    }
  }
  return null;
}

/** Whether the arguments are still such that both languages have a text for them. */
function canBeWritten({ steps }: Chain): boolean {
  try {
    for (const { op, args } of steps) operations[op]!.py(args) + operations[op]!.js(args);
    return true;
  } catch {
    return false;
  }
}

/** The chain without one step and all that builds on it. */
function shorter({ seed, steps }: Chain): Chain[] {
  const chains: Chain[] = [];
  for (let k = steps.length - 1; k >= 0; k--) {
    const gone = new Set(steps[k]!.out);
    const rest = steps.filter((step, j) => {
      if (j === k) return false;
      if (!uses(step).some((id) => gone.has(id))) return true;
      for (const id of step.out) gone.add(id);
      return false;
    });
    if (rest.length > 0) chains.push({ seed, steps: rest });
    chains.push(...spliced({ seed, steps }, k));
  }
  return chains;
}

/** The chain without one step, what it made replaced by what it was made of. */
function spliced({ seed, steps }: Chain, k: number): Chain[] {
  const { args, out } = steps[k]!;
  if (typeof args.a !== "number" || out.length === 0) return [];
  const renamed = steps
    .filter((_, j) => j !== k)
    .map((step) => ({ ...step, args: rename(step.args, out, args.a as number) as Args }));
  return [{ seed, steps: renamed }];
}

function rename(args: Args, from: readonly number[], to: number): Args {
  const changed: Args = { ...args };
  for (const key of ["a", "b", "m"]) if (from.includes(changed[key])) changed[key] = to;
  if (changed.v?.r !== undefined && from.includes(changed.v.r)) changed.v = { r: to };
  return changed;
}

/** Chains with one argument of one step made simpler. */
function simpler({ seed, steps }: Chain): Chain[] {
  return steps.flatMap((step, k) =>
    Object.entries(step.args).flatMap(([key, value]) => {
      if (["a", "b", "m", "op", "hex"].includes(key)) return [];
      const values = [
        ...(value === undefined ? [] : optional.has(key) ? [undefined] : []),
        ...simpler1(value),
      ];
      return values.map((other) => {
        const changed: Step = { ...step, args: { ...step.args, [key]: other } };
        return { seed, steps: steps.map((old, j) => (j === k ? changed : old)) };
      });
    }),
  );
}

const optional = new Set(["order", "copy", "dtype", "axis", "axes", "separator", "prefix"]);

function simpler1(value: unknown): unknown[] {
  if (typeof value === "number")
    return [0, 1, Math.trunc(value / 2)].filter(
      (other) => other !== value && Math.abs(other) <= Math.abs(value),
    );
  if (typeof value === "string" && /:/.test(value))
    return value === ":" ? [] : [":", "::-1"].filter((other) => other.length < value.length);
  if (!Array.isArray(value)) return [];
  const without = value.map((_, k) => value.filter((__, j) => j !== k));
  const halved = value.length > 3 ? [value.slice(0, value.length >> 1)] : [];
  const inside = value.flatMap((part, k) =>
    simpler1(part).map((other) => value.map((old, j) => (j === k ? other : old))),
  );
  // Nested lists stay rectangular when every part of them loses the same.
  const columns =
    value.every(Array.isArray) && value.length > 0 ? [value.map((row) => row.slice(0, -1))] : [];
  return [...halved, ...without, ...columns, ...inside];
}
