/** Every public function, traced: what is hidden is refused, and nothing that is refused changes an array. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { observeMemory } from "../../src/array/allocate.ts";
import * as np from "../../src/index.ts";
import { reads, views } from "../sweep/calls.ts";
import { pair } from "../sweep/layouts.ts";

const layouts = [
  "C",
  "transposed",
  "one axis reversed",
  "stepped",
  "repeated rows",
  "a packed field",
  "line",
];
const dtypes = ["float64", "int64", "bool"];
const cases = layouts.flatMap((layout) => dtypes.map((dtype) => [layout, dtype] as const));

/** What somebody's own loop would see: the reasons for which memory was taken. */
function reasonsOf(call: () => unknown): string[] | null {
  const reasons: string[] = [];
  const before = observeMemory((event) => void (event.kind === "view" || reasons.push(event.reason)));
  try {
    call();
    return reasons;
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return null;
  } finally {
    observeMemory(before);
  }
}

function bytesOf(a: np.NDArray): Uint8Array {
  return new Uint8Array(a.buffer).slice();
}

/** What traces themselves is about something else. */
const itself = /^(traceCopies|withoutCopies|explainCopy)$/;

for (const [name, call] of Object.entries({ ...views, ...reads })) {
  if (itself.test(name)) continue;
  test(`what ${name} copies unasked is refused, and only that`, () => {
    for (const [layout, dtype] of cases) {
      const { strided } = pair(layout, dtype);
      const where = `${name}, ${layout}, ${dtype}`;
      // What is kept from a first call, such as tables, is made by it.
      reasonsOf(() => call(strided));
      const reasons = reasonsOf(() => call(strided));
      if (reasons === null) continue;
      const hidden = reasons.find((reason) => reason.includes(": "));
      const before = bytesOf(strided);
      let refused: unknown = null;
      try {
        np.withoutCopies(() => call(strided));
      } catch (error) {
        refused = error;
      }
      if (hidden === undefined) assert.equal(refused, null, where);
      else {
        assert.ok(np.isNdError(refused, "value"), where);
        assert.match(refused.message, /^withoutCopies: \S+ would copy \d+ bytes/, where);
      }
      assert.deepEqual(bytesOf(strided), before, where);
    }
  });
}

test("what always gives a view takes no memory", () => {
  const takes = Object.entries(views).filter(([, call]) => {
    const reasons = reasonsOf(() => call(pair("transposed", "complex128").strided));
    return reasons !== null && reasons.length > 0;
  });
  assert.deepEqual(takes, []);
});
