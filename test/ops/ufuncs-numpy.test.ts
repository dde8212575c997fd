import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import * as np from "../../src/index.ts";
import { sizeOf } from "../../src/layout/layout.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compareTogether, dtypes, randomArray, skip } from "./against-numpy.ts";

// Every ufunc on every pair of dtypes, in random layouts, with special values everywhere, sizes beside the edges of tiles,
// and options: against NumPy. NDVIEW_UFUNC_ROUNDS=20 goes on for longer.
const script = fileURLToPath(new URL("numpy_ufuncs.py", import.meta.url));
const rounds = Number(process.env.NDVIEW_UFUNC_ROUNDS ?? 1);

type AnyUfunc = ((...operands: unknown[]) => np.NDArray) & np.Ufunc;

const functions = np as unknown as Record<string, AnyUfunc>;
const names = Object.keys(functions).filter(
  (name) => typeof functions[name] === "function" && functions[name].core !== undefined,
);
/** Generalised ufuncs and ufuncs with two results are compared elsewhere. */
const ufuncs = names.filter((name) => functions[name]!.nout === 1 && functions[name]!.signature === null);

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** NumPy's names that the rule does not give. */
const pythonName = (name: string) =>
  snake(name).replace(/^(log|exp|arctan|atan|logaddexp|expm|log1p)_?(\d)/, "$1$2");

/** Where NumPy itself rounds more than once, or with an error of its own, in units of the last place. */
const LOOSE =
  /^(exp|exp2|expm1|log|log2|log10|log1p|pow|power|floatPower|logaddexp2?|a?(rc)?(sin|cos|tan)h?|a(rc)?tan2|cbrt|hypot|deg.*|rad.*)$/;
/** Complex numbers go through several roundings, some of them fused in NumPy. */
const COMPLEX = /^(abs|absolute|multiply|square|sqrt|divide|trueDivide|reciprocal|sign)$/;

const bounds: Readonly<Record<string, readonly unknown[]>> = {
  f: [
    0,
    -0,
    1,
    -1,
    0.5,
    2,
    3,
    -2.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e-310,
    5e-324,
    1e300,
  ],
  c: [new Complex(0, -0), new Complex(1, 1), new Complex(-2, 0.5), new Complex(Number.POSITIVE_INFINITY, 1)],
  b: [true, false],
};

function specials(dtype: Descriptor): readonly unknown[] {
  if (dtype.kind !== "i" && dtype.kind !== "u") return bounds[dtype.kind]!;
  const bits = BigInt(8 * dtype.itemsize);
  const most = 2n ** (dtype.kind === "i" ? bits - 1n : bits) - 1n;
  const list = [0n, 1n, 2n, 3n, 7n, most, most - 1n, ...(dtype.kind === "i" ? [-1n, -2n, -most - 1n] : [])];
  return dtype.itemsize === 8 ? list : list.map(Number);
}

/** Puts special values among the elements of an array, wherever its layout leads. */
function season(dice: Dice, a: np.NDArray): np.NDArray {
  const { shape } = a;
  const size = sizeOf(shape);
  if (size === 0) return a;
  const list = specials(a.dtype);
  for (let k = 0; k < Math.min(size, 40); k++) {
    const index = shape.map((length) => dice.int(0, length - 1));
    a.set(index, dice.pick(list) as number);
  }
  return a;
}

const SIZES = [0, 1, 2, 3, 15, 16, 17, 100];
const LONG = [1023, 1024, 1025, 8191, 8192, 8193, 20001];

function shapeFor(dice: Dice, long: boolean): number[] {
  if (long) return [dice.pick(LONG)];
  const size = dice.pick(SIZES);
  return dice.pick([
    [size],
    [dice.int(1, 4), size],
    [dice.int(1, 3), dice.int(1, 5), dice.int(1, 6)],
    [40, 33],
  ]);
}

/** The same shape, or one that broadcasts to it. */
function beside(dice: Dice, shape: readonly number[]): number[] {
  if (dice.chance(0.6)) return [...shape];
  return shape.slice(dice.int(0, shape.length)).map((length) => (dice.chance(0.3) ? 1 : length));
}

