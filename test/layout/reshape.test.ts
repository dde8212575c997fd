import assert from "node:assert/strict";
import { test } from "node:test";
import { denseLayout, type Layout, sizeOf } from "../../src/layout/layout.ts";
import { ravelKeep, reshapeLayout, resolveShape } from "../../src/layout/reshape.ts";
import { addresses, Dice, everyIndex, everyIndexF, modelOf, randomLayout } from "./model.ts";

test("the one open length is worked out", () => {
  const facts: [size: number, shape: number[], wanted: number[]][] = [
    [12, [-1], [12]],
    [12, [3, -1], [3, 4]],
    [12, [2, -1, 3], [2, 2, 3]],
    [12, [12, -1], [12, 1]],
    [12, [3, 4], [3, 4]],
    [1, [], []],
    [1, [-1], [1]],
    [0, [-1], [0]],
    [0, [-1, 3], [0, 3]],
    [0, [2, 0, 5], [2, 0, 5]],
  ];
  for (const [size, shape, wanted] of facts) assert.deepEqual(resolveShape(size, shape, [size]), wanted);
});

test("a shape that cannot be is an error with the numbers in it", () => {
  const facts: [from: number[], shape: number[], why: string][] = [
    [[3, 4], [5, -1], "12 is not a multiple of 5"],
    [[3, 4], [5], "12 elements do not fill 5"],
    [[3, 4], [], "12 elements do not fill 1"],
    [[3, 4], [-1, -1], "only one length can be left open with -1"],
    [[3, 4], [0, -1], "any length would do for -1 beside a length of 0"],
    [[0, 4], [0, -1], "any length would do for -1 beside a length of 0"],
    [[3, 4], [-2, 6], "-2 is not a length"],
    [[3, 4], [1.5, 8], "1.5 is not a length"],
    [[3, 4], [Number.NaN], "NaN is not a length"],
    [[1], Array(65).fill(1), "65 axes are too many; the most is 64"],
  ];
  for (const [from, shape, why] of facts) {
    assert.throws(
      () => resolveShape(sizeOf(from), shape, from),
      (error: Error & { kind?: string }) => {
        assert.equal(error.kind, "shape");
        assert.ok(error.message.startsWith("reshape: cannot reshape ("), error.message);
        return error.message.endsWith(`: ${why}`);
      },
    );
  }
  assert.throws(() => resolveShape(12, [5, -1], [3, 4]), {
    message: "reshape: cannot reshape (3, 4) into (5, -1): 12 is not a multiple of 5",
  });
});

