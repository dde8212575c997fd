import type { ArrayInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import { mappingBehind } from "../io/mapped-region.ts";
import { openMemmap } from "../io/memmap.ts";
import { builtin } from "../io/node-files.ts";
import { PYTHON_SIDE } from "./python-side.ts";
import { type SharedRequirement, share } from "./shared-arrays.ts";
import { newSharedPath, unlinkAtEnd, unlinkWith } from "./shared-files.ts";

/** How a Python process is started. */
export interface PythonOptions {
  /** The program; `python3` if left out. It must have NumPy. */
  readonly command?: string | undefined;
}

/** A Python process that runs code on arrays of this one. */
export interface Python {
  /**
   * Runs code in which the arrays have their names and `np` is NumPy. Shared arrays and their views are the same memory
   * there, so what the code writes is here when the promise is kept; others are copied in, which `copy: false` in the
   * requirement refuses. What the code leaves in `result` comes back: arrays and tensors as mapped files, else what JSON can
   * say. Names that the code makes stay for the next one.
   *
   * @throws ValueError with Python's traceback when the code fails.
   */
  run(
    code: string,
    arrays?: Readonly<Record<string, ArrayInput>>,
    requirement?: SharedRequirement,
  ): Promise<unknown>;
  /** Ends the process when what was asked of it is done. */
  close(): Promise<void>;
}

type ChildProcess = import("node:child_process").ChildProcess;

/** What keeps a program running, unless it is told not to. */
interface Handle {
  ref?(): void;
  unref?(): void;
}

interface Pending {
  readonly settle: (reply: string | Error) => void;
}

/**
 * Starts a Python process. What it prints goes where this program prints. It ends with this program, which does not wait for
 * it unless something is asked of it.
 *
 * @throws ValueError when there is no such program, or it has no NumPy.
 * @example
 * import { sharedArray, startPython } from "ndview/interop/python";
 * async function largest() {
 *   const python = await startPython();
 *   const a = sharedArray([100, 100]);
 *   const found = await python.run("a[::2] += 1; result = a.max()", { a: a.slice("::-1") });
 *   await python.close();
 *   return found; // 1
 * }
 */
export async function startPython({ command = "python3" }: PythonOptions = {}): Promise<Python> {
  const { spawn } = builtin<typeof import("node:child_process")>("node:child_process", "startPython");
  const code = `${PYTHON_SIDE}\nserve(os.fdopen(3, "w"))\n`;
  const child = spawn(command, ["-c", code], { stdio: ["pipe", "inherit", "inherit", "pipe"] });
  const session = new Session(child, command);
  await session.run("import numpy");
  return session;
}

class Session implements Python {
  readonly #child: ChildProcess;
  readonly #waiting: Pending[] = [];
  readonly #ended: Promise<void>;
  #gone: Error | null = null;
  #text = "";

  constructor(child: ChildProcess, command: string) {
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#gone ??= new ValueError(`${command}: ${reason}`);
        for (const one of this.#waiting.splice(0)) one.settle(this.#gone);
        resolve();
      };
      child.once("error", (error) =>
        end(`the process did not start: ${error.message}; install Python and NumPy, or name it in command`),
      );
      child.once("close", (code, signal) => end(`the process has ended (${signal ?? `status ${code}`})`));
    });
    // A process that has ended refuses what is written to it; the reason is known then.
    child.stdin!.on("error", () => {});
    const replies = child.stdio[3] as import("node:stream").Readable;
    replies.setEncoding("utf8");
    replies.on("data", (text: string) => this.#take(text));
  }

  /** Whether this program waits for the process. */
  #hold(hold: boolean): void {
    const handles = [this.#child, this.#child.stdin, this.#child.stdio[3]] as unknown as Handle[];
    for (const handle of handles) {
      if (hold) handle.ref?.();
      else handle.unref?.();
    }
  }

  #take(text: string): void {
    const lines = (this.#text + text).split("\n");
    this.#text = lines.pop()!;
    for (const line of lines) this.#waiting.shift()?.settle(line);
    if (this.#waiting.length === 0) this.#hold(false);
  }

  async run(
    code: string,
    arrays: Readonly<Record<string, ArrayInput>> = {},
    requirement: SharedRequirement = {},
  ): Promise<unknown> {
    if (this.#gone !== null) throw this.#gone;
    const given = Object.entries(arrays).map(([name, a]) => [name, share(a, requirement)] as const);
    const views = Object.fromEntries(given.map(([name, { view }]) => [name, view]));
    const path = newSharedPath(undefined, "run");
    unlinkAtEnd(path);
    this.#hold(true);
    const line = await new Promise<string | Error>((settle) => {
      this.#waiting.push({ settle });
      this.#child.stdin!.write(`${JSON.stringify({ code, arrays: views, path })}\n`);
    });
    if (typeof line !== "string") throw line;
    // The arrays are kept until Python has opened their files, and written what it writes.
    return resultOf(
      JSON.parse(line),
      given.map(([, { array }]) => array),
    );
  }

  async close(): Promise<void> {
    this.#hold(true);
    this.#child.stdin!.end();
    await this.#ended;
  }
}

interface Reply {
  readonly error?: string;
  readonly npy?: string;
  readonly value?: unknown;
}

function resultOf({ error, npy, value }: Reply, _kept: readonly NDArray[]): unknown {
  if (error !== undefined) throw new ValueError(`Python:\n${error.trimEnd()}`);
  if (npy === undefined) return value;
  const array = openMemmap(npy);
  unlinkWith(mappingBehind(array.storage)!, npy);
  return array;
}
