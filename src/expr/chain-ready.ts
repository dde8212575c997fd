/**
 * Element-wise parts of expressions, made ready: they are chains of the engine, which run in one pass over their operands.
 *
 * Whenever a chain cannot be had, or fails, the evaluator does the same step by step: it says what went wrong, and where.
 */

import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { plain } from "../dtype/table.ts";
import { Fused, type FusedOperand, type FusedRules } from "../engine/fused.ts";
import { WEAK_COMPLEX, WEAK_FLOAT, WEAK_INT } from "../engine/resolve.ts";
import { callBinary, callUfunc, callUnary } from "../engine/ufunc-call.ts";
import { isNdError } from "../errors.ts";
import type { Expression } from "./ast.ts";
import { evaluate } from "./evaluate.ts";
import { fromJs } from "./from-js.ts";
import { chainOf, constantFor, type Part, stepsOf, type TreeStep, withLeaves } from "./fusion-tree.ts";
import { operandPair } from "./operands.ts";
import { binary, scalarised } from "./operators.ts";
import { ConstantReady, type Ready, type Values, VariableReady, ViewReady } from "./ready.ts";
import { isPythonNumber } from "./scalar-arithmetic.ts";
import { NumpyScalar } from "./values.ts";

/** Python's numbers are what they were written as, and NumPy's scalars are what operators make of them. */
function pythonCode(scalar: unknown): number {
  if (typeof scalar === "number") return WEAK_FLOAT;
  if (typeof scalar === "bigint") return WEAK_INT;
  return scalar instanceof Complex ? WEAK_COMPLEX : plain.bool.num;
}

const pythonRules: FusedRules = {
  code: pythonCode,
  call(core, operands) {
    const [a, b] = operands;
    if (core.name === "power") return binary("**", a, b) as FusedOperand;
    if (operands.length === 1) return scalarised(callUnary(core, a!, undefined, [])) as FusedOperand;
    if (operands.length > 2) return scalarised(callUfunc(core, operands, {})) as FusedOperand;
    const [x, y] = operandPair(a, b) as [FusedOperand, FusedOperand];
    return scalarised(callBinary(core, x, y, undefined, [])) as FusedOperand;
  },
};

/** A chain for leaves of which some are arrays: steps of numbers alone are Python's, and done before. */
interface Variant {
  /** The parts that are operands. */
  readonly operands: readonly Part[];
  readonly chain: Fused;
}

/** How a scalar of JavaScript counts; -1 for what is none. */
function rawCode(value: unknown): number {
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? WEAK_INT : WEAK_FLOAT;
  return isPythonNumber(value) ? pythonCode(value) : -1;
}

const none: readonly unknown[] = [];

/** Which values are arrays, as bits, if all others are numbers of Python; else -1. */
function arraysAmong(given: readonly unknown[]): number {
  let arrays = 0;
  for (let k = 0; k < given.length; k++) {
    if (given[k] instanceof NDArray) arrays |= 1 << k;
    else if (!isPythonNumber(given[k])) return -1;
  }
  return arrays;
}

/** Steps over leaves. */
export class ChainReady implements Ready {
  readonly isFused: boolean;
  private readonly root: TreeStep;
  private readonly nodes: readonly Expression[];
  private readonly leaves: readonly Ready[];
  private readonly whole: Fused;
  /** The leaves of the steps that have nothing else: where one of them is an array, no step is of numbers alone. */
  private readonly bottoms: readonly (readonly number[])[];
  private readonly variants = new Map<number, Variant | null>();
  /** For each leaf the number of the variable that it is, if its values are JavaScript's; else -1. */
  private readonly raw: readonly number[];
  private readonly code: FusedRules["code"];
  /** The values of leaves that are always the same, and undefined for others. */
  private readonly constants: readonly unknown[];
  /** Whether there are no other leaves than these and variables of JavaScript. */
  private readonly isDirect: boolean;
  /** Whether the leaves are all variables, in their order. */
  private readonly isInOrder: boolean;

  constructor(root: TreeStep, nodes: readonly Expression[], leaves: readonly Ready[]) {
    this.root = root;
    this.nodes = nodes;
    this.leaves = leaves;
    const parts = leaves.map((_, k) => k);
    this.whole = new Fused(leaves.length, chainOf(root, parts), pythonRules);
    const steps = stepsOf(root).map((step) => step.parts);
    this.isFused = steps.length > 1;
    this.bottoms = steps.filter((all): all is readonly number[] =>
      all.every((part) => typeof part === "number"),
    );
    const raw = leaves.map((leaf) => (leaf instanceof VariableReady && leaf.isRaw ? leaf.variable : -1));
    this.raw = raw;
    this.code = (value, k) => (raw[k]! >= 0 ? rawCode(value) : pythonCode(value));
    this.constants = leaves.map((leaf) => (leaf instanceof ConstantReady ? leaf.value : undefined));
    this.isDirect = leaves.every((_, k) => raw[k]! >= 0 || this.constants[k] !== undefined);
    this.isInOrder = raw.every((variable, k) => variable === k);
  }

  /** The value, if it comes as it came last, from the values of variables; else null. */
  again(list: readonly unknown[]): unknown {
    if (!this.isDirect) return null;
    if (this.isInOrder && list.length === this.raw.length) return this.asLast(list);
    const { raw, constants } = this;
    const given: unknown[] = [];
    for (let k = 0; k < raw.length; k++) given.push(raw[k]! >= 0 ? list[raw[k]!] : constants[k]);
    return this.asLast(given);
  }