// From the layout, to the shape, and the strides that NumPy finds in C and in Fortran order; null where it copies.
type Row = [shape: number[], strides: number[], to: number[], c: number[] | null, f: number[] | null];
const facts: Record<string, Row[]> = {
  dense: [
    [[4, 6], [48, 8], [24], [8], null],
    [
      [4, 6],
      [48, 8],
      [2, 2, 6],
      [96, 48, 8],
      [48, 96, 8],
    ],
    [
      [4, 6],
      [48, 8],
      [4, 2, 3],
      [48, 24, 8],
      [48, 8, 16],
    ],
    [[4, 6], [48, 8], [3, 8], [64, 8], null],
    [
      [4, 6],
      [48, 8],
      [4, 1, 6],
      [48, 48, 8],
      [48, 8, 8],
    ],
    [
      [4, 6],
      [48, 8],
      [1, 4, 6, 1],
      [192, 48, 8, 8],
      [48, 48, 8, 48],
    ],
    [
      [4, 6],
      [48, 8],
      [4, 6],
      [48, 8],
      [48, 8],
    ],
  ],
  "in Fortran order": [
    [[4, 6], [8, 32], [24], null, [8]],
    [
      [4, 6],
      [8, 32],
      [2, 2, 6],
      [16, 8, 32],
      [8, 16, 32],
    ],
    [
      [4, 6],
      [8, 32],
      [4, 2, 3],
      [8, 96, 32],
      [8, 32, 64],
    ],
    [
      [4, 6],
      [8, 32],
      [4, 6],
      [8, 32],
      [8, 32],
    ],
  ],
  "with stepped columns": [
    [[4, 3], [48, 16], [12], [16], null],
    [
      [4, 3],
      [48, 16],
      [4, 3, 1],
      [48, 16, 16],
      [48, 16, 48],
    ],
    [
      [4, 3],
      [48, 16],
      [2, 2, 3],
      [96, 48, 16],
      [48, 96, 16],
    ],
    [[4, 3], [48, 16], [12, 1], [16, 16], null],
    [[4, 3], [48, 16], [3, 4], [64, 16], null],
    [
      [4, 3],
      [48, 16],
      [4, 1, 3],
      [48, 48, 16],
      [48, 16, 16],
    ],
  ],
  "with stepped rows": [
    [[2, 6], [96, 8], [12], null, null],
    [
      [2, 6],
      [96, 8],
      [2, 2, 3],
      [96, 24, 8],
      [96, 8, 16],
    ],
    [
      [2, 6],
      [96, 8],
      [2, 3, 2],
      [96, 16, 8],
      [96, 8, 24],
    ],
    [
      [2, 6],
      [96, 8],
      [1, 2, 6],
      [192, 96, 8],
      [96, 96, 8],
    ],
  ],
  reversed: [
    [[6], [-8], [2, 3], [-24, -8], [-8, -16]],
    [[6], [-8], [6, 1], [-8, -8], [-8, -48]],
    [[6], [-8], [1, 6], [-48, -8], [-8, -8]],
    [[4, 6], [-48, -8], [24], [-8], null],
    [[4, 6], [-48, -8], [2, 12], [-96, -8], null],
    [[4, 6], [-48, 8], [24], null, null],
    [
      [4, 6],
      [-48, 8],
      [2, 2, 2, 3],
      [-96, -48, 24, 8],
      [-48, -96, 8, 16],
    ],
  ],
  spread: [
    [[4, 6], [0, 0], [24], [0], [0]],
    [
      [4, 6],
      [0, 0],
      [2, 12],
      [0, 0],
      [0, 0],
    ],
    [[2, 3], [0, 8], [6], null, null],
    [
      [2, 3],
      [0, 8],
      [2, 1, 3],
      [0, 24, 8],
      [0, 8, 8],
    ],
    [
      [2, 3],
      [0, 8],
      [1, 2, 3, 1],
      [0, 0, 8, 8],
      [0, 0, 8, 24],
    ],
  ],
  transposed: [
    [[6, 4], [8, 48], [24], null, [8]],
    [
      [6, 4],
      [8, 48],
      [2, 3, 4],
      [24, 8, 48],
      [8, 16, 48],
    ],
    [
      [6, 4],
      [8, 48],
      [6, 2, 2],
      [8, 96, 48],
      [8, 48, 96],
    ],
    [
      [6, 4],
      [8, 48],
      [3, 2, 4, 1],
      [16, 8, 48, 48],
      [8, 24, 48, 192],
    ],
  ],
  "that are a window": [
    [[2, 3], [48, 8], [6], null, null],
    [
      [2, 3],
      [48, 8],
      [2, 1, 3],
      [48, 24, 8],
      [48, 8, 8],
    ],
    [
      [2, 3],
      [48, 8],
      [2, 3, 1],
      [48, 8, 8],
      [48, 8, 24],
    ],
  ],
  "that are empty": [
    [
      [0, 3],
      [0, 0],
      [0, 3],
      [0, 0],
      [0, 0],
    ],
    [
      [0, 3],
      [0, 0],
      [3, 0],
      [8, 8],
      [8, 24],
    ],
    [[0, 3], [0, 0], [0], [8], [8]],
    [
      [0, 3],
      [0, 0],
      [2, 0, 5],
      [40, 40, 8],
      [8, 16, 16],
    ],
    [
      [0, 6],
      [48, 8],
      [6, 0],
      [8, 8],
      [8, 48],
    ],
  ],
  "that are one": [
    [[], [], [1], [8], [8]],
    [[], [], [1, 1], [8, 8], [8, 8]],
    [[1, 1], [8, 8], [], [], []],
    [[1, 1, 1], [-3, 0, 99], [1], [8], [8]],
  ],
};

