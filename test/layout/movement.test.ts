import assert from "node:assert/strict";
import { test } from "node:test";
import { denseLayout, type Layout } from "../../src/layout/layout.ts";
import * as m from "../../src/layout/movement.ts";
import { addresses, Dice, type Model, modelOf, randomLayout } from "./model.ts";

const b = denseLayout([2, 3, 4], 4, "C");
const b4 = denseLayout([2, 3, 4, 5], 4, "C");
const ones = denseLayout([1, 3, 1], 4, "C");

test("a movement gives NumPy's shape, strides and offset", () => {
  const facts: [name: string, got: Layout, shape: number[], strides: number[], offset: number][] = [
    ["transpose(2, 0, 1)", m.permute(b, [2, 0, 1]), [4, 2, 3], [4, 48, 16], 0],
    ["transpose(-1, 0, 1)", m.permute(b, [-1, 0, 1]), [4, 2, 3], [4, 48, 16], 0],
    ["T", m.reverseAxes(b), [4, 3, 2], [4, 16, 48], 0],
    ["swapaxes(0, -1)", m.swapAxes(b, 0, -1), [4, 3, 2], [4, 16, 48], 0],
    ["swapaxes(1, 1)", m.swapAxes(b, 1, 1), [2, 3, 4], [48, 16, 4], 0],
    ["moveaxis(0, -1)", m.moveAxes(b, 0, -1), [3, 4, 2], [16, 4, 48], 0],
    ["moveaxis(-1, 0)", m.moveAxes(b, -1, 0), [4, 2, 3], [4, 48, 16], 0],
    ["moveaxis([0, 1], [-1, 0])", m.moveAxes(b, [0, 1], [-1, 0]), [3, 4, 2], [16, 4, 48], 0],
    ["moveaxis(0, [-1])", m.moveAxes(b, 0, [-1]), [3, 4, 2], [16, 4, 48], 0],
    ["moveaxis([2], [0])", m.moveAxes(b, [2], [0]), [4, 2, 3], [4, 48, 16], 0],
    ["moveaxis([2, 0], [0, 2])", m.moveAxes(b4, [2, 0], [0, 2]), [4, 3, 2, 5], [20, 80, 240, 4], 0],
    ["rollaxis(2)", m.rollAxis(b, 2), [4, 2, 3], [4, 48, 16], 0],
    ["rollaxis(0, 3)", m.rollAxis(b, 0, 3), [3, 4, 2], [16, 4, 48], 0],
    ["rollaxis(2, -2)", m.rollAxis(b, 2, -2), [2, 4, 3], [48, 4, 16], 0],
    ["flip()", m.flip(b), [2, 3, 4], [-48, -16, -4], 92],
    ["flip(1)", m.flip(b, 1), [2, 3, 4], [48, -16, 4], 32],
    ["flip((0, -1))", m.flip(b, [0, -1]), [2, 3, 4], [-48, 16, -4], 60],
    ["flip(())", m.flip(b, []), [2, 3, 4], [48, 16, 4], 0],
    ["expand_dims(0)", m.insertAxes(b, 0, 4), [1, 2, 3, 4], [96, 48, 16, 4], 0],
    ["expand_dims((1, -1))", m.insertAxes(b, [1, -1], 4), [2, 1, 3, 4, 1], [48, 48, 16, 4, 4], 0],
    ["squeeze()", m.dropAxes(ones), [3], [4], 0],
    ["squeeze(0)", m.dropAxes(ones, 0), [3, 1], [4, 4], 0],
    ["squeeze((0, -1))", m.dropAxes(ones, [0, -1]), [3], [4], 0],
    ["squeeze(nothing)", m.dropAxes(b), [2, 3, 4], [48, 16, 4], 0],
    ["rot90()", m.rot90(b), [3, 2, 4], [-16, 48, 4], 32],
    ["rot90(2)", m.rot90(b, 2), [2, 3, 4], [-48, -16, 4], 80],
    ["rot90(4)", m.rot90(b, 4), [2, 3, 4], [48, 16, 4], 0],
    ["rot90(-1, (1, 2))", m.rot90(b, -1, [1, 2]), [2, 4, 3], [48, 4, -16], 32],
    ["rot90(5, (2, 0))", m.rot90(b, 5, [2, 0]), [4, 3, 2], [4, 16, -48], 48],
    ["diagonal()", m.diagonal(b), [4, 2], [4, 64], 0],
    ["diagonal(1, 1, 2)", m.diagonal(b, 1, 1, 2), [2, 3], [48, 20], 4],
    ["diagonal(-1, 1, 2)", m.diagonal(b, -1, 1, 2), [2, 2], [48, 20], 16],
    ["diagonal(3, -2, -1)", m.diagonal(b, 3, -2, -1), [2, 1], [48, 20], 12],
    ["diagonal(9)", m.diagonal(b, 9), [4, 0], [4, 64], 0],
    ["sliding_window_view(2, 1)", m.slidingWindow(b, 2, 1), [2, 2, 4, 2], [48, 16, 4, 16], 0],
    ["window((2, 2), (2, 2))", m.slidingWindow(b, [2, 2], [2, 2]), [2, 3, 2, 2, 2], [48, 16, 4, 4, 4], 0],
    ["window((1, 3, 2))", m.slidingWindow(b, [1, 3, 2]), [2, 1, 3, 1, 3, 2], [48, 16, 4, 48, 16, 4], 0],
    ["window(0, 0)", m.slidingWindow(b, 0, 0), [3, 3, 4, 0], [48, 16, 4, 48], 0],
  ];
  for (const [name, got, shape, strides, offset] of facts)
    assert.deepEqual(got, { shape, strides, offset }, name);
});

