import { optionsFrom } from "../array/arguments.ts";
import { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";

/** Keywords with an axis. */
export interface WithAxis<A = number | null> {
  /** The axis to go along. */
  readonly axis?: A | undefined;
}

/** Keywords, or the axis in their place. */
export type AxisOption<O extends WithAxis<unknown>> = O["axis"] | O | null | undefined;

/** The keywords, from an argument that may be an axis; null is an axis too, where it stands for all elements. */
export function axisOption<O extends WithAxis<unknown>>(given: AxisOption<O>, caller: string): O {
  if (given === undefined) return {} as O;
  if (given === null || typeof given === "number" || Array.isArray(given)) return { axis: given } as O;
  if (given instanceof NDArray) {
    throw new ValueError(`${caller}: wanted an axis or an object of options, given an array`);
  }
  return optionsFrom(given as O & object, caller);
}
