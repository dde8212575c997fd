import assert from "node:assert/strict";
import { test } from "node:test";
import { Dice } from "../layout/model.ts";
import { ProgramMaker } from "./generate.ts";
import { differences, skip } from "./programs.ts";

// NDVIEW_EXPR_PROGRAMS=20000 NDVIEW_EXPR_SEED=7 goes on for longer, with other programs.
const count = Number(process.env.NDVIEW_EXPR_PROGRAMS ?? 1500);
const seed = Number(process.env.NDVIEW_EXPR_SEED ?? 1) * 1_000_000;

test("random programs print what NumPy prints, statement by statement, and fail where it fails", {
  skip,
}, () => {
  for (let from = 0; from < count; from += 1000) {
    const length = Math.min(1000, count - from);
    const programs = Array.from({ length }, (_, k) => new ProgramMaker(new Dice(seed + from + k)).program());
    assert.deepEqual(differences(programs), []);
  }
});
