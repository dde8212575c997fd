import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import FileSystemStore from "@zarrita/storage/fs";
import * as zarrita from "zarrita";
import * as np from "../../src/index.ts";
import { zarr } from "../../src/interop/zarr.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

const { read, readInto, write, chunks } = zarr(zarrita as never);
const folder = mkdtempSync(join(tmpdir(), "ndview-zarr-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** A new array in a store of files; chunks in F order when asked. */
async function stored(shape: readonly number[], dtype: string, chunkShape = shape, order: "C" | "F" = "C") {
  const store = new FileSystemStore(join(folder, `${made++}.zarr`));
  const codecs = [
    ...(order === "F"
      ? [{ name: "transpose", configuration: { order: shape.map((_, k) => shape.length - 1 - k) } }]
      : []),
    { name: "bytes", configuration: { endian: "little" } },
  ];
  const options = {
    shape: [...shape],
    chunkShape: chunkShape.map((n) => Math.max(1, n)),
    dtype,
    codecs,
    fillValue: 0,
  };
  await zarrita.create(store as never, options as never);
  return zarrita.open(store as never, { kind: "array" }) as Promise<never>;
}

const KNOWN = /^(bool|u?int(8|16|32|64)|float(32|64))$/;

for (const layout of Object.keys(layouts)) {
  test(`what is written from ${layout} is read as it was`, async () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      if (!KNOWN.test(strided.dtype.name) || strided.ndim === 0) continue;
      for (const order of ["C", "F"] as const) {
        const array = await stored(
          strided.shape,
          strided.dtype.name,
          strided.shape.map((n) => Math.min(2, n)),
          order,
        );
        await write(array, [], strided);
        const back = await read(array);
        assert.deepEqual(back.tolist(), dense.tolist(), `${layout}, ${dtype}, ${order}`);
        assert.equal(String(back.dtype), String(dense.dtype));
      }
    }
  });
}

const whole = np.arange(6 * 8 * 5).reshape(6, 8, 5);
const indices: Readonly<Record<string, np.BasicIndex[]>> = {
  all: [],
  "a window": ["1:4", "2:7", "1:3"],
  "one element": [1, -2, 3],
  "a row": [-1],
  steps: ["::2", "1::3", "::4"],
  backwards: ["::-1", "5:1:-2", "::-1"],
  "an ellipsis": ["...", 2],
  "an ellipsis between": [1, "...", "::-1"],
  "new axes": [null, 2, null, "::-1", "...", null],
  nothing: ["3:3", ":"],
  "a text for an integer": ["-1", "2"],
};

for (const [name, index] of Object.entries(indices)) {
  test(`${name} of a store is ${name} of an array, read and written`, async () => {
    const array = await stored(whole.shape, "float64", [4, 3, 2]);
    await write(array, [], whole);
    const wanted = whole.slice(...index);
    assert.deepEqual((await read(array, ...index)).tolist(), wanted.tolist());
    assert.deepEqual((await read(array, ...index)).shape, wanted.shape);
    const value = np.multiply(np.arange(wanted.size).reshape(wanted.shape), -1);
    const changed = whole.copy();
    changed.set(index, value);
    await write(array, index, value);
    assert.deepEqual((await read(array)).tolist(), changed.tolist());
    changed.set(index, 7);
    await write(array, index, 7);
    assert.deepEqual((await read(array)).tolist(), changed.tolist());
  });
}

test("a part of a store is read into a view of any layout, and only one of its shape", async () => {
  for (const order of ["C", "F"] as const) {
    const array = await stored(whole.shape, "float32", [4, 3, 2], order);
    await write(array, [], whole);
    const target = np.zeros([5, 16, 6]);
    const view = target.slice("::-1", "::2", ":").T;
    assert.equal(await readInto(view, array), view);
    assert.deepEqual(view.tolist(), whole.tolist());
    assert.equal(target.slice(":", "1::2").any(), false);
    const row = await readInto(np.zeros([5], "complex64"), array, 2, "-1");
    assert.deepEqual(row.real.tolist(), whole.slice(2, -1).tolist());
    await assert.rejects(
      readInto(np.zeros([8]), array, 2),
      /^ShapeError: readInto: what is read has shape \(8, 5\)/,
    );
    await assert.rejects(readInto(np.zeros([8, 5], "int32"), array, 2), /^DTypeError/);
  }
});

test("what zarrita would write wrongly is copied, or refused", async () => {
  const array = await stored([4, 6], "float64", [2, 3]);
  const a = np.arange(24).reshape(4, 6);
  for (const view of [a.slice("::-1"), a.slice(":", "::-1"), a.slice("::-1", "::-1")]) {
    await assert.rejects(
      write(array, [], view, { copy: false }),
      /axis [01] has stride -(48|8); zarrita takes only positive strides/,
    );
    await write(array, [], view);
    assert.deepEqual((await read(array)).tolist(), view.tolist());
  }
  await write(array, [], a.reshape(6, 4).T, { copy: false });
  assert.deepEqual((await read(array)).tolist(), a.reshape(6, 4).T.tolist());
});

test("a value is broadcast and cast, and refused where it does not fit", async () => {
  const array = await stored([3, 4], "float32", [2, 2]);
  await write(array, [], np.arange(4));
  assert.deepEqual((await read(array)).tolist(), np.broadcastTo(np.arange(4), [3, 4]).tolist());
  await assert.rejects(write(array, [], np.ones([3, 5])), /^ShapeError/);
  await assert.rejects(write(array, [], np.ones([3, 4], "complex128")), /^DTypeError/);
  await assert.rejects(read(array, 3), /^IndexError: zarr: index 3 is out of bounds for axis 0 of length 3/);
  await assert.rejects(read(array, 0, 0, 0), /^IndexError: zarr: the index speaks of 3 axes/);
});

test("a store is reduced chunk by chunk, with progress", async () => {
  const array = await stored(whole.shape, "float64", [4, 3, 2]);
  await write(array, [], whole);
  let sum = 0;
  const seen: number[] = [];
  const covered = np.zeros(whole.shape, "int32");
  for await (const { index, values } of chunks(array, {
    onProgress: ({ done, total }) => seen.push(done / total),
  })) {
    sum += values.sum() as number;
    covered.set(index, np.add(covered.slice(...index), 1));
  }
  assert.equal(sum, whole.sum());
  assert.ok(np.all(covered.equal(1)));
  assert.equal(seen.length, 2 * 3 * 3);
  assert.equal(seen.at(-1), 1);
});

test("a store of 2 GB is reduced in a quarter of it", async () => {
  // Chunks that are not there are zeros, so that no disk is needed; two are.
  const array = await stored([128, 2048, 1024], "float64", [1, 2048, 1024]);
  await write(array, [7, 1, 2], 40);
  await write(array, [99, 2047, 1023], 2);
  const before = process.memoryUsage.rss();
  let [sum, most, last] = [0, 0, 0];
  for await (const { values } of chunks(array, {
    onProgress: ({ done, total }) => {
      last = done / total;
    },
  })) {
    sum += values.sum() as number;
    most = Math.max(most, process.memoryUsage.rss() - before);
  }
  assert.deepEqual([sum, last], [42, 1]);
  assert.ok(most < 2 ** 29, `${most} bytes were taken`);
});
