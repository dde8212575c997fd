/**
 * The loop around a body in stages. A hundred instructions that wait for one another hold a processor up: there is room for
 * one or two turns of such a loop among those that wait, and so little else can go on meanwhile. Cut in two or three, each
 * stage is a loop of its own over a block of 32 vectors, short enough that many of its turns are under way at once. What one
 * stage leaves for the next lies in the first cache.
 *
 * The stages also say which elements they are not made for: zeros, infinities, NaN and what else is rare. A block with any
 * is left to another body, which takes everything. The two must give the same where both may be asked, bit for bit.
 */

import { type Expr, Fn, i32, type Local, op, select } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { region } from "../../wasm/memory.ts";
import { Doubles } from "./doubles.ts";
import { Floats, twinOf, type Vector } from "./floats.ts";
import { type Kernels, kernels, noLoop } from "./lanes.ts";

/**
 * What a stage leaves for the next; a mask says in which lanes the body holds, if it may not. Stages may say as
 * well, by signs alone, where the result is to be mended.
 */
export interface Kept {
  readonly keep: readonly Expr[];
  readonly calm?: Expr;
  readonly rough?: Expr;
}

/** A body that gives what it keeps after each stage, gets it back in the next, and ends with the result. */
export type Stages = Generator<Kept, Expr, readonly Vector[]>;

/** Vectors of a block, and how many of them may be kept for each vector of a result. */
const VECTORS = 32;
const ROW = 16 * VECTORS;
const ROWS = 8;

/** Where stages keep what they leave, and where the last elements are put when they do not fill a vector. */
let kept = 0;

/** How operands become vectors of a body, and its results elements. */
export interface Format<V extends Floats> {
  /** Bytes of an element, and of those that make a vector. */
  readonly width: 8 | 4;
  readonly size: 16 | 8;
  readonly on: (fn: Fn) => V;
  readonly load: (fn: Fn, address: Expr, offset: number) => Expr;
  readonly store: (fn: Fn, address: Expr, y: Expr, offset: number) => void;
}

const whole = {
  load: (fn: Fn, address: Expr, offset: number) => fn.load("v128.load", address, offset),
  store: (fn: Fn, address: Expr, y: Expr, offset: number) => fn.store("v128.store", address, y, offset),
};

/** Float64 as they are. */
export const doubles: Format<Doubles> = { width: 8, size: 16, on: (fn) => new Doubles(fn), ...whole };

/** Float32 as they are. */
export const singles: Format<Floats> = { width: 4, size: 16, on: (fn) => new Floats(fn, "f32x4"), ...whole };

/** Float32 widened to float64, and rounded at the end. */
export const widened: Format<Doubles> = {
  width: 4,
  size: 8,
  on: (fn) => new Doubles(fn),
  load: (fn, address, offset) => op("f64x2.promote_low_f32x4", fn.load("v128.load64_zero", address, offset)),
  store: (fn, address, y, offset) => fn.storeLane(8, address, op("f32x4.demote_f64x2_zero", y), 0, offset),
};

/** The stages of a body, and what takes any element where stages do not. */
export interface Staged<V extends Floats> {
  /** Behind the operands comes, if there is something to mend, whether there is in this block, as far as stages told. */
  readonly stages: (v: V, ...xs: Vector[]) => Stages;
  readonly anywhere?: (v: V, ...xs: Expr[]) => Expr;
  /**
   * Puts right what stages give that hold everywhere, and is given the operands as well, in blocks that are rough
   * somewhere.
   */
  readonly mend?: (v: V, y: Expr, ...xs: Expr[]) => Expr;
  /** How many vectors a turn takes, 2 if not said: one makes the module half as long. */
  readonly ways?: 1 | 2;
  /** Whether the vectors of a block with something rare are looked at one by one; else all are left to `anywhere`. */
  readonly single?: true;
}

