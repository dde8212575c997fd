/**
 * A draft as calls of kernels with places for everything: neighbouring tasks whose elements are equally wide become one
 * kernel, and what lies between kernels gets a register, a tile of 8 KB that stays in the first cache.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { region, TILE_BYTES } from "../wasm/memory.ts";
import type { Draft, Form, Task } from "./fused-draft.ts";
import { type BodyStep, groupKernel } from "./fused-kernel.ts";
import type { TileRun } from "./loop.ts";

/** A scalar in its place: as 16 bytes, or repeated to fill a register. */
export interface ScalarPlace {
  readonly operand: number;
  readonly wanted: Descriptor;
  readonly computed: Descriptor;
  readonly pointer: number;
  readonly bytes: number;
}

/** A call: the places of what the kernel takes, in its order. */
export interface ProgramCall {
  readonly kernel: TileRun;
  readonly places: readonly number[];
}

/** What is done to each tile. Places are numbered: operands, the result, then addresses that stay. */
export interface Program {
  /** The operands that are not still, which are the first places. */
  readonly inputs: readonly number[];
  readonly inputDTypes: readonly Descriptor[];
  readonly resultDType: Descriptor;
  readonly calls: readonly ProgramCall[];
  readonly scalars: readonly ScalarPlace[];
  /** Addresses by place; those of operands and the result are set by who runs it. */
  readonly addresses: number[];
  /** Bytes of an element by place; 0 for addresses that stay. */
  readonly steps: readonly number[];
  /** The most elements at once: those of a register, or any number where there is none. */
  readonly most: number;
  readonly widest: number;
  /** Whether the result may take the place of the first operand, which then stays in the cache. */
  readonly inPlace: boolean;
}

/** Registers, each with room behind it, which also keeps them off one another's cache sets. */
const REGISTER_STEP = TILE_BYTES + 192;
const REGISTERS = 20;
/** The most scalars in the form of 16 bytes. */
const SCALARS = 64;

/** The most operands that are not still: each has a tile. */
export const MOST_INPUTS = 12;

let registers = 0;
let scalars = 0;

function registerAt(k: number): number {
  if (registers === 0) registers = region(REGISTERS * REGISTER_STEP);
  return registers + k * REGISTER_STEP;
}

function scalarAt(k: number): number {
  if (scalars === 0) scalars = region(16 * SCALARS);
  return scalars + 16 * k;
}

/** A kernel and the forms that it takes and gives, before they have places. */
interface Joined {
  readonly kernel: TileRun;
  readonly inputs: readonly Form[];
  readonly outputs: readonly Form[];
  /** Scalars that it takes as a block of 16 bytes each. */
  readonly block: readonly Form[];
  /** Whether it reads each element before it writes it, so that a result may lie over an input. */
  readonly inPlace: boolean;
}

/** The program of a draft; null when it has more operands, values at once or scalars than there is room for. */
export function programOf({ tasks, result }: Draft): Program | null {
  const placing = new Placing(join(tasks, result), tasks, result);
  const program = placing.program();
  return placing.isTooLarge ? null : program;
}

/** Neighbouring tasks as one. */
function join(tasks: readonly Task[], result: Form): Joined[] {
  const joined: Joined[] = [];
  for (let k = 0; k < tasks.length; ) {
    const { vectors } = tasks[k]!;
    let end = k + 1;
    if (vectors !== null) while (end < tasks.length && tasks[end]!.vectors?.width === vectors.width) end++;
    const later = new Set([result, ...tasks.slice(end).flatMap((task) => task.from)]);
    joined.push(vectors === null ? single(tasks[k]!) : groupOf(tasks.slice(k, end), later));
    k = end;
  }
  return joined;
}

function single({ kernel, from, to }: Task): Joined {
  return { kernel, inputs: from, outputs: [to], block: [], inPlace: false };
}

function groupOf(tasks: readonly Task[], later: ReadonlySet<Form>): Joined {
  const own = tasks.map((task) => task.to);
  const taken = [...new Set(tasks.flatMap((task) => task.from))].filter((form) => !own.includes(form));
  const inputs = taken.filter((form) => form.scalar === null);
  const block = taken.filter((form) => form.scalar !== null);
  const values = [...inputs, ...own];
  const numberOf = (form: Form) => (form.scalar === null ? values.indexOf(form) : -1 - block.indexOf(form));
  const outputs = own.filter((form) => later.has(form));
  const steps = tasks.map((task): BodyStep => ({ kernel: task.vectors!, from: task.from.map(numberOf) }));
  const kernel = groupKernel({
    inputs: inputs.length,
    scalars: block.length,
    steps,
    outputs: outputs.map(numberOf),
  });
  return { kernel, inputs, outputs, block, inPlace: true };
}

