import { textOf, ValueError } from "../errors.ts";
import { readFormat } from "./printf.ts";

/** How names of fields are made of what stands in a file. */
export interface NameOptions {
  /** Names that get an underscore behind them, besides `return`, `file` and `print`. */
  readonly excludelist?: readonly string[] | null | undefined;
  /** Characters that are left out of names. */
  readonly deletechars?: string | readonly string[] | null | undefined;
  /** What stands for a space; `"_"` if left out. */
  readonly replaceSpace?: string | undefined;
  /** Whether upper and lower case differ; false or `"upper"` for upper case throughout, `"lower"` for lower. */
  readonly caseSensitive?: boolean | "upper" | "lower" | undefined;
  /** The format of names that are missing; `"f%i"` if left out. */
  readonly defaultfmt?: string | undefined;
}

const EXCLUDED = ["return", "file", "print"];
const DELETED = "~!@#$%^&*()-=+~\\|]}[{';: /?.>,<";

/** Name number `k` where there is none. */
export function defaultName({ defaultfmt = "f%i" }: NameOptions, k: number): string {
  const { texts, conversions } = readFormat(defaultfmt);
  const [conversion] = conversions;
  if (conversion === undefined || conversions.length > 1) {
    throw new ValueError(`defaultfmt ${textOf(defaultfmt)} needs one place for a number, as in "f%i"`);
  }
  return texts[0]! + conversion({ value: k, kind: "i", text: () => String(k) }) + texts[1]!;
}

function caseOf({ caseSensitive = true }: NameOptions): (name: string) => string {
  if (caseSensitive === true) return (name) => name;
  if (caseSensitive === false || caseSensitive === "upper") return (name) => name.toUpperCase();
  if (caseSensitive === "lower") return (name) => name.toLowerCase();
  throw new ValueError(`caseSensitive ${textOf(caseSensitive)} is none of true, false, "upper" and "lower"`);
}

/** Names that can be those of fields: none empty, none twice. With `count`, as many. */
export function validNames(given: readonly string[], options: NameOptions, count = given.length): string[] {
  const cased = caseOf(options);
  const excluded = new Set([...(options.excludelist ?? []), ...EXCLUDED]);
  const deleted = new Set([...(options.deletechars ?? DELETED), '"']);
  const names = Array.from({ length: count }, (_, k) => given[k] ?? "");
  const seen = new Map<string, number>();
  let empty = 0;
  return names.map((name) => {
    const spaced = cased(name)
      .trim()
      .replaceAll(" ", options.replaceSpace ?? "_");
    let valid = [...spaced].filter((char) => !deleted.has(char)).join("");
    if (valid === "") {
      valid = defaultName(options, empty++);
      while (names.includes(valid)) valid = defaultName(options, empty++);
    } else if (excluded.has(valid)) valid += "_";
    const times = seen.get(valid) ?? 0;
    seen.set(valid, times + 1);
    return times === 0 ? valid : `${valid}_${times}`;
  });
}
