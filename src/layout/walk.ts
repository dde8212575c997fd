/**
 * Walking the outer axes of a layout in C order, so that the caller writes only the innermost loops.
 *
 * All axes but the last `innerAxes` are walked like an odometer; `inner` is called at the start of each inner block. It
 * is not called at all when there is no element, and once when there is no outer axis. Nothing is allocated per step.
 */

/** Calls `inner` with the address at which each inner block starts. */
export function walkOuter(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  innerAxes: number,
  inner: (offset: number) => void,
): void {
  const outer = outerCount(shape, innerAxes);
  if (outer < 0) return;
  const index = new Array<number>(outer).fill(0);
  let at = offset;
  for (;;) {
    inner(at);
    let k = outer - 1;
    while (k >= 0 && index[k] === shape[k]! - 1) {
      at -= index[k]! * strides[k]!;
      index[k--] = 0;
    }
    if (k < 0) return;
    index[k] = index[k]! + 1;
    at += strides[k]!;
  }
}

/** The same for two operands of one shape. */
export function walkOuter2(
  shape: readonly number[],
  stridesA: readonly number[],
  offsetA: number,
  stridesB: readonly number[],
  offsetB: number,
  innerAxes: number,
  inner: (offsetA: number, offsetB: number) => void,
): void {
  const outer = outerCount(shape, innerAxes);
  if (outer < 0) return;
  const index = new Array<number>(outer).fill(0);
  let a = offsetA;
  let b = offsetB;
  for (;;) {
    inner(a, b);
    let k = outer - 1;
    while (k >= 0 && index[k] === shape[k]! - 1) {
      a -= index[k]! * stridesA[k]!;
      b -= index[k]! * stridesB[k]!;
      index[k--] = 0;
    }
    if (k < 0) return;
    index[k] = index[k]! + 1;
    a += stridesA[k]!;
    b += stridesB[k]!;
  }
}

/** The same for any number of operands. `inner` gets one list that is changed in place from step to step. */
export function walkOuterMany(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
  offsets: readonly number[],
  innerAxes: number,
  inner: (offsets: readonly number[]) => void,
): void {
  const outer = outerCount(shape, innerAxes);
  if (outer < 0) return;
  const index = new Array<number>(outer).fill(0);
  const at = offsets.slice();
  for (;;) {
    inner(at);
    let k = outer - 1;
    while (k >= 0 && index[k] === shape[k]! - 1) {
      for (let j = 0; j < at.length; j++) at[j] = at[j]! - index[k]! * stridesList[j]![k]!;
      index[k--] = 0;
    }
    if (k < 0) return;
    index[k] = index[k]! + 1;
    for (let j = 0; j < at.length; j++) at[j] = at[j]! + stridesList[j]![k]!;
  }
}

/** The number of axes to walk, or -1 when there is no element to meet. */
function outerCount(shape: readonly number[], innerAxes: number): number {
  for (let k = 0; k < shape.length; k++) if (shape[k] === 0) return -1;
  return shape.length > innerAxes ? shape.length - innerAxes : 0;
}
