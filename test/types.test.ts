import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

// test/types/ imports "ndview", which is dist/ by the package's own exports: what a user's compiler sees.
const root = fileURLToPath(new URL("../", import.meta.url));

for (const kind of ["nodenext", "bundler"]) {
  test(`the types say what they should to a ${kind} project`, () => {
    const args = ["node_modules/typescript/bin/tsc", "-p", `test/types/tsconfig.${kind}.json`];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  });
}
