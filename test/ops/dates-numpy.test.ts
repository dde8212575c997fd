import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/array/ndarray.ts";
import { Datetime64, Timedelta64 } from "../../src/dtype/date-scalars.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, randomArray, skip } from "./against-numpy.ts";

/**
 * Moments and spans of time against a live NumPy: casts between all units, ufuncs and reductions, over counts from the
 * whole range of 64 bits, on random layouts.
 */

const script = fileURLToPath(new URL("numpy_dates.py", import.meta.url));
const NAT = -(2n ** 63n);
const UNITS = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"];
/** So many of each unit are in 12000 years: counts of less are dates that people have. */
const REACH: Readonly<Record<string, number>> = {
  Y: 12e3,
  M: 144e3,
  W: 6e5,
  D: 44e5,
  h: 1e8,
  m: 6e9,
  s: 3.8e11,
};

function count(dice: Dice, unit: string): bigint {
  const kind = dice.int(0, 9);
  if (kind === 0) return NAT;
  // Where days since 1970 leave 64 bits, what NumPy makes of them depends on its compiler.
  if (kind > 0 && kind < 3 && /^[YMWD]$/.test(unit)) return BigInt(dice.int(-(2 ** 40), 2 ** 40));
  if (kind === 1) return dice.pick([0n, 1n, -1n, 2n ** 63n - 1n, NAT + 1n, 2n ** 62n, -(2n ** 62n)]);
  if (kind === 2) return BigInt.asIntN(64, BigInt(dice.int(0, 2 ** 31)) * BigInt(dice.int(0, 2 ** 31)) * 7n);
  const reach = Math.min(REACH[unit] ?? 2 ** 50, 2 ** 50);
  return BigInt(Math.floor((dice.next() - 0.5) * 2 * reach));
}

/** A random array of a dtype of dates, in a random layout. */
function dates(dice: Dice, shape: readonly number[], dtype: Descriptor, tame = false): NDArray {
  const a = randomArray(dice, shape, np.dtype("int64"), tame);
  const [unit] = np.datetimeData(dtype);
  const values = Array.from({ length: a.size }, () => count(dice, unit));
  if (a.size > 0) a.flat.set("...", values);
  return a.retype(a.layout, dtype);
}

function unit(dice: Dice): string {
  return `${dice.pick(["", "", "", "2", "7", "25", "1000"])}${dice.pick(UNITS)}`;
}

function dtypeOf(dice: Dice, letters = "Mm"): Descriptor {
  const letter = dice.pick([...letters]);
  return np.dtype(dice.chance(0.05) && letter === "m" ? "m8" : (`${letter}8[${unit(dice)}]` as np.DTypeLike));
}

function shapeOf(dice: Dice): number[] {
  return dice.pick([[], [7], [0], [33], [3, 4], [2, 1, 5], [130], [5, 0, 2]]);
}

function asResult(value: unknown): unknown {
  return value instanceof Datetime64 || value instanceof Timedelta64 ? np.asarray(value) : value;
}

function check(cases: readonly Case[]): void {
  assert.deepEqual(
    compare(
      cases.map((one) => ({ ...one, run: () => asResult(one.run()) })),
      script,
    ).slice(0, 20),
    [],
  );
}

test("every unit casts to every other one as in NumPy", { skip }, () => {
  const dice = new Dice(1);
  const cases: Case[] = [];
  for (const letter of ["M", "m"]) {
    for (const from of UNITS) {
      for (const to of UNITS) {
        for (const [p, q] of [
          ["", ""],
          [dice.pick(["2", "25"]), ""],
          ["", dice.pick(["7", "12"])],
          ["3", "10"],
        ]) {
          const [source, target] = [`${letter}8[${p}${from}]`, `${letter}8[${q}${to}]`];
          const a = dates(dice, [40], np.dtype(source as np.DTypeLike), true);
          cases.push({
            arrays: [a],
            run: () => np.astype(a, target as np.DTypeLike),
            call: `a[0].astype("${target}")`,
          });
        }
      }
    }
  }
  check(cases);
});

