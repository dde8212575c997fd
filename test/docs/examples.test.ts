import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";
import { programArguments, sourceModule } from "../program.ts";
import { checkedProgram, documents, examplesOf } from "./examples.ts";

type Check = (run: () => Promise<unknown>, said: string, value: () => unknown) => Promise<void>;
type Load = (name: string) => Promise<unknown>;
type Program = (library: unknown, check: Check, console: { log(): void }, load: Load) => Promise<void>;

const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => Program;
const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const silent = { log() {} };
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "ndview-examples-"));

// Examples save files where they stand.
before(() => process.chdir(folder));
after(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** What an example imports: parts of the library from its sources, partners as they are. */
const load: Load = (name) =>
  import(name.startsWith("ndview/") ? sourceOf(name.slice("ndview/".length)) : name);

/** An entry is a file, or the index of a folder. */
function sourceOf(entry: string): string {
  const file = `src/${entry}.ts`;
  return sourceModule(existsSync(new URL(file, root)) ? file : `src/${entry}/index.ts`).url;
}

const squeezed = (text: string) => text.replace(/\s+/g, "");

async function check(run: () => Promise<unknown>, said: string, value: () => unknown): Promise<void> {
  if (said.startsWith("throws ")) return assert.rejects(run, (e: Error) => `${e}`.includes(said.slice(7)));
  const got = await run();
  if (got instanceof np.NDArray) {
    const texts = [got.repr(), `${got}`].map(squeezed);
    assert.ok(texts.includes(squeezed(said)), `${said} is said, ${got.repr()} is so`);
  } else assert.deepEqual(plain(got), plain(value()), said);
}

/** Objects by what they hold: an element that is read may have no prototype. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  if (value instanceof np.Complex) return `${value}`;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

for (const path of documents()) {
  const examples = examplesOf(path);
  if (examples.length === 0) continue;
  test(`the examples of ${path} say what happens`, async (t) => {
    for (const { place, code } of examples)
      await t.test(place, () =>
        new AsyncFunction("np", "check", "console", "load", checkedProgram(code))(np, check, silent, load),
      );
  });
}

test("a wrong value, a missing error and a wrong error are found", async () => {
  const wrong = [
    "1 + 1; // 3",
    "np.zeros(2); // array([0.])",
    "np.zeros(1); // throws anything",
    "np.zeros(-1); // throws moon",
  ];
  for (const code of wrong)
    await assert.rejects(
      () => new AsyncFunction("np", "check", checkedProgram(code))(np, check, silent, load),
      code,
    );
});

test("the tables of README.md name only what exists", () => {
  const rows = readme.split("\n").filter((line) => line.startsWith("| `"));
  const ours = rows.map((row) => row.split(" | ").slice(1).join(" "));
  const names = ours.flatMap((cell) => [...cell.matchAll(/\bnp\.(\w+)/g)].map(([, name]) => name as string));
  assert.ok(names.length > 8);
  assert.deepEqual(
    names.filter((name) => !(name in np)),
    [],
  );
});

test("the command prints what README.md shows", () => {
  const shown = /```text\n\$ npx ndview (.*)\n([\s\S]*?)```/.exec(readme);
  const words = [...(shown?.[1] ?? "").matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? (bare as string),
  );
  assert.equal(words.length, 2);
  const { stdout } = spawnSync(process.execPath, [...programArguments("src/cli.ts"), ...words], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
  });
  assert.equal(stdout.trim(), shown?.[2]?.trim());
});

test("links between documents lead somewhere", () => {
  const texts = ["README.md", "docs/architecture.md", "docs/coverage.md", "docs/deviations.md"];
  const links = texts.flatMap((path) =>
    [...readFileSync(new URL(path, root), "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) => [
      path,
      to as string,
    ]),
  );
  assert.ok(links.length > 8);
  assert.deepEqual(
    links.filter(([path, to]) => !existsSync(new URL(to as string, new URL(path as string, root)))),
    [],
  );
});
