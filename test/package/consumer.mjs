// What a user of the published file does first; scripts/package-check.mjs runs it beside the unpacked package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import * as np from "ndview";

const manifest = createRequire(import.meta.url)("ndview/package.json");

const image = np.array(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "int64",
);
const reversed = image.slice(":", "::-1");
reversed.set([0, 0], 30n);
assert.equal(image.at(0, 2), 30n);
assert.equal(np.mayShareMemory(image, reversed), true);
assert.equal(np.flip(image, 0).at(0, 0), 4n, "the edge gives arrays their methods");

const npz = np.npzBytes({ image }, { compressed: true });
const loaded = await np.load(npz, { as: "npz" });
assert.equal(String(loaded.get("image")), String(image), "the one dependency is found");

const command = new URL(`node_modules/ndview/${manifest.bin.ndview}`, import.meta.url);
const told = execFileSync(process.execPath, [fileURLToPath(command), "--version"], { encoding: "utf8" });
assert.match(told, new RegExp(manifest.version));
console.log(`ndview ${manifest.version}: arrays, views, methods, npz and the command work`);
