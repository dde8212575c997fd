import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { multiplyKernel, negativeKernel, subtractKernel } from "../engine/kernels/arithmetic.ts";
import { callUfunc } from "../engine/ufunc-call.ts";
import { UfuncCore } from "../engine/ufunc-core.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { shapeText } from "../layout/layout.ts";
import { moveAxes } from "../layout/movement.ts";
import type { ProductOf } from "./products.ts";

/** Along which axes the vectors lie. */
export interface CrossOptions {
  /** The axis of the vectors of `a`; the last one if left out. */
  readonly axisa?: number | undefined;
  /** The axis of the vectors of `b`. */
  readonly axisb?: number | undefined;
  /** The axis of the vectors of the result. */
  readonly axisc?: number | undefined;
  /** One axis in place of all three. */
  readonly axis?: number | null | undefined;
}

const loops = "nn->n: bBhHiIlLefdFD";
const multiply = /* @__PURE__ */ new UfuncCore({ name: "cross", nin: 2, loops, kernel: multiplyKernel });
const subtract = /* @__PURE__ */ new UfuncCore({ name: "cross", nin: 2, loops, kernel: subtractKernel });
const negative = /* @__PURE__ */ new UfuncCore({
  name: "cross",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: negativeKernel,
});

/**
 * The cross product of vectors of 3 elements, or of 2, whose third is taken for 0; the other axes broadcast. Of vectors
 * that all have 2 elements only the third element of the result is given, without its axis: NumPy has deprecated vectors
 * of 2 elements, and so should new code be without them. Returns a copy.
 *
 * @throws ShapeError when vectors are not of 2 or 3 elements, or stacks do not broadcast.
 * @throws DTypeError for bool.
 * @example
 * np.cross([1, 0, 0], [0, 1, 0]).tolist(); // [0, 0, 1]
 */
export function cross<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
  options: CrossOptions = {},
): NDArray<ProductOf<A, B>> {
  const { axis = null, axisa = -1, axisb = -1, axisc = -1 } = optionsFrom(options, "cross");
  const given = [asarray(a), asarray(b)] as NDArray[];
  const dtype = promoteAll(
    given.map((one) => one.dtype),
    "cross",
  );
  if (dtype === plain.bool || dtype.kind === "V") {
    throw new DTypeError(`cross: there is no difference of ${dtype}; cast to an integer or a float first`);
  }
  const x = vectors(given[0]!, axis ?? axisa, dtype);
  const y = vectors(given[1]!, axis ?? axisb, dtype);
  const [m, n] = [x.layout.shape.at(-1)!, y.layout.shape.at(-1)!];
  const stack = broadcastShapes([x.layout.shape.slice(0, -1), y.layout.shape.slice(0, -1)], "cross");
  if (m === 2 && n === 2) {
    const only = unsetArray(stack, dtype, "C", "cross");
    minor(x, y, 0, 1, only);
    return only as NDArray<ProductOf<A, B>>;
  }
  const at = normalizeAxis(axis ?? axisc, stack.length + 1, "cross");
  const result = unsetArray([...stack, 3], dtype, "C", "cross");
  minor(x, y, 1, 2, component(result, 0)!);
  minor(x, y, 2, 0, component(result, 1)!);
  minor(x, y, 0, 1, component(result, 2)!);
  return result.viewAs(moveAxes(result.layout, -1, at, "cross")) as NDArray<ProductOf<A, B>>;
}

/** The operand with its vectors along the last axis, in the dtype of the result. */
function vectors(a: NDArray, axis: number, dtype: Descriptor): NDArray {
  if (a.ndim === 0) throw new ShapeError("cross: an array of no axes has no vectors; it needs at least 1");
  const at = normalizeAxis(axis, a.ndim, "cross");
  const length = a.layout.shape[at]!;
  if (length !== 2 && length !== 3) {
    throw new ShapeError(
      `cross: axis ${at} of shape ${shapeText(a.layout.shape)} has length ${length}; vectors have 2 or 3 elements`,
    );
  }
  const moved = a.viewAs(moveAxes(a.layout, at, -1, "cross"));
  return a.dtype === dtype ? moved : workingCopy(moved, dtype, "K", "cross");
}

/** Element `k` of each vector; null for the third of two. */
function component(a: NDArray, k: number): NDArray | null {
  const { shape, strides, offset } = a.layout;
  if (k >= shape.at(-1)!) return null;
  const at = offset + k * strides.at(-1)!;
  return a.viewAs({ shape: shape.slice(0, -1), strides: strides.slice(0, -1), offset: at });
}

/** x[p] · y[q] − x[q] · y[p], where what is missing is 0 and is left out. */
function minor(x: NDArray, y: NDArray, p: number, q: number, out: NDArray): void {
  const [xp, xq, yp, yq] = [component(x, p), component(x, q), component(y, p), component(y, q)];
  const first = xp !== null && yq !== null;
  const second = xq !== null && yp !== null;
  if (first) callUfunc(multiply, [xp, yq], { out });
  else if (second) {
    callUfunc(multiply, [xq, yp], { out });
    callUfunc(negative, [out], { out });
  }
  if (first && second) callUfunc(subtract, [out, callUfunc(multiply, [xq, yp], {}) as NDArray], { out });
}
