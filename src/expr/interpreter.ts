import { asarray } from "../array/create.ts";
import { getPrintoptions, type PrintOptions, setPrintoptions } from "../array/format/options.ts";
import type { Assignment, AugmentedAssignment, Expression, Import, Statement } from "./ast.ts";
import { attributeNames, getAttribute, setAttribute } from "./attributes.ts";
import { iterate } from "./builtins.ts";
import { located, PythonProblem } from "./errors.ts";
import { evaluate, knownNames, lookUp, type Scope } from "./evaluate.ts";
import { fromJs } from "./from-js.ts";
import { getItem, setItem } from "./indexing.ts";
import { defaultLimits, type Limits, within } from "./limits.ts";
import { resolveName } from "./names.ts";
import { augmented } from "./operators.ts";
import { parse } from "./parser.ts";
import { repr, str } from "./repr.ts";
import { type CallArguments, Callable } from "./values.ts";

/** What came of a statement. */
export interface StatementResult {
  /** Its place in the text. */
  readonly start: number;
  readonly end: number;
  readonly source: string;
  /** The name that was assigned, if it was one. */
  readonly name?: string;
  /** The value of an expression, or what was assigned; null if there is none. */
  readonly value: unknown;
  /** What Python's prompt would print: what `print` wrote, and the repr of an expression that is not None. */
  readonly text: string;
}

/** Options of an {@link Interpreter}. */
export interface InterpreterOptions {
  /** Names and what they stand for: arrays, numbers, texts, lists. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Functions that expressions may call by these names, besides Python's and NumPy's; they take and give values. */
  readonly functions?: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> | undefined;
}

/**
 * A session of Python expressions over arrays: what is assigned lives on.
 *
 * @example
 * import { Interpreter } from "ndview/expr";
 *
 * const session = new Interpreter();
 * session.run("a = np.arange(6).reshape(2, 3); a[0, ::-1]").at(-1)?.text; // "array([2, 1, 0])"
 * session.run("a.sum()").at(-1)?.text; // "np.int64(15)"
 */
export class Interpreter {
  /** The user's names. */
  readonly variables = new Map<string, unknown>();
  readonly limits: Limits;
  readonly #extra: Map<string, unknown>;
  readonly #budget = { left: 0 };
  /** `np.set_printoptions` is for the session, not for the process. */
  readonly #printing: { options: PrintOptions | null } = { options: null };
  #written: string[] = [];

  constructor({ variables = {}, limits = {}, functions = {} }: InterpreterOptions = {}) {
    this.limits = { ...defaultLimits, ...limits };
    for (const [name, value] of Object.entries(variables)) this.variables.set(name, fromJs(value));
    this.#extra = new Map([["print", new Callable("print", (args) => this.#print(args))]]);
    for (const [name, run] of Object.entries(functions)) {
      this.#extra.set(name, new Callable(name, ({ positional }) => fromJs(run(...positional))));
    }
  }

  /**
   * Runs all statements of a text.
   *
   * @throws ExprError for the first one that fails; those before it have been run.
   */
  run(source: string): StatementResult[] {
    return [...this.steps(source)];
  }

  /** The same, statement by statement: each is run when it is asked for. */
  *steps(source: string): Generator<StatementResult, void, undefined> {
    const { length, depth } = this.limits;
    const { statements } = parse(source, { maxLength: length, maxDepth: depth });
    for (const statement of statements) yield this.execute(statement, source);
  }

