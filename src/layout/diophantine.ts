/**
 * Has this equation a solution in integers?
 *
 *     a[0]·x[0] + a[1]·x[1] + … = sum        with 0 <= x[i] <= u[i], all a[i] > 0
 *
 * Two views share a byte exactly when such an equation is solvable (see overlap.ts). In general the question is
 * NP-hard: with every u[i] = 1 it is "which of these numbers add up to that one". The equations that views give
 * rise to are nearly always easy, because strides are mostly multiples of one another, and the method lives on that.
 *
 * **Reduce.** Four rewritings that keep the answer, repeated until none applies:
 *
 * 1. *Clamp.* No term may exceed the sum, so u[i] <= sum / a[i]. Counting down from the upper bounds instead of up
 *    from 0 turns the sum into `total - sum`, and clamps the other end.
 * 2. *Absorb.* A term that reaches 0, a, 2a, …, u·a and one with the coefficient k·a, where k <= u + 1, together
 *    reach every multiple of a up to their common total: one term. Dense arrays, rows that follow one another and
 *    equal strides collapse here.
 * 3. *Divide* by what all coefficients have in common; if the sum is not a multiple, there is no solution.
 * 4. *Substitute.* If all coefficients but a[i] are multiples of m > 1, then x[i] modulo m is known, by a modular
 *    inverse: x[i] = r + m·y. If r > u[i] there is no solution; else the whole equation is divided by m.
 *
 * Each substitution at least halves the sum, so there are at most 53. Whatever has two terms, and whatever has
 * coefficients that divide one another in a chain, ends here without any search. So do views of one dense array that
 * take the same step along each axis: together their columns fill less than two rows, which leaves one choice.
 *
 * **Search** what is left. Split the terms into two groups. What the first contributes is a multiple of the greatest
 * common divisor of its own coefficients and is known modulo that of the others, which leaves a list of candidates;
 * each candidate splits the equation into two smaller ones. The terms stand in order of size, and of all splits into
 * small and large ones, or into one and the others, that with the fewest candidates is taken. For views of an array
 * of several dimensions the best split lies between the axes: the columns fill less than a row, so there are one or
 * two candidates, and the columns and the rows are settled apart.
 *
 * **Worst case.** The number of candidates can grow exponentially with the number of terms. They are counted against
 * a budget, and when it is spent the answer is the third one: "too hard". Without a cap the search still ends, as
 * every list is finite and every split leaves fewer terms (hence also a recursion no deeper than there are terms).
 *
 * **Exactness.** `sum` is a safe integer. Clamping makes every a[i]·u[i] at most `sum`, and sums and products that
 * do pass 2^53 are only ever compared with something below: rounding is monotone, so those comparisons are exact.
 * A quotient n / d of safe integers never rounds across an integer, so `Math.floor(n / d)` is exact as well. The one
 * product that matters modulo m goes through bigint when it is too large.
 */

/** An answer to a question that can take too long to settle. */
export type Answer = "no" | "yes" | "too hard";

/** Multiples a·x with 0 <= x <= u, one of each coefficient a > 0 and its bound u. */
export interface Terms {
  readonly coefficients: number[];
  readonly bounds: number[];
}

/** Σ coefficients[i]·x[i] = sum, all numbers safe integers. */
export interface Equation extends Terms {
  sum: number;
}

/** How many more candidates may be tried; Infinity for no cap. Shared by the parts of one question. */
export interface Budget {
  left: number;
}

/** Whether the equation has a solution within its bounds. The equation is used up. */
export function solve(equation: Equation, budget: Budget): Answer {
  return reduce(equation) ?? search(equation, budget);
}

/** Rewrites the equation until it is settled (the answer) or irreducible (undefined, terms in order of size). */
function reduce(equation: Equation): Answer | undefined {
  for (;;) {
    const settled = clamp(equation);
    if (settled !== undefined) return settled;
    absorb(equation);
    const step = divide(equation);
    if (step !== "substituted") return step;
  }
}

function clamp(equation: Equation): Answer | undefined {
  // Once from below and once from above.
  for (let end = 0; end < 2; end++) {
    const total = limitBounds(equation);
    if (equation.sum > total || equation.sum < 0) return "no";
    if (equation.sum === total || equation.sum === 0) return "yes";
    if (total > Number.MAX_SAFE_INTEGER) return undefined;
    equation.sum = total - equation.sum;
  }
  return undefined;
}

