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
  const reasons = [...order].map((one) => contiguityReason(layout, itemsize, one as "C" | "F"));
  if (reasons.includes(null)) return null;
  const wanted = order === "CF" ? "C or F order without gaps" : `${order} order without gaps`;
  return `${reasons[0]}; ${consumer} takes only ${wanted}`;
}

/** The axes whose stride matters: those with more than one element, if there are elements at all. */
function axesOf({ shape }: Layout): number[] {
  if (shape.includes(0)) return [];
  return [...shape.keys()].filter((axis) => shape[axis]! > 1);
}

function wrongStride(
  layout: Layout,
  itemsize: number,
  { negative = true, repeated = true, wholeElements = false }: LayoutRequirement,
  consumer: string,
): string | null {
  for (const axis of axesOf(layout)) {
    const stride = layout.strides[axis]!;
    const found = `axis ${axis} has stride ${stride}`;
    if (stride < 0 && !negative) return `${found}; ${consumer} takes only positive strides`;
    if (stride === 0 && !repeated)
      return `${found}, its elements are one; ${consumer} takes only elements of their own`;
    if (wholeElements && stride % itemsize !== 0)
      return `${found}; ${consumer} takes only multiples of the itemsize, ${itemsize}`;
  }
  return null;
}

function wrongUnitAxis(
  layout: Layout,
  itemsize: number,
  { unitAxis }: LayoutRequirement,
  consumer: string,
): string | null {
  const axes = axesOf(layout);
  const last = layout.shape.length - 1;
  if (unitAxis === undefined || axes.length === 0) return null;
  const { strides } = layout;
  if (unitAxis === "last") {
    if (!axes.includes(last) || strides[last] === itemsize) return null;
    return `axis ${last} has stride ${strides[last]}, wanted ${itemsize}; ${consumer} takes only elements side by side along the last axis`;
  }
  if (axes.some((axis) => strides[axis] === itemsize)) return null;
  return `no axis has stride ${itemsize}; ${consumer} takes only elements side by side along one axis`;
}

function wrongAddress(layout: Layout, { alignment = 1 }: LayoutRequirement, consumer: string): string | null {
  if (isAligned(layout, alignment)) return null;
  return `the elements do not all lie at multiples of ${alignment} bytes; ${consumer} takes no others`;
}
