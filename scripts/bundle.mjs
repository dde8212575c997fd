// Writes dist/node-*.js and dist/cli.js, which package.json gives to Node: the package in few files. Finding and linking
// three hundred takes Node several times as long as running them. What the entries share lies in chunks.
//
// Most of what is left of the import is reading text, so blanks are left out. Names stay as they are, for whoever reads a
// trace, and lines short, as Node prints the one that threw. Of fflate these files hold what is used: loading all of it
// would take a fifth of the import.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { LATER, together, withParts } from "./later.mjs";
import { root } from "./setup.mjs";

const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What package.json names for Node, by its source. */
const ENTRIES = {
  cli: "src/cli.ts",
  ...Object.fromEntries(
    Object.values(exports)
      .filter((entry) => entry.node !== undefined)
      .map(({ node, default: file }) => [
        node.slice("./dist/".length, -".js".length),
        file.replace("./dist/", "src/").replace(/\.js$/, ".ts"),
      ]),
  ),
};

// The modules with side effects are named in package.json by their place in dist/; here they are sources.
const KEEP_ALL = {
  name: "keep-all",
  setup(bundler) {
    bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: true,
    }));
  },
};

// esbuild makes a chunk for each set of entries that share something. What all entries hold of functions is one chunk, so
// that an import reads few files and not a dozen.
const SOURCES = new Set(Object.values(ENTRIES).map((file) => join(root, file)));
const KEEP_TOGETHER = {
  name: "keep-together",
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, ({ path }) =>
      SOURCES.has(path)
        ? { contents: `${readFileSync(path, "utf8")}\n${together(path)}`, loader: "ts" }
        : undefined,
    );
  },
};

const WHAT_IS_USED_OF_FFLATE = {
  name: "what-is-used-of-fflate",
  setup(bundler) {
    bundler.onResolve({ filter: /^fflate$/ }, () => ({
      path: join(root, "node_modules/fflate/esm/browser.js"),
      sideEffects: false,
    }));
  },
};

const built = await build({
  absWorkingDir: root,
  entryPoints: ENTRIES,
  outdir: "dist",
  chunkNames: "node-[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  external: ["node:*"],
  packages: "external",
  plugins: [LATER, KEEP_ALL, KEEP_TOGETHER, WHAT_IS_USED_OF_FFLATE],
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
  logLevel: "error",
  metafile: true,
  write: false,
});

for (const [file, text] of await withParts(built)) {
  const path = join(root, "dist", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
copyFileSync(join(root, "node_modules/fflate/LICENSE"), join(root, "dist/LICENSE-fflate"));
