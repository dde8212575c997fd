import assert from "node:assert/strict";
import { test } from "node:test";
import { ImageData } from "@napi-rs/canvas";
import { PNG } from "pngjs";
import sharpModule from "sharp";
import * as np from "../../src/index.ts";
import { fromImageData, fromPng, sharp, toImageData, toPng, toRaw } from "../../src/interop/images.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const picture = np
  .arange(5 * 7 * 4)
  .reshape(5, 7, 4)
  .astype("uint8");
const { toSharp, fromSharp } = sharp(sharpModule as never);

/** What a browser's ImageData does: it keeps the pixels that it is given. Some packages copy them. */
class Kept {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** Ways to look at a picture; those marked are dense. */
const views: Readonly<Record<string, readonly [np.NDArray, boolean]>> = {
  "as it is": [picture, true],
  "some rows": [picture.slice("1:4"), true],
  flipped: [picture.slice(":", "::-1"), false],
  "upside down": [picture.slice("::-1"), false],
  turned: [picture.swapaxes(0, 1), false],
  "with channels in reverse": [picture.slice("...", "::-1"), false],
  "every second pixel": [picture.slice("::2", "::2"), false],
};

for (const [name, [view, dense]] of Object.entries(views)) {
  test(`a picture ${name} goes to a canvas, sharp and pngjs and comes back`, async () => {
    const wanted = view.tolist();
    const canvas = toImageData(view, ImageData as never) as unknown as ImageData;
    assert.deepEqual([canvas.height, canvas.width], view.shape.slice(0, 2));
    assert.deepEqual(fromImageData(canvas).tolist(), wanted);
    assert.equal(np.sharesMemory(fromImageData(toImageData(view, Kept)), view), dense);
    const file = PNG.sync.write(toPng(view, PNG as never) as never);
    assert.deepEqual(fromPng(PNG.sync.read(file) as never).tolist(), wanted);
    assert.deepEqual((await fromSharp(toSharp(view) as never)).tolist(), wanted);
    assert.equal(np.sharesMemory(np.asarray(toRaw(view).data), view), dense);
  });
}

for (const layout of Object.keys(layouts)) {
  test(`a picture in ${layout} arrives as a copy of it, or is refused`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      const isPicture = strided.ndim >= 2 && strided.size > 0;
      const about = `${layout}, ${dtype}`;
      if (!isPicture || (dtype !== "uint8" && dtype !== "uint16")) {
        assert.throws(() => toRaw(strided), np.isNdError, about);
        assert.throws(() => toImageData(strided, Kept), np.isNdError, about);
        assert.throws(() => toPng(strided, PNG as never), np.isNdError, about);
        continue;
      }
      assert.deepEqual(np.asarray(toRaw(strided).data).tolist(), dense.ravel().tolist(), about);
      if (dtype !== "uint8" || strided.shape[2] !== 4) continue;
      assert.deepEqual(fromImageData(toImageData(strided, Kept)).tolist(), dense.tolist(), about);
      assert.deepEqual(fromPng(toPng(strided, PNG as never)).tolist(), dense.tolist(), about);
    }
  });
}

test("grey and RGB pictures go through sharp, and are written as PNG", async () => {
  const grey = picture.slice(":", ":", 0);
  const rgb = picture.slice("...", ":3");
  assert.deepEqual((await fromSharp(toSharp(grey) as never)).slice("...", 0).tolist(), grey.tolist());
  const png = await (toSharp(rgb) as unknown as { png(): { toBuffer(): Promise<Uint8Array> } })
    .png()
    .toBuffer();
  assert.deepEqual((await fromSharp(sharpModule(png) as never)).tolist(), rgb.tolist());
});

test("what is no picture is refused", () => {
  assert.throws(
    () => toImageData(picture.slice("...", ":3"), ImageData as never),
    /the 4 channels of a canvas/,
  );
  assert.throws(() => toRaw(np.zeros([2, 2, 5], "uint8")), /1 to 4 channels/);
  assert.throws(() => toRaw(np.zeros([2, 2])), /sharp takes uint8, uint16/);
  assert.throws(() => toImageData(picture), /no ImageData; give the class/);
});
