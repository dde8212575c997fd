/**
 * Kernels that count: element i of a tile is start + i·delta, rounded as two operations in the form of the elements. What a
 * tile ends with is where the next one begins, so it is kept in the engine's memory.
 */

import { doublesToFloats, group } from "./cast-groups.ts";
import { type Expr, Fn, i32, type Local, op } from "./fn.ts";
import { Kernel } from "./kernel.ts";
import { heap, region } from "./memory.ts";

/** What is counted in. Integers wrap. */
export type Counter = "float64" | "float32" | "int64";

/** Elements of a round: up to one less than that are written behind those that were asked for. */
const COUNT_ROUND = 8;

/** Where counting stands: two words of 8 bytes that the next elements begin with, one or two that stay as they are. */
let state = 0;

function stateAddress(): number {
  if (state === 0) state = region(64);
  return state;
}

/** The next index in every lane and the one after it; start and delta behind. */
function floatKernel(bytes: 4 | 8): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32"]);
    const [n, out] = fn.params as [Local, Local];
    const at = i32(stateAddress());
    const shape = bytes === 8 ? "f64x2" : "f32x4";
    const index = fn.let(fn.load("v128.load", at));
    const start = fn.let(fn.load(`v128.load${8 * bytes}_splat`, at, 16));
    const delta = fn.let(fn.load(`v128.load${8 * bytes}_splat`, at, 24));
    const indices = group(fn, "f64", true, (k) => later(fn, index, 2 * k));
    fn.count(n, COUNT_ROUND, () => {
      const counts = bytes === 8 ? indices : doublesToFloats(indices);
      for (let k = 0; k < bytes / 2; k++) {
        const value = op(`${shape}.add`, start, op(`${shape}.mul`, counts.at(k), delta));
        fn.store("v128.store", out, value, 16 * k);
      }
      fn.set(out, fn.add(out, COUNT_ROUND * bytes));
      fn.set(index, later(fn, index, COUNT_ROUND));
    });
    fn.store("v128.store", at, index);
    return fn;
  });
}

function later(fn: Fn, index: Expr, by: number): Expr {
  return by === 0 ? index : op("f64x2.add", index, fn.constant("f64x2", by));
}

/** The next two elements; twice delta in both lanes behind. */
function wholeKernel(): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32"]);
    const [n, out] = fn.params as [Local, Local];
    const at = i32(stateAddress());
    const next = fn.let(fn.load("v128.load", at));
    const step = fn.let(fn.load("v128.load64_splat", at, 16));
    fn.count(n, COUNT_ROUND, () => {
      for (let k = 0; k < COUNT_ROUND / 2; k++) {
        fn.store("v128.store", out, next, 16 * k);
        fn.set(next, op("i64x2.add", next, step));
      }
      fn.set(out, fn.add(out, COUNT_ROUND * 8));
    });
    fn.store("v128.store", at, next);
    return fn;
  });
}

const kernels: Readonly<Record<Counter, Kernel>> = {
  float64: /* @__PURE__ */ floatKernel(8),
  float32: /* @__PURE__ */ floatKernel(4),
  int64: /* @__PURE__ */ wholeKernel(),
};

/** Begins to count floats; gives the kernel `(n, out)` for one tile after the other. */
export function countFloats(counter: "float64" | "float32", start: number, delta: number): Kernel {
  const at = stateAddress() / 8;
  heap.f64[at] = 0;
  heap.f64[at + 1] = 1;
  if (counter === "float64") {
    heap.f64[at + 2] = start;
    heap.f64[at + 3] = delta;
  } else {
    heap.f32[2 * at + 4] = start;
    heap.f32[2 * at + 6] = delta;
  }
  return kernels[counter];
}

/** Begins to count integers, of which the lower 64 bits are kept. */
export function countWholes(start: bigint, delta: bigint): Kernel {
  const at = stateAddress() / 8;
  heap.i64[at] = start;
  heap.i64[at + 1] = start + delta;
  heap.i64[at + 2] = delta * 2n;
  return kernels.int64;
}
