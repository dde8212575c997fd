// Writes dist/node-*.js and dist/cli.js, which package.json gives to Node: the package in few files. Finding and linking
// three hundred takes Node several times as long as running them. What the entries share lies in chunks.
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./setup.mjs";

const ENTRIES = {
  "node-index": "src/index.ts",
  "node-functions": "src/functions.ts",
  "node-testing": "src/testing.ts",
  cli: "src/cli.ts",
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
  external: ["node:*", "fflate"],
  plugins: [KEEP_ALL],
  logLevel: "error",
});
