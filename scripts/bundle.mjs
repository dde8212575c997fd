// Writes dist/node-*.js and dist/cli.js, which package.json gives to Node: the package in few files. Finding and linking
// three hundred takes Node several times as long as running them. What the entries share lies in chunks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
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

await build({
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
  plugins: [KEEP_ALL],
  logLevel: "error",
});
