/** `einsum` and `einsumPath`. */

import { assign } from "../array/assign.ts";
import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { castArray, checkOrder, copyArray } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { NDArray } from "../array/ndarray.ts";
import { type Casting, requireCast } from "../dtype/cast.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ElementValue, Value } from "../dtype/map.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import type { Promote } from "../dtype/promotion-table.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { type Order, shapeText } from "../layout/layout.ts";
import {
  arranged,
  contractTwo,
  diagonalOf,
  type Labelled,
  nestedLike,
  reduceOne,
} from "./einsum-contract.ts";
import { type Equation, parseEquation, type Sublist } from "./einsum-parse.ts";
import {
  type Contraction,
  contractionsOf,
  type EinsumPath,
  type EinsumSteps,
  type Optimize,
  pathOf,
} from "./einsum-path.ts";
import { pathReport } from "./einsum-report.ts";
import { readable } from "./products-contract.ts";

/** How `einsum` goes about it. */
export interface EinsumOptions {
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
  /** The dtype to compute in; that of the operands promoted if left out. */
  readonly dtype?: DTypeLike | null | undefined;
  /** The order of a fresh result in memory; `"K"` if left out: as the operands lie. */
  readonly order?: Order | undefined;
  /** Which casts of operands and to `out` are allowed; `"safe"` if left out. */
  readonly casting?: Casting | undefined;
  /**
   * Whether operands are contracted in a better order, and how it is found: true is `"greedy"`, `["optimal", 1000]` limits
   * the elements of intermediate results, and a path of `einsumPath` is followed. False if left out.
   */
  readonly optimize?: Optimize | undefined;
}

/** Options of an `einsum` whose result is of the operands' dtype. */
export interface DerivedEinsumOptions extends EinsumOptions {
  readonly out?: null | undefined;
  readonly dtype?: null | undefined;
}

/** What text says about the result: `"…->"` is a scalar. */
export type EinsumResult<S extends string, D extends DType> = S extends `${string}->`
  ? Value<D>
  : S extends `${string}->${string}`
    ? NDArray<D>
    : NDArray<D> | Value<D>;

/**
 * Products of elements, summed over the axes that the result has not: one letter for each axis of each operand, and after
 * "->" those of the result. Without "->" the result has the letters that occur once, in order. A letter that an operand has
 * twice is its diagonal, "..." stands for axes that broadcast, and axes of length 1 stretch. In place of text, a list of
 * numbers may follow each operand: `einsum(a, [0, 1], b, [1, 2], [0, 2])`.
 *
 * A result without axes is a scalar, as that of a full reduction; with `out` it is an array. Returns a view, which can be
 * written, when there is one operand and nothing is summed; else a copy. Sums are products of matrices where they can be:
 * floats may differ from NumPy's in the last bits.
 *
 * @throws ValueError for subscripts that cannot be read, ShapeError for operands that they do not fit.
 * @throws DTypeError for a cast that `casting` does not allow.
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * np.einsum("ij,jk->ik", a, a).tolist(); // [[7, 10], [15, 22]]
 * np.einsum("ii->", a); // 5
 * np.einsum("ii->i", a).tolist(); // [1, 4]
 */
export function einsum<O extends NDArray>(
  subscripts: string,
  ...operands: [...ArrayInput[], EinsumOptions & { readonly out: O }]
): O;
export function einsum<const S extends string, A extends ArrayInput>(
  subscripts: S,
  a: A,
  options?: DerivedEinsumOptions,
): EinsumResult<S, DTypeOfInput<A>>;
export function einsum<const S extends string, A extends ArrayInput, B extends ArrayInput>(
  subscripts: S,
  a: A,
  b: B,
  options?: DerivedEinsumOptions,
): EinsumResult<S, Promote<DTypeOfInput<A>, DTypeOfInput<B>>>;
export function einsum<const S extends string>(
  subscripts: S,
  ...operands: (ArrayInput | EinsumOptions)[]
): EinsumResult<S, DType>;
export function einsum(
  a: ArrayInput,
  subscripts: Sublist,
  ...more: (ArrayInput | Sublist | EinsumOptions)[]
): NDArray | ElementValue;
export function einsum(...all: unknown[]): unknown {
  const [given, options] = withoutOptions(all);
  const equation = parseEquation(given, "einsum");
  const { optimize = false, out = null } = options;
  if (optimize === false && equation.dropsEllipsis) {
    throw new ShapeError('einsum: the result has no place for the axes of "..."; add "..." behind the "->"');
  }
  const view = out === null ? viewOf(equation) : null;
  const result = view ?? evaluate(equation, options);
  return result.ndim === 0 && out === null ? result.at() : result;
}

