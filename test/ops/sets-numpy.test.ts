import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/array/ndarray.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, skip } from "./against-numpy.ts";
import { awkwardArray, composed, every, simple } from "./awkward-arrays.ts";

const script = fileURLToPath(new URL("numpy_sorting.py", import.meta.url));
const LENGTHS = [0, 1, 2, 7, 20, 65, 200, 700, 1000];

function check(cases: readonly Case[]): void {
  assert.deepEqual(compare(cases, script), []);
}

function randomShape(dice: Dice): number[] {
  return dice.pick([[dice.pick(LENGTHS)], [3, dice.int(0, 9)], [], [2, 3, dice.int(0, 4)]]);
}

test("unique is NumPy's for every dtype, in any layout", { skip }, () => {
  const dice = new Dice(1);
  const cases = every.flatMap((dtype) =>
    Array.from({ length: 12 }, (): Case[] => {
      const a = awkwardArray(dice, randomShape(dice), dtype);
      const equalNan = dice.chance(0.7);
      const all = { returnIndex: true, returnInverse: true, returnCounts: true, equalNan } as const;
      const nan = `equal_nan=${equalNan ? "True" : "False"}`;
      const call = `np.unique(a[0], True, True, True, ${nan})`;
      const parts = [0, 1, 2, 3].map((k): Case => {
        const run = () => (np.unique(a, all) as unknown as NDArray[])[k]!;
        return { arrays: [a], run, call: `${call}[${k}]`, ulps: k === 0 ? 1 : 0 };
      });
      const run = () => np.unique(a, { equalNan });
      // NumPy's table gives the NaN that it meets first, and takes all NaT for one.
      const isOdd = equalNan ? dtype.kind === "c" : "mM".includes(dtype.kind);
      const wanted = isOdd ? `${call}[0]` : `np.unique(a[0], ${nan})`;
      return [...parts, { arrays: [a], run, call: wanted, ulps: 1 }];
    }).flat(),
  );
  check(cases);
});

test("unique with an axis is NumPy's", { skip }, () => {
  const dice = new Dice(2);
  // NumPy puts NaN of float16 first when they are in fields, as the elements of a part are there.
  const types = [...simple, ...composed.slice(0, 2)].filter(({ type }) => type !== "float16");
  const cases = types.flatMap((dtype) =>
    Array.from({ length: 10 }, (): Case[] => {
      const shape = dice.pick([[40, 1], [2, 30], [3, 2, 4], [5], [0, 3], [4, 0]]);
      const a = awkwardArray(dice, shape, dtype);
      const axis = dice.int(0, shape.length - 1);
      const all = { returnIndex: true, returnInverse: true, returnCounts: true, axis } as const;
      return [0, 1, 2, 3].map((k): Case => {
        const run = () => (np.unique(a, all) as unknown as NDArray[])[k]!;
        const call = `np.unique(a[0], True, True, True, axis=${axis})[${k}]`;
        return { arrays: [a], run, call, strides: true, ulps: k === 0 ? 1 : 0 };
      });
    }).flat(),
  );
  check(cases);
});

/** NumPy compares 64 bits with and without a sign as floats. */
function isMixed(x: Descriptor, y: Descriptor): boolean {
  return [x, y].some(({ type }) => type === "uint64") && [x, y].some(({ kind }) => kind === "i");
}

test("isin and the sets are NumPy's for every pair of dtypes", { skip }, () => {
  const dice = new Dice(3);
  const types = [...simple, ...composed.slice(0, 2)];
  const cases = types.flatMap((x) =>
    types.flatMap((y): Case[] => {
      const a = awkwardArray(dice, randomShape(dice), x);
      const b = awkwardArray(dice, randomShape(dice), y);
      const arrays = [a, b];
      const invert = dice.chance(0.3);
      const isin: Case = {
        arrays,
        run: () => np.isin(a, b, { invert }),
        call: `np.isin(a[0], a[1], invert=${invert ? "True" : "False"})`,
        strides: true,
      };
      const both = { returnIndices: true } as const;
      const sets: Case[] = [
        { arrays, run: () => np.union1d(a, b), call: "np.union1d(a[0], a[1])", ulps: 1 },
        { arrays, run: () => np.intersect1d(a, b), call: "np.intersect1d(a[0], a[1])", ulps: 1 },
        { arrays, run: () => np.setxor1d(a, b), call: "np.setxor1d(a[0], a[1])", ulps: 1 },
        ...[0, 1, 2].map(
          (k): Case => ({
            arrays,
            run: () => np.intersect1d(a, b, both)[k]!,
            call: `np.intersect1d(a[0], a[1], return_indices=True)[${k}]`,
            ulps: 1,
          }),
        ),
      ];
      const less: Case = { arrays, run: () => np.setdiff1d(a, b), call: "np.setdiff1d(a[0], a[1])", ulps: 1 };
      return isMixed(x, y) ? sets : [isin, less, ...sets];
    }),
  );
  check(cases);
});

test("sets of structures and of what is known to be distinct are NumPy's", { skip }, () => {
  const dice = new Dice(4);
  const known = { assumeUnique: true } as const;
  const cases = [...composed.slice(2), ...simple].flatMap((dtype): Case[] => {
    const a = awkwardArray(dice, [dice.pick(LENGTHS)], dtype);
    const b = awkwardArray(dice, [dice.pick(LENGTHS)], dtype);
    const arrays = [a, b];
    const distinct = (np.unique(a) as NDArray).slice("::-1");
    return [
      { arrays, run: () => np.isin(a, b), call: "np.isin(a[0], a[1])" },
      {
        arrays: [distinct, b],
        run: () => np.setdiff1d(distinct, b, known),
        call: "np.setdiff1d(a[0], a[1], True)",
      },
      { arrays, run: () => np.setxor1d(a, b), call: "np.setxor1d(a[0], a[1])", ulps: 1 },
    ];
  });
  check(cases);
});
