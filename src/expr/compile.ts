/** Texts of expressions made ready: those of templates, once for each place in a program, and those that are compiled. */

import type { NDArray } from "../array/ndarray.ts";
import { textOf, ValueError } from "../errors.ts";
import { ExprError } from "./errors.ts";
import { parse } from "./parser.ts";
import { freeNames, isKnown, namesIn, notGiven, Prepared } from "./prepared.ts";
import { toJs } from "./to-js.ts";

/** An expression as a function of its names; `R` says what it gives. */
export interface PyFunction<R = NDArray> {
  /** Its value for values of the names. */
  (values: Readonly<Record<string, unknown>>): R;
  /** The names that have to be given, in the order in which they stand in the text. */
  readonly names: readonly string[];
  readonly source: string;
}

/** The same with the values in an order that was chosen. */
export interface PyPositional<R = NDArray> {
  (...values: readonly unknown[]): R;
  readonly names: readonly string[];
  readonly source: string;
}

const sites = /* @__PURE__ */ new WeakMap<TemplateStringsArray, Prepared>();
/** The place that was asked for last. */
let lastStrings: TemplateStringsArray | null = null;
let lastSite: Prepared | null = null;

/** The value of a template: what `py` itself is. */
export function valueOfTemplate<R = NDArray>(strings: TemplateStringsArray, ...values: unknown[]): R {
  if (strings !== lastStrings || lastSite === null) {
    lastSite = siteOf(strings);
    lastStrings = strings;
  }
  return toJs(lastSite.run(values)) as R;
}

function siteOf(strings: TemplateStringsArray): Prepared {
  let site = sites.get(strings);
  if (site === undefined) {
    if (!Array.isArray(strings) || !Array.isArray(strings.raw)) {
      throw new ValueError(`py: ${textOf(strings)} is no template; write np.py\`…\`, or np.py.compile("…")`);
    }
    sites.set(strings, (site = readTemplate(strings.raw)));
  }
  return site;
}

/** The text of a template with `$0`, `$1`, … for its values, which are no part of the text and cannot become one. */
function readTemplate(parts: readonly string[]): Prepared {
  const even = unindented(parts);
  let source = even[0]!;
  const starts: number[] = [];
  for (let k = 1; k < even.length; k++) {
    starts.push(source.length);
    source += `$${k - 1}${even[k]!}`;
  }
  const program = parse(source, { holes: true });
  const holes = namesIn(program).filter(({ id }) => id.startsWith("$"));
  for (const hole of holes) {
    if (!starts.includes(hole.start))
      throw new ExprError("invalid syntax: `$` is no sign", source, hole, "SyntaxError");
  }
  starts.forEach((start, k) => {
    if (holes.some((hole) => hole.start === start)) return;
    const range = { start, end: start + `$${k}`.length };
    const message = `value ${k} stands where there can be none: inside a text or a comment, or for a name`;
    throw new ExprError(message, source, range, "SyntaxError");
  });
  return new Prepared(
    program,
    starts.map((_, k) => `$${k}`),
  );
}

/** Lines without the blanks that all of them begin with, and without empty ones around them. */
function unindented(parts: readonly string[]): string[] {
  const mark = "\u0000";
  const lines = parts.join(mark).split("\n");
  while (lines.length > 1 && lines[0]!.trim() === "") lines.shift();
  while (lines.length > 1 && lines.at(-1)!.trim() === "") lines.pop();
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)![0].length);
  const least = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines
    .map((line) => line.slice(least))
    .join("\n")
    .split(mark);
}

/** What `py.compile` is. */
export function compile<R = NDArray>(source: string): PyFunction<R>;
export function compile<R = NDArray>(source: string, names: readonly string[]): PyPositional<R>;
export function compile<R>(source: string, names?: readonly string[]): PyFunction<R> | PyPositional<R> {
  if (typeof source !== "string") throw new ValueError(`py.compile: ${textOf(source)} is no text`);
  const program = parse(source);
  const free = freeNames(program);
  if (names !== undefined) return positional(new Prepared(program, checkedNames(names, free, source)));
  const known = [...new Set(namesIn(program).map(({ id }) => id))].filter(isKnown);
  const whole = new Prepared(program, free);
  // For those who give a name that NumPy has as well.
  const others = new Map<string, Prepared>();
  const call = (values: Readonly<Record<string, unknown>>): R => {
    if (typeof values !== "object" || values === null) {
      throw new ValueError(`py: ${textOf(values)} has no values; give an object with ${free.join(", ")}`);
    }
    const own = known.filter((name) => Object.hasOwn(values, name));
    let prepared = whole;
    if (own.length > 0) {
      const key = own.join();
      prepared = others.get(key) ?? new Prepared(program, [...free, ...own]);
      others.set(key, prepared);
    }
    return toJs(prepared.run(prepared.given.map((name) => valueOf(values, name, source)))) as R;
  };
  return named(call, free, source);
}

function valueOf(values: Readonly<Record<string, unknown>>, name: string, source: string): unknown {
  const value = values[name];
  if (value === undefined) throw notGiven(name, source);
  return value;
}

function checkedNames(names: readonly string[], free: readonly string[], source: string): readonly string[] {
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    throw new ValueError(`py.compile: names ${textOf(names)} is no list of names`);
  }
  if (new Set(names).size < names.length) {
    throw new ValueError(`py.compile: names ${textOf(names)} has a name twice`);
  }
  const missing = free.filter((name) => !names.includes(name));
  if (missing.length > 0) throw notGiven(missing.join(" and "), source);
  return [...names] as string[];
}

function positional<R>(prepared: Prepared): PyPositional<R> {
  const { given, source } = prepared;
  const call = (...values: unknown[]): R => {
    if (values.length !== given.length) {
      throw new ValueError(
        `py: "${source}" takes ${given.join(", ")}, but ${values.length} values were given`,
      );
    }
    return toJs(prepared.run(values)) as R;
  };
  return named(call, given, source);
}

function named<F extends object>(call: F, names: readonly string[], source: string) {
  return Object.assign(call, { names: Object.freeze([...names]), source });
}
