import assert from "node:assert/strict";
import { test } from "node:test";
import { type Casting, canCast, requireCast } from "../../src/dtype/cast.ts";
import { castLevel } from "../../src/dtype/cast-level.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { dtype, toDescriptor } from "../../src/dtype/parse.ts";
import { promoteAll } from "../../src/dtype/promote.ts";
import { plain } from "../../src/dtype/table.ts";

const RULES: readonly Casting[] = ["no", "equiv", "safe", "same_kind", "unsafe"];
const CODES = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16"] as const;

// The strictest of the rules above by which NumPy casts each dtype (row) to each (column).
const NUMPY = `
02222222222222 40424242422222 43022222222222 43404242432222 43330222232222 43434042433232 43333302233232
43434340433232 43333333033232 44444444402222 44444444430222 44444444433032 44444444444402 44444444444430`
  .trim()
  .split(/\s+/);

test("a plain dtype casts to another by NumPy's rules", () => {
  for (const [i, from] of CODES.entries()) {
    for (const [j, to] of CODES.entries()) {
      const strictest = Number(NUMPY[i]![j]);
      for (const [k, rule] of RULES.entries())
        assert.equal(canCast(from, to, rule), k >= strictest, `${from} ${to} ${rule}`);
    }
  }
});

test("a cast to what two dtypes promote to is safe", () => {
  const all = Object.values<Descriptor>(plain);
  for (const a of all) for (const b of all) assert.ok(canCast(a, promoteAll([a, b], "test")));
});

const NEVER = 5;
const AB = [
  ["a", "i4"],
  ["b", "f4"],
];
const GAP = { names: ["a", "b"], formats: ["i4", "f4"], offsets: [0, 8] };

// from, to, index of the strictest rule, 5 when there is none
const COMPOSED: readonly (readonly [unknown, unknown, number])[] = [
  ["i4", "V4", 2],
  ["i4", "V3", 4],
  ["i4", "V", 2],
  ["V4", "V4", 0],
  ["V4", "V8", 2],
  ["V8", "V4", 3],
  ["V8", "V", 0],
  ["V8", "f8", 4],
  ["V8", "2f4", 4],
  ["i4", AB, 4],
  ["i4", "2i4", 2],
  ["i8", "2i4", 3],
  ["f4", "2i4", 4],
  ["2i4", "i4", 4],
  ["2f4", "2f8", 2],
  ["2f8", "2f4", 3],
  ["2f4", "3f4", 4],
  ["2f4", "V", 2],
  ["2f4", "V8", 4],
  ["2f4", AB, 4],
  [AB, AB, 0],
  [AB, GAP, 1],
  [AB, "i4,f4", 2],
  [AB, "i8,f8", 2],
  [AB, "i2,f4", 3],
  [AB, "f4,i4", 4],
  [AB, "i4,f4,f4", NEVER],
  [AB, "i4", NEVER],
  [AB, "V8", NEVER],
  [AB, "V", 0],
  [[["a", "i4"]], "i4", 4],
  [[["a", "i4"]], "V8", 4],
  [[["a", "i4"]], [["a", "2i8"]], 2],
  [[["a", AB]], "i4", NEVER],
  ["V4", [["a", "V"]], 4],
];

test("structs, subarrays and raw bytes cast by NumPy's rules", () => {
  for (const [from, to, level] of COMPOSED) {
    const [a, b] = [toDescriptor(from), toDescriptor(to)];
    assert.equal(castLevel(a, b), level, `${a} to ${b}`);
    for (const [k, rule] of RULES.entries()) assert.equal(canCast(a, b, rule), k >= level);
  }
});

test("an array casts as its dtype does, a bare value not at all", () => {
  assert.ok(canCast({ dtype: dtype("f4") }, "f8"));
  assert.throws(() => canCast(3 as never, "f8"), /canCast: 3 is a value, not a dtype/);
  assert.throws(
    () => canCast("f4", "f8", "sort of" as never),
    /"sort of" is no rule; one of no, equiv, safe/,
  );
});

test("a cast that is against the rule is an error that names the rule that would allow it", () => {
  assert.doesNotThrow(() => requireCast(plain.int32, plain.float64, "safe", "copyto"));
  assert.throws(() => requireCast(plain.float64, plain.int32, "same_kind", "copyto"), {
    kind: "dtype",
    message:
      'copyto: cannot cast float64 to int32 by the rule "same_kind"; pass casting: "unsafe" to allow it',
  });
  assert.throws(
    () => requireCast(toDescriptor(AB), plain.int32, "unsafe", "copyto"),
    /there is no such cast/,
  );
});
