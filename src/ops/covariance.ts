import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { type ArrayInput, array, asarray } from "../array/create.ts";
import { diag } from "../array/diagonals.ts";
import { workingCopy } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { average } from "./average.ts";
import { expandDims, squeeze, transpose } from "./axes.ts";
import { clip } from "./clip.ts";
import { part } from "./differences.ts";
import { imag, real } from "./parts.ts";
import { dot } from "./products-vectors.ts";
import { sum } from "./sums.ts";
import { conj, divide, multiply, subtract } from "./ufuncs-arithmetic.ts";
import { sqrt } from "./ufuncs-exponential.ts";

/** How correlations are made. */
export interface CorrcoefOptions {
  /** Whether each row is a variable and each column an observation; true if left out. */
  readonly rowvar?: boolean | undefined;
  /** The dtype to compute in; float64 at least if left out. */
  readonly dtype?: DTypeLike | null | undefined;
}

/** How covariances are made. */
export interface CovOptions extends CorrcoefOptions {
  /** Whether to divide by the number of observations, and not by one less. */
  readonly bias?: boolean | undefined;
  /** What is subtracted from the number of observations; takes the place of `bias`. */
  readonly ddof?: number | null | undefined;
  /** How often each observation counts: integers. */
  readonly fweights?: ArrayInput | null | undefined;
  /** How much each observation counts. */
  readonly aweights?: ArrayInput | null | undefined;
}

/** The dtype that was asked for, else what the values become. */
type CovarianceOf<O> = O extends { readonly dtype: infer S extends DTypeLike }
  ? NDArray<DTypeOf<S>>
  : NDArray<"float64" | "complex128">;

/**
 * The covariances of variables: element (i, j) is that of variable i and variable j, the diagonal holds the variances.
 *
 * @param m variables by rows, observations by columns; one axis is one variable
 * @param y more variables, in the same form; null for none
 * @param options `{ rowvar, bias, ddof, fweights, aweights, dtype }`
 * @returns a new array of two axes, of float64 or complex128 unless a dtype is asked for; of no axes for one variable
 * @throws ShapeError for more than two axes, and when numbers of observations or weights differ.
 * @throws ValueError for negative weights and a `ddof` that is no integer; DTypeError for `fweights` that are none.
 * @example
 * np.cov([[0, 1, 2], [2, 1, 0]]).tolist(); // [[1, -1], [-1, 1]]
 */
export function cov<const O extends CovOptions = object>(
  m: ArrayInput,
  y: ArrayInput | null = null,
  options?: O,
): CovarianceOf<O> {
  return covariances(m, y, optionsFrom<CovOptions>(options, "cov"), "cov") as CovarianceOf<O>;
}

function covariances(
  m: ArrayInput,
  y: ArrayInput | null,
  options: CovOptions & CorrcoefOptions,
  caller: string,
): NDArray {
  const { bias = false, ddof = null } = options;
  if (ddof !== null && !Number.isInteger(ddof)) {
    throw new ValueError(`${caller}: ddof ${textOf(ddof)} is not an integer`);
  }
  const x = variables(m, y, options, caller);
  if (x.layout.shape[0] === 0)
    return x.layout.shape[1] === 0 ? x : emptyArray([0, 0], plain.float64, "C", caller);
  const observations = x.layout.shape[1]!;
  const frequencies = weightsOf(options.fweights ?? null, observations, caller, "fweights");
  const importances = weightsOf(options.aweights ?? null, observations, caller, "aweights");
  const w =
    frequencies !== null && importances !== null
      ? multiply(frequencies, importances)
      : (frequencies ?? importances);
  const [middle, total] = averages(x, w as NDArray | null);
  subtract(x, expandDims(middle, 1), { out: x, casting: "same_kind" });
  const known = ddof ?? (bias ? 0 : 1);
  const lost =
    importances === null || known === 0 ? known : (known * Number(sum(multiply(w!, importances)))) / total;
  const freedom = Math.max(w === null ? observations - known : total - lost, 0);
  const factors = w === null ? x : (multiply(x, w) as NDArray);
  const columns = transpose(factors);
  const products = dot(x, x.dtype.kind === "c" ? conj(columns) : columns) as NDArray;
  return squeeze(
    multiply(products, 1 / freedom, { out: products, casting: "same_kind" }) as NDArray,
  ) as NDArray;
}

