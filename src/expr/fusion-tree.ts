/**
 * The element-wise part of an expression as a tree: operators and calls of ufuncs are its steps, everything else its leaves.
 */

import type { FusedStep } from "../engine/fused.ts";
import { coreOf, type Ufunc } from "../engine/ufunc.ts";
import type { UfuncCore } from "../engine/ufunc-core.ts";
import { absolute, negative, positive, square } from "../ops/ufuncs-arithmetic.ts";
import { sqrt } from "../ops/ufuncs-exponential.ts";
import { invert } from "../ops/ufuncs-logic.ts";
import type { Call, Constant, Expression } from "./ast.ts";
import { builtins } from "./builtins.ts";
import { withChildren } from "./children.ts";
import { comparisonUfuncs } from "./comparisons.ts";
import { nameTable } from "./names.ts";
import { operatorUfuncs } from "./operators.ts";

/** What is computed element by element from other parts of an expression. */
export interface StepShape {
  readonly core: UfuncCore;
  readonly operands: readonly Expression[];
  readonly ofFloats?: UfuncCore | undefined;
}

/** Whether a name is one of the user's. */
export type IsVariable = (name: string) => boolean;

/** What an expression does to its operands when it is element-wise, else null. */
export function stepOf(node: Expression, isVariable: IsVariable): StepShape | null {
  switch (node.kind) {
    case "binary":
      return binaryStep(node.op, node.left, node.right);
    case "unary":
      if (node.op === "not") return null;
      return { core: coreOf(unaryUfuncs[node.op]), operands: [node.operand] };
    case "compare": {
      const ufunc = node.ops.length === 1 ? comparisonUfuncs[node.ops[0]!] : undefined;
      return ufunc === undefined ? null : { core: coreOf(ufunc), operands: [node.left, ...node.operands] };
    }
    case "call":
      return callStep(node, isVariable);
    default:
      return null;
  }
}

const unaryUfuncs = { "+": positive, "-": negative, "~": invert } as const;

function binaryStep(op: string, left: Expression, right: Expression): StepShape | null {
  if (op === "@") return null;
  const core = coreOf(operatorUfuncs.get(op as "+"));
  if (op !== "**") return { core, operands: [left, right] };
  // Which function computes a power depends on the exponent: only one that stands there is known.
  if (right.kind !== "constant" || (typeof right.value !== "bigint" && typeof right.value !== "number"))
    return null;
  const exponent = Number(right.value);
  const ofFloats = exponent === 2 ? coreOf(square) : right.value === 0.5 ? coreOf(sqrt) : undefined;
  return { core, operands: [left, right], ofFloats };
}

/** A call of a ufunc, with nothing but operands. */
function callStep({ callee, args }: Call, isVariable: IsVariable): StepShape | null {
  const ufunc = calledUfunc(callee, isVariable);
  if (ufunc === null || ufunc.nout !== 1 || ufunc.signature !== null || args.length !== ufunc.nin)
    return null;
  if (args.some(({ name, spread }) => name !== null || spread)) return null;
  return { core: coreOf(ufunc), operands: args.map(({ value }) => value) };
}

function calledUfunc(callee: Expression, isVariable: IsVariable): Ufunc | null {
  if (callee.kind === "name" && !isVariable(callee.id)) {
    if (callee.id === "abs") return absolute;
    return builtinNames().has(callee.id) ? null : ufuncNamed(callee.id);
  }
  return callee.kind === "attribute" && isLibrary(callee.object, isVariable) ? ufuncNamed(callee.name) : null;
}

/** Whether an expression is `np`. */
export function isLibrary(node: Expression, isVariable: IsVariable): boolean {
  return node.kind === "name" && (node.id === "np" || node.id === "numpy") && !isVariable(node.id);
}

let python: ReadonlyMap<string, unknown> | null = null;

function builtinNames(): ReadonlyMap<string, unknown> {
  return (python ??= builtins());
}

function ufuncNamed(name: string): Ufunc | null {
  const value = nameTable().get(name);
  return typeof value === "function" && "core" in value ? (value as unknown as Ufunc) : null;
}

/** A part of a tree: a leaf by its number, or a step. */
export type Part = number | TreeStep;

/** A step and the parts that it takes. */
export interface TreeStep {
  readonly node: Expression;
  readonly core: UfuncCore;
  readonly ofFloats: UfuncCore | undefined;
  readonly parts: readonly Part[];
}

/** The steps of a tree, each after those that it takes. */
export function stepsOf(root: TreeStep): TreeStep[] {
  const steps: TreeStep[] = [];
  const walk = (part: Part) => {
    if (typeof part === "number") return;
    part.parts.forEach(walk);
    steps.push(part);
  };
  walk(root);
  return steps;
}

/** The steps as a chain has them. Parts that `given` has are operands, by their place in it; leaves have their numbers. */
export function chainOf(root: TreeStep, operands: readonly Part[]): FusedStep[] {
  const values: Part[] = [...operands];
  const chain: FusedStep[] = [];
  const walk = (part: Part): number => {
    const known = values.indexOf(part);
    if (known >= 0 || typeof part === "number") return known;
    const from = part.parts.map(walk);
    chain.push({ core: part.core, from, ofFloats: part.ofFloats });
    values.push(part);
    return values.length - 1;
  };
  walk(root);
  return chain;
}

/** The expression of a tree whose leaves are values. */
export function withLeaves(part: Part, leaf: (k: number) => Expression): Expression {
  if (typeof part === "number") return leaf(part);
  const { node } = part;
  const given = part.parts.map((one) => withLeaves(one, leaf));
  if (node.kind !== "call") return withChildren(node, given);
  return { ...node, args: node.args.map((arg, k) => ({ ...arg, value: given[k]! })) };
}

/** A value in the place of an expression. */
export function constantFor({ start, end }: Expression, value: unknown): Constant {
  return { kind: "constant", value, start, end, depth: 1 };
}
