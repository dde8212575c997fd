/** A program that has the library and none of its partners: what is asked for one says what to install. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** For each part: what loads its partner, and the package that it then asks for. */
const peers: Readonly<Record<string, readonly (readonly [code: string, wanted: string])[]>> = {
  arrow: [["part.arrow()", "arrow: the package apache-arrow is not installed; npm install apache-arrow"]],
  images: [["part.sharp()", "sharp: the package sharp is not installed; npm install sharp"]],
  mathjs: [["part.mathjs()", "mathjs: the package mathjs is not installed; npm install mathjs"]],
  "ml-matrix": [
    ["part.mlMatrix()", "mlMatrix: the package ml-matrix is not installed; npm install ml-matrix"],
  ],
  onnx: [
    ["part.onnx()", "onnx: the package onnxruntime-node is not installed; npm install onnxruntime-node"],
  ],
  opencv: [
    [
      "part.opencv()",
      "opencv: the package @techstark/opencv-js is not installed; npm install @techstark/opencv-js",
    ],
  ],
  python: [
    [
      "part.sharedArray([2])",
      "files are mapped by the package koffi, which is not installed; npm install koffi",
    ],
    ['part.startPython({ command: "no-python" })', "; install Python and NumPy, or name it in command"],
  ],
  scijs: [["part.scijs()", "scijs: the package ndarray is not installed; npm install ndarray"]],
  stdlib: [
    [
      "part.stdlib()",
      "stdlib: the package @stdlib/ndarray-ctor is not installed; npm install @stdlib/ndarray-ctor",
    ],
    [
      'part.stdlib(class {}).toNdarray(np.ones(2, "complex64"))',
      "toNdarray: complex64 needs @stdlib's Complex64Array; npm install @stdlib/array-complex64",
    ],
  ],
  tfjs: [
    ["part.tfjs()", "tfjs: the package @tensorflow/tfjs is not installed; npm install @tensorflow/tfjs"],
  ],
  webgpu: [
    ["part.toGPUBuffer(undefined, np.ones(2))", "in Node with the package webgpu: npm install webgpu"],
  ],
  zarr: [["part.zarr()", "zarr: the package zarrita is not installed; npm install zarrita"]],
};

/** The parts that are given all they need, and load nothing. */
const WITHOUT = new Set(["c", "workers"]);

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ndview-alone-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What was found in packages that lie above the folder is not there for its programs, whichever way they ask. */
const FOUND = `(place, name, code) => {
  if (!place.includes("/node_modules/")) return;
  throw Object.assign(new Error("Cannot find package '" + name + "'"), { code });
}`;
const HOOKS = `const refuse = ${FOUND};
export async function resolve(name, context, next) {
  const found = await next(name, context);
  refuse(found.url, name, "ERR_MODULE_NOT_FOUND");
  return found;
}`;
const asUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const alone = `import Module, { register } from "node:module";
register(${JSON.stringify(asUrl(HOOKS))});
const refuse = ${FOUND};
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  const found = resolve.call(this, name, ...rest);
  refuse(found, name, "MODULE_NOT_FOUND");
  return found;
};`;

before(() =>
  build({
    absWorkingDir: root,
    entryPoints: { index: "src/index.ts", ...entriesOf(Object.keys(peers)) },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["node:*"],
    packages: "external",
    alias: { fflate: join(root, "node_modules/fflate/esm/browser.js") },
    ignoreAnnotations: true,
    logLevel: "error",
  }),
);

function entriesOf(parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(parts.map((part) => [part, `src/interop/${part}.ts`]));
}

test("every part of the package that has a partner is here", () => {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { exports: object };
  const parts = Object.keys(exports).flatMap((path) => /^\.\/interop\/(.*)$/.exec(path)?.[1] ?? []);
  assert.deepEqual(parts.filter((part) => !WITHOUT.has(part)).sort(), Object.keys(peers).sort());
});

for (const [part, calls] of Object.entries(peers)) {
  for (const [code, wanted] of calls) {
    test(`${part}: ${code} without its partner says what to install`, () => {
      const file = join(folder, `ask-${part}.mjs`);
      writeFileSync(
        file,
        `import * as np from "./index.mjs";
        import * as part from "./${part}.mjs";
        try { await ${code}; } catch (error) { console.log(String(error)); }`,
      );
      const run = spawnSync(process.execPath, ["--import", asUrl(alone), file], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.equal(run.stderr, "");
      assert.ok(run.stdout.includes(wanted), run.stdout);
      assert.match(run.stdout, /^(Value|DType)Error: /);
    });
  }
}
