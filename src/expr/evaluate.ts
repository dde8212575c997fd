import type { Call, Compare, Expression } from "./ast.ts";
import { getAttribute } from "./attributes.ts";
import { builtins, construct, iterate } from "./builtins.ts";
import { compare } from "./comparisons.ts";
import { located, PythonProblem } from "./errors.ts";
import { getItem, makeSlice } from "./indexing.ts";
import { nameTable, resolveName } from "./names.ts";
import { didYouMean } from "./near-names.ts";
import { binary, unary } from "./operators.ts";
import { truth } from "./truth.ts";
import { typeName } from "./types.ts";
import { type CallArguments, Callable, PyTuple, ScalarType } from "./values.ts";

/** Where an expression is evaluated. */
export interface Scope {
  /** What the user's names stand for. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** The text that the expression is a part of. */
  readonly source: string;
  /** Names that the surroundings add to Python's and NumPy's. */
  readonly extra?: ReadonlyMap<string, unknown> | undefined;
  /** How many expressions may still be evaluated. */
  readonly budget?: { left: number } | undefined;
}

/**
 * The value of an expression (values.ts says what values are).
 *
 * @throws ExprError with the place of the innermost part that failed.
 */
export function evaluate(expression: Expression, scope: Scope): unknown {
  try {
    const { budget } = scope;
    if (budget !== undefined && --budget.left < 0) {
      throw new PythonProblem("MemoryError", "too many steps: the text asks for more work than is allowed");
    }
    return valueOf(expression, scope);
  } catch (error) {
    throw located(error, scope.source, expression);
  }
}

function valueOf(node: Expression, scope: Scope): unknown {
  switch (node.kind) {
    case "constant":
      return node.value;
    case "name":
      return lookUp(node.id, scope);
    case "binary":
      return binary(node.op, evaluate(node.left, scope), evaluate(node.right, scope));
    case "index":
      return getItem(evaluate(node.object, scope), evaluate(node.index, scope));
    case "call":
      return callOf(node, scope);
    case "attribute":
      return getAttribute(evaluate(node.object, scope), node.name);
    case "unary":
      return unary(node.op, evaluate(node.operand, scope));
    case "slice": {
      const bound = (part: Expression | null) => (part === null ? null : evaluate(part, scope));
      return makeSlice(bound(node.lower), bound(node.upper), bound(node.step));
    }
    case "tuple":
      return new PyTuple(node.items.map((item) => evaluate(item, scope)));
    case "list":
      return node.items.map((item) => evaluate(item, scope));
    case "compare":
      return compared(node, scope);
    case "logic": {
      let value: unknown = null;
      for (const one of node.operands) {
        value = evaluate(one, scope);
        if (one !== node.operands.at(-1) && truth(value) === (node.op === "or")) return value;
      }
      return value;
    }
    case "conditional":
      return evaluate(truth(evaluate(node.test, scope)) ? node.then : node.otherwise, scope);
  }
}

/** `a < b < c` is `a < b and b < c`. */
function compared({ left, ops, operands }: Compare, scope: Scope): unknown {
  let value = evaluate(left, scope);
  let result: unknown = true;
  for (const [k, op] of ops.entries()) {
    const next = evaluate(operands[k] as Expression, scope);
    result = compare(op, value, next);
    if (k + 1 < ops.length && !truth(result)) return result;
    value = next;
  }
  return result;
}

let python: ReadonlyMap<string, unknown> | null = null;

/** A name: the user's, then Python's, then NumPy's. */
export function lookUp(name: string, { variables, extra }: Scope): unknown {
  if (variables.has(name)) return variables.get(name);
  if (extra?.has(name)) return extra.get(name);
  python ??= builtins();
  if (python.has(name)) return python.get(name);
  if (name === "np" || name === "numpy") return resolveName("");
  const found = resolveName(name);
  if (found !== undefined) return found;
  const known = [...variables.keys(), ...(extra?.keys() ?? []), ...python.keys(), ...nameTable().keys()];
  throw new PythonProblem("NameError", `name '${name}' is not defined${didYouMean(name, known)}`);
}

/** All names that can be written at the start of an expression. */
export function knownNames({ variables, extra }: Pick<Scope, "variables" | "extra">): string[] {
  python ??= builtins();
  return [...new Set([...variables.keys(), ...(extra?.keys() ?? []), ...python.keys(), "np"])].sort();
}

function callOf({ callee, args }: Call, scope: Scope): unknown {
  const fn = evaluate(callee, scope);
  const positional: unknown[] = [];
  const keywords = new Map<string, unknown>();
  for (const { name, spread, value } of args) {
    const given = evaluate(value, scope);
    if (spread) positional.push(...iterate(given));
    else if (name === null) positional.push(given);
    else keywords.set(name, given);
  }
  return callValue(fn, { positional, keywords });
}

/** @internal A call of a value. */
export function callValue(fn: unknown, args: CallArguments): unknown {
  if (fn instanceof Callable) return fn.call(args);
  if (fn instanceof ScalarType) return construct(fn, args);
  throw new PythonProblem("TypeError", `'${typeName(fn)}' object is not callable`);
}
