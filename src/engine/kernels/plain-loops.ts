/**
 * Loops over float64 memory where it lies: elements are done before they would have been in the engine's memory and out of it
 * again.
 *
 * Each is written out, element by element: a loop that is handed its operation runs many times slower, and one of many
 * elements a round twice as fast as one of single elements. One index for all three is quickest, but needs arrays that start
 * where the rows do, which take as long to make as a hundred elements. Where each has an index of its own, `| 0` saves the
 * question whether it is still an integer, and eight elements a round are enough.
 */

import type { PlainRun } from "../loop.ts";
import { plainRows } from "../plain-rows.ts";

/** The sums. */
export const addLoops: PlainRun = /* @__PURE__ */ plainRows({
  few(n, a, i, s, b, j, t, to, at) {
    for (let k = 0; k < n; k++) to[at + k] = a[i + k * s]! + b[j + k * t]!;
  },
  rows(n, a, i, b, j, to, at) {
    const whole = n & -8;
    for (let k = 0; k < whole; k = (k + 8) | 0) {
      const p = (i + k) | 0;
      const q = (j + k) | 0;
      const r = (at + k) | 0;
      to[r] = a[p]! + b[q]!;
      to[(r + 1) | 0] = a[(p + 1) | 0]! + b[(q + 1) | 0]!;
      to[(r + 2) | 0] = a[(p + 2) | 0]! + b[(q + 2) | 0]!;
      to[(r + 3) | 0] = a[(p + 3) | 0]! + b[(q + 3) | 0]!;
      to[(r + 4) | 0] = a[(p + 4) | 0]! + b[(q + 4) | 0]!;
      to[(r + 5) | 0] = a[(p + 5) | 0]! + b[(q + 5) | 0]!;
      to[(r + 6) | 0] = a[(p + 6) | 0]! + b[(q + 6) | 0]!;
      to[(r + 7) | 0] = a[(p + 7) | 0]! + b[(q + 7) | 0]!;
    }
    for (let k = whole; k < n; k = (k + 1) | 0) to[(at + k) | 0] = a[(i + k) | 0]! + b[(j + k) | 0]!;
  },
  many(a, b, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! + b[k]!;
      to[k + 1] = a[k + 1]! + b[k + 1]!;
      to[k + 2] = a[k + 2]! + b[k + 2]!;
      to[k + 3] = a[k + 3]! + b[k + 3]!;
      to[k + 4] = a[k + 4]! + b[k + 4]!;
      to[k + 5] = a[k + 5]! + b[k + 5]!;
      to[k + 6] = a[k + 6]! + b[k + 6]!;
      to[k + 7] = a[k + 7]! + b[k + 7]!;
      to[k + 8] = a[k + 8]! + b[k + 8]!;
      to[k + 9] = a[k + 9]! + b[k + 9]!;
      to[k + 10] = a[k + 10]! + b[k + 10]!;
      to[k + 11] = a[k + 11]! + b[k + 11]!;
      to[k + 12] = a[k + 12]! + b[k + 12]!;
      to[k + 13] = a[k + 13]! + b[k + 13]!;
      to[k + 14] = a[k + 14]! + b[k + 14]!;
      to[k + 15] = a[k + 15]! + b[k + 15]!;
    }
  },
  manyWith(a, x, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! + x;
      to[k + 1] = a[k + 1]! + x;
      to[k + 2] = a[k + 2]! + x;
      to[k + 3] = a[k + 3]! + x;
      to[k + 4] = a[k + 4]! + x;
      to[k + 5] = a[k + 5]! + x;
      to[k + 6] = a[k + 6]! + x;
      to[k + 7] = a[k + 7]! + x;
      to[k + 8] = a[k + 8]! + x;
      to[k + 9] = a[k + 9]! + x;
      to[k + 10] = a[k + 10]! + x;
      to[k + 11] = a[k + 11]! + x;
      to[k + 12] = a[k + 12]! + x;
      to[k + 13] = a[k + 13]! + x;
      to[k + 14] = a[k + 14]! + x;
      to[k + 15] = a[k + 15]! + x;
    }
  },
});

