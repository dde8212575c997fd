import { IndexError, textOf, ValueError } from "../errors.ts";

/**
 * An axis counted from the front, from one that may be counted from the back.
 *
 * @throws IndexError when `axis` is not an integer or not an axis of an array of `ndim` dimensions.
 */
export function normalizeAxis(axis: number, ndim: number, caller: string): number {
  // Adding 0 turns -0 into 0.
  if (Number.isInteger(axis) && axis >= -ndim && axis < ndim) return axis < 0 ? axis + ndim : axis + 0;
  throw badAxis(axis, ndim, caller);
}

/**
 * The axes counted from the front, in the order given.
 *
 * @throws IndexError for an axis that does not exist.
 * @throws ValueError for an axis named twice.
 */
export function normalizeAxes(axes: number | readonly number[], ndim: number, caller: string): number[] {
  if (typeof axes === "number") return [normalizeAxis(axes, ndim, caller)];
  if (!Array.isArray(axes)) throw noAxes(axes, caller);
  const result = new Array<number>(axes.length);
  for (let k = 0; k < axes.length; k++) {
    const axis = normalizeAxis(axes[k]!, ndim, caller);
    for (let j = 0; j < k; j++) {
      if (result[j] === axis)
        throw new ValueError(`${caller}: repeated axis: ${axes[k]} names axis ${axis} again`);
    }
    result[k] = axis;
  }
  return result;
}

function noAxes(given: unknown, caller: string): IndexError {
  const what = typeof given === "object" || typeof given === "function" ? `a ${typeof given}` : textOf(given);
  return new IndexError(`${caller}: wanted an axis or a list of axes, given ${what}`);
}

function badAxis(axis: unknown, ndim: number, caller: string): IndexError {
  if (!Number.isInteger(axis)) return new IndexError(`${caller}: axis ${textOf(axis)} is not an integer`);
  return new IndexError(
    `${caller}: axis ${textOf(axis)} is out of bounds for array of dimension ${typeof ndim === "number" ? ndim : textOf(ndim)}`,
  );
}
