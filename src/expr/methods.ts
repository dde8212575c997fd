import { fill } from "../array/assign.ts";
import { tobytes } from "../array/bytes.ts";
import { byteswap } from "../array/byteswap.ts";
import { astype, copy, flatten } from "../array/copy.ts";
import { flat } from "../array/flat.ts";
import { NDArray } from "../array/ndarray.ts";
import { getfield, setfield } from "../ops/byte-fields.ts";
import { partitionInPlace } from "../ops/partition.ts";
import { view } from "../ops/parts.ts";
import { sortInPlace } from "../ops/sort.ts";
import { apart, bind, dtypeArgument, libraryArguments } from "./arguments.ts";
import { pythonItem, pythonList } from "./builtins.ts";
import { compare } from "./comparisons.ts";
import { PythonProblem } from "./errors.ts";
import { asIndex, getItem } from "./indexing.ts";
import { resolveName } from "./names.ts";
import { readSignature, type Signature } from "./parameters.ts";
import { staysArray } from "./results.ts";
import { truth } from "./truth.ts";
import { type CallArguments, type Callable, NumpyScalar, PyBytes, PyTuple } from "./values.ts";

/** Methods of values, by what they are of: `array.sum`, `list.append`, `str.upper`. */

/** A method: what it is called on, and the arguments. */
export type Method = (self: unknown, args: CallArguments) => unknown;

let table: Map<string, Method> | null = null;

/** The methods that values of an expression have. */
export function methodTable(): ReadonlyMap<string, Method> {
  table ??= new Map<string, Method>([
    ...functionsAsMethods.split(" ").map((name) => [`array.${name}`, functionMethod(name)] as const),
    ...Object.entries(ofArrays).map(([name, method]) => [`array.${name}`, method] as const),
    ...Object.entries(ofLists).map(([name, method]) => [`list.${name}`, method] as const),
    ...Object.entries(ofTuples).map(([name, method]) => [`tuple.${name}`, method] as const),
    ...Object.entries(ofTexts).map(([name, method]) => [`str.${name}`, method] as const),
  ]);
  return table;
}

/** Methods that are functions whose first argument is the array. */
const functionsAsMethods =
  "all any argmax argmin argpartition argsort choose clip cumprod cumsum diagonal dot max mean min nonzero prod put ravel repeat round searchsorted squeeze std sum swapaxes take trace var";

function functionMethod(name: string): Method {
  return (self, { positional, keywords }) => {
    const fn = resolveName(name) as Callable;
    const result = fn.call({ positional: [self, ...positional], keywords });
    return likeSelf(self, name, result);
  };
}

/** A scalar's methods give scalars. */
function likeSelf(self: unknown, name: string, result: unknown): unknown {
  const isScalar = self instanceof NumpyScalar && result instanceof NDArray && result.ndim === 0;
  return isScalar && staysArray(name) ? NumpyScalar.of(result) : result;
}

/** A method by the words of its parameters, which the library's function takes behind the array. */
function method(name: string, words: string, run: (a: NDArray, ...args: never[]) => unknown): Method {
  const [head = "", tail = ""] = words.split("|");
  const list = (text: string) => text.split(" ").filter((word) => word !== "");
  const signature: Signature = readSignature(list(head), list(tail));
  return (self, args) => {
    const given = libraryArguments(signature, bind(name, signature, args));
    const result = run(self instanceof NumpyScalar ? apart(self) : (self as NDArray), ...(given as never[]));
    const isScalar = self instanceof NumpyScalar && result instanceof NDArray && result.ndim === 0;
    return isScalar ? NumpyScalar.of(result) : result;
  };
}

const ofArrays: Readonly<Record<string, Method>> = {
  astype: method("astype", "dtype | order casting subok copy", astype as never),
  byteswap: method("byteswap", "| inplace", byteswap as never),
  compress: (self, { positional: [condition, ...rest], keywords }) =>
    (resolveName("compress") as Callable).call({ positional: [condition, self, ...rest], keywords }),
  conj: conjugated,
  conjugate: conjugated,
  copy: method("copy", "/ order", (a, order = "C" as never) => copy(a, order)),
  fill: method("fill", "value", (a, value) => {
    fill(a, value);
    return null;
  }),
  flatten: method("flatten", "/ order", (a, order = "C" as never) => flatten(a, order)),
  getfield: method("getfield", "dtype / offset", getfield as never),
  setfield: method("setfield", "val dtype / offset", (a, val, dtype, offset) => {
    setfield(a, val, dtype, offset);
    return null;
  }),
  item: (self, { positional }) => oneItem(self as NDArray, positional),
  partition: inPlace("kth# | axis kind order", partitionInPlace as never),
  reshape: reshaped,
  setflags: method("setflags", "/ write | align", setFlags as never),
  sort: inPlace("| axis kind order stable", sortInPlace as never),
  tobytes: method("tobytes", "/ order", (a, order) => new PyBytes(tobytes(a, order))),
  tolist: (self) => pythonList(self as NDArray),
  transpose: transposed,
  view: (self, { positional: [first], keywords }) => viewed(self as NDArray, first ?? keywords.get("dtype")),
};

