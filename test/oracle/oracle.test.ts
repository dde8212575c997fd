import assert from "node:assert/strict";
import { test } from "node:test";
import { campaign } from "./campaign.ts";
import { NumPy, numpyVersion } from "./numpy.ts";
import { operations } from "./operations.ts";
import { countsText, reportText } from "./report.ts";

const CHAINS = 20_000;
const version = numpyVersion();
const required = process.env.CI === "true" || process.env.NDVIEW_REQUIRE_ORACLE !== undefined;
const skip = version === null && !required && "no python3 with NumPy; the golden files are checked instead";

test("random chains give what NumPy gives", { skip }, async (t) => {
  assert.notEqual(version, null, "NumPy is required here; name a Python that has it in NDVIEW_PYTHON");
  const numpy = new NumPy();
  const seed = Number(process.env.NDVIEW_ORACLE_SEED ?? 1);
  const result = await campaign(numpy, { seed, more: ({ chains }) => chains < CHAINS });
  numpy.close();
  t.diagnostic(`NumPy ${version}, seed ${seed}: ${countsText(result.counts, result.seconds)}`);
  assert.equal(result.found.map(({ chain, difference }) => reportText(chain, difference)).join("\n\n"), "");
  const { counts } = result;
  assert.ok(counts.chains >= CHAINS && counts.arrays > 3 * CHAINS && counts.pairs > 6 * CHAINS);
  const seldom = Object.keys(operations).filter((op) => (counts.ops[op] ?? 0) < 40);
  assert.deepEqual(seldom, [], "every operation is drawn, and mostly so that it works");
});
