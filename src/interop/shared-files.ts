import { builtin, fs } from "../io/node-files.ts";

/**
 * Files in memory that processes share. Each goes when the memory that is mapped to it does, and all of them when the
 * program ends; what a program leaves that was killed is taken away by the next one.
 */

interface Runtime {
  readonly pid: number;
  readonly platform: string;
  kill(pid: number, signal: 0): void;
  on(event: "exit", listener: () => void): void;
}

const MEMORY = "/dev/shm";
const paths = new Set<string>();
let registry: FinalizationRegistry<string> | null = null;
let count = 0;
let prefix = "";

function runtime(): Runtime {
  return (globalThis as unknown as { process: Runtime }).process;
}

/** The path of a file that is not there yet. */
export function newSharedPath(folder: string | undefined, caller: string): string {
  const { existsSync } = fs(caller);
  const { join } = builtin<typeof import("node:path")>("node:path", caller);
  const { tmpdir } = builtin<typeof import("node:os")>("node:os", caller);
  if (prefix === "") start(caller);
  const where = folder ?? (runtime().platform === "linux" && existsSync(MEMORY) ? MEMORY : tmpdir());
  count++;
  return join(where, `${prefix}${runtime().pid}-${Math.random().toString(36).slice(2)}-${count}.npy`);
}

/** Takes a file away with what is mapped to it. */
export function unlinkWith(mapping: object, path: string): void {
  paths.add(path);
  registry ??= new FinalizationRegistry(unlink);
  registry.register(mapping, path);
}

/** Takes a file away at the end at the latest. */
export function unlinkAtEnd(path: string): void {
  paths.add(path);
}

function unlink(path: string): void {
  paths.delete(path);
  fs("shared").rmSync(path, { force: true });
}

function start(caller: string): void {
  prefix = `ndview-${processes(caller)}-`;
  sweep(caller);
  runtime().on("exit", () => {
    for (const path of paths) unlink(path);
  });
}

/** Numbers of processes mean the same only within one namespace of them, of which containers have several. */
function processes(caller: string): string {
  try {
    return fs(caller).readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  } catch {
    return "all";
  }
}

/** Takes away what processes have left that are gone. */
function sweep(caller: string): void {
  const { readdirSync, rmSync, existsSync } = fs(caller);
  if (!existsSync(MEMORY)) return;
  for (const name of readdirSync(MEMORY)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid > 0 && isGone(pid)) rmSync(`${MEMORY}/${name}`, { force: true });
  }
}

function isGone(pid: number): boolean {
  try {
    runtime().kill(pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === "ESRCH";
  }
}
