/**
 * What the arguments of `einsum` say: for each operand a letter for each of its axes, and the letters of the result.
 *
 * Both forms come to this: the text `"ij,jk->ik"`, and lists of numbers behind each operand, where 0 to 51 stand for A to
 * Z and a to z. Axes that "..." stands for get letters that are used nowhere else, the same for axes that broadcast
 * together, counted from the last.
 */

import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";

const SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** What is summed over what. */
export interface Equation {
  readonly operands: readonly NDArray[];
  /** A letter for each axis of each operand. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** The length of each letter's axes; axes of length 1 broadcast. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Whether "..." stands for axes that the result, as it is written, has no place for. */
  readonly dropsEllipsis: boolean;
}

/** One operand as it is written: letters, and perhaps one "...". */
type Term = readonly string[];

/** The list form of the letters of an operand or of the result: numbers from 0 to 51, and `"..."`. */
export type Sublist = readonly (number | "...")[];

/** Reads operands and what is written about them; `given` has no options any more. */
export function parseEquation(given: readonly unknown[], caller: string): Equation {
  const { terms, output, values } =
    typeof given[0] === "string" ? fromText(given[0], given.slice(1), caller) : fromSublists(given, caller);
  if (values.length === 0)
    throw new ValueError(`${caller}: there is nothing to sum; give subscripts and operands`);
  if (terms.length !== values.length) {
    throw new ValueError(
      `${caller}: the subscripts are for ${terms.length} operands and there are ${values.length}; separate them by commas`,
    );
  }
  const operands = values.map((value) => asarray(value as ArrayInput) as NDArray);
  return complete(terms, output, operands, caller);
}

interface Written {
  readonly terms: readonly Term[];
  readonly output: Term | null;
  readonly values: readonly unknown[];
}

function fromText(text: string, values: readonly unknown[], caller: string): Written {
  const tight = text.replaceAll(" ", "");
  const [left = "", right, ...more] = tight.split("->");
  if (more.length > 0 || /[->]/.test(left + (right ?? ""))) {
    throw new ValueError(`${caller}: ${textOf(text)} may have "->" once, and no other "-" or ">"`);
  }
  const terms = left.split(",").map((term) => termOf(term, text, caller));
  return { terms, output: right === undefined ? null : termOf(right, text, caller), values };
}

function termOf(term: string, text: string, caller: string): Term {
  const parts = term.match(/\.\.\.|./gs) ?? [];
  for (const part of parts) {
    if (part === "..." || SYMBOLS.includes(part)) continue;
    const why = part === "." ? 'a "." that is no part of "..."' : `${textOf(part)}, which is no letter`;
    throw new ValueError(`${caller}: ${textOf(text)} has ${why}; letters, "...", "," and "->" are allowed`);
  }
  return checkedTerm(parts, text, caller);
}

function checkedTerm(parts: Term, text: unknown, caller: string): Term {
  if (parts.indexOf("...") === parts.lastIndexOf("...")) return parts;
  throw new ValueError(`${caller}: ${textOf(text)} has "..." twice for one array`);
}

function fromSublists(given: readonly unknown[], caller: string): Written {
  const pairs = Math.floor(given.length / 2);
  const values = Array.from({ length: pairs }, (_, k) => given[2 * k]);
  const terms = Array.from({ length: pairs }, (_, k) => termOfList(given[2 * k + 1], caller));
  const last = given.length % 2 === 1 ? termOfList(given.at(-1), caller) : null;
  return { terms, output: last, values };
}

function termOfList(list: unknown, caller: string): Term {
  if (!Array.isArray(list)) {
    throw new ValueError(
      `${caller}: ${textOf(list)} is no list of subscripts; give text first, or a list behind each operand, such as [0, 1]`,
    );
  }
  const parts = list.map((part: unknown) => {
    if (part === "...") return part;
    const symbol = Number.isInteger(part) ? SYMBOLS[part as number] : undefined;
    if (symbol !== undefined) return symbol;
    throw new ValueError(`${caller}: subscript ${textOf(part)} is none of 0 to 51 and "..."`);
  });
  return checkedTerm(parts, list, caller);
}