/** The differences. */
export const subtractLoops: PlainRun = /* @__PURE__ */ plainRows({
  few(n, a, i, s, b, j, t, to, at) {
    for (let k = 0; k < n; k++) to[at + k] = a[i + k * s]! - b[j + k * t]!;
  },
  rows(n, a, i, b, j, to, at) {
    const whole = n & -8;
    for (let k = 0; k < whole; k = (k + 8) | 0) {
      const p = (i + k) | 0;
      const q = (j + k) | 0;
      const r = (at + k) | 0;
      to[r] = a[p]! - b[q]!;
      to[(r + 1) | 0] = a[(p + 1) | 0]! - b[(q + 1) | 0]!;
      to[(r + 2) | 0] = a[(p + 2) | 0]! - b[(q + 2) | 0]!;
      to[(r + 3) | 0] = a[(p + 3) | 0]! - b[(q + 3) | 0]!;
      to[(r + 4) | 0] = a[(p + 4) | 0]! - b[(q + 4) | 0]!;
      to[(r + 5) | 0] = a[(p + 5) | 0]! - b[(q + 5) | 0]!;
      to[(r + 6) | 0] = a[(p + 6) | 0]! - b[(q + 6) | 0]!;
      to[(r + 7) | 0] = a[(p + 7) | 0]! - b[(q + 7) | 0]!;
    }
    for (let k = whole; k < n; k = (k + 1) | 0) to[(at + k) | 0] = a[(i + k) | 0]! - b[(j + k) | 0]!;
  },
  many(a, b, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! - b[k]!;
      to[k + 1] = a[k + 1]! - b[k + 1]!;
      to[k + 2] = a[k + 2]! - b[k + 2]!;
      to[k + 3] = a[k + 3]! - b[k + 3]!;
      to[k + 4] = a[k + 4]! - b[k + 4]!;
      to[k + 5] = a[k + 5]! - b[k + 5]!;
      to[k + 6] = a[k + 6]! - b[k + 6]!;
      to[k + 7] = a[k + 7]! - b[k + 7]!;
      to[k + 8] = a[k + 8]! - b[k + 8]!;
      to[k + 9] = a[k + 9]! - b[k + 9]!;
      to[k + 10] = a[k + 10]! - b[k + 10]!;
      to[k + 11] = a[k + 11]! - b[k + 11]!;
      to[k + 12] = a[k + 12]! - b[k + 12]!;
      to[k + 13] = a[k + 13]! - b[k + 13]!;
      to[k + 14] = a[k + 14]! - b[k + 14]!;
      to[k + 15] = a[k + 15]! - b[k + 15]!;
    }
  },
  manyWith(a, x, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! - x;
      to[k + 1] = a[k + 1]! - x;
      to[k + 2] = a[k + 2]! - x;
      to[k + 3] = a[k + 3]! - x;
      to[k + 4] = a[k + 4]! - x;
      to[k + 5] = a[k + 5]! - x;
      to[k + 6] = a[k + 6]! - x;
      to[k + 7] = a[k + 7]! - x;
      to[k + 8] = a[k + 8]! - x;
      to[k + 9] = a[k + 9]! - x;
      to[k + 10] = a[k + 10]! - x;
      to[k + 11] = a[k + 11]! - x;
      to[k + 12] = a[k + 12]! - x;
      to[k + 13] = a[k + 13]! - x;
      to[k + 14] = a[k + 14]! - x;
      to[k + 15] = a[k + 15]! - x;
    }
  },
});

/** The products. */
export const multiplyLoops: PlainRun = /* @__PURE__ */ plainRows({
  few(n, a, i, s, b, j, t, to, at) {
    for (let k = 0; k < n; k++) to[at + k] = a[i + k * s]! * b[j + k * t]!;
  },
  rows(n, a, i, b, j, to, at) {
    const whole = n & -8;
    for (let k = 0; k < whole; k = (k + 8) | 0) {
      const p = (i + k) | 0;
      const q = (j + k) | 0;
      const r = (at + k) | 0;
      to[r] = a[p]! * b[q]!;
      to[(r + 1) | 0] = a[(p + 1) | 0]! * b[(q + 1) | 0]!;
      to[(r + 2) | 0] = a[(p + 2) | 0]! * b[(q + 2) | 0]!;
      to[(r + 3) | 0] = a[(p + 3) | 0]! * b[(q + 3) | 0]!;
      to[(r + 4) | 0] = a[(p + 4) | 0]! * b[(q + 4) | 0]!;
      to[(r + 5) | 0] = a[(p + 5) | 0]! * b[(q + 5) | 0]!;
      to[(r + 6) | 0] = a[(p + 6) | 0]! * b[(q + 6) | 0]!;
      to[(r + 7) | 0] = a[(p + 7) | 0]! * b[(q + 7) | 0]!;
    }
    for (let k = whole; k < n; k = (k + 1) | 0) to[(at + k) | 0] = a[(i + k) | 0]! * b[(j + k) | 0]!;
  },
  many(a, b, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! * b[k]!;
      to[k + 1] = a[k + 1]! * b[k + 1]!;
      to[k + 2] = a[k + 2]! * b[k + 2]!;
      to[k + 3] = a[k + 3]! * b[k + 3]!;
      to[k + 4] = a[k + 4]! * b[k + 4]!;
      to[k + 5] = a[k + 5]! * b[k + 5]!;
      to[k + 6] = a[k + 6]! * b[k + 6]!;
      to[k + 7] = a[k + 7]! * b[k + 7]!;
      to[k + 8] = a[k + 8]! * b[k + 8]!;
      to[k + 9] = a[k + 9]! * b[k + 9]!;
      to[k + 10] = a[k + 10]! * b[k + 10]!;
      to[k + 11] = a[k + 11]! * b[k + 11]!;
      to[k + 12] = a[k + 12]! * b[k + 12]!;
      to[k + 13] = a[k + 13]! * b[k + 13]!;
      to[k + 14] = a[k + 14]! * b[k + 14]!;
      to[k + 15] = a[k + 15]! * b[k + 15]!;
    }
  },
  manyWith(a, x, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! * x;
      to[k + 1] = a[k + 1]! * x;
      to[k + 2] = a[k + 2]! * x;
      to[k + 3] = a[k + 3]! * x;
      to[k + 4] = a[k + 4]! * x;
      to[k + 5] = a[k + 5]! * x;
      to[k + 6] = a[k + 6]! * x;
      to[k + 7] = a[k + 7]! * x;
      to[k + 8] = a[k + 8]! * x;
      to[k + 9] = a[k + 9]! * x;
      to[k + 10] = a[k + 10]! * x;
      to[k + 11] = a[k + 11]! * x;
      to[k + 12] = a[k + 12]! * x;
      to[k + 13] = a[k + 13]! * x;
      to[k + 14] = a[k + 14]! * x;
      to[k + 15] = a[k + 15]! * x;
    }
  },
});

