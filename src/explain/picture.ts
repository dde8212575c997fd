/**
 * What a picture of memory says, before anybody draws it: the elements of each array with their indices, values and
 * addresses, and the memory that they lie in as runs of bytes with the arrays that hold them. Plain data; draw.ts makes
 * SVG, HTML and text of it.
 *
 * Of a large array a few elements are in the picture, so it costs the same however many there are.
 */

import { NDArray } from "../array/ndarray.ts";
import { textOf, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { selfOverlap } from "../layout/overlap.ts";
import { goesAcross, type Room, shownIndices } from "./picture-axes.ts";
import { cellsOf, fieldsOf } from "./picture-cells.ts";
import { type Block, blocksOf, originOf } from "./picture-memory.ts";
import type { FieldPart, MemoryPicture, PictureArray, PictureAxis } from "./picture-model.ts";
import { type PictureOptions, type Settings, settingsFrom } from "./picture-options.ts";
import { shadedByAddress } from "./picture-shades.ts";
import { stripOf } from "./picture-strip.ts";

/** What can be drawn: an array, several, or several with names. */
export type Drawable = NDArray | readonly NDArray[] | Readonly<Record<string, NDArray>>;

/** Arrays with what they are called. */
export interface Subjects {
  readonly arrays: readonly NDArray[];
  readonly names: readonly string[];
}

/** How many elements fit beside and below each other, and which axes go across. */
export type Page = Pick<Room, "columns" | "rows" | "stacked">;

const MOST_ARRAYS = 26;

/**
 * What `draw` draws, as plain data: elements with index, value and address, and memory as runs of bytes with the
 * arrays that hold them.
 *
 * @param arrays an array, a list of arrays, or an object of arrays by name
 * @throws ValueError for what is no array, for an unknown option, and when the buffer of an array is gone.
 * @example
 * const a = np.arange(6n).reshape(2, 3);
 * const picture = np.memoryPicture(a.T);
 * picture.arrays[0].cells[1].index; // [0, 1]
 * picture.arrays[0].cells[1].address; // 24
 */
export function memoryPicture(arrays: Drawable, options?: PictureOptions): MemoryPicture {
  const settings = settingsFrom(options, "memoryPicture");
  const subjects = subjectsFrom(arrays, settings, "memoryPicture");
  const page = { columns: 24, rows: 24, stacked: false };
  return pictureOf(
    subjects,
    settings,
    subjects.arrays.map(() => page),
  );
}

/** The arrays that are to be drawn, and their names. */
export function subjectsFrom(given: unknown, { names }: Settings, caller: string): Subjects {
  const named = namedArrays(given, caller);
  if (named.length === 0) throw new ValueError(`${caller}: there is no array to draw`);
  if (named.length > MOST_ARRAYS) {
    throw new ValueError(`${caller}: ${named.length} arrays are too many; the most is ${MOST_ARRAYS}`);
  }
  if (names.length > named.length) {
    throw new ValueError(`${caller}: ${names.length} names are given, and ${named.length} arrays`);
  }
  const arrays = named.map(([, array]) => array);
  for (const array of arrays) array.storage.alive();
  return { arrays, names: named.map(([name], k) => names[k] ?? name) };
}

function namedArrays(given: unknown, caller: string): [string, NDArray][] {
  if (given instanceof NDArray) return [["", given]];
  const letter = (k: number) => String.fromCharCode(65 + k);
  const isList = Array.isArray(given);
  const entries: [string, unknown][] = isList
    ? Array.from(given, (array: unknown, k) => [letter(k), array])
    : Object.entries(isPlain(given) ? given : { "": given });
  return entries.map(([name, array]) => {
    if (array instanceof NDArray) return [name, array];
    throw new ValueError(`${caller}: ${textOf(array)} is no array; make one with np.array`);
  });
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The picture of some arrays, with as much of each as there is room for. */
export function pictureOf(
  { arrays, names }: Subjects,
  settings: Settings,
  pages: readonly Page[],
): MemoryPicture {
  const blocks = blocksOf(arrays);
  const strips = [...new Set(blocks)];
  const tags = tagsOf(names);
  const byIndex = arrays.map((array, k) => {
    const block = blocks[k]!;
    const facts = { name: names[k]!, tag: tags[k]!, strip: strips.indexOf(block) };
    return {
      ...facts,
      ...arrayOf(array, block, settings, { room: pages[k]!, count: arrays.length }),
      base: baseText(array, arrays, tags),
    };
  });
  const shares =
    strips.length < arrays.length || byIndex.some(({ overlapsItself }) => overlapsItself === true);
  const colours = settings.colours ?? (shares ? "address" : "index");
  const drawn = colours === "index" ? byIndex : shadedByAddress(byIndex);
  return {
    title: settings.title,
    arrays: drawn,
    strips: strips.map((block, k) => stripOf(block, k, arrays, drawn, settings)),
  };
}

type Described = Omit<PictureArray, "name" | "tag" | "strip" | "base">;

/** How many elements of an array are drawn, when nobody says: fewer when each has many parts, or there are many arrays. */
function cellsFor({ cells }: Settings, fields: readonly FieldPart[] | null, arrays: number) {
  if (cells !== null) return { cells, fewer: cells };
  const parts = (Math.max(4, arrays) / 4) * Math.max(1, (fields?.length ?? 1) / 2);
  return { cells: Math.ceil(144 / parts), fewer: Math.ceil(48 / parts) };
}

/** The columns and rows that there are for each of so many arrays. */
interface Share {
  readonly room: Page;
  readonly count: number;
}

function arrayOf(array: NDArray, block: Block, settings: Settings, { room, count }: Share): Described {
  const { layout, dtype, itemsize, size, nbytes } = array;
  const byteOffset = array.storage.inMemory(layout).offset;
  const fields = fieldsOf(dtype);
  const shown = shownIndices(layout.shape, { ...room, ...cellsFor(settings, fields, count) });
  const offset = byteOffset - originOf(block, settings);
  const cells = cellsOf(array, { shown, offset, fields, values: settings.values });
  const overlaps = size === 0 ? "no" : selfOverlap(layout, itemsize, 1000);
  return {
    dtype: dtype.toString(),
    shape: layout.shape.slice(),
    strides: layout.strides.slice(),
    itemsize,
    size,
    nbytes,
    offset,
    byteOffset,
    flags: flagNames(array),
    overlapsItself: overlaps === "too hard" ? null : overlaps === "yes",
    axes: layout.shape.map((length, k) => ({
      ...axisOf(length, layout.strides[k]!, size === 0),
      across: goesAcross(k, layout.shape.length, room.stacked),
      shown: shown[k]!,
    })),
    fields,
    summarised: cells.length < sizeOf(layout.shape),
    cells,
  };
}

function axisOf(length: number, stride: number, isEmpty: boolean): Omit<PictureAxis, "across" | "shown"> {
  const direction = stride > 0 ? "forward" : "backward";
  const path = isEmpty || length === 1 ? "none" : stride === 0 ? "repeat" : direction;
  return { length, stride, path };
}

function flagNames({ flags }: NDArray): string[] {
  const names = ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED"] as const;
  return names.filter((name) => flags[name]);
}

function baseText(array: NDArray, arrays: readonly NDArray[], tags: readonly string[]): string {
  const { base } = array;
  if (base === null)
    return array.storage.lender?.takesBack === true ? "lies in the memory of a scope" : "owns its memory";
  if (!(base instanceof NDArray)) return "adopted a buffer";
  const place = arrays.indexOf(base);
  return place < 0 || tags[place] === "" ? "a view" : `a view of ${tags[place]}`;
}

/** Names that are short and differ are tags; else letters are. One array without a name needs none. */
function tagsOf(names: readonly string[]): string[] {
  if (names.length === 1) return [shortName(names[0]!) ? names[0]! : ""];
  const fit = names.every(shortName) && new Set(names).size === names.length;
  return names.map((name, k) => (fit ? name : String.fromCharCode(65 + k)));
}

function shortName(name: string): boolean {
  return /^[!-~\p{L}\p{N}]{1,10}$/u.test(name);
}
