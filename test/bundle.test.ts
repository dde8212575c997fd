import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// What a bundler takes of the built package (dist/), and what functions do without the edge.
const root = fileURLToPath(new URL("../", import.meta.url));

/** The files of the package that a bundle of some code holds anything of. */
async function filesIn(contents: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

/** What must stay out of a bundle of one function: what only methods, lists, structures, strings and dates need. */
const STRANGERS =
  /methods|engine\/(reduce|accumulate|at|outer|matmul|index|dates|string-[^h])|array\/(format|discover|listloops|fromlists|textcasts|date-)|dtype\/(comma|struct-access|subarray-access|string-|number-|calendar|date)|\/io\//;

for (const name of ["add", "exp", "less"]) {
  test(`a bundle of ${name} holds no methods and nothing that reads lists`, async () => {
    const files = await filesIn(`import { ${name} } from "ndview/functions"; globalThis.f = ${name};`);
    assert.ok(files.some((path) => path.includes("engine/ufunc-call")));
    assert.deepEqual(
      files.filter((path) => STRANGERS.test(path)),
      [],
    );
  });
}

test("a bundle of array reads lists, and holds no ufunc", async () => {
  const files = await filesIn('import { array } from "ndview/functions"; globalThis.f = array;');
  assert.ok(files.some((path) => path.includes("array/discover")));
  assert.deepEqual(
    files.filter((path) => /methods|engine|\/io\//.test(path)),
    [],
  );
});

test("a bundle of the package keeps all that gives methods, also when nothing of it is named", async () => {
  const files = await filesIn('import "ndview";');
  for (const part of ["methods.js", "methods/ufuncs.js", "methods/operators.js", "methods/readers.js"]) {
    assert.ok(
      files.some((path) => path.endsWith(part)),
      part,
    );
  }
});

/** What a program prints that runs in a process of its own, where nothing else has loaded the edge. */
function printed(code: string): string {
  const args = ["--input-type=module", "--eval", code];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return stdout.trim() || stderr;
}

test("functions alone take arrays, typed arrays and scalars, and say what reads lists", () => {
  const code = (call: string) =>
    `import * as f from "ndview/functions"; try { console.log(${call}) } catch (e) { console.log(e.message) }`;
  assert.equal(printed(code("f.tolist(f.add(f.array([1, 2]), 3)).join()")), "4,5");
  assert.equal(printed(code("f.tolist(f.add(new Float32Array([1, 2]), f.asarray(3n))).join()")), "4,5");
  assert.equal(printed(code('f.add(f.array([1, 2]), 3, { dtype: "float32" }).dtype.name')), "float32");
  assert.match(printed(code("f.add([1, 2], 3)")), /a list is no array and no scalar; .*array\(/);
  assert.match(printed(code('f.add("a", 3)')), /"a" is no array and no scalar; .*array\(/);
  assert.match(printed(code('f.zeros([2], [["x", "f4"]])')), /names no plain dtype; .*dtype\(/);
  assert.equal(printed(code('f.zeros([2], f.dtype([["x", "f4"]])).itemsize')), "4");
  assert.equal(printed(code("f.allclose(f.zeros([2]), f.zeros([2]))")), "true");
  assert.equal(printed(code("typeof f.add.reduce")), "undefined");
});

test("functions alone know strings and dates that were made before", () => {
  const code = (call: string) =>
    `import * as f from "ndview/functions"; try { console.log(${call}) } catch (e) { console.log(e.message) }`;
  assert.equal(printed(code('f.tolist(f.strings.upper(f.array(["a", "bc"]))).join()')), "A,BC");
  assert.equal(printed(code('String(f.astype(f.array(["ab"]), f.dtype("S3")).dtype)')), "|S3");
  assert.equal(printed(code('f.tolist(f.astype(f.array(["", "x"]), "bool")).join()')), "false,true");
  assert.equal(printed(code('f.resultType(f.dtype("U2"), true).name')), "str160");
  assert.match(
    printed(code('f.astype(f.array(["1"]), "float64")')),
    /cannot cast <U1 to float64: import "ndview"/,
  );
  assert.match(
    printed(code('f.add(f.array(["a"]), f.array(["b"]))')),
    /no loop for strings; .*import "ndview"/,
  );
  assert.equal(
    printed(code('String(f.tolist(f.add(f.datetime64("2024-01-01"), f.timedelta64(1, "D"))))')),
    "2024-01-02",
  );
});

test("assertions alone read lists, and stay out of a bundle of add", async () => {
  const code =
    'import { assertEqual } from "ndview/testing"; try { assertEqual([1], [2]) } catch (e) { console.log(e.name) }';
  assert.equal(printed(code), "AssertionError");
  const files = await filesIn('import { add } from "ndview/functions"; globalThis.f = add;');
  assert.deepEqual(
    files.filter((path) => /testing|recfunctions|nditer/.test(path)),
    [],
  );
});

test("both entries are one package in one process", () => {
  const code =
    'import * as np from "ndview"; import { add } from "ndview/functions"; console.log(np.add === add)';
  assert.equal(printed(code), "true");
});
