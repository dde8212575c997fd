/**
 * The loops of reductions whose order is free, or that go element by element.
 *
 * Two shapes of work: *lines*, `(m, n, in, acc)`, where each of m dense lines of n elements goes into one element of
 * `acc`; and *columns*, `(m, rows, n, in, acc)`, where in each of m blocks the rows go one after the other into n
 * elements of `acc`. What is in `acc` takes part, as the first operand. Nothing past the end is written; up to 15 bytes
 * past the end of the input may be read.
 */

import { type Expr, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { laneBytes, loadLane, type MemoryLane, storeLane } from "../../wasm/map.ts";
import { region } from "../../wasm/memory.ts";
import type { Combine } from "./reduce-combine.ts";

let spare = 0;

/** 64 bytes in which a vector is taken apart. */
export function sparePlace(): number {
  if (spare === 0) spare = region(64);
  return spare;
}

/** Runs `body` for `at` from `at` up to `end` in steps. */
export function upTo(fn: Fn, at: Local, end: Expr, step: Expr | number, body: () => void): void {
  fn.while(
    () => op("i32.lt_u", at, end),
    () => {
      body();
      fn.set(at, fn.add(at, step));
    },
  );
}

/** Four states at once, so that one addition need not wait for the other. */
function fourStates(fn: Fn, combine: Combine): Local[][] {
  return Array.from({ length: 4 }, () => combine.start(fn).map((one) => fn.let(one)));
}

function advance(fn: Fn, combine: Combine, state: readonly Local[], x: Expr): void {
  const kept = fn.let(x);
  const next = combine.vector(fn, state, kept).map((one) => fn.let(one));
  state.forEach((local, k) => {
    fn.set(local, next[k]!);
  });
}

/** Lines in any order: four vectors at a time, then one, then what is left element by element. */
export function freeLines(combine: Combine): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32"]);
    const [m, n, from, acc] = fn.params as [Local, Local, Local, Local];
    const { lane } = combine;
    const width = laneBytes(lane);
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const at = fn.let(from);
    const end = fn.local("i32");
    const big = fn.local("i32");
    const vectors = fn.local("i32");
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", m, i32(width))));
    upTo(fn, to, last, width, () => {
      fn.set(end, op("i32.add", at, bytes));
      const value = fn.let(loadLane(fn, lane, to));
      fn.if(op("i32.ge_u", bytes, i32(16)), () => {
        const states = fourStates(fn, combine);
        fn.set(big, op("i32.add", at, op("i32.and", bytes, i32(-64))));
        fn.set(vectors, op("i32.add", at, op("i32.and", bytes, i32(-16))));
        upTo(fn, at, big, 64, () => {
          states.forEach((state, k) => {
            advance(fn, combine, state, fn.load("v128.load", at, 16 * k));
          });
        });
        upTo(fn, at, vectors, 16, () => advance(fn, combine, states[0]!, fn.load("v128.load", at)));
        const whole = fn.let(combine.finish(states[0]!));
        for (const state of states.slice(1)) {
          // What was seen of NaN is in the finished vectors and stays in what they become.
          const [, ...others] = combine.start(fn);
          const joined = combine.vector(fn, [whole, ...others], fn.let(combine.finish(state)));
          fn.set(whole, combine.finish(joined));
        }
        fn.store("v128.store", i32(sparePlace()), whole);
        for (let k = 0; k < 16; k += width) {
          fn.set(value, combine.scalar(fn, value, loadLane(fn, lane, i32(sparePlace()), k)));
        }
      });
      upTo(fn, at, end, width, () => fn.set(value, combine.scalar(fn, value, loadLane(fn, lane, at))));
      storeLane(fn, lane, to, value);
    });
    return fn;
  });
}

