/**
 * In which order `einsum` contracts several operands: paths that cost little, by NumPy's rules of cost, so that paths are
 * those that NumPy finds.
 *
 * A path is a list of steps; each names the operands that are contracted, by their positions in the list of those that are
 * left, to whose end the result is put. What a contraction costs is the product of the lengths of all its letters, times
 * the operands less one, and once more when something is summed. "optimal" tries all paths, "greedy" takes at each step the
 * pair that shrinks most and then costs least; intermediate results may not have more elements than a limit. The ideas
 * are those of opt_einsum (D. G. A. Smith and J. Gray, 2018).
 */

import { IndexError, textOf, ValueError } from "../errors.ts";
import type { Equation } from "./einsum-parse.ts";

/** The steps of a contraction. */
export type EinsumSteps = readonly (readonly number[])[];

/** A path as `einsumPath` gives it and `optimize` takes it. */
export type EinsumPath = readonly ["einsum_path", ...(readonly number[])[]];

/** How to order contractions. */
export type Optimize =
  | boolean
  | "greedy"
  | "optimal"
  | readonly ["greedy" | "optimal", number]
  | EinsumPath
  | null;

/** What is contracted with what, and what it costs. */
export interface Contraction {
  /** The positions of the operands, the largest first. */
  readonly positions: readonly number[];
  readonly inputs: readonly string[];
  readonly output: string;
  /** What is left afterwards. */
  readonly remaining: readonly string[];
  readonly cost: number;
  /** The number of letters that take part. */
  readonly scale: number;
  readonly size: number;
}

/** The letters of an equation as bits. */
class Letters {
  readonly sizes: number[];
  private readonly bits = new Map<string, bigint>();

  constructor(sizes: ReadonlyMap<string, number>) {
    this.sizes = [...sizes.values()];
    for (const letter of sizes.keys()) this.bits.set(letter, 1n << BigInt(this.bits.size));
  }

  mask(term: string): bigint {
    let mask = 0n;
    for (const letter of term) mask |= this.bits.get(letter)!;
    return mask;
  }

  /** The product of the lengths. */
  size(mask: bigint): number {
    let size = 1;
    for (let k = 0, rest = mask; rest !== 0n; k++, rest >>= 1n) if (rest & 1n) size *= this.sizes[k]!;
    return size;
  }

  cost(all: bigint, isInner: boolean, operands: number): number {
    return this.size(all) * (Math.max(1, operands - 1) + (isInner ? 1 : 0));
  }
}

interface Merged {
  /** The letters of the result, and those that take part. */
  readonly result: bigint;
  readonly all: bigint;
  /** The operands that are left, the result last. */
  readonly left: bigint[];
}

function merge(positions: readonly number[], terms: readonly bigint[], output: bigint): Merged {
  let all = 0n;
  let kept = output;
  const left: bigint[] = [];
  for (const [k, term] of terms.entries()) {
    if (positions.includes(k)) all |= term;
    else {
      left.push(term);
      kept |= term;
    }
  }
  left.push(kept & all);
  return { result: kept & all, all, left };
}