function complete(
  terms: readonly Term[],
  output: Term | null,
  operands: readonly NDArray[],
  caller: string,
): Equation {
  const counts = terms.map((term, k) => ellipsisLength(term, operands[k]!, k, caller));
  const longest = Math.max(0, ...counts);
  const spare = spareLetters(terms, longest);
  const inputs = terms.map((term, k) => filled(term, spare.slice(longest - counts[k]!)));
  const result = output === null ? implicitOutput(terms, spare) : filled(output, spare);
  checkOutput(result, inputs, caller);
  const sizes = sizesOf(inputs, operands, caller);
  const dropsEllipsis = longest > 0 && output !== null && !output.includes("...");
  return { operands, inputs, output: result, sizes, dropsEllipsis };
}

/** How many axes "..." stands for. */
function ellipsisLength(term: Term, operand: NDArray, k: number, caller: string): number {
  const named = term.filter((part) => part !== "...").length;
  const { ndim } = operand;
  if (term.includes("...") ? named <= ndim : named === ndim) return ndim - named;
  const mend = named < ndim ? 'name them all, or add "..."' : "it has too many";
  throw new ShapeError(
    `${caller}: operand ${k} of shape ${shapeText(operand.layout.shape)} has ${ndim} axes, and its subscripts ${textOf(term.join(""))} name ${named}; ${mend}`,
  );
}

/** Letters that nobody uses, as many as wanted; beyond the alphabet when it is used up. */
function spareLetters(terms: readonly Term[], count: number): string {
  const used = new Set(terms.flat());
  const free = [...SYMBOLS].filter((symbol) => !used.has(symbol));
  const more = Array.from({ length: Math.max(0, count - free.length) }, (_, k) =>
    String.fromCharCode(0x3b1 + k),
  );
  return [...free, ...more].slice(free.length + more.length - count).join("");
}

function filled(term: Term, ellipsis: string): string {
  return term.map((part) => (part === "..." ? ellipsis : part)).join("");
}

/** Without "->": the axes of "...", then the letters that occur once, in order; capital letters first. */
function implicitOutput(terms: readonly Term[], ellipsis: string): string {
  const all = terms.flat().filter((part) => part !== "...");
  const once = all.filter((part) => all.indexOf(part) === all.lastIndexOf(part));
  return ellipsis + once.sort().join("");
}

function checkOutput(output: string, inputs: readonly string[], caller: string): void {
  for (const letter of output) {
    if (output.indexOf(letter) !== output.lastIndexOf(letter)) {
      throw new ValueError(
        `${caller}: the result has subscript ${textOf(letter)} twice; an axis comes out once`,
      );
    }
    if (!inputs.some((term) => term.includes(letter))) {
      throw new ValueError(`${caller}: the result has subscript ${textOf(letter)}, which no operand has`);
    }
  }
}

function sizesOf(
  inputs: readonly string[],
  operands: readonly NDArray[],
  caller: string,
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [k, term] of inputs.entries()) {
    const { shape } = operands[k]!.layout;
    for (const [axis, letter] of [...term].entries()) {
      const length = shape[axis]!;
      const first = shape[term.indexOf(letter)]!;
      if (first !== length) {
        throw new ShapeError(
          `${caller}: operand ${k} of shape ${shapeText(shape)} has subscript ${textOf(letter)} for axes of lengths ${first} and ${length}; a diagonal needs equal ones`,
        );
      }
      const known = sizes.get(letter);
      if (known === undefined || known === 1) sizes.set(letter, length);
      else if (length !== 1 && length !== known) {
        throw new ShapeError(
          `${caller}: subscript ${textOf(letter)} has length ${length} in operand ${k} and ${known} before; lengths must be equal or 1`,
        );
      }
    }
  }
  return sizes;
}
