/**
 * Memory for work on whole lines, apart from the engine's: sorting a line takes it and as much again, which is more than a
 * memory of fixed size has room for. A small one lasts; a large one is kept for as long as the collector lets it be.
 * Kernels are instantiated over each.
 */

import type { Fn } from "./fn.ts";
import { moduleBytes, type Run } from "./kernel.ts";
import { type Memory, type Module, runtime } from "./runtime.ts";

const PAGE = 65536;
/** What most lines need. */
const SMALL_BYTES = 32 * PAGE;
/** Addresses are compared as signed numbers, so that half of what can be addressed is used. */
const MOST_BYTES = 2 ** 31 - PAGE;

/** A memory and the kernels that were instantiated over it. */
export interface Workspace {
  readonly memory: Memory;
  readonly buffer: ArrayBuffer;
  /** By the numbers of kernels. */
  readonly runs: (Run | undefined)[];
}

interface Weak<T> {
  deref(): T | undefined;
}

type WeakClass = new <T extends object>(value: T) => Weak<T>;

let small: Workspace | null = null;
let large: Weak<Workspace> | null = null;

function make(bytes: number): Workspace {
  const pages = Math.ceil(bytes / PAGE);
  const memory = new (runtime().Memory)({ initial: pages, maximum: pages });
  return { memory, buffer: memory.buffer, runs: [] };
}

/** A workspace of at least `bytes`, with anything in it; null when there is no memory for it. */
export function workspace(bytes: number): Workspace | null {
  if (bytes <= SMALL_BYTES) return (small ??= make(SMALL_BYTES));
  const kept = large?.deref();
  if (kept !== undefined && kept.buffer.byteLength >= bytes) return kept;
  if (bytes > MOST_BYTES) return null;
  try {
    const made = make(Math.min(MOST_BYTES, 2 ** Math.ceil(Math.log2(bytes))));
    large = new (globalThis as unknown as { readonly WeakRef: WeakClass }).WeakRef(made);
    return made;
  } catch {
    return null;
  }
}

let kernels = 0;

/** A function over workspaces, built when it first runs. */
export class WorkKernel {
  private readonly build: () => Fn;
  private readonly number = kernels++;
  private module: Module | null = null;

  constructor(build: () => Fn) {
    this.build = build;
  }

  /** The function over a workspace. */
  in(space: Workspace): Run {
    return space.runs[this.number] ?? this.instantiate(space);
  }

  private instantiate(space: Workspace): Run {
    this.module ??= new (runtime().Module)(moduleBytes(this.build(), 1));
    const instance = new (runtime().Instance)(this.module, { e: { m: space.memory } });
    const run = instance.exports["f"] as Run;
    space.runs[this.number] = run;
    return run;
  }
}
