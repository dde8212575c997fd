/** @stdlib's `ndarray`: it has strides of any sign, so views pass both ways without a copy. */

import { fromStrided } from "../array/adopt.ts";
import { WRITEABLE } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { type Handoff, handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** An ndarray of @stdlib, as far as it is used here; strides and offset count elements. */
export interface StdlibArray {
  /** A name, or an object whose text is one. */
  readonly dtype: unknown;
  readonly data: unknown;
  readonly shape: ArrayLike<number>;
  readonly strides: ArrayLike<number>;
  readonly offset: number;
  readonly order: string;
  readonly flags?: object | undefined;
}

/** The package `@stdlib/ndarray-ctor`, or `@stdlib/ndarray/ctor`: its one function. */
export type StdlibConstructor<T extends StdlibArray = StdlibArray> = new (
  dtype: never,
  data: never,
  shape: number[],
  strides: number[],
  offset: number,
  order: never,
  options?: never,
) => T;

/** @stdlib's typed arrays of what JavaScript has none of, over a buffer. */
export type StdlibMemory = new (buffer: never, byteOffset: never, length: never) => object;

/** The classes that are needed for the dtypes in their names. */
export interface StdlibClasses {
  readonly BooleanArray?: StdlibMemory | undefined;
  readonly Complex64Array?: StdlibMemory | undefined;
  readonly Complex128Array?: StdlibMemory | undefined;
}

/** What passes arrays to and from @stdlib. */
export interface Stdlib<T extends StdlibArray = StdlibArray> {
  /**
   * An ndarray over the same memory, whatever the strides, read-only where the array is. bool and complex elements need the
   * class of their name, which takes no SharedArrayBuffer, and complex ones lie at multiples of their size; what does not is
   * copied. float16 and 64-bit integers are unknown there, and refused. `copy: false` refuses where it would copy.
   */
  toNdarray(a: NDArray, options?: { readonly copy?: boolean }): T;
  /** A view of what an ndarray shows, read-only if it is. A generic one, over a plain list, has no memory and is refused. */
  fromNdarray(nd: StdlibArray): NDArray;
}

const DTYPES = [
  ...["float64", "float32", "int32", "uint32", "int16", "uint16", "int8", "uint8"],
  ...["bool", "complex64", "complex128"],
] as const;

/** The classes of the elements that JavaScript's typed arrays do not have. */
const CLASSES: Readonly<Record<string, keyof StdlibClasses>> = {
  bool: "BooleanArray",
  complex64: "Complex64Array",
  complex128: "Complex128Array",
};

/** What @stdlib calls dtypes, where the names differ. */
const NAMES: Readonly<Record<string, DTypeLike>> = { uint8c: "uint8", binary: "uint8" };

/**
 * Arrays to and from @stdlib's `ndarray`: `stdlib(ndarray, { Complex128Array })` with the constructor and the classes that
 * are needed, or `await stdlib()` to load @stdlib/ndarray-ctor and those of its classes that are installed.
 *
 * @example
 * import { stdlib } from "ndview/interop/stdlib";
 * const { toNdarray, fromNdarray } = await stdlib();
 * const a = np.ones([2, 3]);
 * const nd = toNdarray(a.slice(":", "::-1"));
 * nd.strides; // [3, -1]
 * np.sharesMemory(fromNdarray(nd), a); // true
 */
export function stdlib<T extends StdlibArray>(
  ndarray: StdlibConstructor<T>,
  classes?: StdlibClasses,
): Stdlib<T>;
export function stdlib(): Promise<Stdlib>;
export function stdlib(ndarray?: StdlibConstructor, classes: StdlibClasses = {}): Stdlib | Promise<Stdlib> {
  return ndarray === undefined ? loadStdlib() : adapter(ndarray, classes);
}

async function loadStdlib(): Promise<Stdlib> {
  type Loaded<T> = { readonly default: T };
  const { default: ndarray } = await loadPeer<Loaded<StdlibConstructor>>(
    "@stdlib/ndarray-ctor",
    "stdlib",
    () => import("@stdlib/ndarray-ctor" as string),
  );
  const optional = (load: Promise<Loaded<StdlibMemory>>) =>
    load.then(
      (found) => found.default,
      () => undefined,
    );
  const [BooleanArray, Complex64Array, Complex128Array] = await Promise.all([
    optional(import("@stdlib/array-bool" as string)),
    optional(import("@stdlib/array-complex64" as string)),
    optional(import("@stdlib/array-complex128" as string)),
  ]);
  return adapter(ndarray, { BooleanArray, Complex64Array, Complex128Array });
}

function adapter(ndarray: StdlibConstructor, classes: StdlibClasses): Stdlib {
  return {
    toNdarray(a, { copy = true } = {}) {
      const own = CLASSES[a.dtype.name];
      const given = handoff(a, {
        consumer: "@stdlib",
        dtypes: DTYPES,
        casting: "no",
        wholeElements: true,
        ...(own !== undefined && { shared: false, alignment: a.itemsize }),
        copy,
      });
      const { shape, strides, offset, dtype } = given;
      const steps = strides.map((stride) => stride / dtype.itemsize);
      const readonly = !given.copied && (a.bits & WRITEABLE) === 0;
      return new ndarray(
        dtype.name as never,
        memoryFor(given, classes) as never,
        [...shape],
        shape.length === 0 ? [0] : steps,
        offset / dtype.itemsize,
        orderOf(given) as never,
        { readonly } as never,
      );
    },
    fromNdarray,
  };
}

function memoryFor({ data, dtype }: Handoff, classes: StdlibClasses): object {
  const own = CLASSES[dtype.name];
  if (own === undefined) return data;
  const Memory = classes[own];
  if (Memory === undefined) {
    const name = `@stdlib/array-${dtype.name}`;
    throw new DTypeError(
      `toNdarray: ${dtype} needs @stdlib's ${own}; npm install ${name}, or give it: stdlib(ndarray, { ${own} })`,
    );
  }
  const length = data.byteLength / dtype.itemsize;
  return new Memory(data.buffer as never, data.byteOffset as never, length as never);
}

/** In which order @stdlib counts elements; reading by index is the same in both. */
function orderOf({ shape, strides }: Handoff): string {
  const steps = strides.filter((_, axis) => shape[axis]! > 1).map(Math.abs);
  const ascends = steps.every((step, k) => k === 0 || step >= steps[k - 1]!);
  const descends = steps.every((step, k) => k === 0 || step <= steps[k - 1]!);
  return ascends && !descends ? "column-major" : "row-major";
}

function fromNdarray({ dtype, data, shape, strides, offset, flags }: StdlibArray): NDArray<DType> {
  const name = String(dtype);
  const { buffer, byteOffset, byteLength } = data as Partial<Uint8Array>;
  if (buffer === undefined || byteOffset === undefined || byteLength === undefined)
    throw new ValueError(`fromNdarray: its ${name} data is no typed array, so there is no memory to view`);
  const known = NAMES[name] ?? DTYPES.find((one) => one === name);
  if (known === undefined)
    throw new DTypeError(`fromNdarray: elements of ${name} have no dtype here; one of ${DTYPES.join(", ")}`);
  const { READONLY = false } = (flags ?? {}) as { READONLY?: boolean };
  return fromStrided({
    data: new Uint8Array(buffer, byteOffset, byteLength),
    dtype: known,
    shape,
    // One of no axes has a stride all the same.
    strides: Array.from(strides).slice(0, shape.length),
    offset,
    units: "elements",
    ...(READONLY && { writeable: false }),
  });
}
