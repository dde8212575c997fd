import { meshgrid } from "../array/grids.ts";
import { NDArray } from "../array/ndarray.ts";
import { arange } from "../array/ranges.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { finfo, iinfo } from "../dtype/limits.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { resultType } from "../dtype/result.ts";
import { isSlice, type Slice } from "../layout/slice.ts";
import { atleast1d, atleast2d, atleast3d } from "../ops/axes.ts";
import { c_, r_ } from "../ops/axis-concatenation.ts";
import { clip } from "../ops/clip.ts";
import { einsum, einsumPath } from "../ops/einsum.ts";
import { gradient } from "../ops/gradient.ts";
import { ix } from "../ops/grid-indices.ts";
import { stack } from "../ops/stack.ts";
import { uniqueAll, uniqueCounts, uniqueInverse } from "../ops/unique.ts";
import { bind, camelCase, converted, dtypeArgument } from "./arguments.ts";
import { PythonProblem } from "./errors.ts";
import { callable, dtypeOfAll, type LibraryFunction } from "./functions.ts";
import { IndexMaker } from "./index-makers.ts";
import { NamedParts } from "./named-parts.ts";
import { operand } from "./operands.ts";
import { readSignature, type Signature, signatureOf } from "./parameters.ts";
import { fromLibrary, scalarOf } from "./results.ts";
import { type CallArguments, Callable, PyTuple, ScalarType } from "./values.ts";

/** Functions whose arguments are no list of parameters, and what is indexed to make something. */

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** The names and values of all of them. */
export function specials(): [string, unknown][] {
  return [
    ...callables.map(([name, call]) => [name, new Callable(name, call)] as [string, unknown]),
    ["s_", new IndexMaker("s_", (index) => index)],
    [
      "index_exp",
      new IndexMaker("index_exp", (index) => (index instanceof PyTuple ? index : new PyTuple([index]))),
    ],
    ["r_", new IndexMaker("r_", (index) => joined("r_", r_ as unknown as AnyFunction, index))],
    ["c_", new IndexMaker("c_", (index) => joined("c_", c_ as unknown as AnyFunction, index))],
    ["mgrid", new IndexMaker("mgrid", (index) => grid(index, false))],
    ["ogrid", new IndexMaker("ogrid", (index) => grid(index, true))],
  ];
}

const callables: readonly [string, (args: CallArguments) => unknown][] = [
  ["arange", callArange],
  ["einsum", (args) => callEinsum(einsum as unknown as AnyFunction, "einsum", args)],
  ["einsum_path", (args) => callEinsum(einsumPath as unknown as AnyFunction, "einsum_path", args)],
  [
    "ix_",
    ({ positional }) =>
      fromLibrary("ix_", (ix as unknown as AnyFunction)(...positional.map((one) => operand(one)))),
  ],
  ["gradient", callGradient],
  ["clip", callClip],
  ["atleast_1d", (args) => ofEach(atleast1d as unknown as AnyFunction, args)],
  ["atleast_2d", (args) => ofEach(atleast2d as unknown as AnyFunction, args)],
  ["atleast_3d", (args) => ofEach(atleast3d as unknown as AnyFunction, args)],
  ["result_type", ({ positional }) => (resultType as AnyFunction)(...positional.map(typeOperand))],
  ["iinfo", ({ positional }) => info("iinfo", iinfo as unknown as AnyFunction, positional[0])],
  ["finfo", ({ positional }) => info("finfo", finfo as unknown as AnyFunction, positional[0])],
  ["unique_all", (args) => named("UniqueAllResult", uniqueAll as unknown as AnyFunction, args)],
  ["unique_counts", (args) => named("UniqueCountsResult", uniqueCounts as unknown as AnyFunction, args)],
  ["unique_inverse", (args) => named("UniqueInverseResult", uniqueInverse as unknown as AnyFunction, args)],
];

const arangeSignature = readSignature(["/", "start", "stop", "step"], ["dtype"]);

