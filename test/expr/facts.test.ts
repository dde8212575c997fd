import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { askPython, difference, type Outcome, runHere, skip } from "./programs.ts";

// Programs, one a line (\n stands for a new one), and what Python's prompt says to each of their statements.
const file = new URL("../golden/expressions.json", import.meta.url);
const facts = JSON.parse(readFileSync(file, "utf8")) as [program: string, outcomes: Outcome[]][];

test("programs print what NumPy printed", () => {
  assert.ok(facts.length > 700);
  const wrong = facts.flatMap(([program, outcomes]) => {
    const found = difference(runHere(program), outcomes);
    return found === null ? [] : [`${program}\n${found}`];
  });
  assert.deepEqual(wrong, []);
});

test("and what NumPy prints", { skip }, () => {
  const there = askPython(facts.map(([program]) => program));
  if (process.env.UPDATE_GOLDEN !== undefined) {
    const kept = (outcomes: readonly Outcome[]) => outcomes.map(({ message, ...rest }) => rest);
    const rows = facts.map(([program], k) => JSON.stringify([program, kept(there[k]!)]));
    writeFileSync(file, `[\n${rows.join(",\n")}\n]\n`);
  }
  const strip = (outcomes: readonly Outcome[]) => outcomes.map(({ text, error }) => text ?? error);
  assert.deepEqual(
    facts.map(([, outcomes]) => strip(outcomes)),
    there.map(strip),
  );
});
