/** NumPy as a process that answers chains, over pipes. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Answer, Chain, Step } from "./chain.ts";
import { operations } from "./operations.ts";

export { numpyVersion } from "./version.ts";

const python = process.env.NDVIEW_PYTHON ?? "python3";
const server = fileURLToPath(new URL("numpy_server.py", import.meta.url));

/** A step as the server reads it. */
function message(step: Step): [string, string, readonly number[]] {
  const op = operations[step.op]!;
  return [op.kind === "do" ? "x" : "e", op.py(step.args), step.out];
}

export class NumPy {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  #errors = "";

  constructor() {
    const options = { env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" } };
    this.#process = spawn(python, ["-u", server], options);
    this.#process.stderr.on("data", (text) => {
      this.#errors += String(text);
    });
    this.#process.on("close", (code) => this.#end(`NumPy's process ended with ${code}\n${this.#errors}`));
    this.#process.on("error", (error) => this.#end(String(error)));
    const lines = createInterface({ input: this.#process.stdout });
    lines.on("line", (line) => this.#waiting.shift()?.resolve(line));
  }

  async ask(chains: readonly Chain[]): Promise<Answer[]> {
    const line = await new Promise<string>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(chains.map((chain) => chain.steps.map(message)))}\n`);
    });
    return JSON.parse(line) as Answer[];
  }

  close(): void {
    this.#process.stdin.end();
  }

  #end(why: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(why));
  }
}
