/**
 * Arrays for a Python process: both sides map one file, in memory where the system has files there, so nothing is sent, and
 * what one side writes the other one sees. NumPy takes every view as it lies; torch takes what {@link torch} says.
 */

import { reportCopy } from "../array/allocate.ts";
import { type DTypeArgument, dtypeAsked, keywordsOf, type NoDType, shapeFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { descrText } from "../io/descr.ts";
import { mappingBehind, placeInFile } from "../io/mapped-region.ts";
import { openMemmap } from "../io/memmap.ts";
import { misfit } from "../layout/requirement.ts";
import { dtypeFor, type HandoffRequirement, wrongDType, wrongMemory } from "./handoff.ts";
import { newSharedPath, unlinkWith } from "./shared-files.ts";

/** How a shared array is made, but for the dtype. */
export interface SharedKeywords {
  readonly order?: "C" | "F" | undefined;
  /** Where its file is: in memory (/dev/shm) on Linux, else in the folder for temporary files, if left out. */
  readonly folder?: string | undefined;
}

/** How a shared array is made. */
export interface SharedOptions extends SharedKeywords {
  readonly dtype?: DTypeLike | null | undefined;
}

/**
 * An array of zeros that other processes can see: a .npy file in memory, mapped. Its views are shared without a copy. The
 * file goes when nobody here has its memory any more, and when the program ends; who has mapped it by then keeps it.
 *
 * @param options a dtype, or `{ dtype, order, folder }`; float64 if left out
 * @throws ValueError when there is no room for it.
 * @example
 * import { sharedArray } from "ndview/interop/python";
 * const a = sharedArray([1000, 1000], "float32");
 * np.mappingOf(a)?.filename; // for np.load(filename, mmap_mode="r+") in Python
 */
export function sharedArray(
  shape: number | readonly number[],
  options?: SharedKeywords & NoDType,
): NDArray<"float64">;
export function sharedArray<const S extends DTypeLike>(
  shape: number | readonly number[],
  options: DTypeArgument<S, SharedKeywords>,
): NDArray<DTypeOf<S>>;
export function sharedArray(
  shape: number | readonly number[],
  options?: DTypeLike | SharedOptions | null,
): NDArray {
  const keywords = keywordsOf<SharedOptions>(options);
  return made(shapeFrom(shape, "sharedArray"), dtypeAsked(keywords), keywords, "sharedArray");
}

function made(
  shape: readonly number[],
  dtype: Descriptor | null,
  { order, folder }: SharedKeywords,
  caller: string,
): NDArray {
  const path = newSharedPath(folder, caller);
  const array = openMemmap(path, { mode: "w+", dtype: dtype ?? "float64", shape, order, reserve: true });
  unlinkWith(mappingBehind(array.storage)!, path);
  return array;
}

/** What another process needs to find the elements; it can be written as JSON. */
export interface SharedView {
  readonly path: string;
  /** The byte of the file at which element (0, 0, …) is. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** In bytes. */
  readonly strides: readonly number[];
  /** The dtype as a .npy header says it: `'<f4'`, or a list of fields. */
  readonly descr: string;
  readonly writeable: boolean;
}

/** A shared view, and the array behind it, which must be kept while others open the file. */
export interface Shared {
  readonly view: SharedView;
  /** The array itself, or the copy of it that is shared. */
  readonly array: NDArray;
  readonly copied: boolean;
  /** Why it is a copy. Empty if it is none. */
  readonly reason: string;
}

/** What a consumer takes, perhaps by the array. */
export type SharedRequirement = HandoffRequirement | ((a: NDArray) => HandoffRequirement);

/**
 * Describes an array for another process. Views of shared arrays and of other mapped files are described as they lie;
 * anything else, and what the consumer does not take, is copied into a shared array, once, and the reason is said.
 *
 * @throws ValueError with the reason, when a copy is needed and `copy` is false.
 * @example
 * import { share, sharedArray, torch } from "ndview/interop/python";
 * const a = sharedArray([3, 4], "float32");
 * share(a.slice(":", "::-1")).copied;        // false
 * share(a.T, torch).copied;                  // false
 * share(a.slice(":", "::-1"), torch).reason; // "axis 1 has stride -4; torch takes only positive strides"
 */
export function share(a: ArrayInput, requirement: SharedRequirement = {}): Shared {
  const array = asarray(a) as NDArray;
  const wanted = typeof requirement === "function" ? requirement(array) : requirement;
  const { consumer = "Python", maxRank = Number.POSITIVE_INFINITY, copy = true } = wanted;
  if (array.ndim > maxRank)
    throw new ShapeError(`share: the array has ${array.ndim} axes; ${consumer} takes at most ${maxRank}`);
  const dtype = dtypeFor(array, wanted, consumer);
  const reason = whyCopied(array, dtype, wanted, consumer);
  if (reason === null) return { view: described(array), array, copied: false, reason: "" };
  if (!copy) throw new ValueError(`share: needs a copy, and copy is false: ${reason}`);
  const order = wanted.order === "F" ? "F" : "C";
  const there = made(array.layout.shape, dtype, { order }, "share");
  castElements(array.layout.shape, placeOf(array), placeOf(there));
  reportCopy(there.nbytes, `share: ${reason}`);
  return { view: described(there), array: there, copied: true, reason };
}

function whyCopied(
  array: NDArray,
  dtype: Descriptor,
  requirement: HandoffRequirement,
  consumer: string,
): string | null {
  const mapping = mappingBehind(array.storage);
  const wrong = wrongDType(array, dtype, consumer);
  if (wrong !== null) return wrong;
  if (mapping === null) return "the array lies in memory of this process; others see files";
  if (mapping.mode === "c") return "the array is a copy-on-write map; others see the file";
  const position = placeInFile(array.storage, array.layout.offset)!;
  return (
    wrongMemory(array, requirement, consumer) ??
    misfit({ ...array.layout, offset: position }, array.itemsize, requirement, consumer)
  );
}

function described(array: NDArray): SharedView {
  const { storage, layout, dtype } = array;
  const { shape, strides } = layout;
  return {
    path: mappingBehind(storage)!.filename,
    // Without elements an offset may lie anywhere.
    offset: shape.includes(0) ? 0 : placeInFile(storage, layout.offset)!,
    shape,
    strides,
    descr: descrText(dtype),
    writeable: (array.bits & WRITEABLE) !== 0,
  };
}

/**
 * What torch takes: `torch.from_numpy` of the array in Python is a tensor over the same bytes. Strides of any whole elements
 * but negative ones, and dtypes that torch has; others are cast to the first that holds their values.
 *
 * @example
 * import { sharedArray, share, torch } from "ndview/interop/python";
 * const a = sharedArray([3, 4], "float32");
 * share(a.slice("::-1"), torch).reason; // "axis 0 has stride -16; torch takes only positive strides"
 */
export function torch(a: NDArray): HandoffRequirement {
  return {
    consumer: "torch",
    negative: false,
    wholeElements: true,
    alignment: a.dtype.alignment,
    dtypes: TORCH_DTYPES,
  };
}

const TORCH_DTYPES: readonly DTypeLike[] = [
  ...(["bool", "uint8", "int8", "int16", "int32", "int64"] as const),
  ...(["float16", "float32", "float64", "complex64", "complex128"] as const),
];
