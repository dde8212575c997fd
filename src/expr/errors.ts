import { type ErrorKind, isNdError, NdError } from "../errors.ts";

/** Python's name of what went wrong. */
export type PythonError =
  | "SyntaxError"
  | "NameError"
  | "AttributeError"
  | "TypeError"
  | "ValueError"
  | "IndexError"
  | "KeyError"
  | "ZeroDivisionError"
  | "OverflowError"
  | "MemoryError"
  | "RecursionError"
  | "AssertionError";

const kinds: Readonly<Record<PythonError, ErrorKind>> = {
  SyntaxError: "value",
  NameError: "value",
  AttributeError: "value",
  TypeError: "dtype",
  ValueError: "value",
  IndexError: "index",
  KeyError: "index",
  ZeroDivisionError: "value",
  OverflowError: "value",
  MemoryError: "value",
  RecursionError: "value",
  AssertionError: "value",
};

/** A part of a source text, from `start` up to `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** @internal An error of Python's semantics that does not know yet where in the text it belongs. */
export class PythonProblem extends NdError {
  readonly python: PythonError;

  constructor(python: PythonError, message: string) {
    super(kinds[python], message);
    this.name = python;
    this.python = python;
  }
}

/** What is wrong with an expression, and where. */
export class ExprError extends NdError {
  /** The text that was read. */
  readonly source: string;
  /** The part of the text that is wrong, or that failed: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** The line of `start`, from 1. */
  readonly line: number;
  /** The column of `start` in its line, from 1. */
  readonly column: number;
  /** What Python would call it. */
  readonly python: PythonError;
  /** Whether the text may only lack its end: a bracket or a text is still open. */
  readonly unfinished: boolean;

  constructor(
    message: string,
    source: string,
    { start, end }: Range,
    python: PythonError,
    cause?: unknown,
    unfinished = false,
  ) {
    super(isNdError(cause) ? cause.kind : kinds[python], message);
    this.name = "ExprError";
    this.source = source;
    this.start = start;
    this.end = end;
    const before = source.slice(0, start);
    this.line = before.split("\n").length;
    this.column = start - before.lastIndexOf("\n");
    this.python = python;
    this.unfinished = unfinished;
    if (cause !== undefined) this.cause = cause;
  }

  /** The message, the line that is meant, and a mark below the part of it. */
  get display(): string {
    const text = this.source.split("\n")[this.line - 1] ?? "";
    const shown = text.slice(0, 200);
    const marks = "^".repeat(Math.max(1, Math.min(this.end - this.start, shown.length - this.column + 1)));
    // Tabs stay tabs, so that the mark stands below what it means.
    const indent = shown.slice(0, this.column - 1).replace(/[^\t]/g, " ");
    return `${this.python}: ${this.message}\n    ${shown}\n    ${indent}${marks}`;
  }
}

const pythonNames: Readonly<Record<ErrorKind, PythonError>> = {
  shape: "ValueError",
  index: "IndexError",
  dtype: "TypeError",
  value: "ValueError",
};

/** @internal An error from evaluating a part of a text, as one that says where. */
export function located(error: unknown, source: string, range: Range): ExprError {
  if (error instanceof ExprError) return error;
  if (error instanceof PythonProblem) return new ExprError(error.message, source, range, error.python, error);
  if (isNdError(error)) return new ExprError(error.message, source, range, pythonNames[error.kind], error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === "AssertionError") {
    return new ExprError(message, source, range, "AssertionError", error);
  }
  if (error instanceof RangeError) {
    return new ExprError(`too much for this runtime: ${message}`, source, range, "MemoryError", error);
  }
  return new ExprError(message, source, range, "ValueError", error);
}
