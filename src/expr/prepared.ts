/** A text of statements made ready: what `py` keeps for each place in a program. */

import { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import type { AugmentedAssignment, Expression, Name, Program, Statement } from "./ast.ts";
import { ChainReady } from "./chain-ready.ts";
import { located, PythonProblem, type Range } from "./errors.ts";
import { lookUp } from "./evaluate.ts";
import { fromJs } from "./from-js.ts";
import { makeReady, type Variables } from "./fusion.ts";
import { getItem, setItem } from "./indexing.ts";
import { Interpreter } from "./interpreter.ts";
import { augmented } from "./operators.ts";
import { type Names, type Ready, Values } from "./ready.ts";
import { ELLIPSIS } from "./values.ts";

/** A statement made ready: gives its value. */
type Step = (values: Values) => unknown;

/** A program, and the names of its variables: those that are given, then those that it assigns. */
export class Prepared {
  readonly source: string;
  /** The names that have to be given. */
  readonly given: readonly string[];
  private readonly names: Names;
  private readonly steps: readonly Step[] | null;
  /** The expression, if there is nothing else; all of its names are given then. */
  private readonly only: Ready | null;
  private readonly statements: readonly Statement[];

  constructor({ source, statements }: Program, given: readonly string[]) {
    this.source = source;
    this.given = given;
    this.statements = statements;
    const assigned = statements.flatMap(assignedBy);
    const list = [...given, ...new Set(assigned.filter((name) => !given.includes(name)))];
    const isRaw = list.map((name) => given.includes(name) && !assigned.includes(name));
    this.names = { list, isRaw, source };
    const variables = new Map(list.map((name, k) => [name, { number: k, isRaw: isRaw[k]! }]));
    const single = statements.length === 1 ? statements[0]! : null;
    this.only = single?.kind === "expression" ? makeReady(single.expression, variables) : null;
    const steps = this.only === null ? statements.map((one) => stepFor(one, variables, source)) : [];
    this.steps = steps.every((step) => step !== null) ? steps : null;
  }

  /** Runs it with JS values for the names that have to be given; the value of the last statement. */
  run(given: unknown[]): unknown {
    const { only } = this;
    if (only !== null) {
      const quick = only instanceof ChainReady ? only.again(given) : null;
      return quick ?? only.run(new Values(this.names, given));
    }
    const { steps } = this;
    if (steps === null) return this.interpret(given);
    const { list, isRaw } = this.names;
    const values = new Values(
      this.names,
      list.map((_, k) => (isRaw[k]! || k >= given.length ? given[k] : fromJs(given[k]))),
    );
    let result: unknown = null;
    for (let k = 0; k < steps.length; k++) result = steps[k]!(values);
    return result;
  }

  /** The same without anything made ready, for statements that are rare. */
  private interpret(given: readonly unknown[]): unknown {
    const session = new Interpreter();
    this.given.forEach((name, k) => {
      session.variables.set(name, fromJs(given[k]));
    });
    let result: unknown = null;
    for (const statement of this.statements) result = session.execute(statement, this.source).value;
    return result;
  }
}

/** The names that a statement assigns, as far as it is made ready. */
function assignedBy(statement: Statement): string[] {
  if (statement.kind === "augmented") return statement.target.kind === "name" ? [statement.target.id] : [];
  if (statement.kind !== "assign") return [];
  return statement.targets.flatMap((target) => (target.kind === "name" ? [target.id] : []));
}

function stepFor(statement: Statement, variables: Variables, source: string): Step | null {
  const ready = (node: Expression) => makeReady(node, variables);
  if (statement.kind === "expression") {
    const value = ready(statement.expression);
    return (values) => value.run(values);
  }
  if (statement.kind === "assign") {
    const stores = statement.targets.map((target) => storeFor(target, variables, source));
    if (stores.some((store) => store === null)) return null;
    const value = ready(statement.value);
    const [store] = stores;
    const out = stores.length === 1 ? wholeTarget(statement.targets[0]!, variables) : null;
    if (out !== null && value instanceof ChainReady) {
      return (values) => {
        const given = value.leafValues(values);
        const a = values.list[out];
        const result = value.into(given, a) ?? value.finish(given, values);
        if (result === a) return a;
        store!(values, result);
        return result;
      };
    }
    return (values) => {
      const result = value.run(values);
      for (const store of stores) store!(values, result);
      return result;
    };
  }
  if (statement.kind !== "augmented") return null;
  const { op, target, value } = statement;
  const given = ready(value);
  if (target.kind === "name") {
    const place = variables.get(target.id)!.number;
    const old = ready(target);
    const whole = given instanceof ChainReady ? ready(operation(statement, target)) : null;
    const chain = whole instanceof ChainReady && whole.isPure ? whole : null;
    return (values) => {
      const a = values.list[place];
      if (chain !== null && a instanceof NDArray && chain.into(chain.leafValues(values), a) === a) return a;
      const before = old.run(values);
      const operand = given.run(values);
      const result = placed(source, statement, () => augmented(op, before, operand));
      if (result !== before) storeName(target, place, values, result, source);
      return result;
    };
  }
  if (target.kind !== "index") return null;
  const [object, index] = [ready(target.object), ready(target.index)];
  return (values) => {
    const [a, at] = [object.run(values), index.run(values)];
    const before = placed(source, target, () => getItem(a, at));
    const operand = given.run(values);
    return placed(source, statement, () => {
      const result = augmented(op, before, operand);
      setItem(a, at, result);
      return result;
    });
  };
}

/** `target op value` of `target op= value`. */
function operation({ op, value, start, end }: AugmentedAssignment, target: Name): Expression {
  return { kind: "binary", op, left: target, right: value, start, end, depth: value.depth + 1 };
}

/** The variable whose array an assignment writes as a whole: `a[...] = …` or `a[:] = …`; else null. */
function wholeTarget(target: Expression, variables: Variables): number | null {
  if (target.kind !== "index" || target.object.kind !== "name") return null;
  const { index } = target;
  const isWhole =
    index.kind === "slice"
      ? index.lower === null && index.upper === null && index.step === null
      : index.kind === "constant" && index.value === ELLIPSIS;
  return isWhole ? (variables.get(target.object.id)?.number ?? null) : null;
}

type Store = (values: Values, value: unknown) => void;

function storeFor(target: Expression, variables: Variables, source: string): Store | null {
  if (target.kind === "name") {
    const place = variables.get(target.id)!.number;
    return (values, value) => storeName(target, place, values, value, source);
  }
  if (target.kind !== "index") return null;
  const [object, index] = [makeReady(target.object, variables), makeReady(target.index, variables)];
  return (values, value) => {
    const [a, at] = [object.run(values), index.run(values)];
    placed(source, target, () => setItem(a, at, value));
  };
}

function storeName(target: Name, place: number, values: Values, value: unknown, source: string): void {
  if (target.id.startsWith("$")) {
    const problem = new PythonProblem(
      "TypeError",
      `a value of JavaScript cannot be assigned to; write into an array as in \${a}[...] = b`,
    );
    throw located(problem, source, target);
  }
  values.set(place, value);
}

function placed<T>(source: string, range: Range, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw located(error, source, range);
  }
}

