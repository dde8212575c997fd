import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, newCounts } from "./compare.ts";
import { readGolden } from "./golden.ts";
import { reportText } from "./report.ts";
import { runChain } from "./session.ts";

test("chains give what NumPy gave when the golden file was made", (t) => {
  const { numpy, cases } = readGolden();
  const counts = newCounts();
  for (const { chain, answer } of cases) {
    const difference = compare(chain, runChain(chain), answer, counts);
    assert.equal(difference === null ? "" : reportText(chain, difference), "");
  }
  t.diagnostic(`NumPy ${numpy}: ${counts.chains} chains, ${counts.arrays} arrays, ${counts.pairs} pairs`);
  assert.ok(counts.chains > 300 && counts.arrays > 1000 && counts.pairs > 2000);
});
