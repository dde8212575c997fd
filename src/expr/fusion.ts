/** Makes expressions ready: finds what is element-wise in them, and what is a view. */

import type { BasicIndex } from "../layout/basic.ts";
import { isSlice } from "../layout/slice.ts";
import type { Expression } from "./ast.ts";
import { ChainReady } from "./chain-ready.ts";
import { childrenOf } from "./children.ts";
import { evaluate } from "./evaluate.ts";
import { constantFor, isLibrary, type Part, stepOf } from "./fusion-tree.ts";
import { indexParts } from "./indexing.ts";
import { ConstantReady, OpaqueReady, type Ready, VariableReady, ViewReady } from "./ready.ts";

/** The variables of a text by their names: the number of each, and whether its value is JavaScript's. */
export type Variables = ReadonlyMap<string, { readonly number: number; readonly isRaw: boolean }>;

/** Makes an expression ready. */
export function makeReady(expression: Expression, variables: Variables): Ready {
  return new Making(variables).ready(expression);
}

/** With more leaves a part becomes one by itself: there are only so many tiles. */
const MOST_LEAVES = 8;

class Making {
  private readonly variables: Variables;
  private readonly isVariable: (name: string) => boolean;

  constructor(variables: Variables) {
    this.variables = variables;
    this.isVariable = (name) => variables.has(name);
  }

  ready(given: Expression): Ready {
    const node = this.folded(given);
    if (node.kind === "constant") return new ConstantReady(node.value);
    const variable = node.kind === "name" ? this.variables.get(node.id) : undefined;
    if (variable !== undefined) return new VariableReady(variable.number, variable.isRaw, node);
    return this.chain(node) ?? this.view(node) ?? this.opaque(node);
  }

  private opaque(node: Expression): Ready {
    return new OpaqueReady(
      node,
      childrenOf(node).map((child) => this.ready(child)),
    );
  }

  /** The chain that an expression is, if there is a step to it. */
  private chain(node: Expression): Ready | null {
    const leaves: Expression[] = [];
    const root = this.tree(node, leaves);
    if (typeof root === "number") return null;
    return new ChainReady(
      root,
      leaves,
      leaves.map((leaf) => this.ready(leaf)),
    );
  }

  /** `a.T`, or `a[…]` with nothing but slices, None and `...`. */
  private view(node: Expression): Ready | null {
    if (node.kind === "attribute" && node.name === "T") {
      return new ViewReady(this.ready(node.object), null, node);
    }
    if (node.kind !== "index") return null;
    const parts = constantParts(node.index);
    return parts === null ? null : new ViewReady(this.ready(node.object), parts, node);
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

/** The parts of an index that names no variables and takes no single elements; else null. */
function constantParts(index: Expression): readonly BasicIndex[] | null {
  const isConstant = (node: Expression | null): boolean => {
    if (node === null || node.kind === "constant") return true;
    if (node.kind === "unary") return isConstant(node.operand);
    if (node.kind === "slice")
      return isConstant(node.lower) && isConstant(node.upper) && isConstant(node.step);
    return node.kind === "tuple" && node.items.every(isConstant);
  };
  if (!isConstant(index)) return null;
  const parts = attempt(() => indexParts(evaluate(index, { variables: new Map(), source: "" })));
  const isBasic = (part: unknown) =>
    part === null || part === "..." || isSlice(part) || (typeof part === "number" && Number.isInteger(part));
  return Array.isArray(parts) && parts.every(isBasic) ? (parts as BasicIndex[]) : null;
}
