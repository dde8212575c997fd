import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

// The public names as a file, so that a name comes or goes only where the reader of a change sees it.
// UPDATE_SNAPSHOTS=1 npm test -- exports writes it anew.
const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const snapshot = fileURLToPath(new URL("exports.snapshot.txt", import.meta.url));

/** What index.ts exports as a type alone: TypeScript has the name, the module object has not. */
function typeNames(np: object): string[] {
  const program = ts.createProgram([entry], { allowImportingTsExtensions: true, noLib: true, types: [] });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  const names = checker.getExportsOfModule(module).map((symbol) => symbol.name);
  return names.filter((name) => !Object.hasOwn(np, name));
}

function members(owner: object): string[] {
  const symbols = Object.getOwnPropertySymbols(owner).map((symbol) => `[${symbol.description}]`);
  return [...Object.getOwnPropertyNames(owner).filter((name) => name !== "constructor"), ...symbols];
}

function section(title: string, names: readonly string[]): string {
  return [`# ${title}`, ...[...names].sort(), ""].join("\n");
}

test("the public names are those of exports.snapshot.txt", async () => {
  const np = await import("../src/index.ts");
  const names = [
    section("values", Object.keys(np)),
    section("types", typeNames(np)),
    section("NDArray.prototype", members(np.NDArray.prototype)),
  ].join("\n");
  if (process.env.UPDATE_SNAPSHOTS === "1") writeFileSync(snapshot, names);
  assert.equal(names, existsSync(snapshot) ? readFileSync(snapshot, "utf8") : "");
});
