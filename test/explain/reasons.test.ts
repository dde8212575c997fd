/** Why a copy is needed is worked out in one place: whoever needs it says it in the same words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { layouts, pair } from "../sweep/layouts.ts";

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (np.isNdError(error)) return error.message;
    throw error;
  }
  return "";
}

const reasonOf = (call: () => unknown): string =>
  np.traceCopies(call).events.find(({ kind }) => kind === "copy")!.reason;

test("what is not C-contiguous is told everywhere in the same words", () => {
  let told = 0;
  for (const layout of Object.keys(layouts)) {
    const { strided: a } = pair(layout, "float64");
    const { notC } = np.memoryOf(a);
    if (notC === null) continue;
    told++;
    assert.match(notC, /^axis \d has stride -?\d+, wanted \d+$/);
    assert.ok(np.handoff(a, { order: "C" }).reason.startsWith(`${notC}; `), layout);
    assert.ok(messageOf(() => a.data).includes(`(${notC})`), layout);
    assert.equal(
      reasonOf(() => np.ascontiguousarray(a)),
      notC,
    );
    assert.equal(
      reasonOf(() => np.require(a, null, "C")),
      notC,
    );
    assert.equal(
      reasonOf(() => np.asarray(a, { order: "C" })),
      notC,
    );
    assert.ok(messageOf(() => np.asarray(a, { order: "C", copy: false })).includes(notC), layout);
    assert.ok(messageOf(() => np.withoutCopies(() => np.asarray(a, { order: "C" }))).includes(notC), layout);
    assert.equal(np.explainCopy(a, "ascontiguousarray").reason, notC);
    assert.ok(np.explainCopy(a, "data").reason.includes(notC), layout);
  }
  assert.ok(told >= 9);
});

test("what does not start where a typed array can is told in the same words", () => {
  const a = np.fromStrided({ buffer: new ArrayBuffer(20), dtype: "float64", shape: [2], offset: 4 });
  const reason = "the elements start at byte 4, which is no multiple of 8";
  assert.equal(
    messageOf(() => a.data),
    `data: ${reason}; use copy(a).data`,
  );
  assert.ok(np.handoff(a).reason.startsWith(`${reason}; `));
});

test("what require finds missing is told", () => {
  const a = np.broadcastTo(np.arange(3), [2, 3]);
  assert.equal(
    reasonOf(() => np.require(a, null, "W")),
    "the array is read-only",
  );
  assert.equal(
    reasonOf(() => np.require(np.arange(3).slice("1:"), null, "O")),
    "the array does not own its memory",
  );
  assert.equal(
    reasonOf(() => np.require(np.arange(3), "int8")),
    "float64 becomes int8",
  );
});

test("why a shape is no view: the first axis that does not go on where the faster ones end", () => {
  const rows: readonly [np.NDArray, number[], "C" | "F", string][] = [
    [np.zeros([3, 4]).T, [12], "C", "axis 0 has stride 8, wanted 96"],
    [np.zeros([3, 4]), [12], "F", "axis 1 has stride 8, wanted 96"],
    [np.zeros([4, 8]).slice("::2", ":4"), [8], "C", "axis 0 has stride 128, wanted 32"],
    // The two fast axes merge with a step of 16: only the slow one is in the way.
    [np.zeros([2, 5, 8]).slice(":", ":3", "::2"), [24], "C", "axis 0 has stride 320, wanted 192"],
    [np.zeros([4]).slice("::-1").slice(null), [2, 2], "C", ""],
  ];
  for (const [a, shape, order, reason] of rows) {
    const { events } = np.traceCopies(() => np.reshape(a, shape, order));
    assert.equal(events[0]!.kind === "view" ? "" : events[0]!.reason, reason);
    if (reason !== "")
      assert.ok(messageOf(() => np.reshape(a, shape, { order, copy: false })).includes(`(${reason})`));
  }
});
