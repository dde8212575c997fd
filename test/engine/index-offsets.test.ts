import assert from "node:assert/strict";
import { test } from "node:test";
import { type IndexPart, selectOffsets } from "../../src/engine/index-offsets.ts";
import * as np from "../../src/index.ts";

// Elements are numbered, so that an offset names one: 2 × 3 × 4 in C order.
const cube = { shape: [2, 3, 4], strides: [12, 4, 1], offset: 0 };
const ints = (...list: number[]) => np.array(list, "int64");
const mask = np.array([
  [true, false, false],
  [false, false, true],
]);

const facts: readonly (readonly [name: string, index: IndexPart, shape: number[], offsets: number[]])[] = [
  ["an integer", 1, [3, 4], [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]],
  [
    "a list of integers",
    [1, 1],
    [2, 3, 4],
    [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]
      .flatMap((x) => [x])
      .concat([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]),
  ],
  ["three integers and a text", [1, "-1", 0, "..."], [], [20]],
  ["arrays side by side", [ints(0, 1), ints(2, 0), "1:3"], [2, 2], [9, 10, 13, 14]],
  ["arrays apart come first", [ints(0, 1), "::2", ints(3, 0)], [2, 2], [3, 11, 12, 20]],
  ["an integer counts as an array", [0, "::2", ints(3, 0)], [2, 2], [3, 11, 0, 8]],
  ["arrays broadcast", [np.array([[0n], [1n]]), ints(0, 2), -1], [2, 2], [3, 11, 15, 23]],
  ["an array in the middle", ["1", ints(0, 0), "0"], [2], [12, 12]],
  ["an array after a slice", [":", ints(-1), ":2"], [2, 1, 2], [8, 9, 20, 21]],
  ["a mask", mask, [2, 4], [0, 1, 2, 3, 20, 21, 22, 23]],
  ["a mask and an integer", [mask, 1, "..."], [2], [1, 21]],
  ["a mask of one axis", [":", [true, false, true], 0, null], [2, 2, 1], [0, 8, 12, 20]],
  ["nothing", [], [0, 3, 4], []],
  [
    "a transposed array",
    [
      0,
      0,
      np.transpose(
        np.array(
          [
            [0, 1],
            [2, 3],
          ],
          "int32",
        ),
      ),
    ],
    [2, 2],
    [0, 2, 1, 3],
  ],
  ["a reversed array of int64", [0, 0, np.array([0n, 1n, 3n]).slice("::-1")], [3], [3, 1, 0]],
  ["a new axis", [null, 0, 0, ints(1)], [1, 1], [1]],
];

for (const [name, index, shape, offsets] of facts) {
  test(`${name} names elements`, () => {
    const selected = selectOffsets(cube, index, "at");
    assert.deepEqual([...selected.offsets], offsets);
    assert.deepEqual(selected.shape, shape);
  });
}

const refused: readonly (readonly [name: string, index: IndexPart, message: RegExp])[] = [
  ["an index out of bounds", [2], /index 2 is out of bounds for axis 0 with size 2/],
  ["a negative one", [":", ints(-4)], /index -4 is out of bounds for axis 1 with size 3/],
  ["a mask of another shape", [[true, false, true], ":"], /mask of shape \(3,\)/],
  ["one beside nothing", [ints(), 7, 0], /index 7 is out of bounds for axis 1 with size 3/],
  ["fractions", [0.5], /of integers or bools/],
  ["too many", [0, 0, 0, ":"], /too many indices/],
];

for (const [name, index, message] of refused) {
  test(`${name} is an error`, () => {
    assert.throws(() => selectOffsets(cube, index, "at"), message);
  });
}
