import { Complex } from "../dtype/complex.ts";
import { PythonProblem } from "./errors.ts";
import { requireBits } from "./limits.ts";

/** Arithmetic on Python's own numbers: ints without end, floats, complex numbers. */

/** One of Python's numbers; a bool counts as 0 or 1. */
export type PythonNumber = bigint | number | Complex | boolean;

export function isPythonNumber(value: unknown): value is PythonNumber {
  const type = typeof value;
  return type === "bigint" || type === "number" || type === "boolean" || value instanceof Complex;
}

type Rules = Readonly<Record<string, ((a: never, b: never) => unknown) | undefined>>;

const integers: Rules = {
  "+": (a: bigint, b: bigint) => a + b,
  "-": (a: bigint, b: bigint) => a - b,
  "*": (a: bigint, b: bigint) => {
    if (a !== 0n && b !== 0n) requireBits(bitLength(a) + bitLength(b));
    return a * b;
  },
  "/": (a: bigint, b: bigint) => divideIntegers(a, b),
  "//": (a: bigint, b: bigint) => {
    if (b === 0n) throw divisionByZero("integer division or modulo by zero");
    const quotient = a / b;
    return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
  },
  "%": (a: bigint, b: bigint) => {
    if (b === 0n) throw divisionByZero("integer modulo by zero");
    const rest = a % b;
    return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  },
  "**": powerOfIntegers,
  "<<": (a: bigint, b: bigint) => {
    if (b < 0n) throw new PythonProblem("ValueError", "negative shift count");
    if (a === 0n) return 0n;
    requireBits(BigInt(bitLength(a)) + b);
    return a << b;
  },
  ">>": (a: bigint, b: bigint) => {
    if (b < 0n) throw new PythonProblem("ValueError", "negative shift count");
    return b > 2n ** 40n ? (a < 0n ? -1n : 0n) : a >> b;
  },
  "&": (a: bigint, b: bigint) => a & b,
  "|": (a: bigint, b: bigint) => a | b,
  "^": (a: bigint, b: bigint) => a ^ b,
};

const floats: Rules = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => {
    if (b === 0) throw divisionByZero("float division by zero");
    return a / b;
  },
  "//": (a: number, b: number) => floorDivide(a, b)[0],
  "%": (a: number, b: number) => floorDivide(a, b)[1],
  "**": powerOfFloats,
};

const complexes: Rules = {
  "+": (a: Complex, b: Complex) => new Complex(a.re + b.re, a.im + b.im),
  "-": (a: Complex, b: Complex) => new Complex(a.re - b.re, a.im - b.im),
  "*": times,
  "/": (a: Complex, b: Complex) => quotient(a, b),
  "**": powerOfComplexes,
};

/** `a op b`, or undefined when Python's numbers have no such operator. */
export function numberBinary(op: string, a: PythonNumber, b: PythonNumber): unknown {
  if (typeof a === "boolean" && typeof b === "boolean" && /^[&|^]$/.test(op)) {
    return op === "&" ? a && b : op === "|" ? a || b : a !== b;
  }
  if (a instanceof Complex || b instanceof Complex) {
    return complexes[op]?.(asComplex(a) as never, asComplex(b) as never);
  }
  if (typeof a === "number" || typeof b === "number")
    return floats[op]?.(asFloat(a) as never, asFloat(b) as never);
  return integers[op]?.(BigInt(a) as never, BigInt(b) as never);
}

/** Whether `a op b`, for numbers that have an order. */
export function compareNumbers(op: string, a: PythonNumber, b: PythonNumber): boolean | undefined {
  if (a instanceof Complex || b instanceof Complex) {
    const [left, right] = [asComplex(a), asComplex(b)];
    const same = left.re === right.re && left.im === right.im;
    return op === "==" ? same : op === "!=" ? !same : undefined;
  }
  // Bigints and numbers compare exactly.
  const [left, right] = [typeof a === "boolean" ? Number(a) : a, typeof b === "boolean" ? Number(b) : b];
  if (op === "==") return !(left < right || left > right) && !isNaNOf(left) && !isNaNOf(right);
  if (op === "!=") return left < right || left > right || isNaNOf(left) || isNaNOf(right);
  if (op === "<") return left < right;
  if (op === "<=") return left <= right;
  return op === ">" ? left > right : left >= right;
}

function isNaNOf(value: bigint | number): boolean {
  return typeof value === "number" && Number.isNaN(value);
}

