import assert from "node:assert/strict";
import { test } from "node:test";
import { manySmall, mixedSizes } from "../../scripts/memory-proof.ts";
import { everythingIsNear } from "../program.ts";

// The long form is a script of its own: npx tsx scripts/memory-proof.ts
test("a synchronous loop of operations on 4 elements to 8 MB stays below 500 MB resident", () => {
  const peak = mixedSizes(6000);
  assert.ok(peak < 500, `${peak} MB`);
});

test("many operations on small arrays leave nothing behind", () => {
  const growth = manySmall(100_000);
  assert.ok(growth < (everythingIsNear ? 200 : 50), `${growth} MB`);
});
