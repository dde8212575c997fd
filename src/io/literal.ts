import { ValueError } from "../errors.ts";

/**
 * The Python literals that the header of a .npy file is written in, read by a parser and never evaluated.
 *
 * Known are dicts with string keys, lists, tuples, strings with Python's escapes, integers (also Python 2's `3L`), True,
 * False and None. Anything else is an error that says where it stands. A text costs time in proportion to its length,
 * and no more stack than MAX_DEPTH levels.
 */
export type Literal = string | number | bigint | boolean | null | List | Tuple | Dict;

export interface List {
  readonly kind: "list";
  readonly items: readonly Literal[];
}

export interface Tuple {
  readonly kind: "tuple";
  readonly items: readonly Literal[];
}

export interface Dict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, Literal>;
}

/** How deep lists, tuples and dicts may lie in one another. */
const MAX_DEPTH = 100;
/** Beyond this, digits are an attempt to keep us busy: no length of an axis needs so many. */
const MAX_DIGITS = 40;

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

/**
 * The value that a Python literal stands for.
 *
 * @throws ValueError when the text is no literal of the kinds above.
 */
export function parseLiteral(text: string): Literal {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const value = readValue(cursor);
  skipSpace(cursor);
  if (cursor.at < text.length) throw unexpected(cursor, "the end");
  return value;
}

function unexpected(cursor: Cursor, wanted: string): ValueError {
  const { text, at } = cursor;
  const found = at < text.length ? `${JSON.stringify(text.slice(at, at + 12))}` : "the end";
  return new ValueError(`wanted ${wanted} at character ${at}, found ${found}`);
}

function skipSpace(cursor: Cursor): void {
  while (/[ \t\r\n\f]/.test(cursor.text.charAt(cursor.at))) cursor.at++;
}

/** Moves past `mark` when it is what comes next. */
function accept(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (!cursor.text.startsWith(mark, cursor.at)) return false;
  cursor.at += mark.length;
  return true;
}

function expect(cursor: Cursor, mark: string): void {
  if (!accept(cursor, mark)) throw unexpected(cursor, JSON.stringify(mark));
}

function readValue(cursor: Cursor): Literal {
  skipSpace(cursor);
  const { text, at } = cursor;
  const first = text.charAt(at);
  if (first === "{") return nested(cursor, readDict);
  if (first === "[") return nested(cursor, readList);
  if (first === "(") return nested(cursor, readParenthesis);
  if (/^[uU]?['"]/.test(text.slice(at, at + 2))) return readString(cursor);
  return readWord(cursor);
}

function nested<T>(cursor: Cursor, read: (cursor: Cursor) => T): T {
  if (++cursor.depth > MAX_DEPTH) throw new ValueError(`more than ${MAX_DEPTH} brackets lie in one another`);
  cursor.at++;
  const value = read(cursor);
  cursor.depth--;
  return value;
}

function readDict(cursor: Cursor): Dict {
  const entries = new Map<string, Literal>();
  while (!accept(cursor, "}")) {
    const key = readValue(cursor);
    if (typeof key !== "string") throw unexpected(cursor, "a dict whose keys are strings");
    if (entries.has(key)) throw new ValueError(`the key ${JSON.stringify(key)} is given twice`);
    expect(cursor, ":");
    entries.set(key, readValue(cursor));
    if (accept(cursor, ",")) continue;
    expect(cursor, "}");
    break;
  }
  return { kind: "dict", entries };
}

function readList(cursor: Cursor): List {
  return { kind: "list", items: readItems(cursor, "]").items };
}

/** `(1)` is the number 1, as in Python; `(1,)` and `()` are tuples. */
function readParenthesis(cursor: Cursor): Literal {
  const { items, commas } = readItems(cursor, ")");
  return items.length === 1 && commas === 0 ? items[0]! : { kind: "tuple", items };
}

function readItems(cursor: Cursor, end: string): { items: Literal[]; commas: number } {
  const items: Literal[] = [];
  let commas = 0;
  while (!accept(cursor, end)) {
    items.push(readValue(cursor));
    if (accept(cursor, ",")) {
      commas++;
      continue;
    }
    expect(cursor, end);
    break;
  }
  return { items, commas };
}

const words: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

function readWord(cursor: Cursor): Literal {
  const pattern = /[+-]?[0-9A-Za-z_.]+/y;
  pattern.lastIndex = cursor.at;
  const word = pattern.exec(cursor.text)?.[0] ?? "";
  const value = words.has(word) ? words.get(word) : readInteger(word);
  if (value === undefined)
    throw unexpected(cursor, "a string, an integer, True, False, a tuple, a list or a dict");
  cursor.at += word.length;
  return value;
}

function readInteger(word: string): number | bigint | undefined {
  if (word.length > MAX_DIGITS || !/^[+-]?\d+L?$/.test(word)) return undefined;
  const digits = word.replace("L", "").replace("+", "");
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value + 0 : BigInt(digits);
}

/** What a letter behind a backslash stands for in Python. */
export const simpleEscapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const coded = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/y;

function readString(cursor: Cursor): string {
  const { text } = cursor;
  if (/[uU]/.test(text.charAt(cursor.at))) cursor.at++;
  const quote = text.charAt(cursor.at++);
  let out = "";
  for (;;) {
    const char = text.charAt(cursor.at);
    if (char === "" || char === "\n") throw unexpected(cursor, `the end of a string, ${quote}`);
    if (char === "\\") out += readEscape(cursor);
    else cursor.at++;
    if (char === quote) return out;
    if (char !== "\\") out += char;
  }
}

function readEscape(cursor: Cursor): string {
  const plain = simpleEscapes[cursor.text.charAt(cursor.at + 1)];
  if (plain !== undefined) {
    cursor.at += 2;
    return plain;
  }
  coded.lastIndex = cursor.at;
  const match = coded.exec(cursor.text);
  const hex = match?.[1] ?? match?.[2] ?? match?.[3];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(match?.[4] ?? "", 8);
  if (match === null || !(code <= 0x10ffff)) throw unexpected(cursor, "an escape of a Python string");
  cursor.at += match[0].length;
  return String.fromCodePoint(code);
}
