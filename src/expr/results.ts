import { astype } from "../array/copy.ts";
import { asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { NumpyScalar, PyTuple } from "./values.ts";

/**
 * What functions of the library give, as NumPy would have given it: positions and counts, which are of int32 or numbers here,
 * of int64; what has no axes a scalar; several arrays a tuple.
 */

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

/** Functions whose results of int32 are positions or counts, which NumPy has as int64. */
const positions = names(
  "argmax argmin nanargmax nanargmin argsort argpartition argwhere nonzero flatnonzero lexsort searchsorted digitize bincount histogram histogram2d histogramdd count_nonzero indices ravel_multi_index unravel_index tril_indices triu_indices tril_indices_from triu_indices_from diag_indices diag_indices_from ix_ find rfind index rindex count str_len busday_count",
);

/** Functions that give an array of no axes, and not a scalar, when nothing is left. */
const arrays = names(
  "array asarray asanyarray ascontiguousarray asfortranarray asarray_chkfinite require copy empty zeros ones full empty_like zeros_like ones_like full_like reshape squeeze transpose permute_dims swapaxes moveaxis rollaxis broadcast_to broadcast_arrays as_strided where select choose astype real imag diagonal view getfield ravel byteswap expand_dims frombuffer fromiter sort partition nan_to_num real_if_close tile resize block pad tril triu take_along_axis roll isin cov corrcoef i0 upper lower title capitalize swapcase",
);

/** Functions whose several arrays come in a list. */
const lists = names("split array_split hsplit vsplit dsplit tolist rsplit splitlines");

/** Functions whose numbers are Python's ints. */
const integers = names(
  "ndim size shape broadcast_shapes normalize_axis_index normalize_axis_tuple count_nonzero item",
);

/** Functions whose truth values are NumPy's. */
const numpyBools = names("all any reduce isin isneginf isposinf iscomplex isreal is_busday");

/** A result of a function, by NumPy's name without what stands before its last dot. */
export function fromLibrary(name: string, result: unknown, dtype: Descriptor | null = null): unknown {
  if (result === undefined || result === null) return null;
  if (result instanceof NDArray) return arrayResult(name, result);
  switch (typeof result) {
    case "string":
      return result;
    case "boolean":
      return numpyBools.has(name) || dtype !== null ? scalarOf(result, plain.bool) : result;
    case "number":
    case "bigint":
      return integers.has(name) ? BigInt(result) : scalarOf(result, dtype ?? typeOf(name, result));
  }
  if (result instanceof Complex) return scalarOf(result, dtype ?? plain.complex128);
  if (!Array.isArray(result)) return isDate(result) ? NumpyScalar.of(asarray(result as never)) : result;
  const items = (result as unknown[]).map((item, k) => fromLibrary(partName(name, k), item, dtype));
  return lists.has(name) ? items : new PyTuple(items);
}

/** `where` of a condition alone gives positions, and so do the later parts of what these give. */
function partName(name: string, k: number): string {
  return name === "where" || ((name === "unique" || name === "intersect1d") && k > 0) ? "nonzero" : name;
}

function isDate(value: unknown): boolean {
  return typeof value === "object" && value !== null && "isNaT" in value;
}

function typeOf(name: string, value: number | bigint): Descriptor {
  if (typeof value === "number") return positions.has(name) ? plain.int64 : plain.float64;
  return value > 0x7fffffffffffffffn ? plain.uint64 : plain.int64;
}

function arrayResult(name: string, result: NDArray): NDArray {
  const a: NDArray = result.dtype === plain.int32 && positions.has(name) ? astype(result, "int64") : result;
  return a.layout.shape.length === 0 && !arrays.has(name) ? NumpyScalar.of(a) : a;
}

/** A value as a scalar of a dtype. */
export function scalarOf(value: unknown, dtype: Descriptor): NumpyScalar {
  return NumpyScalar.of(asarray(value as never, dtype as never));
}

/** Whether what has no axes is an array and no scalar. */
export function staysArray(name: string): boolean {
  return arrays.has(name);
}
