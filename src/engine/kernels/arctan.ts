/**
 * The kernels of the arc tangent, of a number and of a point.
 *
 * From a table comes the angle of a slope c with few digits near a = |y/x|, in two parts, and from a polynomial the angle
 * between the two: arctan a = arctan c + arctan((a − c)/(1 + a·c)). Up to 1/16 the slope taken is 0, from 16 on it is
 * infinite, and between there are 16 in each binade. After P. T. P. Tang, "Table-lookup algorithms for elementary functions
 * and their error analysis" (ARITH 1991). A few operations make the second part, whose errors are small beside the angle.
 */

import { type Expr, i32, op } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import { complexArctan, withComplex } from "./complex-trig.ts";
import type { Doubles, Pair } from "./doubles.ts";
import type { Floats } from "./floats.ts";
import type { Kernels } from "./lanes.ts";
import { longKernels, longKernelsWithSingles } from "./long-loop.ts";

const PI_LO = 1.2246467991473532e-16;
const SIGN = -(1n << 63n);
/** Slopes of a binade, and how many bits lie below those that number them. */
const STEPS = 16;
const FIRST_BINADE = -4;
const LAST_BINADE = 4;
/** The slope 0, those between, and the infinite one. */
const ENTRIES = 2 + STEPS * (LAST_BINADE - FIRST_BINADE);
/** The upper sixteen bits of the slope before the first. */
const BEFORE = ((1023 + FIRST_BINADE) << 4) - 1;

let table = 0;

/** arctan(p/q) with 160 binary places, by Euler's series, whose terms are all of one sign. */
function arctanDigits(p: bigint, q: bigint): bigint {
  const under = p * p + q * q;
  let term = ((p * q) << 160n) / under;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term = (term * 2n * k * p * p) / ((2n * k + 1n) * under);
  }
  return sum;
}

/** A number with 160 binary places as the sum of two float64. */
function twoParts(x: bigint): readonly [number, number] {
  const hi = Number(x) / 2 ** 160;
  return [hi, Number(x - BigInt(hi * 2 ** 64) * (1n << 96n)) / 2 ** 160];
}

/** The address of the table: (u, c, angle, its rest) for each slope c/u. */
function arctanTable(): number {
  if (table !== 0) return table;
  const at = region(32 * ENTRIES);
  const put = (k: number, ...entry: number[]) => heap.f64.set(entry, at / 8 + 4 * k);
  put(0, 1, 0, 0, 0);
  put(ENTRIES - 1, 0, 1, Math.PI / 2, PI_LO / 2);
  for (let k = 1; k < ENTRIES - 1; k++) {
    // The middle of the interval: 1 and a half to 31 and a half sixteenths.
    const binade = FIRST_BINADE + Math.floor((k - 1) / STEPS);
    const c = 2 ** binade * (1 + (((k - 1) % STEPS) + 0.5) / STEPS);
    const turned = c > 1;
    const [p, q] = [BigInt(c * 512), 512n];
    const digits = turned ? piHalves() - arctanDigits(q, p) : arctanDigits(p, q);
    put(k, 1, c, ...twoParts(digits));
  }
  table = at;
  return table;
}

function piHalves(): bigint {
  return 2n * arctanDigits(1n, 1n);
}

/** The angle `hi` + `lo` of a slope near `a`, and what makes it up: c/u. */
interface Slope {
  readonly u: Expr;
  readonly c: Expr;
  readonly hi: Expr;
  readonly lo: Expr;
}

/** The entry of the table for a ≥ 0; NaN counts as infinite. */
function slopeNear(v: Doubles, a: Expr): Slope {
  const word = (value: number) => v.fn.constant("i32x4", value);
  const top = v.map((x) => op("i32x4.shr_u", x!, i32(16)), a);
  const above = v.keep("i32x4.sub", top, word(BEFORE));
  const bounded = v.keep("i32x4.min_s", v.keep("i32x4.max_s", above, word(0)), word(ENTRIES - 1));
  const offsets = v.shiftRight(
    v.map((x) => op("i32x4.shl", x!, i32(5)), bounded),
    32,
  );
  const [u, c] = v.gather(arctanTable(), offsets);
  const [hi, lo] = v.gather(arctanTable() + 16, offsets);
  return { u, c, hi, lo };
}

/** (arctan t / t − 1) / t² for |t| ≤ 1/16, in powers of t²; 2^-62 off at most beside t². */
const NEAR = [
  -0.333333333333331, 0.19999999999193396, -0.14285713395298227, 0.11110681970604089, -0.0899691964739651,
];

/** What there is to add to t to make arctan t. */
function bend(v: Doubles, t: Expr): Expr {
  const square = v.mul(t, t);
  return v.mul(v.mul(t, square), v.polynomial(square, NEAR));
}

function arctan(v: Doubles, x: Expr): Expr {
  const a = v.atMost(v.abs(x), 2 ** 1000);
  const { u, c, hi, lo } = slopeNear(v, a);
  const t = v.div(v.sub(v.mul(a, u), c), v.add(u, v.mul(a, c)));
  const angle = v.add(hi, v.add(t, v.add(bend(v, t), lo)));
  return v.withSign(angle, x);
}

