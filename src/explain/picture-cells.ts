import { elementTexts } from "../array/format/element-texts.ts";
import { currentOptions } from "../array/format/options.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor, Field } from "../dtype/descriptor.ts";
import { placeStruct } from "../dtype/struct.ts";
import { isNdError } from "../errors.ts";
import type { FieldPart, PictureCell } from "./picture-model.ts";

/** What is drawn of an array. */
export interface Drawn {
  readonly shown: readonly (readonly (number | null)[])[];
  /** The byte of element (0, 0, …), counted as the picture counts. */
  readonly offset: number;
  readonly fields: readonly FieldPart[] | null;
  readonly values: boolean;
}

/** What stands for bytes that are no element of their dtype. */
const UNREADABLE = "?";

/** More fields than this are drawn as one element. */
const MOST_FIELDS = 16;

/** The fields of a dtype in the order of their bytes; null when it has none, or too many, or they overlap. */
export function fieldsOf({ fields }: Descriptor): FieldPart[] | null {
  if (fields === null || fields.length === 0 || fields.length > MOST_FIELDS) return null;
  const parts = placed(fields).map(({ name, dtype, offset }) => ({
    name,
    dtype: dtype.toString(),
    offset,
    bytes: dtype.itemsize,
  }));
  const overlaps = parts.some(
    ({ offset }, k) => k > 0 && parts[k - 1]!.offset + parts[k - 1]!.bytes > offset,
  );
  return overlaps ? null : parts;
}

function placed(fields: readonly Field[]): Field[] {
  return fields.filter(({ dtype }) => dtype.itemsize > 0).sort((a, b) => a.offset - b.offset);
}

/** An element that is drawn: its index, where it lies from element (0, 0, …) on, and its place in C order. */
interface Spot {
  readonly index: readonly number[];
  readonly bytes: number;
  readonly rank: number;
}

/** The elements that are drawn, in C order. */
export function cellsOf(array: NDArray, { shown, offset, fields, values }: Drawn): PictureCell[] {
  const { layout, dtype, itemsize } = array;
  const spots = spotsOf(layout.shape, layout.strides, shown);
  const at = spots.map(({ bytes }) => layout.offset + bytes);
  const texts = values ? textsAt(array, dtype, at) : null;
  const parts = values && fields !== null ? fieldTexts(array, fields, at) : null;
  const repeats = repeatsOf(array, spots);
  return spots.map(({ index, bytes, rank }, k) => ({
    index,
    text: texts?.[k] ?? "",
    parts: parts?.map((column) => column[k]!) ?? null,
    address: offset + bytes,
    bytes: itemsize,
    rank,
    shade: k / Math.max(1, spots.length - 1),
    repeats: repeats.get(bytes)!,
  }));
}

function spotsOf(
  shape: readonly number[],
  strides: readonly number[],
  shown: readonly (readonly (number | null)[])[],
): Spot[] {
  let spots: Spot[] = [{ index: [], bytes: 0, rank: 0 }];
  shown.forEach((list, axis) => {
    const indices = list.filter((i) => i !== null);
    spots = spots.flatMap(({ index, bytes, rank }) =>
      indices.map((i) => ({
        index: [...index, i],
        bytes: bytes + i * strides[axis]!,
        rank: rank * shape[axis]! + i,
      })),
    );
  });
  return spots;
}

/** How many elements lie where each of those drawn does: those along axes that stand still, times those that meet. */
function repeatsOf({ layout }: NDArray, spots: readonly Spot[]): Map<number, number> {
  const { shape, strides } = layout;
  const still = shape.reduce(
    (product, length, axis) => (strides[axis] === 0 ? product * length : product),
    1,
  );
  const counts = new Map<number, number>();
  for (const { index, bytes } of spots) {
    const isFirst = index.every((i, axis) => strides[axis] !== 0 || i === 0);
    if (isFirst) counts.set(bytes, (counts.get(bytes) ?? 0) + still);
  }
  return counts;
}

function textsAt({ storage }: NDArray, dtype: Descriptor, at: readonly number[]): string[] {
  if (at.length === 0) return [];
  const textsOf = (places: readonly number[]) =>
    elementTexts({ dtype, storage, at: places, single: true }, currentOptions()).map((text) => text.trim());
  try {
    return textsOf(at);
  } catch (error) {
    if (!isNdError(error)) throw error;
    return at.map((place) => readable(() => textsOf([place])));
  }
}

/** A text, or the sign for bytes that are no element, such as characters that do not exist. */
function readable(read: () => string[]): string {
  try {
    return read()[0]!;
  } catch (error) {
    if (!isNdError(error)) throw error;
    return UNREADABLE;
  }
}

/** The texts of each field: those of structs with one field only, without the brackets. */
function fieldTexts(array: NDArray, parts: readonly FieldPart[], at: readonly number[]): string[][] {
  return placed(array.dtype.fields ?? []).map((field, k) => {
    const alone = placeStruct([{ ...field, offset: 0 }], false);
    const places = at.map((byte) => byte + parts[k]!.offset);
    return textsAt(array, alone, places).map((text) =>
      text === UNREADABLE ? text : text.slice(1, -2).trim(),
    );
  });
}
