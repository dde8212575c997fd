import { createInterface, type Interface } from "node:readline";
import { ExprError, type Interpreter, isUnfinished } from "../expr/index.ts";
import { complain, FAILED, OK, type Surroundings } from "./command.ts";
import { fileFunctions, sessionWith } from "./eval.ts";
import { readEvalArguments } from "./eval-arguments.ts";
import { historyFile, readHistory, writeHistory } from "./history.ts";

const PROMPT = ">>> ";
const MORE = "... ";

/** What the shell reads from. */
export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean | undefined;
}

/** `ndview` without a file: a prompt for expressions. Gives the exit code when its input ends. */
export async function runShell(
  words: readonly string[],
  input: Input,
  around: Surroundings,
): Promise<number> {
  try {
    const session = sessionWith(readEvalArguments(words).inputs, fileFunctions);
    return await new Shell(session, input, around).run();
  } catch (error) {
    return complain(error, around.stderr);
  }
}

/** Lines go together while a bracket is open, and are run when they are whole. */
class Shell {
  readonly #session: Interpreter;
  readonly #around: Surroundings;
  readonly #lines: Interface;
  readonly #isTerminal: boolean;
  readonly #history: string;
  #pending = "";
  #failed = false;
  #ended = false;

  constructor(session: Interpreter, input: Input, around: Surroundings) {
    this.#session = session;
    this.#around = around;
    this.#isTerminal = input.isTTY === true && around.stdout.isTTY === true;
    this.#history = historyFile(around.env);
    this.#lines = createInterface({
      input,
      ...(this.#isTerminal ? { output: around.stdout as unknown as NodeJS.WritableStream } : {}),
      terminal: this.#isTerminal,
      prompt: PROMPT,
      history: this.#isTerminal ? readHistory(this.#history) : [],
      historySize: 1000,
      removeHistoryDuplicates: true,
      completer: (line: string) => this.#complete(line),
    });
  }

  async run(): Promise<number> {
    const { stdout, version } = this.#around;
    if (this.#isTerminal) {
      stdout.write(
        `ndview ${version()}: NumPy's expressions. Tab completes, Ctrl-D ends; load("a.npy") and save("b.png", a)\n`,
      );
      this.#lines.on("history", (lines: string[]) => writeHistory(this.#history, lines));
      this.#lines.on("SIGINT", () => this.#interrupt());
      this.#prompt();
    }
    await new Promise<void>((resolve) => {
      this.#lines.on("line", (line) => this.#take(line));
      this.#lines.on("close", resolve);
    });
    if (this.#pending !== "") this.#execute();
    if (this.#isTerminal) stdout.write("\n");
    return this.#failed && !this.#isTerminal ? FAILED : OK;
  }

  #take(line: string): void {
    // What was read already comes even after the end.
    if (this.#ended) return;
    if (this.#pending === "" && /^\s*(exit|quit)(\(\))?\s*$/.test(line)) {
      this.#ended = true;
      this.#lines.close();
      return;
    }
    this.#pending += this.#pending === "" ? line : `\n${line}`;
    if (!isUnfinished(this.#pending)) this.#execute();
    this.#prompt();
  }

  #execute(): void {
    const { stdout, stderr } = this.#around;
    const source = this.#pending;
    this.#pending = "";
    try {
      for (const { text } of this.#session.steps(source)) if (text !== "") stdout.write(`${text}\n`);
    } catch (error) {
      this.#failed = true;
      if (error instanceof ExprError) stderr.write(`${error.display}\n`);
      else complain(error, stderr);
    }
  }

  #prompt(): void {
    if (!this.#isTerminal) return;
    this.#lines.setPrompt(this.#pending === "" ? PROMPT : MORE);
    this.#lines.prompt();
  }

  /** As in Python what was typed is dropped. */
  #interrupt(): void {
    this.#around.stdout.write("\nKeyboardInterrupt\n");
    this.#pending = "";
    this.#lines.write(null, { ctrl: true, name: "u" });
    this.#prompt();
  }

  #complete(line: string): [string[], string] {
    const { start, names } = this.#session.complete(line);
    return [names, line.slice(start)];
  }
}
