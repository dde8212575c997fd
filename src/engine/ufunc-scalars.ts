import type { TypedPlace } from "../array/cast.ts";
import { heapStorage } from "../array/heapplace.ts";
import { Storage } from "../array/storage.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { isNdError, ValueError } from "../errors.ts";
import { region } from "../wasm/memory.ts";
import type { Loop } from "./loop.ts";
import { repeatKernel } from "./repeat.ts";
import { resolveDTypes } from "./resolve.ts";
import { PIECE_BYTES } from "./rows.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/**
 * JS scalars as operands: one element of the loop's dtype in scratch memory, which does not move along any axis.
 */

/** Whether an operand is a scalar, and not an array or what becomes one. */
export function isScalarOperand(value: unknown): value is ScalarLike {
  const type = typeof value;
  return type === "number" || type === "bigint" || type === "boolean" || value instanceof Complex;
}

/** One element for each operand; read by the driver before anybody else can ask for the next. */
const elements: Storage[] = [];
const still: number[][] = [];

/** As many strides of 0; never to be changed. */
export function stillStrides(ndim: number): readonly number[] {
  return (still[ndim] ??= new Array<number>(ndim).fill(0));
}

/**
 * A place with a scalar as an element of a dtype, for the operand of that number.
 *
 * @throws ValueError when it is out of range, DTypeError when it is of no kind that the dtype holds.
 */
export function scalarPlace(
  name: string,
  k: number,
  value: ScalarLike,
  dtype: Descriptor,
  ndim: number,
): TypedPlace {
  const storage = (elements[k] ??= new Storage(new ArrayBuffer(16)));
  dtype.access.write(storage.unchecked, 0, coerced(name, value, dtype));
  return { storage, strides: stillStrides(ndim), offset: 0, dtype };
}

/** What was repeated last, for each operand. */
interface Repeated {
  readonly address: number;
  value: ScalarLike | null;
  dtype: Descriptor | null;
  count: number;
}

const repeated: Repeated[] = [];

/**
 * The address of a scalar as `n` elements of a dtype, for the operand of that number. They stay: the same scalar is often
 * met again.
 *
 * @throws what {@link scalarPlace} throws.
 */
export function scalarRow(name: string, k: number, value: ScalarLike, dtype: Descriptor, n: number): number {
  const row = (repeated[k] ??= {
    address: region(PIECE_BYTES + 64),
    value: null,
    dtype: null,
    count: 0,
  });
  if (row.dtype === dtype && row.count >= n && Object.is(row.value, value)) return row.address;
  const element = coerced(name, value, dtype);
  row.dtype = null;
  dtype.access.write(heapStorage().unchecked, row.address, element);
  repeatKernel(dtype.itemsize).run(n, row.address);
  row.value = value;
  row.dtype = dtype;
  row.count = n;
  return row.address;
}

function coerced(name: string, value: ScalarLike, dtype: Descriptor): never {
  try {
    return dtype.access.coerce(value) as never;
  } catch (error) {
    if (!isNdError(error, "value")) throw error;
    const [low, high] = rangeOf(dtype);
    const range = dtype.kind === "b" ? "" : ` (${low} to ${high - 1n})`;
    throw new ValueError(
      `${name}: ${value} is out of bounds for ${dtype}${range}; cast the array first, or give a dtype`,
    );
  }
}

/** The smallest integer of an integer dtype, and the first one that is too large. */
function rangeOf({ kind, itemsize }: Descriptor): [low: bigint, end: bigint] {
  const count = 1n << BigInt(8 * itemsize);
  return kind === "u" ? [0n, count] : [-count / 2n, count / 2n];
}

/** Below 0 when an integer is too small for an integer dtype, above 0 when it is too large. */
function outside(value: ScalarLike | null, dtype: Descriptor): number {
  if (typeof value !== "number" && typeof value !== "bigint") return 0;
  if (dtype.kind !== "i" && dtype.kind !== "u") return 0;
  const [low, end] = rangeOf(dtype);
  if (value < low) return -1;
  return value >= end ? 1 : 0;
}

/**
 * A comparison with integers that the loop's dtype does not hold: every element is smaller than such a one, or every one
 * is larger, as it is with an infinity among floats. `values` has the scalars, and null for arrays; they are replaced.
 */
export function exactComparison(core: UfuncCore, loop: Loop, values: (ScalarLike | null)[]): Loop {
  const sides = values.map((value, k) => outside(value, loop.inputs[k]!));
  if (sides.every((side) => side === 0)) return loop;
  const [a, b] = values as [ScalarLike, ScalarLike];
  // Two that are both outside are compared here, and their order put in their place.
  if (sides[0] !== 0 && sides[1] !== 0) [values[0], values[1]] = [a > b ? 1 : 0, a < b ? 1 : 0];
  else {
    for (const [k, side] of sides.entries()) if (side !== 0) values[k] = side * Number.POSITIVE_INFINITY;
  }
  return resolveDTypes(core, [plain.float64, plain.float64]);
}
