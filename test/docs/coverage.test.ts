import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { coverage, coverageText, staleRows } from "../../scripts/coverage.ts";

test("docs/coverage.md is what npx tsx scripts/coverage.ts writes", () => {
  assert.equal(readFileSync(new URL("../../docs/coverage.md", import.meta.url), "utf8"), coverageText());
});

test("every row of the tables of renamed and partial names stands for something", () => {
  assert.deepEqual(staleRows(), []);
});

test("names are found by the rule, under their homes, as dtypes, or not at all", () => {
  const ours = new Map(coverage().map((entry) => [entry.title, entry.ours]));
  const facts = {
    broadcast_to: "np.broadcastTo",
    "lib.stride_tricks.as_strided": "np.asStrided",
    "ndarray.flags.c_contiguous": "a.flags.cContiguous",
    "ndarray.swapaxes": "a.swapaxes",
    float16: '"float16"',
    add: "np.add",
    concatenate: "np.concatenate",
    "linalg.diagonal": null,
  };
  for (const [title, expected] of Object.entries(facts)) assert.equal(ours.get(title), expected, title);
});
