/** One pass over the operands of a chain, into a fresh result with the strides that the last call would have given it. */

import type { TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { isSameShape, sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import type { ResolvedStep } from "./fused-draft.ts";
import { type PlainChain, runPlainChain } from "./fused-line.ts";
import type { Program } from "./fused-program.ts";
import { placeScalars, runBlocks, runLines, runPiece } from "./fused-run.ts";
import { lineStep, NO_LINE } from "./rows.ts";
import { isUnharmed } from "./ufunc-outputs.ts";
import { isApart } from "./ufunc-quick.ts";

/** An array, or a scalar beside arrays. */
export type FusedOperand = NDArray | ScalarLike;

/** What a pass needs to know of a chain. */
export interface Pass {
  readonly program: Program;
  readonly steps: readonly ResolvedStep[];
  /** The same as a loop where the operands lie, if there is one. */
  readonly plain: PlainChain | null;
  /** Who takes the memory. */
  readonly name: string;
}

/** The bytes that each operand steps; filled and read within one call. */
const lineSteps: number[] = [];

/**
 * Whether the result of a pass over arrays of one shape may go straight into an array: it is a row of the dtype, and the
 * operands are lines apart from it, or that very row.
 */
export function takesPass(
  { program: { inputs, resultDType } }: Pass,
  operands: readonly FusedOperand[],
  shape: readonly number[],
  out: NDArray,
): boolean {
  const { layout, dtype } = out;
  if (dtype !== resultDType || (out.bits & WRITEABLE) === 0) return false;
  if (!isSameShape(layout.shape, shape) || !isCContiguous(layout, dtype.itemsize)) return false;
  return inputs.every((k) => {
    const a = operands[k] as NDArray;
    const step = lineStep(a);
    return step !== NO_LINE && isApart(a, step, out);
  });
}

/** The same of arrays that are stretched to a shape: elements of the result are read by nobody but those in their place. */
export function takesStretched(
  { program: { inputs, resultDType } }: Pass,
  operands: readonly FusedOperand[],
  shape: readonly number[],
  out: NDArray,
): boolean {
  const { layout, dtype } = out;
  if (dtype !== resultDType || (out.bits & WRITEABLE) === 0) return false;
  if (!isSameShape(layout.shape, shape) || !isCContiguous(layout, dtype.itemsize)) return false;
  return inputs.every((k) => isUnharmed(operands[k] as NDArray, shape, [out]));
}

/** Arrays of one shape, and what is still; into an array that takes it, if one is given. */
export function passAlike(
  pass: Pass,
  operands: readonly FusedOperand[],
  shape: readonly number[],
  out: NDArray | null = null,
): NDArray {
  const { program, name } = pass;
  const { inputs } = program;
  bringAllNear(inputs, operands, out);
  for (let k = 0; k < inputs.length; k++) {
    const step = lineStep(operands[inputs[k]!] as NDArray);
    if (step === NO_LINE) return passColumns(pass, operands, shape);
    lineSteps[k] = step;
  }
  placeScalars(program.scalars, operands);
  const result = out ?? unsetArray(shape, program.resultDType, "C", name);
  runRows(pass, sizeOf(shape), operands, result, out === null);
  return result;
}

/** Before anything else: memory that is replaced has no scalars in its tiles. */
function bringAllNear(
  inputs: readonly number[],
  operands: readonly FusedOperand[],
  out: NDArray | null,
): void {
  for (let k = 0; k < inputs.length; k++) bringNear(operands[inputs[k]!] as NDArray);
  if (out !== null) bringNear(out);
}

/** The same of arrays that are all in Fortran order, which are lines as well. */
function passColumns(pass: Pass, operands: readonly FusedOperand[], shape: readonly number[]): NDArray {
  const { program, name } = pass;
  const { inputs, resultDType } = program;
  for (let k = 0; k < inputs.length; k++) {
    const a = operands[inputs[k]!] as NDArray;
    if (!isFContiguous(a.layout, a.dtype.itemsize)) return passStretched(pass, operands, shape);
    lineSteps[k] = a.dtype.itemsize;
  }
  placeScalars(program.scalars, operands);
  const { layout } = operands[inputs[0]!] as NDArray;
  const strides = allocatedStrides(shape, [layout.strides], resultDType.itemsize);
  const result = unsetArray(shape, resultDType, strides, name);
  runRows(pass, sizeOf(shape), operands, result, true);
  return result;
}

/** Lines, of which the steps are known, into a row: where they lie, or by kernels. */
function runRows(
  { program, plain }: Pass,
  n: number,
  operands: readonly FusedOperand[],
  result: NDArray,
  isFresh: boolean,
): void {
  const { inputs, inputDTypes } = program;
  let areRows = plain !== null;
  for (let k = 0; areRows && k < inputs.length; k++) areRows = lineSteps[k] === inputDTypes[k]!.itemsize;
  if (areRows && runPlainChain(plain!, n, operands, result, isFresh)) return;
  runLines(program, n, operands, lineSteps, result);
}

/** Arrays of any layouts, stretched to one shape; into an array that takes it, if one is given. */
export function passStretched(
  { program, steps, name }: Pass,
  operands: readonly FusedOperand[],
  shape: readonly number[],
  out: NDArray | null = null,
): NDArray {
  const { inputs, resultDType } = program;
  bringAllNear(inputs, operands, out);
  const places: TypedPlace[] = [];
  let inOrder = false;
  for (let k = 0; k < inputs.length; k++) {
    const a = operands[inputs[k]!] as NDArray;
    a.storage.alive();
    const isWhole = isSameShape(a.layout.shape, shape);
    places.push(isWhole ? placeOf(a) : placeOf(a, broadcastLayout(a.layout, shape)!));
    inOrder ||= isWhole && isCContiguous(a.layout, a.dtype.itemsize);
  }
  placeScalars(program.scalars, operands);
  // Of operands that disagree C order wins, so what takes one in that order gives one.
  const result =
    out ??
    unsetArray(
      shape,
      resultDType,
      inOrder ? "C" : stridesOf(shape, operands.length, inputs, places, steps),
      name,
    );
  const n = sizeOf(shape);
  if (n === 0) return result;
  if (!(inOrder && runPiece(program, shape, n, places, result)))
    runBlocks(program, shape, places, placeOf(result));
  return result;
}

/** The strides of the last result, were each step a call of its own. */
function stridesOf(
  shape: readonly number[],
  count: number,
  inputs: readonly number[],
  places: readonly TypedPlace[],
  steps: readonly ResolvedStep[],
): readonly number[] {
  const values: (readonly number[] | null)[] = new Array<null>(count).fill(null);
  inputs.forEach((operand, k) => {
    values[operand] = places[k]!.strides;
  });
  for (const { from, loop } of steps) {
    const taken = from.map((value) => values[value]!).filter((strides) => strides !== null);
    values.push(allocatedStrides(shape, taken, loop.outputs[0]!.itemsize));
  }
  return values[values.length - 1]!;
}
