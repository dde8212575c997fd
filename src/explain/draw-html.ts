/** The picture for notebooks: the SVG, and its facts as a table for those who read or copy them. */

import { nameText, orderText, pictureTitle, tupleText } from "./draw-facts.ts";
import { bytesText, escaped, shortened } from "./draw-lettering.ts";
import type { MemoryPicture, PictureArray } from "./picture-model.ts";

const COLUMNS: readonly (readonly [heading: string, text: (array: PictureArray) => string])[] = [
  ["dtype", ({ dtype }) => shortened(dtype, 120)],
  ["shape", ({ shape }) => tupleText(shape)],
  ["strides", ({ strides }) => tupleText(strides)],
  ["offset", ({ offset }) => String(offset)],
  ["size", ({ nbytes }) => bytesText(nbytes)],
  ["memory", ({ base }) => base],
  ["order", orderText],
];

/** The picture as HTML that stands by itself; its caption is a table. */
export function htmlOf(picture: MemoryPicture, svg: string): string {
  const named = picture.arrays.some((array) => nameText(array) !== "");
  const heads = COLUMNS.map(([heading]) => `<th scope="col">${heading}</th>`);
  const rows = picture.arrays.map((array) => {
    const name = named ? `<th scope="row">${escaped(nameText(array))}</th>` : "";
    const cells = COLUMNS.map(([, text]) => `<td>${escaped(text(array))}</td>`);
    return `<tr>${name}${cells.join("")}</tr>`;
  });
  const table = `<table style="text-align:left;border-spacing:1em 0.2em"><thead><tr>${named ? '<th scope="col">array</th>' : ""}${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const summary = escaped(pictureTitle(picture));
  return `<figure style="margin:0;max-width:100%;overflow-x:auto">${svg}<figcaption><details><summary>${summary}</summary>${table}</details></figcaption></figure>`;
}
