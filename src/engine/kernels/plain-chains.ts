/**
 * Chains of one float64 array and numbers as loops over memory where it lies: nothing is brought in and sent out, and what
 * comes from memory that is in no cache comes while there is computing to do.
 *
 * Every chain of sums, differences and products with numbers fits the first loop, whose factors and terms are 1 and -0
 * where it has none: neither changes a value. Written out like those of plain-loops.ts.
 */

/** `(a * m + b) * p + q` of each element. */
export function affineLine(
  a: Float64Array,
  m: number,
  b: number,
  p: number,
  q: number,
  to: Float64Array,
): void {
  const n = to.length;
  const whole = n - (n % 16);
  for (let k = 0; k < whole; k += 16) {
    to[k] = (a[k]! * m + b) * p + q;
    to[k + 1] = (a[k + 1]! * m + b) * p + q;
    to[k + 2] = (a[k + 2]! * m + b) * p + q;
    to[k + 3] = (a[k + 3]! * m + b) * p + q;
    to[k + 4] = (a[k + 4]! * m + b) * p + q;
    to[k + 5] = (a[k + 5]! * m + b) * p + q;
    to[k + 6] = (a[k + 6]! * m + b) * p + q;
    to[k + 7] = (a[k + 7]! * m + b) * p + q;
    to[k + 8] = (a[k + 8]! * m + b) * p + q;
    to[k + 9] = (a[k + 9]! * m + b) * p + q;
    to[k + 10] = (a[k + 10]! * m + b) * p + q;
    to[k + 11] = (a[k + 11]! * m + b) * p + q;
    to[k + 12] = (a[k + 12]! * m + b) * p + q;
    to[k + 13] = (a[k + 13]! * m + b) * p + q;
    to[k + 14] = (a[k + 14]! * m + b) * p + q;
    to[k + 15] = (a[k + 15]! * m + b) * p + q;
  }
  for (let k = whole; k < n; k++) to[k] = (a[k]! * m + b) * p + q;
}

/** `((a * m + b) / d) * p + q` of each element. The division takes so long that what stands around it costs nothing. */
export function quotientLine(
  a: Float64Array,
  m: number,
  b: number,
  d: number,
  p: number,
  q: number,
  to: Float64Array,
): void {
  const n = to.length;
  const whole = n - (n % 4);
  for (let k = 0; k < whole; k += 4) {
    to[k] = ((a[k]! * m + b) / d) * p + q;
    to[k + 1] = ((a[k + 1]! * m + b) / d) * p + q;
    to[k + 2] = ((a[k + 2]! * m + b) / d) * p + q;
    to[k + 3] = ((a[k + 3]! * m + b) / d) * p + q;
  }
  for (let k = whole; k < n; k++) to[k] = ((a[k]! * m + b) / d) * p + q;
}
