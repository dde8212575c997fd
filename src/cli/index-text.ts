import { type BasicIndex, field, IndexError, type NDArray } from "../index.ts";

const newAxis = new Set(["None", "null", "newaxis", "np.newaxis"]);

/**
 * The view that a text such as `[:, ::-1]`, `0, 1:3` or, for a field, `['x']` selects.
 *
 * @throws IndexError when a part is empty, or would have to copy (a list, a mask).
 */
export function viewOf(whole: NDArray, text: string): NDArray {
  const inner = innerText(text);
  const name = /^(['"])(.*)\1$/.exec(inner)?.[2];
  return name === undefined ? whole.slice(...partsOf(inner, text)) : field(whole, name);
}

function innerText(text: string): string {
  return text
    .trim()
    .replace(/^\[([\s\S]*)\]$/, "$1")
    .trim();
}

function partsOf(inner: string, text: string): BasicIndex[] {
  if (/[[\]]/.test(inner)) {
    throw new IndexError(
      `${text} holds a list; the command shows views, and a list of positions makes a copy`,
    );
  }
  if (inner === "") throw new IndexError(`the index "${text}" is empty; write "..." for the whole array`);
  const parts = inner.replace(/,\s*$/, "").split(",");
  return parts.map((part) => partOf(part.trim(), text));
}

function partOf(part: string, text: string): BasicIndex {
  if (part === "") throw new IndexError(`the index "${text}" has an empty part between commas`);
  return newAxis.has(part) ? null : part === "…" ? "..." : (part as BasicIndex);
}
