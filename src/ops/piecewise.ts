import { type ArrayInput, asarray, type DTypeOfInput } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { gatherParts, scatterPlanned } from "../array/gather.ts";
import { planIndex } from "../array/index-plan.ts";
import { zerosLike } from "../array/likes.ts";
import { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { IndexError, ShapeError, ValueError } from "../errors.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { arrayFrom } from "./input.ts";
import { logicalNot, logicalOr } from "./ufuncs-logic.ts";

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
  const masks = masksFrom(condlist, a.ndim);
  if (!Array.isArray(funclist)) throw new ValueError("piecewise: wanted a list of values and functions");
  if (funclist.length === masks.length + 1) {
    masks.push(logicalNot(masks.reduce((some, mask) => logicalOr(some, mask))));
  }
  if (funclist.length !== masks.length) {
    throw new ValueError(
      `piecewise: ${masks.length} conditions take ${masks.length} or ${masks.length + 1} functions, given ${funclist.length}`,
    );
  }
  const made: NDArray = zerosLike(a);
  for (const [k, mask] of masks.entries()) {
    const plan = planIndex(made.layout, [mask], "piecewise");
    const write = (value: ArrayInput) => scatterPlanned(made, plan, asarray(value), "piecewise");
    const piece: unknown = funclist[k];
    if (typeof piece === "function") {
      const values: NDArray = gatherParts(a, [mask], "piecewise");
      // A function is not called for nothing.
      if (values.size > 0) write(piece(values, ...args) as ArrayInput);
    } else write(piece as ArrayInput);
  }
  return made as NDArray<DTypeOfInput<V>>;
}

function masksFrom(condlist: ArrayInput, ndim: number): NDArray<"bool">[] {
  const list = Array.from(conditions(condlist, ndim), (one) =>
    workingCopy(asarray(one), plain.bool, "K", "piecewise"),
  );
  if (list.length === 0) throw new IndexError("piecewise: there is no condition");
  const first = list[0]!.layout.shape;
  const other = list.find(({ layout }) => !isSameShape(layout.shape, first));
  if (other === undefined) return list;
  throw new ShapeError(
    `piecewise: conditions have shapes ${shapeText(first)} and ${shapeText(other.layout.shape)}; wanted one shape`,
  );
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
