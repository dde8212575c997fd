import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { readSignatures } from "../../explorer/build/signatures.ts";
import { pipelineProgram } from "../../explorer/src/pipeline-program.ts";
import { ExprError, Interpreter, nameTable } from "../../src/expr/index.ts";
import * as np from "../../src/index.ts";

const root = new URL("../../", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), "utf8");
const astronaut = np.loadSync(new Uint8Array(readFileSync(new URL("samples/astronaut.npy", root))), {
  as: "npy",
});
const weather = np.loadSync(new Uint8Array(readFileSync(new URL("samples/seattle-weather.npy", root))), {
  as: "npy",
});

/** What a program prints, with the files that the page has. */
function printed(program: string): string[] {
  const variables = { astronaut: astronaut.copy(), seattle_weather: weather };
  return new Interpreter({ variables }).run(program).map((result) => result.text);
}

const programs = readdirSync(new URL("explorer/examples/", root)).filter((name) => name.endsWith(".py"));

for (const name of programs) {
  test(`the program ${name} runs`, () => {
    const program = text(`explorer/examples/${name}`);
    // One of them ends with a copy that is forbidden, as the README shows it.
    if (!program.includes("copy=False")) return void printed(program);
    assert.throws(
      () => printed(program),
      (error: unknown) => error instanceof ExprError && /unable to avoid a copy/.test(error.message),
    );
  });
}

test("the page offers every program that is there", () => {
  const offered = [...text("explorer/src/examples.ts").matchAll(/^ {2}\["([\w-]+)", "/gm)].map(
    ([, name]) => `${name}.py`,
  );
  assert.deepEqual(offered.sort(), programs.sort());
});

test("examples/image-pipeline.py runs as a program, but for the sections that need loops or files", () => {
  const program = pipelineProgram(text("examples/image-pipeline.py"));
  assert.equal(program.match(/left out/g)?.length, 2);
  const results = printed(program);
  assert.ok(results.length > 90);
  // As examples/image-pipeline.txt has it.
  assert.ok(results.some((line) => line.startsWith("((128, 128, 3), np.uint8(0), np.uint8(254))")));
});

test("completion knows how functions and methods are called, and what they do", () => {
  const { functions, members } = readSignatures(new URL("src", root).pathname);
  assert.equal(functions["reshape"]?.call, "(a, shape, order=, copy=)");
  assert.match(functions["add"]?.call ?? "", /^\(x1, x2, out=/);
  assert.match(
    functions["shares_memory"]?.says ?? "",
    /^Whether two arrays have a byte in common, exactly\.$/,
  );
  assert.equal(functions["where"]?.call, "(condition, x, y)");
  assert.match(members["reshape"]?.says ?? "", /elements/);
  assert.ok(members["T"] !== undefined && members["strides"] !== undefined);
  const names = [...nameTable().keys()].filter((name) => !name.includes("."));
  const known = names.filter((name) => Object.hasOwn(functions, name));
  assert.ok(known.length > 0.7 * names.length, `${known.length} of ${names.length}`);
});

test("the explorer's files keep to the house: at most 400 lines, and 60 a function", () => {
  const files = readdirSync(new URL("explorer/", root), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("dist/"));
  assert.ok(files.length > 30);
  for (const name of files) {
    const content = text(`explorer/${name}`);
    assert.ok(content.split("\n").length <= 401, name);
    const source = ts.createSourceFile(name, content, ts.ScriptTarget.Latest, true);
    const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
    const visit = (node: ts.Node): void => {
      const lines = line(node.getEnd()) - line(node.getStart()) + 1;
      assert.ok(!ts.isFunctionLike(node) || lines <= 60, `${name}:${line(node.getStart()) + 1} (${lines})`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
});