/** All names in a program, in the order in which they stand there. */
export function namesIn({ statements }: Program): Name[] {
  const names: Name[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { kind } = node as { readonly kind?: unknown };
    if (kind === "name") names.push(node as Name);
    if (kind !== "constant" && kind !== "name" && kind !== "import") Object.values(node).forEach(visit);
  };
  visit(statements);
  return names.sort((a, b) => a.start - b.start);
}

/** The names that a program takes and does not know: neither Python's nor NumPy's, and not assigned before. */
export function freeNames(program: Program): string[] {
  const assigned = new Set<string>();
  const free = new Set<string>();
  for (const statement of program.statements) {
    const single: Program = { ...program, statements: [statement] };
    const targets = statement.kind === "assign" ? statement.targets : [];
    for (const name of namesIn(single)) {
      if (!targets.includes(name) && !assigned.has(name.id) && !isKnown(name.id)) free.add(name.id);
    }
    for (const name of assignedBy(statement)) assigned.add(name);
    if (statement.kind === "import") for (const { name } of statement.bindings) assigned.add(name);
  }
  return [...free];
}

/** Whether a name is Python's or NumPy's. */
export function isKnown(name: string): boolean {
  try {
    lookUp(name, { variables: new Map(), source: "" });
    return true;
  } catch {
    return false;
  }
}

/** @internal */
export function notGiven(name: string, source: string): ValueError {
  return new ValueError(`py: ${name} is not given, and "${source}" needs it`);
}
