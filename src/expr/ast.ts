import type { Range } from "./errors.ts";

/** What the parser makes of a text. Every node knows its place in it. */
interface Node extends Range {
  /** How many nodes lie on the longest way down from this one. */
  readonly depth: number;
}

export interface Name extends Node {
  readonly kind: "name";
  readonly id: string;
}

/** A number, a text, bytes, True, False, None or `...`, as a value of an expression (values.ts). */
export interface Constant extends Node {
  readonly kind: "constant";
  readonly value: unknown;
}

export interface Sequence extends Node {
  readonly kind: "tuple" | "list";
  readonly items: readonly Expression[];
}

export type UnaryOperator = "+" | "-" | "~" | "not";

export interface Unary extends Node {
  readonly kind: "unary";
  readonly op: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "<<" | ">>" | "&" | "|" | "^";

export interface Binary extends Node {
  readonly kind: "binary";
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=" | "in" | "not in" | "is" | "is not";

/** One comparison, or a chain of them: `a < b <= c` has two. */
export interface Compare extends Node {
  readonly kind: "compare";
  readonly left: Expression;
  readonly ops: readonly Comparison[];
  readonly operands: readonly Expression[];
}

export interface Logic extends Node {
  readonly kind: "logic";
  readonly op: "and" | "or";
  readonly operands: readonly Expression[];
}

/** `then if test else otherwise`. */
export interface Conditional extends Node {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Attribute extends Node {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: string;
}

/** One argument of a call; `name` for a keyword, `spread` for `*args`. */
export interface Argument extends Range {
  readonly name: string | null;
  readonly spread: boolean;
  readonly value: Expression;
}

export interface Call extends Node {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

/** `object[index]`; the index is a tuple when there is a comma in it. */
export interface Subscript extends Node {
  readonly kind: "index";
  readonly object: Expression;
  readonly index: Expression;
}

/** `lower:upper:step`, only ever inside an index. */
export interface SliceNode extends Node {
  readonly kind: "slice";
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

export type Expression =
  | Name
  | Constant
  | Sequence
  | Unary
  | Binary
  | Compare
  | Logic
  | Conditional
  | Attribute
  | Call
  | Subscript
  | SliceNode;

export interface ExpressionStatement extends Range {
  readonly kind: "expression";
  readonly expression: Expression;
}

/** `a = b = value`: the targets are names, indices, attributes, and tuples and lists of them. */
export interface Assignment extends Range {
  readonly kind: "assign";
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

/** `target op= value`. */
export interface AugmentedAssignment extends Range {
  readonly kind: "augmented";
  readonly op: BinaryOperator;
  readonly target: Expression;
  readonly value: Expression;
}

export interface Deletion extends Range {
  readonly kind: "delete";
  readonly targets: readonly Name[];
}

/** `import numpy as np`, `from numpy.linalg import norm as n`: names, and the path that each stands for. */
export interface Import extends Range {
  readonly kind: "import";
  readonly bindings: readonly (Range & { readonly name: string; readonly path: string })[];
}

export interface Pass extends Range {
  readonly kind: "pass";
}

export type Statement = ExpressionStatement | Assignment | AugmentedAssignment | Deletion | Import | Pass;

/** A text, read. */
export interface Program {
  readonly source: string;
  readonly statements: readonly Statement[];
}
