import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path/posix";
import { test } from "node:test";
import ts from "typescript";

// An import may point only to the left (docs/architecture.md); what shares a place may import each other.
const LAYERS = [
  ["errors"],
  ["layout"],
  ["dtype"],
  ["wasm"],
  ["array"],
  ["engine"],
  ["ops"],
  ["linalg", "fft", "random"],
  ["io"],
  ["interop"],
  ["explain"],
  ["testing"],
  ["methods", "functions"],
  ["expr"],
  ["index"],
  ["cli"],
];
const VAGUE = /^(utils?|helpers?|common|misc|shared|stuff|tools?)$/;

const root = new URL("../src/", import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"))
  .sort();
const text = new Map(files.map((name) => [name, readFileSync(new URL(name, root), "utf8")]));
const imports = new Map(files.map((name) => [name, importsOf(name)]));

function importsOf(name: string): string[] {
  return ts.preProcessFile(text.get(name)!, true, true).importedFiles.map((file) => file.fileName);
}

/** The relative imports of a file, as paths below src/. */
function targets(name: string): string[] {
  const relative = imports.get(name)!.filter((specifier) => specifier.startsWith("."));
  return relative.map((specifier) => normalize(join(dirname(name), specifier)));
}

function layerOf(name: string): number {
  const place = name.replace(/\.ts$/, "").split("/")[0]!;
  return LAYERS.findIndex((names) => names.includes(place));
}

function longFunctions(name: string, limit: number): string[] {
  const source = ts.createSourceFile(name, text.get(name)!, ts.ScriptTarget.Latest, true);
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const lines = line(node.getEnd()) - line(node.getStart()) + 1;
    if (ts.isFunctionLike(node) && lines > limit)
      found.push(`${name}:${line(node.getStart()) + 1} (${lines})`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The first cycle among the imports, as a path of files, or an empty list. */
function findCycle(): string[] {
  const done = new Set<string>();
  const walk = (name: string, path: string[]): string[] => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name) || !text.has(name)) return [];
    const cycles = targets(name).map((target) => walk(target, [...path, name]));
    done.add(name);
    return cycles.find((cycle) => cycle.length > 0) ?? [];
  };
  return files.map((name) => walk(name, [])).find((cycle) => cycle.length > 0) ?? [];
}

test("every file lies in a layer", () => {
  assert.ok(files.length > 0);
  assert.deepEqual(
    files.filter((name) => layerOf(name) < 0),
    [],
  );
});

test("an import points only to the left", () => {
  const arrows = files.flatMap((name) => targets(name).map((target) => [name, target] as const));
  const wrong = arrows.filter(([from, to]) => layerOf(to) > layerOf(from));
  assert.deepEqual(
    wrong.map(([from, to]) => `${from} -> ${to}`),
    [],
  );
});

test("no import leads back to where it came from", () => {
  assert.deepEqual(findCycle(), []);
});

test("every relative import names its .ts file, and the file exists", () => {
  const wrong = files.flatMap((name) =>
    targets(name)
      .filter((target) => !text.has(target))
      .map((target) => `${name} -> ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("the core imports nothing but itself: packages and node: begin at io", () => {
  const core = files.filter((name) => layerOf(name) < layerOf("io"));
  const foreign = (name: string) => imports.get(name)!.filter((specifier) => !specifier.startsWith("."));
  assert.deepEqual(core.flatMap(foreign), []);
});

test("no file is longer than 400 lines, no function longer than 60", () => {
  const long = files.filter((name) => text.get(name)!.split("\n").length > 401);
  assert.deepEqual(long, []);
  assert.deepEqual(
    files.flatMap((name) => longFunctions(name, 60)),
    [],
  );
});

test("a file is named after what it holds", () => {
  assert.deepEqual(
    files.filter((name) => VAGUE.test(basename(name, ".ts"))),
    [],
  );
});

test("the layout layer knows integers only", () => {
  const layout = files.filter((name) => layerOf(name) === layerOf("layout"));
  assert.deepEqual(
    layout.filter((name) => /\b(DType|\w*ArrayBuffer)\b/.test(text.get(name)!)),
    [],
  );
});