for (const [name, rows] of Object.entries(facts)) {
  test(`elements ${name} are reshaped as NumPy reshapes them`, () => {
    for (const [shape, strides, to, c, f] of rows) {
      const from = { shape, strides, offset: 400 };
      const text = `(${shape}) by (${strides}) to (${to})`;
      assert.deepEqual(
        reshapeLayout(from, to, 8, "C"),
        c && { shape: to, strides: c, offset: 400 },
        `C ${text}`,
      );
      assert.deepEqual(
        reshapeLayout(from, to, 8, "F"),
        f && { shape: to, strides: f, offset: 400 },
        `F ${text}`,
      );
    }
  });
}

/** A random shape of so many elements. */
function randomShape(dice: Dice, size: number): number[] {
  const shape: number[] = [];
  if (size === 0)
    shape.push(...dice.shuffle([0, dice.int(0, 3), dice.int(1, 3)]).slice(0, dice.int(1, 3)), 0);
  for (let left = size; left > 1; left /= shape[0]!) {
    const divisors = Array.from({ length: left - 1 }, (_, i) => i + 2).filter((d) => left % d === 0);
    shape.unshift(dice.pick(divisors));
  }
  for (let count = dice.int(0, 2); count > 0; count--) shape.splice(dice.int(0, shape.length), 0, 1);
  return size === 0 ? shape : dice.shuffle(shape);
}

/** The strides under which `shape`, walked along `indices`, meets `wanted`; null if there are none. */
function findStrides(shape: number[], indices: number[][], wanted: number[]): number[] | null {
  const steps = shape.map((length, k) => {
    const unit = indices.findIndex((index) => index.every((i, j) => i === (j === k ? 1 : 0)));
    return length > 1 ? wanted[unit]! - wanted[0]! : 0;
  });
  const at = (index: number[]) => index.reduce((sum, i, k) => sum + i * steps[k]!, wanted[0]!);
  return indices.every((index, position) => at(index) === wanted[position]) ? steps : null;
}

test("a reshape keeps every element in its place in the count, and is refused only when no strides could", () => {
  const dice = new Dice(10);
  const outcomes = { view: 0, copy: 0 };
  for (let round = 0; round < 4000; round++) {
    const from = randomLayout(dice, 8, 4);
    const size = sizeOf(from.shape);
    if (size > 200) continue;
    const shape = randomShape(dice, size);
    const order = dice.pick(["C", "F"] as const);
    const count = order === "C" ? everyIndex : everyIndexF;
    const wanted = count(from.shape).map(modelOf(from).at);
    const got = reshapeLayout(from, shape, 8, order);
    const text = `${JSON.stringify(from)} to (${shape}) in ${order}`;
    outcomes[got === null ? "copy" : "view"]++;
    if (got === null) assert.equal(findStrides(shape, count(shape), wanted), null, text);
    else assert.deepEqual(count(shape).map(modelOf(got).at), wanted, text);
  }
  assert.ok(outcomes.view > 1000 && outcomes.copy > 500, JSON.stringify(outcomes));
});

test("a ravel in the order of memory is a view of one dense run, and only of one", () => {
  const table: [name: string, shape: number[], strides: number[], view: boolean][] = [
    ["dense", [4, 6], [48, 8], true],
    ["Fortran", [4, 6], [8, 32], true],
    ["transposed", [3, 4, 2], [32, 8, 96], true],
    ["rows reversed", [4, 6], [-48, 8], false],
    ["reversed", [6], [-8], false],
    ["columns stepped", [4, 3], [48, 16], false],
    ["with ones", [3, 1, 2], [8, 1000, 24], true],
    ["spread", [2, 3], [0, 8], false],
    ["0-d", [], [], true],
    ["empty", [3, 0], [999, -1], true],
  ];
  for (const [name, shape, strides, view] of table) {
    const got = ravelKeep({ shape, strides, offset: 80 }, 8);
    assert.deepEqual(got, view ? { shape: [sizeOf(shape)], strides: [8], offset: 80 } : null, name);
  }
  const dice = new Dice(11);
  for (let round = 0; round < 1000; round++) {
    const from: Layout = randomLayout(dice, 8, 3);
    const sorted = addresses(from).sort((a, b) => a - b);
    const run = sorted.every((address, i) => address === from.offset + 8 * i);
    assert.equal(ravelKeep(from, 8) !== null, run, JSON.stringify(from));
  }
  assert.deepEqual(ravelKeep(denseLayout([2, 3], 4, "F", 12), 4), { shape: [6], strides: [4], offset: 12 });
});
