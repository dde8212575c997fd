/**
 * Memory for C, as koffi and other foreign function interfaces take it: a typed array stands for the address of its first
 * byte. They ask neither for the dtype nor for the layout, so both are checked here.
 */

import { copyArray } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { type HandoffRequirement, handoff } from "./handoff.ts";

/** A strided array for a C function that takes a base, lengths, byte strides and the number of axes. */
export interface CArray {
  /**
   * Stands for the address of element (0, 0, …), from which strides count; they may lead to lower addresses. The memory is the
   * array's own as long as `copied` is false.
   */
  readonly base: Uint8Array;
  readonly shape: BigInt64Array;
  /** In bytes. */
  readonly strides: BigInt64Array;
  readonly ndim: number;
  readonly copied: boolean;
  readonly reason: string;
}

/** What C calls the dtypes. */
const TYPES: Readonly<Record<string, readonly DType[]>> = {
  void: [],
  double: ["float64"],
  float: ["float32"],
  _float16: ["float16"],
  "double complex": ["complex128"],
  "float complex": ["complex64"],
  bool: ["bool"],
  char: ["int8", "uint8"],
  "signed char": ["int8"],
  "unsigned char": ["uint8"],
  short: ["int16"],
  "unsigned short": ["uint16"],
  int: ["int32"],
  "unsigned int": ["uint32"],
  "long long": ["int64"],
  "unsigned long long": ["uint64"],
  int8_t: ["int8"],
  uint8_t: ["uint8"],
  int16_t: ["int16"],
  uint16_t: ["uint16"],
  int32_t: ["int32"],
  uint32_t: ["uint32"],
  int64_t: ["int64"],
  uint64_t: ["uint64"],
};

/** The dtypes that a C type stands for; none for void. */
function dtypesOf(ctype: string): readonly DType[] {
  const name = ctype
    .replace(/\bconst\b|\brestrict\b|\*/g, " ")
    .replace(/\b_(Bool|Complex)\b/g, (_, word: string) => word.toLowerCase())
    .trim()
    .replace(/\s+/g, " ")
    .replace("_Float16", "_float16");
  const dtypes = TYPES[name];
  if (dtypes !== undefined) return dtypes;
  const why = /\b(long|size_t|ssize_t|ptrdiff_t)\b/.test(name)
    ? `its width depends on the machine; say int32_t or int64_t`
    : `one of ${Object.keys(TYPES).join(", ")}`;
  throw new DTypeError(`toPointer: ${JSON.stringify(ctype)} is no type of elements here; ${why}`);
}

/** What a C function takes, if it does not take any strides. */
export type PointerRequirement = Omit<HandoffRequirement, "dtypes" | "casting" | "consumer" | "transposable">;

/**
 * An array for a C function: `sum(p.base, p.shape, p.strides, p.ndim)`. The element type in C is checked against the dtype.
 * Without a requirement no layout is copied; with one (`{ order: "C" }`, `{ negative: false }`) what does not fit is, once.
 *
 * A pointer lives as long as the array does: during a call that is so. For what C keeps longer, and for asynchronous calls,
 * keep the result of this function until C has let go of it. C may write into it while JS does not run, and must not free
 * it. Memory lent inside `np.scope` moves to ordinary memory first.
 *
 * @throws DTypeError when the dtype is not what the C type says, ValueError when a copy is needed and `copy` is false.
 * @example
 * import { toPointer } from "ndview/interop/c";
 * const p = toPointer(np.arange(6).slice("::-1"), "const double *");
 * p.strides; // BigInt64Array [-8n]
 */
export function toPointer(a: NDArray, ctype: string, requirement: PointerRequirement = {}): CArray {
  const dtypes = dtypesOf(ctype);
  if (dtypes.length > 0 && !(dtypes as readonly string[]).includes(a.dtype.name)) {
    throw new DTypeError(
      `toPointer: the elements are ${a.dtype}, but ${ctype} stands for ${dtypes.join(" or ")}`,
    );
  }
  const { data, shape, strides, offset, copied, reason } = handoff(a, {
    ...requirement,
    consumer: "the function",
  });
  const base = new Uint8Array(data.buffer, data.byteOffset + offset);
  return {
    base,
    shape: BigInt64Array.from(shape, BigInt),
    strides: BigInt64Array.from(strides, BigInt),
    ndim: shape.length,
    copied,
    reason,
  };
}

/** A matrix as BLAS and LAPACK take it in row-major order. */
export interface BlasMatrix<A> {
  /** From the first element on. */
  readonly data: A;
  /** Elements from a row to the next, of the matrix or of its transpose. */
  readonly lda: number;
  /** CBLAS's 111 for the matrix as it lies, 112 for the transpose of what lies there. */
  readonly trans: 111 | 112;
  readonly rows: number;
  readonly columns: number;
  readonly copied: boolean;
  readonly reason: string;
}