function callFunction(name: string, self: unknown, { positional, keywords }: CallArguments): unknown {
  return (resolveName(name) as Callable).call({ positional: [self, ...positional], keywords });
}

/** Of real numbers the array itself. */
function conjugated(self: unknown, args: CallArguments): unknown {
  const isComplex = (self as NDArray).dtype.kind === "c";
  return isComplex || args.positional.length > 0 ? callFunction("conjugate", self, args) : self;
}

function inPlace(words: string, run: (a: NDArray, ...args: never[]) => void): Method {
  return method("sort", words, (a, ...args) => {
    run(a, ...args);
    return null;
  });
}

function setFlags(a: NDArray, write: unknown, options: { readonly align?: unknown } = {}): null {
  const flags: { write?: boolean; align?: boolean } = {};
  if (write !== undefined && write !== null) flags.write = truth(write);
  if (options.align !== undefined && options.align !== null) flags.align = truth(options.align);
  a.setflags(flags);
  return null;
}

function reshaped(self: unknown, { positional, keywords }: CallArguments): unknown {
  const shape = positional.length === 1 ? positional[0] : new PyTuple(positional);
  const given = positional.length === 0 ? (keywords.get("shape") ?? shape) : shape;
  const rest = new Map([...keywords].filter(([name]) => name !== "shape"));
  const result = (resolveName("reshape") as Callable).call({ positional: [self, given], keywords: rest });
  return likeSelf(self, "reshape", result);
}

function transposed(self: unknown, { positional }: CallArguments): unknown {
  const axes =
    positional.length === 0 ? null : positional.length === 1 ? positional[0] : new PyTuple(positional);
  const given = typeof axes === "bigint" ? new PyTuple([axes]) : axes;
  const args = { positional: given === null ? [self] : [self, given], keywords: new Map<string, unknown>() };
  return likeSelf(self, "transpose", (resolveName("transpose") as Callable).call(args));
}

function viewed(a: NDArray, dtype: unknown): unknown {
  const given = a instanceof NumpyScalar ? apart(a) : a;
  const result =
    dtype === undefined || dtype === null ? view(given) : view(given, dtypeArgument(dtype) as never);
  return likeSelf(a, "view", result);
}

function oneItem(a: NDArray, index: readonly unknown[]): unknown {
  const [first] = index;
  if (index.length === 0) {
    if (a.size === 1) return pythonItem(a);
    throw new PythonProblem("ValueError", "can only convert an array of size 1 to a Python scalar");
  }
  const isFlat = index.length === 1 && !(first instanceof PyTuple);
  const found = isFlat
    ? getItem(flat(a), asIndex(first, "item() takes integers"))
    : getItem(a, index.length === 1 ? first : new PyTuple(index));
  return found instanceof NDArray ? pythonItem(found) : found;
}

const ofLists: Readonly<Record<string, Method>> = {
  append: (self, { positional: [value] }) => {
    (self as unknown[]).push(value);
    return null;
  },
  copy: (self) => [...(self as readonly unknown[])],
  index: (self, { positional: [value] }) => positionOf(self as readonly unknown[], value),
  count: (self, { positional: [value] }) => countOf(self as readonly unknown[], value),
};

const ofTuples: Readonly<Record<string, Method>> = {
  index: (self, { positional: [value] }) => positionOf((self as PyTuple).items, value),
  count: (self, { positional: [value] }) => countOf((self as PyTuple).items, value),
};

function equals(a: unknown, b: unknown): boolean {
  return a === b || truth(compare("==", a, b));
}

function positionOf(items: readonly unknown[], value: unknown): bigint {
  const at = items.findIndex((one) => equals(one, value));
  if (at < 0) throw new PythonProblem("ValueError", "the value is not in the list");
  return BigInt(at);
}

function countOf(items: readonly unknown[], value: unknown): bigint {
  return BigInt(items.filter((one) => equals(one, value)).length);
}

const ofTexts: Readonly<Record<string, Method>> = {
  upper: (self) => (self as string).toUpperCase(),
  lower: (self) => (self as string).toLowerCase(),
  strip: (self) => (self as string).trim(),
  split: (self, { positional: [separator] }) =>
    typeof separator === "string" && separator !== ""
      ? (self as string).split(separator)
      : (self as string)
          .trim()
          .split(/\s+/)
          .filter((word) => word !== ""),
  startswith: (self, { positional: [text] }) => (self as string).startsWith(String(text)),
  endswith: (self, { positional: [text] }) => (self as string).endsWith(String(text)),
};
