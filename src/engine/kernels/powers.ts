import type { LoopKernel } from "../loop.ts";
import { integerPowerKernel, requirePowers } from "./integer.ts";
import { type Kernels, laneOf } from "./lanes.ts";
import { powerKernel } from "./power.ts";
import { withUniform } from "./power-uniform.ts";

const made = new Map<string, LoopKernel>();

/** @internal The kernels of `power`: of integers, each tile of which is looked through for negative powers, and others. */
export const powersKernel: Kernels = (types) => {
  let kernel = made.get(types);
  if (kernel === undefined) {
    kernel = kernelOf(types);
    made.set(types, kernel);
  }
  return kernel;
};

function kernelOf(types: string): LoopKernel {
  const letter = types[0]!;
  const { kind } = laneOf(letter);
  if (kind === "c" || letter === "e") return powerKernel(types);
  return withUniform(letter, kind === "f" ? powerKernel(types) : guarded(letter, integerPowerKernel(types)));
}

function guarded(letter: string, kernel: LoopKernel): LoopKernel {
  const run = (n: number, ...pointers: number[]) => {
    requirePowers(letter, n, pointers[1]!);
    kernel.run(n, ...pointers);
  };
  return { in: kernel.in, out: kernel.out, run };
}
