// A contender as a process that is driven over its standard input and output, one JSON line each way.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

export class Contender {
  #child;
  #lines;

  constructor(command, args, env) {
    this.#child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The answer to a command; an error of the contender is thrown here. */
  async ask(command) {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("the process ended");
    const reply = JSON.parse(value);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply;
  }

  async end() {
    if (this.#child.exitCode !== null) return;
    this.#child.stdin.end();
    await once(this.#child, "exit");
  }
}

/** NumPy on one thread, as it comes: what this machine may have set for OpenBLAS is left out. */
export function startNumpy(files) {
  const { OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...env } = process.env;
  const python = process.env.NDVIEW_PYTHON ?? "python3";
  return new Contender(python, ["-u", here("contender.py")], {
    ...env,
    OPENBLAS_NUM_THREADS: "1",
    NDVIEW_BENCH_FILES: files,
  });
}

export function startScript(contender, entry, files) {
  const env = { ...process.env, NDVIEW_BENCH_FILES: files };
  return new Contender(process.execPath, [here("contender.mjs"), contender, entry], env);
}
