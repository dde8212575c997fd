import type { NDArray } from "../../array/ndarray.ts";
import {
  ALPHA,
  BLANK,
  byteClassesOf,
  classesOf,
  DECIMAL,
  DIGIT,
  LOWER,
  NUMERIC,
  TITLE,
  UPPER,
} from "../../dtype/character-classes.ts";
import {
  boolResult,
  intResult,
  lengthAt,
  rowsOf,
  type StringRows,
  type Walk,
  walkOver,
} from "../../engine/string-rows.ts";
import { finishStrings } from "../../engine/string-ufuncs.ts";
import type { UfuncOptions } from "../../engine/ufunc-options.ts";
import { DTypeError } from "../../errors.ts";
import { type StringInput, stringsFrom } from "./operands.ts";

/** Questions about each string: what its characters are, and how many. */

/** Where a result goes, and for which elements. */
export type StringOptions = Pick<UfuncOptions, "out" | "where" | "casting">;

/** The call of a question. */
export interface Question {
  (a: StringInput, options?: Omit<StringOptions, "out">): NDArray<"bool">;
  <O extends NDArray>(a: StringInput, options: StringOptions & { readonly out: O }): O;
  (a: StringInput, options?: StringOptions): NDArray;
}

type Classes = (code: number) => number;
/** Whether the characters of one string are what is asked; there is one at least. */
type Test = (codes: Uint32Array, at: number, end: number, classes: Classes) => boolean;

function question(name: string, test: Test, onlyText = false): Question {
  const ask = (input: StringInput, options: StringOptions = {}): NDArray => {
    const a = stringsFrom(input, name, "a");
    if (onlyText && a.dtype.kind === "S") {
      throw new DTypeError(`${name}: bytes have no such characters; decode them first`);
    }
    const classes = a.dtype.kind === "U" ? classesOf : byteClassesOf;
    return finishStrings({ name, nin: 1, nout: 1 }, options, [a], (shape) => {
      const walk = walkOver(shape, [a]);
      return answers(walk, rowsOf(a, walk), test, classes);
    });
  };
  return ask as Question;
}

function answers(walk: Walk, { codes, at, step, width }: StringRows, test: Test, classes: Classes): NDArray {
  const { made, data } = boolResult(walk);
  for (let k = 0, i = at; k < data.length; k++, i += step) {
    const length = lengthAt(codes, i, width);
    data[k] = length > 0 && test(codes, i, i + length, classes) ? 1 : 0;
  }
  return made;
}

/** Whether every character has one of the classes. */
function all(bits: number): Test {
  return (codes, at, end, classes) => {
    for (let i = at; i < end; i++) if ((classes(codes[i]!) & bits) === 0) return false;
    return true;
  };
}

/** Whether there is a character of one class and none of the others. */
function cased(wanted: number, others: number): Test {
  return (codes, at, end, classes) => {
    let found = false;
    for (let i = at; i < end; i++) {
      const bits = classes(codes[i]!);
      if ((bits & others) !== 0) return false;
      if ((bits & wanted) !== 0) found = true;
    }
    return found;
  };
}

/** Whether words begin with a capital and go on in small letters. */
const titled: Test = (codes, at, end, classes) => {
  let found = false;
  let inside = false;
  for (let i = at; i < end; i++) {
    const bits = classes(codes[i]!);
    if ((bits & (UPPER | TITLE)) !== 0) {
      if (inside) return false;
      inside = found = true;
    } else if ((bits & LOWER) !== 0) {
      if (!inside) return false;
      found = true;
    } else inside = false;
  }
  return found;
};

/**
 * Whether each string has letters only, and one at least.
 *
 * @param options `{ out, where }` as of ufuncs
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.isalpha(["ab", "a1", ""]).tolist(); // [true, false, false]
 */
export const isalpha: Question = /* @__PURE__ */ question("isalpha", /* @__PURE__ */ all(ALPHA));

/**
 * Whether each string has digits only, superscripts too, and one at least.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.isdigit(["12", "1.5", "²"]).tolist(); // [true, false, true]
 */
export const isdigit: Question = /* @__PURE__ */ question("isdigit", /* @__PURE__ */ all(DIGIT));

/**
 * Whether each string has decimal digits only, and one at least.
 *
 * @throws DTypeError when `a` is not of text; bytes have to be decoded.
 * @example
 * np.strings.isdecimal(["12", "²"]).tolist(); // [true, false]
 */
export const isdecimal: Question = /* @__PURE__ */ question("isdecimal", /* @__PURE__ */ all(DECIMAL), true);

/**
 * Whether each string has numeric characters only, fractions too, and one at least.
 *
 * @throws DTypeError when `a` is not of text; bytes have to be decoded.
 * @example
 * np.strings.isnumeric(["½", "a"]).tolist(); // [true, false]
 */
export const isnumeric: Question = /* @__PURE__ */ question("isnumeric", /* @__PURE__ */ all(NUMERIC), true);

/**
 * Whether each string has white space only, and one character at least.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.isspace([" ", "a ", ""]).tolist(); // [true, false, false]
 */
export const isspace: Question = /* @__PURE__ */ question("isspace", /* @__PURE__ */ all(BLANK));

/**
 * Whether each string has letters and numeric characters only, and one at least.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.isalnum(["a1", "a 1"]).tolist(); // [true, false]
 */
export const isalnum: Question = /* @__PURE__ */ question(
  "isalnum",
  /* @__PURE__ */ all(ALPHA | DECIMAL | DIGIT | NUMERIC),
);

/**
 * Whether each string has small letters and no capitals.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.islower(["ab1", "aB", "1"]).tolist(); // [true, false, false]
 */
export const islower: Question = /* @__PURE__ */ question(
  "islower",
  /* @__PURE__ */ cased(LOWER, UPPER | TITLE),
);

/**
 * Whether each string has capitals and no small letters.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.isupper(["AB1", "aB", "1"]).tolist(); // [true, false, false]
 */
export const isupper: Question = /* @__PURE__ */ question(
  "isupper",
  /* @__PURE__ */ cased(UPPER, LOWER | TITLE),
);

/**
 * Whether each string has words that begin with a capital and go on in small letters.
 *
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.istitle(["Ab Cd", "AB", "1"]).tolist(); // [true, false, false]
 */
export const istitle: Question = /* @__PURE__ */ question("istitle", titled);

/** The call of `strLen`. */
export interface LengthCall {
  (a: StringInput, options?: Omit<StringOptions, "out">): NDArray<"int32">;
  <O extends NDArray>(a: StringInput, options: StringOptions & { readonly out: O }): O;
  (a: StringInput, options?: StringOptions): NDArray;
}

function lengthsOf(input: StringInput, options: StringOptions = {}): NDArray {
  const a = stringsFrom(input, "strLen", "a");
  return finishStrings({ name: "strLen", nin: 1, nout: 1 }, options, [a], (shape) => {
    const walk = walkOver(shape, [a]);
    const { codes, at, step, width } = rowsOf(a, walk);
    const { made, data } = intResult(walk);
    for (let k = 0, i = at; k < data.length; k++, i += step) data[k] = lengthAt(codes, i, width);
    return made;
  });
}

/**
 * How many characters each string has: code points, or bytes. NumPy's `str_len`.
 *
 * @param options `{ out, where }` as of ufuncs
 * @returns int32
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.strings.strLen(["abc", "", "😀"]).tolist(); // [3, 0, 1]
 */
export const strLen: LengthCall = lengthsOf as LengthCall;
