import { type Edges, shownIndices } from "./column.ts";

/** Where the texts of an array's elements go. */
export interface BlockRule {
  readonly separator: string;
  /** The characters that stand before the text, its bracket included: further lines are indented by as much. */
  readonly indent: number;
  readonly linewidth: number;
  readonly edges: Edges;
}

/**
 * The texts of the elements that are shown, in brackets, one row to a line or to several, and between blocks of
 * n axes n - 1 empty lines.
 */
export function blockText(texts: readonly string[], shape: readonly number[], rule: BlockRule): string {
  const { separator, edges } = rule;
  let next = 0;
  const block = (axis: number, indent: number, width: number): string => {
    if (axis === shape.length) return texts[next++]!;
    const length = shape[axis]!;
    const parts = shownIndices(length, edges).map(() => block(axis + 1, indent + 1, width - 1));
    const edge = edges(length);
    if (edge !== null) parts.splice(edge, 0, "...");
    if (axis === shape.length - 1) return `[${rowText(parts, separator, indent, width)}]`;
    const feed = separator.trimEnd() + "\n".repeat(shape.length - axis - 1) + " ".repeat(indent);
    return `[${parts.join(feed)}]`;
  };
  return block(0, rule.indent, rule.linewidth);
}

/** Words in lines of at most `width` characters, each line but the first indented; a line has one word at least. */
function rowText(words: readonly string[], separator: string, indent: number, width: number): string {
  const room = width - Math.max(separator.trimEnd().length, 1);
  const gap = widthOf(separator);
  const margin = " ".repeat(indent);
  const done: string[] = [];
  let line = margin;
  let used = indent;
  words.forEach((word, k) => {
    const lines = linesOf(word);
    const widest = Math.max(...lines.map(widthOf));
    if (used + widest > room && used > indent) {
      done.push(line.trimEnd());
      line = margin;
      used = indent;
    }
    const hanging = " ".repeat(used);
    line += lines[0]!;
    for (const part of lines.slice(1)) {
      done.push(line.trimEnd());
      line = hanging + part;
    }
    // What follows stands to the right of the widest line.
    line += " ".repeat(widest - widthOf(lines.at(-1)!));
    if (k < words.length - 1) line += separator;
    used += widest + gap;
  });
  return [...done, line].join("\n").slice(indent);
}

/** The lines of a text; a break at the end of the only one stays. */
function linesOf(text: string): string[] {
  if (!BREAK.test(text)) return [text];
  const lines = text.split(BREAK);
  if (lines.at(-1) === "") lines.pop();
  return lines.length > 1 ? lines : [text];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they end a line in Python.
const BREAK = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

/** The characters of a text; a pair of surrogates is one. */
function widthOf(text: string): number {
  let width = text.length;
  for (let k = 0; k < text.length; k++) if ((text.charCodeAt(k) & 0xfc00) === 0xdc00) width--;
  return width;
}
