import { castElements } from "../array/cast.ts";
import type { DTypeOfInput } from "../array/create.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, copyArray, placeOf } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { pickElements } from "../array/maskpick.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { requireCast } from "../dtype/cast.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { IndexError, ShapeError, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isSameShape, shapeText, sizeOf } from "../layout/layout.ts";
import { arrayFrom } from "./input.ts";

/** What the elements become where a condition holds: a value, or what a function gives for those elements. */
export type Piece<A extends NDArray = NDArray> = ArrayInput | ((values: A, ...args: never[]) => ArrayInput);

/**
 * Elements by cases: where a condition holds, a value, or what a function makes of the elements there. The last piece may
 * stand for all other elements, which are 0 without it; later conditions win. The result has the dtype of `x`, to which
 * values are cast. Returns a copy, laid out as `x`.
 *
 * @param condlist one condition for each piece: bools of the shape of `x`, or of its first axes
 * @param funclist values, and functions that get an array of the elements, and `args`
 * @throws ValueError when there are neither as many pieces as conditions nor one more
 * @throws IndexError when a condition does not have the lengths of `x`
 * @example
 * const x = np.array([-2, -1, 1, 2]);
 * np.piecewise(x, [np.less(x, 0), np.greaterEqual(x, 0)], [-1, (v) => np.multiply(v, 10)]).tolist(); // [-1, -1, 10, 20]
 */
export function piecewise<V extends ArrayInput>(
  x: V,
  condlist: ArrayInput,
  funclist: readonly Piece<NDArray<DTypeOfInput<V>>>[],
  ...args: readonly unknown[]
): NDArray<DTypeOfInput<V>> {
  const a: NDArray = arrayFrom(x);
  const masks = masksFrom(condlist, a);
  if (!Array.isArray(funclist)) throw new ValueError("piecewise: wanted a list of values and functions");
  if (funclist.length === masks.length + 1) masks.push(noneOf(masks));
  if (funclist.length !== masks.length) {
    throw new ValueError(
      `piecewise: ${masks.length} conditions take ${masks.length} or ${masks.length + 1} functions, given ${funclist.length}`,
    );
  }
  const given = copyArray(a, "C", "piecewise");
  const made = emptyArray(a.layout.shape, a.dtype, "C", "piecewise");
  for (const [k, mask] of masks.entries()) {
    const piece: unknown = funclist[k];
    const picked = picks(given, mask);
    if (typeof piece === "function") {
      // A function is not called for nothing.
      if (picked.size > 0) put(made, mask, picked, piece(picked.values(), ...args) as ArrayInput);
    } else put(made, mask, picked, piece as ArrayInput);
  }
  // As `x` lies in memory.
  if (a.isContiguous("C")) return made as NDArray<DTypeOfInput<V>>;
  return inOrderOf(made, a) as NDArray<DTypeOfInput<V>>;
}

/** The same elements, laid out as another array is. */
function inOrderOf(made: NDArray, like: NDArray): NDArray {
  const result = copyArray(like, "K", "piecewise");
  castElements(made.layout.shape, placeOf(made), placeOf(result));
  return result;
}

interface Mask {
  readonly flags: Uint8Array;
  readonly shape: readonly number[];
}

function masksFrom(condlist: ArrayInput, a: NDArray): Mask[] {
  const list = conditions(condlist, a.ndim).map((one) => asarray(one) as NDArray);
  return list.map((condition, k) => {
    const { shape } = condition.layout;
    if (!isSameShape(shape, list[0]!.layout.shape)) {
      throw new ShapeError(
        `piecewise: conditions have shapes ${shapeText(list[0]!.layout.shape)} and ${shapeText(shape)}; wanted one shape`,
      );
    }
    const wrong = shape.findIndex((length, axis) => length !== a.layout.shape[axis]);
    if (wrong >= 0) {
      throw new IndexError(
        `piecewise: condition ${k} of shape ${shapeText(shape)} does not fit x of shape ${shapeText(a.layout.shape)}`,
      );
    }
    return { flags: dataOf(castArray(condition, plain.bool, "C", "piecewise")), shape };
  });
}

/** The conditions one by one; what is no list of lists or arrays is one condition. */
function conditions(condlist: ArrayInput, ndim: number): readonly ArrayInput[] {
  if (isScalar(condlist)) return [condlist];
  if (Array.isArray(condlist)) {
    if (condlist.length === 0) throw new IndexError("piecewise: there is no condition");
    const first: unknown = condlist[0];
    const several = Array.isArray(first) || first instanceof NDArray || ArrayBuffer.isView(first);
    return several || ndim === 0 ? (condlist as readonly ArrayInput[]) : [condlist];
  }
  const all: NDArray = asarray(condlist);
  if (all.ndim < 2 && ndim > 0) return [all];
  if (all.ndim === 0) return [all];
  return Array.from({ length: all.layout.shape[0]! }, (_, k) => all.slice(k));
}

/** Where no condition holds. */
function noneOf(masks: readonly Mask[]): Mask {
  const flags = new Uint8Array(masks[0]!.flags.length).fill(1);
  for (const mask of masks) for (let k = 0; k < flags.length; k++) if (mask.flags[k] !== 0) flags[k] = 0;
  return { flags, shape: masks[0]!.shape };
}

/** The elements that a mask picks, which are brought together when they are asked for. */
interface Picks {
  readonly size: number;
  /** Bytes of what stands behind one place of the mask. */
  readonly bytes: number;
  readonly shape: readonly number[];
  values(): NDArray;
}

function picks(a: NDArray, { flags, shape }: Mask): Picks {
  let count = 0;
  for (let k = 0; k < flags.length; k++) count += flags[k]!;
  const rest = a.layout.shape.slice(shape.length);
  const bytes = sizeOf(rest) * a.itemsize;
  const whole = [count, ...rest];
  const values = () => {
    const picked = emptyArray(whole, a.dtype, "C", "piecewise");
    pickElements(rowOf(a), rowOf(picked), flags, bytes, "pick");
    return picked;
  };
  return { size: count * sizeOf(rest), bytes, shape: whole, values };
}

function rowOf(a: NDArray): { storage: NDArray["storage"]; offset: number } {
  a.storage.alive();
  return { storage: a.storage, offset: a.layout.offset };
}

/** Writes a value, broadcast and cast, to the elements that a mask picks. */
function put(made: NDArray, mask: Mask, { shape, bytes, size }: Picks, value: ArrayInput): void {
  const given: NDArray = asarray(value);
  const layout = broadcastLayout(given.layout, shape);
  if (layout === null) {
    throw new ShapeError(
      `piecewise: values of shape ${shapeText(given.layout.shape)} do not fit the elements that are meant, ${shapeText(shape)}`,
    );
  }
  requireCast(given.dtype, made.dtype, "unsafe", "piecewise");
  if (size === 0) return;
  const line = emptyArray(shape, made.dtype, "C", "piecewise");
  castElements(shape, placeOf(given, layout), placeOf(line));
  pickElements(rowOf(made), rowOf(line), mask.flags, bytes, "put");
}
