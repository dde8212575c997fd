import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { PythonProblem } from "./errors.ts";
import { PyBytes, PyTuple } from "./values.ts";

/** Whether a value counts as true: what `if`, `and`, `or` and `not` ask. */
export function truth(value: unknown): boolean {
  if (value instanceof NDArray) return arrayTruth(value);
  if (value === null || value === undefined) return false;
  switch (typeof value) {
    case "boolean":
      return value;
    case "bigint":
      return value !== 0n;
    case "number":
      return value !== 0;
    case "string":
      return value !== "";
  }
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyBytes) return value.bytes.length > 0;
  return value instanceof Complex ? value.re !== 0 || value.im !== 0 : true;
}

function arrayTruth(a: NDArray): boolean {
  const { size } = a;
  if (size === 0) {
    throw new PythonProblem(
      "ValueError",
      "The truth value of an empty array is ambiguous; use a.size > 0 to ask whether it has elements",
    );
  }
  if (size > 1) {
    throw new PythonProblem(
      "ValueError",
      "The truth value of an array with more than one element is ambiguous; use a.any() or a.all()",
    );
  }
  const { kind } = a.dtype;
  const element: unknown = a.at(...a.shape.map(() => 0));
  if (kind === "M" || kind === "m") return (element as { value: bigint }).value !== 0n;
  if (kind === "S") return (element as Uint8Array).length > 0;
  if (kind !== "V") return truth(element);
  return element instanceof Uint8Array ? element.some((byte) => byte !== 0) : true;
}
