import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, skip } from "./against-numpy.ts";

const script = fileURLToPath(new URL("numpy_indexing.py", import.meta.url));
const integers = [plain.int8, plain.uint8, plain.int16, plain.uint16, plain.int32, plain.uint32, plain.int64];
const lengths = [0, 1, 2, 3, 3, 4, 5];
// From nothing NumPy takes without an end: see deviations.md.
const whole = lengths.slice(1);

function shapeOf(dice: Dice, least = 0, from = lengths): number[] {
  return Array.from({ length: dice.int(least, 3) }, () => dice.pick(from));
}

/** Integers of any dtype and layout from `low` to `high`, now and then one beyond. */
function numbers(
  dice: Dice,
  shape: readonly number[],
  low: number,
  high: number,
  types: readonly Descriptor[] = integers,
): np.NDArray {
  const dtype = dice.pick(types);
  const a = randomArray(dice, shape, dtype) as np.NDArray<"int64">;
  const stray = dice.chance(0.05) ? 3 : 0;
  for (const place of np.ndindex(shape)) {
    const index = Math.max(dtype.kind === "u" ? 0 : -128, dice.int(low - stray, high + stray));
    a.set(place, dtype.itemsize === 8 ? BigInt(index) : index);
  }
  return a;
}

/** An array that can be written. */
function target(dice: Dice, shape: readonly number[], types: readonly np.Descriptor[] = dtypes): np.NDArray {
  for (;;) {
    const a = randomArray(dice, shape, dice.pick(types));
    if (a.strides.every((stride, k) => stride !== 0 || shape[k]! <= 1)) return a;
  }
}

function written(arrays: np.NDArray[], run: () => void, call: string): Case {
  return {
    arrays,
    run: () => {
      run();
      return arrays[0];
    },
    call: `set ${call}`,
  };
}

const modes = ["raise", "wrap", "clip"] as const;