/** A number as a float. */
export function asFloat(value: Exclude<PythonNumber, Complex>): number {
  const float = Number(value);
  if (typeof value === "bigint" && !Number.isFinite(float)) {
    throw new PythonProblem("OverflowError", "int too large to convert to float");
  }
  return float;
}

export function asComplex(value: PythonNumber): Complex {
  return value instanceof Complex ? value : new Complex(asFloat(value), 0);
}

export function bitLength(value: bigint): number {
  return value === 0n ? 0 : (value < 0n ? -value : value).toString(16).length * 4;
}

function divisionByZero(message: string): PythonProblem {
  return new PythonProblem("ZeroDivisionError", message);
}

function divideIntegers(a: bigint, b: bigint): number {
  if (b === 0n) throw divisionByZero("division by zero");
  const [left, right] = [Number(a), Number(b)];
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left / right;
  // 66 bits of the quotient, of which the last says whether anything was cut, round as the quotient does.
  const sign = a < 0n !== b < 0n ? -1 : 1;
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const shift = Math.max(0, 66 + binaryDigits(bottom) - binaryDigits(top));
  const scaled = top << BigInt(shift);
  const cut = scaled % bottom === 0n ? 0n : 1n;
  const result = scaleDown((scaled / bottom) * 2n + cut, shift + 1);
  if (!Number.isFinite(result))
    throw new PythonProblem("OverflowError", "integer division result too large for a float");
  return sign * result;
}

function binaryDigits(value: bigint): number {
  return value.toString(2).length;
}

function scaleDown(value: bigint, shift: number): number {
  let left = shift;
  let result = Number(value);
  while (left > 1000) {
    result /= 2 ** 1000;
    left -= 1000;
  }
  return result / 2 ** left;
}

function powerOfIntegers(a: bigint, b: bigint): unknown {
  if (b < 0n) {
    if (a === 0n) throw divisionByZero("zero to a negative power");
    return powerOfFloats(asFloat(a), asFloat(b));
  }
  if (a === 0n || a === 1n || a === -1n) return b === 0n ? 1n : a === -1n && b % 2n === 0n ? 1n : a;
  requireBits(BigInt(bitLength(a)) * b);
  return a ** b;
}

function powerOfFloats(a: number, b: number): unknown {
  if (a === 0 && b < 0) throw divisionByZero("zero to a negative power");
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    return powerOfComplexes(new Complex(a, 0), new Complex(b, 0));
  }
  // C has 1 for these, JavaScript NaN.
  const result = a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) ? 1 : a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    throw new PythonProblem("OverflowError", "(34, 'Numerical result out of range')");
  }
  return result;
}

/** The quotient rounded down, and the remainder, as CPython has them. */
function floorDivide(a: number, b: number): [number, number] {
  if (b === 0) throw divisionByZero("float floor division by zero");
  let rest = a % b;
  let div = (a - rest) / b;
  if (rest !== 0) {
    if (b < 0 !== rest < 0) {
      rest += b;
      div -= 1;
    }
  } else rest = b < 0 ? -0 : 0;
  if (div === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, rest];
  const down = Math.floor(div);
  return [div - down > 0.5 ? down + 1 : down, rest];
}

function times(a: Complex, b: Complex): Complex {
  return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

/** Smith's division, as CPython does it. */
function quotient(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) throw divisionByZero("complex division by zero");
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const size = b.re + b.im * ratio;
    return new Complex((a.re + a.im * ratio) / size, (a.im - a.re * ratio) / size);
  }
  const ratio = b.re / b.im;
  const size = b.re * ratio + b.im;
  return new Complex((a.re * ratio + a.im) / size, (a.im * ratio - a.re) / size);
}

function powerOfComplexes(a: Complex, b: Complex): Complex {
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 100) return wholePower(a, b.re);
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) throw divisionByZero("zero to a negative or complex power");
    return new Complex(0, 0);
  }
  const size = Math.hypot(a.re, a.im);
  const angle = Math.atan2(a.im, a.re);
  let length = size ** b.re;
  let turn = angle * b.re;
  if (b.im !== 0) {
    length *= Math.exp(-angle * b.im);
    turn += b.im * Math.log(size);
  }
  return new Complex(length * Math.cos(turn), length * Math.sin(turn));
}

function wholePower(a: Complex, n: number): Complex {
  let result = new Complex(1, 0);
  let base = a;
  for (let k = Math.abs(n); k > 0; k >>= 1) {
    if (k & 1) result = times(result, base);
    base = times(base, base);
  }
  return n < 0 ? quotient(new Complex(1, 0), result) : result;
}
