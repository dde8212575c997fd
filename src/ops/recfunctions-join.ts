/** Elements that are there twice, and elements of two arrays that have the same keys. */

import { optionsFrom } from "../array/arguments.ts";
import { astype } from "../array/copy.ts";
import { asarray } from "../array/create.ts";
import { tolist } from "../array/elements.ts";
import { gather } from "../array/gather.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { textOf, ValueError } from "../errors.ts";
import { field } from "./parts.ts";
import { type FieldDefaults, larger, put, rows, unknownRecords } from "./recfunctions-fields.ts";
import { fieldsOf, getFieldstructure, namesFrom, structOf } from "./recfunctions-names.ts";
import { ravel } from "./reshape.ts";

/** The columns of plain elements, in the order in which they are compared. */
function columnsOf(a: NDArray): unknown[][] {
  const { fields } = a.dtype;
  if (fields !== null) return fields.flatMap(({ name }) => columnsOf(field(a, name)));
  if (a.ndim > 1) {
    return Array.from({ length: a.layout.shape[1]! }, (_, k) => columnsOf(a.slice(":", k))).flat();
  }
  return [tolist(a) as unknown[]];
}

function compareElements(a: unknown, b: unknown): number {
  if (a instanceof Complex && b instanceof Complex) {
    return compareElements(a.re, b.re) || compareElements(a.im, b.im);
  }
  const [x, y] = [a as number, b as number];
  if (x < y) return -1;
  if (x > y) return 1;
  // NaN comes last.
  return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
}

function compareAt(columns: readonly unknown[][], i: number, j: number): number {
  for (const column of columns) {
    const verdict = compareElements(column[i], column[j]);
    if (verdict !== 0) return verdict;
  }
  return 0;
}

function isEqualAt(columns: readonly unknown[][], i: number, j: number): boolean {
  return columns.every((column) => {
    const [a, b] = [column[i], column[j]];
    return a instanceof Complex && b instanceof Complex
      ? a.re === b.re && a.im === b.im
      : compareElements(a, b) === 0 && !Number.isNaN(a);
  });
}

/** The positions in the order of the elements, the first of equal ones first. */
function sortedPositions(columns: readonly unknown[][], count: number): number[] {
  return Array.from({ length: count }, (_, k) => k).sort((i, j) => compareAt(columns, i, j) || i - j);
}

/** For sorted positions, whether the element beside one is equal to it. */
function isPaired(columns: readonly unknown[][], order: readonly number[]): boolean[] {
  const same = (k: number) => k > 0 && k < order.length && isEqualAt(columns, order[k - 1]!, order[k]!);
  return order.map((_, k) => same(k) || same(k + 1));
}

/** Some elements of a line. */
function takeRows(a: NDArray, positions: readonly number[]): NDArray {
  return gather(a, astype(asarray([...positions, 0]), "int32").slice(":-1"));
}

/** How `findDuplicates` compares and answers. */
export interface FindDuplicatesOptions {
  /** The field that is compared; all of them if left out. */
  readonly key?: string | null | undefined;
  /** Whether the positions are given as well. */
  readonly returnIndex?: boolean | undefined;
}

/**
 * The elements that are there more than once, in their order. Returns a copy; with `returnIndex` a list of it and of the
 * positions, int32.
 *
 * @throws DTypeError when there are no fields, ValueError when `key` is none
 * @example
 * const s = np.array([{ x: 2 }, { x: 1 }, { x: 2 }], [["x", "i4"]]);
 * np.recfunctions.findDuplicates(s).tolist(); // [{ x: 2 }, { x: 2 }]
 */
