import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { sizeOf } from "../layout/layout.ts";
import { hiddenReason } from "./allocate.ts";
import { optionsFrom } from "./arguments.ts";
import { assign } from "./assign.ts";
import { type ArrayInput, asarray, type DTypeOfInput } from "./create.ts";
import { copyArray } from "./duplicate.ts";
import { requireWriteable } from "./flags.ts";
import type { NDArray } from "./ndarray.ts";

/** A number in an element: where it starts, and how many bytes it has. */
interface Part {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * The array with the bytes of every number in reverse order, the dtype as it was: what makes big-endian data native.
 * Returns a copy, or with `inplace` the array itself, swapped.
 *
 * @throws ValueError when `inplace` is asked of a read-only array.
 * @example
 * np.array([1, 256], "int16").byteswap().tolist(); // [256, 1]
 */
export function byteswap<V extends ArrayInput>(
  a: V,
  options: { readonly inplace?: boolean } = {},
): NDArray<DTypeOfInput<V>> {
  const source = asarray(a);
  const inplace = optionsFrom(options, "byteswap").inplace === true;
  if (inplace) requireWriteable(source, "byteswap");
  const swapped = copyArray(
    source,
    "A",
    inplace ? hiddenReason("byteswap", "bytes are swapped in a copy") : "byteswap",
  );
  swapDense(swapped);
  if (!inplace) return swapped;
  assign(source, swapped, { casting: "no", caller: "byteswap" });
  return source;
}

/** The numbers of several bytes in an element. */
function partsOf(dtype: Descriptor, offset = 0): Part[] {
  if (dtype.fields !== null)
    return dtype.fields.flatMap((field) => partsOf(field.dtype, offset + field.offset));
  const { subdtype } = dtype;
  if (subdtype !== null) return repeat(subdtype.dtype, sizeOf(subdtype.shape), offset);
  if (dtype.kind === "V" || dtype.kind === "S" || dtype.itemsize === 1) return [];
  // Every code point is a number of its own.
  if (dtype.kind === "U") return repeat(plain.uint32, dtype.itemsize / 4, offset);
  const bytes = dtype.itemsize / (dtype.kind === "c" ? 2 : 1);
  return dtype.kind === "c"
    ? [
        { offset, bytes },
        { offset: offset + bytes, bytes },
      ]
    : [{ offset, bytes }];
}

function repeat(dtype: Descriptor, count: number, offset: number): Part[] {
  return Array.from({ length: count }, (_, k) => partsOf(dtype, offset + k * dtype.itemsize)).flat();
}

function swapDense(a: NDArray): void {
  const bytes = a.storage.lane(Uint8Array);
  for (const part of partsOf(a.dtype)) {
    swapStrided(bytes, a.layout.offset + part.offset, part.bytes, a.itemsize, a.size);
  }
}

function swapStrided(bytes: Uint8Array, first: number, width: number, step: number, count: number): void {
  for (let k = 0; k < count; k++) {
    let low = first + k * step;
    let high = low + width - 1;
    while (low < high) {
      const byte = bytes[low]!;
      bytes[low++] = bytes[high]!;
      bytes[high--] = byte;
    }
  }
}
