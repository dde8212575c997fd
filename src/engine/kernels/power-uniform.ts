/**
 * Powers whose exponents are all the same small number, as those of a scalar are: 2, 1, and of floats 0, −1 and ½ as well.
 * They are squares, copies, ones, reciprocals and square roots, which take a fraction of the time, and the same bits.
 */

import { Fn, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { heap } from "../../wasm/memory.ts";
import type { LoopKernel } from "../loop.ts";
import { positiveKernel, squareKernel } from "./arithmetic.ts";
import { every, type Kernels, kernels, laneOf, vector, vectorKernel } from "./lanes.ts";
import { reciprocalKernel } from "./magnitude.ts";

/** Square roots as powers have them: that of −0 is 0, that of −∞ is ∞. */
const rootKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, a) => {
    const lowest = vector(x, "eq", a, every(fn, x, Number.NEGATIVE_INFINITY));
    const root = vector(x, "add", vector(x, "sqrt", a), every(fn, x, 0));
    return op("v128.bitselect", vector(x, "neg", a), root, lowest);
  }),
);

/** 1 for each element. */
const onesKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, _) => every(fn, x, 1)),
);

/** `(bytes, from, behind)` gives whether so many bytes, a multiple of 32, are the same at two addresses. */
const sameBytes = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32", "i32"], "i32");
  const [bytes, from, behind] = fn.params;
  const all = fn.let(fn.constant("i8x16", -1));
  const at = fn.local("i32");
  const same = (offset: number) => {
    const [a, b] = [from!, behind!].map((pointer) => fn.load("v128.load", fn.add(pointer, at), offset));
    return op("i8x16.eq", a!, b!);
  };
  fn.while(
    () => op("i32.and", op("i32.lt_u", at, bytes!), op("i8x16.all_true", all)),
    () => {
      fn.set(all, op("v128.and", same(0), same(16)));
      fn.set(at, fn.add(at, 32));
    },
  );
  fn.give(op("i8x16.all_true", all));
  return fn;
});

/** From so many elements on exponents are looked through. */
const MANY = 16;

/** A kernel of powers of real numbers that looks for exponents which are all the same. */
export function withUniform(letter: string, kernel: LoopKernel): LoopKernel {
  const { memory, kind, bytes } = laneOf(letter);
  const single = `${letter}->${letter}`;
  const quick = (y: number): Kernels | null => {
    if (y === 2) return squareKernel;
    if (y === 1) return positiveKernel;
    if (kind !== "f") return null;
    if (y === 0) return onesKernel;
    return y === -1 ? reciprocalKernel : y === 0.5 ? rootKernel : null;
  };
  const run = (n: number, bases: number, exponents: number, to: number) => {
    const values = heap[memory];
    const first = exponents / bytes;
    const y = Number(values[first]);
    const found = n < MANY ? null : quick(y);
    if (found === null || !isUniform(n, exponents, bytes)) kernel.run(n, bases, exponents, to);
    else found(single).run(n, bases, to);
  };
  return { in: kernel.in, out: kernel.out, run };
}

/** Whether `n` elements are the same: each is the one behind it. */
function isUniform(n: number, from: number, bytes: number): boolean {
  const all = (n - 1) * bytes;
  const most = all & -32;
  const { u8 } = heap;
  for (let k = most; k < all; k++) if (u8[from + k] !== u8[from + k + bytes]) return false;
  return sameBytes.run(most, from, from + bytes) !== 0;
}
