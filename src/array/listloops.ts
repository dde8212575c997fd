/**
 * The innermost loops of making an array from lists: each writes what is in a list into memory of one dtype.
 *
 * A loop goes on as long as it meets what nearly every element is, and returns the position of the first that is
 * something else or does not fit, for the slow way; `n` when it got to the end. There is one for each dtype, because a
 * loop that has met several kinds of typed array is much slower (see moveloops.ts).
 */

import { Complex } from "../dtype/complex.ts";
import { toFloat16 } from "../dtype/float16.ts";
import type { PlainDType } from "../dtype/table.ts";

/** Writes `list[i]`, …, `list[n - 1]`; element k goes to `target[at + k * step]`. */
export type ListLoop = (
  list: readonly unknown[],
  i: number,
  n: number,
  target: never,
  at: number,
  step: number,
) => number;

type List = readonly unknown[];

function bool(list: List, i: number, n: number, target: Uint8Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value === "boolean") target[at + i * step] = value ? 1 : 0;
    else if (typeof value === "number") target[at + i * step] = value === 0 ? 0 : 1;
    else return i;
  }
  return n;
}

// A number strictly between the bounds loses its fraction as it is stored, and then fits.

function int8(list: List, i: number, n: number, target: Int8Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value > -129 && value < 128)) return i;
    target[at + i * step] = value;
  }
  return n;
}

function uint8(list: List, i: number, n: number, target: Uint8Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value > -1 && value < 256)) return i;
    target[at + i * step] = value;
  }
  return n;
}

function int16(list: List, i: number, n: number, target: Int16Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value > -32769 && value < 32768)) return i;
    target[at + i * step] = value;
  }
  return n;
}

function uint16(list: List, i: number, n: number, target: Uint16Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value > -1 && value < 65536)) return i;
    target[at + i * step] = value;
  }
  return n;
}

function int32(list: List, i: number, n: number, target: Int32Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value > -2147483649 && value < 2147483648)) return i;
    target[at + i * step] = value;
  }
  return n;
}

function uint32(list: List, i: number, n: number, target: Uint32Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || !(value > -1 && value < 4294967296)) return i;
    target[at + i * step] = value;
  }
  return n;
}

function int64(list: List, i: number, n: number, target: BigInt64Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value === "number" && Number.isSafeInteger(value)) target[at + i * step] = BigInt(value);
    else if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) target[at + i * step] = value;
    else return i;
  }
  return n;
}

function uint64(list: List, i: number, n: number, target: BigUint64Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "bigint" || BigInt.asUintN(64, value) !== value) return i;
    target[at + i * step] = value;
  }
  return n;
}

function float16(list: List, i: number, n: number, target: Uint16Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number") return i;
    target[at + i * step] = toFloat16(value);
  }
  return n;
}

function float32(list: List, i: number, n: number, target: Float32Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number") return i;
    target[at + i * step] = value;
  }
  return n;
}

function float64(list: List, i: number, n: number, target: Float64Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number") return i;
    target[at + i * step] = value;
  }
  return n;
}

function complex64(list: List, i: number, n: number, target: Float32Array, at: number, step: number): number {
  for (; i < n; i++) {
    const value = list[i];
    if (!(value instanceof Complex)) return i;
    target[at + i * step] = value.re;
    target[at + i * step + 1] = value.im;
  }
  return n;
}

function complex128(
  list: List,
  i: number,
  n: number,
  target: Float64Array,
  at: number,
  step: number,
): number {
  for (; i < n; i++) {
    const value = list[i];
    if (!(value instanceof Complex)) return i;
    target[at + i * step] = value.re;
    target[at + i * step + 1] = value.im;
  }
  return n;
}

/** The loop of each plain dtype. */
export const listLoops: Readonly<Record<PlainDType, ListLoop>> = {
  bool,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float16,
  float32,
  float64,
  complex64,
  complex128,
};
