/**
 * Functions of one float16. There are 65536 of these numbers, so a function that was asked for as many is worked out for
 * all of them, and from then on looked up: that takes a fraction of what converting to float32 and back does.
 */

import { castKernel } from "../../wasm/casts.ts";
import { Fn, i32, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { heap, region } from "../../wasm/memory.ts";
import type { LoopKernel } from "../loop.ts";

const COUNT = 65536;
/** Functions that have a table at one time; the one that has had its own for longest gives it up. */
const TABLES = 4;
/** Elements that are computed at a time. */
const PIECE = 4096;
/** Elements of a turn. */
const TURN = 8;

let piece = 0;
const owners: HalfFunction[] = [];
let nextOwner = 0;

/** `(n, from, to, table)`: the entry of each of n float16 numbers. */
const lookUp = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32", "i32", "i32"]);
  const [n, from, to, table] = fn.params;
  const bytes = fn.let(op("i32.shl", n!, i32(1)));
  const whole = fn.let(op("i32.and", bytes, i32(-2 * TURN)));
  const look = (count: number) => (at: typeof bytes) => {
    const source = fn.let(op("i32.add", from!, at));
    const target = fn.let(op("i32.add", to!, at));
    for (let k = 0; k < 2 * count; k += 2) {
      const entry = op("i32.shl", fn.load("i32.load16_u", source, k), i32(1));
      fn.store("i32.store16", target, fn.load("i32.load16_u", op("i32.add", table!, entry)), k);
    }
  };
  fn.count(whole, 2 * TURN, look(TURN));
  fn.set(from!, op("i32.add", from!, whole));
  fn.set(to!, op("i32.add", to!, whole));
  fn.count(op("i32.sub", bytes, whole), 2, look(1));
  return fn;
});

class HalfFunction implements LoopKernel {
  readonly in = ["float16"] as const;
  readonly out = ["float16"] as const;
  private readonly singles: LoopKernel;
  /** The address of the table, 0 without one, and how many were computed since there was none. */
  private table = 0;
  private computed = 0;

  constructor(singles: LoopKernel) {
    this.singles = singles;
  }

  readonly run = (n: number, ...pointers: number[]): void => {
    const [from, to] = pointers as [number, number];
    if (this.table === 0 && this.computed + n >= COUNT) this.makeTable();
    if (this.table !== 0) lookUp.run(n, from, to, this.table);
    else this.compute(n, from, to);
    this.computed += n;
  };

  private compute(n: number, from: number, to: number): void {
    if (piece === 0) piece = region(4 * PIECE + 64);
    for (let k = 0; k < n; k += PIECE) {
      const count = Math.min(PIECE, n - k);
      castKernel("float16", "float32").run(count, from + 2 * k, piece);
      this.singles.run(count, piece, piece);
      castKernel("float32", "float16").run(count, piece, to + 2 * k);
    }
  }

  private makeTable(): void {
    const last = owners[nextOwner];
    const table = last?.table ?? region(2 * COUNT);
    if (last !== undefined) last.lose();
    for (let bits = 0; bits < COUNT; bits++) heap.u16[table / 2 + bits] = bits;
    this.compute(COUNT, table, table);
    owners[nextOwner] = this;
    nextOwner = (nextOwner + 1) % TABLES;
    this.table = table;
  }

  private lose(): void {
    this.table = 0;
    this.computed = 0;
  }
}

/** A function of one float16, whose kernel for float32 that is. */
export function ofHalves(singles: LoopKernel): LoopKernel {
  return new HalfFunction(singles);
}