/** A kernel of `inputs` operands and one result around a body in stages. */
export function stagedLoop<V extends Floats>(inputs: number, format: Format<V>, body: Staged<V>): Kernel {
  const { width, size } = format;
  const step = (body.ways ?? 2) * size;
  return new Kernel(() => {
    const fn = new Fn(new Array(2 + inputs).fill("i32"));
    if (kept === 0) kept = region(ROWS * ROW + 64);
    const from = fn.params.slice(1, 1 + inputs);
    const to = fn.params[1 + inputs]!;
    const left = fn.let(op("i32.mul", fn.params[0]!, i32(width)));
    const odd = fn.let(op("i32.and", left, i32(step - 1)));
    fn.while(
      () => left,
      () => {
        const last = fn.let(op("i32.lt_s", left, i32(step)));
        const even = fn.let(op("i32.sub", left, odd));
        const most = i32(VECTORS * size);
        const end = fn.let(select(last, i32(step), select(op("i32.lt_s", even, most), even, most)));
        const place = fn.let(select(last, i32(kept + ROWS * ROW), to));
        // Where the last elements fill no more than one vector, it stands for both: nothing is read far behind the end.
        const next = fn.let(select(op("i32.le_s", left, i32(size)), i32(0), i32(size)));
        block(fn, format, body, { from, next, end, step, to: place });
        for (const pointer of [...from, to]) fn.set(pointer, op("i32.add", pointer, end));
        fn.set(left, select(last, i32(0), op("i32.sub", left, end)));
      },
    );
    fn.if(odd, () => fn.copy(op("i32.sub", to, i32(step)), i32(kept + ROWS * ROW), odd));
    return fn;
  });
}

/** Where a block is read and written; `next` is how far the second vector of each turn lies behind the first. */
interface Block {
  readonly from: readonly Expr[];
  readonly next: Expr;
  readonly end: Expr;
  /** Bytes of a turn. */
  readonly step: number;
  readonly to: Expr;
}

function block<V extends Floats>(fn: Fn, format: Format<V>, body: Staged<V>, place: Block): void {
  const { size, on, load, store } = format;
  const { from, next, end, step: bytes, to } = place;
  const { anywhere, mend } = body;
  const twins = bytes > size;
  const v = on(fn);
  const calm = fn.let(i32(1));
  const rough = mend === undefined ? null : fn.let(i32(0));
  // What is to be mended waits among what is kept, as the result may lie where the operands do.
  const waiting = i32(kept + (ROWS - 1) * ROW);
  const target = rough === null ? to : fn.let(to);
  let running: Stages | undefined;
  const turn = (stage: (at: Expr) => IteratorResult<Kept, Expr>) => {
    const step = stageLoop(v, end, bytes, { calm, rough }, stage);
    if (step.done !== true && step.value.rough !== undefined) {
      fn.set(target as Local, select(rough!, waiting, to));
    }
    return step;
  };
  const first = (at: Expr) => {
    const xs = from.map((pointer) => operand(fn, format, op("i32.add", pointer, at), twins ? next : null));
    running = body.stages(v, ...xs, ...(rough === null ? [] : [rough]));
    return leave(fn, size, at, running.next([]), []);
  };
  const following = (count: number) => (at: Expr) => {
    const given = found(fn, size, at, count, twins);
    const step = leave(fn, size, at, running!.next(given), given);
    if (step.done !== true) return step;
    const y = step.value;
    const address = fn.let(op("i32.add", target, at));
    store(fn, address, y, 0);
    if (twins) store(fn, address, twinOf(y)!, size);
    return step;
  };
  const go = (stage: (at: Expr) => IteratorResult<Kept, Expr>) =>
    fn.if(calm, () => {
      let step = turn(stage);
      while (step.done !== true) {
        const { keep, calm: asked } = step.value;
        if (asked !== undefined) return go(following(keep.length));
        step = turn(following(keep.length));
      }
    });
  go(first);
  if (mend !== undefined) {
    const left = (at: Expr) => fn.let(load(fn, op("i32.add", waiting, at), 0));
    fn.if(rough!, () => singly(fn, format, place, (at, ...xs) => mend(v, left(at), ...xs)));
  }
  if (anywhere === undefined) return;
  const whole = (_: Expr, ...xs: readonly Local[]) => {
    const calmly = body.single === undefined ? null : together(fn, body.stages(v, ...xs));
    if (calmly === null) return anywhere(v, ...xs);
    const rare = op("i32.eqz", op("i8x16.all_true", calmly.calm));
    fn.if(rare, () => fn.set(calmly.y, anywhere(v, ...xs)));
    return calmly.y;
  };
  fn.if(op("i32.eqz", calm), () => singly(fn, format, place, whole));
}

/** A vector of an operand, and the one `next` bytes behind it. */
function operand<V extends Floats>(fn: Fn, format: Format<V>, from: Expr, next: Expr | null): Vector {
  const address = fn.let(from);
  const x = fn.let(format.load(fn, address, 0));
  const first = format.size === 16 ? { ...x, stored: { address, offset: 0 } } : x;
  return next === null ? first : { ...first, twin: operand(fn, format, op("i32.add", from, next), null) };
}

