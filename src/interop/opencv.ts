/**
 * OpenCV.js. Its matrices lie in its own WebAssembly memory: rows at any positive distance, but within a row no gaps. What
 * it does not understand it reads wrongly without a word, so nothing gets there but through here.
 */

import { fromStrided } from "../array/adopt.ts";
import { reportCopy } from "../array/allocate.ts";
import { castElements } from "../array/cast.ts";
import { copyArray, placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { misfit } from "../layout/requirement.ts";
import { loadPeer } from "./peer.ts";

/** A matrix of OpenCV.js, as far as it is used here. */
export interface CvMat {
  readonly rows: number;
  readonly cols: number;
  /** Bytes from a row to the next, first; a list where there is more. */
  readonly step: number | ArrayLike<number>;
  type(): number;
  channels(): number;
  depth(): number;
  ptr(row: number): Uint8Array;
  readonly data: Uint8Array;
  delete(): void;
}

/** OpenCV.js once it is loaded, as far as it is used here. */
export interface CvModule<M extends CvMat = CvMat> {
  readonly Mat: new (rows: number, cols: number, type: number, ...memory: never[]) => M;
  readonly HEAPU8?: Uint8Array;
}

/** The dtypes in the order of OpenCV's depths. */
const DEPTHS = ["uint8", "int8", "uint16", "int16", "int32", "float32", "float64"] as const;
const CHANNEL_SHIFT = 3;

/** What passes arrays to and from OpenCV.js. */
export interface OpenCv<M extends CvMat = CvMat> {
  /**
   * A matrix with the elements of an array of shape (rows, columns) or (rows, columns, channels), 1 to 4 of them. An array
   * that lies in OpenCV's memory, in rows without gaps, is lent: the matrix writes through. Any other is copied there once,
   * whatever its layout. `delete()` the matrix when it is done with.
   *
   * @throws DTypeError for a dtype that OpenCV has not, ShapeError for other shapes.
   * @throws ValueError with the reason when it would copy and `copy` is false.
   */
  toMat(a: NDArray, options?: { readonly copy?: boolean }): M;
  /** The elements of a matrix in ordinary memory: shape (rows, columns), and channels if there are several. A copy. */
  fromMat(mat: CvMat): NDArray;
  /**
   * The elements of a matrix where they are, rows with their step. A view: it shows what OpenCV writes, until the matrix is
   * deleted. When OpenCV's memory has grown, reading it is an error; take the view again.
   */
  viewMat(mat: CvMat): NDArray;
}

/**
 * Arrays to and from OpenCV.js: `opencv(cv)` with the module once it is loaded, or `await opencv()` to load
 * @techstark/opencv-js.
 *
 * @example
 * import { opencv } from "ndview/interop/opencv";
 * const { toMat, fromMat } = await opencv();
 * const mat = toMat(np.arange(6).reshape(2, 3).slice(":", "::-1"));
 * fromMat(mat).tolist(); // [[2, 1, 0], [5, 4, 3]]
 * mat.delete();
 */
export function opencv<M extends CvMat>(cv: CvModule<M>): OpenCv<M>;
export function opencv(): Promise<OpenCv>;
export function opencv(cv?: CvModule): OpenCv | Promise<OpenCv> {
  return cv === undefined ? loadOpenCv().then(adapter) : adapter(cv);
}

interface LoadingCv {
  Mat?: unknown;
  onRuntimeInitialized?: () => void;
}

/** The module when its code is ready. It has a `then` of its own that never ends, so no promise may hold it. */
async function loadOpenCv(): Promise<CvModule & { then?: undefined }> {
  type Loaded = { readonly default: LoadingCv };
  const { default: cv } = await loadPeer<Loaded>(
    "@techstark/opencv-js",
    "opencv",
    () => import("@techstark/opencv-js" as string),
  );
  if (cv.Mat === undefined) {
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = resolve;
    });
  }
  const { Mat, HEAPU8 } = cv as unknown as CvModule;
  return HEAPU8 === undefined ? { Mat } : { Mat, HEAPU8 };
}

