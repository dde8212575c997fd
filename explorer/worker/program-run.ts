import { traceCopies } from "../../src/explain/trace.ts";
import type { CopyEvent } from "../../src/explain/trace-events.ts";
import { ExprError, Interpreter, parse, type Statement, type StatementResult } from "../../src/expr/index.ts";
import * as np from "../../src/index.ts";
import type { Card, CopyFact, Problem, RunResult, VariableFacts } from "../src/protocol.ts";
import { ArrayDescriber, arraysIn, typeText } from "./array-facts.ts";
import type { Pair } from "./comparison.ts";
import type { Named } from "./memory.ts";

/** One run of a program from the top, and the arrays that came of it, for as long as they are asked about. */

const MOST_ARRAYS_A_CARD = 6;
const MOST_EVENTS = 50;
/** So much may one statement take: the browser ends a page that takes too much, and the program with it. */
const MOST_BYTES = 2 ** 30;

interface Executed {
  readonly statement: Statement;
  readonly result: StatementResult;
  readonly copies: CopyFact[];
  readonly milliseconds: number;
}

interface Told {
  begin(start: number, end: number): void;
  card(card: Card): void;
}

export class ProgramRun {
  /** The arrays of the cards, by the keys that the page has. */
  readonly arrays = new Map<string, Pair>();
  private readonly interpreter: Interpreter;
  private readonly describer: ArrayDescriber;
  private readonly given: ReadonlySet<string>;

  constructor(given: Record<string, unknown>, width: number) {
    this.interpreter = new Interpreter({ variables: given, limits: { bytes: MOST_BYTES } });
    this.given = new Set(Object.keys(given));
    this.describer = new ArrayDescriber(() => this.interpreter.variables, width);
    for (const value of Object.values(given)) this.describer.remember(value);
  }

  variables(): ReadonlyMap<string, unknown> {
    return this.interpreter.variables;
  }

  execute(source: string, told: Told): RunResult {
    let statements = 0;
    try {
      const program = parse(source);
      for (const statement of program.statements) {
        told.begin(statement.start, statement.end);
        const started = performance.now();
        const { result, events } = traceCopies(() => this.interpreter.execute(statement, source));
        const milliseconds = performance.now() - started;
        told.card(this.cardOf(statements++, { statement, result, copies: copiesOf(events), milliseconds }));
      }
      return this.resultOf(null);
    } catch (error) {
      return this.resultOf(problemOf(error, source));
    }
  }

  /** Everything by which memory is kept alive: variables first, then results without a name. */
  keepers(): Named[] {
    const named: Named[] = [];
    for (const [name, value] of this.interpreter.variables) {
      const isUnusedFile = this.given.has(name) && !(value instanceof np.NDArray);
      if (!isUnusedFile)
        for (const [label, array] of arraysIn(value, name)) named.push({ name: label, array });
    }
    const known = new Set(named.map(({ array }) => array));
    for (const [key, [label, array]] of this.arrays) {
      if (!known.has(array)) named.push({ name: `${label}, result ${Number(key.split(".")[0]) + 1}`, array });
      known.add(array);
    }
    return named;
  }

  private cardOf(index: number, { statement, result, copies, milliseconds }: Executed): Card {
    const { start, end, source, text } = result;
    const name = result.name ?? null;
    const written = writtenName(statement);
    const value = written === null ? result.value : this.interpreter.variables.get(written);
    const all = arraysIn(value, labelOf(name ?? written, source));
    const shown = all.slice(0, MOST_ARRAYS_A_CARD);
    const arrays = shown.map(([place, array], k) => {
      const key = `${index}.${k}`;
      const label = this.describer.nameOf(array, null) ?? place;
      this.arrays.set(key, [label, array]);
      return this.describer.factsOf(array, { key, label, source, name, copies, written: written !== null });
    });
    this.describer.remember(value);
    return {
      ...{ index, start, end, source, name, text, copies, milliseconds, arrays },
      type: typeText(value),
      moreArrays: all.length - shown.length,
    };
  }

  private resultOf(problem: Problem | null): RunResult {
    return { problem, variables: this.variableFacts(), changed: this.describer.changed(this.arrays) };
  }

  private variableFacts(): VariableFacts[] {
    return [...this.interpreter.variables].map(([name, value]) => ({
      name,
      key: value instanceof np.NDArray ? name : null,
      type: typeText(value),
    }));
  }
}

/** The variable that `x[0] = 1` and `x += 1` write into: its array is what is looked at afterwards. */
function writtenName(statement: Statement): string | null {
  if (statement.kind !== "assign" && statement.kind !== "augmented") return null;
  let target = statement.kind === "assign" ? statement.targets[0] : statement.target;
  if (statement.kind === "assign" && target?.kind === "name") return null;
  while (target?.kind === "index" || target?.kind === "attribute") target = target.object;
  return target?.kind === "name" ? target.id : null;
}

/** What an array without a name is called: what was written, when that is short. */
function labelOf(name: string | null, source: string): string {
  return name ?? (source.length <= 24 && !source.includes("\n") ? source : "result");
}

const verbs = { copy: "copied", allocation: "took", view: "looked at" } as const;

/** Views are no news: the card says so. */
function copiesOf(events: readonly CopyEvent[]): CopyFact[] {
  return events
    .filter(({ kind }) => kind !== "view")
    .slice(0, MOST_EVENTS)
    .map(copyFact);
}

const copyFact = ({ bytes, kind, reason, operation, hidden }: CopyEvent): CopyFact => ({
  bytes,
  what: verbs[kind],
  operation,
  hidden,
  why: reason,
});

function problemOf(error: unknown, source: string): Problem {
  if (error instanceof ExprError)
    return { start: error.start, end: error.end, kind: error.python, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { start: 0, end: source.length, kind: "Error", message };
}
