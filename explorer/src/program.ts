import { batch } from "@preact/signals";
import { pictureWidth } from "./picture-width.ts";
import type { Answer, Ask, Card, FileSent, Problem, QuestionName } from "./protocol.ts";
import {
  cards,
  changed,
  files,
  limitSeconds,
  lit,
  notice,
  problem,
  running,
  runs,
  variables,
} from "./state.ts";
import { EndedError, TimeLimitError, WorkerSession } from "./worker-session.ts";

/** Runs the program in the worker, from the top, whenever it has changed, and keeps what came of it. */

const session = new WorkerSession();

/** A run that takes longer than this is ended by an edit; a shorter one is waited for. */
const PATIENCE_MS = 300;
let startedAt = 0;
let latest = 0;

// A new worker knows nothing: the files are given to it first.
session.onStart = () => {
  for (const file of files.peek()) session.ask("file", { file }).catch(() => {});
};

/** Starts the worker, which otherwise the first question does. */
export const startWorker = (): void => session.start();

/** Asks the worker something about the arrays of the last run. */
export async function ask<Q extends QuestionName>(question: Q, what: Ask<Q>): Promise<Answer<Q>> {
  session.limit = limitSeconds.peek() * 1000;
  try {
    return await session.ask(question, what);
  } catch (error) {
    if (error instanceof TimeLimitError) recover(error);
    throw error;
  }
}

/** The arrays of the last run are gone with the worker: the next edit makes new ones. */
function recover(error: Error): void {
  notice.value = `${error.message}: the worker was started anew; edit the program or press Run to go on`;
}

/** Runs the whole program. Resolves when it is done, or ended. */
export async function runProgram(source: string): Promise<void> {
  const run = ++latest;
  if (running.peek() && performance.now() - startedAt > PATIENCE_MS) session.end(new EndedError("edited"));
  const made = await execute(source, run);
  if (run !== latest || made === null) return;
  batch(() => {
    const { found, begun, error } = made;
    running.value = false;
    cards.value = found;
    problem.value = error === null ? made.problem : { ...begun, kind: kindOf(error), message: error.message };
    lit.value = null;
    if (error === null) variables.value = made.variables;
    changed.value = new Set(made.changed);
    notice.value = summary(found, problem.peek());
    runs.value++;
  });
  if (made.error instanceof TimeLimitError) await restore(source.slice(0, made.begun.start), run);
}

const kindOf = (error: Error): string => (error instanceof TimeLimitError ? "Time limit" : "Error");

interface Made {
  readonly found: readonly Card[];
  readonly begun: { start: number; end: number };
  readonly problem: Problem | null;
  readonly variables: Answer<"run">["variables"];
  readonly changed: Answer<"run">["changed"];
  readonly error: Error | null;
}

async function execute(source: string, run: number): Promise<Made | null> {
  const found: Card[] = [];
  let begun = { start: 0, end: source.length };
  running.value = true;
  startedAt = performance.now();
  session.limit = limitSeconds.peek() * 1000;
  const listener = {
    begin: (start: number, end: number) => void (begun = { start, end }),
    card: (card: Card) => {
      found.push(card);
      // The first run of a page shows what is there; later ones replace all at once, which does not flicker.
      if (runs.peek() === 0) cards.value = [...found];
    },
  };
  try {
    const result = await session.ask("run", { source, width: pictureWidth() }, listener);
    return { found, begun, ...result, error: null };
  } catch (error) {
    if (error instanceof EndedError) return null;
    if (run === latest) running.value = false;
    return { found, begun, problem: null, variables: [], changed: [], error: error as Error };
  }
}

/** What ran before the statement that was stopped runs once more, so that its arrays can be looked at. */
async function restore(source: string, run: number): Promise<void> {
  const made = await execute(source, run);
  if (run !== latest || made === null) return;
  batch(() => {
    running.value = false;
    if (made.error === null) {
      cards.value = made.found;
      variables.value = made.variables;
    }
    runs.value++;
  });
}

function summary(found: readonly Card[], trouble: Problem | null): string {
  const count = `${found.length} ${found.length === 1 ? "statement" : "statements"} ran`;
  return trouble === null ? count : `${count}, then ${trouble.kind}: ${trouble.message}`;
}

/** Gives the worker a dropped file; says which variables it gives. */
export async function addFile(file: FileSent): Promise<readonly string[]> {
  const { arrays } = await ask("file", { file });
  files.value = [...files.peek().filter(({ variable }) => variable !== file.variable), file];
  return arrays;
}

export function forgetFile(variable: string): void {
  files.value = files.peek().filter((file) => file.variable !== variable);
  ask("forget", { variable }).catch(() => {});
}
