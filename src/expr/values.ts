/**
 * The values of expressions, which are Python's.
 *
 * | in Python | here |
 * |---|---|
 * | int, of any size | bigint |
 * | float | number |
 * | complex | Complex |
 * | bool, None | boolean, null |
 * | str, bytes | string, PyBytes |
 * | list, tuple | a JS list, PyTuple |
 * | slice, ... | what `np.s` makes, ELLIPSIS |
 * | an array | NDArray |
 * | a NumPy scalar: `a[0]`, `a.sum()` | NumpyScalar, an array of no axes that says it is a scalar |
 *
 * So a whole number keeps to what it was written as: `2` is an int and `2.0` a float.
 */

import { arrayStr } from "../array/format/array2string.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import { numpyScalarText, structureText } from "./scalar-text.ts";

/** An array of no axes that counts as a scalar: what NumPy gives for one element, and for a full reduction. */
export class NumpyScalar<D extends DType = DType> extends NDArray<D> {
  /** @internal */
  static of(array: NDArray): NumpyScalar {
    if (array instanceof NumpyScalar) return array;
    return new NumpyScalar(array.storage, array.layout, array.dtype, array.base, array.bits);
  }

  /** NumPy's `repr`: `np.uint8(3)`. */
  override repr(): string {
    return numpyScalarText(this);
  }

  override toString(): string {
    return this.dtype.fields === null ? arrayStr(this) : structureText(this);
  }
}

/** A tuple. */
export class PyTuple {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** Bytes. */
export class PyBytes {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** `...` */
export const ELLIPSIS: { readonly text: string } = Object.freeze({ text: "Ellipsis" });

/** A type that makes scalars and stands for a dtype: `np.int32`, `float`. */
export class ScalarType {
  /** As Python prints it: `<class 'numpy.int32'>`. */
  readonly text: string;
  /** What functions of the library take for it: a dtype, or the name of a kind such as `"integer"`. */
  readonly dtype: Descriptor | string;
  /** Whether it is Python's own (`int`), whose calls give Python's values. */
  readonly builtin: string | null;

  constructor(text: string, dtype: Descriptor | string, builtin: string | null = null) {
    this.text = text;
    this.dtype = dtype;
    this.builtin = builtin;
  }
}

/** Names below a name: `np`, `np.linalg`. */
export class Module {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Named values: the arrays of an archive. */
export class Mapping {
  readonly name: string;
  readonly keys: readonly string[];
  readonly get: (key: string) => unknown;

  constructor(name: string, keys: readonly string[], get: (key: string) => unknown) {
    this.name = name;
    this.keys = keys;
    this.get = get;
  }
}

/** The arguments of a call, evaluated. */
export interface CallArguments {
  readonly positional: readonly unknown[];
  readonly keywords: ReadonlyMap<string, unknown>;
}

/** What can be called. */
export class Callable {
  readonly name: string;
  readonly call: (args: CallArguments) => unknown;
  /** Callables below it, as `np.add.reduce`. */
  readonly member: ((name: string) => unknown) | null;

  constructor(
    name: string,
    call: (args: CallArguments) => unknown,
    member: ((name: string) => unknown) | null = null,
  ) {
    this.name = name;
    this.call = call;
    this.member = member;
  }
}
