import { Fn, op } from "./fn.ts";
import { moduleBytes } from "./kernel.ts";
import { runtime } from "./runtime.ts";

let found: boolean | null = null;

/** Whether the runtime has relaxed SIMD, and so a fused multiply-add. */
export function hasRelaxedSimd(): boolean {
  found ??= probe();
  return found;
}

/** Switches relaxed SIMD off, or back to what the runtime has: for tests that compare both. Returns what is in force. */
export function useRelaxedSimd(wanted: boolean): boolean {
  found = wanted && probe();
  return found;
}

function probe(): boolean {
  const fn = new Fn(["v128"], "v128");
  const x = fn.params[0]!;
  fn.give(op("f64x2.relaxed_madd", x, x, x));
  return runtime().validate(moduleBytes(fn, 1));
}