/** Keeps each term below the sum, drops those that are always 0, and returns the total of all. */
function limitBounds(equation: Equation): number {
  const { coefficients, bounds, sum } = equation;
  let total = 0;
  let kept = 0;
  for (let i = 0; i < bounds.length; i++) {
    const a = coefficients[i]!;
    const u = a * bounds[i]! > sum ? Math.floor(sum / a) : bounds[i]!;
    if (u <= 0) continue;
    total += a * u;
    coefficients[kept] = a;
    bounds[kept++] = u;
  }
  shorten(equation, kept);
  return total;
}

/** Drops the terms from `count` on; popping costs far less than setting a length. */
function shorten({ coefficients, bounds }: Terms, count: number): void {
  while (bounds.length > count) {
    coefficients.pop();
    bounds.pop();
  }
}

/** Sorts the terms, then merges into each those that continue it without a gap. */
function absorb(equation: Equation): void {
  const { coefficients, bounds, sum } = equation;
  sortTerms(equation);
  for (let i = 0; i < bounds.length; i++) {
    const a = coefficients[i]!;
    let kept = i + 1;
    for (let j = kept; j < bounds.length; j++) {
      const times = coefficients[j]! / a;
      if (times <= bounds[i]! + 1 && Number.isInteger(times)) {
        bounds[i] = Math.min(bounds[i]! + times * bounds[j]!, Math.floor(sum / a));
      } else {
        coefficients[kept] = coefficients[j]!;
        bounds[kept++] = bounds[j]!;
      }
    }
    shorten(equation, kept);
  }
}

/** Sorts by coefficient, by insertion: the terms are few and mostly in order. */
export function sortTerms({ coefficients, bounds }: Terms): void {
  for (let i = 1; i < bounds.length; i++) {
    const a = coefficients[i]!;
    const u = bounds[i]!;
    let j = i;
    for (; j > 0 && coefficients[j - 1]! > a; j--) {
      coefficients[j] = coefficients[j - 1]!;
      bounds[j] = bounds[j - 1]!;
    }
    coefficients[j] = a;
    bounds[j] = u;
  }
}

/** Divides by the common divisor of all terms, then by the first one that all terms but one have. */
function divide(equation: Equation): Answer | "substituted" | undefined {
  const { coefficients } = equation;
  const suffix = suffixDivisors(coefficients);
  const common = suffix[0]!;
  if (mod(equation.sum, common) !== 0) return "no";
  // A single term: clamping has already seen that the sum is within reach.
  if (coefficients.length === 1) return "yes";
  if (common > 1) {
    for (let i = 0; i < coefficients.length; i++) coefficients[i] = coefficients[i]! / common;
    equation.sum /= common;
  }
  let prefix = 0;
  for (let i = 0; prefix !== 1 && i < coefficients.length; i++) {
    const others = gcd(prefix, suffix[i + 1]! / common);
    if (others > 1) return substitute(equation, i, others);
    prefix = gcd(prefix, coefficients[i]!);
  }
  return undefined;
}

/** All coefficients but that of term `i` are multiples of `m`: replaces x[i] by r + m·y and divides by m. */
function substitute(equation: Equation, i: number, m: number): "no" | "substituted" {
  const { coefficients, bounds } = equation;
  const a = coefficients[i]!;
  const r = quotientMod(equation.sum, a, m);
  if (r > bounds[i]!) return "no";
  equation.sum = (equation.sum - a * r) / m;
  bounds[i] = Math.floor((bounds[i]! - r) / m);
  for (let k = 0; k < coefficients.length; k++) if (k !== i) coefficients[k] = coefficients[k]! / m;
  return "substituted";
}

