import type { ArrayInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { type AccumulateOptions, accumulateUfunc } from "../engine/accumulate.ts";
import { atUfunc } from "../engine/at.ts";
import type { IndexPart } from "../engine/index-offsets.ts";
import { outerUfunc } from "../engine/outer.ts";
import { type ReduceOptions, reduceUfunc } from "../engine/reduce.ts";
import { type ReduceatOptions, reduceatUfunc } from "../engine/reduceat.ts";
import { loopDTypes } from "../engine/resolve-dtypes.ts";
import { coreOf, ufuncPrototype } from "../engine/ufunc.ts";
import { binaryPrototype } from "../engine/ufunc-binary.ts";
import type { UfuncOptions } from "../engine/ufunc-options.ts";
import { give } from "./give.ts";

/** The methods of ufuncs: `np.add.reduce(a)`, `np.add.at(a, index, b)`. */

/** Options of a reduction that gives a scalar. */
export interface WholeOptions extends ReduceOptions {
  readonly axis: null;
  readonly keepdims?: false | undefined;
  readonly out?: null | undefined;
}

/** An axis, several axes, or options: the axis may stand for them. */
export type AxisOrOptions<O> = number | readonly number[] | O;

declare module "../engine/ufunc.ts" {
  interface Ufunc {
    /**
     * Changes the elements of `a` that an index names, one after another: one that is named twice is changed twice. The
     * index is an integer, a slice, an array or a list of integers, a mask, or a list of several of these of which one is
     * an array, a text or null; lists of numbers alone are one array of integers.
     *
     * @throws IndexError when an index is out of bounds; nothing is changed then.
     */
    at(a: NDArray, index: IndexPart, b?: ArrayInput): void;
    /**
     * The dtypes that the loop for operands of some dtypes takes and gives: `np.add.resolveDtypes(["int32", "float32", null])`
     * is float64 three times. Null stands for a result; a dtype there must be one that the loop's may be cast to.
     *
     * @throws DTypeError when there is no such loop, or `casting` (`"same_kind"` if left out) does not allow a cast.
     */
    resolveDtypes(
      dtypes: readonly (DTypeLike | null)[],
      options?: { readonly casting?: Casting | undefined },
    ): Descriptor[];
  }
}

declare module "../engine/ufunc-binary.ts" {
  interface BinaryUfunc {
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
}

/** Options in which an axis, or null, stood for them. */
function withAxis<O extends object>(options: AxisOrOptions<O> | null | undefined): O {
  if (options === undefined) return {} as O;
  const isAxis = options === null || typeof options === "number" || Array.isArray(options);
  return isAxis ? ({ axis: options } as unknown as O) : (options as O);
}

give(ufuncPrototype, {
  at(a: NDArray, index: IndexPart, b?: ArrayInput) {
    atUfunc(coreOf(this), a, index, b);
  },
  resolveDtypes(
    dtypes: readonly (DTypeLike | null)[],
    { casting = "same_kind" }: { readonly casting?: Casting | undefined } = {},
  ) {
    return loopDTypes(coreOf(this), dtypes, casting);
  },
});

give(binaryPrototype, {
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
