/** Fields that are added, taken away, named anew, and put together. */

import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { astype } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { emptyArray } from "../array/fresh.ts";
import { NDArray, requireArray } from "../array/ndarray.ts";
import { canCast } from "../dtype/cast.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { part } from "./differences.ts";
import { freshJoining, joinArrays } from "./joining.ts";
import { field, view } from "./parts.ts";
import { flattenDescr, namesFrom, packed, structOf, withNames, withoutFields } from "./recfunctions-names.ts";
import { ravel } from "./reshape.ts";

/** Values for elements that nothing is known of, by the name of their field. */
export type FieldDefaults = Readonly<Record<string, ArrayInput>>;

/** What stands for an element that nothing is known of: the values that NumPy's masked arrays have. */
const unknown: Readonly<Record<string, ArrayInput>> = {
  b: true,
  i: 999999,
  u: 999999,
  f: 1e20,
  c: 1e20,
  U: "N/A",
  S: "N/A",
} as never;

/** @internal Writes a value, cast without a question. */
export function put(target: NDArray, value: ArrayInput, caller: string): void {
  if (target.size > 0) assign(target, asarray(value), { casting: "unsafe", caller });
}

/** @internal Elements of which nothing is known: `defaults` where a field has one. */
export function unknownRecords(
  count: number,
  dtype: Descriptor,
  defaults: FieldDefaults,
  caller: string,
): NDArray {
  const made = emptyArray([count], dtype, "C", caller);
  const fill = (a: NDArray): void => {
    for (const { name } of a.dtype.fields ?? []) fill(field(a, name));
    const { kind } = a.dtype;
    const value = unknown[kind];
    if (a.dtype.fields === null && value !== undefined) put(a, value, caller);
    // Not a time is the lowest integer.
    if (kind === "M" || kind === "m") put(view(a, "int64"), -(2n ** 63n), caller);
  };
  fill(made);
  for (const [name, value] of Object.entries(defaults)) {
    if (dtype.names?.includes(name)) put(field(made, name), value, caller);
  }
  return made;
}

/** @internal Some of the first axis. Returns a view. */
export function rows(a: NDArray, from: number, to: number): NDArray {
  return part(a, 0, from, to);
}

/**
 * Writes the fields of one array into those of the same names of another, from the first element on. Returns `output`.
 *
 * @throws ShapeError when `input` has more elements
 * @example
 * const output = np.zeros(3, [["x", "f8"], ["y", "f8"]]);
 * np.recfunctions.recursiveFillFields(np.ones(2, [["x", "f8"]]), output).field("x").tolist(); // [1, 1, 0]
 */
export function recursiveFillFields(input: NDArray, output: NDArray): NDArray {
  for (const one of [input, output]) requireArray(one, "recursiveFillFields");
  for (const name of output.dtype.names ?? []) {
    if (!input.dtype.names?.includes(name)) continue;
    const current = field(input, name);
    const target = field(output, name);
    if (current.dtype.fields !== null) recursiveFillFields(current, target);
    else put(rows(target, 0, current.layout.shape[0] ?? 1), current, "recursiveFillFields");
  }
  return output;
}

/** How `mergeArrays` puts arrays together. */
export interface MergeArraysOptions {
  /** What stands where an array is shorter than others; -1 if left out. */
  readonly fillValue?: ArrayInput | undefined;
  /** Whether fields within fields become fields of the result. */
  readonly flatten?: boolean | undefined;
}

/**
 * Arrays side by side as the fields of one. Arrays without fields become f0, f1, …; an array with one field gives that field,
 * one with several becomes a field itself unless `flatten`. Returns a copy, or a view of one array alone.
 *
 * @throws ValueError when two fields have one name
 * @example
 * np.recfunctions.mergeArrays([np.array([1, 2]), np.array([true])]).tolist(); // [{ f0: 1, f1: true }, { f0: 2, f1: true }]
 */
