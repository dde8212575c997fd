import { ValueError } from "../errors.ts";
import type { Complex } from "./complex.ts";
import { Descriptor, type HasDType } from "./descriptor.ts";
import type { DType, Kind, ScalarLike } from "./map.ts";
import { type DTypeLike, type DTypeOf, toDescriptor } from "./parse.ts";
import { promoteAll } from "./promote.ts";
import type { Promote, PromoteScalar } from "./promotion-table.ts";
import { pointsIn } from "./string-access.ts";
import { strDescriptor } from "./strings.ts";
import { plain } from "./table.ts";
import { isScalar, promoteWeak, scalarDescriptor, weakOf } from "./weak.ts";

/** What takes part in promotion: an array, a dtype or what stands for one, or a scalar. */
export type Operand = HasDType | DTypeLike | ScalarLike;

/** The dtype of an operand that is no scalar. */
type StrongOf<S> = S extends { readonly dtype: Descriptor<infer D> } ? D : DTypeOf<S>;

/** The dtype of a scalar on its own. */
type ScalarDType<S> = S extends boolean
  ? "bool"
  : S extends bigint
    ? "int64"
    : S extends number
      ? "float64"
      : "complex128";

type ResultOf1<A> = A extends ScalarLike ? ScalarDType<A> : StrongOf<A>;

type ResultOf2<A, B> = A extends ScalarLike
  ? B extends ScalarLike
    ? Promote<ScalarDType<A>, ScalarDType<B>>
    : PromoteScalar<StrongOf<B>, A>
  : B extends ScalarLike
    ? PromoteScalar<StrongOf<A>, B>
    : Promote<StrongOf<A>, StrongOf<B>>;

/**
 * The dtype that an operation on these operands is done in.
 *
 * Beside an array or a dtype, a scalar is weak: a number with an integer value and a bigint ask for an integer,
 * other numbers for a float. Scalars alone are what they are: number float64, bigint int64. Whether a scalar
 * fits the result is seen when it is converted.
 *
 * @throws DTypeError when no dtype holds them all
 * @example
 * np.resultType("int32", 2).name; // "int32"
 * np.resultType("int32", 0.5).name; // "float64"
 * np.resultType("uint8", "int8").name; // "int16"
 */
export function resultType<const A extends Operand>(a: A): Descriptor<ResultOf1<A>>;
export function resultType<const A extends Operand, const B extends Operand>(
  a: A,
  b: B,
): Descriptor<ResultOf2<A, B>>;
export function resultType(...operands: Operand[]): Descriptor;
export function resultType(...operands: Operand[]): Descriptor<DType> {
  if (operands.length === 0) throw new ValueError("resultType: give at least one array, dtype or scalar");
  const scalars = operands.filter(isScalar);
  const strong = operands.filter((operand) => !isScalar(operand)).map(strongDescriptor);
  if (strong.length === 0) return promoteAll(scalars.map(scalarDescriptor), "resultType");
  return promoteWeak(promoteAll(strong, "resultType"), scalars, "resultType");
}

function strongDescriptor(operand: Operand): Descriptor {
  return hasDType(operand) ? operand.dtype : toDescriptor(operand);
}

/** Whether a value is an array, or at least has a dtype. */
function hasDType(value: unknown): value is HasDType {
  return typeof value === "object" && value !== null && "dtype" in value && value.dtype instanceof Descriptor;
}

/** A 0-d array, or any other one. */
export interface ScalarArray extends HasDType {
  readonly ndim: number;
  at(...index: number[]): unknown;
}

/**
 * The smallest dtype that holds a value: of a scalar or of the element of a 0-d array. Any other array has its
 * own dtype. Floats go by their range, not by their digits.
 *
 * @throws ValueError for an integer that no 64-bit dtype holds
 * @example
 * np.minScalarType(10).name; // "uint8"
 * np.minScalarType(-260).name; // "int16"
 * np.minScalarType(0.1).name; // "float16"
 */
export function minScalarType(value: ScalarLike | string | ScalarArray): Descriptor {
  if (typeof value === "string") return strDescriptor(Math.max(1, pointsIn(value)));
  if (value === undefined || value === null)
    throw new ValueError(`minScalarType: ${value} is no value of any dtype`);
  if (!hasDType(value)) return smallest[weakKinds[weakOf(value)]](value);
  const { kind } = value.dtype;
  const known = Object.hasOwn(smallest, kind);
  if (value.ndim > 0 || !known) return value.dtype;
  return smallest[kind as keyof typeof smallest](value.at() as ScalarLike);
}

const weakKinds = { bool: "b", int: "i", float: "f", complex: "c" } as const;

const smallest: Readonly<
  Record<Exclude<Kind, "m" | "M" | "S" | "U" | "V">, (value: ScalarLike) => Descriptor>
> = {
  b: () => plain.bool,
  i: smallestInteger,
  u: smallestInteger,
  f: (value) => smallestFloat(value as number),
  c: (value) => smallestComplex(value as Complex),
};

function smallestInteger(value: ScalarLike): Descriptor {
  const whole = BigInt(value as number | bigint);
  const kind = whole < 0n ? "i" : "u";
  // Of the 8 bits an item, a negative number leaves one to the sign.
  const magnitude = whole < 0n ? -2n * whole - 1n : whole;
  const found = Object.values<Descriptor>(plain).find(
    (d) => d.kind === kind && magnitude >> BigInt(8 * d.itemsize) === 0n,
  );
  if (found !== undefined) return found;
  if (typeof value === "number") return smallestFloat(value);
  throw new ValueError(`minScalarType: no integer dtype holds ${whole}; the largest have 64 bits`);
}

/** NumPy's bounds, a little inside of the largest float16 and float32. */
const floatBounds = [
  [65000, plain.float16],
  [3.4e38, plain.float32],
] as const;

function smallestFloat(value: number): Descriptor {
  if (!Number.isFinite(value)) return plain.float16;
  return floatBounds.find(([bound]) => Math.abs(value) < bound)?.[1] ?? plain.float64;
}

/** Unlike a float, a complex with an infinite or NaN part does not count as small. */
function smallestComplex({ re, im }: Complex): Descriptor {
  const [bound, small] = [3.4e38, plain.complex64];
  return Math.abs(re) < bound && Math.abs(im) < bound ? small : plain.complex128;
}
