import * as library from "../functions.ts";
import "../methods.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import type { Ufunc } from "../engine/ufunc.ts";
import { camelCase } from "./arguments.ts";
import { callable, type LibraryFunction, ufuncCallable } from "./functions.ts";
import { signatureNames, signatureOf } from "./parameters.ts";
import { scalarOf } from "./results.ts";
import { specials } from "./special-functions.ts";
import { Module, ScalarType } from "./values.ts";

/** The names of NumPy in an expression: functions by a rule (`count_nonzero` is `countNonzero` here), and a few by hand. */

type Values = Readonly<Record<string, unknown>>;

/** What is called otherwise here. */
const renamed: Readonly<Record<string, string>> = {
  "lib.stride_tricks.as_strided": "asStrided",
  "lib.stride_tricks.sliding_window_view": "slidingWindowView",
  "lib.stride_tricks.broadcast_to": "broadcastTo",
  "lib.stride_tricks.broadcast_arrays": "broadcastArrays",
  "lib.array_utils.byte_bounds": "byteBounds",
  "lib.array_utils.normalize_axis_index": "normalizeAxisIndex",
  "lib.array_utils.normalize_axis_tuple": "normalizeAxisTuple",
  as_strided: "asStrided",
  sliding_window_view: "slidingWindowView",
};

const constants = (): [string, unknown][] => [
  ["pi", Math.PI],
  ["e", Math.E],
  ["euler_gamma", library.eulerGamma],
  ["inf", Number.POSITIVE_INFINITY],
  ["nan", Number.NaN],
  ["newaxis", null],
  ["True_", scalarOf(true, plain.bool)],
  ["False_", scalarOf(false, plain.bool)],
  ["little_endian", true],
  ["__version__", "2.4"],
];

/** The submodules whose functions have signatures in the table; others are taken as they come. */
const submodules: ReadonlyMap<string, string> = new Map([
  ["char", "char"],
  ["strings", "strings"],
  ["emath", "emath"],
  ["testing", "testing"],
  ["lib.recfunctions", "recfunctions"],
  ["linalg", "linalg"],
  ["fft", "fft"],
  ["random", "random"],
]);

const modules = new Set(["", "lib", "lib.stride_tricks", "lib.array_utils", ...submodules.keys()]);

let table: Map<string, unknown> | null = null;
const resolved = new Map<string, unknown>();

/**
 * What the names of NumPy stand for: `add`, `as_strided`, `lib.stride_tricks.as_strided`, `char.upper`, and the public function
 * of each.
 */
export function nameTable(): ReadonlyMap<string, unknown> {
  table ??= readNames();
  return table;
}

function readNames(): Map<string, unknown> {
  const found = new Map<string, unknown>(constants());
  const put = (name: string, value: unknown) => {
    if (value !== undefined) found.set(name, value);
  };
  const all = library as unknown as Values;
  for (const [name, value] of Object.entries(all)) if (isUfunc(value)) put(snakeCase(name), value);
  for (const name of signatureNames()) if (!name.includes(".")) put(name, all[camelCase(name)]);
  for (const [path, name] of Object.entries(renamed)) put(path, all[name]);
  for (const [path, name] of submodules) {
    for (const [member, value] of Object.entries((all[name] as Values | undefined) ?? {})) {
      if (typeof value === "function" && !isClass(member)) put(`${path}.${snakeCase(member)}`, value);
    }
  }
  for (const [name, value] of specials()) put(name, value);
  for (const [name, value] of scalarTypes()) put(name, value);
  return found;
}

function isUfunc(value: unknown): value is Ufunc {
  return typeof value === "function" && "nin" in value;
}

function isClass(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** NumPy's name of a function of ours, where letters alone tell it. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_$/, "_");
}

/** What a dotted name of NumPy stands for in an expression; undefined when there is no such name. */
export function resolveName(path: string): unknown {
  const known = resolved.get(path);
  if (known !== undefined) return known;
  const value = modules.has(path) ? new Module(path === "" ? "np" : `np.${path}`) : valueOf(path);
  if (value !== undefined) resolved.set(path, value);
  return value;
}

function valueOf(path: string): unknown {
  const value = nameTable().get(path);
  if (isUfunc(value)) return ufuncCallable(path, value);
  return typeof value === "function" ? callable(path, value as LibraryFunction, signatureFor(path)) : value;
}

function signatureFor(path: string) {
  return signatureOf(path.replace(/^lib\.(stride_tricks|array_utils)\./, "").replace(/^lib\./, ""));
}

/** The names below a module, for suggestions and completion. */
export function namesBelow(module: Module): string[] {
  const prefix = module.name === "np" ? "" : `${module.name.slice(3)}.`;
  const names = [...nameTable().keys(), ...modules].filter((name) => name.startsWith(prefix) && name !== "");
  const below = names.map((name) => name.slice(prefix.length).split(".")[0] as string);
  return [...new Set(below)].filter((name) => name !== "").sort();
}

const aliases: Readonly<Record<string, string>> = {
  bool_: "bool",
  byte: "int8",
  ubyte: "uint8",
  short: "int16",
  ushort: "uint16",
  intc: "int32",
  uintc: "uint32",
  int_: "int64",
  intp: "int64",
  uint: "uint64",
  uintp: "uint64",
  long: "int64",
  ulong: "uint64",
  longlong: "int64",
  ulonglong: "uint64",
  half: "float16",
  single: "float32",
  double: "float64",
  float_: "float64",
  csingle: "complex64",
  cdouble: "complex128",
};

const kinds =
  "generic number integer signedinteger unsignedinteger inexact floating complexfloating flexible character";

function scalarTypes(): [string, ScalarType][] {
  const types: [string, ScalarType][] = [];
  for (const [name, dtype] of Object.entries(plain as Readonly<Record<string, unknown>>)) {
    if (dtype instanceof Descriptor && dtype.kind !== "V")
      types.push([name, new ScalarType(`<class 'numpy.${name}'>`, dtype)]);
  }
  const byName = new Map(types);
  for (const [alias, name] of Object.entries(aliases)) {
    const type = byName.get(name);
    if (type !== undefined) types.push([alias, type]);
  }
  for (const [name, code] of [
    ["str_", "U"],
    ["bytes_", "S"],
    ["void", "V"],
  ] as const) {
    types.push([name, new ScalarType(`<class 'numpy.${name}'>`, code)]);
  }
  for (const name of kinds.split(" ")) types.push([name, new ScalarType(`<class 'numpy.${name}'>`, name)]);
  return types;
}
