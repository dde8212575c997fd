import { textOf, ValueError } from "../errors.ts";

/** What cuts lines into fields: a text between them, null for white space, or the widths of columns. */
export type Delimiter = string | number | readonly number[] | null;

/** The fields of a line; none for an empty one. */
export type LineSplitter = (line: string) => string[];

/** Cuts lines as NumPy's `genfromtxt` does. */
export function lineSplitter(
  delimiter: Delimiter,
  comments: string | null,
  autostrip: boolean,
): LineSplitter {
  const split = cutterOf(delimiter);
  const bare = (line: string) => {
    const at = comments === null ? -1 : line.indexOf(comments);
    return at < 0 ? line : line.slice(0, at);
  };
  if (autostrip) return (line) => split(bare(line)).map((field) => field.trim());
  return (line) => split(bare(line));
}

function cutterOf(delimiter: Delimiter): LineSplitter {
  if (Array.isArray(delimiter)) return byWidths(delimiter as readonly number[]);
  if (typeof delimiter === "number" && delimiter !== 0) return byWidth(checkedWidth(delimiter));
  if (typeof delimiter === "string" && delimiter !== "") {
    return (line) => {
      const text = dropEnds(line);
      return text === "" ? [] : text.split(delimiter);
    };
  }
  return (line) => {
    const text = dropEnds(line).trim();
    return text === "" ? [] : text.split(/\s+/);
  };
}

/** Without the spaces at both ends; other white space may be a delimiter. */
function dropEnds(line: string): string {
  let [from, to] = [0, line.length];
  while (from < to && " \r\n".includes(line[from]!)) from++;
  while (to > from && " \r\n".includes(line[to - 1]!)) to--;
  return line.slice(from, to);
}

function checkedWidth(width: number): number {
  if (Number.isInteger(width) && width > 0) return width;
  throw new ValueError(`the width of a column, ${textOf(width)}, is not an integer above 0`);
}

function byWidth(width: number): LineSplitter {
  return (line) =>
    Array.from({ length: Math.ceil(line.length / width) }, (_, k) => line.slice(k * width, (k + 1) * width));
}

function byWidths(widths: readonly number[]): LineSplitter {
  const ends: number[] = [];
  let at = 0;
  for (const width of widths) ends.push((at += checkedWidth(width)));
  return (line) => (line === "" ? [] : ends.map((end, k) => line.slice(end - widths[k]!, end)));
}
