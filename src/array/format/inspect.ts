import { Complex } from "../../dtype/complex.ts";
import { Datetime64, Timedelta64 } from "../../dtype/date-scalars.ts";
import { isNdError } from "../../errors.ts";
import { requireListable, shapeText } from "../../layout/layout.ts";
import type { NDArray } from "../ndarray.ts";
import { arrayRepr } from "./array2string.ts";

/** Plain data, as `JSON.stringify` takes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What the console shows of an array: its `repr`, and of one whose buffer is gone what is still known of it. */
export function inspectArray(a: NDArray): string {
  try {
    return arrayRepr(a);
  } catch (error) {
    // Looking at a thing must not throw; whoever reads it is told why.
    if (!isNdError(error)) throw error;
    return `array(<${error.message}>, shape=${shapeText(a.layout.shape)}, dtype=${a.dtype.toString()})`;
  }
}

/**
 * The elements of an array as nested lists, one level an axis; of a 0-d array the element alone. Returns a copy.
 *
 * JSON knows fewer values than arrays do. 64-bit integers become numbers when a number holds them exactly, else
 * strings of their digits; NaN and infinities become null; complex numbers `{ re, im }`, structs objects of their
 * fields, raw bytes lists of numbers, moments texts, spans of time their counts, NaT null.
 */
export function arrayToJSON(a: NDArray): Json {
  const { storage, layout, dtype } = a;
  storage.alive();
  const { shape, strides } = layout;
  requireListable(shape, "toJSON");
  const nested = (axis: number, at: number): Json =>
    axis === shape.length
      ? toJson(dtype.access.read(storage.view, at))
      : Array.from({ length: shape[axis]! }, (_, i) => nested(axis + 1, at + i * strides[axis]!));
  return nested(0, layout.offset);
}

function toJson(value: unknown): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : String(value);
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (value instanceof Complex) return { re: toJson(value.re), im: toJson(value.im) };
  if (value instanceof Uint8Array) return Array.from(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Datetime64 || value instanceof Timedelta64) return value.toJSON();
  return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, toJson(part)]));
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}
