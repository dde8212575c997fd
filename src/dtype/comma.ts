import { DTypeError, ValueError } from "../errors.ts";

/** One item of a text such as `"i4, (2,3)f8"`: a name or code, and the shape before it if there is one. */
export interface TextItem {
  readonly code: string;
  readonly shape: number | readonly number[] | null;
}

// An order may stand before the repeat or behind it; then the name or code follows.
const ITEM = /^([<>=|]?) *(\d+|\([^()]*\))? *([<>=|]?) *([A-Za-z?][\w?]*(?:\[[^\]]*\])?)$/;
const TUPLE = /^\( *(\d+ *, *)*(\d+ *,? *)?\)$/;

/**
 * The items of a text that is no plain name: `list` says whether they are fields (a comma stood between them
 * or at the end) or the whole dtype; null when the text cannot be read so.
 */
export function splitText(text: string): { items: TextItem[]; list: boolean } | null {
  const pieces = itemsOf(text);
  const list = pieces.length > 1;
  if (list && pieces.at(-1)!.trim() === "") pieces.pop();
  const items: TextItem[] = [];
  for (const piece of pieces) {
    const item = readItem(list ? piece.trim() : piece);
    if (item === null) return null;
    items.push(item);
  }
  // A lone item without a repeat would be a plain name, and it is none.
  if (!list && items[0]!.shape === null) return null;
  return { items, list };
}

/** The parts between commas that are not inside parentheses. */
function itemsOf(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let depth = 0;
  for (let k = 0; k < text.length; k++) {
    const letter = text[k];
    if (letter === "(") depth++;
    else if (letter === ")") depth--;
    else if (letter === "," && depth <= 0) {
      pieces.push(text.slice(start, k));
      start = k + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function readItem(piece: string): TextItem | null {
  const match = ITEM.exec(piece);
  if (match === null) return null;
  const [, first = "", repeat, second = "", name = ""] = match;
  if (first !== "" && second !== "" && first.replace("=", "<") !== second.replace("=", "<")) {
    throw new ValueError(
      `dtype: ${JSON.stringify(piece)} has two byte orders, ${first} and ${second}; leave one out`,
    );
  }
  // Memory has the native order, so only the other one is worth keeping.
  const order = (first || second) === ">" ? ">" : "";
  return { code: order + name, shape: repeat === undefined ? null : readShape(repeat) };
}

function readShape(repeat: string): number | number[] {
  if (!repeat.startsWith("(")) return Number(repeat);
  if (!TUPLE.test(repeat)) throw new DTypeError(`dtype: ${repeat} is no shape; write it like (2,3)`);
  const lengths = repeat
    .slice(1, -1)
    .split(",")
    .map((length) => length.trim());
  if (lengths.length === 1 && lengths[0] !== "") {
    throw new DTypeError(
      `dtype: ${repeat} is a number in parentheses; write (${lengths[0]},) or ${lengths[0]}`,
    );
  }
  return lengths.filter((length) => length !== "").map(Number);
}
