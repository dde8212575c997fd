import { floatText } from "../../src/dtype/number-text.ts";
import type { NDArray } from "../../src/index.ts";

/** Where the elements of an array lie and how one is read aloud, for the panels that look at elements one by one. */

/** The address of each element in its buffer, in C order. */
export function addressesOf(a: NDArray): Float64Array {
  let addresses = new Float64Array([a.byteOffset]);
  const { shape, strides } = a;
  shape.forEach((length, axis) => {
    const next = new Float64Array(addresses.length * length);
    const stride = strides[axis] as number;
    for (let k = 0; k < addresses.length; k++) {
      const from = addresses[k] as number;
      for (let i = 0; i < length; i++) next[k * length + i] = from + i * stride;
    }
    addresses = next;
  });
  return addresses;
}

/** The index of the element that is `rank`th in C order, as `1, 2`. */
export function indexText(rank: number, shape: readonly number[]): string {
  const index: number[] = [];
  let left = rank;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] as number;
    index.unshift(left % length);
    left = Math.floor(left / length);
  }
  return index.join(", ");
}

/** An element as Python prints it, more or less: it has to fit a cell. */
export function elementText(value: unknown, kind: string): string {
  if (typeof value === "number") return kind === "f" ? floatText(rounded(value)) : String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return `'${value}'`;
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
    return Object.values(value)
      .map((part) => elementText(part, "f"))
      .join("; ");
  return String(value);
}

function rounded(value: number): number {
  return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(7));
}