/** The mean of each row, and the sum of the weights. */
function averages(x: NDArray, weights: NDArray | null): [NDArray, number] {
  const [means, sums] = average(x, { axis: 1, weights, returned: true }) as [NDArray, NDArray];
  const total = sums.at(0) as unknown;
  return [means, typeof total === "object" ? (total as { re: number }).re : Number(total)];
}

/** All variables as rows of a new array of the dtype to compute in. */
function variables(m: ArrayInput, y: ArrayInput | null, options: CorrcoefOptions, caller: string): NDArray {
  const given = [m, ...(y === null ? [] : [y])].map((one) => asarray(one));
  for (const one of given) {
    if (one.ndim <= 2) continue;
    throw new ShapeError(
      `${caller}: an array of shape ${shapeText(one.layout.shape)} has more than two axes`,
    );
  }
  const { rowvar = true, dtype = null } = options;
  const asked =
    dtype === null
      ? promoteAll([...given.map((one) => one.dtype), plain.float64], caller)
      : descriptorFor(dtype);
  const rows = given.map((one, k) => {
    const copy = workingCopy(one, asked, "K", caller);
    const two = array(copy, { copy: false, ndmin: 2 }) as NDArray;
    const asRow = rowvar || (k === 0 ? one.ndim === 1 : two.layout.shape[0] === 1);
    return asRow ? two : transpose(two);
  });
  const [first, second] = rows as [NDArray, NDArray?];
  if (second === undefined || first.layout.shape[0] === 0) return first;
  return stacked(first, second, caller);
}

function stacked(a: NDArray, b: NDArray, caller: string): NDArray {
  const [n, length] = a.layout.shape as [number, number];
  const [more, others] = b.layout.shape as [number, number];
  if (length !== others) {
    throw new ShapeError(`${caller}: the first variables have ${length} observations, the others ${others}`);
  }
  const both = emptyArray([n + more, length], a.dtype, "C", caller);
  assign(part(both, 0, 0, n), a, { casting: "unsafe", caller });
  assign(part(both, 0, n, n + more), b, { casting: "unsafe", caller });
  return both;
}

function weightsOf(given: ArrayInput | null, length: number, caller: string, name: string): NDArray | null {
  if (given === null) return null;
  const weights = array(given, "float64");
  const { shape } = weights.layout;
  if (shape.length !== 1 || shape[0] !== length) {
    throw new ShapeError(
      `${caller}: ${name} of shape ${shapeText(shape)} must be one for each of ${length} observations`,
    );
  }
  for (const weight of dataOf(weights)) {
    if (name === "fweights" && !Number.isInteger(weight)) {
      throw new DTypeError(`${caller}: ${weight} in fweights is not an integer`);
    }
    if (weight < 0) throw new ValueError(`${caller}: ${weight} in ${name} is negative`);
  }
  return weights;
}

/**
 * The correlations of variables (Pearson): covariances divided by both standard deviations, from -1 to 1.
 *
 * @param x variables by rows, observations by columns; one axis is one variable
 * @param y more variables, in the same form; null for none
 * @param options `{ rowvar, dtype }`
 * @returns a new array of two axes, of float64 or complex128 unless a dtype is asked for; of no axes for one variable
 * @throws what `cov` throws.
 * @example
 * np.corrcoef([[0, 1, 2], [2, 1, 0]]).tolist(); // [[1, -1], [-1, 1]]
 */
export function corrcoef<const O extends CorrcoefOptions = object>(
  x: ArrayInput,
  y: ArrayInput | null = null,
  options?: O,
): CovarianceOf<O> {
  const { rowvar, dtype } = optionsFrom<CorrcoefOptions>(options, "corrcoef");
  const c = covariances(x, y, { rowvar, dtype }, "corrcoef");
  if (c.ndim === 0) return divide(c, c) as NDArray as CovarianceOf<O>;
  const deviations = sqrt(real(diag(c)) as NDArray) as NDArray;
  divide(c, expandDims(deviations, 1), { out: c });
  divide(c, expandDims(deviations, 0), { out: c });
  for (const one of c.dtype.kind === "c" ? [real(c), imag(c)] : [c])
    clip(one as NDArray, -1, 1, { out: one as NDArray });
  return c as CovarianceOf<O>;
}
