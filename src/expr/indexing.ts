import { copy } from "../array/copy.ts";
import { setAt } from "../array/elements.ts";
import { Flags } from "../array/flags.ts";
import { Flat } from "../array/flat.ts";
import { gatherParts } from "../array/gather.ts";
import type { IndexPart } from "../array/index-plan.ts";
import { NDArray } from "../array/ndarray.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { indexLayout } from "../layout/basic.ts";
import { clampSlice, isSlice, type Slice, s } from "../layout/slice.ts";
import { field } from "../ops/parts.ts";
import { PythonProblem } from "./errors.ts";
import { IndexMaker } from "./index-makers.ts";
import { NamedParts } from "./named-parts.ts";
import { operand } from "./operands.ts";
import { PyRange } from "./range.ts";
import { typeName } from "./types.ts";
import { ELLIPSIS, Mapping, NumpyScalar, PyBytes, PyTuple, ScalarType } from "./values.ts";

/** `object[index]`. */
export function getItem(object: unknown, index: unknown): unknown {
  if (object instanceof NDArray) return arrayItem(object, index);
  if (Array.isArray(object)) return listItem(object, index, (items) => items);
  if (object instanceof PyTuple) return listItem(object.items, index, (items) => new PyTuple(items));
  if (typeof object === "string") return listItem([...object], index, (letters) => letters.join(""));
  if (object instanceof PyRange)
    return isSlice(index) ? object.part(index) : listItem(object.items(), index, (items) => items);
  if (object instanceof PyBytes) {
    const items = Array.from(object.bytes, BigInt);
    return listItem(items, index, (part) => new PyBytes(Uint8Array.from(part, Number)));
  }
  if (object instanceof IndexMaker) return object.get(index);
  if (object instanceof Flat) return flatItem(object, index);
  if (object instanceof NamedParts && object.isTuple) return getItem(new PyTuple(object.values), index);
  if (object instanceof Descriptor) return fieldDType(object, index);
  if (typeof index === "string") return namedItem(object, index);
  throw new PythonProblem("TypeError", `'${typeName(object)}' object is not subscriptable`);
}

function fieldDType(dtype: Descriptor, index: unknown): Descriptor {
  const named = dtype.fields?.find(({ name }) => name === index);
  if (named !== undefined) return named.dtype;
  throw new PythonProblem(
    "KeyError",
    dtype.fields === null ? `there are no fields in dtype ${dtype}` : `there is no field ${String(index)}`,
  );
}

function namedItem(object: unknown, name: string): unknown {
  if (object instanceof Mapping) {
    if (object.keys.includes(name)) return object.get(name);
    throw new PythonProblem(
      "KeyError",
      `'${name} is not a file in the archive'; it has ${object.keys.join(", ")}`,
    );
  }

  if (object instanceof Flags && flagNames.has(name)) return object[name as "OWNDATA"];
  throw new PythonProblem("KeyError", `'${name}'`);
}

const flagNames = new Set([
  "C_CONTIGUOUS",
  "F_CONTIGUOUS",
  "OWNDATA",
  "WRITEABLE",
  "ALIGNED",
  "WRITEBACKIFCOPY",
]);

function arrayItem(a: NDArray, index: unknown): unknown {
  const named = fieldsOf(index);
  if (named !== null) requireFields(a);
  if (named !== null) return typeof named === "string" ? fieldItem(a, named) : field(a, named);
  const parts = indexParts(index);
  if (parts.every(isBasic)) {
    const view = a.viewAs(indexLayout(a.layout, parts as never));
    if (view.layout.shape.length === 0 && !parts.includes("...")) return element(view);
    // A scalar never changes: what is taken from one has memory of its own.
    return a instanceof NumpyScalar && a.dtype.kind !== "V" ? copy(view) : view;
  }
  const result = gatherParts(a, parts, "getitem");
  return result.layout.shape.length === 0 ? NumpyScalar.of(result) : result;
}

function requireFields(a: NDArray): void {
  if (a.dtype.fields !== null) return;
  throw new PythonProblem("IndexError", `${onlyValid}; an array of ${a.dtype} has no fields`);
}

const onlyValid =
  "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices";

function fieldItem(a: NDArray, name: string): unknown {
  const view = field(a, name);
  return a instanceof NumpyScalar && view.ndim === 0 ? element(view) : view;
}

/** One element: a copy, unless it is a structure, which stays a view. */
export function element(view: NDArray): NumpyScalar {
  return NumpyScalar.of(view.dtype.kind === "V" ? view : copy(view));
}

/** The names of fields that an index is, or null. */
function fieldsOf(index: unknown): string | readonly string[] | null {
  if (typeof index === "string") return index;
  const isList = Array.isArray(index) && index.length > 0 && index.every((item) => typeof item === "string");
  return isList ? (index as readonly string[]) : null;
}

function isBasic(part: IndexPart): boolean {
  return typeof part === "number" || typeof part === "string" || part === null || isSlice(part);
}

/** An index as functions of the library take it, part by part. */
export function indexParts(index: unknown): IndexPart[] {
  return index instanceof PyTuple ? index.items.map(indexPart) : [indexPart(index)];
}