test("moments and spans cast to and from all other dtypes, on every layout", { skip }, () => {
  const dice = new Dice(2);
  const cases: Case[] = [];
  const plain = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "F", "D"] as const;
  for (let k = 0; k < 400; k++) {
    const other = dice.pick(plain);
    const dtype = dtypeOf(dice);
    const a = dates(dice, shapeOf(dice), dtype);
    cases.push({
      arrays: [a],
      run: () => np.astype(a, other),
      call: `a[0].astype("${other}")`,
      strides: true,
    });
    const b = randomArray(dice, shapeOf(dice), np.dtype(other));
    cases.push({
      arrays: [b],
      run: () => np.astype(b, dtype),
      call: `a[0].astype("${dtype.str}")`,
      strides: true,
    });
    const to = dtypeOf(dice);
    const call = `a[0].astype("${to.str}")`;
    cases.push({ arrays: [a], run: () => np.astype(a, to), call, strides: true });
  }
  check(cases);
});

const BINARY = [
  "add",
  "subtract",
  "multiply",
  "divide",
  "floor_divide",
  "remainder",
  "equal",
  "not_equal",
  "less",
  "less_equal",
  "greater",
  "greater_equal",
  "maximum",
  "minimum",
  "fmax",
  "fmin",
  "logical_and",
  "fmod",
  "power",
] as const;

type Binary = (a: np.NDArray, b: np.NDArray | number | bigint, options?: object) => NDArray;
const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const here = np as unknown as Readonly<Record<string, Binary>>;

/** The second operand: dates of a unit near by, or numbers. */
function partner(dice: Dice, shape: readonly number[], first: Descriptor): NDArray {
  const kind = dice.int(0, 5);
  if (kind === 0) return dates(dice, shape, dtypeOf(dice));
  if (kind === 1)
    return randomArray(dice, shape, np.dtype(dice.pick(["?", "i1", "u2", "i4", "i8", "u8"] as const)));
  if (kind === 2) return randomArray(dice, shape, np.dtype(dice.pick(["f2", "f4", "f8", "D"] as const)));
  const [own, many] = np.datetimeData(first);
  const at = Math.max(0, Math.min(UNITS.length - 1, UNITS.indexOf(own) + dice.int(-1, 1)));
  const near = `${dice.pick(["", `${many}`])}${UNITS[at]}`;
  return dates(dice, shape, np.dtype(`${dice.pick(["M", "m"])}8[${near}]` as np.DTypeLike));
}

test("ufuncs of two operands take NumPy's loops and give its results, on every layout", { skip }, () => {
  const dice = new Dice(3);
  const cases: Case[] = [];
  for (const name of BINARY) {
    const ufunc = here[camel(name)]!;
    for (let k = 0; k < 90; k++) {
      const shape = shapeOf(dice);
      const a = dates(dice, shape, dtypeOf(dice));
      const b = partner(
        dice,
        dice.chance(0.2) ? shape.map((n) => (n > 1 && dice.chance(0.5) ? 1 : n)) : shape,
        a.dtype,
      );
      const [x, y] = dice.chance(0.3) ? [b, a] : [a, b];
      cases.push({ arrays: [x, y], run: () => ufunc(x, y), call: `np.${name}(a[0], a[1])`, strides: true });
    }
    for (const [value, text] of [
      [3, "3"],
      [-2.5, "-2.5"],
      [7n, "7"],
      [0, "0"],
    ] as const) {
      const a = dates(dice, [20], dtypeOf(dice));
      cases.push({ arrays: [a], run: () => ufunc(a, value), call: `np.${name}(a[0], ${text})` });
      cases.push({ arrays: [a], run: () => ufunc(value as never, a), call: `np.${name}(${text}, a[0])` });
    }
  }
  check(cases);
});

test("divmod gives a count and a span", { skip }, () => {
  const dice = new Dice(4);
  const cases: Case[] = [];
  for (let k = 0; k < 60; k++) {
    const a = dates(dice, [30], dtypeOf(dice, "m"));
    const b = dice.chance(0.8) ? dates(dice, [30], a.dtype) : partner(dice, [30], a.dtype);
    for (const part of [0, 1]) {
      cases.push({
        arrays: [a, b],
        run: () => np.divmod(a, b)[part],
        call: `np.divmod(a[0], a[1])[${part}]`,
      });
    }
  }
  check(cases);
});

const UNARY = [
  "negative",
  "positive",
  "absolute",
  "sign",
  "isnat",
  "isnan",
  "isinf",
  "isfinite",
  "floor",
  "square",
];

