import type { NDArray } from "../../array/ndarray.ts";
import { isBlank } from "../../dtype/blanks.ts";
import { lengthAt, type StringRows, stringResult } from "../../engine/string-rows.ts";
import { callOf, type StringInput, type StringOf } from "./operands.ts";

/** Characters taken away at the ends of strings. */

/** Whether a code point is to be taken away, given the row of those that are. */
type Stray = (code: number, chars: Uint32Array, at: number, length: number) => boolean;

const isChar: Stray = (code, chars, at, length) => {
  for (let c = 0; c < length; c++) if (chars[at + c] === code) return true;
  return false;
};

const noChars: StringRows = { codes: new Uint32Array(1), at: 0, step: 0, width: 0 };

function stripped(
  caller: string,
  input: StringInput,
  chars: StringInput | null,
  left: boolean,
  right: boolean,
): NDArray {
  const strings: [StringInput, string][] =
    chars === null
      ? [[input, "a"]]
      : [
          [input, "a"],
          [chars, "chars"],
        ];
  const { walk, type, strings: rows } = callOf(caller, { strings });
  const [a, strays = noChars] = rows as [StringRows, StringRows?];
  const stray: Stray = chars === null ? isBlank : isChar;
  const result = stringResult(walk, type, a.width);
  const { codes: out, width } = result;
  const { codes: x, step: p, width: m } = a;
  const { codes: y, step: q, width: n } = strays;
  for (let k = 0, i = a.at, j = strays.at, at = 0; k < walk.count; k++, i += p, j += q, at += width) {
    const length = lengthAt(y, j, n);
    let from = i;
    let to = i + lengthAt(x, i, m);
    while (left && from < to && stray(x[from]!, y, j, length)) from++;
    while (right && to > from && stray(x[to - 1]!, y, j, length)) to--;
    for (let c = from; c < to; c++) out[at + c - from] = x[c]!;
  }
  return result.finish();
}

/**
 * Each string without white space at both ends, or without any of the characters of `chars`, which broadcasts. Returns a
 * copy of the same width.
 *
 * @throws DTypeError when an operand is of no strings, or of bytes beside text; ShapeError when shapes do not fit.
 * @example
 * np.strings.strip([" a ", "b"]).tolist(); // ["a", "b"]
 * np.strings.strip("xxaxy", "xy").item(); // "a"
 */
export function strip<V extends StringInput>(a: V, chars: StringInput | null = null): NDArray<StringOf<V>> {
  return stripped("strip", a, chars, true, true) as NDArray<StringOf<V>>;
}

/**
 * Each string without white space, or any of `chars`, at its start. Returns a copy of the same width.
 *
 * @throws what `strip` throws.
 * @example
 * np.strings.lstrip([" a ", "b"]).tolist(); // ["a ", "b"]
 */
export function lstrip<V extends StringInput>(a: V, chars: StringInput | null = null): NDArray<StringOf<V>> {
  return stripped("lstrip", a, chars, true, false) as NDArray<StringOf<V>>;
}

/**
 * Each string without white space, or any of `chars`, at its end. Returns a copy of the same width.
 *
 * @throws what `strip` throws.
 * @example
 * np.strings.rstrip([" a ", "b"]).tolist(); // [" a", "b"]
 */
export function rstrip<V extends StringInput>(a: V, chars: StringInput | null = null): NDArray<StringOf<V>> {
  return stripped("rstrip", a, chars, false, true) as NDArray<StringOf<V>>;
}
