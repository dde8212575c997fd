import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The lines of former shells, newest first, in a file of the user's; without a home there is none. */

const MOST_LINES = 1000;

/** Where they are kept: `~/.local/state/ndview/history`, or below XDG_STATE_HOME. */
export function historyFile(env: Readonly<Record<string, string | undefined>>): string {
  const state = env["XDG_STATE_HOME"] || join(env["HOME"] || homedir(), ".local", "state");
  return join(state, "ndview", "history");
}

export function readHistory(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean).slice(-MOST_LINES).reverse();
  } catch {
    return [];
  }
}

export function writeHistory(path: string, lines: readonly string[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [...lines].reverse().slice(-MOST_LINES).join("\n").concat("\n"), { mode: 0o600 });
  } catch {
    // A shell without a memory is a shell all the same.
  }
}