/** Two sizes whose ratio is wanted, brought to where nothing overflows; the angle of (0, 0) is that of (0, 1). */
function tamed(v: Doubles, y: Expr, x: Expr): Pair {
  const { fn } = v;
  const [a, b] = [fn.let(v.abs(y)), fn.let(v.abs(x))];
  const larger = v.atLeast(a, b);
  const [huge, tiny] = [v.is(larger, "ge", 2 ** 900), v.is(larger, "lt", 2 ** -800)];
  fn.if(v.any(v.or(huge, tiny)), () => {
    const scale = v.choose(huge, 2 ** -200, v.choose(tiny, 2 ** 200, 1));
    const infinite = v.is(larger, "eq", Number.POSITIVE_INFINITY);
    const unit = (size: Expr) => v.and(v.is(size, "eq", Number.POSITIVE_INFINITY), 1);
    const number = v.and(v.is(a, "eq", a), v.is(b, "eq", b));
    const [up, right] = [unit(a), unit(b)];
    const zero = v.is(larger, "eq", 0);
    fn.set(a, v.choose(number, v.choose(infinite, up, v.mul(a, scale)), Number.NaN));
    fn.set(b, v.choose(zero, 1, v.choose(infinite, right, v.mul(b, scale))));
  });
  return [a, b];
}

/** The angle of (x, y), with all digits that a float64 has, or with some 30. */
function angleOf(v: Doubles, y: Expr, x: Expr, exact: boolean): Expr {
  const [a, b] = tamed(v, y, x);
  const { u, c, hi, lo } = slopeNear(v, v.div(a, b));
  const [upper, lower] = v.split(b);
  const over = exact
    ? v.sub(v.sub(v.mul(a, u), v.mul(upper, c)), v.mul(lower, c))
    : v.sub(v.mul(a, u), v.mul(b, c));
  const under = v.add(v.mul(b, u), v.mul(a, c));
  const [t, tl] = exact ? v.quotient([over, v.of(0)], [under, v.of(0)]) : [v.div(over, under), lo];
  // What the quotient has no digits for cannot be had by products of subnormal numbers.
  const more = v.and(tl, v.is(v.abs(over), "ge", 2 ** -900));
  const rest = v.add(t, exact ? v.add(bend(v, t), v.add(lo, more)) : shortBend(v, t));
  // Left of the y axis it is π less the angle.
  const left = v.fn.let(op("i64x2.lt_s", x, v.bits(0n)));
  const sign = v.and(left, v.bits(SIGN));
  const [lead, cut] = v.fastSum(v.and(left, Math.PI), v.xor(hi, sign));
  const last = v.add(v.xor(rest, sign), v.add(cut, v.and(left, PI_LO)));
  return v.withSign(v.add(lead, last), y);
}

/** The same to some 30 digits. */
function shortBend(v: Doubles, t: Expr): Expr {
  const square = v.mul(t, t);
  return v.mul(v.mul(t, square), v.polynomial(square, [-1 / 3, 1 / 5, -1 / 7]));
}

/** arctan t / t − ⅞ for t ≤ 1 in powers of t² − ½; 2^-28 off at most. */
const WIDE = [
  -0.00458024675026536, -0.20375309884548187, 0.08340701460838318, -0.040246084332466125,
  0.021061811596155167, -0.011566816829144955, 0.006409252993762493, -0.0036722125951200724,
  0.0028326010797172785, -0.001769434311427176,
];

/**
 * The arc tangent of float32: that of a slope t up to 1, or π/2 less that of the inverse. ⅞·t is taken as it is, in two
 * parts, so that what is rounded is small.
 */
function arctanOfSingles(v: Floats, x: Expr): Expr {
  const a = v.abs(x);
  const t = v.div(v.atMost(a, 1), v.atLeast(a, 1));
  const middle = v.sub(v.mul(t, t), 0.5);
  const [most, mostLost] = v.fastSum(t, v.mul(t, -0.125));
  const low = v.add(mostLost, v.mul(t, v.polynomial(middle, WIDE)));
  const steep = v.is(a, "gt", 1);
  const sign = v.and(steep, v.bits(-(1n << 31n)));
  const [lead, lost] = v.fastSum(v.and(steep, 1.5707963705062866), v.xor(most, sign));
  const rest = v.add(v.xor(low, sign), v.add(lost, v.and(steep, -4.371139000186241e-8)));
  return v.or(v.add(lead, rest), v.withSign(0, x));
}

/** @internal The kernels of `arctan`. */
export const arctanKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernelsWithSingles(arctan, arctanOfSingles),
  complexArctan,
);
/** @internal The kernels of `arctan2(y, x)`: the angle of the point (x, y). */
export const arctan2Kernel: Kernels = /* @__PURE__ */ longKernels(
  2,
  (v, y, x) => angleOf(v, y!, x!, true),
  (v, y, x) => angleOf(v, y!, x!, false),
);
