import { DTypeError } from "../errors.ts";
import { Complex } from "./complex.ts";
import type { Descriptor } from "./descriptor.ts";
import { join } from "./lattice.ts";
import type { Kind, ScalarLike } from "./map.ts";
import { isString } from "./strings.ts";
import { type PlainDType, plain } from "./table.ts";

/**
 * JS scalars beside arrays.
 *
 * A scalar has no size of its own, so beside an array it asks for a kind only: it is weak. A number with an
 * integer value and a bigint ask for an integer, any other number for a float, a Complex for a complex. Where
 * the array is of that kind or beyond, its dtype stays as it is.
 */
export type Weak = "bool" | "int" | "float" | "complex";

/** The kinds of the plain dtypes. */
type PlainKind = Exclude<Kind, "m" | "M" | "S" | "U" | "V">;

const weakOrder: readonly Weak[] = ["bool", "int", "float", "complex"];

/** The dtype that a weak scalar acts as beside each kind of dtype; promotion does the rest. */
const actsAs: Readonly<Record<Weak, Readonly<Record<PlainKind, PlainDType>>>> = {
  bool: { b: "bool", i: "bool", u: "bool", f: "bool", c: "bool" },
  int: { b: "int64", i: "bool", u: "bool", f: "bool", c: "bool" },
  float: { b: "float64", i: "float64", u: "float64", f: "bool", c: "bool" },
  complex: { b: "complex128", i: "complex128", u: "complex128", f: "complex64", c: "bool" },
};

/** Whether a value is a scalar, and not an array or a dtype. */
export function isScalar(value: unknown): value is ScalarLike {
  return /^(number|bigint|boolean)$/.test(typeof value) || value instanceof Complex;
}

/** What a scalar asks for beside an array. */
export function weakOf(value: ScalarLike): Weak {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return "complex";
}

/** The dtype of a scalar on its own: number float64, bigint int64, boolean bool, Complex complex128. */
export function scalarDescriptor(value: ScalarLike): Descriptor {
  if (typeof value === "boolean") return plain.bool;
  if (typeof value === "bigint") return plain.int64;
  return typeof value === "number" ? plain.float64 : plain.complex128;
}

/** The dtype of `strong` beside scalars. */
export function promoteWeak(strong: Descriptor, scalars: readonly ScalarLike[], caller: string): Descriptor {
  if (scalars.length === 0) return strong;
  if (isString(strong) && scalars.every((value) => typeof value === "boolean")) {
    // By what the dtype brings along, so that who has no strings does not load their rules.
    return strong.composition!.promoteAll!([strong, plain.bool], caller);
  }
  if (strong.kind === "V" || isString(strong)) {
    const mend = strong.kind === "V" ? "use its fields one by one" : "write the scalar as a string";
    throw new DTypeError(`${caller}: no dtype holds both ${strong} and the scalar ${scalars[0]}; ${mend}`);
  }
  if (strong.unit !== null) return promoteAmongDates(strong, scalars, caller);
  const kind = strong.kind as PlainKind;
  const rank = Math.max(...scalars.map((value) => weakOrder.indexOf(weakOf(value))));
  return plain[join([strong.type as PlainDType, actsAs[weakOrder[rank]!][kind]])];
}

/** Beside spans of time a whole number is one of them. */
function promoteAmongDates(strong: Descriptor, scalars: readonly ScalarLike[], caller: string): Descriptor {
  const strange = scalars.find((value) => !/^(bool|int)$/.test(weakOf(value)));
  if (strong.kind === "m" && strange === undefined) return strong;
  throw new DTypeError(
    `${caller}: no dtype holds both ${strong} and the scalar ${strange ?? scalars[0]}; make it one with datetime64 or timedelta64`,
  );
}