/** Lines element by element, as NumPy multiplies floats. */
export function sequentialLines(combine: Combine): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32"]);
    const [m, n, from, acc] = fn.params as [Local, Local, Local, Local];
    const { lane } = combine;
    const width = laneBytes(lane);
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const at = fn.let(from);
    const end = fn.local("i32");
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", m, i32(width))));
    upTo(fn, to, last, width, () => {
      fn.set(end, op("i32.add", at, bytes));
      const value = fn.let(loadLane(fn, lane, to));
      upTo(fn, at, end, width, () => fn.set(value, combine.scalar(fn, value, loadLane(fn, lane, at))));
      storeLane(fn, lane, to, value);
    });
    return fn;
  });
}

/** What is done to a vector of results after each row: rounding, for float16. */
export type AfterRow = (fn: Fn, x: Expr) => Expr;

/** Columns, row after row. The tail of a row that fills no vector goes as a vector too, and only its bytes are stored. */
export function columns(combine: Combine, after: AfterRow | null = null): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, rows, n, from, acc] = fn.params as [Local, Local, Local, Local, Local];
    const bytes = fn.let(op("i32.mul", n, i32(laneBytes(combine.lane))));
    const height = fn.let(op("i32.mul", bytes, rows));
    const block = fn.let(from);
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", bytes, m)));
    const column = fn.local("i32");
    const at = fn.local("i32");
    const end = fn.local("i32");
    const run = (count: number, store: (values: readonly Expr[]) => void) => {
      const states = Array.from({ length: count }, (_, k) =>
        firstState(fn, combine, op("i32.add", to, column), k),
      );
      fn.set(at, op("i32.add", block, column));
      fn.set(end, op("i32.add", at, height));
      upTo(fn, at, end, bytes, () => {
        states.forEach((state, k) => {
          advance(fn, combine, state, fn.load("v128.load", at, 16 * k));
          if (after !== null) fn.set(state[0]!, after(fn, state[0]!));
        });
      });
      store(states.map((state) => combine.finish(state)));
    };
    const four = fn.let(op("i32.and", bytes, i32(-64)));
    const whole = fn.let(op("i32.and", bytes, i32(-16)));
    const storeAll = (values: readonly Expr[]) =>
      values.forEach((value, k) => {
        fn.store("v128.store", op("i32.add", to, column), value, 16 * k);
      });
    upTo(fn, to, last, bytes, () => {
      fn.set(column, i32(0));
      upTo(fn, column, four, 64, () => run(4, storeAll));
      upTo(fn, column, whole, 16, () => run(1, storeAll));
      fn.if(op("i32.lt_u", column, bytes), () =>
        run(1, ([value]) => {
          fn.store("v128.store", i32(sparePlace()), value!);
          fn.copy(op("i32.add", to, column), i32(sparePlace()), op("i32.sub", bytes, column));
        }),
      );
      fn.set(block, op("i32.add", block, height));
    });
    return fn;
  });
}

/** The state of a vector of results so far. */
function firstState(fn: Fn, combine: Combine, address: Expr, k: number): Local[] {
  const start = combine.start(fn).map((one) => fn.let(one));
  return combine.vector(fn, start, fn.let(fn.load("v128.load", address, 16 * k))).map((one) => fn.let(one));
}

/** Columns of elements for which there is no vector form. */
export function scalarColumns(lane: MemoryLane, combine: Pick<Combine, "scalar">): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, rows, n, from, acc] = fn.params as [Local, Local, Local, Local, Local];
    const width = laneBytes(lane);
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const height = fn.let(op("i32.mul", bytes, rows));
    const block = fn.let(from);
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", bytes, m)));
    const [column, at, end] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    upTo(fn, to, last, bytes, () => {
      fn.set(column, i32(0));
      upTo(fn, column, bytes, width, () => {
        const address = fn.let(op("i32.add", to, column));
        const value = fn.let(loadLane(fn, lane, address));
        fn.set(at, op("i32.add", block, column));
        fn.set(end, op("i32.add", at, height));
        upTo(fn, at, end, bytes, () => fn.set(value, combine.scalar(fn, value, loadLane(fn, lane, at))));
        storeLane(fn, lane, address, value);
      });
      fn.set(block, op("i32.add", block, height));
    });
    return fn;
  });
}
