import assert from "node:assert/strict";
import { test } from "node:test";
import { requirePowers } from "../../../src/engine/kernels/integer.ts";
import type { LoopKernel } from "../../../src/engine/loop.ts";
import { isNdError } from "../../../src/errors.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";
import { differences } from "./differences.ts";
import { ufuncs } from "./loops.ts";
import { itemsizeOf, operandsOf } from "./operands.ts";
import { runLoop, widen } from "./run-loop.ts";

const lengths = [0, 1, 2, 3, 15, 16, 17, 31, 33, 511];
const CANARY = 0xa5;

/** Bytes of an element as a kernel has it. */
function sizeIn(letter: string, dtype: string): number {
  return letter === "e" && dtype === "float32" ? 4 : itemsizeOf(letter);
}

function loopsOf(name: string): [string, LoopKernel][] {
  return ufuncs[name]!.types.map((types) => [types, ufuncs[name]!.kernels(types)]);
}

/** Operands without what a tile cannot hold, as the kernel wants them. */
function operandsFor(types: string, kernel: LoopKernel): Uint8Array[] {
  const inputs = types.split("->")[0]!;
  return operandsOf(inputs, 7).bytes.map((bytes, k) => {
    const some = bytes.subarray(0, 512 * itemsizeOf(inputs[k]!));
    return sizeIn(inputs[k]!, kernel.in[k]!) === itemsizeOf(inputs[k]!) ? some : widen(some);
  });
}

function bytesAt(pointer: number, length: number): Buffer {
  return Buffer.from(heap.u8.slice(pointer, pointer + length));
}

/** The same bytes, but for those of NaN: which NaN a computation gives is not determined. */
function assertSame(kernel: LoopKernel, output: number, got: Buffer, wanted: Buffer, message: string): void {
  if (got.equals(wanted)) return;
  const letter = letters[kernel.out[output]!] ?? "B";
  const operands = { types: `->${letter}`, count: got.length / itemsizeOf(letter), bytes: [] };
  assert.deepEqual(differences(operands, [got], [wanted], null), [], message);
}

const letters: Readonly<Record<string, string>> = {
  float16: "e",
  float32: "f",
  float64: "d",
  complex64: "F",
  complex128: "D",
};

for (const name of Object.keys(ufuncs)) {
  test(`${name} computes n elements and writes no byte behind them`, () => {
    for (const [types, kernel] of loopsOf(name)) {
      const [inputs, outputs] = types.split("->") as [string, string];
      const operands = operandsFor(types, kernel);
      const sizes = [...outputs].map((letter, k) => sizeIn(letter, kernel.out[k]!));
      // Not aligned to a vector, as a tile that starts within another may be.
      const pointers = [...inputs, ...outputs].map((_, k) => tilePointer(k) + (k % 2) * 16);
      const run = (n: number) => {
        operands.forEach((bytes, k) => {
          heap.u8.set(bytes, pointers[k]!);
        });
        sizes.forEach((size, k) => {
          heap.u8.fill(CANARY, pointers[inputs.length + k]!, pointers[inputs.length + k]! + 512 * size + 64);
        });
        kernel.run(n, ...pointers);
        return sizes.map((size, k) => bytesAt(pointers[inputs.length + k]!, 512 * size + 64));
      };
      const whole = run(512);
      for (const n of lengths) {
        run(n).forEach((bytes, k) => {
          const end = n * sizes[k]!;
          assertSame(kernel, k, bytes.subarray(0, end), whole[k]!.subarray(0, end), `${name} ${types} ${n}`);
          assert.ok(
            bytes.subarray(end).every((byte) => byte === CANARY),
            `${name} ${types} writes behind ${n}`,
          );
        });
      }
    }
  });

  test(`${name} may write over its first operand`, () => {
    for (const [types, kernel] of loopsOf(name)) {
      const [inputs, outputs] = types.split("->") as [string, string];
      if (sizeIn(inputs[0]!, kernel.in[0]!) !== sizeIn(outputs[0]!, kernel.out[0]!)) continue;
      const pointers = [...inputs].map((_, k) => tilePointer(k));
      const rest = [...outputs].slice(1).map((_, k) => tilePointer(8 + k));
      const used = 509 * sizeIn(outputs[0]!, kernel.out[0]!);
      operandsFor(types, kernel).forEach((bytes, k) => {
        heap.u8.set(bytes, pointers[k]!);
      });
      kernel.run(509, ...pointers, tilePointer(7), ...rest);
      const apart = bytesAt(tilePointer(7), used);
      kernel.run(509, ...pointers, pointers[0]!, ...rest);
      assertSame(kernel, 0, bytesAt(pointers[0]!, used), apart, `${name} ${types}`);
    }
  });
}

test("kernels read at most 15 bytes behind their operands", () => {
  for (const name of Object.keys(ufuncs)) {
    for (const [types, kernel] of loopsOf(name)) {
      const inputs = types.split("->")[0]!;
      for (const n of [1, 2, 3, 5, 7, 8, 9, 15, 17, 31]) {
        // At the very end of the memory: what reads further ends in a trap.
        const from = [...inputs].map(
          (letter, k) => heap.buffer.byteLength - 15 - n * sizeIn(letter, kernel.in[k]!),
        );
        heap.u8.fill(0, Math.min(...from));
        kernel.run(n, ...from, tilePointer(0), tilePointer(1));
      }
    }
  }
});

test("a kernel is made once for a loop", () => {
  for (const name of ["add", "less", "isnan"]) {
    for (const [types, kernel] of loopsOf(name)) assert.equal(ufuncs[name]!.kernels(types), kernel);
  }
});

test("there is no kernel for a loop that NumPy has not", () => {
  assert.throws(() => ufuncs["subtract"]!.kernels("??->?"), /internal: there is no kernel/);
  assert.throws(() => ufuncs["divide"]!.kernels("ii->i"), /internal: there is no kernel/);
  assert.throws(() => ufuncs["add"]!.kernels("mm->m"), /internal: no kernel has operands of type m/);
});

test("negative exponents are refused before anything is computed, wherever they stand", () => {
  const exponents = Int8Array.from({ length: 40 }, (_, k) => k);
  for (const place of [-1, 0, 7, 39]) {
    const some = exponents.map((value, k) => (k === place ? -1 : value));
    heap.i8.set(some, tilePointer(0));
    const ask = () => requirePowers("b", 40, tilePointer(0));
    if (place < 0) ask();
    else
      assert.throws(
        ask,
        (error) => isNdError(error, "value") && /power: integers to negative/.test(error.message),
      );
  }
  heap.u8.fill(255, tilePointer(0), tilePointer(0) + 40);
  requirePowers("B", 40, tilePointer(0));
  assert.throws(() => requirePowers("l", 5, tilePointer(0)), /not allowed/);
});

test("float16 loops compute in float32 or on the bits themselves", () => {
  assert.deepEqual(ufuncs["add"]!.kernels("ee->e").in, ["float32", "float32"]);
  assert.deepEqual(ufuncs["nextafter"]!.kernels("ee->e").in, ["float16", "float16"]);
  const one = runLoop(ufuncs["spacing"]!.kernels("e->e"), "e->e", 1, [Uint8Array.of(0, 0x3c)]);
  assert.deepEqual([...one[0]!], [0, 0x14]);
});