interface Option {
  readonly python: string;
  readonly ours: Readonly<Record<string, unknown>>;
  readonly arrays: readonly np.NDArray[];
}

function optionFor(
  dice: Dice,
  operands: readonly np.NDArray[],
  shape: readonly number[],
  loose: boolean,
): Option {
  const next = `a[${operands.length}]`;
  // A result that is rounded to another dtype says nothing about units in the last place.
  const kind = dice.int(loose ? 2 : 0, 9);
  if (kind === 0) {
    const mask = randomArray(dice, beside(dice, shape), np.dtype("bool"));
    const out = randomArray(dice, shape, dice.pick(dtypes), true);
    const [ours, python] = [
      { where: mask, out, casting: "unsafe" },
      `where=${next}, out=a[${operands.length + 1}], casting='unsafe'`,
    ];
    return { ours, python, arrays: [mask, out] };
  }
  if (kind === 1) {
    const out = randomArray(dice, shape, dice.pick(dtypes), true);
    return { ours: { out }, python: `out=${next}`, arrays: [out] };
  }
  if (kind === 2) {
    const dtype = dice.pick(dtypes).name;
    return { ours: { dtype }, python: `dtype='${dtype}'`, arrays: [] };
  }
  if (kind === 3) {
    const order = dice.pick(["C", "F", "A", "K"]);
    return { ours: { order }, python: `order='${order}'`, arrays: [] };
  }
  if (kind === 4) {
    const casting = dice.pick(["no", "equiv", "safe", "same_kind", "unsafe"]);
    return { ours: { casting }, python: `casting='${casting}'`, arrays: [] };
  }
  return { ours: {}, python: "", arrays: [] };
}

function caseOf(dice: Dice, name: string, types: readonly Descriptor[], long: boolean): Case {
  const f = functions[name]!;
  const shape = shapeFor(dice, long);
  const operands = types.map((dtype, k) =>
    season(dice, randomArray(dice, k === 0 ? shape : beside(dice, shape), dtype, long)),
  );
  const option = optionFor(dice, operands, shape, LOOSE.test(name));
  const call = [...operands.map((_, k) => `a[${k}]`), option.python].filter((text) => text !== "");
  return {
    arrays: [...operands, ...option.arrays],
    run: () => f(...operands, option.ours),
    call: `np.${pythonName(name)}(${call.join(", ")})`,
    strides: option.ours["order"] !== undefined || Object.keys(option.ours).length === 0,
    ulps: LOOSE.test(name) ? 4 : types.some((d) => d.kind === "c") && COMPLEX.test(name) ? 2 : 0,
  };
}

function casesOf(name: string, seed: number): Case[] {
  const dice = new Dice(seed);
  const { nin } = functions[name]!;
  const pairs: (readonly Descriptor[])[] =
    nin === 1
      ? [...dtypes, ...dtypes, ...dtypes].map((d) => [d])
      : dtypes.flatMap((d) => dtypes.map((e) => (nin === 2 ? [d, e] : [d, e, d])));
  return pairs.map((types) => caseOf(dice, name, types, dice.chance(0.04)));
}

/** So many ufuncs are asked of NumPy at once. */
const TOGETHER = 8;
const asked = new Map<string, readonly string[]>();

function differences(name: string, round: number): readonly string[] {
  const key = (one: string) => `${one} ${round}`;
  if (!asked.has(key(name))) {
    const start = ufuncs.indexOf(name) - (ufuncs.indexOf(name) % TOGETHER);
    const group = ufuncs.slice(start, start + TOGETHER);
    const found = compareTogether(
      group.map((one) => casesOf(one, 1000 * round + one.length)),
      script,
    );
    for (const [k, one] of group.entries()) asked.set(key(one), found[k]!);
  }
  return asked.get(key(name))!;
}

for (const name of ufuncs) {
  test(`${name} is what NumPy gives, on every pair of dtypes`, { skip }, () => {
    for (let round = 0; round < rounds; round++) {
      const found = differences(name, round);
      assert.deepEqual(found.slice(0, 5), [], `${found.length} differ`);
    }
  });
}
