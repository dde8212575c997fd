import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { isSolid } from "../array/cast.ts";
import { chooseLanes, type LaneChoice } from "../array/chooseloops.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { elementArray, emptyArray } from "../array/fresh.ts";
import { wholeNumbers } from "../array/index-plan.ts";
import { laneWidth } from "../array/moveloops.ts";
import { NDArray } from "../array/ndarray.ts";
import { allPlaces, placesOf } from "../array/places.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import { resultType } from "../dtype/result.ts";
import { isScalarOperand } from "../engine/ufunc-scalars.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import type { IndexMode } from "../wasm/indices.ts";
import { arrayFrom } from "./input.ts";
import { type ModeOptions, modeFrom } from "./take.ts";

/** How `choose` chooses, and where the result goes. */
export interface ChooseOptions extends ModeOptions {
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
}

/** The most choices, as in NumPy. */
const MOST = 64;

/**
 * For each place the element of one of several arrays, of which `a` holds the number: all are broadcast. The dtype is that of
 * the choices promoted, with scalars weak beside arrays. Returns a copy in C order.
 *
 * @param a integers from 0 on
 * @param choices a list of arrays, or an array whose first axis is the list
 * @param options `{ out, mode }`; with `"wrap"` numbers out of range count around, with `"clip"` the nearest is taken
 * @throws ValueError when a number is no choice; DTypeError when they are no integers; ShapeError when shapes do not fit.
 * @example
 * np.choose([1, 0, 1], [[1, 2, 3], [10, 20, 30]]).tolist(); // [10, 2, 30]
 */
export function choose(
  a: ArrayInput,
  choices: readonly ArrayInput[] | NDArray,
  options: ChooseOptions = {},
): NDArray {
  const { mode: given, out = null } = optionsFrom(options, "choose");
  const mode = modeFrom(given, "choose");
  const list = choicesFrom(choices);
  const which = numbersFrom(a);
  const arrays = list.map((one) => (isScalarOperand(one) ? null : (arrayFrom(one) as NDArray)));
  const dtype = resultType(...list.map((one, k) => arrays[k] ?? (one as ScalarLike))) as Descriptor<DType>;
  const all = arrays.map(
    (one, k) => one ?? elementArray(dtype.access.coerce(list[k] as never), dtype, "choose"),
  );
  const shape = broadcastShapes(
    [which, ...all].map((one) => one.layout.shape),
    "choose",
  );
  const numbers = chosenNumbers(which, shape, list.length, mode);
  const result = chosen(numbers, all, dtype, shape);
  return into(result, out);
}

function into(result: NDArray, out: NDArray | null): NDArray {
  if (out === null) return result;
  if (!(out instanceof NDArray)) throw new ValueError(`choose: out ${textOf(out)} is no array`);
  if (!isSameShape(out.layout.shape, result.layout.shape)) {
    throw new ShapeError(
      `choose: out has shape ${shapeText(out.layout.shape)}, the result ${shapeText(result.layout.shape)}`,
    );
  }
  assign(out, result, { casting: "unsafe", caller: "choose" });
  return out;
}

function choicesFrom(choices: unknown): readonly ArrayInput[] {
  const list = choices instanceof NDArray ? firstAxis(choices) : choices;
  if (!Array.isArray(list)) throw new ValueError(`choose: ${textOf(choices)} is no list of choices`);
  if (list.length > 0 && list.length <= MOST) return list as ArrayInput[];
  throw new ValueError(`choose: wanted 1 to ${MOST} choices, given ${list.length}`);
}

function firstAxis(a: NDArray): NDArray[] {
  if (a.ndim === 0) throw new ValueError("choose: an array of no axes is no list of choices");
  const { shape, strides, offset } = a.layout;
  if (shape[0]! > MOST) throw new ValueError(`choose: wanted 1 to ${MOST} choices, given ${shape[0]}`);
  return Array.from({ length: shape[0]! }, (_, k) =>
    a.viewAs({ shape: shape.slice(1), strides: strides.slice(1), offset: offset + k * strides[0]! }),
  );
}

/** The numbers of the choices as an array of integers; what int64 does not hold for sure is refused, as in NumPy. */
function numbersFrom(a: ArrayInput): NDArray {
  const given: NDArray = asarray(a);
  const isArray = a instanceof NDArray || ArrayBuffer.isView(a);
  const array = isArray ? given : (wholeNumbers(given) ?? given);
  const { kind, itemsize } = array.dtype;
  if (kind === "b") return workingCopy(array, asarray(new Uint8Array(0)).dtype, "C", "choose");
  if (kind === "i" || (kind === "u" && itemsize < 8)) return array;
  throw new DTypeError(`choose: the numbers of the choices must be integers, not ${array.dtype}; use astype`);
}

function chosenNumbers(which: NDArray, shape: readonly number[], count: number, mode: IndexMode): Int32Array {
  const array = workingCopy(which.viewAs(broadcastLayout(which.layout, shape)!), which.dtype, "C", "choose");
  if (mode === "raise") requireChoices(array, count);
  return allPlaces(placesOf([{ array, axis: 0, length: count, stride: 1 }], shape, 1, mode, "choose"));
}

/** Negative numbers are no choices, other than in an index. */
function requireChoices(array: NDArray, count: number): void {
  const { access, itemsize } = array.dtype;
  for (let k = 0; k < array.size; k++) {
    const number = access.read(array.storage.view, array.layout.offset + k * itemsize) as number | bigint;
    if (number < 0 || number >= count) {
      throw new ValueError(`choose: ${number} is no choice; there are ${count}, from 0 on`);
    }
  }
}

function chosen(
  numbers: Int32Array,
  all: readonly NDArray[],
  dtype: Descriptor<DType>,
  shape: readonly number[],
): NDArray {
  const result = emptyArray(shape, dtype, "C", "choose");
  if (result.size === 0) return result;
  if (!isSolid(dtype))
    throw new DTypeError(`choose: cannot choose between elements of ${dtype}; take a field`);
  const choices = all.map((one) => lined(one, dtype, shape));
  const width = laneWidth(
    dtype.itemsize,
    { strides: choices.map(({ step }) => step), offset: 0 },
    { strides: choices.map(({ from }) => from), offset: result.layout.offset },
  );
  chooseLanes(numbers, choices, result.storage, result.layout.offset, dtype.itemsize, width);
  return result;
}

/** A choice as one line of the dtype, or one element that stands still. */
function lined(one: NDArray, dtype: Descriptor, shape: readonly number[]): LaneChoice {
  const cast = one.dtype.equals(dtype) ? one : workingCopy(one, dtype, "K", "choose");
  if (cast.size === 1) return { storage: cast.storage, from: cast.layout.offset, step: 0 };
  const stretched = cast.viewAs(broadcastLayout(cast.layout, shape)!);
  const line = stretched.isContiguous("C")
    ? stretched
    : workingCopy(stretched, stretched.dtype, "C", "choose");
  return { storage: line.storage, from: line.layout.offset, step: dtype.itemsize };
}