/** Tries the candidates of the best split, those in the middle first, as most solutions are there. */
function search(equation: Equation, budget: Budget): Answer {
  const { sum } = equation;
  const [group, others] = split(equation);
  const common = commonDivisor(group);
  const step = commonDivisor(others);
  const lowest = Math.ceil(Math.max(0, sum - totalOf(others)) / common);
  const highest = Math.floor(Math.min(sum, totalOf(group)) / common);
  // The group contributes common·t, with t known modulo step.
  const ahead = quotientMod(sum, common, step) - mod(lowest, step);
  const first = lowest + (ahead < 0 ? ahead + step : ahead);
  const count = Math.floor((highest - first) / step) + 1;
  const centre = Math.floor((count - 1) / 2);
  for (let i = 0; i < count; i++) {
    // Another candidate is paid for by the one before it, which failed.
    if (i > 0 && --budget.left <= 0) return "too hard";
    const t = first + step * (centre + (i % 2 === 0 ? -i / 2 : (i + 1) / 2));
    let answer = solve(dividedBy(group, common, t), budget);
    if (answer === "yes") answer = solve(dividedBy(others, step, (sum - common * t) / step), budget);
    if (answer !== "no") return answer;
  }
  return "no";
}

/** Two groups of terms that leave the fewest candidates: one term and the others, or the small and the large. */
function split({ coefficients, bounds, sum }: Equation): [group: Terms, others: Terms] {
  let start = 0;
  for (let i = 1; i < bounds.length; i++) if (bounds[i]! <= bounds[start]!) start = i;
  let end = start + 1;
  let fewest = bounds[start]!;
  const suffix = suffixDivisors(coefficients);
  const total = totalOf({ coefficients, bounds });
  let below = coefficients[0]! * bounds[0]!;
  let divisor = coefficients[0]!;
  for (let k = 2; k < bounds.length - 1; k++) {
    below += coefficients[k - 1]! * bounds[k - 1]!;
    divisor = gcd(divisor, coefficients[k - 1]!);
    const reach = Math.min(sum, below) - Math.max(0, sum - (total - below));
    const steps = Math.floor(reach / (divisor * suffix[k]!));
    if (steps > fewest) continue;
    fewest = steps;
    start = 0;
    end = k;
  }
  const others = { coefficients: coefficients.slice(), bounds: bounds.slice() };
  const group = {
    coefficients: others.coefficients.splice(start, end - start),
    bounds: others.bounds.splice(start, end - start),
  };
  return [group, others];
}

/** The terms with their coefficients divided by `divisor`, as an equation of its own. */
function dividedBy(terms: Terms, divisor: number, sum: number): Equation {
  return { coefficients: terms.coefficients.map((a) => a / divisor), bounds: terms.bounds.slice(), sum };
}

function totalOf({ coefficients, bounds }: Terms): number {
  let total = 0;
  for (let i = 0; i < bounds.length; i++) total += coefficients[i]! * bounds[i]!;
  return total;
}

function commonDivisor({ coefficients }: Terms): number {
  return coefficients.reduce(gcd);
}

/** One for all, grown as needed: it is read before anybody else asks. */
const divisors: number[] = [0];

/** At [i] the greatest common divisor of values[i] and all after it, and a 0 at the end. */
function suffixDivisors(values: readonly number[]): readonly number[] {
  while (divisors.length <= values.length) divisors.push(0);
  divisors[values.length] = 0;
  for (let i = values.length - 1; i >= 0; i--) divisors[i] = gcd(values[i]!, divisors[i + 1]!);
  return divisors;
}

function gcd(a: number, b: number): number {
  while (b !== 0) {
    const rest = mod(a, b);
    a = b;
    b = rest;
  }
  return a;
}

/** n modulo d for n >= 0; a few times faster on doubles than the operator. */
function mod(n: number, d: number): number {
  return n - Math.floor(n / d) * d;
}

/** The r in [0, m) with a·r = b modulo m, for coprime a and m. */
function quotientMod(b: number, a: number, m: number): number {
  // The extended Euclidean algorithm, keeping high = a·t and low = a·next modulo m.
  let high = m;
  let low = mod(a, m);
  let t = 0;
  let next = 1;
  while (low !== 0) {
    const times = Math.floor(high / low);
    const rest = high - times * low;
    const after = t - times * next;
    high = low;
    low = rest;
    t = next;
    next = after;
  }
  return productMod(mod(b, m), t < 0 ? t + m : t, m);
}

function productMod(a: number, b: number, m: number): number {
  const product = a * b;
  return product <= Number.MAX_SAFE_INTEGER ? mod(product, m) : Number((BigInt(a) * BigInt(b)) % BigInt(m));
}
