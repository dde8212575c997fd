import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { type StdlibConstructor, type StdlibMemory, stdlib } from "../../src/interop/stdlib.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

// The packages' types come with globals that clash with nothing here, but name no constructor.
const require = createRequire(import.meta.url);
const ndarray = require("@stdlib/ndarray-ctor") as StdlibConstructor<Readable>;
const classes = {
  BooleanArray: require("@stdlib/array-bool") as StdlibMemory,
  Complex64Array: require("@stdlib/array-complex64") as StdlibMemory,
  Complex128Array: require("@stdlib/array-complex128") as StdlibMemory,
};
const { toNdarray, fromNdarray } = stdlib(ndarray, classes);
const TAKEN = /^(bool|u?int(8|16|32)|float(32|64)|complex(64|128))$/;

interface Readable {
  readonly dtype: unknown;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly order: string;
  readonly data: Uint8Array;
  readonly flags: { readonly READONLY: boolean };
  get(...index: number[]): unknown;
  set(...indexAndValue: unknown[]): unknown;
}

/** The elements as @stdlib reads them. */
function read(nd: Readable, index: number[] = []): unknown {
  const axis = index.length;
  if (axis < nd.shape.length)
    return Array.from({ length: nd.shape[axis]! }, (_, k) => read(nd, [...index, k]));
  const value = nd.get(...index);
  return typeof value === "object" ? np.complex((value as np.Complex).re, (value as np.Complex).im) : value;
}

/** Whether its memory is lent: as docs/interop.md says. */
function isLent(a: np.NDArray): boolean {
  const whole = a.isAligned() && a.strides.every((stride) => stride % a.itemsize === 0);
  if (!"bc".includes(a.dtype.kind)) return whole;
  return whole && a.buffer instanceof ArrayBuffer && a.byteOffset % a.itemsize === 0;
}

for (const layout of Object.keys(layouts)) {
  test(`@stdlib reads ${layout} as docs/interop.md says, and it comes back as it was`, () => {
    for (const dtype of everyDtype) {
      const { strided, dense } = pair(layout, dtype);
      const about = `${layout}, ${dtype}`;
      if (!TAKEN.test(strided.dtype.name)) {
        assert.throws(() => toNdarray(strided), /DTypeError: handoff: @stdlib takes/, about);
        continue;
      }
      const nd = toNdarray(strided);
      assert.deepEqual(read(nd), dense.tolist(), about);
      assert.equal(String(nd.dtype), dense.dtype.name);
      const back = fromNdarray(nd);
      assert.deepEqual(back.tolist(), dense.tolist(), about);
      assert.equal(back.dtype.name, dense.dtype.name);
      if (strided.size === 0) continue;
      assert.equal(back.buffer === strided.buffer, isLent(strided), about);
      if (!isLent(strided)) assert.throws(() => toNdarray(strided, { copy: false }), /needs a copy/, about);
      else assert.equal(back.flags.writeable, strided.flags.writeable, about);
    }
  });
}

test("what @stdlib writes shows in the array, and the other way round", () => {
  const a = np.zeros([2, 3]);
  toNdarray(a.slice("::-1", ":").T).set(0, 1, 7);
  assert.deepEqual(a.tolist(), [
    [7, 0, 0],
    [0, 0, 0],
  ]);
  const theirs = new ndarray(
    "float32" as never,
    new Float32Array([1, 2, 3, 4, 5, 6]) as never,
    [2, 3],
    [3, -1],
    2,
    "row-major" as never,
  );
  const view = fromNdarray(theirs);
  assert.deepEqual(view.tolist(), [
    [3, 2, 1],
    [6, 5, 4],
  ]);
  view.set([0, 0], 9);
  assert.equal(theirs.get(0, 0), 9);
  const z = np.zeros(3, "complex64");
  const flags = np.zeros(4, "bool");
  toNdarray(flags.slice("::-2")).set(0, true);
  const Complex64 = (toNdarray(z).get(0) as object).constructor as new (re: number, im: number) => unknown;
  toNdarray(z.slice("::-1")).set(0, new Complex64(1, 2));
  assert.deepEqual(z.tolist(), [np.complex(0, 0), np.complex(0, 0), np.complex(1, 2)]);
  assert.deepEqual(flags.tolist(), [false, false, false, true]);
});

test("the order is said, and what is read-only stays so", () => {
  const a = np.zeros([2, 3]);
  assert.equal(toNdarray(a).order, "row-major");
  assert.equal(toNdarray(a.T).order, "column-major");
  assert.equal(toNdarray(np.zeros([2, 3, 4]).transpose(1, 0, 2)).order, "row-major");
  const frozen = toNdarray(np.broadcastTo(np.ones(3), [2, 3]));
  assert.deepEqual([frozen.strides, frozen.flags.READONLY], [[0, 1], true]);
  assert.throws(() => frozen.set(0, 0, 5), /read-only/);
  assert.equal(fromNdarray(frozen).flags.writeable, false);
});

test("data of other kinds: clamped bytes and buffers are bytes, lists and halves are refused", () => {
  const of = (dtype: string, data: unknown) =>
    new ndarray(dtype as never, data as never, [2], [1], 0, "row-major" as never);
  assert.deepEqual(fromNdarray(of("uint8c", new Uint8ClampedArray([1, 2]))).tolist(), [1, 2]);
  assert.equal(fromNdarray(of("binary", Buffer.from([1, 2]))).dtype.name, "uint8");
  assert.throws(() => fromNdarray(of("generic", [1, 2])), /its generic data is no typed array/);
  assert.throws(() => fromNdarray(of("float16", new Uint16Array(2))), /elements of float16 have no dtype/);
});

test("a class that is not given is asked for", () => {
  const bare = stdlib(ndarray);
  assert.deepEqual(read(bare.toNdarray(np.ones(2))), [1, 1]);
  assert.throws(
    () => bare.toNdarray(np.ones(2, "complex128")),
    /DTypeError: toNdarray: complex128 needs @stdlib's Complex128Array; npm install @stdlib\/array-complex128/,
  );
});

test("@stdlib's packages are loaded by themselves", async () => {
  const loaded = await stdlib();
  assert.deepEqual(read(loaded.toNdarray(np.ones(2)) as Readable), [1, 1]);
  assert.deepEqual(read(loaded.toNdarray(np.array([true, false])) as Readable), [true, false]);
});
