import { plain } from "../../dtype/table.ts";
import type { LoopKernel } from "../loop.ts";
import { integerPowerKernel, requirePowers } from "./integer.ts";
import type { Kernels } from "./lanes.ts";
import { powerKernel } from "./power.ts";

/** @internal The kernels of `power`: of integers, each tile of which is looked through for negative powers, and others. */
export const powersKernel: Kernels = (types) => {
  const letter = types[0]!;
  const isInteger = Object.values(plain).some(
    ({ char, kind }) => char === letter && (kind === "i" || kind === "u"),
  );
  return isInteger ? guarded(letter, integerPowerKernel(types)) : powerKernel(types);
};

function guarded(letter: string, kernel: LoopKernel): LoopKernel {
  const run = (n: number, ...pointers: number[]) => {
    requirePowers(letter, n, pointers[1]!);
    kernel.run(n, ...pointers);
  };
  return { in: kernel.in, out: kernel.out, run };
}
