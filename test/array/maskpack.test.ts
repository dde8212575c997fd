import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";

const dtypes: readonly np.DTypeLike[] = [
  "uint8",
  "float16",
  "float32",
  "float64",
  "complex128",
  [
    ["x", "u1"],
    ["y", "u2"],
  ],
];
const densities = [0, 0.001, 0.05, 0.3, 0.9, 0.99, 0.9995, 1];

/** Bytes that differ from element to element, in a layout of one or two axes. */
function numbered(dice: Dice, n: number, dtype: np.DTypeLike, layout: string): np.NDArray {
  const type = np.dtype(dtype);
  const bytes = Uint8Array.from({ length: 2 * n * type.itemsize }, () => dice.int(0, 255));
  const all = np.frombuffer(bytes.buffer, type) as np.NDArray;
  if (layout === "stepped") return all.slice("::2");
  if (layout === "reversed") return all.slice(`${n - 1}::-1`);
  if (layout === "F") return all.slice(`:${n}`).reshape([-1, 10]).T;
  if (layout === "short lines") return all.reshape([-1, 20]).slice(":", ":10");
  return all.slice(`:${n}`);
}

function maskFor(dice: Dice, a: np.NDArray, density: number): np.NDArray<"bool"> {
  const list = Uint8Array.from({ length: a.size }, () => (dice.chance(density) ? 1 : 0));
  return np.array(list).astype("bool").reshape(a.shape);
}

const bytesOf = (a: np.NDArray) => Buffer.from(a.tobytes());

/** Bytes of the elements that a mask picks, in C order. */
function picked(a: np.NDArray, mask: np.NDArray<"bool">): Buffer {
  const [bytes, truths, size] = [bytesOf(a), mask.tobytes(), a.itemsize];
  const parts: Buffer[] = [];
  for (let k = 0; k < truths.length; k++)
    if (truths[k] !== 0) parts.push(bytes.subarray(k * size, (k + 1) * size));
  return Buffer.concat(parts);
}

/** Bytes of the elements with those that a mask picks from a list, one after another, or beside. */
function spread(
  a: np.NDArray,
  mask: np.NDArray<"bool">,
  values: Buffer,
  kind: "next" | "beside" | "same",
): Buffer {
  const [bytes, truths, size] = [Buffer.from(bytesOf(a)), mask.tobytes(), a.itemsize];
  let next = 0;
  for (let k = 0; k < truths.length; k++) {
    if (truths[k] === 0) continue;
    const from = kind === "next" ? next++ : kind === "beside" ? k : 0;
    values.copy(bytes, k * size, from * size, (from + 1) * size);
  }
  return bytes;
}

for (const layout of ["line", "stepped", "reversed", "F", "short lines"]) {
  test(`masks of any density read and write the elements they pick: ${layout}`, () => {
    const dice = new Dice(layout.length);
    for (const dtype of dtypes) {
      for (const density of densities) {
        const n = dice.pick([90, 700, 20000]);
        const a = numbered(dice, n, dtype, layout);
        const mask = maskFor(dice, a, density);
        const say = `${String(a.dtype)} ${n} ${density}`;
        const values = a.gather(mask);
        assert.ok(bytesOf(values).equals(picked(a, mask)), `read ${say}`);

        const other = numbered(dice, n, dtype, layout);
        const line = other.gather(mask);
        const wanted = spread(a, mask, bytesOf(line), "next");
        const target = a.flags.writeable ? a : a.copy();
        target.set(mask, line);
        assert.ok(bytesOf(target).equals(wanted), `write ${say}`);

        const beside = spread(target, mask, bytesOf(other), "beside");
        np.copyto(target, other, { where: mask });
        assert.ok(bytesOf(target).equals(beside), `copyto ${say}`);

        const one = np.flatten(other).slice("0:1");
        const same = spread(target, mask, bytesOf(one), "same");
        target.set(mask, one);
        assert.ok(bytesOf(target).equals(same), `fill ${say}`);
      }
    }
  });
}

test("where many are true, their indices are those of a loop over all", () => {
  const dice = new Dice(3);
  for (const shape of [[20000], [150, 130], [30, 7, 90], [3, 5000, 2], [2, 3, 4, 5, 60]]) {
    for (const density of [0.01, 0.2, 0.9, 1]) {
      const mask = maskFor(dice, np.zeros(shape), density);
      const flat = mask.tobytes();
      const wanted: number[][] = shape.map(() => []);
      for (let k = 0; k < flat.length; k++) {
        if (flat[k] === 0) continue;
        let rest = k;
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          wanted[axis]!.push(rest % shape[axis]!);
          rest = Math.floor(rest / shape[axis]!);
        }
      }
      const found = np.nonzero(mask).map((one) => one.tolist());
      assert.deepEqual(found, wanted, `${shape} ${density}`);
      assert.deepEqual(np.argwhere(mask).T.tolist(), wanted, `argwhere ${shape} ${density}`);
      assert.deepEqual(np.nonzero(mask.T)[0]!.size, wanted[0]!.length);
    }
  }
});

test("indices that reach further than 32 bits are met one by one", () => {
  const wide = np.broadcastTo(np.array([5, 6]).reshape(2, 1), [2, 2 ** 31 + 10]);
  assert.deepEqual(wide.gather([1, 0], [2 ** 31 + 5, -1]).tolist(), [6, 5]);
  assert.throws(() => wide.gather(0, [2 ** 31 + 10]), /index 2147483658 is out of bounds/);
  assert.deepEqual(np.take(wide, [2 ** 33], { axis: 1, mode: "clip" }).tolist(), [[5], [6]]);
});
