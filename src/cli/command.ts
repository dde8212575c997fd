import { writeFileSync } from "node:fs";
import {
  ascontiguousarray,
  draw,
  isNdError,
  isNpzFile,
  loadSync,
  type NDArray,
  type NpzFile,
  saveSync,
} from "../index.ts";
import { type Arguments, readArguments, USAGE, UsageError } from "./arguments.ts";
import { viewOf } from "./index-text.ts";
import { progressBar } from "./progress.ts";
import { archiveReport, arrayReport, viewReport } from "./report.ts";
import { plain, type Style, styleFor } from "./style.ts";

/** Exit codes: all is well, the file or the index is not, the command line is not. */
export const OK = 0;
export const FAILED = 1;
const MISUSED = 2;

/** A picture of memory in fewer is no picture. */
const LEAST_COLUMNS = 60;

/** A mistake that is told in one line, without a stack. */
class CommandError extends Error {}

/** Where a stream of text goes, and whether a person sees it at once. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** What the command has around it; a process, or what a test puts there. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: () => string;
}

/** Runs the command with the words of its command line and gives its exit code. */
export function runCommand(words: readonly string[], around: Surroundings): number {
  try {
    const given = readArguments(words);
    const text = given === "help" ? USAGE : given === "version" ? around.version() : answer(given, around);
    around.stdout.write(`${text}\n`);
    return OK;
  } catch (error) {
    return complain(error, around.stderr);
  }
}

function answer(given: Arguments, { stdout, stderr, env }: Surroundings): string {
  const { file, index, key, copy } = given;
  const style = styleFor(stdout, env);
  const loaded = read(file, stderr);
  if (isNpzFile(loaded) && key === null && loaded.size !== 1) {
    if (index === null && copy === null && !given.draw && given.svg === null)
      return archiveReport(file, loaded, style);
    throw new CommandError(`${file} holds ${namesText(loaded)}; choose one with --key NAME`);
  }
  if (!isNpzFile(loaded) && key !== null)
    throw new CommandError(`${file} holds one array, so --key ${key} names nothing`);
  const name = isNpzFile(loaded) ? (key ?? loaded.files[0]!) : null;
  const whole = isNpzFile(loaded) ? loaded.get(name!) : loaded;
  const title = name === null ? file : `${file}, array ${name}`;
  const columns = Math.max(stdout.columns ?? 80, LEAST_COLUMNS);
  return show(title, whole, given, { style, columns, ansi: style !== plain });
}

interface Look {
  readonly style: Style;
  /** The characters in a line. */
  readonly columns: number;
  readonly ansi: boolean;
}

function show(title: string, whole: NDArray, { index, copy, ...asked }: Arguments, look: Look): string {
  const view = index === null ? whole : viewOf(whole, index);
  const parts = [arrayReport(title, whole, look.style)];
  if (index !== null) parts.push(viewReport(index, view, whole, look.style));
  if (copy !== null) parts.push(write(copy, view));
  if (!asked.draw && asked.svg === null) return parts.join("\n\n");
  const { columns, ansi } = look;
  const picture = draw(index === null ? { whole } : { whole, view }, { columns, ansi });
  if (asked.draw) parts.push(picture.text);
  if (asked.svg !== null) {
    writeFileSync(asked.svg, picture.svg);
    parts.push(`wrote ${asked.svg}`);
  }
  return parts.join("\n\n");
}

function read(file: string, stderr: Output): NDArray | NpzFile {
  const { onProgress, clear } = progressBar(stderr);
  try {
    return loadSync(file, { onProgress });
  } finally {
    clear();
  }
}

function write(path: string, view: NDArray): string {
  const copy = ascontiguousarray(view);
  saveSync(path, copy);
  const written = path.endsWith(".npy") ? path : `${path}.npy`;
  return `wrote ${written}: ${copy.nbytes} bytes of data, C-contiguous`;
}

function namesText(archive: NpzFile): string {
  return archive.size === 0 ? "no arrays" : `${archive.size} arrays (${archive.files.join(", ")})`;
}

/** Tells what went wrong, and gives the exit code. */
export function complain(error: unknown, stderr: Output): number {
  if (error instanceof UsageError) {
    stderr.write(`ndview: ${error.message}\n\n${USAGE}\n`);
    return MISUSED;
  }
  const message = messageOf(error);
  // Anything else is a defect of the command itself, and its stack is what mends it.
  if (message === null) throw error;
  stderr.write(`ndview: ${message}\n`);
  return FAILED;
}

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "it may not be read or written",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
};

function messageOf(error: unknown): string | null {
  if (isNdError(error) || error instanceof CommandError) return error.message.replace(/^loadSync: /, "");
  const { code, path } = error as NodeJS.ErrnoException;
  if (typeof code !== "string" || !(error instanceof Error)) return null;
  // A file is written under another name first, which nobody asked for.
  const place = path === undefined ? "" : `${path.replace(/\.[a-z0-9]+\.tmp$/, "")}: `;
  return `${place}${systemErrors[code] ?? error.message}`;
}
