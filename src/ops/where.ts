import { assign } from "../array/assign.ts";
import type { TypedPlace } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import { type DateDType, isDate } from "../dtype/dates.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import { resultType } from "../dtype/result.ts";
import { isString } from "../dtype/strings.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { blendKernel } from "../engine/blend.ts";
import { elementwise } from "../engine/drive.ts";
import type { Loop } from "../engine/loop.ts";
import { isScalarOperand, scalarPlace } from "../engine/ufunc-scalars.ts";
import type { PromotedInputs } from "../engine/ufunc-types.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { isSameShape } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { arrayFrom } from "./input.ts";
import { indicesOf } from "./nonzero.ts";

const loops = new Map<PlainDType, Loop>();

/** The choice between elements of a dtype: the second input where the first is true, else the third. */
function loopOf(dtype: Descriptor): Loop {
  const type = dtype.type as PlainDType;
  let loop = loops.get(type);
  if (loop === undefined) {
    const blend = blendKernel(dtype.itemsize);
    const run = (n: number, mask: number, yes: number, no: number, out: number) => {
      blend.run(n, mask, no, yes, out);
    };
    const kernel = { in: ["bool", type, type], out: [type], run } as const;
    loop = { name: "where", inputs: [plain.bool, dtype, dtype], outputs: [dtype], kernel };
    loops.set(type, loop);
  }
  return loop;
}

/** The choice between moments, or between spans: that between their counts. */
function chosenDates(
  mask: NDArray,
  given: readonly ArrayInput[],
  arrays: readonly (NDArray | null)[],
  dtype: Descriptor<DateDType>,
): NDArray {
  const [x, y] = arrays.map((a, k) => {
    const own =
      a === null ? asarray(given[k]!, dtype) : a.dtype === dtype ? a : workingCopy(a, dtype, "K", "where");
    return own.retype(own.layout, plain.int64);
  });
  const counts = where(mask, x!, y!);
  return new NDArray(counts.storage, counts.layout, dtype as Descriptor, null, counts.bits);
}

/** An operand stretched to a shape: where it is. */
function placed(a: NDArray, shape: readonly number[]): TypedPlace {
  return placeOf(a, broadcastLayout(a.layout, shape)!);
}

/** The choice between strings: one side is copied, and the other written over it. */
function chosenStrings(
  mask: NDArray,
  [x, y]: NDArray[],
  shape: readonly number[],
  dtype: Descriptor,
): NDArray {
  const all = [mask, x!, y!].map((a) => placed(a, shape).strides);
  const out = emptyArray(shape, dtype, allocatedStrides(shape, all, dtype.itemsize), "where");
  assign(out, y!, { casting: "unsafe", caller: "where" });
  assign(out, x!, { casting: "unsafe", caller: "where", where: mask });
  return out;
}

/**
 * Elements of `x` where `condition` is true, and of `y` where it is not; all three are broadcast. The result's dtype is
 * that of `x` and `y` promoted, with scalars weak beside arrays. Returns a copy, laid out as the operands are. With the
 * condition alone, the indices at which it is true, as {@link nonzero} gives them.
 *
 * @throws ShapeError when the shapes do not fit, ValueError for a scalar out of range, DTypeError for structs.
 * @example
 * const a = np.array([3, -1, 2]);
 * np.where(np.less(a, 0), 0, a).tolist(); // [3, 0, 2]
 */
export function where(condition: ArrayInput): NDArray<"int32">[];
export function where<X extends ArrayInput, Y extends ArrayInput>(
  condition: ArrayInput,
  x: X,
  y: Y,
): NDArray<PromotedInputs<X, Y>>;
export function where(condition: ArrayInput, x?: ArrayInput, y?: ArrayInput): NDArray | NDArray<"int32">[] {
  if (x === undefined && y === undefined) return indicesOf(arrayFrom(condition), "where");
  if (x === undefined || y === undefined) {
    throw new ValueError("where: give condition, x and y, or the condition alone");
  }
  return chosenAlike(condition, x, y) ?? chosen(condition, x, y);
}

/**
 * Three arrays of one shape, of which two have one plain dtype: most calls, for which nothing has to be promoted or stretched.
 * Null for others.
 */
function chosenAlike(mask: ArrayInput, x: ArrayInput, y: ArrayInput): NDArray | null {
  if (!(mask instanceof NDArray && x instanceof NDArray && y instanceof NDArray)) return null;
  const { dtype, layout } = x;
  const { shape } = layout;
  if (mask.dtype !== plain.bool || y.dtype !== dtype || plain[dtype.type as PlainDType] !== dtype)
    return null;
  if (!isSameShape(mask.layout.shape, shape) || !isSameShape(y.layout.shape, shape)) return null;
  const { itemsize } = dtype;
  const inC =
    isCContiguous(mask.layout, 1) && isCContiguous(layout, itemsize) && isCContiguous(y.layout, itemsize);
  const order = inC
    ? "C"
    : allocatedStrides(shape, [mask.layout.strides, layout.strides, y.layout.strides], itemsize);
  bringNear(mask);
  bringNear(x);
  bringNear(y);
  const out = unsetArray(shape, dtype, order, "where");
  elementwise(loopOf(dtype), shape, [placeOf(mask), placeOf(x), placeOf(y)], [placeOf(out)], null);
  return out;
}

function chosen<X extends ArrayInput, Y extends ArrayInput>(
  condition: ArrayInput,
  x: X,
  y: Y,
): NDArray<PromotedInputs<X, Y>> {
  const given = arrayFrom(condition);
  const mask = given.dtype.kind === "b" ? given : workingCopy(given as NDArray, plain.bool, "K", "where");
  const arrays = [x, y].map((value) => (isScalarOperand(value) ? null : (arrayFrom(value) as NDArray)));
  const dtype = resultType(
    arrays[0] ?? (x as ScalarLike),
    arrays[1] ?? (y as ScalarLike),
  ) as Descriptor<DType>;
  if (dtype.kind === "V")
    throw new DTypeError(`where: cannot choose between elements of ${dtype}; take a field`);
  const all = [mask as NDArray, ...arrays.filter((a) => a !== null)];
  const shape = broadcastShapes(
    all.map((a) => a.layout.shape),
    "where",
  );
  if (isDate(dtype)) return chosenDates(mask as NDArray, [x, y], arrays, dtype) as never;
  if (isString(dtype)) {
    const both = arrays.map((a, k) => a ?? (asarray([x, y][k]!) as NDArray));
    return chosenStrings(mask as NDArray, both, shape, dtype) as never;
  }
  const places = arrays.map((a, k) =>
    a === null ? scalarPlace("where", k, [x, y][k] as ScalarLike, dtype, shape.length) : placed(a, shape),
  );
  const inputs = [placed(mask as NDArray, shape), ...places];
  const strides = allocatedStrides(
    shape,
    inputs.map((place) => place.strides),
    dtype.itemsize,
  );
  const out = unsetArray(shape, dtype, strides, "where");
  elementwise(loopOf(dtype), shape, inputs, [placeOf(out)], null);
  return out as NDArray<PromotedInputs<X, Y>>;
}
