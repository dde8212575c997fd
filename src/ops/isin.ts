import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { findElements } from "../engine/search.ts";
import { textOf, ValueError } from "../errors.ts";
import { elementsIn } from "./searchsorted.ts";

/** How to look for members. */
export interface IsinOptions {
  /** Whether both are known to hold each element once; makes no difference here. */
  readonly assumeUnique?: boolean | undefined;
  /** Whether to tell what is missing instead; false if left out. */
  readonly invert?: boolean | undefined;
  /** NumPy's ways to do it; the quicker one is taken, and `"table"` is for integers and bools only. */
  readonly kind?: "sort" | "table" | null | undefined;
}

function isWhole({ kind }: Descriptor): boolean {
  return kind === "b" || kind === "i" || kind === "u";
}

/**
 * @internal Which elements are among others. Integers are compared as the numbers they are, also of 64 bits with and
 * without a sign, which no integer dtype holds both of.
 */
export function membersOf(
  element: NDArray,
  among: NDArray,
  invert: boolean,
  caller: string,
): NDArray<"bool"> {
  const result = unsetArray(element.layout.shape, plain.bool, "C", caller);
  const dtype = promoteAll([element.dtype, among.dtype], caller);
  const mixed = isWhole(element.dtype) && isWhole(among.dtype) && !isWhole(dtype);
  const sides = [among, element].map((side) => elementsIn(side, mixed ? longOf(side) : dtype, caller));
  const [first, second] = sides.map((side) =>
    mixed ? { ...side, place: { ...side.place, dtype: plain.uint64 as Descriptor } } : side,
  );
  const search = { among: first!, needles: second!, sorter: null, strict: true, caller };
  findElements(search, invert, mixed, placeOf(result));
  return result;
}

function longOf({ dtype }: NDArray): Descriptor {
  return dtype.kind === "u" ? plain.uint64 : plain.int64;
}

/**
 * Which elements are among some others. NaN equal nothing, and so are never among them. Returns a new array of bools of the
 * shape of `element`.
 *
 * @param options `{ assumeUnique, invert, kind }`
 * @throws ValueError for an unknown kind, and for a table of anything but integers.
 * @example
 * np.isin(np.array([[0, 2], [4, 6]]), np.array([1, 2, 4, 8])).tolist(); // [[false, true], [true, false]]
 */
export function isin(
  element: ArrayInput,
  testElements: ArrayInput,
  options: IsinOptions = {},
): NDArray<"bool"> {
  const { invert = false, kind = null } = optionsFrom(options, "isin");
  const [a, b] = [asarray(element), asarray(testElements)];
  if (kind !== null && kind !== "sort" && kind !== "table") {
    throw new ValueError(`isin: kind ${textOf(kind)} is neither "sort" nor "table"; leave it out`);
  }
  if (kind === "table" && !(isWhole(a.dtype) && isWhole(b.dtype))) {
    throw new ValueError(`isin: kind "table" is for integers and bools, not ${a.dtype} and ${b.dtype}`);
  }
  return membersOf(a, b, invert, "isin");
}
