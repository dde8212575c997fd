import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { orderSeveral } from "../engine/sort-order.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { shapeText } from "../layout/layout.ts";
import { orderOf, sortOptions } from "./sort-options.ts";

/** The keys: those of a list, or the parts of an array along its first axis. */
function keysFrom(keys: readonly ArrayInput[] | NDArray): NDArray[] {
  if (keys instanceof NDArray) {
    const count = keys.ndim === 0 ? 0 : keys.layout.shape[0]!;
    return Array.from({ length: count }, (_, k) => keys.slice(k));
  }
  return Array.isArray(keys) ? keys.map((key: ArrayInput) => asarray(key)) : [];
}

/**
 * The positions of elements sorted by several keys: by the last one, where it is the same by the one before, and so on. Of
 * elements whose keys are all the same the order stays. Returns a new array of int32 in C order.
 *
 * @param keys arrays of one shape, or an array whose first axis is that of the keys
 * @param options an axis, or `{ axis }`; the last one if left out
 * @throws DTypeError when there is no key; ShapeError when their shapes differ; IndexError for an axis that is not there.
 * @example
 * const surname = np.array([2, 0, 1]);
 * const name = np.array([1, 1, 0]);
 * np.lexsort([surname, name]).tolist(); // [2, 1, 0]
 */
export function lexsort(
  keys: readonly ArrayInput[] | NDArray,
  options?: number | { readonly axis?: number | undefined },
): NDArray<"int32"> {
  const { axis } = sortOptions<{ readonly axis?: number | undefined }>(options, "lexsort");
  const arrays = keysFrom(keys);
  const first = arrays[0];
  if (first === undefined) throw new DTypeError("lexsort: keys must be a list of at least one array");
  const { shape } = first.layout;
  for (const one of arrays) {
    const { shape: other } = one.layout;
    if (other.length !== shape.length || other.some((length, k) => length !== shape[k])) {
      throw new ShapeError(
        `lexsort: keys must have one shape, not ${shapeText(shape)} and ${shapeText(other)}`,
      );
    }
  }
  const orders = arrays.map((one) => orderOf(one.dtype, {}, "lexsort"));
  const result = unsetArray(shape, plain.int32, "C", "lexsort");
  if (shape.length === 0) {
    // One element, at position 0.
    if (axis !== null) normalizeAxis(axis, 1, "lexsort");
    result.storage.view.setInt32(result.layout.offset, 0, true);
    return result;
  }
  const along = normalizeAxis(axis ?? -1, shape.length, "lexsort");
  orderSeveral(
    shape,
    along,
    arrays.map((one) => placeOf(one)),
    placeOf(result),
    orders,
    "lexsort",
  );
  return result;
}
