import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import { callUfunc } from "./ufunc-call.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import type { UfuncOptions } from "./ufunc-options.ts";
import { isScalarOperand } from "./ufunc-scalars.ts";

/** A ufunc of all pairs of elements: of shape (2, 3) and (4,) come results of shape (2, 3, 4). */
export function outerUfunc(
  core: UfuncCore,
  a: ArrayInput,
  b: ArrayInput,
  options: UfuncOptions = {},
): NDArray | NDArray[] {
  if (core.nin !== 2 || core.signature !== null) {
    throw new ValueError(`${core.name}.outer: only for ufuncs of two operands without core dimensions`);
  }
  const keywords = optionsFrom(options, `${core.name}.outer`);
  if (isScalarOperand(a) || isScalarOperand(b)) return callUfunc(core, [a, b], keywords);
  const first = asarray(a);
  const second = asarray(b);
  const { shape, strides, offset } = first.layout;
  const more = second.ndim;
  const layout = {
    shape: [...shape, ...new Array<number>(more).fill(1)],
    strides: [...strides, ...new Array<number>(more).fill(0)],
    offset,
  };
  return callUfunc(core, [first.viewAs(layout), second], keywords);
}
