/**
 * Draws random chains. A chain is run on ndview while it is drawn, so that the arguments of a step fit the arrays that
 * there are; now and then they are drawn so that they do not fit.
 */

import type { NDArray } from "../../src/array/ndarray.ts";
import { Dice } from "../layout/model.ts";
import { calculating } from "./arithmetic.ts";
import type { Answer, Args, Chain, Step, StepAnswer } from "./chain.ts";
import { copying } from "./draw-copies.ts";
import { creating } from "./draw-creation.ts";
import { viewing } from "./draw-views.ts";
import { asking, writing } from "./draw-writes.ts";
import { gathering } from "./indexing.ts";
import { Session } from "./session.ts";

/** What draws the arguments of one operation for an array, or null where it has none for it. */
export type Draw = (draw: Drawing, a: NDArray, id: number) => Args | null;

/** A chain while it is drawn. */
export class Drawing {
  readonly dice: Dice;
  readonly session = new Session();
  readonly steps: Step[] = [];
  readonly answers: StepAnswer[] = [];
  #next = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  get ids(): number[] {
    return [...this.session.arrays.keys()];
  }

  array(id: number): NDArray {
    return this.session.arrays.get(id)!;
  }

  /** One of the arrays, rather a late one. */
  pick(): number {
    const { ids } = this;
    return this.dice.chance(0.6) ? ids.at(-1)! : this.dice.pick(ids);
  }

  /** An axis of an array; sometimes negative, seldom one that there is not. */
  axis(ndim: number): number {
    if (this.wrong()) return this.dice.pick([ndim, -ndim - 1, 7]);
    return ndim === 0 ? 0 : this.dice.int(-ndim, ndim - 1);
  }

  /** Whether to draw something wrong this time. */
  wrong(): boolean {
    return this.dice.chance(0.02);
  }

  take(op: string, args: Args): boolean {
    const step = { op, args, out: [] as number[] };
    const answer = this.session.run(step, () => {
      step.out.push(this.#next);
      return this.#next++;
    });
    this.steps.push(step);
    this.answers.push(answer);
    return answer.error === undefined;
  }
}

const families: readonly (readonly [weight: number, draws: Readonly<Record<string, Draw>>])[] = [
  [55, viewing],
  [13, copying],
  [20, writing],
  [25, calculating],
  [18, gathering],
  [12, asking],
];

/** The most arrays in a chain: every pair of them is compared. */
const MAX_ARRAYS = 9;

export function drawChain(seed: number): { chain: Chain; answer: Answer } {
  const drawing = new Drawing(seed);
  const { dice } = drawing;
  start(drawing);
  const length = dice.int(1, 8);
  for (let tries = 0; drawing.steps.length <= length && tries < 60; tries++) {
    if (drawing.ids.length === 0 || (dice.chance(0.05) && drawing.ids.length < MAX_ARRAYS)) start(drawing);
    else oneStep(drawing);
    if (drawing.ids.length >= MAX_ARRAYS) break;
  }
  const chain = { seed, steps: drawing.steps };
  return { chain, answer: { steps: drawing.answers, end: drawing.session.end() } };
}

function start(drawing: Drawing): void {
  const name = drawing.dice.chance(0.5) ? "array" : drawing.dice.pick(Object.keys(creating));
  const args = creating[name]!(drawing);
  if (args !== null) drawing.take(name, args);
}

function oneStep(drawing: Drawing): void {
  const { dice } = drawing;
  let roll = dice.int(
    1,
    families.reduce((sum, [weight]) => sum + weight, 0),
  );
  const [, draws] = families.find(([weight]) => (roll -= weight) <= 0)!;
  const name = dice.pick(Object.keys(draws));
  const id = drawing.pick();
  const args = draws[name]!(drawing, drawing.array(id), id);
  if (args !== null) drawing.take(name, { a: id, ...args });
}
