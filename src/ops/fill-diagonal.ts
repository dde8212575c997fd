import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { requireWriteable } from "../array/flags.ts";
import { flat } from "../array/flat.ts";
import { emptyArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { isScalar } from "../dtype/weak.ts";
import { ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { requireSquare } from "./grid-indices.ts";

/** How `fillDiagonal` goes on in a high matrix. */
export interface FillDiagonalOptions {
  /** Whether the diagonal of a matrix with more rows than columns starts again after a row that is left out. */
  readonly wrap?: boolean | undefined;
}

/**
 * Writes the main diagonal of an array in place: a scalar, or values that are taken over and over.
 *
 * @param a an array of two axes, or of more that are all of one length
 * @throws ValueError when it has fewer axes, or axes of several lengths, or is read-only
 * @example
 * const a = np.zeros([3, 3]);
 * np.fillDiagonal(a, [1, 2]);
 * a.tolist(); // [[1, 0, 0], [0, 2, 0], [0, 0, 1]]
 */
export function fillDiagonal(
  a: NDArray,
  value: ArrayInput,
  options: boolean | FillDiagonalOptions = {},
): void {
  if (!(a instanceof NDArray)) throw new ValueError("fillDiagonal: wanted an array to write into");
  const wrap = typeof options === "boolean" ? options : (options?.wrap ?? false);
  const { shape, strides, offset } = a.layout;
  if (shape.length < 2) {
    throw new ValueError(`fillDiagonal: an array needs at least 2 axes, given shape ${shapeText(shape)}`);
  }
  if (shape.length > 2) requireSquare(shape, "fillDiagonal");
  requireWriteable(a, "fillDiagonal");
  if (!isScalar(value) && isEmpty(value)) return;
  const [rows, columns] = shape as unknown as [number, number];
  const step = strides.reduce((sum, stride) => sum + stride, 0);
  const starts: number[] = [0];
  if (wrap && shape.length === 2 && columns > 0) {
    for (let row = columns + 1; row < rows; row += columns + 1) starts.push(row);
  }
  const pieces = starts.map((row) => ({
    shape: [Math.min(columns, rows - row)],
    strides: [step],
    offset: offset + row * strides[0]!,
  }));
  const count = pieces.reduce((sum, piece) => sum + piece.shape[0]!, 0);
  // Cast and repeated first: an error, or a value that lies in the array, changes nothing on the way.
  const line = emptyArray([count], a.dtype, "C", "fillDiagonal");
  flat(line).set(":", value);
  let from = 0;
  for (const piece of pieces) {
    const to = from + piece.shape[0]!;
    assign(a.viewAs(piece), line.slice(`${BigInt(from)}:${BigInt(to)}`), {
      casting: "no",
      caller: "fillDiagonal",
    });
    from = to;
  }
}

function isEmpty(value: ArrayInput): boolean {
  if (value instanceof NDArray) return value.size === 0;
  if (Array.isArray(value)) return asarray(value).size === 0;
  return ArrayBuffer.isView(value) && value.byteLength === 0;
}