const draws: Readonly<Record<string, (dice: Dice) => Case>> = {
  take(dice) {
    const a = randomArray(dice, shapeOf(dice, 0, whole), dice.pick(dtypes));
    const axis = a.ndim > 0 && dice.chance(0.7) ? dice.int(-a.ndim, a.ndim - 1) : null;
    const length = axis === null ? a.size : a.shape.at(axis)!;
    const mode = dice.pick(modes);
    const i = numbers(dice, shapeOf(dice), -length, Math.max(0, length - 1));
    return {
      arrays: [a, i],
      run: () => np.take(a, i, { axis, mode }),
      call: `np.take(a[0], a[1], axis=${axis === null ? "None" : axis}, mode="${mode}")`,
      strides: true,
    };
  },
  "take into out"(dice) {
    const a = randomArray(dice, [3, 4], dice.pick(dtypes));
    const i = numbers(dice, [2], -3, 2);
    const out = target(dice, [2, dice.chance(0.9) ? 4 : 3]);
    return {
      arrays: [a, i, out],
      run: () => np.take(a, i, { axis: 0, out }),
      call: "np.take(a[0], a[1], axis=0, out=a[2])",
    };
  },
  compress(dice) {
    const a = randomArray(dice, shapeOf(dice, 0, whole), dice.pick(dtypes));
    const axis = a.ndim > 0 && dice.chance(0.7) ? dice.int(-a.ndim, a.ndim - 1) : null;
    const length = axis === null ? a.size : a.shape.at(axis)!;
    const c = randomArray(dice, [Math.max(0, length + dice.int(-2, 1))], dice.pick([plain.bool, plain.int8]));
    return {
      arrays: [c, a],
      run: () => np.compress(c, a, axis),
      call: `np.compress(a[0], a[1], axis=${axis === null ? "None" : axis})`,
      strides: true,
    };
  },
  extract(dice) {
    const shape = shapeOf(dice);
    const a = randomArray(dice, shape, dice.pick(dtypes));
    const c = randomArray(dice, dice.chance(0.7) ? shape : shapeOf(dice), dice.pick(dtypes));
    return { arrays: [c, a], run: () => np.extract(c, a), call: "np.extract(a[0], a[1])" };
  },
  put(dice) {
    const a = target(dice, shapeOf(dice));
    const i = numbers(dice, shapeOf(dice), -a.size, Math.max(0, a.size - 1));
    const v = randomArray(dice, shapeOf(dice), dice.chance(0.5) ? a.dtype : plain.bool);
    const mode = dice.pick(modes);
    return written([a, i, v], () => np.put(a, i, v, mode), `np.put(a[0], a[1], a[2], mode="${mode}")`);
  },
  place(dice) {
    const a = target(dice, shapeOf(dice));
    const m = randomArray(dice, dice.chance(0.9) ? a.shape : shapeOf(dice), dice.pick(dtypes));
    const v = randomArray(dice, [dice.int(0, 4)], dice.pick([a.dtype, plain.bool, plain.int16]));
    return written([a, m, v], () => np.place(a, m, v), "np.place(a[0], a[1], a[2])");
  },
  putmask(dice) {
    const a = target(dice, shapeOf(dice));
    const m = randomArray(dice, dice.chance(0.9) ? a.shape : shapeOf(dice), dice.pick(dtypes));
    const v = randomArray(dice, shapeOf(dice), dice.pick([a.dtype, plain.bool, plain.int16]));
    return written([a, m, v], () => np.putmask(a, m, v), "np.putmask(a[0], a[1], a[2])");
  },
  takeAlongAxis(dice) {
    const a = randomArray(dice, shapeOf(dice, 1), dice.pick(dtypes));
    const axis = dice.int(-a.ndim, a.ndim - 1);
    const at = axis < 0 ? axis + a.ndim : axis;
    const shape = a.shape.map((n, k) => (k === at ? dice.int(0, 3) : dice.chance(0.2) ? 1 : n));
    const i = numbers(dice, shape, -a.shape[at]!, Math.max(0, a.shape[at]! - 1), [...integers, plain.uint64]);
    return {
      arrays: [a, i],
      run: () => np.takeAlongAxis(a, i, axis),
      call: `np.take_along_axis(a[0], a[1], ${axis})`,
      strides: true,
    };
  },
  putAlongAxis(dice) {
    const a = target(dice, shapeOf(dice, 1));
    const axis = dice.int(-a.ndim, a.ndim - 1);
    const at = axis < 0 ? axis + a.ndim : axis;
    const shape = a.shape.map((n, k) => (k === at ? 1 : n));
    const i = numbers(dice, shape, -a.shape[at]!, Math.max(0, a.shape[at]! - 1));
    const v = randomArray(dice, shape.slice(dice.int(0, 1)), dice.chance(0.5) ? a.dtype : plain.bool);
    return written(
      [a, i, v],
      () => np.putAlongAxis(a, i, v, axis),
      `np.put_along_axis(a[0], a[1], a[2], ${axis})`,
    );
  },
  choose(dice) {
    const shape = shapeOf(dice);
    const some = () => shape.slice(dice.chance(0.3) ? 1 : 0).map((n) => (dice.chance(0.2) ? 1 : n));
    const count = dice.int(1, 4);
    const i = numbers(dice, some(), 0, count - 1, [...integers, plain.uint64, plain.bool]);
    const choices = Array.from({ length: count }, () => randomArray(dice, some(), dice.pick(dtypes)));
    const mode = dice.pick(modes);
    return {
      arrays: [i, ...choices],
      run: () => np.choose(i, choices, { mode }),
      call: `np.choose(a[0], a[1:], mode="${mode}")`,
      strides: true,
    };
  },
  select(dice) {
    const shape = shapeOf(dice, 1);
    const some = () => (dice.chance(0.3) ? shape.slice(1) : shape);
    const count = dice.int(1, 3);
    const conditions = [randomArray(dice, shape, plain.bool)];
    while (conditions.length < count) conditions.push(randomArray(dice, some(), plain.bool));
    const choices = Array.from({ length: count }, () => randomArray(dice, some(), dice.pick(dtypes)));
    const fallback = dice.chance(0.5) ? [] : [randomArray(dice, some(), dice.pick(dtypes))];
    return {
      arrays: [...conditions, ...choices, ...fallback],
      run: () => np.select(conditions, choices, ...fallback),
      call: `np.select(a[:${count}], a[${count}:${2 * count}], *a[${2 * count}:])`,
      strides: true,
    };
  },
  nonzero(dice) {
    const a = randomArray(dice, shapeOf(dice), dice.pick(dtypes));
    const axis = dice.int(0, Math.max(0, a.ndim - 1));
    return { arrays: [a], run: () => np.nonzero(a)[axis], call: `np.nonzero(a[0])[${axis}].astype("i4")` };
  },
  argwhere(dice) {
    const a = randomArray(dice, shapeOf(dice), dice.pick(dtypes));
    return {
      arrays: [a],
      run: () => np.argwhere(a),
      call: `np.argwhere(a[0]).astype("i4", order="K")`,
      strides: true,
    };
  },
  flatnonzero(dice) {
    const a = randomArray(dice, shapeOf(dice), dice.pick(dtypes));
    return { arrays: [a], run: () => np.flatnonzero(a), call: `np.flatnonzero(a[0]).astype("i4")` };
  },
  "flat positions"(dice) {
    const a = randomArray(dice, shapeOf(dice), dice.pick(dtypes));
    const i = numbers(dice, shapeOf(dice, 1), -a.size, Math.max(0, a.size - 1));
    return { arrays: [a, i], run: () => a.flat.gather(i), call: "a[0].flat[a[1]]", strides: true };
  },
  "flat masks"(dice) {
    const a = randomArray(dice, shapeOf(dice), dice.pick(dtypes));
    const m = randomArray(dice, [a.size + (dice.chance(0.1) ? 1 : 0)], plain.bool);
    return { arrays: [a, m], run: () => a.flat.gather(m), call: "a[0].flat[a[1]]" };
  },
  "setting flat positions"(dice) {
    const a = target(dice, shapeOf(dice));
    const i = dice.chance(0.7)
      ? numbers(dice, shapeOf(dice, 1), -a.size, Math.max(0, a.size - 1))
      : randomArray(dice, [a.size], plain.bool);
    const v = randomArray(dice, shapeOf(dice), dice.chance(0.5) ? a.dtype : plain.bool);
    return written([a, i, v], () => a.flat.set(i, v), "a[0].flat[a[1]] = a[2]");
  },
};

for (const [name, draw] of Object.entries(draws)) {
  test(`${name} is what NumPy makes of it`, { skip }, () => {
    const dice = new Dice(name.length);
    assert.deepEqual(
      compare(
        Array.from({ length: 300 }, () => draw(dice)),
        script,
      ),
      [],
    );
  });
}
