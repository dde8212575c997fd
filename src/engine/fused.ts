/**
 * Chains of ufuncs in one pass: each operand is brought in once, all steps are done while a tile of it lies in the cache,
 * and only the last result is written to memory.
 *
 * What comes out is what the calls give one after the other, bit for bit, with the strides that the last of them would have
 * had. Steps that concern less than the whole shape, as in `(x - mean) / (std + 1)`, are done beforehand, by themselves;
 * those that no tile can hold, because their kernel may refuse a value, in between. Whenever anything is wrong, or somebody
 * wants to see events, the calls are done one after the other, and say what they say.
 */

import type { TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { isNdError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { isFContiguous } from "../layout/contiguity.ts";
import { isSameShape, sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { isInspected } from "./drive.ts";
import { cutAt, type FusedStep, placeToCut } from "./fused-cut.ts";
import { draftOf, isPlainLoop, type ResolvedStep, resolveSteps } from "./fused-draft.ts";
import { type Program, programOf } from "./fused-program.ts";
import { placeScalars, runBlocks, runLines } from "./fused-run.ts";
import { weakCode } from "./resolve.ts";
import { lineStep, NO_LINE } from "./rows.ts";
import { callBinary, callUfunc, callUnary } from "./ufunc-call.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { mayThrow } from "./ufunc-outputs.ts";

export type { FusedStep } from "./fused-cut.ts";

/** An array, or a scalar beside arrays. */
export type FusedOperand = NDArray | ScalarLike;

/** How scalars count beside arrays, and what does one step by itself. */
export interface FusedRules {
  readonly code: (scalar: ScalarLike) => number;
  readonly call: (core: UfuncCore, operands: readonly FusedOperand[]) => FusedOperand;
}

/** A chain in two parts. The number of all operands stands for the result of the inner one. */
interface Cut {
  readonly inner: Fused;
  readonly innerFrom: readonly number[];
  readonly outer: Fused;
  readonly outerFrom: readonly number[];
}

/** What is done with operands of some kinds: a pass, or two parts. */
interface Plan {
  readonly program: Program | null;
  readonly cut: Cut | null;
  readonly steps: readonly ResolvedStep[];
}

/** Codes have five bits, and one says whether an operand is the same for all. */
const STILL = 32;
/** As many operands have a key that is a number. */
const MOST_KEYED = 8;
/** Kinds of operands are few at one place of a program. */
const MOST_PLANS = 200;
/** The numbers of dtypes that are not plain. */
const FIRST_COMPOSED = 17;
const LAST_COMPOSED = 22;

/** As calls have it. */
const ufuncRules: FusedRules = { code: weakCode, call: callStep };

/** The call of one ufunc. */
function callStep(core: UfuncCore, operands: readonly FusedOperand[]): NDArray {
  if (core.nin === 1) return callUnary(core, operands[0]!, undefined, []) as NDArray;
  if (core.nin === 2) return callBinary(core, operands[0]!, operands[1]!, undefined, []) as NDArray;
  return callUfunc(core, operands, {}) as NDArray;
}

/** A chain: so many operands, and steps of which each but the last is used by a later one. */
export class Fused {
  readonly count: number;
  readonly steps: readonly FusedStep[];
  private readonly rules: FusedRules;
  private readonly plans = new Map<number | string, Plan | null>();
  /** The plan that was taken last for arrays of one shape, and the kinds of its operands. */
  private lastKey: number | string = -1;
  private last: Plan | null = null;
  private lastKinds: readonly number[] = [];
  /** The codes of the operands at hand, each with whether it is still; read before anything else is called. */
  private readonly kinds: number[];
  private readonly strides: number[] = [];

  constructor(count: number, steps: readonly FusedStep[], rules: FusedRules = ufuncRules) {
    this.count = count;
    this.steps = steps;
    this.rules = rules;
    this.kinds = new Array<number>(count).fill(0);
  }

  /** The result of the last step. */
  run(operands: readonly FusedOperand[]): FusedOperand {
    if (this.steps.length > 1 && !isInspected()) {
      try {
        const result = this.pass(operands);
        if (result !== null) return result;
      } catch (error) {
        // One after the other: the first that fails says why.
        if (!isNdError(error)) throw error;
      }
    }
    return this.oneByOne(operands);
  }

  private oneByOne(operands: readonly FusedOperand[]): FusedOperand {
    const values = [...operands];
    for (const { core, from } of this.steps) {
      values.push(
        this.rules.call(
          core,
          from.map((value) => values[value]!),
        ),
      );
    }
    return values[values.length - 1]!;
  }

  /** In one pass; null when that cannot be. */
  private pass(operands: readonly FusedOperand[]): FusedOperand | null {
    const { count, kinds, rules } = this;
    let shape: readonly number[] | null = null;
    let alike = true;
    let key = 0;
    for (let k = 0; k < count; k++) {
      const operand = operands[k]!;
      let kind: number;
      if (operand instanceof NDArray) {
        const own = operand.layout.shape;
        kind = operand.dtype.num;
        if (own.length === 0) kind += STILL;
        else if (shape === null) shape = own;
        else if (alike && !isSameShape(own, shape)) alike = false;
      } else kind = STILL + rules.code(operand);
      kinds[k] = kind;
      key = key * 64 + kind;
    }
    if (shape === null) return null;
    if (!alike || count > MOST_KEYED) return this.stretched(operands);
    const plan = key === this.lastKey ? this.last : this.planFor(key, null);
    if (plan === null) return null;
    if (plan.cut !== null) return inParts(plan.cut, operands);
    return this.onAlike(plan, operands, shape);
  }

  /** The same for arrays of several shapes. */
  private stretched(operands: readonly FusedOperand[]): FusedOperand | null {
    const shapes = operands.map((operand) => (operand instanceof NDArray ? operand.layout.shape : []));
    const shape = broadcastShapes(shapes, this.name);
    for (const { core, from } of this.steps) {
      shapes.push(
        broadcastShapes(
          from.map((value) => shapes[value]!),
          core.name,
        ),
      );
    }
    const small = this.steps.map((_, k) => !isSameShape(shapes[this.count + k]!, shape));
    const plan = this.planFor(`${this.kinds.join()} ${small.join()}`, small);
    if (plan === null) return null;
    if (plan.cut !== null) return inParts(plan.cut, operands);
    return this.onBlocks(plan, operands, shape);
  }

  /** The plan for operands of the kinds at hand, and steps of which some are small. */
  private planFor(key: number | string, small: readonly boolean[] | null): Plan | null {
    let plan = this.plans.get(key);
    if (plan === undefined) {
      if (this.plans.size >= MOST_PLANS) this.plans.clear();
      this.plans.set(key, (plan = this.plan(small)));
    }
    if (typeof key === "number") {
      this.lastKey = key;
      this.last = plan;
      this.lastKinds = this.kinds.slice();
    }
    return plan;
  }

  private plan(small: readonly boolean[] | null): Plan | null {
    const { count, kinds, steps } = this;
    const codes = kinds.map((kind) => kind % STILL);
    const still = kinds.map((kind) => kind >= STILL);
    // Dates, strings and structures have rules of their own.
    if (codes.some((code) => code >= FIRST_COMPOSED && code <= LAST_COMPOSED)) return null;
    const resolved = resolveSteps(steps, { codes, still });
    const less = [...still];
    for (const { from } of resolved) less.push(from.every((value) => less[value]!));
    const isSmall = (k: number) => less[count + k]! || (small?.[k] ?? false);
    const isAlone = (k: number) => {
      const { core, loop } = resolved[k]!;
      return !isPlainLoop(loop) || mayThrow(core, loop);
    };
    const place = placeToCut(count, resolved, isSmall, isAlone);
    if (place >= 0) return { program: null, cut: this.partsOf(cutAt(count, steps, place)), steps: resolved };
    const program = programOf(draftOf(resolved, { codes, still }));
    return program === null ? null : { program, cut: null, steps: resolved };
  }

  private partsOf({ inner, outer }: ReturnType<typeof cutAt>): Cut {
    return {
      inner: new Fused(inner.operands.length, inner.steps, this.rules),
      innerFrom: inner.operands,
      outer: new Fused(outer.operands.length, outer.steps, this.rules),
      outerFrom: outer.operands,
    };
  }

  /** Arrays of one shape, and what is still. */
  private onAlike(plan: Plan, operands: readonly FusedOperand[], shape: readonly number[]): NDArray {
    const program = plan.program!;
    const { inputs, resultDType } = program;
    const { strides } = this;
    for (let k = 0; k < inputs.length; k++) {
      const a = operands[inputs[k]!] as NDArray;
      const step = lineStep(a);
      if (step === NO_LINE) return this.onColumns(plan, operands, shape);
      a.storage.alive();
      strides[k] = step;
    }
    placeScalars(program.scalars, operands);
    const result = unsetArray(shape, resultDType, "C", this.name);
    runLines(program, sizeOf(shape), operands, strides, result);
    return result;
  }

  /**
   * What `run` gives, for operands of the kinds that it was last given, if that is a pass over arrays of one shape; else
   * null. `codes` says how scalars count.
   */
  again(operands: readonly FusedOperand[], codes: readonly number[]): NDArray | null {
    const { last, lastKinds: kinds } = this;
    if (last === null || last.program === null || isInspected()) return null;
    let shape: readonly number[] | null = null;
    for (let k = 0; k < kinds.length; k++) {
      const operand = operands[k]!;
      if (operand instanceof NDArray) {
        const own = operand.layout.shape;
        const kind = own.length === 0 ? operand.dtype.num + STILL : operand.dtype.num;
        if (kind !== kinds[k]) return null;
        if (own.length === 0) continue;
        if (shape === null) shape = own;
        else if (!isSameShape(own, shape)) return null;
      } else if (STILL + codes[k]! !== kinds[k]) return null;
    }
    if (shape === null) return null;
    try {
      return this.onAlike(last, operands, shape);
    } catch (error) {
      if (isNdError(error)) return null;
      throw error;
    }
  }

  /** The same of arrays that are all in Fortran order, which are lines as well. */
  private onColumns(plan: Plan, operands: readonly FusedOperand[], shape: readonly number[]): NDArray {
    const { inputs, resultDType } = plan.program!;
    const first = operands[inputs[0]!] as NDArray;
    for (let k = 0; k < inputs.length; k++) {
      const a = operands[inputs[k]!] as NDArray;
      if (!isFContiguous(a.layout, a.dtype.itemsize)) return this.onBlocks(plan, operands, shape);
      a.storage.alive();
      this.strides[k] = a.dtype.itemsize;
    }
    placeScalars(plan.program!.scalars, operands);
    const strides = allocatedStrides(shape, [first.layout.strides], resultDType.itemsize);
    const result = unsetArray(shape, resultDType, strides, this.name);
    runLines(plan.program!, sizeOf(shape), operands, this.strides, result);
    return result;
  }

  /** Arrays of any layouts, stretched to one shape. */
  private onBlocks(plan: Plan, operands: readonly FusedOperand[], shape: readonly number[]): NDArray {
    const program = plan.program!;
    const { inputs, resultDType } = program;
    const places = operands.map((operand): TypedPlace | null => {
      if (!(operand instanceof NDArray) || operand.layout.shape.length === 0) return null;
      operand.storage.alive();
      return placeOf(operand, broadcastLayout(operand.layout, shape)!);
    });
    const strides = this.stridesOf(shape, places, plan.steps);
    placeScalars(program.scalars, operands);
    const result = unsetArray(shape, resultDType, strides, this.name);
    if (sizeOf(shape) > 0) {
      runBlocks(
        program,
        shape,
        inputs.map((k) => places[k]!),
        placeOf(result),
      );
    }
    return result;
  }

  private get name(): string {
    return this.steps[this.steps.length - 1]!.core.name;
  }

  /** The strides of the last result, were each step a call of its own. */
  private stridesOf(
    shape: readonly number[],
    places: readonly (TypedPlace | null)[],
    steps: readonly ResolvedStep[],
  ): readonly number[] {
    const values = places.map((place) => place?.strides ?? null);
    for (const { from, loop } of steps) {
      const taken = from.map((value) => values[value]!).filter((strides) => strides !== null);
      values.push(allocatedStrides(shape, taken, loop.outputs[0]!.itemsize));
    }
    return values[values.length - 1]!;
  }

  /** As one of two parts: what goes wrong is for the whole to see to. */
  part(operands: readonly FusedOperand[]): FusedOperand {
    const whole = this.steps.length > 1 ? this.pass(operands) : null;
    return whole ?? this.oneByOne(operands);
  }
}

function inParts(
  { inner, innerFrom, outer, outerFrom }: Cut,
  operands: readonly FusedOperand[],
): FusedOperand {
  const value = inner.part(innerFrom.map((k) => operands[k]!));
  return outer.part(outerFrom.map((k) => operands[k] ?? value));
}
