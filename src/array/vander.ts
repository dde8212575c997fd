import type { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { optionsFrom, shapeFrom } from "./arguments.ts";
import { product } from "./arithmetic.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { workingCopy } from "./duplicate.ts";
import { emptyArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";

/** How `vander` lays out the powers. */
export interface VanderOptions {
  /** Whether the powers grow from left to right; false if left out. */
  readonly increasing?: boolean | undefined;
}

/**
 * The Vandermonde matrix of a vector: a row for each element, with its powers, the highest first. Integers become
 * int64, which wraps, and floats float64.
 *
 * @param N the number of powers, the highest of which is N - 1; as many as elements if left out or null
 * @throws ValueError when `x` is no vector.
 * @throws ShapeError when `N` is negative or no integer.
 * @example
 * np.vander([2, 3], 3).tolist(); // [[4, 2, 1], [9, 3, 1]]
 * np.vander([2, 3], 3, { increasing: true }).tolist(); // [[1, 2, 4], [1, 3, 9]]
 */
export function vander(x: ArrayInput, N: number | null = null, options: VanderOptions = {}): NDArray {
  const { increasing = false } = optionsFrom(options, "vander");
  const given: NDArray = asarray(x);
  if (given.ndim !== 1) {
    throw new ValueError(`vander: wanted a vector, given shape ${shapeText(given.layout.shape)}`);
  }
  const dtype = promoteAll([given.dtype, plain.int64], "vander") as Descriptor<keyof typeof products>;
  if (!Object.hasOwn(products, dtype.type)) {
    throw new DTypeError(`vander: elements of dtype ${given.dtype} have no powers`);
  }
  const source = workingCopy(given, dtype, "C", "vander");
  const shape = shapeFrom([source.size, N ?? source.size], "vander");
  const made = emptyArray(shape, dtype, "C", "vander");
  const [rows, powers] = shape as [number, number];
  const { access, itemsize } = dtype;
  const times = products[dtype.type];
  for (let i = 0; i < rows; i++) {
    const value = access.read(source.storage.view, source.layout.offset + i * itemsize);
    let power = access.coerce(1);
    for (let j = 0; j < powers; j++) {
      if (j > 0) power = j === 1 ? value : times(power as never, value as never);
      const column = increasing ? j : powers - 1 - j;
      access.write(made.storage.view, made.layout.offset + (i * powers + column) * itemsize, power as never);
    }
  }
  return made;
}

/** Multiplication in each of the dtypes that powers are computed in. */
const products = {
  int64: (a: bigint, b: bigint) => BigInt.asIntN(64, a * b),
  float64: (a: number, b: number) => a * b,
  complex128: (a: Complex, b: Complex) => product(a, b),
} as const;