export function mergeArrays(
  arrays: NDArray | readonly ArrayInput[],
  options: MergeArraysOptions = {},
): NDArray {
  const caller = "mergeArrays";
  const { fillValue = -1, flatten = false } = optionsFrom(options, caller);
  const list = arraysFrom(arrays, caller).map((one): NDArray => ravel(one));
  if (list.length === 0) throw new ValueError(`${caller}: there is no array to merge`);
  const [only] = list as [NDArray];
  const alone = only.dtype.fields === null ? structOf([["", only.dtype]]) : only.dtype;
  if (list.length === 1 && (!flatten || structOf(flattenDescr(only.dtype)).equals(alone)))
    return only.retype(only.layout, alone);
  const parts = list.map((a) => partsOf(a, flatten));
  const made = emptyArray(
    [list.reduce((most, a) => Math.max(most, a.size), 0)],
    structOf(parts.flatMap((own) => own.map(([name, dtype]) => [name, dtype] as const))),
    "C",
    caller,
  );
  let k = 0;
  for (const [j, own] of parts.entries()) {
    const { size } = list[j]!;
    for (const [, , values] of own) {
      const target = field(made, made.dtype.names![k++]!);
      put(rows(target, 0, size), values, caller);
      putAll(rows(target, size, made.size), fillValue, caller);
    }
  }
  return made;
}

/** The arrays of a list, or the only one. */
function arraysFrom(arrays: NDArray | readonly ArrayInput[], caller: string): NDArray[] {
  if (arrays instanceof NDArray) return [arrays];
  if (Array.isArray(arrays))
    return Array.from(arrays as readonly ArrayInput[], (one): NDArray => asarray(one));
  throw new ValueError(`${caller}: ${textOf(arrays)} is no array and no list of arrays`);
}

/** The same value in all fields. */
function putAll(target: NDArray, value: ArrayInput, caller: string): void {
  if (target.dtype.fields === null) put(target, value, caller);
  else for (const { name } of target.dtype.fields) putAll(field(target, name), value, caller);
}

/** A field that an array becomes: its name, its dtype, and its elements with the axes of subarrays behind. */
type Part = readonly [name: string, dtype: Descriptor, values: NDArray];

function partsOf(a: NDArray, flatten: boolean): Part[] {
  const { fields } = a.dtype;
  if (fields === null || (!flatten && fields.length > 1)) return [["", a.dtype, a]];
  return fields.flatMap(({ name, dtype }): Part[] => {
    const values = field(a, name);
    return flatten && dtype.fields !== null ? partsOf(values, true) : [[name, dtype, values]];
  });
}

/** How `appendFields` makes fields. */
export interface AppendFieldsOptions {
  /** The dtype of all new fields, or one for each; those of the data if left out. */
  readonly dtypes?: DTypeLike | readonly DTypeLike[] | null | undefined;
  /** What stands where one of several new fields is shorter than others; -1 if left out. */
  readonly fillValue?: ArrayInput | undefined;
}

/**
 * An array with more fields. Where the array or the new fields are shorter, elements have the values that NumPy's masked
 * arrays give: 999999, 1e20, true. Returns a copy.
 *
 * @param names one name, or a list of them
 * @param data the elements of the new field, or a list of them
 * @throws ValueError when there are not as many names as data, or a name is there already
 * @example
 * const s = np.array([{ x: 1 }, { x: 2 }], [["x", "i4"]]);
 * np.recfunctions.appendFields(s, "y", [0.5, 1.5]).tolist(); // [{ x: 1, y: 0.5 }, { x: 2, y: 1.5 }]
 */
export function appendFields(
  base: NDArray,
  names: string | readonly string[],
  data: ArrayInput | readonly ArrayInput[],
  options: AppendFieldsOptions = {},
): NDArray {
  const caller = "appendFields";
  const { dtypes: asked, fillValue } = optionsFrom(options, caller);
  requireArray(base, caller);
  const list = namesFrom(names, caller);
  const given: readonly ArrayInput[] =
    typeof names === "string" ? [data as ArrayInput] : arraysFrom(data as readonly ArrayInput[], caller);
  if (given.length !== list.length) {
    throw new ValueError(`${caller}: ${list.length} names were given for ${given.length} arrays`);
  }
  const dtypes = dtypesFrom(asked, list.length, caller);
  const added = given.map((one, k) => {
    const type = dtypes[k]!;
    const a: NDArray = ravel(type === null ? asarray(one) : asarray(one, type));
    return a.retype(a.layout, structOf([[list[k]!, a.dtype]]));
  });
  const merged = added.length === 1 ? added[0]! : mergeArrays(added, { flatten: true, fillValue });
  const first = mergeArrays(base, {});
  const both = [first, merged].flatMap((a) =>
    a.dtype.fields!.map(({ name, dtype }) => [name, dtype] as const),
  );
  const made = unknownRecords(Math.max(first.size, merged.size), structOf(both), {}, caller);
  return recursiveFillFields(merged, recursiveFillFields(first, made));
}

