import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Arguments {
  readonly file: string;
  /** The text of an index, or null for the whole array. */
  readonly index: string | null;
  /** The array of an archive. */
  readonly key: string | null;
  /** Where the contiguous copy goes. */
  readonly copy: string | null;
  /** Whether the memory is drawn. */
  readonly draw: boolean;
  /** Where the picture of the memory goes. */
  readonly svg: string | null;
}

/** The command was called in a way that it does not know. */
export class UsageError extends Error {}

export const USAGE = `usage: ndview FILE [INDEX] [--key NAME] [--copy OUT.npy] [--draw] [--svg OUT.svg]
       ndview eval PROGRAM [--in NAME=FILE]... [--out FILE]
       ndview [--in NAME=FILE]...

  FILE         a .npy or .npz file
  INDEX        a part of it, as NumPy writes it: "[:, ::-1]", "0", "[..., 1:3]", "[:, None]";
               shows the view: what it shares with the whole, what it keeps alive, and
               whether it is contiguous
  --key NAME   which array of a .npz file; without it they are listed
  --copy OUT   writes the array, or the view, as a contiguous .npy file
  --draw       draws the elements and the bytes where they lie; --svg OUT writes that as SVG

  PROGRAM      what NumPy users write: "img[::-1, :, ::-1]", "a = x.T; a @ x"; prints what
               Python's prompt does. - reads it from the standard input
  --in N=FILE  an array, as a name: a .npy or .png file, an array of a .npz file as
               x=file.npz:name, or all of them as x=file.npz, then x["name"]
  --out FILE   writes the value of the last statement as .npy, .npz or .png

  Without a file there is a prompt for such programs, line by line; in it, load("a.npy")
  reads a file, save("b.png", a) writes one.

  --help       shows this
  --version    shows the version`;

const options = {
  key: { type: "string", short: "k" },
  copy: { type: "string", short: "c" },
  draw: { type: "boolean", short: "d" },
  svg: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/**
 * Reads the words of the command line.
 *
 * @throws UsageError when they make no sense.
 */
export function readArguments(words: readonly string[]): Arguments | "help" | "version" {
  const { values, positionals } = parse(words);
  if (values.help === true) return "help";
  if (values.version === true) return "version";
  const [file, ...index] = positionals;
  if (file === undefined) throw new UsageError("which file? give a .npy or .npz file");
  // A shell splits an index that is not in quotes: [:, ::-1] comes as two words.
  const text = index.length === 0 ? null : index.join(" ");
  const { key = null, copy = null, draw = false, svg = null } = values;
  return { file, index: text, key, copy, draw, svg };
}

function parse(words: readonly string[]) {
  try {
    // An index such as -1 is no option.
    const args = words.map((word) => (/^-\d/.test(word) ? `[${word}]` : word));
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
}
