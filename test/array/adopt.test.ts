import assert from "node:assert/strict";
import { test } from "node:test";
// @ts-expect-error the package has no types.
import ndarray from "ndarray";
import { frombuffer, fromStrided, type StridedMemory } from "../../src/array/adopt.ts";
import { tolist } from "../../src/array/elements.ts";
import { isNdError, ShapeError } from "../../src/errors.ts";
import { Dice, everyIndex } from "../layout/model.ts";
import { dtypes } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const counted = (n: number) => Uint8Array.from({ length: n }, (_, k) => k);

test("frombuffer looks at the bytes that NumPy looks at", () => {
  const bytes = counted(8);
  const later = new Uint8Array(counted(12).buffer, 4);
  const facts: [got: () => unknown, expected: unknown][] = [
    [() => tolist(frombuffer(bytes, "uint8")), [0, 1, 2, 3, 4, 5, 6, 7]],
    [() => tolist(frombuffer(bytes, "uint16", { count: 2 })), [0x100, 0x302]],
    [() => tolist(frombuffer(bytes, { dtype: "uint16", offset: 4 })), [0x504, 0x706]],
    [() => tolist(frombuffer(bytes, "uint16", { offset: 1, count: 2 })), [0x201, 0x403]],
    [() => tolist(frombuffer(later, "uint8", { count: 1 })), [4]],
    [() => tolist(frombuffer(new DataView(bytes.buffer, 6), "uint8")), [6, 7]],
    [
      () => tolist(frombuffer(bytes, "(2,)u2")),
      [
        [0x100, 0x302],
        [0x504, 0x706],
      ],
    ],
    [() => frombuffer(bytes).dtype.name, "float64"],
    [() => frombuffer(new Float32Array(2)).shape, [1]],
    [() => frombuffer(bytes, { count: 0 }).shape, [0]],
    [() => frombuffer(bytes, { offset: 8 }).shape, [0]],
    [() => frombuffer(new ArrayBuffer(0)).shape, [0]],
    [() => frombuffer(bytes, "u2", { count: -2 }).shape, [4]],
    [() => frombuffer(bytes, "u4", { offset: 1, count: 1 }).flags.aligned, false],
    [() => frombuffer(new SharedArrayBuffer(4), "u4").buffer instanceof SharedArrayBuffer, true],
  ];
  for (const [got, expected] of facts) assert.deepEqual(got(), expected);
});

test("of an array frombuffer sees its own elements and no neighbours", () => {
  const a = frombuffer(counted(24).subarray(8, 16), "uint8");
  assert.deepEqual(tolist(frombuffer(a, "uint8")), [8, 9, 10, 11, 12, 13, 14, 15]);
  assert.deepEqual(tolist(frombuffer(a, "uint16", { offset: 6 })), [0xf0e]);
  frombuffer(a, "uint8").data[0] = 99;
  assert.equal(a.at(0), 99);
  assert.throws(() => frombuffer(a, "uint8", { offset: 4, count: 5 }), /5 elements .* take 9|take 5 bytes/);
  assert.throws(
    () => frombuffer(a.viewAs({ shape: [4], strides: [2], offset: 8 }), "uint8"),
    /not C-contiguous/,
  );
  assert.throws(
    () => fromStrided({ data: a, dtype: "uint8", shape: [9] }),
    (error) => isNdError(error),
  );
  a.setflags({ write: false });
  assert.equal(frombuffer(a, "uint8").flags.writeable, false);
  assert.equal(fromStrided({ data: a, dtype: "uint8", shape: [8] }).flags.writeable, false);
});