/** Computes the results of a block one vector after the other, as far as there are elements. */
function singly<V extends Floats>(
  fn: Fn,
  { size, load, store }: Format<V>,
  { from, next, end, to }: Block,
  result: (at: Expr, ...xs: Local[]) => Expr,
): void {
  const stop = fn.let(select(next, end, i32(size)));
  const one = (at: Expr) => {
    const xs = from.map((pointer) => fn.let(load(fn, op("i32.add", pointer, at), 0)));
    store(fn, op("i32.add", to, at), result(at, ...xs), 0);
  };
  fn.count(stop, size, (at) => fn.part(() => one(at)));
}

/** Stages one after the other on the same vectors, and where they hold. */
function together(fn: Fn, stages: Stages): { y: Local; calm: Expr } {
  let calm: Expr = fn.constant("i32x4", -1);
  for (let given: readonly Vector[] = []; ; ) {
    const { done, value } = stages.next(given);
    if (done === true) return { y: fn.let(value), calm };
    if (value.calm !== undefined) calm = value.calm;
    given = value.keep as readonly Vector[];
  }
}

/** What is known of a block: `calm` becomes 0 when a stage meets what the body is not made for. */
interface Found {
  readonly calm: Local;
  readonly rough: Local | null;
}

/** One stage over a block. */
function stageLoop(
  v: Floats,
  end: Expr,
  bytes: number,
  { calm, rough }: Found,
  stage: (at: Expr) => IteratorResult<Kept, Expr>,
): IteratorResult<Kept, Expr> {
  const { fn } = v;
  const all = fn.let(fn.constant("i32x4", -1));
  const any = rough === null ? null : fn.let(fn.constant("i32x4", 0));
  let step: IteratorResult<Kept, Expr> | undefined;
  const turn = (at: Expr) => {
    step = stage(at);
    if (step.done === true) return;
    const { calm: asked, rough: told } = step.value;
    if (asked !== undefined) fn.set(all, op("v128.and", all, both("v128.and", asked)));
    if (told !== undefined) fn.set(any!, op("v128.or", any!, both("v128.or", told)));
  };
  fn.count(end, bytes, (at) => fn.part(() => turn(at)));
  const { done, value } = step!;
  if (done === true) return step!;
  if (value.calm !== undefined) fn.set(calm, op("i8x16.all_true", all));
  if (value.rough !== undefined) fn.set(rough!, op("i32.or", rough!, v.any(any!)));
  return step!;
}

/** A vector and its twin, if there is one, as one. */
function both(name: "v128.and" | "v128.or", x: Expr): Expr {
  const twin = twinOf(x);
  return twin === undefined ? x : op(name, x, twin);
}

/** The address of what is kept at place `at` of a block. */
function rowAddress(fn: Fn, size: number, at: Expr): Expr {
  return size === 16 ? at : fn.let(op("i32.shl", at, i32(1)));
}

/** Stores what a stage leaves, but for what lies there already. */
function leave(
  fn: Fn,
  size: number,
  at: Expr,
  step: IteratorResult<Kept, Expr>,
  given: readonly Vector[],
): IteratorResult<Kept, Expr> {
  if (step.done === true) return step;
  const address = rowAddress(fn, size, at);
  step.value.keep.forEach((x, k) => {
    if (x === given[k]) return;
    fn.store("v128.store", address, x, kept + k * ROW);
    const twin = twinOf(x);
    if (twin !== undefined) fn.store("v128.store", address, twin, kept + k * ROW + 16);
  });
  return step;
}

/** What a stage finds. */
function found(fn: Fn, size: number, at: Expr, count: number, twins: boolean): Vector[] {
  const address = rowAddress(fn, size, at);
  const read = (offset: number) => ({
    ...fn.let(fn.load("v128.load", address, offset)),
    stored: { address, offset },
  });
  return Array.from({ length: count }, (_, k) => ({
    ...read(kept + k * ROW),
    ...(twins ? { twin: read(kept + k * ROW + 16) } : {}),
  }));
}

/** The kernels of a ufunc of reals: for float64 in stages, for float32 and float16 as `single` has them. */
export function stagedKernels(double: Staged<Doubles>, single: Kernel, inputs = 1): Kernels {
  return kernels((x, loop) => {
    if (x.kind !== "f") return noLoop(loop);
    return x.bytes === 8 ? stagedLoop(inputs, doubles, double) : single;
  });
}

/** The same for a body of one operand that serves both formats. */
export function stagedKernelsOfBoth(body: Staged<Floats>): Kernels {
  return stagedKernels(body, stagedLoop(1, singles, body));
}
