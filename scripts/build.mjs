// Builds dist/ from src/ when src/ has changed since the last build: with TypeScript file by file, of which bundlers take
// what is used, and in few files for Node (bundle.mjs).
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isCommand, root, run, setup } from "./setup.mjs";

const dist = join(root, "dist");
const stamp = join(root, "node_modules/.cache/ndview/build");
const CONFIGURATION = [
  "tsconfig.json",
  "tsconfig.build.json",
  "package.json",
  "package-lock.json",
  "scripts/build.mjs",
  "scripts/bundle.mjs",
  "scripts/later.mjs",
];

function filesIn(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

// Contents, not times: a checkout of another commit or a deleted file is a change as well.
function fingerprint() {
  const hash = createHash("sha256");
  const sources = filesIn(join(root, "src"), ".ts");
  for (const path of [...CONFIGURATION.map((name) => join(root, name)), ...sources]) {
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update("\0");
  }
  return hash.digest("hex");
}

function isFresh(wanted) {
  return existsSync(join(dist, "index.js")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

// TypeScript rewrites "./x.ts" in what it emits as JavaScript, but leaves it in declarations, in their
// imports as in `declare module "./x.ts"`. A user's compiler is to find "./x.js" there, as in any package.
function nameDeclarationsByTheirOutput() {
  for (const path of filesIn(dist, ".d.ts")) {
    const text = readFileSync(path, "utf8");
    const specifier =
      /((?:\bfrom|\bimport|\bmodule|\bimport\(|\brequire\()\s*["']\.{1,2}\/[^"'\n]*)\.ts(["'])/g;
    const renamed = text.replace(specifier, "$1.js$2");
    if (renamed !== text) writeFileSync(path, renamed);
  }
}

export function build() {
  const wanted = fingerprint();
  if (isFresh(wanted)) return;
  console.error("ndview: building dist ...");
  rmSync(stamp, { force: true });
  rmSync(dist, { recursive: true, force: true });
  run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
  nameDeclarationsByTheirOutput();
  run(process.execPath, ["scripts/bundle.mjs"]);
  if (existsSync(join(dist, "cli.js"))) chmodSync(join(dist, "cli.js"), 0o755);
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, wanted);
}

if (isCommand(import.meta.url)) {
  setup();
  build();
}
