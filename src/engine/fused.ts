/**
 * Chains of ufuncs in one pass: each operand is brought in once, all steps are done while a tile of it lies in the cache,
 * and only the last result is written to memory.
 *
 * What comes out is what the calls give one after the other, bit for bit, with the strides that the last of them would have
 * had. Steps that concern less than the whole shape, as in `(x - mean) / (std + 1)`, are done beforehand, by themselves;
 * those that no tile can hold, because their kernel may refuse a value, in between. Whenever anything is wrong, or somebody
 * wants to see events, the calls are done one after the other, and say what they say.
 */

import { NDArray } from "../array/ndarray.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { isNdError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { isSameShape } from "../layout/layout.ts";
import { isInspected } from "./drive.ts";
import { cutAt, type FusedStep, placeToCut } from "./fused-cut.ts";
import { draftOf, isPlainLoop, resolveSteps } from "./fused-draft.ts";
import { plainChain } from "./fused-line.ts";
import {
  type FusedOperand,
  type Pass,
  passAlike,
  passStretched,
  takesPass,
  takesStretched,
} from "./fused-pass.ts";
import { programOf } from "./fused-program.ts";
import { weakCode } from "./resolve.ts";
import { callBinary, callUfunc, callUnary } from "./ufunc-call.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { mayThrow } from "./ufunc-outputs.ts";

export type { FusedStep } from "./fused-cut.ts";
export type { FusedOperand } from "./fused-pass.ts";

/** How scalars count beside arrays, and what does one step by itself. */
export interface FusedRules {
  readonly code: (scalar: ScalarLike, operand: number) => number;
  readonly call: (core: UfuncCore, operands: readonly FusedOperand[]) => FusedOperand;
}

/** A chain in two parts. The number of all operands stands for the result of the inner one. */
interface Cut {
  readonly inner: Fused;
  readonly innerFrom: readonly number[];
  readonly outer: Fused;
  readonly outerFrom: readonly number[];
}

/** What is done with operands of some kinds: a pass, or two parts; null for one call after the other. */
type Plan = { readonly pass: Pass; readonly cut: null } | { readonly pass: null; readonly cut: Cut } | null;

/** Operands that a plan is for. */
interface Setting {
  readonly kinds: readonly number[];
  /** Their shapes, where they are not all of one: of what is still none. */
  readonly shapes: readonly (readonly number[])[] | null;
  readonly shape: readonly number[] | null;
  readonly plan: Plan;
}