export function findDuplicates(
  a: NDArray,
  options: FindDuplicatesOptions & { readonly returnIndex: true },
): [duplicates: NDArray, index: NDArray<"int32">];
export function findDuplicates(a: NDArray, options?: string | FindDuplicatesOptions): NDArray;
export function findDuplicates(
  a: NDArray,
  options: string | FindDuplicatesOptions = {},
): NDArray | [NDArray, NDArray<"int32">] {
  const { key = null, returnIndex = false } =
    typeof options === "string" ? { key: options } : optionsFrom(options, "findDuplicates");
  requireArray(a, "findDuplicates");
  const line: NDArray = ravel(a);
  const structure = getFieldstructure(line.dtype);
  let base = line;
  if (key !== null) {
    if (!Object.hasOwn(structure, key)) throw new ValueError(`findDuplicates: ${textOf(key)} is no field`);
    for (const name of [...structure[key]!, key]) base = field(base, name);
  }
  const columns = columnsOf(base);
  const order = sortedPositions(columns, line.size);
  const paired = isPaired(columns, order);
  const found = order.filter((_, k) => paired[k]);
  const duplicates = takeRows(line, found);
  if (!returnIndex) return duplicates;
  return [duplicates, astype(asarray([...found, 0]), "int32").slice(":-1")];
}

/** How `joinBy` joins. */
export interface JoinByOptions {
  /** Which elements are kept: those in both (`"inner"`), in either (`"outer"`), in the first (`"leftouter"`). */
  readonly jointype?: "inner" | "outer" | "leftouter" | undefined;
  /** What is put behind the name of a field of the first array that both have; `"1"` if left out. */
  readonly r1postfix?: string | undefined;
  /** The same for the second array; `"2"` if left out. */
  readonly r2postfix?: string | undefined;
  /** Values for fields of which nothing is known. */
  readonly defaults?: FieldDefaults | null | undefined;
}

/**
 * The elements of two arrays with fields that have the same keys, side by side and sorted by the keys. A key should be in each
 * array once. Fields of which nothing is known have the values of `defaults`, else those of NumPy's masked arrays: 999999,
 * 1e20, true. Returns a copy.
 *
 * @param key the name of a field that both have, or a list of them
 * @throws ValueError when a key is missing or given twice, or two fields would have one name
 * @example
 * const r1 = np.array([{ k: 1, x: 10 }, { k: 2, x: 20 }], [["k", "i4"], ["x", "i4"]]);
 * const r2 = np.array([{ k: 2, y: 5 }], [["k", "i4"], ["y", "i4"]]);
 * np.recfunctions.joinBy("k", r1, r2).tolist(); // [{ k: 2, x: 20, y: 5 }]
 */
export function joinBy(
  key: string | readonly string[],
  r1: NDArray,
  r2: NDArray,
  options: NonNullable<JoinByOptions["jointype"]> | JoinByOptions = {},
): NDArray {
  const caller = "joinBy";
  const given: JoinByOptions =
    typeof options === "string" ? { jointype: options } : optionsFrom(options, caller);
  const { jointype = "inner", r1postfix = "1", r2postfix = "2", defaults } = given;
  const keys = keysFrom(key, r1, r2, caller);
  if (jointype !== "inner" && jointype !== "outer" && jointype !== "leftouter") {
    throw new ValueError(
      `${caller}: jointype ${textOf(jointype)} is none of "inner", "outer" and "leftouter"`,
    );
  }
  const [a, b] = [ravel(r1) as NDArray, ravel(r2) as NDArray];
  const names = joinedNames(a, b, keys, r1postfix, r2postfix, caller);
  const { both, first, second } = matches(a, b, keys, jointype);
  const total = both.length + first.length + second.length;
  const made = unknownRecords(
    total,
    structOf(names.map((one) => [one.name, one.dtype])),
    defaults ?? {},
    caller,
  );
  for (const { name, from1, from2 } of names) {
    const target = field(made, name);
    const write = (values: NDArray, positions: readonly number[], at: number) =>
      put(rows(target, at, at + positions.length), takeRows(values, positions), caller);
    if (from1 !== null) {
      write(
        field(a, from1),
        both.map(([i]) => i),
        0,
      );
      write(field(a, from1), first, both.length);
    }
    if (from2 !== null) {
      if (from1 === null)
        write(
          field(b, from2),
          both.map(([, j]) => j),
          0,
        );
      write(field(b, from2), second, both.length + first.length);
    }
  }
  const columns = keys.flatMap((name) => columnsOf(field(made, name)));
  return takeRows(made, sortedPositions(columns, total));
}

