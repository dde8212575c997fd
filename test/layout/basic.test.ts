import assert from "node:assert/strict";
import { test } from "node:test";
import { type BasicIndex, elementOffset, flatOffset, indexLayout, unravel } from "../../src/layout/basic.ts";
import { denseLayout } from "../../src/layout/layout.ts";
import { clampSlice, parseSlice, s } from "../../src/layout/slice.ts";
import { addresses, Dice, everyIndex, type Model, modelOf, randomLayout } from "./model.ts";

const a = denseLayout([3, 4], 8, "C");
const b = denseLayout([2, 3, 4], 4, "C");
const layout = (shape: number[], strides: number[], offset: number) => ({ shape, strides, offset });

test("an index gives NumPy's shape, strides and offset", () => {
  const facts: [from: typeof a, index: BasicIndex[], shape: number[], strides: number[], offset: number][] = [
    [a, [], [3, 4], [32, 8], 0],
    [a, [1], [4], [8], 32],
    [a, ["1"], [4], [8], 32],
    [a, [1n], [4], [8], 32],
    [a, [-0], [4], [8], 0],
    [a, [-1, "::-1"], [4], [-8], 88],
    [a, [":", "::-1"], [3, 4], [32, -8], 24],
    [a, [s(), s(null, null, -1)], [3, 4], [32, -8], 24],
    [a, ["...", 1], [3], [32], 8],
    [a, ["1:", ":2"], [2, 2], [32, 8], 32],
    [a, ["::2", "1::2"], [2, 2], [64, 16], 8],
    [a, [null, "...", null], [1, 3, 4, 1], [0, 32, 8, 0], 0],
    [a, ["5:", ":"], [0, 4], [32, 8], 0],
    [a, ["::-1", "::-2"], [3, 2], [-32, -16], 88],
    [a, ["-2:", 3], [2], [32], 56],
    [a, [1, 2], [], [], 48],
    [a, ["..."], [3, 4], [32, 8], 0],
    [a, [1, 2, "..."], [], [], 48],
    [a, [":", null, 0], [3, 1], [32, 0], 0],
    [a, ["10:0:-3"], [1, 4], [-96, 8], 64],
    [a, ["3:", "3:"], [0, 1], [32, 8], 24],
    [b, ["...", 0], [2, 3], [48, 16], 0],
    [b, [0, "...", 0], [3], [16], 0],
    [b, [":", "1:", "::2"], [2, 2, 2], [48, 16, 8], 16],
    [b, ["...", null, 1], [2, 3, 1], [48, 16, 0], 4],
    [b, [":", "::-1"], [2, 3, 4], [48, -16, 4], 32],
    [b, [1, "..."], [3, 4], [16, 4], 48],
    [b, [":", -1, null, "::-3"], [2, 1, 2], [48, 0, -12], 44],
  ];
  for (const [from, index, shape, strides, offset] of facts) {
    assert.deepEqual(indexLayout(from, index), { shape, strides, offset }, index.map(String).join(", "));
  }
});

test("an offset that is there already is kept, and an axis that repeats has stride 0 when reversed", () => {
  assert.deepEqual(indexLayout(layout([3, 4], [32, 8], 100), [1, "::2"]), layout([2], [16], 132));
  assert.deepEqual(indexLayout(layout([3], [0], 8), ["::-1"]), layout([3], [0], 8));
});

test("an index that does not fit is an error in NumPy's words", () => {
  const facts: [index: unknown[], kind: string, message: string | RegExp][] = [
    [[3], "index", "index 3 is out of bounds for axis 0 with size 3"],
    [[0, 4], "index", "index 4 is out of bounds for axis 1 with size 4"],
    [[0, -5], "index", "index -5 is out of bounds for axis 1 with size 4"],
    [["...", "4"], "index", "index 4 is out of bounds for axis 1 with size 4"],
    [[null, 3], "index", "index 3 is out of bounds for axis 0 with size 3"],
    [[99999999999999999999n], "index", /^index 100000000000000000000 is out of bounds/],
    [[0, 0, 0], "index", "too many indices for array: array is 2-dimensional, but 3 were indexed"],
    [["::0", 0, 0], "index", /^too many indices/],
    [["...", "..."], "index", "an index can only have a single ellipsis ('...')"],
    [["::0"], "value", "slice step cannot be zero"],
    [[1.5], "index", /^1.5 is not a basic index; wanted an integer/],
    [[Number.NaN], "index", /^NaN is not a basic index/],
    [[Number.POSITIVE_INFINITY], "index", /^Infinity is not a basic index/],
    [[true], "index", /^true is not a basic index/],
    [[undefined], "index", /^undefined is not a basic index/],
    [[[0, 1]], "index", /^\[object Array\] is not a basic index/],
    [["x"], "index", /^"x" is not an index/],
    [[{ start: 0, stop: 1, step: 1 }], "index", /is not a basic index/],
    [Array(63).fill(null), "index", /^an array has at most 64 dimensions, the index would make 65$/],
  ];
  for (const [index, kind, message] of facts) {
    assert.throws(() => indexLayout(a, index as BasicIndex[]), { kind, message }, String(index));
  }
});

