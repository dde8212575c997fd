import type { Program } from "./ast.ts";
import { ExprError } from "./errors.ts";
import { Parser } from "./expression-parser.ts";
import { Lexer } from "./lexer.ts";
import { statements } from "./statements.ts";

/** How long and how deep a text may be. */
export interface ParseOptions {
  /** Characters; 100,000 if left out. */
  readonly maxLength?: number | undefined;
  /** Brackets in brackets, and operators in a row; 200 if left out. */
  readonly maxDepth?: number | undefined;
  /** Whether `$0`, `$1`, … are names. */
  readonly holes?: boolean | undefined;
}

export const MAX_LENGTH = 100_000;
export const MAX_DEPTH = 200;

/**
 * Reads a text of statements as Python has them.
 *
 * @throws ExprError with Python's name SyntaxError, and with the place of what is wrong.
 */
export function parse(source: string, options: ParseOptions = {}): Program {
  const { maxLength = MAX_LENGTH, maxDepth = MAX_DEPTH, holes = false } = options;
  if (source.length > maxLength) {
    const range = { start: maxLength, end: source.length };
    throw new ExprError(
      `a text of ${source.length} characters is too long; ${maxLength} are allowed`,
      source,
      range,
      "SyntaxError",
    );
  }
  const parser = new Parser(source, new Lexer(source, holes).tokens(), maxDepth);
  return { source, statements: statements(parser) };
}

/** Whether a text may only lack its end: more lines may make it whole. */
export function isUnfinished(source: string): boolean {
  if (/\\\r?\n?$/.test(source)) return true;
  try {
    parse(source);
    return false;
  } catch (error) {
    return error instanceof ExprError && error.unfinished;
  }
}
