import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { IndexPart } from "../../src/array/index-plan.ts";
import { plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, dtypes, randomArray, skip } from "./against-numpy.ts";

const script = fileURLToPath(new URL("numpy_indexing.py", import.meta.url));
const integers = [
  plain.int8,
  plain.uint8,
  plain.int16,
  plain.uint16,
  plain.int32,
  plain.uint32,
  plain.int64,
  plain.uint64,
];

/** An array of indices for an axis of a length, in any layout; now and then one is out of bounds. */
function indices(dice: Dice, shape: readonly number[], length: number): np.NDArray {
  const dtype = dice.pick(integers);
  const a = randomArray(dice, shape, dtype) as np.NDArray<"int64">;
  const stray = dice.chance(0.03);
  const signed = dtype.kind === "i";
  for (const place of np.ndindex(shape)) {
    const low = signed ? -length : 0;
    const index =
      length === 0 || stray ? dice.int(low - (signed ? 2 : 0), length + 1) : dice.int(low, length - 1);
    a.set(place, dtype.itemsize === 8 ? BigInt(index) : index);
  }
  return a;
}

/** Parts of an index, and the same as Python writes it. */
interface Drawn {
  readonly parts: IndexPart[];
  readonly texts: string[];
  readonly arrays: np.NDArray[];
}

function sliceText(dice: Dice): string {
  return dice.pick([":", "1:", "::-1", ":2", "::2", "-2:", "1:1"]);
}

/** Shapes that can be broadcast to one. */
function broadcastable(dice: Dice, shape: readonly number[]): number[] {
  return shape.slice(dice.chance(0.3) ? 1 : 0).map((length) => (dice.chance(0.2) ? 1 : length));
}

function draw(dice: Dice, lengths: readonly number[], first: number): Drawn {
  const drawn: Drawn = { parts: [], texts: [], arrays: [] };
  const common = Array.from({ length: dice.int(0, 2) }, () => dice.int(0, 3));
  const add = (part: IndexPart, text: string) => {
    drawn.parts.push(part);
    drawn.texts.push(text);
  };
  const array = (a: np.NDArray) => {
    drawn.arrays.push(a);
    add(a, `a[${first + drawn.arrays.length - 1}]`);
  };
  let axis = 0;
  let ellipsis = false;
  while (axis < lengths.length && !dice.chance(0.12)) {
    const length = lengths[axis]!;
    const kind = dice.int(0, 11);
    if (kind < 4) array(indices(dice, broadcastable(dice, common), length));
    else if (kind < 6) {
      const text = sliceText(dice);
      add(text as ":", text);
    } else if (kind === 6) {
      const index = dice.int(-length, Math.max(length - 1, 0));
      add(index, String(index));
    } else if (kind === 7) {
      add(null, "None");
      axis--;
    } else if (kind === 8 && !ellipsis) {
      ellipsis = true;
      add("...", "...");
      axis += dice.int(0, 1) - 1;
    } else if (kind === 9) {
      const truth = dice.chance(0.7);
      add(truth, truth ? "True" : "False");
      axis--;
    } else if (kind === 10) {
      const shape = lengths.slice(axis, axis + dice.int(1, 2));
      const mask = randomArray(dice, dice.chance(0.05) ? shape.map((n) => n + 1) : shape, plain.bool);
      array(mask);
      axis += shape.length - 1;
    } else {
      const list = Array.from({ length: common.at(-1) ?? 2 }, () =>
        dice.int(-length, Math.max(0, length - 1)),
      );
      add(list, `np.array(${JSON.stringify(list)}, int)`);
    }
    axis++;
  }
  return drawn;
}

function indexText(texts: readonly string[]): string {
  return `(${texts.map((text) => (text.includes(":") ? `slice(${sliceArguments(text)})` : text)).join(", ")},)`;
}

function sliceArguments(text: string): string {
  const parts = text.split(":");
  while (parts.length < 3) parts.push("");
  return parts.map((part) => (part === "" ? "None" : part)).join(", ");
}

function shapeFor(dice: Dice): number[] {
  return Array.from({ length: dice.int(0, 4) }, () => dice.pick([0, 1, 2, 3, 3, 4, 5]));
}

function reading(dice: Dice): Case {
  const a = randomArray(dice, shapeFor(dice), dice.pick(dtypes));
  const { parts, texts, arrays } = draw(dice, a.shape, 1);
  // Basic parts alone are a copy here, and a view there.
  const mixed = parts.some(
    (part) => typeof part === "boolean" || (typeof part === "object" && part !== null && !("kind" in part)),
  );
  return {
    arrays: [a, ...arrays],
    run: () => a.gather(...parts),
    call: parts.length === 0 ? "a[0][()]" : `a[0][${indexText(texts)}]`,
    strides: mixed && arrays.every((one) => one.ndim > 0),
  };
}

for (const seed of [1, 2, 3, 4]) {
  test(`gather reads what NumPy reads, laid out as there: ${seed}`, { skip }, () => {
    const dice = new Dice(seed);
    const cases = Array.from({ length: 500 }, () => reading(dice));
    assert.deepEqual(compare(cases, script), []);
  });
}

/** An array in a layout that can be written. */
function target(dice: Dice, shape: readonly number[]): np.NDArray {
  for (;;) {
    const a = randomArray(dice, shape, dice.pick(dtypes));
    if (a.strides.every((stride, k) => stride !== 0 || shape[k]! <= 1)) return a;
  }
}

function writing(dice: Dice): Case {
  const a = target(dice, shapeFor(dice));
  const { parts, texts, arrays } = draw(dice, a.shape, 2);
  const dtype = dice.pick(dtypes.filter((type) => a.dtype.kind === "c" || type.kind !== "c"));
  let shape: number[] = [];
  try {
    shape = a.gather(...parts).shape;
  } catch {
    // Whatever the error is, it comes again.
  }
  const given = dice.chance(0.1) ? [...shape, 2] : broadcastable(dice, shape);
  // Where a place is named twice, NumPy lets the order of indices in memory decide: see deviations.md.
  const ordered = arrays.every((one) => one.flags.cContiguous);
  const one = shape.length === 0 || (parts.length === 1 && arrays[0]?.dtype.kind === "b");
  const kind = ordered && !one ? dice.int(0, 3) : 1;
  const value =
    kind === 0 && shape.length === a.ndim
      ? a
      : randomArray(dice, kind === 1 ? [] : given, sameKind(a, dtype));
  const call = `set a[0][${parts.length === 0 ? "()" : indexText(texts)}] = ${value === a ? "a[0]" : "a[1]"}`;
  return {
    arrays: [a, value === a ? np.zeros(1) : value, ...arrays],
    run: () => {
      a.set(parts, value);
      return a;
    },
    call,
  };
}

/** Casts of floats beyond an integer's range are not compared here. */
function sameKind(a: np.NDArray, dtype: np.Descriptor): np.Descriptor {
  return a.dtype.kind === "b" || dtype.kind === a.dtype.kind || "iub".includes(dtype.kind) ? dtype : a.dtype;
}

for (const seed of [1, 2, 3, 4]) {
  test(`set writes what NumPy writes: ${seed}`, { skip }, () => {
    const dice = new Dice(seed + 100);
    const cases = Array.from({ length: 500 }, () => writing(dice));
    assert.deepEqual(compare(cases, script), []);
  });
}
