import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { callerIn, framesIn, libraryOf } from "../../src/explain/call-site.ts";
import { testInBrowser } from "../browser/chromium.ts";

const stacks: Readonly<Record<string, [text: string, ...frames: [string, string, number, number][]]>> = {
  "of Node": [
    [
      "Error: where",
      "    at framesHere (file:///lib/dist/explain/call-site.js:20:11)",
      "    at NDArray.reshape (file:///lib/dist/methods.js:144:12)",
      "    at Module.copy2 [as copy] (/lib/dist/node-functions.js:1:22)",
      "    at Array.map (<anonymous>)",
      "    at new Table (C:\\work\\table.ts:7:3)",
      "    at async run (file:///project/app.ts:9:1)",
      "    at eval (eval at cell (file:///project/notebook.js:1:2), <anonymous>:6:53)",
      "    at file:///project/app.ts:10:5",
      "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    ].join("\n"),
    ["framesHere", "file:///lib/dist/explain/call-site.js", 20, 11],
    ["NDArray.reshape", "file:///lib/dist/methods.js", 144, 12],
    ["Module.copy2 [as copy]", "/lib/dist/node-functions.js", 1, 22],
    ["Table", "C:\\work\\table.ts", 7, 3],
    ["run", "file:///project/app.ts", 9, 1],
    ["eval", "<anonymous>", 6, 53],
    ["", "file:///project/app.ts", 10, 5],
  ],
  "of Firefox": [
    [
      "framesHere@http://host/dist/explain/call-site.js:20:11",
      "reshape@http://host/dist/ops/reshape.js?v=3:41:10",
      "trace/<@http://host/app.js:5:7",
      "@http://host/app.js:12:1",
    ].join("\n"),
    ["framesHere", "http://host/dist/explain/call-site.js", 20, 11],
    ["reshape", "http://host/dist/ops/reshape.js?v=3", 41, 10],
    ["trace/<", "http://host/app.js", 5, 7],
    ["", "http://host/app.js", 12, 1],
  ],
  "of Safari": [
    ["reshape@http://host/a.js:41:10", "map@[native code]", "module code@http://host/app.js:5:7"].join("\n"),
    ["reshape", "http://host/a.js", 41, 10],
    ["module code", "http://host/app.js", 5, 7],
  ],
  "that is none": ["something else\nentirely"],
};

for (const [name, [text, ...frames]] of Object.entries(stacks)) {
  test(`the calls in a stack ${name}`, () => {
    assert.deepEqual(
      framesIn(text).map(({ name: called, file, line, column }) => [called, file, line, column]),
      frames,
    );
  });
}

test("which files are the library's, by the name of one of them", () => {
  const rows: readonly [own: string, ours: string[], others: string[]][] = [
    [
      "file:///p/src/explain/call-site.ts",
      ["file:///p/src/ops/reshape.ts", "file:///p/src/methods.ts"],
      ["file:///p/test/a.test.ts", "file:///p/src/expr/evaluate.ts", "file:///q/src/a.ts"],
    ],
    [
      "http://host/node_modules/ndview/dist/explain/call-site.js?v=1",
      ["http://host/node_modules/ndview/dist/ops/reshape.js?v=1"],
      ["http://host/node_modules/other/index.js", "http://host/app.js"],
    ],
    [
      "file:///p/dist/node-functions.js",
      ["file:///p/dist/node-index.js", "file:///p/dist/node-chunk-3BQD6LWJ.js"],
      ["file:///p/app.js"],
    ],
    [
      "http://host/node_modules/.vite/deps/ndview.js?v=1",
      ["http://host/node_modules/.vite/deps/chunk-A.js?v=1"],
      ["http://host/src/app.ts"],
    ],
    ["http://host/assets/index-8d2.js", ["http://host/assets/index-8d2.js"], ["http://host/assets/other.js"]],
  ];
  for (const [own, ours, others] of rows) {
    const isOurs = libraryOf(own);
    assert.deepEqual(
      ours.map(isOurs),
      ours.map(() => true),
      own,
    );
    assert.deepEqual(
      others.map(isOurs),
      others.map(() => false),
      own,
    );
  }
});

test("the function that was called is the last of the library, and its line is the program's", () => {
  const frames = framesIn(stacks["of Node"]![0]);
  const ours = (file: string) => file.includes("/lib/");
  assert.deepEqual(callerIn(frames, 0, ours), { operation: "copy", site: "C:\\work\\table.ts:7:3" });
  // Without a border there is no name, and the line is that of the function that is traced.
  assert.deepEqual(
    callerIn(frames, 2, () => true),
    { operation: null, site: "/project/app.ts:9:1" },
  );
  assert.deepEqual(callerIn([], 0, ours), { operation: null, site: null });
});

const folder = mkdtempSync(join(tmpdir(), "ndview-trace-"));
after(() => rmSync(folder, { recursive: true }));
const root = fileURLToPath(new URL("../../", import.meta.url));

const program = `
const a = np.arange(6).reshape([2, 3]);
function work() {
  a.T.reshape(6);
  np.add(a, 1);
  np.ascontiguousarray(a.T);
  np.vstack([a, a]);
}
const { events } = np.traceCopies(() => work());
console.log(JSON.stringify(events.map(({ operation, site, reason }) => [operation, site, reason])));
`;

/** Methods are side effects, which package.json names in dist/ only. */
const KEEP_ALL: Plugin = {
  name: "keep-all",
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: true,
    }));
  },
};

