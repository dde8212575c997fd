import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import type { ArrayInput } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import { valueOf } from "../array/elements.ts";
import { requireWriteable } from "../array/flags.ts";
import { putFlat, repeatedLine } from "../array/flatmove.ts";
import { countMask, spreadMasked } from "../array/maskpack.ts";
import { NDArray } from "../array/ndarray.ts";
import { truthsOf } from "../array/truths.ts";
import { requireCast } from "../dtype/cast.ts";
import { DTypeError, IndexError, ShapeError, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import type { IndexMode } from "../wasm/indices.ts";
import { arrayFrom } from "./input.ts";
import { reshape } from "./reshape.ts";
import { indicesFrom, type ModeOptions, modeFrom } from "./take.ts";

function requireTarget(a: unknown, caller: string): asserts a is NDArray {
  if (!(a instanceof NDArray))
    throw new DTypeError(`${caller}: the first argument must be an array to change`);
  requireWriteable(a, caller);
}

/**
 * Writes values to the elements at positions in C order, the values from the start again when they run out: the last one
 * stays where a position is named twice. Changes `a`.
 *
 * @param options `"raise"`, `"wrap"` or `"clip"` for positions out of bounds, or `{ mode }`
 * @throws IndexError when a position is out of bounds; nothing has been written then.
 * @throws ValueError when the array is read-only, or a value does not fit its dtype.
 * @example
 * const a = np.zeros([2, 3]);
 * np.put(a, [0, -1], [7, 8]);
 * a.tolist(); // [[7, 0, 0], [0, 0, 8]]
 */
export function put(
  a: NDArray,
  indices: ArrayInput,
  values: ArrayInput,
  options?: IndexMode | ModeOptions,
): void {
  const mode = modeFrom(typeof options === "string" ? options : optionsFrom(options, "put").mode, "put");
  requireTarget(a, "put");
  const positions = indicesFrom(indices, "put");
  const given = valueOf(values, a.dtype);
  if (a.size === 0 && positions.size > 0) {
    throw new IndexError("put: an array without elements has none to replace");
  }
  if (given.size === 0 || positions.size === 0) return;
  putFlat(a, positions, repeatedLine(given, positions.size, a.dtype, "put"), mode, "put");
}

/** A mask in the shape of an array: as many elements, in C order. */
function maskLike(a: NDArray, mask: ArrayInput, caller: string): NDArray {
  const given: NDArray = arrayFrom(mask);
  if (given.size !== a.size) {
    throw new ShapeError(
      `${caller}: a mask of shape ${shapeText(given.layout.shape)} is not of the same size as the array, of shape ${shapeText(a.layout.shape)}`,
    );
  }
  return reshape(truthsOf(given, caller), a.layout.shape) as NDArray;
}

/** Values in the dtype of an array: an array must cast safely, what is none must fit. */
function safeValues(a: NDArray, values: ArrayInput, caller: string): NDArray {
  const given = valueOf(values, a.dtype);
  requireCast(given.dtype, a.dtype, "safe", caller);
  return given;
}

/**
 * Writes values to the elements where a mask is true, one after another in C order, from the start again when they run out.
 * Changes `a`.
 *
 * @param mask as many elements as the array has; what is not 0 is true
 * @throws ValueError when the array is read-only, or there are no values to write; ShapeError for a mask of another size.
 * @throws DTypeError when the values do not cast safely.
 * @example
 * const a = np.array([1, 2, 3, 4]);
 * np.place(a, np.greater(a, 1), [7, 8]);
 * a.tolist(); // [1, 7, 8, 7]
 */
export function place(a: NDArray, mask: ArrayInput, values: ArrayInput): void {
  requireTarget(a, "place");
  const picks = maskLike(a, mask, "place");
  const given = safeValues(a, values, "place");
  const count = countMask(picks, "place");
  if (count === 0) return;
  if (given.size === 0) throw new ValueError("place: there are no values to write");
  const line = repeatedLine(given, count, a.dtype, "place");
  if (a.ndim > 0 && line.layout.strides[0] !== 0) spreadMasked(a, picks, line, "place");
  else writeOne(a, line, picks, "place");
}

/** Writes the first of some values wherever a mask is true. */
function writeOne(a: NDArray, values: NDArray, where: NDArray, caller: string): void {
  const one = values.viewAs({ shape: [], strides: [], offset: values.layout.offset });
  const element = values.dtype.equals(a.dtype) ? one : castArray(one, a.dtype, "C", caller);
  assign(a, element, { casting: "no", caller, where });
}

/**
 * Writes to the elements where a mask is true the value that stands at the same place in C order: values start again when they
 * run out, also where the mask is false. Changes `a`.
 *
 * @param mask as many elements as the array has; what is not 0 is true
 * @throws ValueError when the array is read-only; ShapeError for a mask of another size.
 * @throws DTypeError when the values do not cast safely.
 * @example
 * const a = np.array([1, 2, 3, 4]);
 * np.putmask(a, np.greater(a, 1), [7, 8]);
 * a.tolist(); // [1, 8, 7, 8]
 */
export function putmask(a: NDArray, mask: ArrayInput, values: ArrayInput): void {
  requireTarget(a, "putmask");
  const where = maskLike(a, mask, "putmask");
  const given = safeValues(a, values, "putmask");
  if (given.size === 0 || a.size === 0) return;
  if (given.size === 1) {
    writeOne(a, given.viewAs({ shape: [1], strides: [0], offset: given.layout.offset }), where, "putmask");
    return;
  }
  const line = repeatedLine(given, a.size, a.dtype, "putmask");
  assign(a, reshape(line, a.layout.shape) as NDArray, { casting: "no", caller: "putmask", where });
}
