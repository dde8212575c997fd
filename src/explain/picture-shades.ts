/**
 * Colours by address: an element has one colour in all views of it, and what is a part of an element, such as a field of
 * it, has its colour too.
 */

import type { PictureArray, PictureCell } from "./picture-model.ts";
import { firstAbove } from "./sorted.ts";

/** The arrays with colours in the order of the addresses of all elements that are drawn of their memory. */
export function shadedByAddress(arrays: readonly PictureArray[]): PictureArray[] {
  const wholes = arrays.map(({ strip }) => wholesOf(arrays.filter((array) => array.strip === strip)));
  return arrays.map((array, k) => {
    const of = wholes[k]!;
    const starts = array.cells.map((cell) => startOf(cell, of));
    const beside = arrays.filter(({ strip }) => strip === array.strip);
    const all = new Set(beside.flatMap(({ cells }) => cells.map((cell) => startOf(cell, of))));
    const order = new Map([...all].sort((a, b) => a - b).map((address, place) => [address, place]));
    const last = Math.max(1, order.size - 1);
    const cells = array.cells.map((cell, c) => ({ ...cell, shade: order.get(starts[c]!)! / last }));
    return { ...array, cells };
  });
}

/** The elements of one size by address. */
interface Wholes {
  readonly bytes: number;
  readonly addresses: readonly number[];
}

/** The elements of each size, the largest first. */
function wholesOf(arrays: readonly PictureArray[]): Wholes[] {
  const sizes = [...new Set(arrays.map(({ itemsize }) => itemsize))].sort((a, b) => b - a);
  return sizes.map((bytes) => {
    const cells = arrays.flatMap((array) => (array.itemsize === bytes ? array.cells : []));
    return { bytes, addresses: [...new Set(cells.map(({ address }) => address))].sort((a, b) => a - b) };
  });
}

/** Where the largest element begins that a cell is a part of, be it itself. */
function startOf({ address, bytes }: PictureCell, wholes: readonly Wholes[]): number {
  for (const whole of wholes) {
    if (whole.bytes <= bytes) break;
    // The last that does not begin behind it.
    const start = whole.addresses[firstAbove(whole.addresses, address) - 1];
    if (start !== undefined && address + bytes <= start + whole.bytes) return start;
  }
  return address;
}