  private asLast(given: readonly unknown[]): unknown {
    if (this.isFused) return this.whole.again(given as readonly FusedOperand[], this.code);
    return this.single(given);
  }

  run(values: Values): unknown {
    const given = this.rawLeaves(values);
    return this.asLast(given) ?? this.finish(this.asPython(given), values);
  }

  /** Whether asking for the leaves twice does no harm. */
  get isPure(): boolean {
    return this.leaves.every(
      (leaf) => leaf instanceof VariableReady || leaf instanceof ConstantReady || leaf instanceof ViewReady,
    );
  }

  /** The values of all leaves. */
  leafValues(values: Values): unknown[] {
    return this.asPython(this.rawLeaves(values));
  }

  /**
   * Writes the value for some leaves into an array and returns that, if it goes there without a copy of it. Else the value, if
   * it had to be computed to know that, or null.
   */
  into(given: readonly unknown[], out: unknown): unknown {
    if (!(out instanceof NDArray) || out instanceof NumpyScalar) return null;
    const arrays = arraysAmong(given);
    if (arrays <= 0 || !this.isWhole(arrays)) return null;
    try {
      return this.whole.into(given as readonly FusedOperand[], out);
    } catch (error) {
      if (isNdError(error)) return null;
      throw error;
    }
  }

  /** The leaves as they come: variables of JavaScript as they are. */
  private rawLeaves(values: Values): unknown[] {
    const { leaves, raw } = this;
    const given: unknown[] = [];
    for (let k = 0; k < leaves.length; k++) {
      const variable = raw[k]!;
      given.push(variable >= 0 ? values.list[variable] : this.leaf(k, given, values));
    }
    return given;
  }

  private asPython(given: unknown[]): unknown[] {
    for (let k = 0; k < given.length; k++) if (this.raw[k]! >= 0) given[k] = fromJs(given[k]);
    return given;
  }

  /** The one step, if there is an array, and nothing special about the rest. */
  private single(given: readonly unknown[]): unknown {
    const { core, parts } = this.root;
    if (core.name === "power" || parts.length > 2) return null;
    const a = this.numberOf(given, parts[0] as number);
    const b = parts.length === 1 ? a : this.numberOf(given, parts[1] as number);
    if (a === null || b === null || !(a instanceof NDArray || b instanceof NDArray)) return null;
    try {
      const one = parts.length === 1;
      return scalarised(one ? callUnary(core, a, undefined, none) : callBinary(core, a, b, undefined, none));
    } catch (error) {
      if (isNdError(error)) return null;
      throw error;
    }
  }

  /** An array, or a number that counts for the library as it does for Python; else null. */
  private numberOf(given: readonly unknown[], k: number): FusedOperand | null {
    const value = given[k];
    if (value instanceof NDArray) return value;
    if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : null;
    if (typeof value !== "number") return null;
    return (this.code(value, k) === WEAK_INT) === Number.isInteger(value) ? value : null;
  }

  /** The value of a leaf. Where it fails, what comes before it may have failed sooner. */
  private leaf(k: number, given: readonly unknown[], values: Values): unknown {
    try {
      return this.leaves[k]!.run(values);
    } catch (error) {
      const known = given.map((value, j) => (this.raw[j]! >= 0 ? fromJs(value) : value));
      evaluate(this.filledIn(this.root, known), values.scope);
      throw error;
    }
  }

  /** The value for some leaves. */
  finish(given: readonly unknown[], values: Values): unknown {
    const arrays = arraysAmong(given);
    if (arrays > 0) {
      try {
        const result = this.isWhole(arrays)
          ? this.whole.run(given as FusedOperand[])
          : this.inPart(arrays, given, values);
        if (result !== null) return result;
      } catch (error) {
        if (!isNdError(error)) throw error;
      }
    }
    return evaluate(this.filledIn(this.root, given), values.scope);
  }

  /** The expression of a part, with the values of leaves as far as they are known. */
  private filledIn(part: Part, given: readonly unknown[]): Expression {
    return withLeaves(part, (k) => {
      const value = given[k];
      return value === undefined ? this.nodes[k]! : constantFor(this.nodes[k]!, value);
    });
  }

  private isWhole(arrays: number): boolean {
    const { bottoms } = this;
    for (let k = 0; k < bottoms.length; k++) {
      const bottom = bottoms[k]!;
      let some = false;
      for (let j = 0; j < bottom.length; j++) if ((arrays & (1 << bottom[j]!)) !== 0) some = true;
      if (!some) return false;
    }
    return true;
  }

  private inPart(arrays: number, given: readonly unknown[], values: Values): FusedOperand | null {
    let variant = this.variants.get(arrays);
    if (variant === undefined) this.variants.set(arrays, (variant = this.variantOf(arrays)));
    if (variant === null) return null;
    const operands = variant.operands.map((part) =>
      typeof part === "number" ? given[part] : evaluate(this.filledIn(part, given), values.scope),
    );
    return variant.chain.run(operands as FusedOperand[]);
  }

  private variantOf(arrays: number): Variant | null {
    const isOfNumbers = (part: Part): boolean =>
      typeof part === "number" ? (arrays & (1 << part)) === 0 : part.parts.every(isOfNumbers);
    if (isOfNumbers(this.root)) return null;
    const operands: Part[] = [];
    const walk = (part: Part): void => {
      if (typeof part !== "number" && !isOfNumbers(part)) part.parts.forEach(walk);
      else if (!operands.includes(part)) operands.push(part);
    };
    walk(this.root);
    return { operands, chain: new Fused(operands.length, chainOf(this.root, operands), pythonRules) };
  }
}
