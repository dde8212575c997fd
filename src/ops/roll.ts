import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { tolist } from "../array/elements.ts";
import { NDArray } from "../array/ndarray.ts";
import { IndexError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { keepStrides } from "../layout/order.ts";
import { type AxisOption, axisOption, type WithAxis } from "./axis-option.ts";
import type { Axes } from "./input.ts";
import { freshFor } from "./joining.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/** How far: one number, or one for each axis, as a list or an array. */
export type Shift = number | bigint | readonly (number | bigint)[] | NDArray;

/**
 * Elements moved along axes by so many places; those moved over the end come back at the start. Without an axis, all
 * elements in C order, under the shape that they had. Returns a copy.
 *
 * @param shift how far, also backwards; one for each axis, or one for all of them
 * @param options an axis or several, or `{ axis }`; an axis named twice is moved twice
 * @throws IndexError for an axis that is not there, ShapeError when there is not one shift for each axis.
 * @throws ValueError for a shift that is not finite.
 * @example
 * np.roll([1, 2, 3, 4], 1).tolist(); // [4, 1, 2, 3]
 * np.roll([[1, 2], [3, 4]], [1, 1], [0, 1]).tolist(); // [[4, 3], [2, 1]]
 */
export function roll<V extends ArrayInput>(
  a: V,
  shift: Shift,
  options?: AxisOption<WithAxis<Axes | null>>,
): NDArray<InputDType<V>> {
  const { axis = null } = axisOption<WithAxis<Axes | null>>(options, "roll");
  const x = (a instanceof NDArray ? a : asarray(a as ArrayInput)) as NDArray;
  if (axis === null) return rollFlat(x, shift) as NDArray<InputDType<V>>;
  const shifts = shiftsFrom(shift, axis, x.layout.shape);
  const result = freshFor(x.layout.shape, x.dtype, keepStrides(x.layout, x.itemsize), "roll");
  moveRolled(x, result, shifts);
  return result as NDArray<InputDType<V>>;
}

function rollFlat(x: NDArray, shift: Shift): NDArray {
  const line = ravel(x) as NDArray;
  const { shape } = x.layout;
  const result = freshFor(shape, x.dtype, "C", "roll");
  const axes = shiftList(shift).map(() => 0);
  const flat = result.viewAs({
    shape: line.layout.shape,
    strides: [x.itemsize],
    offset: result.layout.offset,
  });
  moveRolled(line, flat, shiftsFrom(shift, axes, line.layout.shape));
  return result;
}

/** For each axis, how far its elements are moved forwards: from 0 to below its length. */
function shiftsFrom(shift: Shift, axis: Axes, shape: readonly number[]): number[] {
  const totals = new Array<number>(shape.length).fill(0);
  const [shifts, axes] = [shiftList(shift), axesFrom(axis)];
  const count = shifts.length === 1 ? axes.length : shifts.length;
  if (axes.length !== count && axes.length !== 1) {
    throw new ShapeError(`roll: ${shifts.length} shifts for ${axes.length} axes; give one for each, or one`);
  }
  for (let k = 0; k < count; k++) {
    const along = normalizeAxis(axes[axes.length === 1 ? 0 : k] as number, shape.length, "roll");
    const length = shape[along]!;
    const by = within(shifts[shifts.length === 1 ? 0 : k]!, length);
    totals[along] = (totals[along]! + by) % Math.max(1, length);
  }
  return totals;
}

function axesFrom(axis: Axes): readonly number[] {
  if (Array.isArray(axis)) return axis;
  if (typeof axis === "number") return [axis];
  throw new IndexError(`roll: ${textOf(axis)} is no axis and no list of axes`);
}

function shiftList(shift: Shift): readonly (number | bigint)[] {
  if (typeof shift === "number" || typeof shift === "bigint") return [shift];
  if (Array.isArray(shift)) return shift;
  if (!(shift instanceof NDArray))
    throw new ValueError(`roll: shift ${textOf(shift)} is no number and no list of them`);
  if (shift.ndim < 2 && "iu".includes(shift.dtype.kind)) return tolist(ravel(shift)) as (number | bigint)[];
  throw new ValueError(
    `roll: shift must be integers in one axis at most, given ${shift.dtype} in ${shift.ndim}`,
  );
}

function within(shift: number | bigint, length: number): number {
  if (typeof shift === "bigint" && length === 0) return 0;
  if (typeof shift === "bigint") return Number(((shift % BigInt(length)) + BigInt(length)) % BigInt(length));
  if (typeof shift !== "number" || !Number.isFinite(shift))
    throw new ValueError(`roll: shift ${textOf(shift)} is not a finite number`);
  if (length === 0) return 0;
  const by = Math.trunc(shift) % length;
  return by < 0 ? by + length : by + 0;
}

/** Each axis that is moved is cut in two, and the parts are copied to where they belong. */
function moveRolled(x: NDArray, target: NDArray, shifts: readonly number[]): void {
  if (x.size === 0) return;
  const [from, to] = [placeOf(x), placeOf(target)];
  const lengths = x.shape;
  const move = (axis: number, p: number, q: number): void => {
    if (axis === lengths.length) {
      castElements(lengths, { ...from, offset: p }, { ...to, offset: q });
      return;
    }
    const [length, shift] = [x.layout.shape[axis]!, shifts[axis]!];
    const [s, d] = [from.strides[axis]!, to.strides[axis]!];
    lengths[axis] = length - shift;
    move(axis + 1, p, q + shift * d);
    if (shift === 0) return;
    lengths[axis] = shift;
    move(axis + 1, p + (length - shift) * s, q);
  };
  move(0, from.offset, to.offset);
}
