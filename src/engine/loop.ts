import type { Descriptor } from "../dtype/descriptor.ts";
import type { PlainDType } from "../dtype/table.ts";

/** What runs over a tile: `n` elements, and byte addresses in the engine's memory, inputs before outputs. */
export interface TileRun {
  readonly run: (n: number, ...pointers: number[]) => void;
}

/**
 * What computes one tile of elements: a kernel, and the dtypes that it computes in. These need not be those of the
 * loop: a float16 loop computes in float32, and the driver casts on both sides. Tiles are dense; a bool is a byte 0 or
 * 1, a complex number its two parts side by side.
 */
export interface LoopKernel extends TileRun {
  readonly in: readonly PlainDType[];
  readonly out: readonly PlainDType[];
}

/**
 * What computes elements of float64 in ordinary memory, where they lie: quicker than a kernel for few of them, and for very
 * many.
 */
export interface PlainLoops {
  /** `n` elements: operands from places `i` and `j` on, `s` and `t` places apart, to a row from place `at` on. */
  few(
    n: number,
    a: Float64Array,
    i: number,
    s: number,
    b: Float64Array,
    j: number,
    t: number,
    to: Float64Array,
    at: number,
  ): void;
  /** Rows of a multiple of 16 elements. */
  many(a: Float64Array, b: Float64Array, to: Float64Array): void;
  /** The same with one number for the second operand. */
  manyWith(a: Float64Array, x: number, to: Float64Array): void;
}

/** One loop of a ufunc, such as NumPy's `dd->d`: the dtypes that operands are cast to, and what computes them. */
export interface Loop {
  /** The ufunc that it is of, for messages. */
  readonly name?: string;
  readonly inputs: readonly Descriptor[];
  readonly outputs: readonly Descriptor[];
  readonly kernel: LoopKernel;
  /** For a loop of float64 that has them. */
  readonly plain?: PlainLoops | undefined;
}
