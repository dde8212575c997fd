import type { TypedPlace } from "../array/cast.ts";
import type { Storage } from "../array/storage.ts";
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

/** What computes two operands of float64 where they lie, if that is quicker than by the kernel; both say whether they did. */
export interface PlainRun {
  /** Lines into a row. A step is bytes; null is the engine's memory, at an address. */
  line(
    n: number,
    a: Storage | null,
    aOffset: number,
    aStep: number,
    b: Storage | null,
    bOffset: number,
    bStep: number,
    out: Storage,
    outOffset: number,
  ): boolean;
  /** Operands of any layouts, stretched to one shape. */
  grid(shape: readonly number[], a: TypedPlace, b: TypedPlace, out: TypedPlace): boolean;
}

/** One loop of a ufunc, such as NumPy's `dd->d`: the dtypes that operands are cast to, and what computes them. */
export interface Loop {
  /** The ufunc that it is of, for messages. */
  readonly name?: string;
  readonly inputs: readonly Descriptor[];
  readonly outputs: readonly Descriptor[];
  readonly kernel: LoopKernel;
  /** For a loop of float64 that has them. */
  readonly plain?: PlainRun | undefined;
}
