import assert from "node:assert/strict";
import { test } from "node:test";
import * as math from "mathjs";
import * as ml from "ml-matrix";
import * as np from "../../src/index.ts";
import { mathjs } from "../../src/interop/mathjs.ts";
import { mlMatrix } from "../../src/interop/ml-matrix.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const rows = mlMatrix(ml as never);
const lists = mathjs(math as never);

for (const layout of Object.keys(layouts)) {
  test(`mathjs and ml-matrix read ${layout} as a copy of it`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      if (!"biufc".includes(strided.dtype.kind)) {
        assert.throws(() => lists.toMatrix(strided), /DTypeError: toMatrix: mathjs has no/);
        continue;
      }
      if (strided.ndim === 0) {
        assert.throws(() => lists.toMatrix(strided), /ShapeError: toMatrix: a 0-d array is no matrix/);
        continue;
      }
      const back = lists.fromMatrix(lists.toMatrix(strided));
      assert.deepEqual(back.tolist(), dense.tolist(), `${layout}, ${dtype}`);
      if (strided.ndim !== 2 || strided.size === 0 || strided.dtype.name !== "float64") continue;
      assert.deepEqual(
        rows.fromMatrix(rows.toMatrix(strided)).tolist(),
        dense.tolist(),
        `${layout}, ${dtype}`,
      );
    }
  });
}

test("ml-matrix writes into rows wherever they lie, and gets a copy of columns that lie apart", () => {
  const a = np.arange(6).reshape(2, 3);
  const turned = rows.toMatrix(a.slice("::-1", "1:")) as unknown as ml.WrapperMatrix2D;
  assert.deepEqual(turned.to2DArray(), [
    [4, 5],
    [1, 2],
  ]);
  turned.set(0, 0, 40);
  assert.equal(a.at(1, 1), 40);
  const apart = rows.toMatrix(a.T) as unknown as ml.WrapperMatrix2D;
  apart.set(0, 0, 100);
  assert.equal(a.at(0, 0), 0);
  assert.throws(
    () => rows.toMatrix(a.T, { copy: false }),
    /axis 1 has stride 24, wanted 8; ml-matrix takes only elements side by side along the last axis/,
  );
  assert.deepEqual(
    ml
      .inverse(
        rows.toMatrix(
          np.array([
            [2, 0],
            [0, 4],
          ]),
        ) as never,
      )
      .to2DArray(),
    [
      [0.5, 0],
      [0, 0.25],
    ],
  );
  assert.throws(() => rows.toMatrix(np.ones(3)), /ShapeError: toMatrix/);
});

test("mathjs computes with what it is given, complex numbers among it", () => {
  const z = np.array([np.complex(1, 2), np.complex(0, -1)]);
  const doubled = math.multiply(lists.toMatrix(z) as never, 2) as never;
  assert.deepEqual(lists.fromMatrix(doubled).tolist(), [np.complex(2, 4), np.complex(0, -2)]);
});

test("both load their packages by themselves", async () => {
  assert.deepEqual((await mathjs()).fromMatrix((await mathjs()).toMatrix(np.ones(2))).tolist(), [1, 1]);
  assert.equal((await mlMatrix()).toMatrix(np.ones([1, 2])).columns, 2);
});
