import { readFileSync } from "node:fs";
import { ExprError, Interpreter, Mapping } from "../expr/index.ts";
import { isNpzFile } from "../index.ts";
import { readArrays, writeValue } from "./array-files.ts";
import { complain, FAILED, OK, type Surroundings } from "./command.ts";
import { type EvalArguments, readEvalArguments } from "./eval-arguments.ts";

/** `ndview eval "img[::-1]" --in img=photo.png --out flipped.png`; gives the exit code. */
export function runEval(words: readonly string[], around: Surroundings): number {
  try {
    const given = readEvalArguments(words);
    const source = given.text === null || given.text === "-" ? readFileSync(0, "utf8") : given.text;
    return evaluateAll(source, given, around);
  } catch (error) {
    return complain(error, around.stderr);
  }
}

/** What the prompt has for files. A program that is evaluated has none: it may come from others, and sees what it is given. */
export const fileFunctions = {
  load: (path: unknown) => readArrays(String(path)),
  save: (path: unknown, value: unknown) => void writeValue(String(path), value),
};

/** A session with the arrays of files. */
export function sessionWith(inputs: EvalArguments["inputs"], functions = {}): Interpreter {
  const variables: Record<string, unknown> = {};
  for (const [name, path] of inputs) {
    const read = readArrays(path);
    variables[name] = isNpzFile(read) ? new Mapping(path, read.files, (key) => read.get(key)) : read;
  }
  return new Interpreter({ variables, functions });
}

function evaluateAll(
  source: string,
  { inputs, out }: EvalArguments,
  { stdout, stderr }: Surroundings,
): number {
  const session = sessionWith(inputs);
  let last: unknown = null;
  try {
    for (const { value, text } of session.steps(source)) {
      last = value;
      if (out === null && text !== "") stdout.write(`${text}\n`);
    }
  } catch (error) {
    if (!(error instanceof ExprError)) throw error;
    stderr.write(`${error.display}\n`);
    return FAILED;
  }
  if (out !== null) stdout.write(`${writeValue(out, last)}\n`);
  return OK;
}
