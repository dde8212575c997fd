import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { pictures } from "../../scripts/pictures.ts";
import { everyNode, parsedMarkup } from "../explain/markup.ts";

const folder = new URL("../../docs/", import.meta.url);
const page = readFileSync(new URL("views.md", folder), "utf8");
const drawn = pictures();

test("the pictures of docs/views.md are what its examples draw; npx tsx scripts/pictures.ts renews them", () => {
  assert.ok(drawn.size >= 10);
  for (const [name, svg] of drawn) assert.equal(readFileSync(new URL(name, folder), "utf8"), svg, name);
});

test("every picture in the folder is on the page once, below an example, and says in words what it shows", () => {
  const shown = [...page.matchAll(/!\[([^\]]*)\]\(([^)]*)\)/g)];
  assert.deepEqual(
    shown.map(([, , name]) => name),
    [...drawn.keys()],
  );
  for (const [, words] of shown) assert.ok(words!.length > 20, words);
  const files = readdirSync(new URL("pictures/", folder)).map((name) => `pictures/${name}`);
  assert.deepEqual(files.sort(), [...drawn.keys()].sort());
});

test("the pictures are small, well-formed, and have ids of their own", () => {
  const ids: string[] = [];
  for (const [name, svg] of drawn) {
    assert.ok(svg.length < 25_000, `${name}: ${svg.length}`);
    const nodes = everyNode(parsedMarkup(svg.trim()));
    ids.push(...nodes.flatMap(({ attributes }) => attributes["id"] ?? []));
  }
  assert.equal(new Set(ids).size, ids.length);
});

test("the text on the page is what the example above it prints", async () => {
  const [, code, text] = /```ts\n([^`]*console\.log[^`]*)```\n\n```text\n([^`]*)```/.exec(page)!;
  const np = await import("../../src/index.ts");
  const printed: string[] = [];
  new Function("np", "console", code!)(np, { log: (line: string) => printed.push(line) });
  assert.equal(`${printed.join("\n")}\n`, text);
});
