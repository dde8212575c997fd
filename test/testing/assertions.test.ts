import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as np from "../../src/index.ts";
import { sourceModule } from "../program.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

const t = np.testing;
const fails = (run: () => unknown, text: RegExp = /./) =>
  assert.throws(
    run,
    (error) =>
      error instanceof t.AssertionError && error.name === "AssertionError" && text.test(error.message),
  );

test("elements of every dtype in every layout equal those of a dense copy, and nothing else", () => {
  for (const layout of Object.keys(layouts)) {
    for (const dtype of Object.keys(dtypes)) {
      const { strided, dense } = pair(layout, dtype);
      t.assertArrayEqual(strided, dense);
      t.assertEqual(strided, dense, { strict: true });
      if (!/^[biufc]$/.test(dense.dtype.kind)) continue;
      t.assertAllclose(strided, dense);
      if (dense.size === 0 || dtype === "bool") continue;
      const other = np.add(dense, 1);
      fails(() => t.assertArrayEqual(strided, other), /Mismatched elements: (\d+) \/ \1 \(100%\)/);
    }
  }
});

test("elements with fields, raw bytes and subarrays are compared whole", () => {
  const s = np.array(
    [
      { x: 1, y: [1, 2] },
      { x: 2, y: [3, 4] },
    ] as never,
    [
      ["x", "f4"],
      ["y", "u1", [2]],
    ],
  );
  const other = s.copy();
  t.assertArrayEqual(s, other);
  other.field("y").set([1, 1], 9);
  fails(
    () => t.assertArrayEqual(s, other),
    /Mismatched elements: 1 \/ 2 \(50%\)\nMismatch at index:\n \[1\]: \(2\.0, \[3, 4\]\)/,
  );
  t.assertArrayEqual(s.view("V6"), s.view("V6"));
  fails(() => t.assertArrayEqual(s.view("V6"), other.view("V6")));
  fails(() => t.assertArrayEqual(s, np.zeros(2)));
});

test("dates and texts are compared, and NaT is where NaT is", () => {
  const days = np.array(["2020-01-01", "NaT"] as never, "M8[D]" as never);
  t.assertArrayEqual(days, days.copy());
  fails(
    () => t.assertArrayEqual(days, np.array(["NaT", "NaT"] as never, "M8[D]" as never)),
    /NaT location mismatch/,
  );
  t.assertArrayEqual(np.array(["a", "b"] as never), np.array(["a", "b"] as never));
  fails(() => t.assertArrayEqual(np.array(["a", "b"] as never), np.array(["a", "c"] as never)), /1 \/ 2/);
});

test("scalars are equal by what they are", () => {
  t.assertEqual(1n, 1);
  t.assertEqual("a", "a");
  t.assertEqual(null, null);
  fails(() => t.assertEqual(0, -0));
  fails(() => t.assertEqual(null, undefined));
  fails(() => t.assertEqual({ a: 1 }, 1));
  fails(() => t.assertEqual(1, { a: 1 }));
  fails(() => t.assertEqual([1, 2], new Float64Array([1, 3])));
});

test("texts differ line by line", () => {
  t.assertStringEqual("a\nb", "a\nb");
  fails(() => t.assertStringEqual("a\nb", "a\nc"), /^Differences in strings:\n- b\n\+ c$/);
  fails(() => t.assertStringEqual(5 as never, "a"));
});

test("units in the last place are counted across 0", () => {
  const tiny = 2 ** -1074;
  assert.equal((t.assertArrayMaxUlp([tiny], [-tiny], 2) as np.NDArray).at(0, 0), 2);
  fails(() => t.assertArrayMaxUlp([tiny], [-tiny]), /max difference is 2 ULP/);
  assert.throws(() => t.assertArrayMaxUlp([np.complex(0, 1)], [1]), np.DTypeError);
  assert.throws(() => t.assertArrayMaxUlp([1, 2], [1]), np.ShapeError);
});

test("assert_ takes texts and functions", () => {
  t.assert_(true);
  t.assert_(np.array([2]));
  fails(() => t.assert_(np.array([0]), () => "made late"), /^made late$/);
});

test("wrong tolerances are errors of the call", () => {
  assert.throws(() => t.assertAllclose([1], [1], { rtol: "x" as never }), np.ValueError);
});

test("ndview/testing alone reads lists", () => {
  const { url, loader } = sourceModule("src/testing.ts");
  const code = `const t = await import(${JSON.stringify(url)}); t.assertEqual([[1, 2]], [[1, 2]]); t.assertAllclose([1], [1]); console.log(typeof t.assert_)`;
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [...loader, "--input-type=module", "--eval", code], {
    cwd,
  });
  assert.equal(String(stdout).trim(), "function", String(stderr));
});
