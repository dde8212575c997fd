import { htmlOf, wordsOf } from "./draw-html.ts";
import { svgOf, widestCell } from "./draw-svg.ts";
import { type Drawable, type MemoryPicture, pictureOf, type Subjects, subjectsFrom } from "./picture.ts";
import type { Room } from "./picture-axes.ts";
import { type DrawOptions, type Settings, settingsFrom } from "./picture-options.ts";

/** A picture of memory in the forms that pages, notebooks and terminals take. */
export class Drawing {
  /** An SVG element: a file by itself, or a part of a page. */
  readonly svg: string;
  /** Lines of text. */
  readonly text: string;
  /** The SVG with a table of its facts. */
  readonly html: string;

  /** @internal Use `np.draw`. */
  constructor(svg: string, text: string, html: string) {
    this.svg = svg;
    this.text = text;
    this.html = html;
  }

  toString(): string {
    return this.text;
  }

  /** What notebooks show. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/html": this.html, "image/svg+xml": this.svg, "text/plain": this.text };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
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
  const picture = fitted(subjects, settings, settings.width - 160, (shown) => widestCell(shown, settings));
  const svg = svgOf(picture, settings);
  return new Drawing(svg, wordsOf(picture), htmlOf(picture, svg));
}

/** The picture with as many elements side by side as fit into `width`, by how wide those drawn are. */
function fitted(
  subjects: Subjects,
  settings: Settings,
  width: number,
  widest: (picture: MemoryPicture) => number,
): MemoryPicture {
  const room: Room = { cells: settings.cells, columns: 24, rows: 24 };
  const picture = pictureOf(subjects, settings, room);
  const columns = Math.max(1, Math.floor(width / widest(picture)));
  return columns >= room.columns ? picture : pictureOf(subjects, settings, { ...room, columns });
}
