import type { NDArray } from "../../array/ndarray.ts";
import {
  boolResult,
  integerAt,
  intResult,
  lengthAt,
  type NumberRows,
  type StringRows,
} from "../../engine/string-rows.ts";
import { ValueError } from "../../errors.ts";
import { callOf, type IntegerInput, type StringInput } from "./operands.ts";

/**
 * Where a string is in another one, and how often. `start` and `end` are read as Python reads a slice; positions count
 * characters from the start of the whole string.
 */

/** The end of every string. */
const LAST = Number.MAX_SAFE_INTEGER;

/** What one row answers: the part of a string from `from` to `to` (from may lie behind), and what is looked for. */
type Search = (
  codes: Uint32Array,
  at: number,
  from: number,
  to: number,
  wanted: Uint32Array,
  first: number,
  length: number,
) => number;

/** The first place of what is wanted, or -1. */
const findFirst: Search = (codes, at, from, to, wanted, first, length) => {
  if (from > to) return -1;
  if (length === 0) return from;
  const head = wanted[first]!;
  for (let i = from; i <= to - length; i++) {
    if (codes[at + i] !== head) continue;
    let c = 1;
    while (c < length && codes[at + i + c] === wanted[first + c]) c++;
    if (c === length) return i;
  }
  return -1;
};

/** The last place of what is wanted, or -1. */
const findLast: Search = (codes, at, from, to, wanted, first, length) => {
  for (let i = to - length; i >= from; i--) {
    let c = 0;
    while (c < length && codes[at + i + c] === wanted[first + c]) c++;
    if (c === length) return i;
  }
  return -1;
};

/** How often what is wanted is there, without overlaps. */
const countAll: Search = (codes, at, from, to, wanted, first, length) => {
  if (from > to) return 0;
  if (length === 0) return to - from + 1;
  let count = 0;
  for (let i = from; (i = findFirst(codes, at, i, to, wanted, first, length)) >= 0; i += length) count++;
  return count;
};

const beginsWith: Search = (codes, at, from, to, wanted, first, length) => {
  if (to - from < length) return 0;
  for (let c = 0; c < length; c++) if (codes[at + from + c] !== wanted[first + c]) return 0;
  return 1;
};

const finishesWith: Search = (codes, at, from, to, wanted, first, length) =>
  to - from < length ? 0 : beginsWith(codes, at, to - length, to, wanted, first, length);

/** A place as Python reads it: below 0 from the end; behind the end is one place too far. */
function placeIn(length: number, place: number): number {
  return place < 0 ? Math.max(0, place + length) : Math.min(place, length + 1);
}

/** Asks every row, and writes what it answers. */
function searchRows(
  data: Int32Array,
  [a, sub]: readonly StringRows[],
  [start, end]: readonly NumberRows[],
  search: Search,
): void {
  const { codes: x, step: p, width: m } = a!;
  const { codes: y, step: q, width: n } = sub!;
  for (let k = 0, i = a!.at, j = sub!.at; k < data.length; k++, i += p, j += q) {
    const length = lengthAt(x, i, m);
    const from = placeIn(length, integerAt(start!, k));
    const to = Math.min(length, placeIn(length, integerAt(end!, k)));
    data[k] = search(x, i, from, to, y, j, lengthAt(y, j, n));
  }
}

/** What `searchRows` answers by `findFirst`, in one loop without calls: what is asked most. */
function findRows(
  data: Int32Array,
  [a, sub]: readonly StringRows[],
  [start, end]: readonly NumberRows[],
): void {
  const { codes: x, step: p, width: m } = a!;
  const { codes: y, step: q, width } = sub!;
  let n = lengthAt(y, sub!.at, width);
  for (let k = 0, i = a!.at, j = sub!.at; k < data.length; k++, i += p, j += q) {
    if (q !== 0) n = lengthAt(y, j, width);
    const length = lengthAt(x, i, m);
    const from = placeIn(length, integerAt(start!, k));
    const to = Math.min(length, placeIn(length, integerAt(end!, k)));
    let found = n === 0 && from <= to ? from : -1;
    if (n > 0) {
      const head = y[j]!;
      const last = i + to - n;
      for (let at = i + from; at <= last; at++) {
        if (x[at] !== head) continue;
        let c = 1;
        while (c < n && x[at + c] === y[j + c]) c++;
        if (c < n) continue;
        found = at - i;
        break;
      }
    }
    data[k] = found;
  }
}

