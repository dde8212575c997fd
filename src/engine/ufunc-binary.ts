import type { ArrayInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType, Value } from "../dtype/map.ts";
import { type AccumulateOptions, accumulateUfunc } from "./accumulate.ts";
import { outerUfunc } from "./outer.ts";
import { type ReduceOptions, reduceUfunc } from "./reduce.ts";
import { type ReduceatOptions, reduceatUfunc } from "./reduceat.ts";
import { type AnyCall, coreOf, sharedBy, type Ufunc, ufuncOver } from "./ufunc.ts";
import type { UfuncDefinition } from "./ufunc-core.ts";
import type { UfuncOptions } from "./ufunc-options.ts";

/**
 * Ufuncs of two operands and one result have more methods than others. They stand in a file of their own, so that who
 * takes a sine does not load what adds up.
 */

/** Options of a reduction that gives a scalar. */
export interface WholeOptions extends ReduceOptions {
  readonly axis: null;
  readonly keepdims?: false | undefined;
  readonly out?: null | undefined;
}

/** An axis, several axes, or options: the axis may stand for them. */
export type AxisOrOptions<O> = number | readonly number[] | O;

/** What a ufunc of two operands and one result has besides its call. */
export interface BinaryUfunc extends Ufunc {
  /**
   * The ufunc of all pairs of elements: of shapes (2, 3) and (4,) come results of shape (2, 3, 4). Returns a copy.
   *
   * @throws what the call of the ufunc throws.
   */
  outer(a: ArrayInput, b: ArrayInput, options?: UfuncOptions): NDArray;
  /**
   * The ufunc from element to element along an axis (0 if left out), along several, or with `axis: null` over all: then
   * the result is a scalar, unless `out` or `keepdims` is given. Returns a copy.
   *
   * @throws ValueError when there is no element, no identity and no `initial`.
   */
  reduce(a: ArrayInput, options: null | WholeOptions): Value<DType>;
  reduce(a: ArrayInput, options?: AxisOrOptions<ReduceOptions>): NDArray;
  /** The ufunc from element to element along an axis (0 if left out), with all that comes on the way. Returns a copy. */
  accumulate(a: ArrayInput, options?: AxisOrOptions<AccumulateOptions>): NDArray;
  /**
   * Reductions of slices along an axis (0 if left out): from each index to the next, where that is greater, else the
   * element at the index. Returns a copy.
   *
   * @throws IndexError when an index is out of bounds.
   */
  reduceat(a: ArrayInput, indices: ArrayInput, options?: AxisOrOptions<ReduceatOptions>): NDArray;
}

function prototype(): object {
  return sharedBy({
    outer(a: ArrayInput, b: ArrayInput, options?: UfuncOptions) {
      return outerUfunc(coreOf(this), a, b, options);
    },
    reduce(a: ArrayInput, options?: AxisOrOptions<ReduceOptions> | null) {
      return reduceUfunc(coreOf(this), a, withAxis(options));
    },
    accumulate(a: ArrayInput, options?: AxisOrOptions<AccumulateOptions>) {
      return accumulateUfunc(coreOf(this), a, withAxis(options));
    },
    reduceat(a: ArrayInput, indices: ArrayInput, options?: AxisOrOptions<ReduceatOptions>) {
      return reduceatUfunc(coreOf(this), a, indices, withAxis(options));
    },
  });
}

/** Options in which an axis, or null, stood for them. */
function withAxis<O extends object>(options: AxisOrOptions<O> | null | undefined): O {
  if (options === undefined) return {} as O;
  const isAxis = options === null || typeof options === "number" || Array.isArray(options);
  return isAxis ? ({ axis: options } as unknown as O) : (options as O);
}

const shared = /* @__PURE__ */ prototype();

/** A ufunc of two operands and one result from its row of the table; `F` says how it may be called. */
export function binaryUfunc<F extends AnyCall>(row: UfuncDefinition): F & BinaryUfunc {
  return ufuncOver(row, shared) as unknown as F & BinaryUfunc;
}
