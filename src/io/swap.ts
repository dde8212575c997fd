/**
 * From the other byte order to ours. A dtype of a file tells which numbers of each element lie the wrong way round; after
 * the bytes are read, they are turned in place.
 */
export interface Swap {
  /** Bytes from the start of the element to the first number. */
  readonly offset: number;
  /** Bytes of a number: 2, 4 or 8. */
  readonly width: number;
  /** How many such numbers lie one after the other. */
  readonly count: number;
}

/** Reverses the numbers that `swaps` names in each element of `itemsize` bytes. */
export function swapElements(bytes: Uint8Array, itemsize: number, swaps: readonly Swap[]): void {
  for (const { offset, width, count } of swaps) {
    if (width * count === itemsize) reverseNumbers(bytes, 0, width, bytes.length / width);
    else for (let at = offset; at < bytes.length; at += itemsize) reverseNumbers(bytes, at, width, count);
  }
}

function reverseNumbers(bytes: Uint8Array, start: number, width: number, count: number): void {
  const end = start + count * width;
  for (let at = start; at < end; at += width) {
    for (let low = at, high = at + width - 1; low < high; low++, high--) {
      const kept = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = kept;
    }
  }
}