test("after an index that failed the next one is right", () => {
  assert.throws(() => indexLayout(b, ["::2", "::2", 9]));
  assert.deepEqual(indexLayout(b, [0]), layout([3, 4], [16, 4], 0));
});

/** What an index means, one part at a time, on a list of positions for each axis. */
function indexModel(source: Model, index: readonly BasicIndex[]): Model {
  const spoken = index.filter((part) => part !== null && part !== "...").length;
  const rest = Array<BasicIndex>(source.shape.length - spoken).fill(":");
  const full = index.includes("...")
    ? index.flatMap((part) => (part === "..." ? rest : [part]))
    : [...index, ...rest];
  let axis = 0;
  const positions = full.map((part) => {
    if (part === null) return { from: -1, keep: true, list: [0] };
    const length = source.shape[axis]!;
    const all = Array.from({ length }, (_, i) => i);
    if (typeof part === "number") return { from: axis++, keep: false, list: [all.at(part)!] };
    const { start, count, step } = clampSlice(
      typeof part === "string" ? parseSlice(part) : (part as never),
      length,
    );
    return { from: axis++, keep: true, list: Array.from({ length: count }, (_, i) => start + i * step) };
  });
  const kept = positions.filter(({ keep }) => keep);
  return {
    shape: kept.map(({ list }) => list.length),
    at: (view) => {
      const own = source.shape.map(() => 0);
      let k = 0;
      for (const { from, keep, list } of positions) {
        const position = list[keep ? view[k++]! : 0]!;
        if (from >= 0) own[from] = position;
      }
      return source.at(own);
    },
  };
}

function randomIndex(dice: Dice, shape: readonly number[]): BasicIndex[] {
  const bound = (length: number) => (dice.chance(0.4) ? "" : dice.int(-length - 1, length + 1));
  const index: BasicIndex[] = [];
  const used = dice.int(0, shape.length);
  const fromBack = dice.chance(0.3);
  if (fromBack) index.push("...");
  for (let k = 0; k < used; k++) {
    const length = shape[fromBack ? shape.length - used + k : k]!;
    if (dice.chance(0.15)) index.push(null);
    if (length > 0 && dice.chance(0.3)) index.push(dice.int(-length, length - 1));
    else
      index.push(
        `${bound(length)}:${bound(length)}:${dice.pick(["", 1, 2, -1, -1, -2, 3, -7])}` as BasicIndex,
      );
  }
  return index;
}

test("any index selects what it selects on lists of positions", () => {
  const dice = new Dice(6);
  for (let round = 0; round < 3000; round++) {
    const from = randomLayout(dice, 8, 4);
    const index = randomIndex(dice, from.shape);
    const got = indexLayout(from, index);
    const wanted = indexModel(modelOf(from), index);
    assert.deepEqual(got.shape, wanted.shape);
    assert.deepEqual(addresses(got), addresses(wanted), `${JSON.stringify(from)} ${JSON.stringify(index)}`);
  }
});

test("one element, a position in C order, and the index of a position agree with the list of all addresses", () => {
  const dice = new Dice(7);
  for (let round = 0; round < 400; round++) {
    const from = randomLayout(dice, 8, 4);
    const all = addresses(from);
    const indices = everyIndex(from.shape);
    for (const [position, index] of indices.entries()) {
      const negative = index.map((i, k) => (dice.chance(0.5) ? i - from.shape[k]! : i));
      assert.equal(elementOffset(from, negative), all[position]);
      assert.equal(flatOffset(from, position), all[position]);
      assert.equal(flatOffset(from, position - all.length), all[position]);
      assert.deepEqual(unravel(position, from.shape), index);
    }
  }
});

test("an element that does not exist is an index error", () => {
  const facts: [call: () => unknown, message: string | RegExp][] = [
    [() => elementOffset(a, [0, 4]), "index 4 is out of bounds for axis 1 with size 4"],
    [() => elementOffset(a, [-4, 0]), "index -4 is out of bounds for axis 0 with size 3"],
    [
      () => elementOffset(a, [0, 0, 0]),
      "too many indices for array: array is 2-dimensional, but 3 were indexed",
    ],
    [
      () => elementOffset(a, [0]),
      "too few indices for one element: array is 2-dimensional, but 1 were given",
    ],
    [() => elementOffset(a, [0, 0.5]), /^0.5 is not a basic index/],
    [() => elementOffset(a, [0, Number.NaN]), /^NaN is not a basic index/],
    [() => elementOffset(a, [0, "1" as never]), /^1 is not a basic index/],
    [() => elementOffset(layout([0], [8], 0), [0]), "index 0 is out of bounds for axis 0 with size 0"],
    [() => flatOffset(a, 12), "index 12 is out of bounds for size 12"],
    [() => flatOffset(a, -13), "index -13 is out of bounds for size 12"],
    [() => flatOffset(a, 1.5), /^1.5 is not a basic index/],
    [() => unravel(0, [2, 0]), "index 0 is out of bounds for size 0"],
    [() => unravel(1, []), "index 1 is out of bounds for size 1"],
  ];
  for (const [call, message] of facts) assert.throws(call, { kind: "index", message });
  assert.equal(elementOffset(a, [-1n as never, 1]), 72);
  assert.equal(flatOffset(layout([], [], 40), 0), 40);
});
