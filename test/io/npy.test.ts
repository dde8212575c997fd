import assert from "node:assert/strict";
import { test } from "node:test";
import { OWNDATA } from "../../src/array/flags.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { isNdError } from "../../src/errors.ts";
import { npyHeader } from "../../src/io/header.ts";
import { loadSync } from "../../src/io/load.ts";
import { npyBytes } from "../../src/io/npy.ts";
import { bytes, dtypes, elementBytes, layouts } from "./arrays.ts";

function loadNpy(file: Uint8Array): NDArray {
  return loadSync(file, { as: "npy" });
}

test("every dtype in every layout comes back as it was", () => {
  for (const [name, dtype] of dtypes) {
    for (const [layout, make] of Object.entries(layouts)) {
      const array = make(dtype);
      const back = loadNpy(npyBytes(array));
      const what = `${name}, ${layout}`;
      assert.ok(back.dtype.equals(dtype), what);
      assert.deepEqual(back.shape, array.shape, what);
      assert.deepEqual(elementBytes(back), elementBytes(array), what);
      assert.equal(back.bits & OWNDATA, OWNDATA, what);
    }
  }
});

const orders: Readonly<Record<string, boolean>> = {
  C: false,
  F: true,
  transposed: true,
  reversed: false,
  "columns reversed": false,
  stepped: false,
  "window of F": false,
  "rows of F": false,
  "0-d": false,
  "length 1": false,
  empty: false,
};

test("only what is F-contiguous and not C-contiguous is written in F order", () => {
  for (const [layout, fortran] of Object.entries(orders)) {
    const file = npyBytes(layouts[layout]!(toDescriptor("f4")));
    assert.equal(npyHeader(file).fortranOrder, fortran, layout);
    assert.equal(loadNpy(file).isContiguous("C"), !fortran, layout);
  }
});

/** The file with another version in its header, which is as long. */
function asVersion(file: Uint8Array, version: number): Uint8Array {
  const { dataOffset } = npyHeader(file);
  const length = dataOffset - 12;
  const head = bytes("\x93NUMPY", version, 0, length & 0xff, length >> 8, 0, 0);
  return bytes(head, file.subarray(10, dataOffset - 3), "\n", file.subarray(dataOffset));
}

test("versions 2 and 3 come back as version 1 does", () => {
  for (const [name, dtype] of dtypes.filter(([given]) => given !== "unicode")) {
    for (const layout of ["C", "F", "0-d", "empty"]) {
      const array = layouts[layout]!(dtype);
      for (const version of [2, 3]) {
        const file = asVersion(npyBytes(array), version);
        assert.equal(npyHeader(file).version, version);
        assert.deepEqual(elementBytes(loadNpy(file)), elementBytes(array), `${name}, ${layout}`);
      }
    }
  }
});

test("big-endian numbers are turned, also inside of structs", () => {
  const text =
    "{'descr': [('x', '>u4'), ('y', [('z', '<u2'), ('c', '>c8')], (2,))], 'fortran_order': False, 'shape': (1,)}\n";
  const data = bytes(0, 0, 1, 2, 5, 0, 0x3f, 0x80, 0, 0, 0x40, 0, 0, 0, 6, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0);
  const array = loadNpy(bytes("\x93NUMPY", 1, 0, text.length, 0, text, data));
  assert.equal(
    JSON.stringify(array.at(0)),
    JSON.stringify({
      x: 258,
      y: [
        { z: 5, c: { re: 1, im: 2 } },
        { z: 6, c: { re: -2, im: 0 } },
      ],
    }),
  );
});

test("data that is shorter than the header says is an error, whatever is missing", () => {
  const file = npyBytes(layouts.C!(toDescriptor("f4")));
  for (let length = 0; length < file.length; length++) {
    assert.throws(
      () => loadSync(file.subarray(0, length)),
      (error) => isNdError(error, "value"),
      `${length} bytes`,
    );
  }
  assert.throws(() => loadSync(file.subarray(0, 200)), /promises 96 bytes of data, but only 72 are there/);
});

test("a shape that is too large for the file takes no memory", () => {
  for (const shape of ["(999999999999,)", "(1000000, 1000000)", "(2, 2)"]) {
    const text = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}}\n`;
    const before = process.memoryUsage().arrayBuffers;
    assert.throws(() => loadSync(bytes("\x93NUMPY", 1, 0, text.length, 0, text, "12345678")), /promises/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
  }
});

test("bytes behind the array are ignored, as when several were written one after the other", () => {
  const array = layouts.C!(toDescriptor("i2"));
  assert.deepEqual(elementBytes(loadNpy(bytes(npyBytes(array), npyBytes(array)))), elementBytes(array));
});

test("what is loaded has memory of its own, unless copy is false", () => {
  const file = npyBytes(layouts.F!(toDescriptor("u1")));
  const own = loadSync(file, { as: "npy" });
  const shared = loadSync(file, { as: "npy", copy: false });
  assert.deepEqual(elementBytes(shared), elementBytes(own));
  assert.deepEqual(shared.strides, own.strides);
  assert.equal(shared.buffer, file.buffer);
  assert.equal(shared.bits & OWNDATA, 0);
  file[file.length - 1] = file.at(-1)! ^ 1;
  assert.notEqual(shared.at(1, 2, 3), own.at(1, 2, 3));
});

test("copy: false refuses what has to be converted, and what is not there", () => {
  const file = npyBytes(layouts.C!(toDescriptor("f4")));
  assert.throws(() => loadSync(file.subarray(0, 150), { copy: false }), /promises 96 bytes/);
  const big = Uint8Array.from(file);
  big[big.indexOf(0x3c)] = 0x3e;
  assert.throws(() => loadSync(big, { copy: false }), /copy: false, but the data is big-endian/);
});

test("maxBytes bounds what is taken", () => {
  const file = npyBytes(layouts.C!(toDescriptor("f4")));
  assert.throws(() => loadSync(file, { maxBytes: 95 }), /96 bytes, more than maxBytes \(95\)/);
  assert.equal(loadSync(file, { as: "npy", maxBytes: 96 }).nbytes, 96);
});

test("what is no array file is named", () => {
  const cases: readonly (readonly [start: string, message: RegExp])[] = [
    ["", /it is empty/],
    ["\x80\x04\x95", /a Python pickle/],
    ["\x1f\x8b\x08", /compressed by gzip/],
    ["\x89HDF\r\n", /an HDF5 file/],
    ["<!DOCTYPE html>", /a web page/],
    ["1,2,3\n", /it starts with "1,2,3\\n"/],
  ];
  for (const [start, message] of cases) assert.throws(() => loadSync(bytes(start)), message);
});

test("a large array that is not contiguous is written in parts, in C order", () => {
  const long = layouts.C!(toDescriptor("f8"));
  const shape = [3, 400_000];
  const wide = long.viewAs({ ...long.layout, shape, strides: [8, 0] });
  const back = loadNpy(npyBytes(wide));
  assert.deepEqual(back.shape, shape);
  for (const row of [0, 1, 2]) {
    assert.equal(back.at(row, 0), long.at(0, 0, row));
    assert.equal(back.at(row, 399_999), long.at(0, 0, row));
  }
  const tall = long.viewAs({ ...long.layout, shape: [3, 2, 600_000], strides: [8, 32, 0] });
  const deep = loadNpy(npyBytes(tall));
  assert.equal(deep.at(2, 1, 599_999), long.at(0, 1, 2));
});
