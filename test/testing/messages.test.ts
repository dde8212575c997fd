import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { skip } from "../ops/against-numpy.ts";

const t = np.testing;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** A call here, and the same for NumPy: both say the same, or both say nothing. */
const calls: readonly (readonly [python: string, run: () => unknown])[] = [
  ["t.assert_allclose([1., 2.], [1., 2.1])", () => t.assertAllclose([1, 2], [1, 2.1])],
  ["t.assert_allclose([1., 2.], [1., 2.1], 0.1)", () => t.assertAllclose([1, 2], [1, 2.1], 0.1)],
  ["t.assert_allclose([1., 2.], [1., 2.1], 0, 0.5)", () => t.assertAllclose([1, 2], [1, 2.1], 0, 0.5)],
  [
    "t.assert_allclose([1., 2.], [1., 2.1], rtol=1e-3, atol=2)",
    () => t.assertAllclose([1, 2], [1, 2.1], { rtol: 1e-3, atol: 2 }),
  ],
  [
    "t.assert_allclose([1., nan], [1., 2.1], err_msg='why')",
    () => t.assertAllclose([1, nan], [1, 2.1], { errMsg: "why" }),
  ],
  ["t.assert_allclose([1., nan], [1., nan])", () => t.assertAllclose([1, nan], [1, nan])],
  [
    "t.assert_allclose([1., nan], [1., nan], equal_nan=False)",
    () => t.assertAllclose([1, nan], [1, nan], { equalNan: false }),
  ],
  ["t.assert_allclose([1., inf, 3.], [1., -inf, 4.])", () => t.assertAllclose([1, inf, 3], [1, -inf, 4])],
  ["t.assert_allclose([1., inf, 3.], [1., inf, 4.])", () => t.assertAllclose([1, inf, 3], [1, inf, 4])],
  ["t.assert_allclose([1., inf, 3.], [1., 5., 4.])", () => t.assertAllclose([1, inf, 3], [1, 5, 4])],
  ["t.assert_allclose(np.zeros(3), np.ones(3))", () => t.assertAllclose(np.zeros(3), np.ones(3))],
  ["t.assert_allclose(np.ones(3), np.zeros(3))", () => t.assertAllclose(np.ones(3), np.zeros(3))],
  ["t.assert_allclose(np.ones((2, 3)), np.zeros(3))", () => t.assertAllclose(np.ones([2, 3]), np.zeros(3))],
  [
    "t.assert_allclose(np.arange(24.).reshape(2, 3, 4), np.zeros((2, 3, 4)))",
    () => t.assertAllclose(np.arange(24).reshape(2, 3, 4), np.zeros([2, 3, 4])),
  ],
  ["t.assert_allclose(5., np.arange(3.))", () => t.assertAllclose(5, np.arange(3))],
  ["t.assert_allclose(np.arange(3.), 1.)", () => t.assertAllclose(np.arange(3), 1)],
  ["t.assert_allclose(5., 6.)", () => t.assertAllclose(5, 6)],
  [
    "t.assert_allclose(1e10, 1.000001e10, verbose=False)",
    () => t.assertAllclose(1e10, 1.000001e10, { verbose: false }),
  ],
  ["t.assert_array_equal([1., 2.], [1., 3.])", () => t.assertArrayEqual([1, 2], [1, 3])],
  ["t.assert_array_equal([1., 2.], [[1., 3.]])", () => t.assertArrayEqual([1, 2], [[1, 3]])],
  [
    "t.assert_array_equal(np.array([1, 2], 'i4'), np.array([1, 2], 'f4'), strict=True)",
    () => t.assertArrayEqual(np.array([1, 2], "i4"), np.array([1, 2], "f4"), { strict: true }),
  ],
  [
    "t.assert_array_equal(np.ones((2, 2)), 1., strict=True)",
    () => t.assertArrayEqual(np.ones([2, 2]), 1, { strict: true }),
  ],
  [
    "t.assert_array_equal(np.array([1, 2], 'u1'), np.array([3, 1], 'u1'))",
    () => t.assertArrayEqual(np.array([1, 2], "u1"), np.array([3, 1], "u1")),
  ],
  [
    "t.assert_array_equal(np.array([True, False]), np.array([True, True]))",
    () => t.assertArrayEqual([true, false], [true, true]),
  ],
  [
    "t.assert_array_equal(np.array([1 + 2j, 3]), np.array([1 + 2j, 4j]))",
    () => t.assertArrayEqual([np.complex(1, 2), 3], [np.complex(1, 2), np.complex(0, 4)]),
  ],
  [
    "t.assert_array_equal(np.array([0.1], 'f4'), np.array([0.1]))",
    () => t.assertArrayEqual(np.array([0.1], "f4"), np.array([0.1])),
  ],
  [
    "t.assert_array_equal(np.float32(0.1), np.array([0.25, 3]))",
    () => t.assertArrayEqual(np.array(0.1, "f4"), np.array([0.25, 3])),
  ],
  [
    "t.assert_array_equal([1., nan, inf], [1., nan, inf])",
    () => t.assertArrayEqual([1, nan, inf], [1, nan, inf]),
  ],
  [
    "t.assert_array_equal(np.arange(2000.), np.arange(2000.) + (np.arange(2000) == 7))",
    () => t.assertArrayEqual(np.arange(2000), np.add(np.arange(2000), np.equal(np.arange(2000), 7))),
  ],
  [
    "t.assert_array_equal(np.zeros((0, 3)), np.zeros((0, 3)))",
    () => t.assertArrayEqual(np.zeros([0, 3]), np.zeros([0, 3])),
  ],
  [
    "t.assert_array_equal(np.zeros((0, 3)), np.zeros((0, 2)))",
    () => t.assertArrayEqual(np.zeros([0, 3]), np.zeros([0, 2])),
  ],
  [
    "t.assert_array_equal([1., 2.], [1., 3.], 'a very long message that goes beyond the end of the first line, surely')",
    () =>
      t.assertArrayEqual(
        [1, 2],
        [1, 3],
        "a very long message that goes beyond the end of the first line, surely",
      ),
  ],
  ["t.assert_array_less([1., 5., nan], [2., 5., nan])", () => t.assertArrayLess([1, 5, nan], [2, 5, nan])],
  ["t.assert_array_less([1., inf], [2., inf])", () => t.assertArrayLess([1, inf], [2, inf])],
  ["t.assert_array_less([1., 2.], [2., 3.])", () => t.assertArrayLess([1, 2], [2, 3])],
  ["t.assert_array_less([1., 2.], 1.5)", () => t.assertArrayLess([1, 2], 1.5)],
  [
    "t.assert_array_almost_equal([1., 2.33333, nan], [1., 2.33339, nan], decimal=5)",
    () => t.assertArrayAlmostEqual([1, 2.33333, nan], [1, 2.33339, nan], 5),
  ],
  [
    "t.assert_array_almost_equal([1., 2.33333], [1., 2.33339], decimal=3)",
    () => t.assertArrayAlmostEqual([1, 2.33333], [1, 2.33339], 3),
  ],
  [
    "t.assert_array_almost_equal(np.array([1, 2]), np.array([1, 3]), err_msg='x')",
    () => t.assertArrayAlmostEqual(np.array([1n, 2n]), np.array([1n, 3n]), { errMsg: "x" }),
  ],
  ["t.assert_almost_equal(2.3333333, 2.33333334)", () => t.assertAlmostEqual(2.3333333, 2.33333334)],
  [
    "t.assert_almost_equal(2.3333333, 2.33333334, decimal=9)",
    () => t.assertAlmostEqual(2.3333333, 2.33333334, 9),
  ],
  ["t.assert_almost_equal(nan, 1.5)", () => t.assertAlmostEqual(nan, 1.5)],
  ["t.assert_almost_equal(inf, inf)", () => t.assertAlmostEqual(inf, inf)],
  [
    "t.assert_almost_equal(np.array([1., 2.3333333]), np.array([1., 2.33333334]), decimal=9)",
    () => t.assertAlmostEqual(np.array([1, 2.3333333]), np.array([1, 2.33333334]), 9),
  ],
  [
    "t.assert_almost_equal(1.5 + 2j, 1.5 + 2.5j)",
    () => t.assertAlmostEqual(np.complex(1.5, 2), np.complex(1.5, 2.5)),
  ],
  ["t.assert_almost_equal(1 + 2j, 1 + 2j)", () => t.assertAlmostEqual(np.complex(1, 2), np.complex(1, 2))],
  [
    "t.assert_approx_equal(0.12345677777777e-20, 0.1234567e-20)",
    () => t.assertApproxEqual(0.12345677777777e-20, 0.1234567e-20),
  ],
  [
    "t.assert_approx_equal(0.12345670e-20, 0.12345671e-20, significant=8)",
    () => t.assertApproxEqual(0.1234567e-20, 0.12345671e-20, 8),
  ],
  [
    "t.assert_approx_equal(0.12345670e-20, 0.12345672e-20, significant=8, err_msg='m')",
    () => t.assertApproxEqual(0.1234567e-20, 0.12345672e-20, { significant: 8, errMsg: "m" }),
  ],
  ["t.assert_approx_equal(nan, 0.5)", () => t.assertApproxEqual(nan, 0.5)],
  ["t.assert_equal([4, 5], [4, 6])", () => t.assertEqual([4, 5], [4, 6])],
  ["t.assert_equal([4, 5], [4])", () => t.assertEqual([4, 5], [4])],
  [
    "t.assert_equal({'a': [1, 'x']}, {'a': [1, 'y']}, 'm')",
    () => t.assertEqual({ a: [1, "x"] }, { a: [1, "y"] }, "m"),
  ],
  ["t.assert_equal({'a': 1}, {'b': 1})", () => t.assertEqual({ a: 1 }, { b: 1 })],
  ["t.assert_equal(nan, nan)", () => t.assertEqual(nan, nan)],
  ["t.assert_equal(nan, 1)", () => t.assertEqual(nan, 1)],
  ["t.assert_equal([1], 1)", () => t.assertEqual([1], 1)],
  ["t.assert_equal(1 + 2j, 1 + 3j)", () => t.assertEqual(np.complex(1, 2), np.complex(1, 3))],
  ["t.assert_equal(True, False)", () => t.assertEqual(true, false)],
  ["t.assert_equal(None, 'a')", () => t.assertEqual(null, "a")],
  ["t.assert_equal(np.array([1., 2.]), [1., 3.])", () => t.assertEqual(np.array([1, 2]), [1, 3])],
  [
    "t.assert_array_almost_equal_nulp(np.array([1., 2.]), np.array([1., 2. + 2**-50]))",
    () => t.assertArrayAlmostEqualNulp([1, 2], [1, 2 + 2 ** -50]),
  ],
  [
    "t.assert_array_almost_equal_nulp(np.array([1., 2.]), np.array([1., 2. + 2**-50]), 2)",
    () => t.assertArrayAlmostEqualNulp([1, 2], [1, 2 + 2 ** -50], 2),
  ],
  [
    "t.assert_array_almost_equal_nulp(np.array([1j]), np.array([2j]))",
    () => t.assertArrayAlmostEqualNulp([np.complex(0, 1)], [np.complex(0, 2)]),
  ],
  [
    "t.assert_array_almost_equal_nulp(np.array([1, 2], 'f4'), np.array([1, -2], 'f4'), 5)",
    () => t.assertArrayAlmostEqualNulp(np.array([1, 2], "f4"), np.array([1, -2], "f4"), 5),
  ],
  [
    "t.assert_array_max_ulp(np.array([1., -1.]), np.array([1., 1.]))",
    () => t.assertArrayMaxUlp([1, -1], [1, 1]),
  ],
  [
    "t.assert_array_max_ulp(np.array([1., 2.], 'f2'), np.array([1., 2.5], 'f2'), 3)",
    () => t.assertArrayMaxUlp(np.array([1, 2], "f2"), np.array([1, 2.5], "f2"), 3),
  ],
  [
    "t.assert_array_max_ulp(np.array([1.]), np.array([1. + 2**-40]), 100, 'f4')",
    () => t.assertArrayMaxUlp([1], [1 + 2 ** -40], 100, "f4"),
  ],
  [
    "t.assert_array_compare(lambda x, y: x <= y, [1., 2.], [0., 3.], header='h', names=('p', 'q'))",
    () =>
      t.assertArrayCompare((x, y) => np.lessEqual(x, y), [1, 2], [0, 3], { header: "h", names: ["p", "q"] }),
  ],
  ["t.assert_(0, 'zero')", () => t.assert_(0, "zero")],
  ["t.assert_(1)", () => t.assert_(1)],
];

const program = `
import json, sys
import numpy as np
import numpy.testing as t
from numpy import nan, inf
def said(call):
    try:
        eval(call)
    except AssertionError as error:
        return str(error)
print(json.dumps([said(call) for call in json.load(sys.stdin)]))
`;

function said(run: () => unknown): string | null {
  try {
    run();
  } catch (error) {
    if (error instanceof t.AssertionError) return error.message;
    throw error;
  }
  return null;
}

test("assertions say what NumPy's say", { skip }, () => {
  const input = JSON.stringify(calls.map(([python]) => python));
  const { stdout, stderr } = spawnSync(
    process.env.NDVIEW_PYTHON ?? "python3",
    ["-W", "ignore", "-c", program],
    { input },
  );
  assert.ok(String(stdout) !== "", String(stderr));
  const wanted = JSON.parse(String(stdout)) as (string | null)[];
  const found = calls.map(([python, run]) => [python, said(run)]);
  assert.deepEqual(
    found.filter(([, text], k) => text !== wanted[k]),
    calls.map(([python], k) => [python, wanted[k]]).filter(([, text], k) => text !== found[k]![1]),
  );
});
