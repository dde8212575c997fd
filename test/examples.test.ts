import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { numpyVersion } from "./oracle/version.ts";
import { programArguments } from "./program.ts";

// The examples import the package by its name, so they run against dist as a user's program would.
const folder = fileURLToPath(new URL("../examples/", import.meta.url));
const programs = readdirSync(folder).filter((name) => name.endsWith(".ts"));
const originals = readdirSync(folder).filter((name) => name.endsWith(".py"));
const python = process.env.NDVIEW_PYTHON ?? "python3";
const hasNumpy = numpyVersion() !== null;

test("there are examples", () => assert.ok(programs.includes("np-view.ts")));

for (const name of programs) {
  const expected = folder + name.replace(/ts$/, "txt");
  test(`${name} prints what is said beside it`, (t) => {
    assert.ok(existsSync(expected), `${expected} is missing`);
    const run = spawnSync(process.execPath, programArguments(`examples/${name}`), { encoding: "utf8" });
    assert.equal(run.stderr, "");
    // What is missing of the system may be so, but not where everything has been installed.
    const leftOut = /^left out: .*/.exec(run.stdout);
    if (leftOut !== null && process.env.NDVIEW_PARTNERS !== "required") return t.skip(leftOut[0]);
    assert.equal(run.stdout, readFileSync(expected, "utf8"));
  });
}

for (const name of originals) {
  test(`${name}, of which there is a port here, prints the same`, {
    skip: !hasNumpy && "no Python with NumPy",
  }, () => {
    const run = spawnSync(python, [folder + name], { encoding: "utf8" });
    assert.equal(run.stdout, readFileSync(folder + name.replace(/py$/, "txt"), "utf8"), run.stderr);
  });
}