/** Gives places out. */
class Placing {
  private readonly joined: readonly Joined[];
  private readonly result: Form;
  private readonly inputs: Form[];
  private readonly addresses: number[] = [];
  private readonly steps: number[] = [];
  private readonly scalars: ScalarPlace[] = [];
  private readonly places = new Map<Form, number>();
  private readonly most: number;
  private readonly widest: number;
  private readonly free: number[] = [];
  private used = 0;
  private blocks = 0;

  constructor(joined: readonly Joined[], tasks: readonly Task[], result: Form) {
    this.joined = joined;
    this.result = result;
    const forms = new Set([result, ...tasks.flatMap((task) => [...task.from, task.to])]);
    this.inputs = [...forms].filter((form) => form.operand >= 0 && form.scalar === null);
    this.widest = Math.max(...[...forms].map((form) => form.dtype.itemsize));
    this.most = TILE_BYTES / this.widest;
    for (const form of [...this.inputs, result]) this.place(form, 0, form.dtype.itemsize);
  }

  /** Whether there is no room for it, so that its addresses are wrong. */
  get isTooLarge(): boolean {
    return this.inputs.length > MOST_INPUTS || this.used > REGISTERS || this.blocks > SCALARS;
  }

  private place(form: Form | null, address: number, step: number): number {
    const place = this.addresses.length;
    this.addresses.push(address);
    this.steps.push(step);
    if (form !== null) this.places.set(form, place);
    return place;
  }

  program(): Program {
    const calls = this.joined.map((one, k) => this.call(one, k));
    return {
      inputs: this.inputs.map((form) => form.operand),
      inputDTypes: this.inputs.map((form) => form.dtype),
      resultDType: this.result.dtype,
      calls,
      scalars: this.scalars,
      addresses: this.addresses,
      steps: this.steps,
      most: this.used === 0 ? Number.MAX_SAFE_INTEGER : this.most,
      widest: this.widest,
      inPlace: this.isInPlace,
    };
  }

  private get isInPlace(): boolean {
    const [first] = this.inputs;
    const whole = this.joined.length === 1 && this.joined[0]!.inPlace;
    return whole && first !== undefined && first.dtype.itemsize === this.result.dtype.itemsize;
  }

  private call({ kernel, inputs, outputs, block, inPlace }: Joined, k: number): ProgramCall {
    const places = inputs.map((form) => this.places.get(form) ?? this.scalarRow(form));
    const over = () => {
      for (const form of inputs) if (!this.isWanted(form, k + 1)) this.giveBack(form);
    };
    if (inPlace) over();
    for (const form of outputs) places.push(this.places.get(form) ?? this.register(form));
    if (!inPlace) over();
    for (const form of outputs) if (!this.isWanted(form, k + 1)) this.giveBack(form);
    if (block.length > 0) places.push(this.scalarBlock(block));
    return { kernel, places };
  }

  private isWanted(form: Form, from: number): boolean {
    return this.joined.slice(from).some(({ inputs }) => inputs.includes(form));
  }

  private register(form: Form): number {
    const address = this.free.pop() ?? registerAt(this.used++);
    return this.place(form, address, 0);
  }

  private giveBack(form: Form): void {
    if (form.operand >= 0 || form === this.result) return;
    this.free.push(this.addresses[this.places.get(form)!]!);
  }

  /** A scalar for a kernel that takes nothing but rows: it has a register for itself. */
  private scalarRow(form: Form): number {
    const pointer = registerAt(this.used++);
    this.scalars.push(this.scalarPlace(form, pointer, this.most * form.dtype.itemsize));
    return this.place(form, pointer, 0);
  }

  private scalarBlock(block: readonly Form[]): number {
    const start = scalarAt(this.blocks);
    for (const form of block) this.scalars.push(this.scalarPlace(form, scalarAt(this.blocks++), 16));
    return this.place(null, start, 0);
  }

  private scalarPlace({ operand, scalar, dtype }: Form, pointer: number, bytes: number): ScalarPlace {
    return { operand, wanted: scalar!, computed: dtype, pointer, bytes };
  }
}