test("an empty axis is not turned round, and a repeated one keeps stride 0", () => {
  const empty = { shape: [2, 0, 4], strides: [48, 16, 4], offset: 0 };
  assert.deepEqual(m.flip(empty, 1), empty);
  const spread = { shape: [2, 3], strides: [0, 8], offset: 0 };
  assert.deepEqual(m.flip(spread), { shape: [2, 3], strides: [0, -8], offset: 16 });
});

test("a split has NumPy's pieces", () => {
  const a = denseLayout([3, 4], 8, "C");
  const facts: [axis: number, sections: number | number[], pieces: [shape: number[], offset: number][]][] = [
    [
      1,
      3,
      [
        [[3, 2], 0],
        [[3, 1], 16],
        [[3, 1], 24],
      ],
    ],
    [
      0,
      5,
      [
        [[1, 4], 0],
        [[1, 4], 32],
        [[1, 4], 64],
        [[0, 4], 0],
        [[0, 4], 0],
      ],
    ],
    [
      -1,
      [1, 3],
      [
        [[3, 1], 0],
        [[3, 2], 8],
        [[3, 1], 24],
      ],
    ],
    [
      1,
      [3, 1, -1],
      [
        [[3, 3], 0],
        [[3, 0], 0],
        [[3, 2], 8],
        [[3, 1], 24],
      ],
    ],
    [0, [], [[[3, 4], 0]]],
    [
      0,
      [9],
      [
        [[3, 4], 0],
        [[0, 4], 0],
      ],
    ],
  ];
  for (const [axis, sections, pieces] of facts) {
    const wanted = pieces.map(([shape, offset]) => ({ shape, strides: [32, 8], offset }));
    assert.deepEqual(m.splitAlong(a, axis, sections), wanted);
  }
});

