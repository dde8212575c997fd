import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";

/**
 * @internal `count` elements along an axis from place `from` on, `step` apart. Returns a view; not checked against the
 * length of the axis.
 */
export function section<D extends DType>(
  a: NDArray<D>,
  axis: number,
  from: number,
  count: number,
  step = 1,
): NDArray<D> {
  const { shape, strides, offset } = a.layout;
  const lengths = shape.slice();
  lengths[axis] = count;
  const stride = strides[axis]!;
  const at = count === 0 ? offset : offset + from * stride;
  if (step === 1) return a.viewAs({ shape: lengths, strides, offset: at });
  const steps = strides.slice();
  steps[axis] = stride * step;
  return a.viewAs({ shape: lengths, strides: steps, offset: at });
}