  /**
   * Runs one statement.
   *
   * @throws ExprError with the place of what failed.
   */
  execute(statement: Statement, source: string): StatementResult {
    const { start, end } = statement;
    this.#budget.left = this.limits.steps;
    this.#written = [];
    try {
      return withOwnOptions(this.#printing, () =>
        within(this.limits, () => {
          const { name, value, shown } = this.#perform(statement, source);
          const text = [...this.#written, ...(shown === null ? [] : [shown])].join("\n");
          const place = { start, end, source: source.slice(start, end), value, text };
          return name === undefined ? place : { ...place, name };
        }),
      );
    } catch (error) {
      throw located(error, source, statement);
    }
  }

  /** The names that may follow: after `np.li` those of NumPy that begin so, after `a.` what an array has. */
  complete(text: string): { readonly start: number; readonly names: string[] } {
    const path =
      /[\p{L}_][\p{L}\p{N}_]*(?:\s*\.\s*[\p{L}_][\p{L}\p{N}_]*)*(?:\s*\.\s*)?$/u.exec(text)?.[0] ?? "";
    // What a call or an index gives is most often an array.
    const ofResult = /[)\]]\s*\.\s*$/.test(text.slice(0, text.length - path.length));
    const words = path.split(".").map((word) => word.trim());
    const last = words.pop() ?? "";
    const start = text.length - last.length;
    const names = ofResult ? attributeNames(asarray([])) : this.#namesAfter(words);
    return { start, names: names.filter((name) => name.startsWith(last)) };
  }

  #namesAfter(words: readonly string[]): string[] {
    const scope = { variables: this.variables, extra: this.#extra, source: "" };
    if (words.length === 0) return knownNames(scope);
    try {
      const [first = "", ...rest] = words;
      return attributeNames(
        rest.reduce<unknown>((value, word) => getAttribute(value, word), lookUp(first, scope)),
      );
    } catch {
      return [];
    }
  }

  #scope(source: string): Scope {
    return { variables: this.variables, source, extra: this.#extra, budget: this.#budget };
  }

  #perform(
    statement: Statement,
    source: string,
  ): { readonly name?: string | undefined; readonly value: unknown; readonly shown: string | null } {
    const scope = this.#scope(source);
    switch (statement.kind) {
      case "expression": {
        const value = evaluate(statement.expression, scope);
        if (value === null) return { value, shown: null };
        try {
          return { value, shown: repr(value) };
        } catch (error) {
          throw located(error, source, statement.expression);
        }
      }
      case "assign":
        return { ...this.#assign(statement, scope), shown: null };
      case "augmented":
        return { ...this.#augment(statement, scope), shown: null };
      case "import":
        this.#import(statement, source);
        return { value: null, shown: null };
      case "delete":
        for (const target of statement.targets) {
          if (this.variables.delete(target.id)) continue;
          throw located(new PythonProblem("NameError", `name '${target.id}' is not defined`), source, target);
        }
        return { value: null, shown: null };
      case "pass":
        return { value: null, shown: null };
    }
  }

  #assign({ targets, value }: Assignment, scope: Scope): { name?: string | undefined; value: unknown } {
    const given = evaluate(value, scope);
    for (const target of targets) this.#assignTo(target, given, scope);
    const [first] = targets;
    return { name: first?.kind === "name" ? first.id : undefined, value: given };
  }

  #assignTo(target: Expression, value: unknown, scope: Scope): void {
    try {
      if (target.kind === "name") this.variables.set(target.id, value);
      else if (target.kind === "index") {
        setItem(evaluate(target.object, scope), evaluate(target.index, scope), value);
      } else if (target.kind === "attribute")
        setAttribute(evaluate(target.object, scope), target.name, value);
      else if (target.kind === "tuple" || target.kind === "list") this.#unpack(target.items, value, scope);
    } catch (error) {
      throw located(error, scope.source, target);
    }
  }

  #unpack(targets: readonly Expression[], value: unknown, scope: Scope): void {
    const items = iterate(value);
    if (items.length !== targets.length) {
      const few = items.length < targets.length;
      const what = few
        ? `not enough values to unpack (expected ${targets.length}, got ${items.length})`
        : `too many values to unpack (expected ${targets.length})`;
      throw new PythonProblem("ValueError", what);
    }
    for (const [k, target] of targets.entries()) this.#assignTo(target, items[k], scope);
  }

  /** `a op= b`: an array is written into; what is not one is assigned anew. */
  #augment(
    { op, target, value, start, end }: AugmentedAssignment,
    scope: Scope,
  ): { name?: string; value: unknown } {
    if (target.kind === "index") {
      const object = evaluate(target.object, scope);
      const index = evaluate(target.index, scope);
      const place = { start, end };
      const old = attempt(() => getItem(object, index), scope.source, target);
      const given = evaluate(value, scope);
      const result = attempt(() => augmented(op, old, given), scope.source, place);
      attempt(() => setItem(object, index, result), scope.source, place);
      return { value: result };
    }
    const old = evaluate(target, scope);
    const given = evaluate(value, scope);
    const result = attempt(() => augmented(op, old, given), scope.source, { start, end });
    this.#assignTo(target, result, scope);
    return target.kind === "name" ? { name: target.id, value: result } : { value: result };
  }

  #import({ bindings }: Import, source: string): void {
    for (const { name, path, start, end } of bindings) {
      const value = resolveName(path === "numpy" ? "" : path.slice("numpy.".length));
      if (value === undefined) {
        throw located(new PythonProblem("NameError", `there is no '${path}' here`), source, { start, end });
      }
      this.variables.set(name, value);
    }
  }

  #print({ positional, keywords }: CallArguments): null {
    const separator = keywords.get("sep") ?? " ";
    this.#written.push(positional.map(str).join(String(separator)));
    return null;
  }
}

/** Runs something with the print options of a session, keeps those that it leaves, and brings back the ones of before. */
function withOwnOptions<T>(own: { options: PrintOptions | null }, run: () => T): T {
  const before = getPrintoptions();
  if (own.options !== null) setPrintoptions(own.options);
  try {
    return run();
  } finally {
    const left = getPrintoptions();
    if (!isSame(left, before)) {
      own.options = left;
      setPrintoptions(before);
    }
  }
}

function isSame(a: PrintOptions, b: PrintOptions): boolean {
  for (const key in a) if (a[key as keyof PrintOptions] !== b[key as keyof PrintOptions]) return false;
  return true;
}

function attempt<T>(
  run: () => T,
  source: string,
  range: { readonly start: number; readonly end: number },
): T {
  try {
    return run();
  } catch (error) {
    throw located(error, source, range);
  }
}