function dtypesFrom(
  given: AppendFieldsOptions["dtypes"],
  count: number,
  caller: string,
): (Descriptor | null)[] {
  if (given === null || given === undefined) return new Array<null>(count).fill(null);
  const list = Array.isArray(given) ? (given as readonly DTypeLike[]) : [given as DTypeLike];
  if (list.length === 1) return new Array<Descriptor>(count).fill(descriptorFor(list[0]));
  if (list.length === count) return list.map((one) => descriptorFor(one));
  throw new ValueError(`${caller}: ${list.length} dtypes were given for ${count} fields`);
}

/**
 * An array without some fields, also within fields. Returns a copy.
 *
 * @throws DTypeError when it has no fields, or none would be left
 * @example
 * np.recfunctions.dropFields(np.zeros(2, [["x", "i4"], ["y", "f4"]]), "x").dtype.names; // ["y"]
 */
export function dropFields(base: NDArray, dropNames: string | Iterable<string>): NDArray {
  requireArray(base, "dropFields");
  const dtype = withoutFields(base.dtype, new Set(namesFrom(dropNames, "dropFields")));
  if (dtype === null) throw new DTypeError("dropFields: no field would be left");
  const made = emptyArray(base.layout.shape, dtype, "C", "dropFields");
  const fill = (from: NDArray, to: NDArray): void => {
    for (const { name } of to.dtype.fields!) {
      const [source, target] = [field(from, name), field(to, name)];
      if (target.dtype.fields === null) put(target, source, "dropFields");
      else fill(source, target);
    }
  };
  fill(base, made);
  return made;
}

/** `appendFields`: NumPy's `rec_append_fields`, which gives a record array there. Returns a copy. */
export const recAppendFields: typeof appendFields = appendFields;

/** `dropFields`: NumPy's `rec_drop_fields`, which gives a record array there. Returns a copy. */
export const recDropFields: typeof dropFields = dropFields;

/**
 * The same elements with other names for fields, also within fields. Returns a view.
 *
 * @param names the new name for each old one that changes
 * @throws DTypeError when the array has no fields, ValueError when two would have one name
 * @example
 * np.recfunctions.renameFields(np.zeros(2, [["x", "i4"]]), { x: "y" }).dtype.names; // ["y"]
 */
export function renameFields(base: NDArray, names: Readonly<Record<string, string>>): NDArray {
  requireArray(base, "renameFields");
  return base.retype(base.layout, withNames(base.dtype, names));
}

/** How `repackFields` lays out fields. */
export interface RepackFieldsOptions {
  /** Whether fields stand where C would put them. */
  readonly align?: boolean | undefined;
  /** Whether fields within fields are laid out anew as well. */
  readonly recurse?: boolean | undefined;
}

/**
 * The same fields without gaps between them: of an array, which is returned itself when there are none, or of a dtype.
 *
 * @example
 * const some = np.zeros(2, [["x", "i4"], ["y", "f8"], ["z", "i4"]]).field(["x", "z"]);
 * np.recfunctions.repackFields(some).itemsize; // 8
 */
export function repackFields(a: NDArray, options?: RepackFieldsOptions): NDArray;
export function repackFields(a: Descriptor, options?: RepackFieldsOptions): Descriptor;
export function repackFields(
  a: NDArray | Descriptor,
  options: RepackFieldsOptions = {},
): NDArray | Descriptor {
  const { align = false, recurse = false } = optionsFrom(options, "repackFields");
  if (a instanceof Descriptor) return packed(a, align, recurse);
  requireArray(a, "repackFields");
  return astype(a, packed(a.dtype, align, recurse), { copy: false });
}

/**
 * Writes fields by name, also within fields; those that the source has not become 0 unless told otherwise.
 *
 * @throws DTypeError when fields are written from what has none
 * @example
 * const target = np.ones(2, [["x", "i4"], ["y", "i4"]]);
 * np.recfunctions.assignFieldsByName(target, np.full(2, { y: 5 }, [["y", "i4"]]));
 * target.at(0); // { x: 0, y: 5 }
 */
