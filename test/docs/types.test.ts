import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { documents, examplesOf } from "./examples.ts";

// Every example as a module of its own beside the sources, in memory: what people copy should compile.

const folder = fileURLToPath(new URL("../../src/", import.meta.url));
const examples = documents().flatMap(examplesOf);
/** Lines that show an error at run time may also be one of types. */
const text = (code: string) => code.replace(/^.*\/\/ throws .*$/gm, "");

const modules = new Map(
  examples.map(({ code }, k) => [
    `${folder}example-${k}.ts`,
    `${/from "ndview";/.test(code) ? "" : 'import * as np from "ndview";\n'}${text(code)}\nexport {};\n`,
  ]),
);

const options: ts.CompilerOptions = {
  ...{ target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], types: ["node"] },
  ...{ module: ts.ModuleKind.NodeNext, strict: true, noEmit: true },
  ...{
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    paths: { ndview: [`${folder}index.ts`], "ndview/*": [`${folder}*.ts`] },
  },
};

function host(): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  return {
    ...disk,
    fileExists: (name) => modules.has(name) || disk.fileExists(name),
    readFile: (name) => modules.get(name) ?? disk.readFile(name),
    getSourceFile: (name, target) => {
      const own = modules.get(name);
      return own === undefined ? disk.getSourceFile(name, target) : ts.createSourceFile(name, own, target);
    },
  };
}

test("every example of documents and sources compiles under strict", () => {
  const program = ts.createProgram([...modules.keys()], options, host());
  const found = [...modules.keys()].flatMap((name, k) =>
    program.getSemanticDiagnostics(program.getSourceFile(name)).map((one) => {
      const at = one.file?.text.slice(0, one.start).split("\n").length;
      return `${examples[k]?.place}, line ${at}: ${ts.flattenDiagnosticMessageText(one.messageText, " ")}`;
    }),
  );
  assert.ok(examples.length > 90);
  assert.deepEqual(found, []);
});
