import type { NDArray } from "../../array/ndarray.ts";
import { classesOf, LOWER, TITLE, UPPER } from "../../dtype/character-classes.ts";
import { character } from "../../dtype/string-access.ts";
import { lengthAt, type StringRows, stringResult } from "../../engine/string-rows.ts";
import { callOf, type StringInput, type StringOf } from "./operands.ts";

/**
 * Capitals and small letters, as Python's `str` has them: a letter may become several, what is too long for the width is
 * cut. ASCII is done by code points; a string with anything else goes by way of the runtime's own strings.
 */

/** How the case of a string is changed: each code point of ASCII, given the one before it; and any other text. */
interface Change {
  readonly ascii: (code: number, before: number) => number;
  readonly text: (text: string) => string;
}

const isCapital = (code: number) => code > 64 && code < 91;
const isSmall = (code: number) => code > 96 && code < 123;
const isLetter = (code: number) => isCapital(code) || isSmall(code);
const toCapital = (code: number) => (isSmall(code) ? code - 32 : code);
const toSmall = (code: number) => (isCapital(code) ? code + 32 : code);

const upperChange: Change = { ascii: toCapital, text: (text) => text.toUpperCase() };
const lowerChange: Change = { ascii: toSmall, text: (text) => text.toLowerCase() };
const swapChange: Change = {
  ascii: (code) => (isCapital(code) ? code + 32 : toCapital(code)),
  text: swapped,
};
const titleChange: Change = {
  ascii: (code, before) => (isLetter(before) ? toSmall(code) : toCapital(code)),
  text: titled,
};
const capitalizeChange: Change = {
  ascii: (code, before) => (before < 0 ? toCapital(code) : toSmall(code)),
  text: (text) => mapped(text, (char, at) => (at === 0 ? titleOf(char) : smallAt(text, at, char))),
};

/** Each character of a text as another; `at` is where it starts. */
function mapped(text: string, change: (char: string, at: number) => string): string {
  let out = "";
  let at = 0;
  for (const char of text) {
    out += change(char, at);
    at += char.length;
  }
  return out;
}

/** A character in small; a capital sigma by where it stands in the word. */
function smallAt(text: string, at: number, char: string): string {
  if (char !== "\u03a3") return char.toLowerCase();
  return text.toLowerCase().charAt(text.slice(0, at).toLowerCase().length);
}

function swapped(text: string): string {
  return mapped(text, (char, at) => {
    const bits = classesOf(char.codePointAt(0)!);
    if ((bits & UPPER) !== 0) return smallAt(text, at, char);
    return (bits & LOWER) !== 0 ? char.toUpperCase() : char;
  });
}

function titled(text: string): string {
  let inside = false;
  return mapped(text, (char, at) => {
    const changed = inside ? smallAt(text, at, char) : titleOf(char);
    inside = (classesOf(char.codePointAt(0)!) & (LOWER | UPPER | TITLE)) !== 0;
    return changed;
  });
}

/** The digraphs of which there is a third form, with the first letter alone a capital, by the code point of the first. */
const digraphs: readonly (readonly [first: number, last: number, title: string])[] = [
  [0x1c4, 0x1c6, "\u01c5"],
  [0x1c7, 0x1c9, "\u01c8"],
  [0x1ca, 0x1cc, "\u01cb"],
  [0x1f1, 0x1f3, "\u01f2"],
];
const IOTA = "\u0399";

/** A character as the first of a word. */
function titleOf(char: string): string {
  const code = char.codePointAt(0)!;
  const isOwn = (classesOf(code) & TITLE) !== 0 || (code >= 0x10d0 && code <= 0x10ff);
  if (isOwn) return char;
  const digraph = digraphs.find(([first, last]) => code >= first && code <= last);
  if (digraph !== undefined) return digraph[2];
  const upper = char.toUpperCase();
  const rest = upper.slice(1);
  if (rest === "" || char.length > 1 || code === 0x149) return upper;
  // The iota below a Greek letter stays there, in one character with it where there is one.
  if (upper.endsWith(IOTA)) {
    const below = `${upper.slice(0, -1)}\u0345`;
    return below.length === 2 ? below.normalize("NFC") : below;
  }
  return upper[0]! + rest.toLowerCase();
}

function changed(caller: string, input: StringInput, { ascii, text }: Change): NDArray {
  const { walk, type, strings } = callOf(caller, { strings: [[input, "a"]] }, "C");
  const a = strings[0] as StringRows;
  const result = stringResult(walk, type, a.width);
  const { codes: out, width } = result;
  const isText = type === "str";
  for (let k = 0, i = a.at, at = 0; k < walk.count; k++, i += a.step, at += width) {
    const length = lengthAt(a.codes, i, a.width);
    let before = -1;
    let c = 0;
    for (; c < length; c++) {
      const code = a.codes[i + c]!;
      if (code > 127 && isText) break;
      out[at + c] = ascii(code, before);
      before = code;
    }
    if (c < length) write(out, at, width, text(textOfRow(a.codes, i, length)));
  }
  return result.finish();
}

/** A row as a JS string. */
export function textOfRow(codes: Uint32Array, at: number, length: number): string {
  let text = "";
  for (let c = 0; c < length; c++) text += character(codes[at + c]!);
  return text;
}

/** Writes a text into a row, and zeros behind it; what is too long is cut. */
function write(out: Uint32Array, at: number, width: number, text: string): void {
  let to = at;
  for (const char of text) {
    if (to === at + width) return;
    out[to++] = char.codePointAt(0)!;
  }
  out.fill(0, to, at + width);
}

/**
 * Each string in capitals. Returns a copy of the same width, in C order.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.upper(["abc", "Ünder"]).tolist(); // ["ABC", "ÜNDER"]
 */
export function upper<V extends StringInput>(a: V): NDArray<StringOf<V>> {
  return changed("upper", a, upperChange) as NDArray<StringOf<V>>;
}

/**
 * Each string in small letters. Returns a copy of the same width, in C order.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.lower(["ABC", "Über"]).tolist(); // ["abc", "über"]
 */
export function lower<V extends StringInput>(a: V): NDArray<StringOf<V>> {
  return changed("lower", a, lowerChange) as NDArray<StringOf<V>>;
}

/**
 * Each string with small letters for capitals and capitals for small letters. Returns a copy of the same width, in C
 * order.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.swapcase(["aBc"]).tolist(); // ["AbC"]
 */
export function swapcase<V extends StringInput>(a: V): NDArray<StringOf<V>> {
  return changed("swapcase", a, swapChange) as NDArray<StringOf<V>>;
}

/**
 * Each string with its first character a capital and the rest small letters. Returns a copy of the same width, in C order.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.capitalize(["aBc dE"]).tolist(); // ["Abc de"]
 */
export function capitalize<V extends StringInput>(a: V): NDArray<StringOf<V>> {
  return changed("capitalize", a, capitalizeChange) as NDArray<StringOf<V>>;
}

/**
 * Each string with words that begin with a capital and go on in small letters; a word is a run of letters. Returns a copy
 * of the same width, in C order.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.title(["they're two words"]).tolist(); // ["They'Re Two Words"]
 */
export function title<V extends StringInput>(a: V): NDArray<StringOf<V>> {
  return changed("title", a, titleChange) as NDArray<StringOf<V>>;
}
