import type { NDArray } from "../../array/ndarray.ts";
import { type Comparison, compareRows } from "../../engine/string-compare.ts";
import { rowsOf, type StringRows, type Walk, walkOver } from "../../engine/string-rows.ts";
import { textOf, ValueError } from "../../errors.ts";
import { broadcastShapes } from "../../layout/broadcast.ts";
import {
  type IntegerInput,
  integersFrom,
  requireOneKind,
  type StringInput,
  type StringOf,
  stringsFrom,
} from "./operands.ts";
import { rpartition as partsFromRight, partition as partsOf, partsTogether } from "./partition.ts";
import { multiply as repeated } from "./repeat.ts";

/** What `np.char` does otherwise than `np.strings`: white space at the end does not count in comparisons, parts are one array. */

/** Both operands as strings of one kind. */
function pairOf(x1: StringInput, x2: StringInput, caller: string): NDArray[] {
  const pair = [stringsFrom(x1, caller, "x1"), stringsFrom(x2, caller, "x2")];
  requireOneKind(caller, pair);
  return pair;
}

/** What counts for nothing at the end of a string: NUL and the white space of ASCII. */
function isTrailing(code: number): boolean {
  return code === 0 || code === 32 || (code >= 9 && code <= 13);
}

/** The rows with zeros for white space at their ends. */
function trimmed({ codes, at, step, width }: StringRows, { count }: Walk): StringRows {
  const rows = step === 0 ? Math.min(1, count) : count;
  const out = new Uint32Array(rows * width);
  for (let k = 0, i = at; k < rows; k++, i += step) {
    let length = width;
    while (length > 0 && isTrailing(codes[i + length - 1]!)) length--;
    for (let c = 0; c < length; c++) out[k * width + c] = codes[i + c]!;
  }
  return { codes: out, at: 0, step: step === 0 ? 0 : width, width };
}

function compared(
  caller: string,
  x1: StringInput,
  x2: StringInput,
  by: Comparison,
  rstrip: boolean,
): NDArray<"bool"> {
  const pair = pairOf(x1, x2, caller);
  const shape = broadcastShapes(
    pair.map((a) => a.layout.shape),
    caller,
  );
  const walk = walkOver(shape, "C");
  const [a, b] = pair.map((text) => rowsOf(text, walk)) as [StringRows, StringRows];
  return rstrip ? compareRows(walk, trimmed(a, walk), trimmed(b, walk), by) : compareRows(walk, a, b, by);
}

const signs: Readonly<Record<string, Comparison>> = {
  "==": "equal",
  "!=": "notEqual",
  "<": "less",
  "<=": "lessEqual",
  ">": "greater",
  ">=": "greaterEqual",
};

/**
 * A comparison of strings by its sign, with or without the white space at their ends. NumPy's `compare_chararrays`.
 *
 * @param cmp one of `"=="`, `"!="`, `"<"`, `"<="`, `">"`, `">="`
 * @param rstrip whether white space at the ends is left out
 * @throws ValueError for another sign; DTypeError when an operand is of no strings.
 * @example
 * np.char.compareChararrays(["a "], ["a"], "==", true).tolist(); // [true]
 */
export function compareChararrays(
  a1: StringInput,
  a2: StringInput,
  cmp: "==" | "!=" | "<" | "<=" | ">" | ">=",
  rstrip: boolean,
): NDArray<"bool"> {
  const by = typeof cmp === "string" && Object.hasOwn(signs, cmp) ? signs[cmp] : undefined;
  if (by === undefined) {
    throw new ValueError(`compareChararrays: cmp ${textOf(cmp)} is none of ${Object.keys(signs).join(", ")}`);
  }
  return compared("compareChararrays", a1, a2, by, rstrip);
}

/**
 * Whether two strings are equal but for white space at their ends.
 *
 * @throws DTypeError when one operand is of bytes and the other of text, or one is of no strings.
 * @example
 * np.char.equal(["a ", "b"], "a").tolist(); // [true, false]
 */
export function equal(x1: StringInput, x2: StringInput): NDArray<"bool"> {
  return compared("equal", x1, x2, "equal", true);
}

/**
 * Whether two strings differ, white space at their ends left out.
 *
 * @throws what `equal` throws.
 * @example
 * np.char.notEqual(["a ", "b"], "a").tolist(); // [false, true]
 */
export function notEqual(x1: StringInput, x2: StringInput): NDArray<"bool"> {
  return compared("notEqual", x1, x2, "notEqual", true);
}

/**
 * Whether the first string comes before the second, white space at their ends left out.
 *
 * @throws what `equal` throws.
 * @example
 * np.char.less(["a", "b"], "b ").tolist(); // [true, false]
 */
export function less(x1: StringInput, x2: StringInput): NDArray<"bool"> {
  return compared("less", x1, x2, "less", true);
}

/**
 * Whether the first string is equal to the second or comes before it, white space at their ends left out.
 *
 * @throws what `equal` throws.
 * @example
 * np.char.lessEqual(["a", "b "], "b").tolist(); // [true, true]
 */
export function lessEqual(x1: StringInput, x2: StringInput): NDArray<"bool"> {
  return compared("lessEqual", x1, x2, "lessEqual", true);
}

/**
 * Whether the first string comes after the second, white space at their ends left out.
 *
 * @throws what `equal` throws.
 * @example
 * np.char.greater(["a", "b "], "b").tolist(); // [false, false]
 */
export function greater(x1: StringInput, x2: StringInput): NDArray<"bool"> {
  return compared("greater", x1, x2, "greater", true);
}

/**
 * Whether the first string is equal to the second or comes after it, white space at their ends left out.
 *
 * @throws what `equal` throws.
 * @example
 * np.char.greaterEqual(["a", "b "], "b").tolist(); // [false, true]
 */
export function greaterEqual(x1: StringInput, x2: StringInput): NDArray<"bool"> {
  return compared("greaterEqual", x1, x2, "greaterEqual", true);
}

/**
 * Each string `i` times, as `strings.multiply` gives it.
 *
 * @throws ValueError when `i` is of no integers; DTypeError when `a` is of no strings.
 * @example
 * np.char.multiply(["a", "bc"], 2).tolist(); // ["aa", "bcbc"]
 */
export function multiply<V extends StringInput>(a: V, i: IntegerInput): NDArray<StringOf<V>> {
  try {
    integersFrom(i, "multiply", "i");
  } catch {
    throw new ValueError("multiply: strings can be repeated an integer number of times only");
  }
  return repeated(a, i);
}

/**
 * Each string in three parts, along a new last axis: what is before the first `sep`, `sep`, and what is behind it; where
 * it is not, all of it and two empty strings. Returns a copy.
 *
 * @throws ValueError for an empty separator; DTypeError when an operand is of no strings, or of bytes beside text.
 * @example
 * np.char.partition(["a-b-c"], "-").tolist(); // [["a", "-", "b-c"]]
 */
export function partition<V extends StringInput>(a: V, sep: StringInput): NDArray<StringOf<V>> {
  return partsTogether(partsOf(a, sep), "partition") as NDArray<StringOf<V>>;
}

/**
 * Each string in three parts, along a new last axis, parted at the last `sep`; where it is not, two empty strings and all
 * of it. Returns a copy.
 *
 * @throws what `partition` throws.
 * @example
 * np.char.rpartition(["a-b-c"], "-").tolist(); // [["a-b", "-", "c"]]
 */
export function rpartition<V extends StringInput>(a: V, sep: StringInput): NDArray<StringOf<V>> {
  return partsTogether(partsFromRight(a, sep), "rpartition") as NDArray<StringOf<V>>;
}
