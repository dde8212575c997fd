/**
 * Cutting a walk over several operands into blocks: boxes of elements that fit a tile.
 */

/** Shorter axes need no such block. */
const SHORT = 32;

/**
 * The lengths of a block: as much as fits into `limit` elements, from the innermost axis outwards. Where an operand is
 * fastest along another axis than the innermost, the block is a rectangle in the plane of both.
 */
export function blockShape(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
  limit: number,
): number[] {
  const block = shape.map(() => 1);
  const last = shape.length - 1;
  if (last < 0) return block;
  let left = limit;
  const across = fastAxisOfSome(shape, stridesList);
  if (across >= 0) {
    // As many rows as a cache line of the transposed operand has elements, so that all it brings is used, and rows as long
    // as there is room for, because operands that lie in rows are copied by a call for each.
    const rows = Math.max(4, limit >> 10);
    block[last] = Math.min(shape[last]!, Math.floor(limit / rows));
    block[across] = Math.min(shape[across]!, Math.floor(limit / block[last]!));
    return block;
  }
  for (let k = last; k >= 0 && left > 1; k--) {
    block[k] = Math.min(shape[k]!, left);
    if (block[k]! < shape[k]!) break;
    left = Math.floor(left / block[k]!);
  }
  return block;
}

/** The axis along which some operand is fastest, when that is not the innermost and both are long; else -1. */
function fastAxisOfSome(shape: readonly number[], stridesList: readonly (readonly number[])[]): number {
  const last = shape.length - 1;
  for (const strides of stridesList) {
    const inner = Math.abs(strides[last]!);
    for (let k = last - 1; k >= 0; k--) {
      const own = Math.abs(strides[k]!);
      if (own !== 0 && own < inner && shape[k]! >= SHORT && shape[last]! >= SHORT) return k;
    }
  }
  return -1;
}

/**
 * Meets every block, the last axis first. `visit` gets the lengths of the block, shorter at the ends of axes, and where
 * each operand starts in it; both lists are changed in place from block to block.
 */
export function walkBlocks(
  shape: readonly number[],
  block: readonly number[],
  stridesList: readonly (readonly number[])[],
  starts: readonly number[],
  visit: (lengths: readonly number[], offsets: readonly number[]) => void,
): void {
  const index = shape.map(() => 0);
  const lengths = block.slice();
  const offsets = starts.slice();
  const move = (axis: number, by: number) => {
    for (let j = 0; j < offsets.length; j++) offsets[j] = offsets[j]! + by * stridesList[j]![axis]!;
  };
  for (;;) {
    visit(lengths, offsets);
    let k = shape.length - 1;
    for (; k >= 0; k--) {
      const next = index[k]! + block[k]!;
      if (next < shape[k]!) {
        move(k, block[k]!);
        index[k] = next;
        lengths[k] = Math.min(block[k]!, shape[k]! - next);
        break;
      }
      move(k, -index[k]!);
      index[k] = 0;
      lengths[k] = Math.min(block[k]!, shape[k]!);
    }
    if (k < 0) return;
  }
}
