/** The loops that are compared with NumPy's: for each ufunc its kernels, the types that NumPy has, and what may differ. */

import * as arithmetic from "../../../src/engine/kernels/arithmetic.ts";
import * as bits from "../../../src/engine/kernels/bits.ts";
import * as compare from "../../../src/engine/kernels/compare.ts";
import * as division from "../../../src/engine/kernels/division.ts";
import * as extrema from "../../../src/engine/kernels/extrema.ts";
import * as parts from "../../../src/engine/kernels/float-parts.ts";
import * as integer from "../../../src/engine/kernels/integer.ts";
import type { Kernels } from "../../../src/engine/kernels/lanes.ts";
import * as logic from "../../../src/engine/kernels/logic.ts";
import * as magnitude from "../../../src/engine/kernels/magnitude.ts";
import * as neighbours from "../../../src/engine/kernels/neighbours.ts";
import * as roots from "../../../src/engine/kernels/roots.ts";
import * as rounding from "../../../src/engine/kernels/rounding.ts";

const ints = "bBhHiIlL";
const floats = "efd";
const complexes = "FD";
const numbers = ints + floats + complexes;
const all = `?${numbers}`;

const unary = (letters: string) => [...letters].map((t) => `${t}->${t}`);
const binary = (letters: string) => [...letters].map((t) => `${t}${t}->${t}`);
const asking = (letters: string) => [...letters].map((t) => `${t}->?`);
const relations = (letters: string) => [...letters].map((t) => `${t}${t}->?`);
const comparisons = [...relations(all), "lL->?", "Ll->?"];

/**
 * How far a result may lie from NumPy's: "zeros" is the sign of a zero, a number so many ulps.
 * - fmax, fmin: which of two zeros NumPy gives depends on the place in the array
 * - lengths of complex numbers: NumPy's own are off by one or two ulps
 */
export interface Ufunc {
  readonly kernels: Kernels;
  readonly types: readonly string[];
  readonly slack?: "zeros" | number;
}

export const ufuncs: Readonly<Record<string, Ufunc>> = {
  add: { kernels: arithmetic.addKernel, types: binary(all) },
  subtract: { kernels: arithmetic.subtractKernel, types: binary(numbers) },
  multiply: { kernels: arithmetic.multiplyKernel, types: binary(all) },
  divide: { kernels: arithmetic.divideKernel, types: binary(floats + complexes) },
  negative: { kernels: arithmetic.negativeKernel, types: unary(numbers) },
  positive: { kernels: arithmetic.positiveKernel, types: unary(numbers) },
  conjugate: { kernels: arithmetic.conjugateKernel, types: unary(numbers) },
  square: { kernels: arithmetic.squareKernel, types: unary(numbers) },
  absolute: {
    kernels: magnitude.absoluteKernel,
    types: [...unary(`?${ints}${floats}`), "F->f", "D->d"],
    slack: 2,
  },
  fabs: { kernels: magnitude.fabsKernel, types: unary(floats) },
  sign: { kernels: magnitude.signKernel, types: unary(numbers), slack: 1 },
  reciprocal: { kernels: magnitude.reciprocalKernel, types: unary(numbers) },
  floor_divide: { kernels: division.floorDivideKernel, types: binary(ints + floats) },
  remainder: { kernels: division.remainderKernel, types: binary(ints + floats) },
  fmod: { kernels: division.fmodKernel, types: binary(ints + floats) },
  divmod: { kernels: division.divmodKernel, types: [...ints, ...floats].map((t) => `${t}${t}->${t}${t}`) },
  sqrt: { kernels: roots.sqrtKernel, types: unary(floats) },
  rint: { kernels: rounding.rintKernel, types: unary(floats + complexes) },
  floor: { kernels: rounding.floorKernel, types: unary(`?${ints}${floats}`) },
  ceil: { kernels: rounding.ceilKernel, types: unary(`?${ints}${floats}`) },
  trunc: { kernels: rounding.truncKernel, types: unary(`?${ints}${floats}`) },
  degrees: { kernels: rounding.degreesKernel, types: unary(floats) },
  rad2deg: { kernels: rounding.degreesKernel, types: unary(floats) },
  radians: { kernels: rounding.radiansKernel, types: unary(floats) },
  deg2rad: { kernels: rounding.radiansKernel, types: unary(floats) },
  heaviside: { kernels: rounding.heavisideKernel, types: binary(floats) },
  maximum: { kernels: extrema.maximumKernel, types: binary(all) },
  minimum: { kernels: extrema.minimumKernel, types: binary(all) },
  fmax: { kernels: extrema.fmaxKernel, types: binary(all), slack: "zeros" },
  fmin: { kernels: extrema.fminKernel, types: binary(all), slack: "zeros" },
  clip: { kernels: extrema.clipKernel, types: [...all].map((t) => `${t}${t}${t}->${t}`) },
  equal: { kernels: compare.equalKernel, types: comparisons },
  not_equal: { kernels: compare.notEqualKernel, types: comparisons },
  less: { kernels: compare.lessKernel, types: comparisons },
  less_equal: { kernels: compare.lessEqualKernel, types: comparisons },
  greater: { kernels: compare.greaterKernel, types: comparisons },
  greater_equal: { kernels: compare.greaterEqualKernel, types: comparisons },
  logical_and: { kernels: logic.logicalAndKernel, types: relations(all) },
  logical_or: { kernels: logic.logicalOrKernel, types: relations(all) },
  logical_xor: { kernels: logic.logicalXorKernel, types: relations(all) },
  logical_not: { kernels: logic.logicalNotKernel, types: asking(all) },
  bitwise_and: { kernels: bits.bitwiseAndKernel, types: binary(`?${ints}`) },
  bitwise_or: { kernels: bits.bitwiseOrKernel, types: binary(`?${ints}`) },
  bitwise_xor: { kernels: bits.bitwiseXorKernel, types: binary(`?${ints}`) },
  invert: { kernels: bits.invertKernel, types: unary(`?${ints}`) },
  left_shift: { kernels: bits.leftShiftKernel, types: binary(ints) },
  right_shift: { kernels: bits.rightShiftKernel, types: binary(ints) },
  bitwise_count: { kernels: bits.bitwiseCountKernel, types: [...ints].map((t) => `${t}->B`) },
  gcd: { kernels: integer.gcdKernel, types: binary(ints) },
  lcm: { kernels: integer.lcmKernel, types: binary(ints) },
  power: { kernels: integer.integerPowerKernel, types: binary(ints) },
  isnan: { kernels: parts.isnanKernel, types: asking(all) },
  isinf: { kernels: parts.isinfKernel, types: asking(all) },
  isfinite: { kernels: parts.isfiniteKernel, types: asking(all) },
  signbit: { kernels: parts.signbitKernel, types: asking(floats) },
  copysign: { kernels: parts.copysignKernel, types: binary(floats) },
  modf: { kernels: parts.modfKernel, types: [...floats].map((t) => `${t}->${t}${t}`) },
  frexp: { kernels: parts.frexpKernel, types: [...floats].map((t) => `${t}->${t}i`) },
  ldexp: { kernels: parts.ldexpKernel, types: [...floats].flatMap((t) => [`${t}i->${t}`, `${t}l->${t}`]) },
  nextafter: { kernels: neighbours.nextafterKernel, types: binary(floats) },
  spacing: { kernels: neighbours.spacingKernel, types: unary(floats) },
};
