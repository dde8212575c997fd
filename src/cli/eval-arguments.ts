import { UsageError } from "./arguments.ts";

/** What `ndview eval` is asked for. */
export interface EvalArguments {
  /** The text of the program; null when it comes from the standard input, or for the shell. */
  readonly text: string | null;
  /** Names, and the files that they stand for. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Where the value of the last statement goes. */
  readonly out: string | null;
}

/**
 * Reads the words behind `eval`. They are read here and not by parseArgs, because a program may begin with a minus.
 *
 * @throws UsageError when they make no sense.
 */
export function readEvalArguments(words: readonly string[]): EvalArguments {
  const inputs = new Map<string, string>();
  const texts: string[] = [];
  let out: string | null = null;
  for (let k = 0; k < words.length; k++) {
    const word = words[k] as string;
    const option = /^(--in|--out|-i|-o)(?:=([\s\S]*))?$/.exec(word);
    if (option === null) {
      texts.push(word);
      continue;
    }
    const value = option[2] ?? words[++k];
    if (value === undefined) throw new UsageError(`${option[1]} wants a value`);
    if (option[1] === "--out" || option[1] === "-o") out = value;
    else addInput(inputs, value);
  }
  if (texts.length > 1) {
    throw new UsageError(`one program, please, in quotes; these are ${texts.length}: ${texts.join(" | ")}`);
  }
  return { text: texts[0] ?? null, inputs, out };
}

function addInput(inputs: Map<string, string>, text: string): void {
  const [, name, path] = /^([\p{L}_][\p{L}\p{N}_]*)=([\s\S]+)$/u.exec(text) ?? [];
  if (name === undefined || path === undefined) {
    throw new UsageError(
      `--in wants a name and a file, as in --in img=photo.png, not ${JSON.stringify(text)}`,
    );
  }
  if (inputs.has(name)) throw new UsageError(`--in names ${name} twice`);
  inputs.set(name, path);
}