/** Kinds are codes, of five bits, and more for arrays of no axes and for scalars, which are the same for all. */
const STILL = 32;
const SCALAR = 64;
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
  private readonly plans = new Map<string, Plan>();
  private last: Setting | null = null;
  /** The codes of the operands at hand, each with whether it is still. */
  private readonly kinds: number[];
  /** Their shape, which is that of the first array, and whether all others have it. */
  private shape: readonly number[] | null = null;
  private alike = true;

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
    this.look(operands);
    if (this.shape === null) return null;
    const setting = this.isAsLast(operands) ? this.last! : this.settingOf(operands);
    this.last = setting;
    const { plan } = setting;
    if (plan === null) return null;
    return plan.cut === null ? this.onePass(plan.pass, setting, operands) : inParts(plan.cut, operands);
  }

  /**
   * What `run` gives, for operands of the kinds that it was last given, if that is one pass; else null. `code` says how
   * scalars count. With `out` the result goes there, if it can without a copy of anything.
   */
  again(
    operands: readonly FusedOperand[],
    code: FusedRules["code"],
    out: NDArray | null = null,
  ): NDArray | null {
    const { last } = this;
    if (last === null || last.plan === null || last.plan.cut !== null || isInspected()) return null;
    const { kinds, shapes } = last;
    let { shape } = last;
    for (let k = 0; k < kinds.length; k++) {
      const operand = operands[k]!;
      if (!(operand instanceof NDArray)) {
        if (SCALAR + code(operand, k) !== kinds[k]) return null;
        continue;
      }
      const { layout, dtype } = operand;
      if (layout.shape.length === 0) {
        if (STILL + dtype.num !== kinds[k]) return null;
        continue;
      }
      if (dtype.num !== kinds[k]) return null;
      if (shapes !== null) {
        if (!isSameShape(layout.shape, shapes[k]!)) return null;
      } else if (shape === null) shape = layout.shape;
      else if (!isSameShape(layout.shape, shape)) return null;
    }
    try {
      const { pass } = last.plan;
      if (shapes === null) {
        if (out === null || takesPass(pass, operands, shape!, out))
          return passAlike(pass, operands, shape!, out);
      }
      if (out !== null && !takesStretched(pass, operands, shape!, out)) return null;
      return passStretched(pass, operands, shape!, out);
    } catch (error) {
      if (isNdError(error)) return null;
      throw error;
    }
  }

  /**
   * Writes what `run` gives into an array and returns that, if it goes there without a copy of it. Else the value, if it had
   * to be computed to know that, or null.
   */
  into(operands: readonly FusedOperand[], out: NDArray): FusedOperand | null {
    this.look(operands);
    if (this.shape === null || isInspected()) return null;
    if (!this.isAsLast(operands)) this.last = this.settingOf(operands);
    const plan = this.last!.plan;
    if (plan === null || plan.cut === null) return this.again(operands, this.rules.code, out);
    const { inner, innerFrom, outer, outerFrom } = plan.cut;
    const value = inner.part(innerFrom.map((k) => operands[k]!));
    const rest = outerFrom.map((k) => operands[k] ?? value);
    return outer.into(rest, out) ?? outer.part(rest);
  }

  /** Finds the kinds of operands, and whether they have one shape. */
  private look(operands: readonly FusedOperand[]): void {
    const { count, kinds, rules } = this;
    let shape: readonly number[] | null = null;
    let alike = true;
    for (let k = 0; k < count; k++) {
      const operand = operands[k]!;
      if (operand instanceof NDArray) {
        const own = operand.layout.shape;
        kinds[k] = own.length === 0 ? operand.dtype.num + STILL : operand.dtype.num;
        if (own.length === 0) continue;
        if (shape === null) shape = own;
        else if (alike && !isSameShape(own, shape)) alike = false;
      } else kinds[k] = SCALAR + rules.code(operand, k);
    }
    this.shape = shape;
    this.alike = alike;
  }

  /** Whether the plan for the operands at hand is that of the last ones. */
  private isAsLast(operands: readonly FusedOperand[]): boolean {
    const { last, kinds } = this;
    if (last === null || this.alike !== (last.shapes === null)) return false;
    for (let k = 0; k < kinds.length; k++) if (kinds[k] !== last.kinds[k]) return false;
    const { shapes } = last;
    if (shapes === null) return true;
    for (let k = 0; k < kinds.length; k++) {
      if (kinds[k]! < STILL && !isSameShape((operands[k] as NDArray).layout.shape, shapes[k]!)) return false;
    }
    return true;
  }

  private settingOf(operands: readonly FusedOperand[]): Setting {
    const kinds = this.kinds.slice();
    if (this.alike) return { kinds, shapes: null, shape: null, plan: this.planFor(kinds, null) };
    const shapes = operands.map((operand) => (operand instanceof NDArray ? operand.layout.shape : []));
    const shape = broadcastShapes(shapes, this.name);
    const all = [...shapes];
    for (const { core, from } of this.steps) {
      const taken = from.map((value) => all[value]!);
      all.push(broadcastShapes(taken, core.name));
    }
    const small = all.slice(this.count).map((one) => !isSameShape(one, shape));
    return { kinds, shapes, shape, plan: this.planFor(kinds, small) };
  }

  /** The plan for operands of some kinds, and steps of which some are small. */
  private planFor(kinds: readonly number[], small: readonly boolean[] | null): Plan {
    const key = small === null ? kinds.join() : `${kinds.join()} ${small.join()}`;
    let plan = this.plans.get(key);
    if (plan === undefined) {
      if (this.plans.size >= MOST_PLANS) this.plans.clear();
      this.plans.set(key, (plan = this.plan(kinds, small)));
    }
    return plan;
  }

  private plan(kinds: readonly number[], small: readonly boolean[] | null): Plan {
    const { count, steps } = this;
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
    if (steps.length === 1 && isAlone(0)) return null;
    const place = placeToCut(count, resolved, isSmall, isAlone);
    if (place >= 0) return { pass: null, cut: this.partsOf(cutAt(count, steps, place)) };
    const program = programOf(draftOf(resolved, { codes, still }));
    if (program === null) return null;
    const line = plainChain(count, resolved, program);
    return { pass: { program, steps: resolved, plain: line, name: this.name }, cut: null };
  }

  private partsOf({ inner, outer }: ReturnType<typeof cutAt>): Cut {
    return {
      inner: new Fused(inner.operands.length, inner.steps, this.rules),
      innerFrom: inner.operands,
      outer: new Fused(outer.operands.length, outer.steps, this.rules),
      outerFrom: outer.operands,
    };
  }

  private onePass(pass: Pass, { shape }: Setting, operands: readonly FusedOperand[]): NDArray {
    return this.alike ? passAlike(pass, operands, this.shape!) : passStretched(pass, operands, shape!);
  }

  private get name(): string {
    return this.steps[this.steps.length - 1]!.core.name;
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