async function bundled(contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*"],
    logLevel: "error",
    write: false,
    plugins: [KEEP_ALL],
    stdin: { contents, resolveDir: root },
    ...options,
  });
  return outputFiles![0]!.text;
}

/** What a program prints. */
function printedBy(name: string, text: string): [operation: string, site: string, reason: string][] {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, text);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

const OPERATIONS = ["reshape", "add", "ascontiguousarray", "vstack"];
const LINES = ["5", "6", "7", "8"];

test("beside the package as one file, functions and lines are exact", async () => {
  writeFileSync(join(folder, "node-index.mjs"), await bundled('export * from "./src/index.ts";', {}));
  const events = printedBy("beside", `import * as np from "./node-index.mjs";\n${program}`);
  assert.deepEqual(
    events.map(([operation]) => operation),
    OPERATIONS,
  );
  assert.deepEqual(
    events.map(([, site]) => /beside\.mjs:(\d+):\d+$/.exec(site)?.[1]),
    LINES,
  );
});

for (const minify of [false, true]) {
  const name = minify ? "small" : "whole";
  test(`in one ${minify ? "minified " : ""}file with the package, functions are named and lines are those of what is traced`, async () => {
    const text = await bundled(`import * as np from "./src/index.ts";\n${program}`, { minify });
    const events = printedBy(name, text);
    assert.deepEqual(
      events.map(([operation]) => operation),
      OPERATIONS,
    );
    assert.equal(events[0]![2], "axis 0 has stride 8, wanted 48");
    const sites = new Set(events.map(([, site]) => site));
    assert.equal(sites.size, 1);
    assert.match([...sites][0]!, new RegExp(`${name}\\.mjs:\\d+:\\d+$`));
  });
}

testInBrowser("in a browser functions and lines are exact as well", async (browser) => {
  const page = await browser.newPage();
  const library = await bundled('export * from "./src/index.ts";', {});
  const files: Readonly<Record<string, string>> = {
    "/": "<!doctype html><title>trace</title>",
    "/app.js": `import * as np from "/node_modules/ndview/dist/index.js";\n${program}`,
    "/node_modules/ndview/dist/index.js": library,
  };
  await page.route("http://localhost/**", (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname === "/" ? "text/html" : "text/javascript";
    return route.fulfill({ body: files[pathname] ?? "", contentType });
  });
  await page.goto("http://localhost/");
  const printed = page.waitForEvent("console");
  await page.addScriptTag({ type: "module", url: "/app.js" });
  const events = JSON.parse((await printed).text()) as string[][];
  assert.deepEqual(
    events.map(([operation]) => operation),
    OPERATIONS,
  );
  assert.deepEqual(
    events.map(([, site]) => /^http:\/\/localhost\/app\.js:(\d+):\d+$/.exec(site!)?.[1]),
    LINES,
  );
});