test("a movement that means nothing is an error that names the function and what was wrong", () => {
  const facts: [call: () => unknown, kind: string, message: RegExp][] = [
    [
      () => m.permute(b, [0, 1]),
      "value",
      /^transpose: axes don't match array: 2 axes given, the array has 3$/,
    ],
    [() => m.permute(b, [0, 1, -2]), "value", /^transpose: repeated axis/],
    [() => m.permute(b, [0, 1, 3]), "index", /^transpose: axis 3 is out of bounds for array of dimension 3$/],
    [() => m.swapAxes(b, 0, 3), "index", /^swapaxes: axis 3/],
    [() => m.moveAxes(b, [0], [0, 1]), "value", /^moveaxis: 1 source axes but 2 destinations$/],
    [() => m.moveAxes(b, [0, 0], [0, 1]), "value", /^moveaxis: repeated axis/],
    [() => m.moveAxes(b, 0, 3), "index", /^moveaxis: axis 3/],
    [() => m.rollAxis(b, 0, 4), "index", /^rollaxis: start 4 is out of bounds; wanted -3 to 3$/],
    [() => m.rollAxis(b, 0, 0.5), "index", /^rollaxis: start 0.5/],
    [() => m.flip(b, [0, 0]), "value", /^flip: repeated axis/],
    [() => m.flip(b, 3), "index", /^flip: axis 3/],
    [
      () => m.insertAxes(b, [0, 5], 4),
      "index",
      /^expandDims: axis 5 is out of bounds for array of dimension 5$/,
    ],
    [() => m.insertAxes(b, [0, 0], 4), "value", /^expandDims: repeated axis/],
    [
      () =>
        m.insertAxes(
          b,
          Array.from({ length: 62 }, (_, k) => k),
          4,
        ),
      "shape",
      /^expandDims: 65 axes/,
    ],
    [
      () => m.dropAxes(ones, 1),
      "shape",
      /^squeeze: axis 1 has length 3; only an axis of length 1 can be dropped$/,
    ],
    [() => m.dropAxes(b, [1]), "shape", /^squeeze: axis 1 has length 3/],
    [() => m.dropAxes(ones, 3), "index", /^squeeze: axis 3/],
    [
      () => m.rot90(b, 1, [0, -3]),
      "value",
      /^rot90: axes \(0, -3\) are not two different axes of an array of 3/,
    ],
    [() => m.rot90(b, 1, [0, 3]), "value", /^rot90: axes \(0, 3\)/],
    [() => m.rot90(b, 1, [0]), "value", /^rot90: axes \(0\)/],
    [() => m.rot90(b, 1.5), "value", /^rot90: 1.5 is not a whole number of quarter turns$/],
    [
      () => m.diagonal(m.dropAxes(ones)),
      "value",
      /^diagonal: wanted an array of at least two dimensions, given 1$/,
    ],
    [() => m.diagonal(b, 0, 1, -2), "value", /^diagonal: repeated axis/],
    [() => m.diagonal(b, 0.5), "value", /^diagonal: offset 0.5 is not an integer$/],
    [
      () => m.slidingWindow(b, 4, 1),
      "shape",
      /^slidingWindowView: a window of 4 does not fit in the 3 of axis 1$/,
    ],
    [() => m.slidingWindow(b, [2, 3], [0, 0]), "shape", /does not fit in the 1 of axis 0$/],
    [() => m.slidingWindow(b, -1, 1), "shape", /window length -1 is not an integer from 0 on/],
    [() => m.slidingWindow(b, 2), "shape", /1 window lengths for 3 axes; wanted one for each/],
    [() => m.slidingWindow(b, 1, 3), "index", /^slidingWindowView: axis 3/],
    [
      () => m.splitAlong(b, 0, 0),
      "value",
      /^arraySplit: 0 is not a number of pieces; wanted an integer from 1 on$/,
    ],
    [() => m.splitAlong(b, 0, 1.5), "value", /^arraySplit: 1.5/],
    [() => m.splitAlong(b, 0, [0.5]), "value", /^arraySplit: position 0.5 is not an integer$/],
    [() => m.splitAlong(b, 3, 2), "index", /^arraySplit: axis 3/],
  ];
  for (const [call, kind, message] of facts) assert.throws(call, { kind, message });
});

test("64 axes are allowed and 65 are not", () => {
  const wide = denseLayout(Array(63).fill(1), 8, "C");
  assert.equal(m.insertAxes(wide, 0, 8).shape.length, 64);
  assert.equal(m.slidingWindow(wide, 1, 0).shape.length, 64);
  assert.throws(() => m.insertAxes(wide, [0, 1], 8), { kind: "shape", message: /^expandDims: 65 axes/ });
  assert.throws(() => m.slidingWindow(wide, [1, 1], [0, 0]), { kind: "shape", message: /65 axes/ });
});

test("axis 0 of an array without axes may be squeezed, as NumPy lets it", () => {
  const scalar = denseLayout([], 8, "C");
  assert.deepEqual(m.dropAxes(scalar, 0), scalar);
  assert.deepEqual(m.dropAxes(scalar, -1), scalar);
  assert.throws(() => m.dropAxes(scalar, [0]), { kind: "index" });
});