export function assignFieldsByName(dst: NDArray, src: NDArray, zeroUnassigned = true): void {
  for (const one of [dst, src]) requireArray(one, "assignFieldsByName");
  if (dst.dtype.fields === null) {
    assign(dst, src, { casting: "unsafe", caller: "assignFieldsByName", strip: true });
    return;
  }
  if (src.dtype.fields === null) {
    throw new DTypeError(`assignFieldsByName: the source, of ${src.dtype}, has no fields`);
  }
  for (const name of dst.dtype.names!) {
    if (src.dtype.names!.includes(name))
      assignFieldsByName(field(dst, name), field(src, name), zeroUnassigned);
    else if (zeroUnassigned) putAll(field(dst, name), 0, "assignFieldsByName");
  }
}

/**
 * An array of a dtype with fields, whose fields are taken by name; those that are not there are 0. Returns a copy.
 *
 * @throws DTypeError when the array has no fields
 * @example
 * np.recfunctions.requireFields(np.ones(1, [["x", "i4"], ["y", "i4"]]), [["y", "f4"], ["z", "u1"]]).at(0); // { y: 1, z: 0 }
 */
export function requireFields(a: NDArray, requiredDtype: DTypeLike): NDArray {
  const made = emptyArray(asarray(a).layout.shape, descriptorFor(requiredDtype), "C", "requireFields");
  assignFieldsByName(made, a);
  return made;
}

/** How `stackArrays` joins. */
export interface StackArraysOptions {
  /** Values for fields that an array has not. */
  readonly defaults?: FieldDefaults | null | undefined;
  /** Whether fields of several dtypes get the one that holds the others. */
  readonly autoconvert?: boolean | undefined;
}

/**
 * Arrays one behind the other, with all the fields that any of them has. Elements of fields that an array has not are those
 * of `defaults`, else the values of NumPy's masked arrays: 999999, 1e20, true. Returns a copy; a single array itself.
 *
 * @throws DTypeError when a field has several dtypes and `autoconvert` is not set
 * @example
 * const [a, b] = [np.ones(1, [["x", "i4"]]), np.ones(1, [["x", "i4"], ["y", "i4"]])];
 * np.recfunctions.stackArrays([a, b], { defaults: { y: -1 } }).tolist(); // [{ x: 1, y: -1 }, { x: 1, y: 1 }]
 */
export function stackArrays(
  arrays: NDArray | readonly ArrayInput[],
  options: StackArraysOptions = {},
): NDArray {
  const caller = "stackArrays";
  if (arrays instanceof NDArray) return arrays;
  const { defaults, autoconvert = false } = optionsFrom(options, caller);
  const list = arraysFrom(arrays, caller);
  if (list.length === 0) throw new ValueError(`${caller}: there is no array to stack`);
  if (list.length === 1) return list[0]!;
  const lines = list.map((a): NDArray => ravel(a));
  const parts = new Map<string, Descriptor>();
  for (const { dtype } of lines) {
    for (const [name, type] of specOf(dtype)) {
      const known = parts.get(name);
      parts.set(name, known === undefined ? type : joinedType(known, type, name, autoconvert, caller));
    }
  }
  if (parts.size === 1) return joinArrays(lines, 0, freshJoining, caller);
  const count = lines.reduce((sum, a) => sum + a.size, 0);
  const made = unknownRecords(count, structOf([...parts]), defaults ?? {}, caller);
  const places = [...parts.keys()].map((name, k) => (name === "" ? `f${k}` : name));
  let at = 0;
  for (const a of lines) {
    for (const [name] of specOf(a.dtype)) {
      const values = name === "" ? a : field(a, name);
      const target = field(made, places[[...parts.keys()].indexOf(name)]!);
      put(rows(target, at, at + a.size), values, caller);
    }
    at += a.size;
  }
  return made;
}

function specOf(dtype: Descriptor): readonly (readonly [name: string, dtype: Descriptor])[] {
  if (dtype.fields === null) return [["", dtype]];
  return dtype.fields.map(({ name, dtype: inner }) => [name, inner] as const);
}

/** @internal The larger of two dtypes: the one to which the other can be cast. */
export function larger(a: Descriptor, b: Descriptor): Descriptor {
  return !a.equals(b) && canCast(b, a) ? a : b;
}

function joinedType(
  known: Descriptor,
  next: Descriptor,
  name: string,
  convert: boolean,
  caller: string,
): Descriptor {
  if (convert) return larger(known, next);
  if (known.equals(next)) return known;
  throw new DTypeError(
    `${caller}: field ${textOf(name)} is ${known} in one array and ${next} in another; pass autoconvert: true`,
  );
}