/** `arange(stop)`, `arange(start, stop, step)`: of Python's ints it is int64. */
function callArange(args: CallArguments): unknown {
  const given =
    args.positional.length === 1 && !args.keywords.has("stop") ? [0n, ...args.positional] : args.positional;
  const positional = [...given.slice(0, 3)];
  const keywords = new Map(args.keywords);
  if (given.length > 3) keywords.set("dtype", given[3]);
  const bound = bind("arange", arangeSignature, { positional, keywords });
  if (!bound.values.has("stop") && !bound.values.has("start")) {
    throw new PythonProblem("TypeError", "arange() requires stop to be specified.");
  }
  const { values } = bound;
  const numbers = ["start", "stop", "step"].map((name) => values.get(name) ?? null);
  const [start, stop, step] = (numbers[1] === null ? [0n, numbers[0], numbers[2]] : numbers).map(
    scalarElement,
  );
  const floats = [start, stop, step].some((value) => typeof value === "number");
  const real = (value: unknown) => (floats && typeof value === "bigint" ? Number(value) : operand(value));
  const dtype = values.get("dtype");
  const options = dtype === undefined || dtype === null ? [] : [dtypeArgument(dtype)];
  return (arange as unknown as AnyFunction)(real(start ?? 0n), real(stop), real(step ?? 1n), ...options);
}

/** What a scalar holds, so that a range of it is one of Python's numbers. */
function scalarElement(value: unknown): unknown {
  if (!(value instanceof NDArray) || value.ndim > 0) return value;
  return value.dtype.kind === "i" || value.dtype.kind === "u" ? BigInt(value.at() as number) : value.at();
}

/** A path is a list of a word and of tuples of ints. */
function pathOf([path, report]: readonly [readonly unknown[], string]): PyTuple {
  const steps = path.map((step) => (Array.isArray(step) ? new PyTuple(step.map(BigInt)) : step));
  return new PyTuple([steps, report]);
}

function callEinsum(fn: AnyFunction, name: string, { positional, keywords }: CallArguments): unknown {
  const bySublists = typeof positional[0] !== "string";
  const given = positional.map((value, k) =>
    bySublists && k % 2 === 1 && Array.isArray(value) ? value.map(Number) : operand(value),
  );
  const options: { [key: string]: unknown } = {};
  for (const [key, value] of keywords) {
    if (!/^(out|dtype|order|casting|optimize)$/.test(key)) {
      throw new PythonProblem("TypeError", `${name}() got an unexpected keyword argument '${key}'`);
    }
    options[key] = converted(value, key === "dtype" ? "dtype" : "operand", false);
  }
  const result = fn(...given, ...(keywords.size > 0 ? [options] : []));
  if (name === "einsum_path") return pathOf(result as readonly [readonly unknown[], string]);
  if (result instanceof NDArray) return fromLibrary(name, result);
  const asked = options["dtype"] as "int8" | undefined;
  const operands = given.filter((value, k) => typeof value !== "string" && !(bySublists && k % 2 === 1));
  return fromLibrary(name, result, asked === undefined ? dtypeOfAll(operands) : toDescriptor(asked));
}

/** The bounds have two names each. */
function callClip({ positional, keywords }: CallArguments): unknown {
  const renamed = new Map<string, unknown>();
  for (const [name, value] of keywords)
    renamed.set(name === "min" || name === "max" ? `a_${name}` : name, value);
  const signature = signatureOf("clip") as Signature;
  return callable("clip", clip as LibraryFunction, signature).call({ positional, keywords: renamed });
}

function callGradient({ positional, keywords }: CallArguments): unknown {
  const [f, ...spacing] = positional;
  const options: { [key: string]: unknown } = {};
  for (const [key, value] of keywords) options[camelCase(key)] = converted(value, "number", false);
  if (spacing.length > 0)
    options["spacing"] = spacing.length === 1 ? operand(spacing[0]) : spacing.map((one) => operand(one));
  const result = (gradient as unknown as AnyFunction)(operand(f), options);
  return Array.isArray(result) ? new PyTuple(result as unknown[]) : result;
}