function adapter({ Mat }: CvModule): OpenCv {
  return {
    toMat(a, { copy = true } = {}) {
      const { rows, columns, type, pixels } = pictureOf(a);
      const made = new Mat(rows, columns, type);
      const heap = made.data.buffer;
      const reason = a.buffer === heap ? wrongLayout(pixels) : "the array does not lie in OpenCV's memory";
      if (reason === null) {
        made.delete();
        const step = rows > 1 ? pixels.layout.strides[0]! : columns * pixels.layout.strides[1]!;
        return new Mat(rows, columns, type, pixels.byteOffset as never, step as never);
      }
      if (!copy) {
        made.delete();
        throw new ValueError(`toMat: needs a copy, and copy is false: ${reason}`);
      }
      if (pixels.size > 0) {
        announce(made, pixels.nbytes, `toMat: ${reason}`);
        const target = viewMat(made, pixels.shape);
        castElements(pixels.shape, placeOf(pixels), placeOf(target));
      }
      return made;
    },
    fromMat: (mat) => copyArray(viewMat(mat), "C", "fromMat"),
    viewMat: (mat) => viewMat(mat),
  };
}

/** Tells of a copy before it is made; whoever forbids it gets no memory of OpenCV's that nobody frees. */
function announce(made: CvMat, bytes: number, reason: string): void {
  try {
    reportCopy(bytes, reason);
  } catch (error) {
    made.delete();
    throw error;
  }
}

/** An array as OpenCV sees it: always with an axis of channels. */
function pictureOf(a: NDArray): { rows: number; columns: number; type: number; pixels: NDArray } {
  const depth = DEPTHS.indexOf(a.dtype.name as (typeof DEPTHS)[number]);
  if (depth < 0) throw new DTypeError(`toMat: OpenCV has no ${a.dtype}; one of ${DEPTHS.join(", ")}`);
  const [rows, columns, channels = 1] = a.shape;
  if (a.ndim < 2 || a.ndim > 3 || channels < 1 || channels > 4) {
    throw new ShapeError(
      `toMat: a matrix has rows, columns and 1 to 4 channels, not shape ${shapeText(a.layout.shape)}`,
    );
  }
  const { shape, strides, offset } = a.layout;
  const pixels =
    a.ndim === 3 ? a : a.viewAs({ shape: [...shape, 1], strides: [...strides, a.itemsize], offset });
  return { rows: rows!, columns: columns!, type: depth + ((channels - 1) << CHANNEL_SHIFT), pixels };
}

/** Why OpenCV cannot read these pixels where they are, or null. */
function wrongLayout(pixels: NDArray): string | null {
  const { layout, itemsize } = pixels;
  const basic = misfit(
    layout,
    itemsize,
    { unitAxis: "last", negative: false, repeated: false, wholeElements: true },
    "OpenCV",
  );
  if (basic !== null) return basic;
  const [rows, columns, channels] = layout.shape as [number, number, number];
  const pixel = channels * itemsize;
  if (columns > 1 && layout.strides[1] !== pixel)
    return `axis 1 has stride ${layout.strides[1]}, wanted ${pixel}; OpenCV takes only pixels side by side`;
  if (rows > 1 && layout.strides[0]! < columns * pixel)
    return `axis 0 has stride ${layout.strides[0]}, less than the ${columns * pixel} bytes of a row; OpenCV takes only rows that do not overlap`;
  return null;
}

function viewMat(mat: CvMat, wanted?: readonly number[]): NDArray<DType> {
  const dtype = DEPTHS[mat.depth()];
  if (dtype === undefined) throw new DTypeError(`fromMat: depth ${mat.depth()} of OpenCV has no dtype here`);
  const { rows, cols } = mat;
  if (rows < 0 || cols < 0) throw new ShapeError("fromMat: a matrix of more than two axes; take its planes");
  const channels = mat.channels();
  const itemsize = (mat as unknown as { elemSize1(): number }).elemSize1();
  const step = typeof mat.step === "number" ? mat.step : mat.step[0]!;
  const shape = wanted ?? (channels === 1 ? [rows, cols] : [rows, cols, channels]);
  const strides = [step, channels * itemsize, itemsize].slice(0, shape.length);
  if (rows === 0 || cols === 0) return fromStrided({ buffer: new ArrayBuffer(0), dtype, shape });
  const { buffer, byteOffset } = mat.ptr(0);
  return fromStrided({ buffer, dtype, shape, strides, offset: byteOffset });
}