type BlasData<D> = D extends "float32" | "complex64" ? Float32Array : Float64Array;

const BLAS_DTYPES = ["float64", "float32", "complex128", "complex64"];

function requireBlas(a: NDArray, ndim: number, what: string): void {
  if (!BLAS_DTYPES.includes(a.dtype.name))
    throw new DTypeError(`${what}: BLAS has no ${a.dtype}; one of ${BLAS_DTYPES.join(", ")}`);
  if (a.ndim !== ndim) throw new ShapeError(`${what}: an array of ${ndim} axes is wanted, not ${a.ndim}`);
}

/**
 * A matrix for BLAS: windows by their leading dimension and transposes by `trans`, without a copy; what has no axis of
 * unit stride, or runs backwards, is copied once. LAPACK has no `trans`, but its C interface takes what lies transposed as
 * a matrix in column-major order (102). With `trans: false` a transpose is copied too, and with `writable: true` so is what
 * may not be written, whose results then do not reach the array.
 *
 * @example
 * import { toBlas } from "ndview/interop/c";
 * const a = np.ones([4, 6]);
 * const { lda, trans } = toBlas(a.slice("1:3", "2:5").T);
 * [lda, trans]; // [6, 112]
 */
export function toBlas<D extends "float64" | "float32" | "complex128" | "complex64">(
  a: NDArray<D>,
  { trans = true, writable = false, copy = true } = {},
): BlasMatrix<BlasData<D>> {
  requireBlas(a, 2, "toBlas");
  const asIs = leading(a, 0, 1);
  const turned = trans ? leading(a, 1, 0) : null;
  const [rows, columns] = a.shape as [number, number];
  const readOnly = writable && (a.bits & WRITEABLE) === 0;
  if (!readOnly && (asIs !== null || turned !== null)) {
    return matrix(a, asIs ?? turned!, asIs === null ? 112 : 111, "");
  }
  const reason = readOnly
    ? "the array is read-only; BLAS writes"
    : `no axis has stride ${a.itemsize} with the other one forwards; BLAS takes only rows without gaps`;
  if (!copy) throw new ValueError(`toBlas: needs a copy, and copy is false: ${reason}`);
  const dense = copyArray(a, "C", `toBlas: ${reason}`);
  return { ...matrix(dense, Math.max(1, columns), 111, reason), rows, columns, copied: true };
}

function matrix<D extends DType>(
  a: NDArray,
  lda: number,
  trans: 111 | 112,
  reason: string,
): BlasMatrix<BlasData<D>> {
  const { data } = handoff(a, { wholeElements: true });
  const [rows, columns] = a.shape as [number, number];
  return { data: data as BlasData<D>, lda, trans, rows, columns, copied: false, reason };
}

/** The leading dimension when `inner` is the axis along which elements lie side by side, else null. */
function leading(a: NDArray, outer: 0 | 1, inner: 0 | 1): number | null {
  const { shape, strides } = a.layout;
  const width = Math.max(1, shape[inner]!);
  if (!a.isAligned()) return null;
  if (shape[inner]! > 1 && strides[inner] !== a.itemsize) return null;
  if (shape[outer]! <= 1) return width;
  const step = strides[outer]! / a.itemsize;
  return Number.isInteger(step) && step >= width ? step : null;
}

/** A vector as BLAS takes it. */
export interface BlasVector<A> {
  /** From the element at the lowest address on, as BLAS wants it for negative increments too. */
  readonly data: A;
  readonly n: number;
  /** Elements from one to the next. */
  readonly inc: number;
  readonly copied: boolean;
}

/**
 * A vector for BLAS, of any stride of whole elements but 0: no copy for reversed and stepped ones.
 *
 * @example
 * import { toBlasVector } from "ndview/interop/c";
 * toBlasVector(np.arange(6).slice("::-2")).inc; // -2
 */
export function toBlasVector<D extends "float64" | "float32" | "complex128" | "complex64">(
  a: NDArray<D>,
  { copy = true } = {},
): BlasVector<BlasData<D>> {
  requireBlas(a, 1, "toBlasVector");
  const given = handoff(a, { consumer: "BLAS", wholeElements: true, repeated: false, copy });
  const inc = given.shape[0]! > 1 ? given.strides[0]! / a.itemsize : 1;
  return { data: given.data as unknown as BlasData<D>, n: given.shape[0]!, inc, copied: given.copied };
}
