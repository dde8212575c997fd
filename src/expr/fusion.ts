/**
 * Expressions made ready to be evaluated often. Element-wise parts become chains of the engine, which run in one pass over
 * their operands; all else is left to the evaluator, with the values of what was made ready in its place.
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
import { childrenOf, withChildren } from "./children.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import {
  chainOf,
  constantFor,
  isLibrary,
  type Part,
  stepOf,
  stepsOf,
  type TreeStep,
  withLeaves,
} from "./fusion-tree.ts";
import { operandPair } from "./operands.ts";
import { binary, scalarised } from "./operators.ts";
import { isPythonNumber } from "./scalar-arithmetic.ts";

/** The values of the variables of a text, by their numbers. */
export class Values {
  readonly list: unknown[];
  private readonly names: readonly string[];
  private readonly source: string;
  private made: Map<string, unknown> | null = null;

  constructor(names: readonly string[], source: string, list: unknown[]) {
    this.names = names;
    this.source = source;
    this.list = list;
  }

  /** The same for the evaluator. */
  get scope(): Scope {
    this.made ??= new Map(
      this.names.map((name, k) => [name, this.list[k]] as const).filter(([, v]) => v !== undefined),
    );
    return { variables: this.made, source: this.source };
  }

  set(variable: number, value: unknown): void {
    this.list[variable] = value;
    this.made?.set(this.names[variable]!, value);
  }
}

/** An expression made ready. */
export interface Ready {
  /** Its value. Throws ExprError. */
  run(values: Values): unknown;
  /** Whether there is more to it than leaving it to the evaluator. */
  readonly isFused: boolean;
}

/** Makes an expression ready, whose variables have numbers. */
export function makeReady(expression: Expression, variables: ReadonlyMap<string, number>): Ready {
  return new Making(variables).ready(expression);
}

/** With more leaves a part becomes one by itself: there are only so many tiles. */
const MOST_LEAVES = 8;

class Making {
  private readonly variables: ReadonlyMap<string, number>;
  private readonly isVariable: (name: string) => boolean;

  constructor(variables: ReadonlyMap<string, number>) {
    this.variables = variables;
    this.isVariable = (name) => variables.has(name);
  }

  ready(given: Expression): Ready {
    const node = this.folded(given);
    if (node.kind === "constant") return new ConstantReady(node.value);
    const variable = node.kind === "name" ? this.variables.get(node.id) : undefined;
    if (variable !== undefined) return new VariableReady(variable, node);
    const chain = this.chain(node);
    if (chain !== null) return chain;
    const children = childrenOf(node).map((child) => this.ready(child));
    return new OpaqueReady(node, children);
  }

  /** The chain that an expression is, if there are two steps to it. */
  private chain(node: Expression): ChainReady | null {
    const leaves: Expression[] = [];
    const root = this.tree(node, leaves);
    if (typeof root === "number" || stepsOf(root).length < 2) return null;
    return new ChainReady(
      root,
      leaves,
      leaves.map((leaf) => this.ready(leaf)),
    );
  }

  private tree(given: Expression, leaves: Expression[]): Part {
    const node = this.folded(given);
    const shape = stepOf(node, this.isVariable);
    if (shape === null || leaves.length > MOST_LEAVES - 2) return leafOf(node, leaves);
    const parts = shape.operands.map((operand) => this.tree(operand, leaves));
    return { node, core: shape.core, ofFloats: shape.ofFloats, parts };
  }

  /** A constant for what is one. */
  private folded(node: Expression): Expression {
    if (node.kind === "unary" && node.op === "-" && node.operand.kind === "constant") {
      const { value } = node.operand;
      if (typeof value === "bigint" || typeof value === "number") return constantFor(node, -value);
    }
    if (node.kind === "attribute" && isLibrary(node.object, this.isVariable)) {
      const value = attempt(() => evaluate(node, { variables: new Map(), source: "" }));
      if (typeof value === "number") return constantFor(node, value);
    }
    return node;
  }
}

function attempt(get: () => unknown): unknown {
  try {
    return get();
  } catch {
    return undefined;
  }
}

/** The number of a leaf; a name is one leaf however often it is met. */
function leafOf(node: Expression, leaves: Expression[]): number {
  const known = leaves.findIndex(
    (leaf) => leaf === node || (leaf.kind === "name" && node.kind === "name" && leaf.id === node.id),
  );
  if (known >= 0) return known;
  leaves.push(node);
  return leaves.length - 1;
}

class ConstantReady implements Ready {
  readonly isFused = false;
  private readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  run(): unknown {
    return this.value;
  }
}

class VariableReady implements Ready {
  readonly isFused = false;
  private readonly variable: number;
  private readonly node: Expression;

  constructor(variable: number, node: Expression) {
    this.variable = variable;
    this.node = node;
  }

  run(values: Values): unknown {
    return values.list[this.variable] ?? evaluate(this.node, values.scope);
  }
}

/** What is left to the evaluator, but for the parts of it that are chains, or have some. */
class OpaqueReady implements Ready {
  readonly isFused: boolean;
  private readonly node: Expression;
  private readonly children: readonly Ready[];

  constructor(node: Expression, children: readonly Ready[]) {
    this.node = node;
    this.children = children;
    this.isFused = children.some((child) => child.isFused);
  }

  run(values: Values): unknown {
    if (!this.isFused) return evaluate(this.node, values.scope);
    const given = childrenOf(this.node).map((child, k) =>
      this.children[k]!.isFused ? constantFor(child, this.children[k]!.run(values)) : child,
    );
    return evaluate(withChildren(this.node, given), values.scope);
  }
}

/** Python's numbers are what they were written as, and NumPy's scalars are what operators make of them. */
const pythonRules: FusedRules = {
  code(scalar) {
    if (typeof scalar === "number") return WEAK_FLOAT;
    if (typeof scalar === "bigint") return WEAK_INT;
    return scalar instanceof Complex ? WEAK_COMPLEX : plain.bool.num;
  },
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

/** A chain of two steps or more. */
class ChainReady implements Ready {
  readonly isFused = true;
  private readonly root: TreeStep;
  private readonly nodes: readonly Expression[];
  private readonly leaves: readonly Ready[];
  private readonly whole: Fused;
  /** The leaves of the steps that have nothing else: where one of them is an array, no step is of numbers alone. */
  private readonly bottoms: readonly (readonly number[])[];
  private readonly variants = new Map<number, Variant | null>();

  constructor(root: TreeStep, nodes: readonly Expression[], leaves: readonly Ready[]) {
    this.root = root;
    this.nodes = nodes;
    this.leaves = leaves;
    const parts = leaves.map((_, k) => k);
    this.whole = new Fused(leaves.length, chainOf(root, parts), pythonRules);
    const steps = stepsOf(root).map((step) => step.parts);
    this.bottoms = steps.filter((all): all is readonly number[] =>
      all.every((part) => typeof part === "number"),
    );
  }

  run(values: Values): unknown {
    const { leaves } = this;
    const given = new Array<unknown>(leaves.length).fill(undefined);
    try {
      let arrays = 0;
      let simple = true;
      for (let k = 0; k < leaves.length; k++) {
        const value = leaves[k]!.run(values);
        given[k] = value;
        if (value instanceof NDArray) arrays |= 1 << k;
        else if (!isPythonNumber(value)) simple = false;
      }
      if (simple && arrays !== 0) {
        const result = this.isWhole(arrays)
          ? this.whole.run(given as FusedOperand[])
          : this.inPart(arrays, given, values);
        if (result !== null) return result;
      }
    } catch (error) {
      if (!isNdError(error)) throw error;
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
