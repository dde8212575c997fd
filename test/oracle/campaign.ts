/** Draws chains, asks both sides, and gathers what differs. */

import { type Counts, compare, newCounts } from "./compare.ts";
import { drawChain } from "./generate.ts";
import type { NumPy } from "./numpy.ts";
import { type Shrunk, shrink } from "./shrink.ts";

/** Chains in one message: pipes do not count then. */
const BATCH = 50;

export interface Campaign {
  readonly counts: Counts;
  /** One of each kind of difference, shrunk. */
  readonly found: readonly Shrunk[];
  readonly seconds: number;
}

export interface Plan {
  readonly seed: number;
  /** Whether to go on, asked before each batch. */
  readonly more: (counts: Counts) => boolean;
  /** How many kinds of difference are enough. */
  readonly kinds?: number;
}

export async function campaign(numpy: NumPy, { seed, more, kinds = 8 }: Plan): Promise<Campaign> {
  const begin = performance.now();
  const counts = newCounts();
  const found = new Map<string, Shrunk>();
  const check = async ({ drawn, answers }: Batch): Promise<void> => {
    const numpys = await answers;
    for (const [k, { chain, answer }] of drawn.entries()) {
      const difference = compare(chain, answer, numpys[k]!, counts);
      if (difference === null || found.has(difference.what)) continue;
      found.set(difference.what, { chain, difference });
    }
  };
  // NumPy works on one batch while the next is drawn.
  let next = seed;
  let waiting: Batch | null = null;
  while (more(counts) && found.size < kinds) {
    const batch = draw(numpy, next);
    next += BATCH;
    if (waiting !== null) await check(waiting);
    waiting = batch;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (waiting !== null) await check(waiting);
  const shrunk: Shrunk[] = [];
  for (const each of found.values()) shrunk.push(await shrink(numpy, each));
  return { counts, found: shrunk, seconds: (performance.now() - begin) / 1000 };
}

interface Batch {
  readonly drawn: readonly ReturnType<typeof drawChain>[];
  readonly answers: ReturnType<NumPy["ask"]>;
}

function draw(numpy: NumPy, seed: number): Batch {
  const drawn = Array.from({ length: BATCH }, (_, k) => drawChain(seed + k));
  return { drawn, answers: numpy.ask(drawn.map(({ chain }) => chain)) };
}