/** The operands and subscripts, and the options behind them. */
function withoutOptions(all: readonly unknown[]): [readonly unknown[], EinsumOptions] {
  const last = all.at(-1);
  const isOptions =
    typeof last === "object" &&
    last !== null &&
    !(Array.isArray(last) || last instanceof NDArray || last instanceof Complex || ArrayBuffer.isView(last));
  return isOptions ? [all.slice(0, -1), last as EinsumOptions] : [all, {}];
}

/** One operand of which nothing is summed, as a view. */
function viewOf({ operands, inputs, output }: Equation): NDArray | null {
  if (operands.length !== 1) return null;
  const one = diagonalOf({ array: operands[0]!, letters: inputs[0]! });
  return one.letters.length === output.length ? arranged(one, output) : null;
}

/** What a call comes to once its options are read. */
interface Job {
  readonly equation: Equation;
  readonly dtype: Descriptor;
  /** Whether a path was asked for: NumPy's results lie otherwise in memory then. */
  readonly optimized: boolean;
}

function evaluate(equation: Equation, options: EinsumOptions): NDArray {
  const { casting = "safe", out = null, optimize = false } = options;
  const order = checkOrder(options.order ?? "K", "einsum");
  const dtype = dtypeFor(equation, options);
  for (const operand of equation.operands) requireCast(operand.dtype, dtype, casting, "einsum");
  if (out !== null) requireFit(out, dtype, equation, casting);
  const path = pathOf(equation, optimize, "einsum");
  const job = { equation, dtype, optimized: optimize !== false && optimize !== null };
  const result = follow(job, path);
  if (out !== null) {
    assign(out, result, { casting: "unsafe", caller: "einsum" });
    return out;
  }
  return inOrder(result, order, equation);
}

function dtypeFor({ operands }: Equation, { dtype, out }: EinsumOptions): Descriptor {
  if (dtype !== null && dtype !== undefined) return numeric(descriptorFor(dtype));
  const all = operands.map((operand) => operand.dtype);
  return numeric(promoteAll(out === null || out === undefined ? all : [...all, out.dtype], "einsum"));
}

function numeric(dtype: Descriptor): Descriptor {
  if (dtype.composition === null) return dtype;
  throw new DTypeError(`einsum: there are no products of ${dtype}; take one of its fields`);
}

function requireFit(out: NDArray, dtype: Descriptor, { output, sizes }: Equation, casting: Casting): void {
  const shape = [...output].map((letter) => sizes.get(letter)!);
  const fits = shape.length === out.ndim && shape.every((length, k) => length === out.layout.shape[k]);
  if (!fits) {
    throw new ShapeError(
      `einsum: out has shape ${shapeText(out.layout.shape)}, but the result has shape ${shapeText(shape)}`,
    );
  }
  requireWriteable(out, "einsum");
  requireCast(dtype, out.dtype, casting, "einsum");
}

/** The result in the order asked for. */
function inOrder(result: NDArray, order: Order, { operands, inputs }: Equation): NDArray {
  if (order === "K") return result;
  const isF = (array: NDArray, k: number) =>
    diagonalOf({ array, letters: inputs[k]! }).array.isContiguous("F");
  const wanted = order === "A" ? (operands.every(isF) ? "F" : "C") : order;
  return result.isContiguous(wanted) ? result : copyArray(result, wanted, "einsum");
}

/** Goes the steps of a path. float16 is computed in float32 throughout, and rounded at the end. */
function follow(job: Job, path: EinsumSteps): NDArray {
  const { equation } = job;
  const half = job.dtype === plain.float16;
  const dtype: Descriptor = half ? plain.float32 : job.dtype;
  let left: Labelled[] = equation.operands.map((array, k) => ({
    array: readable(array, job.dtype, "einsum"),
    letters: equation.inputs[k]!,
  }));
  for (const step of contractionsOf(equation, path)) {
    const taken = step.positions.map((k) => left[k]!);
    const made = contractSome({ ...job, dtype }, job.optimized ? taken : taken.reverse(), step);
    left = [...left.filter((_, k) => !step.positions.includes(k)), { array: made, letters: step.output }];
  }
  const result = left[0]!.array;
  return half ? castArray(result, plain.float16, "K", "einsum") : result;
}

