import { emptyArray } from "../../../src/array/fresh.ts";
import type { NDArray } from "../../../src/array/ndarray.ts";
import { type DTypeLike, toDescriptor } from "../../../src/dtype/parse.ts";

/** A dense array of the values, in C order. */
export function filled(
  values: readonly unknown[],
  dtype: DTypeLike,
  shape: readonly number[] = [values.length],
): NDArray {
  const descriptor = toDescriptor(dtype);
  const a = emptyArray(shape, descriptor, "C", "test");
  values.forEach((value, k) => {
    const at = a.layout.offset + k * descriptor.itemsize;
    descriptor.access.write(a.storage.view, at, descriptor.access.coerce(value) as never);
  });
  return a;
}
