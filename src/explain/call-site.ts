/**
 * Who called: the public function, and the line of the program that called it.
 *
 * Both are read from the stack, which is taken only while somebody traces, so nothing has to be wrapped or counted
 * otherwise. What lies in the library is told by its file: this file knows its own name from the first frame, and with it
 * the folder of the sources, of `dist/`, or of the bundles for Node. A program that a bundler has put into one file with the
 * library has no such border. Then the name of the function is the one with which memory was asked for, and the line is that
 * of the function that is traced, where it called.
 */

/** One call on the stack. */
export interface Frame {
  /** As the runtime names it: `reshape`, `NDArray.reshape`, or nothing. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Who called. */
export interface Caller {
  /** The public function, null where that cannot be told. */
  readonly operation: string | null;
  /** `file:line:column`, null where there is none. */
  readonly site: string | null;
}

// Node and Chrome write `at name (file:1:2)` or `at file:1:2`, Firefox and Safari `name@file:1:2`.
const V8 = /^\s*at (?:(?:async )?(?:new )?(.*?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/;
const OTHERS = /^(.*?)@(.+?):(\d+):(\d+)$/;

/** The calls in the text of a stack, the innermost first; those of the runtime itself are left out. */
export function framesIn(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const match = V8.exec(text) ?? OTHERS.exec(text);
    if (match === null || /^(node:|native\b|\[native)/.test(match[2]!)) continue;
    const [, name = "", file = "", line, column] = match;
    // Of text that is evaluated, the place in the text is what its author knows.
    const own = file.startsWith("eval at ") ? file.slice(file.lastIndexOf(", ") + 2) : file;
    frames.push({ name, file: own, line: Number(line), column: Number(column) });
  }
  return frames;
}

/** So many calls are looked at; programs that call deeper have sites all the same, while these are enough to leave the library. */
const DEPTH = 200;

interface Limited {
  stackTraceLimit?: number | undefined;
}

/** The calls that lead here, the caller of this function first. */
export function framesHere(): Frame[] {
  const limited = Error as Limited;
  const before = limited.stackTraceLimit;
  let stack: unknown;
  try {
    if (before !== undefined) limited.stackTraceLimit = DEPTH;
    stack = new Error("where").stack;
  } catch {
    // Where nothing may be set, there are fewer calls.
    stack = new Error("where").stack;
  } finally {
    if (before !== undefined && limited.stackTraceLimit !== before) limited.stackTraceLimit = before;
  }
  return typeof stack === "string" ? framesIn(stack).slice(1) : [];
}

/** Which files are the library's, by the name of this one. */
export function libraryOf(file: string): (file: string) => boolean {
  const plain = pathOf(file);
  const own = /^(.*\/)explain\/call-site\.[jt]s$/.exec(plain);
  if (own !== null) {
    // Whoever writes expressions calls from there.
    const [root, guest] = [own[1]!, `${own[1]!}expr/`];
    return (other) => pathOf(other).startsWith(root) && !pathOf(other).startsWith(guest);
  }
  const folder = plain.slice(0, plain.lastIndexOf("/") + 1);
  const bundles = `${folder}node-`;
  if (plain.startsWith(bundles)) return (other) => pathOf(other).startsWith(bundles);
  if (folder.includes("/node_modules/")) return (other) => pathOf(other).startsWith(folder);
  return (other) => pathOf(other) === plain;
}

/** One spelling for the two that Node has for a file: as a URL, and as a path where it is CommonJS. */
function pathOf(file: string): string {
  return withoutQuery(file)
    .replace(/^file:\/\/(\/(?=[A-Za-z]:))?/, "")
    .replaceAll("\\", "/");
}

function withoutQuery(file: string): string {
  return file.replace(/[?#].*$/, "");
}

let library: ((file: string) => boolean) | null = null;

/** Whether a file is the library's. */
function isLibrary(file: string): boolean {
  library ??= libraryOf(ownFile());
  return library(file);
}

function ownFile(): string {
  const stack = new Error("where").stack;
  return typeof stack === "string" ? (framesIn(stack)[0]?.file ?? "") : "";
}

/**
 * Who called into the library, from the calls that lead to it.
 *
 * @param frames the innermost first
 * @param below how many calls there were when tracing began: those are not looked at
 */
export function callerIn(
  frames: readonly Frame[],
  below: number,
  isOurs: (file: string) => boolean = isLibrary,
): Caller {
  const inside = frames.length >= DEPTH - 1 ? frames : frames.slice(0, Math.max(0, frames.length - below));
  const first = inside.findIndex(({ file }) => !isOurs(file));
  if (first < 0) return { operation: null, site: siteOf(inside.at(-1)) };
  return { operation: first === 0 ? null : nameOf(inside[first - 1]!), site: siteOf(inside[first]) };
}

function siteOf(frame: Frame | undefined): string | null {
  return frame === undefined ? null : `${readable(frame.file)}:${frame.line}:${frame.column}`;
}

/** A path without what every file has in front. */
function readable(file: string): string {
  return withoutQuery(file).replace(/^file:\/\/(?=\/)/, "");
}

/** The name of a function without what it was called on: `reshape` of `NDArray.reshape`, `copy` of `Module.copy2 [as copy]`. */
function nameOf({ name }: Frame): string | null {
  const called = / \[as (.+)\]$/.exec(name)?.[1] ?? name;
  const last = called
    .replace(/^(?:get|set) /, "")
    .split(/[./<]/)
    .at(-1)!;
  return /^[A-Za-z_$][\w$]*$/.test(last) ? last : null;
}
