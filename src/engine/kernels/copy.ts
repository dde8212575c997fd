/** Kernels that move elements and compute nothing. */

import { Fn, i32, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { elementBytes, type Lane } from "./lanes.ts";

const copies = new Map<number, Kernel>();

/** The kernel that copies elements of a lane. */
export function copyKernel(lane: Lane): Kernel {
  const bytes = elementBytes(lane);
  let kernel = copies.get(bytes);
  if (kernel === undefined) {
    kernel = new Kernel(() => {
      const fn = new Fn(["i32", "i32", "i32"]);
      const [n, from, to] = fn.params;
      fn.copy(to!, from!, op("i32.mul", n!, i32(bytes)));
      return fn;
    });
    copies.set(bytes, kernel);
  }
  return kernel;
}
