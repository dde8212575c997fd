import { select } from "../wasm/fn.ts";
import type { Kernel } from "../wasm/kernel.ts";
import { type MemoryLane, scalarKernel } from "../wasm/map.ts";

/** What a mask does: of `(n, mask, old, new, out)` the new element where the byte of the mask is not 0, else the old one. */
function blendOf(lane: MemoryLane, count: number): Kernel {
  return scalarKernel(["u8", [lane, count], [lane, count]], [[lane, count]], (_, mask, ...parts) => {
    const olds = parts.slice(0, count);
    return olds.map((old, k) => select(mask!, parts[count + k]!, old));
  });
}

const lanes: Readonly<Record<number, readonly [MemoryLane, number]>> = {
  1: ["u8", 1],
  2: ["u16", 1],
  4: ["u32", 1],
  8: ["u64", 1],
  16: ["u64", 2],
};

const made = new Map<number, Kernel>();

/** The blend of elements of that many bytes. */
export function blendKernel(itemsize: number): Kernel {
  let kernel = made.get(itemsize);
  if (kernel === undefined) {
    kernel = blendOf(...lanes[itemsize]!);
    made.set(itemsize, kernel);
  }
  return kernel;
}