test("frombuffer refuses what does not lie in the memory", () => {
  const bytes = counted(9);
  const facts: [options: object, text: RegExp][] = [
    [{}, /9 bytes are no multiple of 8.*give count/],
    [{ offset: 10 }, /offset 10 .* 0 to 9/],
    [{ offset: -1 }, /offset -1/],
    [{ offset: 0.5 }, /offset 0.5/],
    [{ count: 2 }, /2 elements .* take 16 bytes, but there are 9/],
    [{ count: Number.NaN }, /count NaN/],
    [{ dtype: "V0" }, /no bytes/],
  ];
  for (const [options, text] of facts) {
    assert.throws(
      () => frombuffer(bytes, options),
      (error) => isNdError(error, "value") && text.test(error.message),
    );
  }
  assert.throws(() => frombuffer([1] as never), /given a list/);
  assert.throws(() => frombuffer(undefined as never), /given nothing/);
  assert.throws(() => frombuffer({ buffer: bytes.buffer, byteOffset: 8, byteLength: 2 }), /bytes 8 to 10/);
});

test("what is adopted is the memory itself", () => {
  const data = new Float64Array([1, 2, 3, 4, 5, 6]);
  const a = fromStrided({ data, shape: [3, 2], stride: [1, 3] });
  assert.deepEqual(tolist(a), [
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  assert.equal(a.base, data.buffer);
  assert.ok(!a.flags.owndata && a.flags.writeable);
  data[3] = 40;
  assert.equal(a.at(0, 1), 40);
  assert.equal(frombuffer(data).at(3), 40);
});

test("fromStrided understands the descriptions that are around", () => {
  const data = new Float32Array([0, 1, 2, 3, 4, 5]);
  const scijs = ndarray(data, [2, 3]).transpose(1, 0).step(-1, 1);
  const clamped = {
    data: new Uint8ClampedArray(2),
    shape: [2],
    stride: [1],
    offset: 0,
    dtype: "uint8_clamped",
  };
  const bools = {
    data: { buffer: data.buffer, byteOffset: 4, byteLength: 4 },
    shape: [4],
    stride: [1],
    dtype: "bool",
  };
  const facts: [source: StridedMemory, name: string, values: unknown][] = [
    [
      scijs,
      "float32",
      [
        [2, 5],
        [1, 4],
        [0, 3],
      ],
    ],
    [clamped, "uint8", [0, 0]],
    [bools, "bool", [false, false, true, true]],
    [{ data }, "float32", [0, 1, 2, 3, 4, 5]],
    [{ data: data.subarray(2, 4) }, "float32", [2, 3]],
    [
      { data, shape: [2, 3] },
      "float32",
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    [{ data, shape: 2, offset: 4 }, "float32", [1, 2]],
    [{ data, shape: [2], strides: [8] }, "float32", [0, 2]],
    [{ data, shape: [2], strides: [2], units: "elements" }, "float32", [0, 2]],
    [{ data, shape: [2], strides: [-2], offset: 3, byteOffset: 4, units: "elements" }, "float32", [4, 2]],
    [{ buffer: data.buffer, dtype: "float32", shape: [2], strides: [0] }, "float32", [0, 0]],
    [{ data, shape: new Int32Array([2]), stride: new BigInt64Array([3n]) }, "float32", [0, 3]],
    [
      { data, dtype: "(2,)f4" },
      "float32",
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    [{ data, shape: [], byteOffset: 4 }, "float32", 1],
    [{ data, shape: [0], strides: [99] }, "float32", []],
  ];
  for (const [source, name, values] of facts) {
    const a = fromStrided(source);
    assert.deepEqual([a.dtype.name, tolist(a)], [name, values]);
  }
});

test("memory of WebAssembly is adopted until it grows", () => {
  const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: new (d: object) => WasmMemory } })
    .WebAssembly;
  const memory = new Memory({ initial: 1 });
  const a = frombuffer(memory, "uint8", { count: 2 });
  new Uint8Array(memory.buffer)[1] = 7;
  assert.deepEqual(tolist(a), [0, 7]);
  memory.grow(1);
  assert.throws(() => tolist(a), /buffer of this array is gone/);
});

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

test("fromStrided refuses what it cannot know or reach", () => {
  const data = new Float64Array(6);
  const facts: [source: object, text: RegExp][] = [
    [{ data, shape: [3, 2], stride: [1, 4] }, /needs bytes 0 to 56 of the memory given, which has 48/],
    [{ data, shape: [2], stride: [-1] }, /needs bytes -8 to 8/],
    [{ data: data.subarray(1, 3), shape: [3] }, /needs bytes 0 to 24 .* has 16/],
    [{ data: data.subarray(1, 3), shape: [1], offset: -8 }, /needs bytes -8 to 0/],
    [{ data, shape: [1], offset: 48 }, /needs bytes 48 to 56/],
    [{ data, shape: [0], offset: 49 }, /needs bytes 49 to 49/],
    [{ data, shape: [2], stride: [Number.NaN] }, /stride NaN is not an integer/],
    [{ data, shape: [2], stride: [0.5] }, /stride 0.5/],
    [{ data, shape: [1], stride: [2 ** 53] }, /too large to be exact/],
    [{ data, shape: [2 ** 52, 2 ** 52], stride: [1, 1] }, /too big/],
    [{ data, shape: [2 ** 20], strides: [2 ** 52] }, /needs bytes/],
    [{ data, shape: [1], offset: Number.POSITIVE_INFINITY }, /offset Infinity/],
    [{ data, shape: [2], stride: [1, 1] }, /has 1 axes, strides .* are 2/],
    [{ data, shape: [2], stride: [1], strides: [8] }, /give one of them/],
    [{ data, strides: [8] }, /need a shape/],
    [{ data, shape: [1], units: "bits" }, /units "bits"/],
    [{ data, dtype: "generic" }, /"generic" is not understood/],
    [{ data: [1, 2], shape: [2] }, /given a list/],
    [{ data: new ArrayBuffer(8) }, /give a dtype/],
    [{ data: new DataView(new ArrayBuffer(8)) }, /give a dtype/],
    [{ data, shape: [9], stride: [0], writeable: true }, /elements that overlap/],
  ];
  for (const [source, text] of facts) assert.throws(() => fromStrided(source), text, String(text));
  assert.throws(() => fromStrided({ data, shape: [2], strides: [] }), ShapeError);
});

test("an array whose elements overlap is read-only, any other as asked", () => {
  const data = new Float64Array(6);
  const facts: [source: StridedMemory, writeable: boolean][] = [
    [{ data, shape: [3], stride: [2] }, true],
    [{ data, shape: [3], stride: [2], writeable: false }, false],
    [{ data, shape: [9], stride: [0] }, false],
    [{ data, shape: [1], stride: [0], writeable: true }, true],
    [{ data, shape: [2, 2], stride: [1, 1] }, false],
    [{ data, shape: [2, 2], stride: [2, 1] }, true],
    [{ data, shape: [3], strides: [4] }, false],
  ];
  for (const [source, writeable] of facts) assert.equal(fromStrided(source).flags.writeable, writeable);
});

test("random strides are accepted exactly when every byte of every element is inside", () => {
  const dice = new Dice(11);
  let accepted = 0;
  for (let round = 0; round < 4000; round++) {
    const d = dice.pick(dtypes);
    const [start, length] = [dice.int(0, 9), dice.int(0, 60)];
    const data = new Uint8Array(new ArrayBuffer(80), start, length);
    const shape = Array.from({ length: dice.int(0, 3) }, () => dice.int(0, 3));
    const strides = shape.map(() => dice.int(-12, 12));
    const offset = dice.int(-4, 40);
    const firsts = everyIndex(shape).map((index) =>
      index.reduce((sum, i, k) => sum + i * strides[k]!, offset),
    );
    // Without elements it is the offset that has to be inside.
    const inside = shape.includes(0)
      ? offset >= 0 && offset <= length
      : firsts.every((at) => at >= 0 && at + d.itemsize <= length);
    const make = () => fromStrided({ data, dtype: d, shape, strides, offset });
    if (!inside) {
      assert.throws(make, (error) => isNdError(error, "value"));
      continue;
    }
    accepted++;
    const bytes = firsts.flatMap((at) => Array.from({ length: d.itemsize }, (_, k) => at + k));
    const a = make();
    assert.equal(a.byteOffset, start + offset);
    assert.equal(a.flags.writeable, new Set(bytes).size === bytes.length);
  }
  assert.ok(accepted > 500);
});
