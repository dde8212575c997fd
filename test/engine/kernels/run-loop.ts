/** Runs a kernel on operands of any number, tile by tile; float16 operands go as the kernel wants them. */

import { fromFloat16, toFloat16 } from "../../../src/dtype/float16.ts";
import type { LoopKernel } from "../../../src/engine/loop.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";
import { itemsizeOf } from "./operands.ts";

const TILE = 512;

/** Bytes of float16 numbers as float32 ones. */
export function widen(bytes: Uint8Array): Uint8Array {
  const halves = new Uint16Array(bytes.slice().buffer);
  return new Uint8Array(Float32Array.from(halves, (half) => fromFloat16(half)).buffer);
}

export function narrow(bytes: Uint8Array): Uint8Array {
  const floats = new Float32Array(bytes.slice().buffer);
  return new Uint8Array(Uint16Array.from(floats, (value) => toFloat16(value)).buffer);
}

/** The outputs of a loop, as NumPy's bytes. */
export function runLoop(
  kernel: LoopKernel,
  types: string,
  count: number,
  bytes: readonly Uint8Array[],
): Uint8Array[] {
  const [inputs, outputs] = types.split("->") as [string, string];
  const isWide = (letter: string, dtype: string) => letter === "e" && dtype === "float32";
  const sizes = (letters: string, dtypes: readonly string[]) =>
    [...letters].map((letter, k) => (isWide(letter, dtypes[k]!) ? 4 : itemsizeOf(letter)));
  const from = bytes.map((one, k) => (isWide(inputs[k]!, kernel.in[k]!) ? widen(one) : one));
  const inSizes = sizes(inputs, kernel.in);
  const outSizes = sizes(outputs, kernel.out);
  const results = outSizes.map((size) => new Uint8Array(size * count));
  const pointers = [...inSizes, ...outSizes].map((_, k) => tilePointer(k));
  for (let at = 0; at < count; at += TILE) {
    const n = Math.min(TILE, count - at);
    inSizes.forEach((size, k) => {
      heap.u8.set(from[k]!.subarray(at * size, (at + n) * size), pointers[k]!);
    });
    kernel.run(n, ...pointers);
    outSizes.forEach((size, k) => {
      const place = pointers[inSizes.length + k]!;
      results[k]!.set(heap.u8.subarray(place, place + n * size), at * size);
    });
  }
  return results.map((one, k) => (isWide(outputs[k]!, kernel.out[k]!) ? narrow(one) : one));
}
