import { assign } from "../array/assign.ts";
import type { TypedPlace } from "../array/cast.ts";
import { mayClash } from "../array/clash.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { HALF_WAY, placeOf, protectedCopy, workingCopy } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { mayCast } from "../dtype/cast.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { shapeText } from "../layout/layout.ts";
import { runAtTiles } from "./at-tiles.ts";
import { dateEngine } from "./date-hook.ts";
import { elementwise, inspectTogether, isInspected } from "./drive.ts";
import { type IndexPart, offsetsOf, selectOffsets } from "./index-offsets.ts";
import type { Loop } from "./loop.ts";
import { castingFor, resolveLoop, weakCode } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { mayThrow } from "./ufunc-outputs.ts";
import { isScalarOperand, scalarPlace } from "./ufunc-scalars.ts";

/**
 * A ufunc in place on the elements that an index names, one after another: an element that is named twice is changed
 * twice. Bounds, casts and shapes are checked before the first is changed.
 */
export function atUfunc(core: UfuncCore, a: NDArray, index: IndexPart, b?: ArrayInput): void {
  const caller = `${core.name}.at`;
  requireElementwise(core, a, b, caller);
  if (a.dtype.unit !== null || (b instanceof NDArray && b.dtype.unit !== null)) {
    dateEngine(caller).at(core, a, b, (counted, counts, second) => atUfunc(counted, counts, index, second));
    return;
  }
  const { shape, offsets } = selectOffsets(a.layout, index, caller);
  const second = core.nin === 2 ? operandFrom(b!, a, caller) : null;
  const codes = [a.dtype.num];
  if (core.nin === 2) codes.push(isScalarOperand(second) ? weakCode(second) : (second as NDArray).dtype.num);
  const loop = resolveLoop(core, codes);
  requireBack(loop, a, caller);
  const place = placeOf(a);
  if (second === null) {
    guarded(core, loop, a, caller, () => runAt(loop, place, offsets, null, null));
    return;
  }
  const isScalar = isScalarOperand(second);
  const other = isScalar ? scalarPlace(caller, 1, second, loop.inputs[1]!, 0) : placeOf(second as NDArray);
  const bOffsets = isScalar ? null : stretched(second as NDArray, shape, caller);
  guarded(core, loop, a, caller, () => runAt(loop, place, offsets, other, bOffsets));
}

/** What may throw half way leaves the array as it was. */
function guarded(core: UfuncCore, loop: Loop, a: NDArray, caller: string, run: () => void): void {
  const kept = mayThrow(core, loop) || isInspected() ? workingCopy(a, a.dtype, "K", caller, HALF_WAY) : null;
  try {
    // Of several elements they are told once, as NumPy does: who is told may call what uses the same scalars.
    if (isInspected()) inspectTogether(core.name, run);
    else run();
  } catch (error) {
    if (kept !== null) assign(a, kept, { casting: "no", caller });
    throw error;
  }
}

function requireElementwise(core: UfuncCore, a: NDArray, b: ArrayInput | undefined, caller: string): void {
  if (core.nout !== 1 || core.nin > 2 || core.signature !== null) {
    throw new ValueError(`${caller}: only for ufuncs of one or two operands and one result`);
  }
  if (!(a instanceof NDArray))
    throw new ValueError(`${caller}: the first argument must be an array to change`);
  if ((b === undefined) !== (core.nin === 1)) {
    throw new ValueError(
      `${caller}: ${core.nin === 1 ? "takes no second operand" : "needs a second operand"}`,
    );
  }
  requireWriteable(a, caller);
}

/** The second operand, copied if changing the first would change it. */
function operandFrom(b: ArrayInput, a: NDArray, caller: string): NDArray | Exclude<ArrayInput, object> {
  if (isScalarOperand(b)) return b as Exclude<ArrayInput, object>;
  const array = listOf(asarray(b), b, a);
  return mayClash(a, array, 1) ? protectedCopy(array, "K", caller) : array;
}

/** Lists of whole numbers fit into integers, as one such number does. */
function listOf(array: NDArray, given: ArrayInput, a: NDArray): NDArray {
  const weak = Array.isArray(given) && array.dtype.type === "float64" && /[iu]/.test(a.dtype.kind);
  return weak && (dataOf(array) as Float64Array).every(Number.isInteger) ? asarray(given, a.dtype) : array;
}

function requireBack(loop: Loop, a: NDArray, caller: string): void {
  const from = loop.outputs[0]!;
  if (mayCast(from, a.dtype, "same_kind")) return;
  throw new DTypeError(
    `${caller}: cannot cast the result from ${from} back to ${a.dtype} under casting "same_kind"; ${castingFor(from, a.dtype)}`,
  );
}

/** The offset of the second operand for each element. */
function stretched(b: NDArray, shape: readonly number[], caller: string): Float64Array {
  const layout = broadcastLayout(b.layout, shape);
  if (layout !== null) return offsetsOf(layout);
  throw new ShapeError(
    `${caller}: an operand of shape ${shapeText(b.layout.shape)} cannot be broadcast to the elements indexed, ${shapeText(shape)}`,
  );
}

/** A place whose offset is moved from element to element. */
interface MovingPlace extends TypedPlace {
  offset: number;
}

function runAt(
  loop: Loop,
  a: TypedPlace,
  offsets: Float64Array,
  b: TypedPlace | null,
  bOffsets: Float64Array | null,
): void {
  if (runAtTiles(loop, a, offsets, b, bOffsets)) return;
  const target: MovingPlace = { ...a, strides: [] };
  const inputs: MovingPlace[] = b === null ? [target] : [target, { ...b, strides: [] }];
  const outputs = [target];
  for (let k = 0; k < offsets.length; k++) {
    target.offset = offsets[k]!;
    if (bOffsets !== null) inputs[1]!.offset = bOffsets[k]!;
    elementwise(loop, [], inputs, outputs, null);
  }
}
