/**
 * Assertions about arrays for tests, as NumPy's `numpy.testing` has them: `np.testing.assertAllclose(actual, desired)`, or
 * `import { assertAllclose } from "ndview/testing"`. What differs is told in an {@link AssertionError}.
 */

export {
  type AllcloseAssertionOptions,
  type ArrayAssertionOptions,
  assertAllclose,
  assertArrayAlmostEqual,
  assertArrayEqual,
  assertArrayLess,
  type DecimalOptions,
} from "./testing/assert-arrays.ts";
export { assertArrayCompare, type CompareOptions, type Comparison } from "./testing/assert-compare.ts";
export { assertArrayAlmostEqualNulp, assertArrayMaxUlp } from "./testing/assert-ulp.ts";
export {
  assert_,
  assertAlmostEqual,
  assertApproxEqual,
  assertEqual,
  assertStringEqual,
  type SignificantOptions,
} from "./testing/assert-values.ts";
export { AssertionError } from "./testing/assertion-error.ts";
export type { AssertionOptions } from "./testing/message.ts";