/** `joinBy`: NumPy's `rec_join`, which gives a record array there. Returns a copy. */
export const recJoin: typeof joinBy = joinBy;

function keysFrom(key: string | readonly string[], r1: NDArray, r2: NDArray, caller: string): string[] {
  const keys = namesFrom(key, caller);
  const twice = keys.find((name, k) => keys.indexOf(name) !== k);
  if (twice !== undefined) throw new ValueError(`${caller}: key ${textOf(twice)} is given twice`);
  for (const name of keys) {
    for (const [which, one] of [
      ["r1", r1],
      ["r2", r2],
    ] as const) {
      requireArray(one, caller);
      fieldsOf(one.dtype, caller);
      if (!one.dtype.names!.includes(name))
        throw new ValueError(`${caller}: ${which} has no field ${textOf(name)}`);
    }
  }
  return keys;
}

/** A field of the result, and those of the two arrays that it holds. */
interface JoinedField {
  readonly name: string;
  readonly dtype: NDArray["dtype"];
  readonly from1: string | null;
  readonly from2: string | null;
}

/** The fields of the result: keys first, then those of the first array, with those of the second of the same name behind. */
function joinedNames(
  a: NDArray,
  b: NDArray,
  keys: readonly string[],
  post1: string,
  post2: string,
  caller: string,
): JoinedField[] {
  const [f1, f2] = [a.dtype.fields!, b.dtype.fields!];
  const inBoth = f1.filter(({ name }) => !keys.includes(name) && b.dtype.names!.includes(name));
  if (inBoth.length > 0 && post1 === "" && post2 === "") {
    throw new ValueError(
      `${caller}: both arrays have a field ${textOf(inBoth[0]!.name)}; r1postfix and r2postfix are both empty`,
    );
  }
  const found: JoinedField[] = f1
    .filter(({ name }) => keys.includes(name))
    .map(({ name, dtype }) => ({
      name,
      dtype: larger(dtype, b.dtype.field(name).dtype),
      from1: name,
      from2: name,
    }));
  for (const { name, dtype } of f1) {
    if (keys.includes(name)) continue;
    const other = f2.find((one) => one.name === name);
    found.push({ name: other === undefined ? name : name + post1, dtype, from1: name, from2: null });
    if (other !== undefined) found.push({ name: name + post2, dtype: other.dtype, from1: null, from2: name });
  }
  const rest = f2.filter(({ name }) => !a.dtype.names!.includes(name));
  return [...found, ...rest.map(({ name, dtype }) => ({ name, dtype, from1: null, from2: name }))];
}

/** The positions of elements with the same keys, and of those that only one array has. */
function matches(
  a: NDArray,
  b: NDArray,
  keys: readonly string[],
  jointype: string,
): { both: [number, number][]; first: number[]; second: number[] } {
  // In the order of the fields of the first array, as NumPy compares them.
  const compared = a.dtype.names!.filter((name) => keys.includes(name));
  const [ours, theirs] = [a, b].map((one) => compared.flatMap((name) => columnsOf(field(one, name)))) as [
    unknown[][],
    unknown[][],
  ];
  const columns = ours.map((column, k) => [...column, ...theirs[k]!]);
  const order = sortedPositions(columns, a.size + b.size);
  const paired = isPaired(columns, order);
  const within = order.filter((_, k) => paired[k]);
  const alone = order.filter((_, k) => !paired[k]);
  const [i, j] = [
    within.filter((at) => at < a.size),
    within.filter((at) => at >= a.size).map((at) => at - a.size),
  ];
  const both = Array.from({ length: Math.min(i.length, j.length) }, (_, k): [number, number] => [
    i[k]!,
    j[k]!,
  ]);
  const first = jointype === "inner" ? [] : alone.filter((at) => at < a.size);
  const second = jointype === "outer" ? alone.filter((at) => at >= a.size).map((at) => at - a.size) : [];
  return { both, first, second };
}
