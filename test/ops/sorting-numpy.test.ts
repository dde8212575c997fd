import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/array/ndarray.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, skip } from "./against-numpy.ts";
import { awkwardArray, composed, every, simple } from "./awkward-arrays.ts";

const script = fileURLToPath(new URL("numpy_sorting.py", import.meta.url));
const LENGTHS = [0, 1, 2, 3, 5, 8, 17, 20, 21, 33, 64, 65, 100, 161, 299, 301, 601, 901, 1000];

function check(cases: readonly Case[]): void {
  assert.deepEqual(compare(cases, script), []);
}

function randomShape(dice: Dice): { shape: number[]; axis: number } {
  const rank = dice.int(1, 3);
  const axis = dice.int(0, rank - 1);
  const shape = Array.from({ length: rank }, (_, k) => (k === axis ? dice.pick(LENGTHS) : dice.int(1, 4)));
  return { shape, axis };
}

function sorts(dice: Dice, a: NDArray, axis: number): Case[] {
  const py = dice.chance(0.2) ? null : axis - (dice.chance(0.5) ? a.ndim : 0);
  const text = `axis=${py === null ? "None" : py}`;
  return [
    { arrays: [a], run: () => np.sort(a, py), call: `np.sort(a[0], kind="stable", ${text})`, strides: true },
    {
      arrays: [a],
      run: () => np.argsort(a, py),
      call: `np.argsort(a[0], kind="stable", ${text})`,
      strides: true,
    },
  ];
}

test("sort and argsort are NumPy's stable ones for every dtype, in any layout", { skip }, () => {
  const dice = new Dice(1);
  const cases = every.flatMap((dtype) =>
    Array.from({ length: 30 }, () => {
      const { shape, axis } = randomShape(dice);
      return sorts(dice, awkwardArray(dice, shape, dtype), axis);
    }),
  );
  check(cases.flat());
});

test("sort and argsort are NumPy's for long lines", { skip }, () => {
  const dice = new Dice(2);
  const shapes = [[12000], [3, 3000], [1500, 3]];
  const cases = every.flatMap((dtype) =>
    shapes.map((shape) => sorts(dice, awkwardArray(dice, shape, dtype), shape[0]! > 3 ? 0 : 1)),
  );
  check(cases.flat());
});

test("sorting in place writes where the elements are", { skip }, () => {
  const dice = new Dice(3);
  const cases = every.flatMap((dtype) =>
    Array.from({ length: 8 }, (): Case => {
      const { shape, axis } = randomShape(dice);
      const whole = awkwardArray(dice, [...shape, 2], dtype, true);
      const a = (shape.length === 2 ? whole.slice("...", 1).T : whole.slice("::-1", "...", 1)) as NDArray;
      const along = shape.length === 2 ? 1 - axis : axis;
      const run = () => {
        a.sort(along);
        return whole;
      };
      const view = shape.length === 2 ? "a[0][..., 1].T" : "a[0][::-1, ..., 1]";
      return { arrays: [whole], run, call: `(${view}.sort(axis=${along}, kind="stable"), a[0])[1]` };
    }),
  );
  check(cases);
});

test("the order of fields is NumPy's", { skip }, () => {
  const dice = new Dice(4);
  const dtype = composed[2]!;
  const cases = Array.from({ length: 30 }, (): Case[] => {
    const a = awkwardArray(dice, [dice.pick(LENGTHS)], dtype);
    const order = dice.pick([["y"], ["y", "x"], ["x"], []]);
    const text = `kind="stable", order=${JSON.stringify(order)}`;
    return [
      { arrays: [a], run: () => np.sort(a, { order }), call: `np.sort(a[0], ${text})` },
      { arrays: [a], run: () => np.argsort(a, { order }), call: `np.argsort(a[0], ${text})` },
    ];
  });
  check(cases.flat());
});