/** The quotients. */
export const divideLoops: PlainRun = /* @__PURE__ */ plainRows({
  few(n, a, i, s, b, j, t, to, at) {
    for (let k = 0; k < n; k++) to[at + k] = a[i + k * s]! / b[j + k * t]!;
  },
  rows(n, a, i, b, j, to, at) {
    const whole = n & -8;
    for (let k = 0; k < whole; k = (k + 8) | 0) {
      const p = (i + k) | 0;
      const q = (j + k) | 0;
      const r = (at + k) | 0;
      to[r] = a[p]! / b[q]!;
      to[(r + 1) | 0] = a[(p + 1) | 0]! / b[(q + 1) | 0]!;
      to[(r + 2) | 0] = a[(p + 2) | 0]! / b[(q + 2) | 0]!;
      to[(r + 3) | 0] = a[(p + 3) | 0]! / b[(q + 3) | 0]!;
      to[(r + 4) | 0] = a[(p + 4) | 0]! / b[(q + 4) | 0]!;
      to[(r + 5) | 0] = a[(p + 5) | 0]! / b[(q + 5) | 0]!;
      to[(r + 6) | 0] = a[(p + 6) | 0]! / b[(q + 6) | 0]!;
      to[(r + 7) | 0] = a[(p + 7) | 0]! / b[(q + 7) | 0]!;
    }
    for (let k = whole; k < n; k = (k + 1) | 0) to[(at + k) | 0] = a[(i + k) | 0]! / b[(j + k) | 0]!;
  },
  many(a, b, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! / b[k]!;
      to[k + 1] = a[k + 1]! / b[k + 1]!;
      to[k + 2] = a[k + 2]! / b[k + 2]!;
      to[k + 3] = a[k + 3]! / b[k + 3]!;
      to[k + 4] = a[k + 4]! / b[k + 4]!;
      to[k + 5] = a[k + 5]! / b[k + 5]!;
      to[k + 6] = a[k + 6]! / b[k + 6]!;
      to[k + 7] = a[k + 7]! / b[k + 7]!;
      to[k + 8] = a[k + 8]! / b[k + 8]!;
      to[k + 9] = a[k + 9]! / b[k + 9]!;
      to[k + 10] = a[k + 10]! / b[k + 10]!;
      to[k + 11] = a[k + 11]! / b[k + 11]!;
      to[k + 12] = a[k + 12]! / b[k + 12]!;
      to[k + 13] = a[k + 13]! / b[k + 13]!;
      to[k + 14] = a[k + 14]! / b[k + 14]!;
      to[k + 15] = a[k + 15]! / b[k + 15]!;
    }
  },
  manyWith(a, x, to) {
    const n = to.length;
    for (let k = 0; k < n; k += 16) {
      to[k] = a[k]! / x;
      to[k + 1] = a[k + 1]! / x;
      to[k + 2] = a[k + 2]! / x;
      to[k + 3] = a[k + 3]! / x;
      to[k + 4] = a[k + 4]! / x;
      to[k + 5] = a[k + 5]! / x;
      to[k + 6] = a[k + 6]! / x;
      to[k + 7] = a[k + 7]! / x;
      to[k + 8] = a[k + 8]! / x;
      to[k + 9] = a[k + 9]! / x;
      to[k + 10] = a[k + 10]! / x;
      to[k + 11] = a[k + 11]! / x;
      to[k + 12] = a[k + 12]! / x;
      to[k + 13] = a[k + 13]! / x;
      to[k + 14] = a[k + 14]! / x;
      to[k + 15] = a[k + 15]! / x;
    }
  },
});
