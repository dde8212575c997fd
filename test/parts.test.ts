import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

// The parts of the built package (dist/) that Node reads when a function of theirs is first called (scripts/later.mjs).
const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
const files = readdirSync(dist).filter((name) => /^node-.*\.c?js$/.test(name));

/** What a program prints in a process of its own. */
function printed(code: string, flags: readonly string[] = []): string {
  const args = [...flags, "--input-type=module", "--eval", code];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return stdout.trim() || stderr;
}

/** The parts that Node has read, beside what a call gives. */
function readBy(call: string, entry = "ndview"): string {
  return printed(`
    import { createRequire } from "node:module";
    import * as np from ${JSON.stringify(entry)};
    const { cache } = createRequire(import.meta.url);
    const parts = () => Object.keys(cache).map((path) => /node-([a-z]+)-[^-]*\\.cjs$/.exec(path)?.[1] ?? "?");
    const before = parts().join();
    const value = await (${call});
    console.log([before, String(value), parts().filter((name) => name !== "chunk").join()].join("|"));`);
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: programs.
const CALLS: readonly [part: string, call: string, value: string][] = [
  ["files", 'np.loadSync(np.npzBytes({ a: np.arange(3, { dtype: "int8" }) })).get("a").dtype.name', "int8"],
  ["explain", "np.traceCopies(() => np.arange(3)).events[0].operation", "arange"],
  [
    "testing",
    "(() => { try { np.testing.assertEqual([1], [2]) } catch (e) { return e.name } })()",
    "AssertionError",
  ],
  ["records", 'np.recfunctions.dropFields(np.zeros([2], [["x", "i4"], ["y", "i4"]]), "x").dtype.names', "y"],
  ["structs", 'np.zeros([2], [["x", "i4"]]).dtype.names', "x"],
  ["strings", 'np.strings.isalpha(np.array(["a", "1"])).tolist()', "true,false"],
  ["texts", 'np.array(["a", "bc"]).tolist()', "a,bc"],
  ["dates", 'np.isBusday("2024-01-01").item()', "true"],
  ["statistics", "np.median(np.array([5, 1, 3]))", "3"],
  ["shapes", "np.tile(np.array([1, 2]), 2).tolist()", "1,2,1,2"],
  ["expressions", "np.py`${np.array([1, 2])} + 1`.tolist()", "2,3"],
  ["einsum", 'np.einsum("i,i", np.array([1, 2]), np.array([3, 4]))', "11"],
  ["products", "np.matmul(np.array([[1, 2]]), np.array([3, 4])).tolist()", "11"],
  ["ufuncs", "np.add.outer([1, 2], [3, 4]).tolist()", "4,5,5,6"],
  ["inspection", "np.geterr().divide", "ignore"],
  ["functions", "np.isnan(np.arcsin(2))", "True"],
  ["running", "np.argmax(np.array([1, 3, 2]))", "1"],
  ["joining", "np.concatenate([np.array([1]), np.array([2])]).tolist()", "1,2"],
  ["indexing", "np.take(np.array([5, 6, 7]), [2, 0]).tolist()", "7,5"],
  ["making", "np.geomspace(1, 4, 3).tolist()", "1,2,4"],
  ["iteration", "np.nditer(np.array([1, 2])).itersize", "2"],
  ["handing", "np.handoff(np.array([1, 2])).data", "1,2"],
  ["sorting", "np.sort(np.array([2, 1])).tolist()", "1,2"],
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: programs.

for (const [part, call, value] of CALLS) {
  test(`${part}: read by the first call, and not by the import`, () => {
    const [before, result, parts] = readBy(call).split("|");
    assert.equal(before, "");
    assert.equal(result, value);
    assert.ok(parts!.split(",").includes(part), parts);
  });
}

test("there is a row above for every part", () => {
  const parts = files.flatMap((name) => /^node-([a-z]+)-[^-]*\.cjs$/.exec(name)?.[1] ?? []);
  const named = [...new Set(parts)].filter((name) => name !== "chunk").sort();
  assert.deepEqual(named, CALLS.map(([part]) => part).sort());
});

test("the entries have the names of the sources, and functions have their own", async () => {
  for (const entry of ["index", "functions", "expr/index", "testing", "explain/index"]) {
    const built = await import(pathToFileURL(join(dist, `node-${entry.replace("/index", "")}.js`)).href);
    const source = await import(`../src/${entry}.ts`);
    assert.deepEqual(Object.keys(built).sort(), Object.keys(source).sort());
    for (const [name, value] of Object.entries<unknown>(built)) {
      assert.equal(typeof value, typeof source[name], name);
      if (typeof value !== "object" || value === null) continue;
      assert.deepEqual(Object.keys(value).sort(), Object.keys(source[name]).sort(), name);
    }
  }
});

test("every file can be the first that is loaded", () => {
  for (const name of files.filter((file) => file.endsWith(".js"))) {
    const path = JSON.stringify(pathToFileURL(join(dist, name)).href);
    assert.equal(printed(`await import(${path}); console.log("loaded")`), "loaded", name);
  }
});

test("what stands for a function has its name", () => {
  assert.equal(
    printed(
      'import * as np from "ndview"; console.log([np.tile, np.sort, np.einsum].map((f) => f.name).join())',
    ),
    "tile,sort,einsum",
  );
});

test("there is one of each class, whoever asks first", () => {
  const code = `
    import * as np from "ndview";
    import { ExprError, Interpreter } from "ndview/expr";
    const file = np.loadSync(np.npzBytes({ a: [1] }));
    let error;
    try { np.py.compile("1 +") } catch (e) { error = e }
    console.log(file instanceof np.NpzFile, error instanceof ExprError, new Interpreter().run("np.arange(2)").at(-1).value instanceof np.NDArray);`;
  assert.equal(printed(code), "true true true");
});

test("a part is read in the middle of a program that is itself being loaded, and where nothing may be evaluated", () => {
  const code = 'import * as np from "ndview"; console.log(String(np.unique(np.array([2, 1, 2]))))';
  assert.equal(printed(code), "[1. 2.]");
  assert.equal(printed(code, ["--disallow-code-generation-from-strings"]), "[1. 2.]");
});

test("a trace names the function and the line of the program, through a part and back", () => {
  const code = `import * as np from "ndview";
const { events } = np.traceCopies(() => {
  np.tile(np.arange(3), 2);
});
console.log(events.map(({ operation, site }) => operation + site.replace(/.*(?=:\\d+:)/, "")).join(" "));`;
  assert.match(printed(code), /^(arange:3:\d+ )+tile:3:\d+$/);
});

/** What a bundle of a program prints, run where there is no package. */
async function bundled(conditions?: string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'import { array, tile, tolist } from "ndview"; try { console.log(tolist(tile(array([1]), 2)).join()) } catch (e) { console.log(e.message) }',
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
    ...(conditions && { conditions }),
  });
  const folder = mkdtempSync(join(tmpdir(), "ndview-parts-"));
  try {
    const program = join(folder, "program.mjs");
    writeFileSync(program, outputFiles[0]!.text);
    const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: "utf8" });
    return stdout.trim() || stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a bundler for Node takes the package file by file, and one that does not is told", async () => {
  assert.equal(await bundled(), "1,1");
  assert.match(await bundled(["node"]), /node-shapes-.*\.cjs is missing .* condition "module"/);
});

test("the files hold ASCII only, of which V8 keeps a byte for each sign", () => {
  for (const name of files) assert.match(readFileSync(join(dist, name), "latin1"), /^[\0-\x7f]*$/, name);
});
