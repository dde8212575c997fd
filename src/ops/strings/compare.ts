import type { NDArray } from "../../array/ndarray.ts";
import { addRows, type Comparison, compareRows } from "../../engine/string-compare.ts";
import { rowsOf, walkOver } from "../../engine/string-rows.ts";
import { finishStrings } from "../../engine/string-ufuncs.ts";
import type { StringOptions } from "./classify.ts";
import { requireOneKind, type StringInput, type StringOf, stringsFrom } from "./operands.ts";

/** Comparisons of strings, and two strings made one: what the ufuncs of the same names do. */

/** The call of a comparison. */
export interface StringComparison {
  (x1: StringInput, x2: StringInput, options?: Omit<StringOptions, "out">): NDArray<"bool">;
  <O extends NDArray>(x1: StringInput, x2: StringInput, options: StringOptions & { readonly out: O }): O;
  (x1: StringInput, x2: StringInput, options?: StringOptions): NDArray;
}

function pairOf(name: string, x1: StringInput, x2: StringInput): [NDArray, NDArray] {
  const pair: [NDArray, NDArray] = [stringsFrom(x1, name, "x1"), stringsFrom(x2, name, "x2")];
  requireOneKind(name, pair);
  return pair;
}

function comparison(name: Comparison): StringComparison {
  const compare = (x1: StringInput, x2: StringInput, options: StringOptions = {}): NDArray => {
    const pair = pairOf(name, x1, x2);
    return finishStrings({ name, nin: 2, nout: 1 }, options, pair, (shape) => {
      const walk = walkOver(shape, pair);
      return compareRows(walk, rowsOf(pair[0], walk), rowsOf(pair[1], walk), name);
    });
  };
  return compare as StringComparison;
}

/**
 * Whether two strings are equal, character by character. Strings are padded with NULs in memory, so those at the end do
 * not count.
 *
 * @param options `{ out, where }` as of ufuncs
 * @throws DTypeError when one operand is of bytes and the other of text, or one is of no strings.
 * @example
 * np.strings.equal(["a", "b"], "a").tolist(); // [true, false]
 */
export const equal: StringComparison = /* @__PURE__ */ comparison("equal");

/**
 * Whether two strings differ.
 *
 * @throws what `equal` throws.
 * @example
 * np.strings.notEqual(["a", "b"], "a").tolist(); // [false, true]
 */
export const notEqual: StringComparison = /* @__PURE__ */ comparison("notEqual");

/**
 * Whether the first string comes before the second, by the numbers of their characters.
 *
 * @throws what `equal` throws.
 * @example
 * np.strings.less(["a", "ab", "b"], "ab").tolist(); // [true, false, false]
 */
export const less: StringComparison = /* @__PURE__ */ comparison("less");

/**
 * Whether the first string is equal to the second or comes before it.
 *
 * @throws what `equal` throws.
 * @example
 * np.strings.lessEqual(["a", "ab", "b"], "ab").tolist(); // [true, true, false]
 */
export const lessEqual: StringComparison = /* @__PURE__ */ comparison("lessEqual");

/**
 * Whether the first string comes after the second.
 *
 * @throws what `equal` throws.
 * @example
 * np.strings.greater(["a", "ab", "b"], "ab").tolist(); // [false, false, true]
 */
export const greater: StringComparison = /* @__PURE__ */ comparison("greater");

/**
 * Whether the first string is equal to the second or comes after it.
 *
 * @throws what `equal` throws.
 * @example
 * np.strings.greaterEqual(["a", "ab", "b"], "ab").tolist(); // [false, true, true]
 */
export const greaterEqual: StringComparison = /* @__PURE__ */ comparison("greaterEqual");

/**
 * Each string of `x1` followed by that of `x2`; the width of the result is that of both together. Returns a copy.
 *
 * @param options `{ out, where }` as of ufuncs
 * @throws what `equal` throws.
 * @example
 * np.strings.add(["a", "bc"], "!").tolist(); // ["a!", "bc!"]
 */
export function add<V extends StringInput>(
  x1: V,
  x2: StringInput,
  options: StringOptions = {},
): NDArray<StringOf<V>> {
  const pair = pairOf("add", x1, x2);
  const made = finishStrings({ name: "add", nin: 2, nout: 1 }, options, pair, (shape) => {
    const walk = walkOver(shape, pair);
    const type = pair[0].dtype.kind === "U" ? "str" : "bytes";
    return addRows(walk, rowsOf(pair[0], walk), rowsOf(pair[1], walk), type);
  });
  return made as NDArray<StringOf<V>>;
}