test("ufuncs of one operand, out, where and casting", { skip }, () => {
  const dice = new Dice(5);
  const cases: Case[] = [];
  for (const name of UNARY) {
    for (let k = 0; k < 30; k++) {
      const a = dates(dice, shapeOf(dice), dtypeOf(dice));
      const run = () => (here[name] as unknown as (a: NDArray) => NDArray)(a);
      cases.push({ arrays: [a], run, call: `np.${name}(a[0])`, strides: true });
    }
  }
  for (let k = 0; k < 200; k++) {
    const shape = shapeOf(dice);
    const a = dates(dice, shape, dtypeOf(dice, "m"));
    const b = dates(dice, shape, dice.chance(0.5) ? a.dtype : dtypeOf(dice));
    const out = dates(dice, shape, dice.chance(0.6) ? b.dtype : dtypeOf(dice), true);
    const mask = randomArray(dice, shape, np.dtype("bool"));
    const casting = dice.pick(["safe", "same_kind", "unsafe", "equiv"] as const);
    const run = () => np.add(a, b, { out, where: mask, casting });
    const call = `np.add(a[0], a[1], out=a[2], where=a[3], casting="${casting}")`;
    cases.push({ arrays: [a, b, out, mask], run, call });
  }
  check(cases);
});

const REDUCTIONS: Readonly<Record<string, (a: NDArray, axis: number | null) => unknown>> = {
  "np.sum(a[0], axis=AXIS)": (a, axis) => np.sum(a, axis),
  "np.max(a[0], axis=AXIS)": (a, axis) => np.max(a, axis),
  "np.min(a[0], axis=AXIS)": (a, axis) => np.min(a, axis),
  "np.ptp(a[0], axis=AXIS)": (a, axis) => np.ptp(a, axis),
  "np.any(a[0], axis=AXIS)": (a, axis) => np.any(a, axis),
  "np.all(a[0], axis=AXIS)": (a, axis) => np.all(a, axis),
  "np.cumsum(a[0], axis=AXIS)": (a, axis) => np.cumsum(a, axis),
  "np.fmax.reduce(a[0], axis=AXIS)": (a, axis) => np.fmax.reduce(a, { axis }),
  "np.fmin.reduce(a[0], axis=AXIS)": (a, axis) => np.fmin.reduce(a, { axis }),
  "np.mean(a[0], axis=AXIS)": (a, axis) => np.mean(a, axis),
  "np.prod(a[0], axis=AXIS)": (a, axis) => np.prod(a, axis),
  "np.median(a[0], axis=AXIS)": (a, axis) => np.median(a, axis),
  "np.quantile(a[0], 0.3, axis=AXIS)": (a, axis) => np.quantile(a, 0.3, axis),
  "np.percentile(a[0], [0, 25, 50, 100], axis=AXIS)": (a, axis) => np.percentile(a, [0, 25, 50, 100], axis),
  "np.quantile(a[0], 0.7, axis=AXIS, method='lower')": (a, axis) =>
    np.quantile(a, 0.7, { axis, method: "lower" }),
  "np.nanquantile(a[0], 0.6, axis=AXIS)": (a, axis) => np.nanquantile(a, 0.6, axis),
  "np.argmax(a[0], axis=AXIS).astype('i4')": (a, axis) => asPositions(np.argmax(a, axis)),
  "np.argmin(a[0], axis=AXIS).astype('i4')": (a, axis) => asPositions(np.argmin(a, axis)),
};

function asPositions(found: NDArray | number): NDArray {
  return np.asarray(found, "int32");
}

test("reductions along every axis", { skip }, () => {
  const dice = new Dice(6);
  const cases: Case[] = [];
  for (const [call, run] of Object.entries(REDUCTIONS)) {
    for (let k = 0; k < 60; k++) {
      // There is no quantile of nothing, which is another error in NumPy.
      const few = /quantile|percentile/.test(call) ? [[1]] : [[0], [3, 0]];
      const shape = dice.pick([[9], [300], [3, 40], [40, 3], [2, 3, 5], ...few, [9000]]);
      const a = dates(dice, shape, dtypeOf(dice, dice.chance(0.5) ? "m" : "Mm"));
      // Sums that come to NaT by chance do not in another order.
      const counts = a.view("int64");
      if (a.layout.shape.length > 0)
        np.copyto(counts, np.where(np.isnat(a), counts, np.floorDivide(counts, 2n ** 20n)));
      // Most lines without NaT, so that something is to be seen.
      if (dice.chance(0.6)) np.copyto(a, np.zeros([], a.dtype), { where: np.isnat(a) });
      const axis = shape.length > 1 && dice.chance(0.7) ? dice.int(0, shape.length - 1) : null;
      const text = call.replace("AXIS", axis === null ? "None" : String(axis));
      cases.push({ arrays: [a], run: () => run(a, axis), call: text });
    }
  }
  check(cases);
});