function searched(
  caller: string,
  a: StringInput,
  sub: StringInput,
  start: IntegerInput,
  end: IntegerInput | null,
  search: Search,
  what = "sub",
): NDArray<"int32"> {
  const { walk, strings, integers } = callOf(caller, {
    strings: [
      [a, "a"],
      [sub, what],
    ],
    integers: [
      [start, "start"],
      [end ?? LAST, "end"],
    ],
  });
  const { made, data } = intResult(walk);
  if (search === findFirst) findRows(data, strings, integers);
  else searchRows(data, strings, integers, search);
  return made;
}

/** The same where every row must have what is wanted. */
function required(found: NDArray<"int32">, caller: string): NDArray<"int32"> {
  const { storage, layout, size } = found;
  const first = layout.offset / 4;
  const missing = storage
    .lane(Int32Array)
    .subarray(first, first + size)
    .includes(-1);
  if (missing) throw new ValueError(`${caller}: sub is not in every string of a; find gives -1 for those`);
  return found;
}

/** The same as bools. */
function truths(
  caller: string,
  a: StringInput,
  fix: readonly [value: StringInput, what: string],
  start: IntegerInput,
  end: IntegerInput | null,
  search: Search,
): NDArray<"bool"> {
  const { walk, strings, integers } = callOf(caller, {
    strings: [[a, "a"], fix],
    integers: [
      [start, "start"],
      [end ?? LAST, "end"],
    ],
  });
  const { made, data } = boolResult(walk);
  const answers = new Int32Array(data.length);
  searchRows(answers, strings, integers, search);
  data.set(answers);
  return made;
}

/**
 * The first place of `sub` in each string, within `start` and `end`, which broadcast too; -1 where it is not.
 *
 * @returns int32
 * @throws DTypeError when an operand is of no strings, or of bytes beside text; ShapeError when shapes do not fit.
 * @example
 * np.strings.find(["banana", "cab"], "a").tolist(); // [1, 1]
 * np.strings.find(["banana", "cab"], "a", 2).tolist(); // [3, -1]
 */
export function find(
  a: StringInput,
  sub: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"int32"> {
  return searched("find", a, sub, start, end, findFirst);
}

/**
 * The last place of `sub` in each string; -1 where it is not.
 *
 * @returns int32
 * @throws what `find` throws.
 * @example
 * np.strings.rfind(["banana", "cab"], "a").tolist(); // [5, 1]
 */
export function rfind(
  a: StringInput,
  sub: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"int32"> {
  return searched("rfind", a, sub, start, end, findLast);
}

/**
 * The first place of `sub` in each string, as `find` gives it, where every string has it.
 *
 * @throws ValueError when one has not; and what `find` throws.
 * @example
 * np.strings.index(["banana", "cab"], "a").tolist(); // [1, 1]
 */
export function index(
  a: StringInput,
  sub: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"int32"> {
  return required(searched("index", a, sub, start, end, findFirst), "index");
}

/**
 * The last place of `sub` in each string, as `rfind` gives it, where every string has it.
 *
 * @throws ValueError when one has not; and what `find` throws.
 * @example
 * np.strings.rindex(["banana", "cab"], "a").tolist(); // [5, 1]
 */
export function rindex(
  a: StringInput,
  sub: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"int32"> {
  return required(searched("rindex", a, sub, start, end, findLast), "rindex");
}

/**
 * How often `sub` is in each string, without overlaps; the empty string is once before each character and at the end.
 *
 * @returns int32
 * @throws what `find` throws.
 * @example
 * np.strings.count(["banana", "cab"], "a").tolist(); // [3, 1]
 */
export function count(
  a: StringInput,
  sub: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"int32"> {
  return searched("count", a, sub, start, end, countAll);
}

/**
 * Whether each string begins with `prefix`, between `start` and `end`.
 *
 * @throws what `find` throws.
 * @example
 * np.strings.startswith(["banana", "cab"], "ba").tolist(); // [true, false]
 */
export function startswith(
  a: StringInput,
  prefix: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"bool"> {
  return truths("startswith", a, [prefix, "prefix"], start, end, beginsWith);
}

/**
 * Whether each string ends with `suffix`, between `start` and `end`.
 *
 * @throws what `find` throws.
 * @example
 * np.strings.endswith(["banana", "cab"], "na").tolist(); // [true, false]
 */
export function endswith(
  a: StringInput,
  suffix: StringInput,
  start: IntegerInput = 0,
  end: IntegerInput | null = null,
): NDArray<"bool"> {
  return truths("endswith", a, [suffix, "suffix"], start, end, finishesWith);
}
