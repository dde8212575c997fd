/** Expressions made ready to be evaluated often: all but chains (chain-ready.ts). */

import { NDArray } from "../array/ndarray.ts";
import { isNdError } from "../errors.ts";
import { type BasicIndex, indexLayout } from "../layout/basic.ts";
import type { Expression } from "./ast.ts";
import { childrenOf, withChildren } from "./children.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { fromJs } from "./from-js.ts";
import { constantFor } from "./fusion-tree.ts";
import { NumpyScalar } from "./values.ts";

/** The variables of a text. */
export interface Names {
  readonly list: readonly string[];
  /** Which of them have the values that JavaScript has; those of others are Python's. */
  readonly isRaw: readonly boolean[];
  readonly source: string;
}

/** The values of the variables of a text, by their numbers. */
export class Values {
  readonly list: unknown[];
  private readonly names: Names;
  private made: Map<string, unknown> | null = null;

  constructor(names: Names, list: unknown[]) {
    this.names = names;
    this.list = list;
  }

  /** The same for the evaluator. */
  get scope(): Scope {
    const { list, isRaw, source } = this.names;
    if (this.made === null) {
      this.made = new Map();
      for (let k = 0; k < list.length; k++) {
        const value = this.list[k];
        if (isRaw[k]!) this.made.set(list[k]!, fromJs(value));
        else if (value !== undefined) this.made.set(list[k]!, value);
      }
    }
    return { variables: this.made, source };
  }

  set(variable: number, value: unknown): void {
    this.list[variable] = value;
    this.made?.set(this.names.list[variable]!, value);
  }
}

/** An expression made ready. */
export interface Ready {
  /** Its value. Throws ExprError. */
  run(values: Values): unknown;
  /** Whether there is more to it than leaving it to the evaluator. */
  readonly isFused: boolean;
}

/** What always is the same. */
export class ConstantReady implements Ready {
  readonly isFused = false;
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  run(): unknown {
    return this.value;
  }
}

export class VariableReady implements Ready {
  readonly isFused = false;
  readonly variable: number;
  readonly isRaw: boolean;
  private readonly node: Expression;

  constructor(variable: number, isRaw: boolean, node: Expression) {
    this.variable = variable;
    this.isRaw = isRaw;
    this.node = node;
  }

  run(values: Values): unknown {
    const value = values.list[this.variable];
    if (this.isRaw) return fromJs(value);
    return value === undefined ? evaluate(this.node, values.scope) : value;
  }
}

/** A view of an array: by an index that is always the same, or all axes in reverse order. */
export class ViewReady implements Ready {
  readonly isFused = true;
  private readonly object: Ready;
  /** Null for reversed axes. */
  private readonly index: readonly BasicIndex[] | null;
  private readonly node: Expression;

  constructor(object: Ready, index: readonly BasicIndex[] | null, node: Expression) {
    this.object = object;
    this.index = index;
    this.node = node;
  }

  run(values: Values): unknown {
    const a = this.object.run(values);
    if (a instanceof NDArray && !(a instanceof NumpyScalar)) {
      if (this.index === null) return a.T;
      try {
        const layout = indexLayout(a.layout, this.index);
        if (layout.shape.length > 0) return a.viewAs(layout);
      } catch (error) {
        if (!isNdError(error)) throw error;
      }
    }
    const [object, ...rest] = childrenOf(this.node);
    return evaluate(withChildren(this.node, [constantFor(object!, a), ...rest]), values.scope);
  }
}

/** What is left to the evaluator, but for the parts of it that are chains, or have some. */
export class OpaqueReady implements Ready {
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
