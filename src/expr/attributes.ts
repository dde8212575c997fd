import { Flags } from "../array/flags.ts";
import { Flat, flat } from "../array/flat.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { isSlice } from "../layout/slice.ts";
import { imag, real } from "../ops/parts.ts";
import { apart } from "./arguments.ts";
import { PythonProblem } from "./errors.ts";
import { element, setItem } from "./indexing.ts";
import { methodTable } from "./methods.ts";
import { NamedParts } from "./named-parts.ts";
import { namesBelow, resolveName } from "./names.ts";
import { didYouMean } from "./near-names.ts";
import { operand } from "./operands.ts";
import { typeName } from "./types.ts";
import { Callable, ELLIPSIS, Mapping, Module, NumpyScalar, PyTuple, ScalarType } from "./values.ts";

/** What stands behind a dot: only what is listed here, never a property of a JS object. */

type Reader<T> = (value: T) => unknown;

function ints(numbers: readonly number[]): PyTuple {
  return new PyTuple(numbers.map(BigInt));
}

const ofArrays: Readonly<Record<string, Reader<NDArray>>> = {
  T: (a) => likeGiven(a, a.T),
  mT: (a) => a.mT,
  real: (a) => partOf(a, real(a)),
  imag: (a) => partOf(a, imag(a)),
  shape: (a) => ints(a.shape),
  strides: (a) => ints(a.strides),
  ndim: (a) => BigInt(a.ndim),
  size: (a) => BigInt(a.size),
  itemsize: (a) => BigInt(a.itemsize),
  nbytes: (a) => BigInt(a.nbytes),
  dtype: (a) => a.dtype,
  flags: flagsOf,
  base: (a) => (a.base instanceof NDArray && !(a instanceof NumpyScalar) ? a.base : null),
  flat: (a) => flat(a),
  device: () => "cpu",
};

/** Those of a scalar are those of an array of its own that is read-only. */
function flagsOf(a: NDArray): Flags {
  if (!(a instanceof NumpyScalar) || a.dtype.kind === "V") return a.flags;
  const own = apart(a);
  own.setflags({ write: false });
  return own.flags;
}

/** The view of a scalar is a scalar. */
function likeGiven(a: NDArray, result: NDArray): NDArray {
  return a instanceof NumpyScalar && result.ndim === 0 ? NumpyScalar.of(result) : result;
}

function partOf(a: NDArray, part: NDArray): NDArray {
  return a instanceof NumpyScalar ? element(part) : part;
}

const ofFlags: Readonly<Record<string, Reader<Flags>>> = {
  c_contiguous: (flags) => flags.cContiguous,
  f_contiguous: (flags) => flags.fContiguous,
  contiguous: (flags) => flags.cContiguous,
  owndata: (flags) => flags.owndata,
  writeable: (flags) => flags.writeable,
  aligned: (flags) => flags.aligned,
  writebackifcopy: (flags) => flags.writebackifcopy,
  fnc: (flags) => flags.fnc,
  forc: (flags) => flags.forc,
  behaved: (flags) => flags.behaved,
  carray: (flags) => flags.carray,
  farray: (flags) => flags.farray,
  num: (flags) => BigInt(flags.num),
};

const ofDTypes: Readonly<Record<string, Reader<Descriptor>>> = {
  name: (dtype) => dtype.name,
  str: (dtype) => dtype.str,
  kind: (dtype) => dtype.kind,
  char: (dtype) => dtype.char,
  num: (dtype) => BigInt(dtype.num),
  itemsize: (dtype) => BigInt(dtype.itemsize),
  alignment: (dtype) => BigInt(dtype.alignment),
  names: (dtype) => (dtype.fields === null ? null : new PyTuple(dtype.fields.map(({ name }) => name))),
};

