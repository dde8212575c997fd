import { textOf, ValueError } from "../errors.ts";
import { contiguityReason, isAligned } from "./contiguity.ts";
import type { Layout } from "./layout.ts";

/** How memory has to lie for somebody outside; what is left out may be anything. */
export interface LayoutRequirement {
  /** "C" or "F": dense in that order; "CF": in either; "any": with strides. "any" if left out. */
  readonly order?: "C" | "F" | "CF" | "any" | undefined;
  /** The axis along which elements lie side by side: the last one, or one of them. */
  readonly unitAxis?: "last" | "some" | undefined;
  /** Whether strides may be negative. True if left out. */
  readonly negative?: boolean | undefined;
  /** Whether a stride may be 0 along an axis longer than 1, as broadcasting makes it. True if left out. */
  readonly repeated?: boolean | undefined;
  /** Whether every stride has to be a multiple of the itemsize. */
  readonly wholeElements?: boolean | undefined;
  /** The largest number of axes. */
  readonly maxRank?: number | undefined;
  /** The bytes that the address of every element is a multiple of, counted from the start of the buffer. */
  readonly alignment?: number | undefined;
}

/**
 * Why a layout is not what is required, in words: `axis 1 has stride -8; torch takes only positive strides`. Null when it
 * is. The number of axes is not asked about: no copy would change it.
 */
export function misfit(
  layout: Layout,
  itemsize: number,
  requirement: LayoutRequirement,
  consumer: string,
): string | null {
  return (
    wrongOrder(layout, itemsize, requirement, consumer) ??
    wrongStride(layout, itemsize, requirement, consumer) ??
    wrongUnitAxis(layout, itemsize, requirement, consumer) ??
    wrongAddress(layout, requirement, consumer)
  );
}

function wrongOrder(
  layout: Layout,
  itemsize: number,
  { order = "any" }: LayoutRequirement,
  consumer: string,
): string | null {
  if (order === "any") return null;
  if (order !== "C" && order !== "F" && order !== "CF") {
    throw new ValueError(`${consumer}: order ${textOf(order)} is none of "C", "F", "CF", "any"`);
  }
  const reason = contiguityReason(layout, itemsize, order === "F" ? "F" : "C");
  if (reason === null || (order === "CF" && contiguityReason(layout, itemsize, "F") === null)) return null;
  const wanted = order === "CF" ? "C or F order without gaps" : `${order} order without gaps`;
  return `${reason}; ${consumer} takes only ${wanted}`;
}

function wrongStride(
  { shape, strides }: Layout,
  itemsize: number,
  { negative = true, repeated = true, wholeElements = false }: LayoutRequirement,
  consumer: string,
): string | null {
  if ((negative && repeated && !wholeElements) || shape.includes(0)) return null;
  for (let axis = 0; axis < shape.length; axis++) {
    // Where there is one element, its stride leads nowhere.
    if (shape[axis]! <= 1) continue;
    const stride = strides[axis]!;
    if (stride < 0 && !negative) return `${found(axis, stride)}; ${consumer} takes only positive strides`;
    if (stride === 0 && !repeated)
      return `${found(axis, stride)}, its elements are one; ${consumer} takes only elements of their own`;
    if (wholeElements && stride % itemsize !== 0)
      return `${found(axis, stride)}; ${consumer} takes only multiples of the itemsize, ${itemsize}`;
  }
  return null;
}

const found = (axis: number, stride: number) => `axis ${axis} has stride ${stride}`;

function wrongUnitAxis(
  { shape, strides }: Layout,
  itemsize: number,
  { unitAxis }: LayoutRequirement,
  consumer: string,
): string | null {
  const isLong = (length: number) => length > 1;
  if (unitAxis === undefined || shape.includes(0) || !shape.some(isLong)) return null;
  const last = shape.length - 1;
  if (unitAxis === "last") {
    if (!isLong(shape[last]!) || strides[last] === itemsize) return null;
    return `${found(last, strides[last]!)}, wanted ${itemsize}; ${consumer} takes only elements side by side along the last axis`;
  }
  if (shape.some((length, axis) => isLong(length) && strides[axis] === itemsize)) return null;
  return `no axis has stride ${itemsize}; ${consumer} takes only elements side by side along one axis`;
}

function wrongAddress(layout: Layout, { alignment = 1 }: LayoutRequirement, consumer: string): string | null {
  if (isAligned(layout, alignment)) return null;
  return `the elements do not all lie at multiples of ${alignment} bytes; ${consumer} takes no others`;
}