test("lexsort is NumPy's for keys of any dtypes", { skip }, () => {
  const dice = new Dice(5);
  const plainOnes = [...simple, ...composed.slice(0, 2)];
  const cases = Array.from({ length: 150 }, (): Case => {
    const { shape, axis } = randomShape(dice);
    const keys = Array.from({ length: dice.int(1, 4) }, () =>
      awkwardArray(dice, shape, dice.pick(plainOnes)),
    );
    const call = `np.lexsort([${keys.map((_, k) => `a[${k}]`)}], axis=${axis})`;
    return { arrays: keys, run: () => np.lexsort(keys, axis), call, strides: true };
  });
  check(cases);
});

test("what stands at a place is what NumPy's partition puts there", { skip }, () => {
  const dice = new Dice(6);
  const cases = every.flatMap((dtype) =>
    Array.from({ length: 12 }, (): Case[] => {
      const n = dice.pick(LENGTHS.slice(1));
      const a = awkwardArray(dice, [n], dtype);
      const kth = Array.from({ length: dice.int(1, 3) }, () => dice.int(0, n - 1));
      // Equal elements may differ in bits, and are open: what is compared is where they would be.
      const ranked = (x: string) => `np.searchsorted(np.sort(a[0]), ${x})`;
      const text = JSON.stringify(kth);
      const places = np.array(kth, "int32");
      const sorted = () => np.sort(a);
      const pick = (x: NDArray) => np.searchsorted(sorted(), np.array(kth.map((k) => x.slice(k))) as NDArray);
      return [
        {
          arrays: [a],
          run: () => pick(np.partition(a, kth) as NDArray),
          call: ranked(`np.partition(a[0], ${text})[${text}]`),
        },
        {
          arrays: [a],
          run: () => {
            const order = np.argpartition(a, places);
            return pick(np.array((order.tolist() as number[]).map((k) => a.slice(k))) as NDArray);
          },
          call: ranked(`a[0][np.argpartition(a[0], ${text})][${text}]`),
        },
      ];
    }).flat(),
  );
  check(cases);
});

test("searchsorted is NumPy's for every pair of dtypes", { skip }, () => {
  const dice = new Dice(7);
  const types = [...simple, ...composed.slice(0, 2)];
  const cases = types.flatMap((x) =>
    types.flatMap((y): Case[] => {
      const n = dice.pick(LENGTHS);
      const a = awkwardArray(dice, [n], x);
      const v = awkwardArray(dice, dice.pick([[5], [3, 4], [], [0], [9]]), y);
      const side = dice.pick(["left", "right"] as const);
      const sorted = np.sort(a);
      const sorter = np.argsort(a);
      return [
        {
          arrays: [sorted, v],
          run: () => np.searchsorted(sorted, v, side),
          call: `np.searchsorted(a[0], a[1], "${side}")`,
          strides: true,
        },
        {
          arrays: [a, v, sorter],
          run: () => np.searchsorted(a, v, { side, sorter }),
          call: `np.searchsorted(a[0], a[1], "${side}", a[2])`,
        },
      ];
    }),
  );
  check(cases);
});

test("searchsorted is NumPy's for structures, and digitize for bins that rise or fall", { skip }, () => {
  const dice = new Dice(8);
  const structs = composed.slice(2).flatMap((dtype) =>
    Array.from({ length: 5 }, (): Case => {
      const a = np.sort(awkwardArray(dice, [dice.pick(LENGTHS)], dtype)) as NDArray;
      const v = awkwardArray(dice, [6], dtype);
      return { arrays: [a, v], run: () => np.searchsorted(a, v), call: "np.searchsorted(a[0], a[1])" };
    }),
  );
  const types = simple.filter(({ itemsize, kind }) => itemsize < 8 || kind === "f");
  const bins = Array.from({ length: 80 }, (): Case => {
    const rising = np.sort(awkwardArray(dice, [dice.pick(LENGTHS)], dice.pick(types)));
    const edges = (dice.chance(0.5) ? rising : rising.slice("::-1")) as NDArray;
    const x = awkwardArray(dice, [3, 5], dice.pick(types));
    const right = dice.chance(0.5);
    const call = `np.digitize(a[0], a[1], right=${right ? "True" : "False"})`;
    return { arrays: [x, edges], run: () => np.digitize(x, edges, right), call, strides: true };
  });
  check([...structs, ...bins]);
});