/** One movement with random arguments, done on a layout and, index by index, on a model. */
function randomMove(dice: Dice, view: Layout, source: Model): [Layout, Model] | null {
  const { shape } = view;
  const ndim = shape.length;
  const axis = dice.int(0, ndim - 1);
  const other = dice.int(0, ndim - 1);
  const put = (index: readonly number[], k: number, value: number) =>
    index.map((i, j) => (j === k ? value : i));
  const withShape = (wanted: readonly number[], at: Model["at"]): Model => ({ shape: wanted, at });
  const moves: (() => [Layout, Model] | null)[] = [
    () => {
      const axes = dice.shuffle(shape.map((_, k) => k));
      const back = (index: readonly number[]) => source.at(axes.map((_, k) => index[axes.indexOf(k)]!));
      return [
        m.permute(view, axes),
        withShape(
          axes.map((k) => shape[k]!),
          back,
        ),
      ];
    },
    () => [m.reverseAxes(view), withShape([...shape].reverse(), (index) => source.at([...index].reverse()))],
    () => {
      const place = dice.int(0, ndim);
      const wanted = [...shape.slice(0, place), 1, ...shape.slice(place)];
      return [
        m.insertAxes(view, place, 8),
        withShape(wanted, (index) => source.at(index.filter((_, k) => k !== place))),
      ];
    },
    () => {
      if (shape[axis] !== 1) return null;
      const restored = (index: readonly number[]) =>
        source.at([...index.slice(0, axis), 0, ...index.slice(axis)]);
      return [
        m.dropAxes(view, axis),
        withShape(
          shape.filter((_, k) => k !== axis),
          restored,
        ),
      ];
    },
    () => {
      if (ndim === 0) return null;
      return [
        m.flip(view, axis),
        withShape(shape, (index) => source.at(put(index, axis, shape[axis]! - 1 - index[axis]!))),
      ];
    },
    () => {
      if (ndim === 0) return null;
      const order = shape.map((_, k) => k).filter((k) => k !== axis);
      order.splice(other, 0, axis);
      const back = (index: readonly number[]) => source.at(order.map((_, k) => index[order.indexOf(k)]!));
      return [
        m.moveAxes(view, axis, other),
        withShape(
          order.map((k) => shape[k]!),
          back,
        ),
      ];
    },
    () => {
      if (ndim < 2 || axis === other) return null;
      const k = dice.int(-3, 3);
      const length = shape.map((n, j) =>
        j === axis ? n + Math.min(k, 0) : j === other ? n - Math.max(k, 0) : n,
      );
      const rest = shape.filter((_, j) => j !== axis && j !== other);
      const wanted = [...rest, Math.max(0, Math.min(length[axis]!, length[other]!))];
      const at = (index: readonly number[]) => {
        const i = index.at(-1)!;
        let next = 0;
        const own = shape.map((_, j) =>
          j === axis ? i - Math.min(k, 0) : j === other ? i + Math.max(k, 0) : index[next++]!,
        );
        return source.at(own);
      };
      return [m.diagonal(view, k, axis, other), withShape(wanted, at)];
    },
    () => {
      if (ndim === 0 || ndim > 4) return null;
      const window = dice.int(0, Math.min(2, shape[axis]!));
      const wanted = [...put(shape, axis, shape[axis]! - window + 1), window];
      const at = (index: readonly number[]) =>
        source.at(put(index.slice(0, -1), axis, index[axis]! + index.at(-1)!));
      return [m.slidingWindow(view, window, axis), withShape(wanted, at)];
    },
    () => {
      if (ndim < 2 || axis === other) return null;
      // A quarter turn: what was at (i, j) comes to (n - 1 - j, i).
      const wanted = shape.map((n, j) => (j === axis ? shape[other]! : j === other ? shape[axis]! : n));
      const at = (index: readonly number[]) =>
        source.at(put(put(index, axis, index[other]!), other, shape[other]! - 1 - index[axis]!));
      return [m.rot90(view, 1, [axis, other]), withShape(wanted, at)];
    },
  ];
  return dice.pick(moves)();
}

test("a random chain of movements addresses the same elements as index arithmetic does", () => {
  const dice = new Dice(8);
  for (let round = 0; round < 700; round++) {
    let view = randomLayout(dice, 8, 4);
    let model = modelOf(view);
    for (let step = 0; step < 5; step++) {
      const moved = randomMove(dice, view, model);
      if (moved === null) continue;
      [view, model] = moved;
      assert.deepEqual(view.shape, model.shape);
      assert.deepEqual(addresses(view), addresses(model));
    }
  }
});

test("the pieces of a split are the axis again", () => {
  const dice = new Dice(9);
  for (let round = 0; round < 300; round++) {
    const from = randomLayout(dice, 8, 3);
    if (from.shape.length === 0) continue;
    const view = m.moveAxes(from, dice.int(0, from.shape.length - 1), 0);
    const sections = dice.int(1, 7);
    const pieces = m.splitAlong(view, 0, sections);
    const lengths = pieces.map((piece) => piece.shape[0]!);
    assert.equal(pieces.length, sections);
    assert.ok(Math.max(...lengths) - Math.min(...lengths) <= 1);
    assert.deepEqual(
      lengths,
      lengths.slice().sort((x, y) => y - x),
    );
    assert.deepEqual(pieces.flatMap(addresses), addresses(view));
  }
});