function ofEach(fn: AnyFunction, { positional }: CallArguments): unknown {
  const results = positional.map((value) => fn(operand(value)));
  return results.length === 1 ? results[0] : new PyTuple(results);
}

/** A Python float counts as one however whole it is. */
function typeOperand(value: unknown): unknown {
  if (typeof value === "number") return 0.5;
  return value instanceof ScalarType || typeof value === "string" ? dtypeArgument(value) : operand(value);
}

function info(name: string, fn: AnyFunction, of: unknown): NamedParts {
  const given = of instanceof NDArray ? of.dtype : dtypeArgument(of);
  const facts = fn(given) as Readonly<{ [key: string]: unknown }>;
  const parts = new Map<string, unknown>();
  for (const key of ["dtype", "bits", "min", "max", "eps", "tiny", "resolution", "precision"]) {
    const value = facts[key];
    if (value instanceof Descriptor) parts.set(key, value);
    else if (name === "iinfo" || key === "bits" || key === "precision") {
      if (typeof value === "number" || typeof value === "bigint") parts.set(key, BigInt(value));
    } else if (value !== undefined) parts.set(key, scalarOf(value, facts["dtype"] as Descriptor));
  }
  const shown = name === "iinfo" ? ["min", "max", "dtype"] : ["resolution", "min", "max", "dtype"];
  return new NamedParts(name, parts, false, shown);
}

function named(name: string, fn: AnyFunction, { positional }: CallArguments): NamedParts {
  const result = fn(...positional.map((one) => operand(one))) as Readonly<{ [key: string]: unknown }>;
  const parts = new Map<string, unknown>();
  for (const [key, value] of Object.entries(result)) {
    const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    parts.set(snake, fromLibrary(key === "values" ? "values" : "argsort", value));
  }
  return new NamedParts(name, parts, true);
}

/** The parts of `np.r_[...]`: slices of integers are ranges of int64. */
function joined(name: string, fn: AnyFunction, index: unknown): unknown {
  const parts = index instanceof PyTuple ? index.items : [index];
  return fromLibrary(name, fn(...parts.map((part) => (isSlice(part) ? range(part) : operand(part)))));
}

function range({ start, stop, step }: Slice): NDArray {
  if (stop === null) throw new PythonProblem("TypeError", "a range needs a stop: np.r_[0:5]");
  return arange(BigInt(start ?? 0), BigInt(stop), BigInt(step ?? 1));
}

/** `np.mgrid[0:2, 0:3]` and `np.ogrid`, of int64. */
function grid(index: unknown, open: boolean): unknown {
  const parts = index instanceof PyTuple ? index.items : [index];
  const lines = parts.map((part) => {
    if (isSlice(part)) return range(part);
    throw new PythonProblem("TypeError", "a grid is made of slices: np.mgrid[0:2, 0:3]");
  });
  if (open) {
    const views = lines.map((line, k) =>
      line.viewAs({
        shape: lines.map((_, j) => (j === k ? line.length : 1)),
        strides: lines.map((_, j) => (j === k ? line.layout.strides[0]! : 0)),
        offset: line.layout.offset,
      }),
    );
    return index instanceof PyTuple ? new PyTuple(views) : views[0];
  }
  return gridOf(lines, index instanceof PyTuple);
}

function gridOf(lines: readonly NDArray[], isTuple: boolean): NDArray {
  if (!isTuple) return lines[0] as NDArray;
  return stackGrid(lines);
}

function stackGrid(lines: readonly NDArray[]): NDArray {
  const grids = (meshgrid as unknown as AnyFunction)(...lines, { indexing: "ij", copy: false });
  return (stack as unknown as AnyFunction)(grids) as NDArray;
}
