import assert from "node:assert/strict";
import { before, test } from "node:test";
import cvModule from "@techstark/opencv-js";
import * as np from "../../src/index.ts";
import { type CvMat, type OpenCv, opencv } from "../../src/interop/opencv.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const cv = cvModule as unknown as Record<string, number> & {
  Mat: new (...args: unknown[]) => CvMat & { delete(): void };
  Size: new (width: number, height: number) => unknown;
  GaussianBlur(src: CvMat, dst: CvMat, size: unknown, sigma: number): void;
  cvtColor(src: CvMat, dst: CvMat, code: number): void;
  resize(src: CvMat, dst: CvMat, size: unknown): void;
  mean(src: CvMat): number[];
};
let lib: OpenCv;

before(async () => {
  lib = await opencv();
});

/** Runs an operation of OpenCV on an array and gives the result. */
function apply(a: np.NDArray, operation: (src: CvMat, dst: CvMat) => void): np.NDArray {
  const src = lib.toMat(a);
  const dst = new cv.Mat();
  try {
    operation(src, dst);
    return lib.fromMat(dst);
  } finally {
    src.delete();
    dst.delete();
  }
}

const DTYPES = ["uint8", "int8", "uint16", "int16", "int32", "float32", "float64"] as const;

test("every depth and number of channels goes there and comes back, from every layout", () => {
  for (const dtype of DTYPES) {
    for (const channels of [1, 2, 3, 4]) {
      const a = np
        .arange(5 * 6 * channels)
        .reshape(5, 6, channels)
        .astype(dtype);
      const views = {
        dense: a,
        flat: a.slice("...", 0),
        flipped: a.slice(":", "::-1"),
        "upside down": a.slice("::-1"),
        turned: a.swapaxes(0, 1),
        "channels in reverse": a.slice("...", "::-1"),
        stepped: a.slice("::2", "::2"),
        window: a.slice("1:4", "2:5"),
        repeated: np.broadcastTo(a.slice(0), [4, 6, channels]),
      };
      for (const [name, view] of Object.entries(views)) {
        const mat = lib.toMat(view);
        const back = lib.fromMat(mat);
        mat.delete();
        const wanted = channels === 1 && view.ndim === 3 ? view.slice("...", 0) : view;
        assert.deepEqual(back.tolist(), wanted.tolist(), `${name}, ${dtype}, ${channels}`);
        assert.equal(back.dtype.name, dtype);
      }
    }
  }
});

for (const layout of Object.keys(layouts)) {
  test(`OpenCV reads ${layout} as a copy of it, or it is refused`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      if (!(DTYPES as readonly string[]).includes(strided.dtype.name) || strided.ndim < 2) {
        assert.throws(() => lib.toMat(strided), np.isNdError, `${layout}, ${dtype}`);
        continue;
      }
      const mat = lib.toMat(strided);
      const wanted = strided.ndim === 3 && strided.shape[2] === 1 ? dense.slice("...", 0) : dense;
      assert.deepEqual(lib.fromMat(mat).tolist(), wanted.tolist(), `${layout}, ${dtype}`);
      mat.delete();
    }
  });
}

const picture = np
  .remainder(np.multiply(np.arange(24 * 32 * 3), 7919), 251)
  .reshape(24, 32, 3)
  .astype("uint8");
const operations: Readonly<Record<string, (src: CvMat, dst: CvMat) => void>> = {
  "a blur": (src, dst) => cv.GaussianBlur(src, dst, new cv.Size(5, 5), 1.2),
  "a change of colours": (src, dst) => cv.cvtColor(src, dst, cv.COLOR_RGB2GRAY!),
  "a change of size": (src, dst) => cv.resize(src, dst, new cv.Size(20, 11)),
};

for (const [name, operation] of Object.entries(operations)) {
  test(`${name} of a reversed, a transposed and a cut picture is that of a dense copy`, () => {
    for (const view of [
      picture.slice("::-1", "::-1"),
      picture.swapaxes(0, 1),
      picture.slice("3:20", "5:30"),
      picture.slice("...", "::-1"),
    ]) {
      assert.deepEqual(apply(view, operation).tolist(), apply(view.copy(), operation).tolist());
    }
  });
}

test("an array in OpenCV's memory is lent, in windows too; what it cannot read is copied", () => {
  const mat = new cv.Mat(6, 8, cv.CV_64FC1);
  const a = lib.viewMat(mat) as np.NDArray<"float64">;
  a.set("...", np.arange(48).reshape(6, 8));
  const window = lib.toMat(a.slice("1:4", "2:5"), { copy: false });
  assert.equal(cv.mean(window)[0], a.slice("1:4", "2:5").mean());
  a.set([1, 2], 1000);
  assert.equal(lib.viewMat(window).at(0, 0), 1000);
  assert.throws(
    () => lib.toMat(a.slice(":", "::2"), { copy: false }),
    /axis 1 has stride 16, wanted 8; OpenCV takes only pixels side by side/,
  );
  assert.throws(
    () => lib.toMat(a.slice("::-1"), { copy: false }),
    /axis 0 has stride -64; OpenCV takes only positive/,
  );
  assert.throws(() => lib.toMat(np.ones([2, 2]), { copy: false }), /does not lie in OpenCV's memory/);
  const stepped = lib.toMat(a.slice(":", "::2"));
  assert.equal(cv.mean(stepped)[0], a.slice(":", "::2").mean());
  for (const one of [window, stepped, mat]) one.delete();
});

test("memory that OpenCV outgrew is an error, and the view can be taken again", () => {
  const mat = new cv.Mat(2, 2, cv.CV_32SC1);
  const view = lib.viewMat(mat);
  view.fill(3);
  const large: CvMat[] = [];
  const buffer = mat.data.buffer;
  while (mat.data.buffer === buffer) large.push(new cv.Mat(4096, 4096, cv.CV_8UC4));
  assert.throws(() => view.at(0, 0), /ValueError/);
  assert.equal(lib.viewMat(mat).at(1, 1), 3);
  for (const one of [...large, mat]) one.delete();
});

test("what is no picture is refused", () => {
  assert.throws(
    () => lib.toMat(np.zeros([2, 2, 5], "uint8")),
    /ShapeError: toMat: a matrix has rows, columns and 1 to 4/,
  );
  assert.throws(() => lib.toMat(np.zeros([2, 2], "int64")), /DTypeError: toMat: OpenCV has no int64/);
});
