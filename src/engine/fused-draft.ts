/**
 * What a chain of ufuncs does to a tile, as a list of calls of kernels: the loops as NumPy would find them one after the
 * other, the casts in front of each, and as few kernels as will do.
 *
 * A value is an operand or what a step gave. Each is of a dtype, and lies somewhere in that dtype or in another that a kernel
 * computes in: that is a form of it. Scalars have a form for each dtype that they are wanted in.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { kernelBetween } from "../wasm/date-casts.ts";
import type { MapKernel } from "../wasm/map.ts";
import type { FusedStep } from "./fused-cut.ts";
import { roundHalfKernel } from "./kernels/half-round.ts";
import { vectorsOf } from "./kernels/lanes.ts";
import type { Loop, TileRun } from "./loop.ts";
import { resolveLoop } from "./resolve.ts";

/** Elements in a dtype. */
export interface Form {
  readonly dtype: Descriptor;
  /** The operand that it is, as it lies or as a scalar; -1 for what is computed. */
  readonly operand: number;
  /** For a scalar the dtype that it has to fit; null for anything else. */
  readonly scalar: Descriptor | null;
}

/** The call of a kernel: of bodies that may be joined to others, or of anything else. */
export interface Task {
  readonly vectors: MapKernel | null;
  readonly kernel: TileRun;
  readonly from: readonly Form[];
  readonly to: Form;
}

/** What a chain does to a tile, before kernels are joined. */
export interface Draft {
  readonly tasks: readonly Task[];
  readonly result: Form;
}

/** Operands as a draft sees them: what their loops are found by, and whether each is one element for all. */
export interface OperandKinds {
  readonly codes: readonly number[];
  readonly still: readonly boolean[];
}

/** A step with its loop. */
export interface ResolvedStep extends FusedStep {
  readonly loop: Loop;
}

/** The loops of the steps, one after the other. Throws DTypeError when there is none for one of them. */
export function resolveSteps(
  steps: readonly FusedStep[],
  { codes, still }: OperandKinds,
): readonly ResolvedStep[] {
  const known = [...codes];
  const all = [...still];
  return steps.map((step) => {
    const [first] = step.from;
    const isOther = step.ofFloats !== undefined && !all[first!]! && isInexact(known[first!]!);
    const from = isOther ? [first!] : step.from;
    const core = isOther ? step.ofFloats! : step.core;
    const loop = resolveLoop(
      core,
      from.map((value) => known[value]!),
    );
    known.push(loop.outputs[0]!.num);
    all.push(from.every((value) => all[value]!));
    return { core, from, loop };
  });
}

function isInexact(code: number): boolean {
  const dtype = Object.values<Descriptor>(plain).find(({ num }) => num === code);
  return dtype !== undefined && (dtype.kind === "f" || dtype.kind === "c");
}

/** The tasks of steps whose loops are found. */
export function draftOf(steps: readonly ResolvedStep[], operands: OperandKinds): Draft {
  const drafting = new Drafting(operands);
  for (const { from, loop } of steps) drafting.step(from, loop);
  const last = drafting.count - 1;
  const result = drafting.formOf(last, drafting.dtypeOf(last));
  return { tasks: [...drafting.early, ...drafting.tasks], result };
}

/** What is known of a value. */
interface Known {
  readonly dtype: Descriptor | null;
  readonly operand: number;
  readonly forms: Form[];
  /** A float16 kept as the float32 that it is. */
  wide: Form | null;
}

class Drafting {
  /** Casts of operands, which come first, so that the others stay together. */
  readonly early: Task[] = [];
  readonly tasks: Task[] = [];
  private readonly values: Known[];

  constructor({ codes, still }: OperandKinds) {
    this.values = codes.map((code, operand) => {
      if (still[operand]!) return { dtype: null, operand, forms: [], wide: null };
      const dtype = Object.values<Descriptor>(plain).find(({ num }) => num === code)!;
      return { dtype, operand, forms: [{ dtype, operand, scalar: null }], wide: null };
    });
  }

  get count(): number {
    return this.values.length;
  }

  dtypeOf(value: number): Descriptor {
    return this.values[value]!.dtype!;
  }

  /** Adds a step. */
  step(from: readonly number[], { inputs, outputs, kernel }: Loop): void {
    const taken = from.map((value, k) => this.inputOf(value, inputs[k]!, plain[kernel.in[k]!]));
    const dtype = outputs[0]!;
    const to = this.add(this.tasks, kernel, vectorsOf(kernel), taken, plain[kernel.out[0]!]);
    const known: Known = { dtype, operand: -1, forms: [], wide: null };
    if (to.dtype === dtype) known.forms.push(to);
    // Of floats of 16 bits: rounded as they will be, and kept as they are computed in.
    else known.wide = this.add(this.tasks, roundHalfKernel, roundHalfKernel, [to], to.dtype);
    this.values.push(known);
  }

  /** A value as the loop wants it, in the form that the kernel computes in. */
  private inputOf(value: number, wanted: Descriptor, computed: Descriptor): Form {
    const known = this.values[value]!;
    if (known.dtype === null) return scalarForm(known, wanted, computed);
    if (wanted === computed) return this.formOf(value, wanted);
    // A float16 as a float32: what is one already is taken as it is.
    if (known.wide !== null) return known.wide;
    const form = this.cast(known, this.formOf(value, wanted), computed);
    if (known.dtype === wanted) known.wide = form;
    return form;
  }

  /** A value in a dtype. */
  formOf(value: number, dtype: Descriptor): Form {
    const known = this.values[value]!;
    const found = known.forms.find((form) => form.dtype === dtype);
    if (found !== undefined) return found;
    if (known.wide?.dtype === dtype) return known.wide;
    const made = this.cast(known, known.forms[0] ?? known.wide!, dtype);
    known.forms.push(made);
    return made;
  }

  private cast(known: Known, from: Form, to: Descriptor): Form {
    const list = known.operand >= 0 ? this.early : this.tasks;
    return this.add(list, kernelBetween(from.dtype, to), null, [from], to);
  }

  private add(
    list: Task[],
    kernel: TileRun,
    vectors: MapKernel | null,
    from: readonly Form[],
    dtype: Descriptor,
  ): Form {
    const to: Form = { dtype, operand: -1, scalar: null };
    list.push({ vectors, kernel, from, to });
    return to;
  }
}

/** The form of a scalar that has to fit a dtype and is computed with in another. */
function scalarForm(known: Known, wanted: Descriptor, computed: Descriptor): Form {
  let form = known.forms.find((one) => one.scalar === wanted && one.dtype === computed);
  if (form === undefined) {
    form = { dtype: computed, operand: known.operand, scalar: wanted };
    known.forms.push(form);
  }
  return form;
}

/** Whether every dtype of a loop is one that kernels compute with, and it has one result. */
export function isPlainLoop({ inputs, outputs }: Loop): boolean {
  return outputs.length === 1 && inputs.every(isNumeric) && isNumeric(outputs[0]!);
}

function isNumeric(dtype: Descriptor): boolean {
  return plain[dtype.type as PlainDType] === dtype;
}
