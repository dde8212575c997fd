/**
 * Writes docs/pictures: the pictures of docs/views.md, each of what `np.draw` is given in the example above it.
 *
 *     npx tsx scripts/pictures.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as np from "../src/index.ts";

const page = new URL("../docs/views.md", import.meta.url);

/** The SVG files of the page by their names, as they should be. */
export function pictures(): Map<string, string> {
  const text = readFileSync(page, "utf8");
  const found = new Map<string, string>();
  for (const [, code, name] of text.matchAll(
    /```ts\n([^`]*)```\n\n!\[[^\]]*\]\((pictures\/[\w-]+\.svg)\)/g,
  )) {
    found.set(name!, `${drawnBy(code!)}\n`);
  }
  return found;
}

/** The last picture that an example draws. */
function drawnBy(code: string): string {
  let svg = "";
  const draw: typeof np.draw = (arrays, options) => {
    const drawing = np.draw(arrays, options);
    svg = drawing.svg;
    return drawing;
  };
  new Function("np", code)({ ...np, draw });
  if (svg === "") throw new Error(`nothing is drawn by\n${code}`);
  return svg;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(new URL("pictures/", page), { recursive: true });
  for (const [name, svg] of pictures()) writeFileSync(new URL(name, page), svg);
}
