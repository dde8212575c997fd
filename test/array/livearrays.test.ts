import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

/** Runs with a list of what is made in between. */
function tracking<T>(work: () => T): T {
  const before = np.trackArrays();
  try {
    return work();
  } finally {
    np.trackArrays(before);
  }
}

test("nobody keeps a list until it is asked for", () => {
  const a = np.zeros([2, 3]);
  assert.equal(np.memoryOf(a).arrays, null);
  assert.equal(np.memoryOf(a).neighbours, null);
  assert.doesNotMatch(String(np.memoryOf(a)), /live array/);
  assert.equal(np.trackArrays(), false);
  assert.equal(np.trackArrays(), true);
  assert.equal(np.trackArrays(false), true);
  assert.equal(np.trackArrays(false), false);
  assert.equal(np.memoryOf(a).arrays, null);
});

test("the list has the owner and its views, and nothing of what only lies beside", () => {
  tracking(() => {
    const a = np.zeros([2, 3]);
    const beside = np.zeros(3);
    const row = a.slice(0);
    const turned = row.slice("::-1");
    const other = np.zeros(100000);
    const report = np.memoryOf(row);
    assert.deepEqual(
      report.arrays!.map((one) => [a, row, turned].indexOf(one as never)),
      [0, 1, 2],
    );
    assert.ok(report.neighbours! >= 1, "they share a buffer");
    assert.equal(beside.buffer, a.buffer);
    assert.match(
      String(report),
      /3 live arrays over it, of shape \(2, 3\), \(3,\), \(3,\); \d+ more in its buffer$/,
    );
    assert.equal(np.memoryOf(other).arrays!.length, 1);
    assert.equal(np.memoryOf(other).neighbours, 0);
    assert.match(String(np.memoryOf(other)), /1 live array over it, of shape \(100000,\)$/);
  });
});

test("arrays over one buffer of somebody else's are over the same memory", () => {
  tracking(() => {
    const buffer = new Float64Array(8).buffer;
    const a = np.asarray(new Float64Array(buffer));
    const b = np.fromStrided({ buffer, dtype: "int32", shape: [2], offset: 8 });
    const view = a.slice("::2");
    const { arrays } = np.memoryOf(b);
    assert.deepEqual(
      arrays!.map((one) => [a, b, view].indexOf(one as never)),
      [0, 1, 2],
    );
  });
});

test("what was made before is not known, and arrays of a scope are", () => {
  const early = np.zeros(100000);
  tracking(() => {
    assert.equal(np.memoryOf(early).arrays!.length, 0);
    assert.match(String(np.memoryOf(early)), /no live array known/);
    np.scope(() => {
      const a = np.add(np.arange(5), 1);
      const b = a.slice("1:");
      assert.deepEqual(
        np.memoryOf(b).arrays!.map((one) => [a, b].indexOf(one as never)),
        [0, 1],
      );
    });
  });
});

test("what is gone is not in the list, and the list does not grow without end", async (t) => {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) return t.skip("needs --expose-gc");
  const before = np.trackArrays();
  try {
    const a = np.zeros(100000);
    for (let k = 0; k < 5000; k++) a.slice(k);
    await new Promise((done) => setTimeout(done, 0));
    collect();
    for (let k = 0; k < 3000; k++) a.slice(k);
    await new Promise((done) => setTimeout(done, 0));
    collect();
    assert.equal(np.memoryOf(a).arrays!.length, 1);
  } finally {
    np.trackArrays(before);
  }
});

test("mistakes are named", () => {
  assert.throws(() => np.trackArrays(1 as never), /trackArrays: 1 is neither true nor false/);
});