function indexPart(part: unknown): IndexPart {
  if (typeof part === "bigint") return Number(part);
  if (part === null || typeof part === "boolean" || isSlice(part)) return part;
  if (part === ELLIPSIS) return "...";
  if (part instanceof NumpyScalar) return scalarPart(part);
  if (part instanceof NDArray) return part;
  if (Array.isArray(part) || part instanceof PyTuple || part instanceof PyRange) {
    const list = operand(part) as unknown[];
    return list.length === 0 || list.some((item) => item !== undefined) ? (list as IndexPart) : [];
  }

  throw new PythonProblem("IndexError", `${onlyValid}, not ${typeName(part)}`);
}

function scalarPart(part: NumpyScalar): IndexPart {
  const { kind } = part.dtype;
  const value: unknown = part.at();
  if (kind === "b") return value as boolean;
  if (kind === "i" || kind === "u") return Number(value);
  throw new PythonProblem("IndexError", `an index must be an integer, not ${typeName(part)}`);
}

/** A value as an integer: what stands for a position or a length. */
export function asIndex(value: unknown, what: string): bigint {
  if (typeof value === "bigint" || typeof value === "boolean") return BigInt(value);
  if (value instanceof NDArray && value.ndim === 0 && /[iu]/.test(value.dtype.kind)) {
    return BigInt(value.at() as bigint | number);
  }
  throw new PythonProblem("TypeError", `${what}, not ${typeName(value)}`);
}

/** `slice(start, stop, step)`. */
export function makeSlice(start: unknown, stop: unknown, step: unknown): Slice {
  const bound = (value: unknown) =>
    value === null ? null : clamped(asIndex(value, "slice indices must be integers or None"));
  return s(bound(start), bound(stop), bound(step));
}

/** A bound far outside stays so as a number. */
function clamped(value: bigint): number {
  return Math.max(-(2 ** 53), Math.min(2 ** 53, Number(value)));
}

function listItem<T>(items: readonly T[], index: unknown, made: (items: T[]) => unknown): unknown {
  if (!isSlice(index)) return items[listPosition(items, index)];
  const { start, count, step } = clampSlice(index, items.length);
  return made(Array.from({ length: count }, (_, k) => items[start + k * step] as T));
}

function listPosition(items: readonly unknown[], index: unknown): number {
  const i = Number(asIndex(index, "list indices must be integers or slices"));
  const at = i < 0 ? i + items.length : i;
  if (at >= 0 && at < items.length) return at;
  throw new PythonProblem("IndexError", `index ${i} is out of range; there are ${items.length} items`);
}

function flatItem(flat: Flat, index: unknown): unknown {
  const [part] = indexParts(index);
  if (typeof part === "number") {
    const one = flat.gather([part]);
    return NumpyScalar.of(one.viewAs({ shape: [], strides: [], offset: one.layout.offset }));
  }
  return typeof part === "string" || isSlice(part) ? flat.slice(part as ":") : flat.gather(part as NDArray);
}

/** `object[index] = value`. */
export function setItem(object: unknown, index: unknown, value: unknown): void {
  if (object instanceof NDArray) {
    setArrayItem(object, index, value);
    return;
  }
  if (Array.isArray(object)) {
    if (isSlice(index))
      throw new PythonProblem("TypeError", "assignment to a slice of a list is left out; use an array");
    object[listPosition(object, index)] = value;
    return;
  }
  if (object instanceof Flat) {
    object.set(indexParts(index)[0] as never, operand(value) as never);
    return;
  }
  throw new PythonProblem("TypeError", `'${typeName(object)}' object does not support item assignment`);
}

/** What is written: into signed integers a scalar goes by Python's integers, which are checked and not wrapped. */
function elementFor(a: NDArray, value: unknown): unknown {
  if (!(value instanceof NumpyScalar) || a.dtype.kind !== "i")
    return operand(value, 0, a.dtype.fields !== null);
  const { kind } = value.dtype;
  const element: unknown = kind === "i" || kind === "u" || kind === "f" ? value.at() : value;
  if (typeof element === "bigint") return element;
  if (typeof element !== "number") return value;
  if (Number.isFinite(element)) return BigInt(Math.trunc(element));
  throw Number.isNaN(element)
    ? new PythonProblem("ValueError", "cannot convert float NaN to integer")
    : new PythonProblem("OverflowError", "cannot convert float infinity to integer");
}

function setArrayItem(a: NDArray, index: unknown, value: unknown): void {
  if (a instanceof NumpyScalar && a.dtype.kind !== "V") {
    throw new PythonProblem("TypeError", `'${typeName(a)}' object does not support item assignment`);
  }
  if (value === null || value instanceof ScalarType) {
    throw new PythonProblem("TypeError", `'${typeName(value)}' is no element of an array`);
  }
  const named = fieldsOf(index);
  if (named !== null) requireFields(a);
  if (named !== null) setAt(field(a, named as string), ["..."], operand(value) as never);
  else {
    const parts = indexParts(index);
    setAt(a, parts, (parts.every(isBasic) ? elementFor(a, value) : operand(value)) as never);
  }
}
