import assert from "node:assert/strict";
import { test } from "node:test";
import { frombuffer } from "../../src/array/adopt.ts";
import { asStrided } from "../../src/array/asstrided.ts";
import { array } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import { zeros } from "../../src/array/filled.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { isNdError } from "../../src/errors.ts";
import { byteRange } from "../../src/layout/layout.ts";
import { Dice, everyIndex } from "../layout/model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const a = array([0, 1, 2, 3, 4]);

test("any strides are taken that stay within the array that owns the memory", () => {
  const facts: [view: NDArray, values: unknown, writeable: boolean][] = [
    [asStrided(a), [0, 1, 2, 3, 4], true],
    [
      asStrided(a, { shape: [3, 3], strides: [8, 8] }),
      [
        [0, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
      false,
    ],
    [asStrided(a, { shape: 3, strides: [16] }), [0, 2, 4], true],
    [
      asStrided(a, { shape: [2, 2], strides: [16, 8] }),
      [
        [0, 1],
        [2, 3],
      ],
      true,
    ],
    [asStrided(a, { shape: [3], strides: [0] }), [0, 0, 0], false],
    [asStrided(a, { shape: [], strides: [] }), 0, true],
    [asStrided(a, { shape: [2], strides: [8], writeable: false }), [0, 1], false],
    [asStrided(a.slice("::-1"), { shape: [5] }), [4, 3, 2, 1, 0], true],
    [asStrided(a.slice("2:3"), { shape: [3], strides: [8] }), [2, 3, 4], true],
    [asStrided(a.slice("2:3"), { shape: [3], strides: [-8] }), [2, 1, 0], true],
    [
      asStrided([1, 2], { shape: [2, 2], strides: [0, 8] }),
      [
        [1, 2],
        [1, 2],
      ],
      false,
    ],
    [asStrided(a, { shape: [0], strides: [99] }), [], true],
  ];
  for (const [view, values, writeable] of facts) {
    assert.deepEqual([tolist(view), view.flags.writeable], [values, writeable]);
    assert.ok(!view.flags.owndata);
  }
  assert.equal(asStrided(a).base, a);
  assert.equal(asStrided(a.slice("1:")).base, a);
});

test("a neighbour in the same buffer is out of reach", () => {
  const [first, second] = [zeros(4), zeros(4)];
  assert.equal(first.buffer, second.buffer);
  const step = second.byteOffset - first.byteOffset;
  assert.throws(
    () => asStrided(first, { shape: [2], strides: [step] }),
    /array that owns the memory, which has 32/,
  );
  assert.throws(() => asStrided(second, { shape: [2], strides: [-step] }), /needs bytes -/);
});

test("what cannot be is refused", () => {
  const frozen = array([1, 2]);
  frozen.setflags({ write: false });
  const facts: [make: () => unknown, text: RegExp][] = [
    [
      () => asStrided(a, { shape: [6] }),
      /needs bytes 0 to 48 of the array that owns the memory, which has 40/,
    ],
    [() => asStrided(a, { shape: [2], strides: [-8] }), /needs bytes -8 to 8/],
    [() => asStrided(a, { shape: [2, 2], strides: [2 ** 53 - 1, 8] }), /needs bytes/],
    [() => asStrided(a, { strides: [0.5] }), /stride 0.5/],
    [() => asStrided(a, { shape: [2, 2] }), /has 2 axes/],
    [() => asStrided(a, { shape: [3], strides: [0], writeable: true }), /elements that overlap/],
    [() => asStrided(frozen, { writeable: true }), /read-only; copy it/],
    [() => asStrided(frombuffer(new ArrayBuffer(64), "u1", { count: 8 }), { shape: [9] }), /which has 8/],
  ];
  for (const [make, text] of facts) {
    assert.throws(make, (error) => isNdError(error) && text.test(error.message), String(text));
  }
  assert.ok(!asStrided(frozen).flags.writeable);
});

test("random strides are accepted exactly when every element lies in the owner", () => {
  const dice = new Dice(3);
  let accepted = 0;
  for (let round = 0; round < 3000; round++) {
    const owner = zeros([dice.int(1, 4), dice.int(1, 4)], dice.pick(["int8", "int32", "float64"]));
    const view = owner.slice(dice.pick([":", "::-1", "1:"]), dice.pick([":", "::-1", "::2"]));
    if (view.size === 0) continue;
    const shape = Array.from({ length: dice.int(0, 3) }, () => dice.int(1, 3));
    const strides = shape.map(() => dice.int(-2, 4) * (dice.chance(0.8) ? owner.itemsize : 1));
    const [low, high] = byteRange(owner.layout, owner.itemsize);
    const firsts = everyIndex(shape).map((index) =>
      index.reduce((sum, i, k) => sum + i * strides[k]!, view.byteOffset),
    );
    const inside = firsts.every((at) => at >= low && at + owner.itemsize <= high);
    if (inside) assert.deepEqual(asStrided(view, { shape, strides }).strides, strides);
    else
      assert.throws(
        () => asStrided(view, { shape, strides }),
        (error) => isNdError(error, "value"),
      );
    accepted += Number(inside);
  }
  assert.ok(accepted > 300);
});