function everything(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/** Pairs that a search may look at: paths of nine operands are fewer, those of many more would take years. */
const MOST_PAIRS = 1e6;

/**
 * Goes through all paths, depth first; of equal costs the first one is taken. What costs too much already is left, and
 * what was come to before at no greater cost. When there are too many paths, it is the best of those that were met.
 */
function optimalPath(terms: readonly bigint[], output: bigint, letters: Letters, limit: number): number[][] {
  let best: { steps: number[][]; cost: number } | null = null;
  let pairs = 0;
  /** The least cost at which each way to split the operands into groups was come to. */
  const known = new Map<string, number>();
  // Where no path leads to the end within the limit: the longest one, the cheapest of these.
  let stuck: { steps: number[][]; cost: number } = { steps: [], cost: 0 };
  const search = (
    left: readonly bigint[],
    groups: readonly bigint[],
    steps: number[][],
    cost: number,
  ): void => {
    if (left.length === 1) {
      if (best === null || cost < best.cost) best = { steps, cost };
      return;
    }
    const key = [...groups].sort((a, b) => (a < b ? -1 : 1)).join();
    if (cost >= (known.get(key) ?? Infinity)) return;
    known.set(key, cost);
    const longer = steps.length > stuck.steps.length;
    if (longer || (steps.length === stuck.steps.length && cost < stuck.cost)) stuck = { steps, cost };
    for (let i = 0; i < left.length; i++) {
      for (let j = i + 1; j < left.length; j++) {
        if (++pairs > MOST_PAIRS && best !== null) return;
        const { result, all, left: next } = merge([i, j], left, output);
        if (letters.size(result) > limit) continue;
        const total = cost + letters.cost(all, all !== result, 2);
        const joined = groups.filter((_, k) => k !== i && k !== j).concat(groups[i]! | groups[j]!);
        if (best === null || total < best.cost) search(next, joined, [...steps, [i, j]], total);
      }
    }
  };
  search(
    terms,
    terms.map((_, k) => 1n << BigInt(k)),
    [],
    0,
  );
  const found = best as { steps: number[][] } | null;
  return found?.steps ?? [...stuck.steps, everything(terms.length - stuck.steps.length)];
}

/** A pair that may be contracted next. */
interface Candidate {
  readonly pair: readonly [number, number];
  /** What is gained, negative, and what it costs: smaller is better, in this order. */
  readonly gain: number;
  readonly cost: number;
}

function greedyPath(given: readonly bigint[], output: bigint, letters: Letters, limit: number): number[][] {
  let terms: readonly bigint[] = given;
  const { all, result } = merge(everything(terms.length), terms, output);
  const naive = letters.cost(all, all !== result, terms.length);
  const path: number[][] = [];
  let spent = 0;
  let known: Candidate[] = [];
  let pairs = allPairs(terms.length);
  const consider = (pair: readonly [number, number]) => {
    const candidate = candidateOf(pair, terms, output, letters, limit);
    if (candidate !== null && spent + candidate.cost <= naive) known.push(candidate);
  };
  for (let step = 1; step < given.length; step++) {
    // Outer products only when there is nothing else.
    for (const pair of pairs) if ((terms[pair[0]]! & terms[pair[1]]!) !== 0n) consider(pair);
    if (known.length === 0) for (const pair of allPairs(terms.length)) consider(pair);
    if (known.length === 0) return [...path, everything(terms.length)];
    const best = known.reduce((a, b) => (b.gain < a.gain || (b.gain === a.gain && b.cost < a.cost) ? b : a));
    known = known.filter(({ pair }) => !meets(pair, best.pair)).map((one) => moved(one, best.pair));
    terms = merge(best.pair, terms, output).left;
    const last = terms.length - 1;
    pairs = Array.from({ length: last }, (_, k) => [k, last] as const);
    path.push([...best.pair]);
    spent += best.cost;
  }
  return path;
}

function allPairs(count: number): (readonly [number, number])[] {
  return everything(count).flatMap((i) =>
    everything(count)
      .slice(i + 1)
      .map((j) => [i, j] as const),
  );
}

function candidateOf(
  pair: readonly [number, number],
  terms: readonly bigint[],
  output: bigint,
  letters: Letters,
  limit: number,
): Candidate | null {
  const { result, all } = merge(pair, terms, output);
  const size = letters.size(result);
  if (size > limit) return null;
  const gain = size - letters.size(terms[pair[0]]!) - letters.size(terms[pair[1]]!);
  return { pair, gain, cost: letters.cost(all, all !== result, 2) };
}

function meets([x, y]: readonly [number, number], [p, q]: readonly [number, number]): boolean {
  return x === p || x === q || y === p || y === q;
}

/** The same pair after another one was taken away. */
function moved({ pair, gain, cost }: Candidate, [p, q]: readonly [number, number]): Candidate {
  const shift = (x: number) => x - (x > p ? 1 : 0) - (x > q ? 1 : 0);
  return { pair: [shift(pair[0]), shift(pair[1])], gain, cost };
}

/** The path that `optimize` asks for. */
export function pathOf({ inputs, output, sizes }: Equation, optimize: Optimize, caller: string): EinsumSteps {
  if (Array.isArray(optimize) && optimize[0] === "einsum_path") {
    return checkedPath((optimize as readonly unknown[]).slice(1), inputs.length, caller);
  }
  const [kind, limit] = kindOf(optimize, caller);
  const letters = new Letters(sizes);
  const terms = inputs.map((term) => letters.mask(term));
  const wanted = letters.mask(output);
  const nothingToDo = terms.length < 3 || terms.reduce((a, b) => a | b, 0n) === wanted;
  if (kind === false || nothingToDo) return [everything(terms.length)];
  const most = limit ?? Math.max(...[...inputs, output].map((term) => sizeOfTerm(term, sizes)));
  return (kind === "greedy" ? greedyPath : optimalPath)(terms, wanted, letters, most);
}

function sizeOfTerm(term: string, sizes: ReadonlyMap<string, number>): number {
  return [...term].reduce((size, letter) => size * sizes.get(letter)!, 1);
}

function kindOf(optimize: Optimize, caller: string): [false | "greedy" | "optimal", number | null] {
  if (optimize === false || optimize === null) return [false, null];
  if (optimize === true) return ["greedy", null];
  if (optimize === "greedy" || optimize === "optimal") return [optimize, null];
  if (Array.isArray(optimize) && optimize.length === 2) {
    const [kind, limit] = optimize as readonly unknown[];
    if ((kind === "greedy" || kind === "optimal") && typeof limit === "number")
      return [kind, Math.trunc(limit)];
  }
  throw new ValueError(
    `${caller}: optimize ${textOf(optimize)} is none of true, false, "greedy", "optimal", one of these with a limit, and a path of einsumPath`,
  );
}

function checkedPath(path: readonly unknown[], count: number, caller: string): EinsumSteps {
  let left = count;
  for (const step of path) {
    if (!Array.isArray(step)) throw new ValueError(`${caller}: step ${textOf(step)} of the path is no list`);
    for (const [k, at] of step.entries()) {
      if (!Number.isInteger(at) || at < 0 || at >= left) {
        throw new IndexError(`${caller}: the path names operand ${textOf(at)} where ${left} are left`);
      }
      if (step.indexOf(at) !== k)
        throw new ValueError(`${caller}: the path names operand ${at} twice in a step`);
    }
    left += 1 - step.length;
  }
  if (left !== 1) {
    throw new ValueError(`${caller}: the path leaves ${left} operands; its last step must leave one`);
  }
  return path as EinsumSteps;
}

/** The contractions of a path, one by one. */
export function contractionsOf({ inputs, output, sizes }: Equation, path: EinsumSteps): Contraction[] {
  const letters = new Letters(sizes);
  let left = [...inputs];
  const wanted = letters.mask(output);
  return path.map((step, n) => {
    const positions = [...step].sort((a, b) => b - a);
    const { all, result } = merge(
      positions,
      left.map((term) => letters.mask(term)),
      wanted,
    );
    const taken = positions.map((k) => left[k]!);
    const kept = [...sizes.keys()].filter((letter) => (letters.mask(letter) & result) !== 0n);
    const made = n === path.length - 1 ? output : kept.sort(bySize(sizes)).join("");
    left = [...left.filter((_, k) => !positions.includes(k)), made];
    const cost = letters.cost(all, all !== result, positions.length);
    const scale = all.toString(2).replaceAll("0", "").length;
    return {
      positions,
      inputs: taken,
      output: made,
      remaining: left,
      cost,
      scale,
      size: letters.size(result),
    };
  });
}

/** Intermediate results have their shortest axes first. */
function bySize(sizes: ReadonlyMap<string, number>): (a: string, b: string) => number {
  return (a, b) => sizes.get(a)! - sizes.get(b)! || (a < b ? -1 : 1);
}
