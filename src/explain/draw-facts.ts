/** What is said of an array in words: in headings, in tables and for those who do not see the picture. */

import { shapeText } from "../layout/layout.ts";
import { bytesText, columnsOf, counted, rangeText, shortened, signed } from "./draw-lettering.ts";
import type { MemoryPicture, PictureArray, PictureAxis, PictureCell, PictureStrip } from "./picture-model.ts";

/** The longest value that is drawn. */
const MOST_COLUMNS = 16;

/** A shape or strides, cut when there are many axes. */
export function tupleText(numbers: readonly number[]): string {
  if (numbers.length <= 8) return shapeText(numbers);
  return `(${numbers.slice(0, 6).join(", ")}, … ${numbers.length - 6} more)`;
}

/** A value as it stands in its cell. */
export function valueText(text: string): string {
  return shortened(text, MOST_COLUMNS);
}

/** An index in a cell: `1,2`; of a 0-d array `()`. */
export function indexText({ index }: PictureCell): string {
  if (index.length === 0) return "()";
  const text = index.join(",");
  return columnsOf(text) <= MOST_COLUMNS ? text : `${index.slice(0, 3).join(",")}…`;
}

/** All there is to say of an element: `[1, 2] = 6, bytes 40–47`. */
export function cellTitle(cell: PictureCell, { tag }: PictureArray): string {
  const value = cell.text === "" ? "" : ` = ${shortened(cell.text, 200)}`;
  const repeats = cell.repeats > 1 ? `, ${counted(cell.repeats)} elements at this address` : "";
  return `${tag}[${cell.index.join(", ")}]${value}, ${rangeText(cell.address, cell.bytes)}${repeats}`;
}

/** The name of an array with its tag, as headings have it. */
export function nameText({ name, tag }: PictureArray): string {
  if (name === "" || name === tag) return tag;
  return tag === "" ? shortened(name, 60) : `${tag}: ${shortened(name, 60)}`;
}

/** The order in which elements lie, and what is unusual. */
export function orderText({ flags, overlapsItself, size }: PictureArray): string {
  const has = (name: string) => flags.includes(name);
  const orders = (["C", "F"] as const).filter((order) => has(`${order}_CONTIGUOUS`));
  const notes = [orders.length > 0 ? `${orders.join(" and ")} contiguous` : "not contiguous"];
  if (!has("WRITEABLE")) notes.push("read-only");
  if (!has("ALIGNED")) notes.push("not aligned");
  if (overlapsItself === true) notes.push("elements share bytes");
  if (size === 0) notes.push("no elements");
  return notes.join(", ");
}

/** The lines under the name of an array. */
export function headingLines(array: PictureArray): string[] {
  const { dtype, shape, strides, offset, base, size, summarised } = array;
  const many = summarised ? ` (${counted(size)} elements)` : "";
  return [
    `${shortened(dtype, 60)}, shape ${tupleText(shape)}${many}`,
    `strides ${tupleText(strides)}, offset ${offset}`,
    `${base}, ${orderText(array)}`,
  ];
}

/** What a step along an axis is in memory: `axis 0: +32 bytes`. */
export function axisText({ path, stride, length }: PictureAxis, axis: number): string {
  if (path === "none") return `axis ${axis}: no step`;
  if (path === "repeat") return `axis ${axis}: +0, ×${counted(length)}`;
  return `axis ${axis}: ${signed(stride)}`;
}

/** Whose memory a strip is. */
export function stripText({ kind, bytes }: PictureStrip): string {
  const names = { owner: "memory", buffer: "buffer", scope: "memory of a scope" };
  return `${names[kind]}: ${bytesText(bytes)}`;
}

/** Which arrays share bytes: `A and B share bytes; A and C do not`. */
export function sharingText({ sharing }: PictureStrip, arrays: readonly PictureArray[]): string {
  const texts = sharing.map(({ arrays: [a, b], shares }) => {
    const both = `${arrays[a]!.tag} and ${arrays[b]!.tag}`;
    if (shares === null) return `${both} may share bytes`;
    return shares ? `${both} share bytes` : `${both} share no byte`;
  });
  return texts.length <= 6 ? texts.join("; ") : `${texts.slice(0, 6).join("; ")}; …`;
}

/** What the picture is of. */
export function pictureTitle({ title, arrays }: MemoryPicture): string {
  if (title !== "") return shortened(title, 300);
  const texts = arrays.map((array) => {
    const name = nameText(array);
    return `${name === "" ? "" : `${name}, `}${shortened(array.dtype, 60)} ${tupleText(array.shape)}`;
  });
  return `Memory of ${texts.join("; ")}`;
}

/** The picture in words. */
export function pictureDescription({ arrays, strips }: MemoryPicture): string {
  const texts = arrays.map((array) => {
    const name = nameText(array);
    const axes = array.axes.slice(0, 8).map(axisText).join(", ");
    const steps = axes === "" ? "" : ` Steps in bytes: ${axes}.`;
    return `${name === "" ? "Array" : name}: ${headingLines(array).join("; ")}.${steps}`;
  });
  const memory = strips.map((strip) => {
    const sharing = sharingText(strip, arrays);
    return `${stripText(strip)}${sharing === "" ? "" : `; ${sharing}`}.`;
  });
  return [...texts, ...memory].join(" ");
}
