/**
 * Chains of float64 as loops over memory where it lies: nothing is brought in and sent out, and what comes from memory that
 * is in no cache comes while there is computing to do.
 *
 * Each is `(a * m + B) * C + D` or `(a * m + B) / C * r + D`, where the large letters are an array, a number, or an array and
 * its factor. A chain that has less has 1 for a factor and -0 for a term: neither changes a value. Written out like the loops
 * of plain-loops.ts.
 */

/** A loop over all of `to`: `p`, `q` and `t` are the numbers in place of `b`, `c` and `d`, or factors; of what it has not any value will do. */
export type ChainLoop = (
  to: Float64Array,
  a: Float64Array,
  m: number,
  b: Float64Array,
  p: number,
  c: Float64Array,
  q: number,
  r: number,
  d: Float64Array,
  t: number,
) => void;

/** The loops, by what is in the middle, and which of `b`, `c` and `d` are arrays. */
export const chainLoops: Readonly<Record<string, ChainLoop>> = {
  "*": (to, a, m, _b, p, _c, q, _r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 16);
    for (let k = 0; k < whole; k += 16) {
      to[k] = (a[k]! * m + p) * q + t;
      to[k + 1] = (a[k + 1]! * m + p) * q + t;
      to[k + 2] = (a[k + 2]! * m + p) * q + t;
      to[k + 3] = (a[k + 3]! * m + p) * q + t;
      to[k + 4] = (a[k + 4]! * m + p) * q + t;
      to[k + 5] = (a[k + 5]! * m + p) * q + t;
      to[k + 6] = (a[k + 6]! * m + p) * q + t;
      to[k + 7] = (a[k + 7]! * m + p) * q + t;
      to[k + 8] = (a[k + 8]! * m + p) * q + t;
      to[k + 9] = (a[k + 9]! * m + p) * q + t;
      to[k + 10] = (a[k + 10]! * m + p) * q + t;
      to[k + 11] = (a[k + 11]! * m + p) * q + t;
      to[k + 12] = (a[k + 12]! * m + p) * q + t;
      to[k + 13] = (a[k + 13]! * m + p) * q + t;
      to[k + 14] = (a[k + 14]! * m + p) * q + t;
      to[k + 15] = (a[k + 15]! * m + p) * q + t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + p) * q + t;
  },
  "*b": (to, a, m, b, p, _c, q, _r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + b[k]! * p) * q + t;
      to[k + 1] = (a[k + 1]! * m + b[k + 1]! * p) * q + t;
      to[k + 2] = (a[k + 2]! * m + b[k + 2]! * p) * q + t;
      to[k + 3] = (a[k + 3]! * m + b[k + 3]! * p) * q + t;
      to[k + 4] = (a[k + 4]! * m + b[k + 4]! * p) * q + t;
      to[k + 5] = (a[k + 5]! * m + b[k + 5]! * p) * q + t;
      to[k + 6] = (a[k + 6]! * m + b[k + 6]! * p) * q + t;
      to[k + 7] = (a[k + 7]! * m + b[k + 7]! * p) * q + t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + b[k]! * p) * q + t;
  },
  "*c": (to, a, m, _b, p, c, _q, _r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + p) * c[k]! + t;
      to[k + 1] = (a[k + 1]! * m + p) * c[k + 1]! + t;
      to[k + 2] = (a[k + 2]! * m + p) * c[k + 2]! + t;
      to[k + 3] = (a[k + 3]! * m + p) * c[k + 3]! + t;
      to[k + 4] = (a[k + 4]! * m + p) * c[k + 4]! + t;
      to[k + 5] = (a[k + 5]! * m + p) * c[k + 5]! + t;
      to[k + 6] = (a[k + 6]! * m + p) * c[k + 6]! + t;
      to[k + 7] = (a[k + 7]! * m + p) * c[k + 7]! + t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + p) * c[k]! + t;
  },
  "*d": (to, a, m, _b, p, _c, q, _r, d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + p) * q + d[k]! * t;
      to[k + 1] = (a[k + 1]! * m + p) * q + d[k + 1]! * t;
      to[k + 2] = (a[k + 2]! * m + p) * q + d[k + 2]! * t;
      to[k + 3] = (a[k + 3]! * m + p) * q + d[k + 3]! * t;
      to[k + 4] = (a[k + 4]! * m + p) * q + d[k + 4]! * t;
      to[k + 5] = (a[k + 5]! * m + p) * q + d[k + 5]! * t;
      to[k + 6] = (a[k + 6]! * m + p) * q + d[k + 6]! * t;
      to[k + 7] = (a[k + 7]! * m + p) * q + d[k + 7]! * t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + p) * q + d[k]! * t;
  },
  "*bc": (to, a, m, b, p, c, _q, _r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + b[k]! * p) * c[k]! + t;
      to[k + 1] = (a[k + 1]! * m + b[k + 1]! * p) * c[k + 1]! + t;
      to[k + 2] = (a[k + 2]! * m + b[k + 2]! * p) * c[k + 2]! + t;
      to[k + 3] = (a[k + 3]! * m + b[k + 3]! * p) * c[k + 3]! + t;
      to[k + 4] = (a[k + 4]! * m + b[k + 4]! * p) * c[k + 4]! + t;
      to[k + 5] = (a[k + 5]! * m + b[k + 5]! * p) * c[k + 5]! + t;
      to[k + 6] = (a[k + 6]! * m + b[k + 6]! * p) * c[k + 6]! + t;
      to[k + 7] = (a[k + 7]! * m + b[k + 7]! * p) * c[k + 7]! + t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + b[k]! * p) * c[k]! + t;
  },
  "*bd": (to, a, m, b, p, _c, q, _r, d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + b[k]! * p) * q + d[k]! * t;
      to[k + 1] = (a[k + 1]! * m + b[k + 1]! * p) * q + d[k + 1]! * t;
      to[k + 2] = (a[k + 2]! * m + b[k + 2]! * p) * q + d[k + 2]! * t;
      to[k + 3] = (a[k + 3]! * m + b[k + 3]! * p) * q + d[k + 3]! * t;
      to[k + 4] = (a[k + 4]! * m + b[k + 4]! * p) * q + d[k + 4]! * t;
      to[k + 5] = (a[k + 5]! * m + b[k + 5]! * p) * q + d[k + 5]! * t;
      to[k + 6] = (a[k + 6]! * m + b[k + 6]! * p) * q + d[k + 6]! * t;
      to[k + 7] = (a[k + 7]! * m + b[k + 7]! * p) * q + d[k + 7]! * t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + b[k]! * p) * q + d[k]! * t;
  },
  "*cd": (to, a, m, _b, p, c, _q, _r, d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + p) * c[k]! + d[k]! * t;
      to[k + 1] = (a[k + 1]! * m + p) * c[k + 1]! + d[k + 1]! * t;
      to[k + 2] = (a[k + 2]! * m + p) * c[k + 2]! + d[k + 2]! * t;
      to[k + 3] = (a[k + 3]! * m + p) * c[k + 3]! + d[k + 3]! * t;
      to[k + 4] = (a[k + 4]! * m + p) * c[k + 4]! + d[k + 4]! * t;
      to[k + 5] = (a[k + 5]! * m + p) * c[k + 5]! + d[k + 5]! * t;
      to[k + 6] = (a[k + 6]! * m + p) * c[k + 6]! + d[k + 6]! * t;
      to[k + 7] = (a[k + 7]! * m + p) * c[k + 7]! + d[k + 7]! * t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + p) * c[k]! + d[k]! * t;
  },
  "*bcd": (to, a, m, b, p, c, _q, _r, d, t) => {
    const n = to.length;
    const whole = n - (n % 8);
    for (let k = 0; k < whole; k += 8) {
      to[k] = (a[k]! * m + b[k]! * p) * c[k]! + d[k]! * t;
      to[k + 1] = (a[k + 1]! * m + b[k + 1]! * p) * c[k + 1]! + d[k + 1]! * t;
      to[k + 2] = (a[k + 2]! * m + b[k + 2]! * p) * c[k + 2]! + d[k + 2]! * t;
      to[k + 3] = (a[k + 3]! * m + b[k + 3]! * p) * c[k + 3]! + d[k + 3]! * t;
      to[k + 4] = (a[k + 4]! * m + b[k + 4]! * p) * c[k + 4]! + d[k + 4]! * t;
      to[k + 5] = (a[k + 5]! * m + b[k + 5]! * p) * c[k + 5]! + d[k + 5]! * t;
      to[k + 6] = (a[k + 6]! * m + b[k + 6]! * p) * c[k + 6]! + d[k + 6]! * t;
      to[k + 7] = (a[k + 7]! * m + b[k + 7]! * p) * c[k + 7]! + d[k + 7]! * t;
    }
    for (let k = whole; k < n; k++) to[k] = (a[k]! * m + b[k]! * p) * c[k]! + d[k]! * t;
  },
  "/": (to, a, m, _b, p, _c, q, r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 4);
    for (let k = 0; k < whole; k += 4) {
      to[k] = ((a[k]! * m + p) / q) * r + t;
      to[k + 1] = ((a[k + 1]! * m + p) / q) * r + t;
      to[k + 2] = ((a[k + 2]! * m + p) / q) * r + t;
      to[k + 3] = ((a[k + 3]! * m + p) / q) * r + t;
    }
    for (let k = whole; k < n; k++) to[k] = ((a[k]! * m + p) / q) * r + t;
  },
  "/b": (to, a, m, b, p, _c, q, r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 4);
    for (let k = 0; k < whole; k += 4) {
      to[k] = ((a[k]! * m + b[k]! * p) / q) * r + t;
      to[k + 1] = ((a[k + 1]! * m + b[k + 1]! * p) / q) * r + t;
      to[k + 2] = ((a[k + 2]! * m + b[k + 2]! * p) / q) * r + t;
      to[k + 3] = ((a[k + 3]! * m + b[k + 3]! * p) / q) * r + t;
    }
    for (let k = whole; k < n; k++) to[k] = ((a[k]! * m + b[k]! * p) / q) * r + t;
  },
  "/c": (to, a, m, _b, p, c, _q, r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 4);
    for (let k = 0; k < whole; k += 4) {
      to[k] = ((a[k]! * m + p) / c[k]!) * r + t;
      to[k + 1] = ((a[k + 1]! * m + p) / c[k + 1]!) * r + t;
      to[k + 2] = ((a[k + 2]! * m + p) / c[k + 2]!) * r + t;
      to[k + 3] = ((a[k + 3]! * m + p) / c[k + 3]!) * r + t;
    }
    for (let k = whole; k < n; k++) to[k] = ((a[k]! * m + p) / c[k]!) * r + t;
  },
  "/bc": (to, a, m, b, p, c, _q, r, _d, t) => {
    const n = to.length;
    const whole = n - (n % 4);
    for (let k = 0; k < whole; k += 4) {
      to[k] = ((a[k]! * m + b[k]! * p) / c[k]!) * r + t;
      to[k + 1] = ((a[k + 1]! * m + b[k + 1]! * p) / c[k + 1]!) * r + t;
      to[k + 2] = ((a[k + 2]! * m + b[k + 2]! * p) / c[k + 2]!) * r + t;
      to[k + 3] = ((a[k + 3]! * m + b[k + 3]! * p) / c[k + 3]!) * r + t;
    }
    for (let k = whole; k < n; k++) to[k] = ((a[k]! * m + b[k]! * p) / c[k]!) * r + t;
  },
};