/** The attributes of a value that are no methods; none for what has no attributes. */
function attributesOf(value: unknown): Readonly<Record<string, Reader<never>>> {
  if (value instanceof NDArray) return ofArrays;
  if (value instanceof Flags) return ofFlags;
  if (value instanceof Descriptor) return ofDTypes;
  if (typeof value === "bigint" || typeof value === "boolean") return ofIntegers;
  if (typeof value === "number") return ofFloats;
  if (value instanceof Complex) return ofComplexes;
  if (isSlice(value)) return ofSlices;
  return value instanceof Flat ? ofFlat : none;
}

const none: Readonly<Record<string, Reader<never>>> = {};

const ofIntegers: Readonly<Record<string, Reader<bigint>>> = { real: BigInt, imag: () => 0n };
const ofFloats: Readonly<Record<string, Reader<number>>> = { real: (x) => x, imag: () => 0 };
const ofComplexes: Readonly<Record<string, Reader<Complex>>> = { real: ({ re }) => re, imag: ({ im }) => im };
const ofFlat: Readonly<Record<string, Reader<Flat>>> = { base: ({ base }) => base };
const bound = (value: number | null) => (value === null ? null : BigInt(value));
const ofSlices: Readonly<
  Record<string, Reader<{ start: number | null; stop: number | null; step: number | null }>>
> = {
  start: ({ start }) => bound(start),
  stop: ({ stop }) => bound(stop),
  step: ({ step }) => bound(step),
};

/** `value.name`. */
export function getAttribute(value: unknown, name: string): unknown {
  const attributes = attributesOf(value);
  if (Object.hasOwn(attributes, name)) return (attributes[name] as Reader<unknown>)(value);
  const found = memberOf(value, name);
  if (found !== undefined) return found;
  const of =
    value instanceof Module
      ? `module '${value.name.replace(/^np\b/, "numpy")}'`
      : `'${typeName(value)}' object`;
  throw new PythonProblem(
    "AttributeError",
    `${of} has no attribute '${name}'${didYouMean(name, attributeNames(value))}`,
  );
}

function memberOf(value: unknown, name: string): unknown {
  if (value instanceof Module)
    return resolveName(value.name === "np" ? name : `${value.name.slice(3)}.${name}`);
  if (value instanceof Callable) return name === "__name__" ? undefined : value.member?.(name);
  if (value instanceof NamedParts) return value.parts.get(name);
  if (value instanceof Mapping) {
    if (name === "files") return [...value.keys];
    return value.keys.includes(name) ? value.get(name) : undefined;
  }
  const method = methodTable().get(`${methodOwner(value)}.${name}`);
  return method === undefined ? undefined : new Callable(name, (args) => method(value, args));
}

function methodOwner(value: unknown): string {
  if (value instanceof NDArray) return "array";
  if (Array.isArray(value)) return "list";
  if (value instanceof PyTuple) return "tuple";
  return typeof value === "string" ? "str" : "";
}

/** The names behind a dot after a value, for suggestions and completion. */
export function attributeNames(value: unknown): string[] {
  if (value instanceof Module) return namesBelow(value);
  if (value instanceof NamedParts) return [...value.parts.keys()];
  if (value instanceof Mapping) return [...value.keys];
  if (value === ELLIPSIS || value instanceof ScalarType) return [];
  const prefix = `${methodOwner(value)}.`;
  const methods = [...methodTable().keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return [...Object.keys(attributesOf(value)), ...methods].sort();
}

/** `value.name = given`: of arrays and flags, what NumPy lets one change and the library does too. */
export function setAttribute(value: unknown, name: string, given: unknown): void {
  if (value instanceof Flags && name === "writeable") {
    value.writeable = given === true;
    return;
  }
  if (value instanceof NDArray && !(value instanceof NumpyScalar)) {
    if (name === "real" || name === "imag" || name === "flat") {
      if (name === "flat") flat(value).set(":", operand(given) as never);
      else setItem(name === "real" ? real(value) : imag(value), ELLIPSIS, given);
      return;
    }
  }
  const reshape = name === "shape" ? "; use reshape" : "";
  throw new PythonProblem(
    "AttributeError",
    `attribute '${name}' of '${typeName(value)}' objects cannot be set here${reshape}`,
  );
}
