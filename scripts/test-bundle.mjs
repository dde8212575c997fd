// Bundles the tests for one run of npm test. Reading and linking six hundred sources takes each test file longer than most
// take to run; as one bundle of all of them that is done once, and every file starts in a fifth of a second.
//
// What runs is what is written: no statement is shaken off, `import.meta.url` is that of the source, and traces name its
// lines. Each file still is a process of its own, which loads what it imports and nothing else. Only where two sources have
// a function of one name, one gets a number behind it: `keepNames` would cost a call for each closure that is made, and so
// twice the time of whole tests.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup.mjs";

// Not below node_modules: Node's runner finds no tests there.
const home = join(root, ".test-build");

const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What tests start as programs, and what these and the examples import by the names of the package: test/program.ts finds it. */
const PROGRAMS = [
  "src/cli.ts",
  "test/interop/mapped-side.ts",
  "test/near.ts",
  ...readdirSync(join(root, "examples"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `examples/${name}`),
  ...Object.values(exports)
    .filter((entry) => entry.node !== undefined)
    .map((entry) => entry.default.replace("./dist/", "src/").replace(/\.js$/, ".ts")),
];

// package.json names modules with side effects by their place in dist/; here they are sources, and all have them.
const KEEP_ALL = {
  name: "keep-all",
  setup(bundler) {
    bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: true,
    }));
  },
};

// The bundler puts names for what `import.meta` says; a file that asks gets them
// in front of its first line, so that lines keep their numbers.
const PLACES = {
  "import.meta.url": "urlOfThisSource",
  "import.meta.filename": "pathOfThisSource",
  "import.meta.dirname": "folderOfThisSource",
};
const KEEP_PLACES = {
  name: "keep-places",
  setup(bundler) {
    bundler.onLoad({ filter: /\.[mc]?[jt]sx?$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta")) return undefined;
      const values = [pathToFileURL(path).href, path, dirname(path)].map((value) => JSON.stringify(value));
      const named = Object.values(PLACES).map((name, k) => `${name} = ${values[k]}`);
      const contents = text.replace(/^(#!.*\n)?/, `$1const ${named.join(", ")}; `);
      return { contents, loader: LOADERS[extname(path)] };
    });
  },
};
const LOADERS = {
  ".ts": "ts",
  ".mts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "jsx",
};

// A run that was killed leaves its bundle behind.
function removeOld() {
  for (const name of readdirSync(home)) {
    const age = Date.now() - (statSync(join(home, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > 24 * 3600_000) rmSync(join(home, name), { recursive: true, force: true });
  }
}

/**
 * Bundles test files into a new folder, so that nothing old is ever run. Returns the folder and where in it each of them
 * lies; the folder is removed when this process ends. An error in a source is printed, and the promise fails.
 */
export async function bundleTests(files) {
  mkdirSync(home, { recursive: true });
  removeOld();
  const folder = mkdtempSync(join(home, "run-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // In a fresh clone it is there only after setup.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: [...files, ...PROGRAMS],
    outbase: root,
    outdir: folder,
    chunkNames: "chunks/[hash]",
    bundle: true,
    splitting: true,
    treeShaking: false,
    ignoreAnnotations: true,
    format: "esm",
    platform: "node",
    target: `node${process.versions.node}`,
    packages: "external",
    sourcemap: "linked",
    sourcesContent: false,
    define: PLACES,
    plugins: [KEEP_ALL, KEEP_PLACES],
    logLevel: "error",
  });
  const built = (file) => join(relative(root, folder), file.replace(/ts$/, "js"));
  return { folder, files: files.map(built) };
}