/** One step: an operand summed, two contracted, or several, two by two. */
function contractSome(
  job: Job,
  operands: readonly Labelled[],
  { output }: Pick<Contraction, "output">,
): NDArray {
  const wanted = (letters: string, nested: string | null) => ({ letters, dtype: job.dtype, nested });
  if (operands.length === 1) return reduceOne(operands[0]!, wanted(output, null));
  if (operands.length === 2) {
    const [a, b] = operands as readonly [Labelled, Labelled];
    return contractTwo(a, b, wanted(output, job.optimized ? nestedByMatmul(a, b, output) : null));
  }
  return contractMany(job, operands, output);
}

/** As NumPy's product of matrices has it: axes of length 1, the stack, rows, columns. Null where nothing is summed. */
function nestedByMatmul(a: Labelled, b: Labelled, output: string): string | null {
  const has = ({ array, letters }: Labelled, letter: string) =>
    letters.includes(letter) && array.layout.shape[letters.indexOf(letter)] !== 1;
  const left = [...new Set(a.letters)].filter((letter) => has(a, letter));
  const right = [...new Set(b.letters)].filter((letter) => has(b, letter));
  if (!left.some((letter) => right.includes(letter) && !output.includes(letter))) return null;
  const kept = [...left, ...right].filter((letter) => output.includes(letter));
  const ones = [...output].filter((letter) => !kept.includes(letter));
  const stack = kept.filter(
    (letter, k) => left.includes(letter) && right.includes(letter) && kept.indexOf(letter) === k,
  );
  return [...ones, ...stack, ...kept.filter((letter) => !stack.includes(letter))].join("");
}

/** Several operands in one step, as without a path: greedily, and where nothing fits, from the left. */
function contractMany(job: Job, operands: readonly Labelled[], output: string): NDArray {
  const { sizes } = job.equation;
  const part: Equation = {
    operands: operands.map(({ array }) => array),
    inputs: operands.map(({ letters }) => letters),
    output,
    sizes: new Map([...sizes].filter(([letter]) => operands.some((one) => one.letters.includes(letter)))),
    dropsEllipsis: false,
  };
  let path = pathOf(part, "greedy", "einsum");
  if (path.some((step) => step.length > 2)) path = fromTheLeft(operands.length);
  let left = [...operands];
  const steps = contractionsOf(part, path);
  for (const [n, step] of steps.entries()) {
    const [b, a] = step.positions.map((k) => left[k]!) as [Labelled, Labelled];
    const nested = n === steps.length - 1 ? nestedLike(output, operands.map(diagonalOf)) : null;
    const wanted = { letters: step.output, dtype: job.dtype, nested };
    const made = { array: contractTwo(a, b, wanted), letters: step.output };
    left = [...left.filter((_, k) => !step.positions.includes(k)), made];
  }
  return left[0]!.array;
}

function fromTheLeft(count: number): number[][] {
  return Array.from({ length: count - 1 }, (_, n) => (n === 0 ? [0, 1] : [0, count - 1 - n]));
}

/** How to order contractions, for `einsumPath`. */
export interface EinsumPathOptions {
  /** `"greedy"` if left out. */
  readonly optimize?: Optimize | undefined;
}

/**
 * In which order `einsum` would contract the operands: the path, which `optimize` takes, and a text that says what it costs.
 * Arguments are those of `einsum`.
 *
 * @throws what `einsum` throws for subscripts and operands that do not fit.
 * @example
 * const [path] = np.einsumPath("ij,jk,kl->il", np.ones([2, 9]), np.ones([9, 9]), np.ones([9, 3]));
 * path; // ["einsum_path", [0, 1], [0, 1]]
 */
export function einsumPath(
  subscripts: string,
  ...operands: (ArrayInput | EinsumPathOptions)[]
): [path: EinsumPath, report: string];
export function einsumPath(
  a: ArrayInput,
  subscripts: Sublist,
  ...more: (ArrayInput | Sublist | EinsumPathOptions)[]
): [path: EinsumPath, report: string];
export function einsumPath(...all: unknown[]): [path: EinsumPath, report: string] {
  const [given, options] = withoutOptions(all);
  const equation = parseEquation(given, "einsumPath");
  const path = pathOf(equation, options.optimize ?? "greedy", "einsumPath");
  return [["einsum_path", ...path], pathReport(equation, contractionsOf(equation, path))];
}
