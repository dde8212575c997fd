import { optionsFrom } from "../array/arguments.ts";
import { copyto } from "../array/copy.ts";
import { type ArrayInput, array, asarray, type DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { finfo } from "../dtype/limits.ts";
import { broadcastTo } from "./broadcast.ts";
import { imag, real } from "./parts.ts";
import { isneginf, isposinf } from "./predicates.ts";
import { isnan } from "./ufuncs-floating.ts";

/** What `nanToNum` puts in place. */
export interface NanToNumOptions {
  /** False to change the array itself; true if left out. */
  readonly copy?: boolean | undefined;
  /** In place of NaN; 0 if left out. */
  readonly nan?: ArrayInput | undefined;
  /** In place of infinity; the largest number of the dtype if left out. */
  readonly posinf?: ArrayInput | null | undefined;
  /** In place of negative infinity; the least number of the dtype if left out. */
  readonly neginf?: ArrayInput | null | undefined;
}

/**
 * Numbers in place of NaN and the infinities; of complex numbers in each part. Returns a copy, or with `copy: false` the
 * array itself.
 *
 * @throws ValueError when the array is read-only, or a list would have to be changed in place.
 * @example
 * np.nanToNum([NaN, 1, Infinity], { posinf: 99 }).tolist(); // [0, 1, 99]
 */
export function nanToNum<V extends ArrayInput>(
  x: V,
  options: NanToNumOptions = {},
): NDArray<DTypeOfInput<V>> {
  const { copy = true, nan = 0, posinf, neginf } = optionsFrom(options, "nanToNum");
  const a = (copy ? array(x) : asarray(x, { copy: false })) as NDArray;
  if (a.dtype.kind === "f" || a.dtype.kind === "c") {
    const { max, min } = finfo(a.dtype);
    const values = [nan, posinf ?? max, neginf ?? min].map((value) => asarray(value));
    for (const value of values) broadcastTo(value, a.shape);
    for (const part of a.dtype.kind === "c" ? [real(a), imag(a)] : [a]) replace(part, values);
  }
  return a as NDArray<DTypeOfInput<V>>;
}

function replace(a: NDArray, [nan, above, below]: readonly NDArray[]): void {
  const masks = [isnan(a), isposinf(a), isneginf(a)] as const;
  copyto(a, nan!, { where: masks[0] });
  copyto(a, above!, { where: masks[1] });
  copyto(a, below!, { where: masks[2] });
}
