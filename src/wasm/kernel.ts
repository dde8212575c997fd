/**
 * Kernels: functions in WebAssembly, built and instantiated the first time they run.
 *
 * Each is a module of its own over the one memory, so a program pays for what it uses: some 15 microseconds for each.
 */

import { type Fn, typeCode } from "./fn.ts";
import { generation, heap } from "./memory.ts";
import { unsigned } from "./ops.ts";
import { type Module, runtime } from "./runtime.ts";

/** A function of numbers; most take `(n, in0, in1, …, out0, …)` and return nothing. */
export type Run = (...args: number[]) => number;

/** The bytes of a module that imports the memory and exports the one function as `f`. */
export function moduleBytes(fn: Fn, pages: number): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];
  const results = fn.result === null ? [0] : [1, typeCode(fn.result)];
  const params = fn.params.map((param) => typeCode(param.type));
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...unsigned(params.length), ...params, ...results]),
    // (import "e" "m" (memory pages))
    ...section(2, [1, 1, 0x65, 1, 0x6d, 2, 0, ...unsigned(pages)]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0, 0]),
  ];
  // The code is long, and is not to be copied from list to list.
  const code = fn.code();
  const head = [10, ...unsigned(code.length + 1), 1];
  const whole = new Uint8Array(bytes.length + head.length + code.length);
  whole.set(bytes);
  whole.set(head, bytes.length);
  whole.set(code, bytes.length + head.length);
  return whole;
}

/** What may be run: something with a `run`, read afresh for each call. */
export interface Runnable {
  readonly run: Run;
}

/** A kernel: `kernel.run(…)` builds it when it is first called, and again when the memory was replaced. */
export class Kernel implements Runnable {
  private readonly build: () => Fn;
  private module: Module | null = null;
  private made = -1;
  private call: Run | null = null;

  constructor(build: () => Fn) {
    this.build = build;
  }

  /** The function for the memory of now. Read it anew for each operation; do not keep it. */
  get run(): Run {
    return this.made === generation ? this.call! : this.instantiate();
  }

  private instantiate(): Run {
    this.module ??= new (runtime().Module)(moduleBytes(this.build(), 1));
    const instance = new (runtime().Instance)(this.module, { e: { m: heap.memory } });
    this.call = instance.exports["f"] as Run;
    this.made = generation;
    return this.call;
  }
}

/** A kernel in plain JS over `heap`, for what is rarely used. */
export function jsKernel(run: Run): Runnable {
  return { run };
}
