import { asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { NpzFile } from "../io/npz.ts";
import { Mapping } from "./values.ts";

/** A JS value as a value of an expression: whole numbers are ints, as everywhere in the library, typed arrays are arrays. */
export function fromJs(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
  if (value instanceof NDArray || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(fromJs);
  if (ArrayBuffer.isView(value)) return asarray(value as Uint8Array);
  return value instanceof NpzFile ? new Mapping("archive", value.files, (key) => value.get(key)) : value;
}
