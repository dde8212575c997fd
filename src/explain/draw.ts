import { gridWidth, LEAST_WIDTH } from "./draw-grid.ts";
import { htmlOf } from "./draw-html.ts";
import { MARGIN, svgOf } from "./draw-svg.ts";
import { gridColumns, textOf } from "./draw-text.ts";
import { type Drawable, type Page, pictureOf, type Subjects, subjectsFrom } from "./picture.ts";
import type { MemoryPicture, PictureArray } from "./picture-model.ts";
import { type DrawOptions, type Settings, settingsFrom } from "./picture-options.ts";
import { Shown } from "./shown.ts";

/** The most elements one below the other. */
const MOST_ROWS = 24;

/** A picture of memory in the forms that pages, notebooks and terminals take. */
export class Drawing extends Shown {
  /** An SVG element: a file by itself, or a part of a page. */
  readonly svg: string;
  /** Lines of text. */
  readonly text: string;
  /** The SVG with a table of its facts. */
  readonly html: string;

  /** @internal Use `np.draw`. */
  constructor(svg: string, text: string, html: string) {
    super();
    this.svg = svg;
    this.text = text;
    this.html = html;
  }

  protected forms() {
    return { "text/html": this.html, "image/svg+xml": this.svg, "text/plain": this.text };
  }
}

/**
 * A picture of arrays over their memory: the elements of each by their indices, and below them the bytes that they lie in,
 * with addresses, gaps, and the way of each axis. Several arrays are drawn beside each other, and what they share below.
 *
 * Large arrays are summarised. Elements are read once and now; nothing is copied or written.
 *
 * @param arrays an array, a list of arrays, or an object of arrays by name
 * @returns a {@link Drawing}: `svg`, `html` and `text`; notebooks show it by themselves
 * @throws ValueError for what is no array, for an unknown option, and when the buffer of an array is gone.
 * @example
 * const a = np.arange(6n).reshape(2, 3);
 * const drawing = np.draw({ a, "a.T": a.T }, { title: "A transpose moves no byte" });
 * drawing.svg.slice(0, 4); // "<svg"
 */
export function draw(arrays: Drawable, options?: DrawOptions): Drawing {
  const settings = settingsFrom(options, "draw");
  const subjects = subjectsFrom(arrays, settings, "draw");
  const inner = settings.width - 2 * MARGIN;
  const picture = fitted(subjects, settings, inner, LEAST_WIDTH, gridWidth);
  const svg = svgOf(picture, settings);
  const lines = fitted(subjects, settings, settings.columns, 4, gridColumns);
  return new Drawing(svg, textOf(lines, settings), htmlOf(picture, svg));
}

/** The picture with as much of each array as fits into `width`; an element takes `least` or more. */
function fitted(
  subjects: Subjects,
  settings: Settings,
  width: number,
  least: number,
  widthOf: (array: PictureArray, settings: Settings) => number,
): MemoryPicture {
  const columns = Math.max(1, Math.floor(width / least));
  let pages: Page[] = subjects.arrays.map(() => ({ columns, rows: MOST_ROWS, stacked: false }));
  for (;;) {
    const picture = pictureOf(subjects, settings, pages);
    const next = pages.map((page, k) =>
      narrower(page, picture.arrays[k]!, width / widthOf(picture.arrays[k]!, settings)),
    );
    if (next.every((page, k) => page === pages[k])) return picture;
    pages = next;
  }
}

/** What is drawn of an array that is to have so much of its width: it is stacked, or fewer elements go across. */
function narrower(page: Page, { shape, size }: PictureArray, part: number): Page {
  const { columns, rows, stacked } = page;
  if (part >= 1 || columns === 1) return page;
  if (!stacked && shape.length > 2 && size <= 10 * rows) return { ...page, stacked: true };
  return { ...page, columns: Math.max(1, Math.min(columns - 1, Math.floor(columns * part))) };
}
