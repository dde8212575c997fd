/**
 * What docs/interop.md says of copies: for each partner and each layout of the sweep, whether the memory of an array is lent.
 * The table there is held to what happens, for every dtype that the partner takes.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import * as stdlibClasses from "@stdlib/ndarray-ctor";
import cvModule from "@techstark/opencv-js";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import * as Arrow from "apache-arrow";
import * as ml from "ml-matrix";
// @ts-expect-error: the package has no types of its own.
import ndarray from "ndarray";
import * as ort from "onnxruntime-node";
import * as zarrita from "zarrita";
import * as np from "../../src/index.ts";
import { arrow } from "../../src/interop/arrow.ts";
import { toBlas, toPointer } from "../../src/interop/c.ts";
import { fromImageData, fromPng, toImageData, toPng, toRaw } from "../../src/interop/images.ts";
import { mlMatrix } from "../../src/interop/ml-matrix.ts";
import { onnx } from "../../src/interop/onnx.ts";
import { type CvMat, type OpenCv, opencv } from "../../src/interop/opencv.ts";
import { scijs } from "../../src/interop/scijs.ts";
import { type Stdlib, stdlib } from "../../src/interop/stdlib.ts";
import { tfjs } from "../../src/interop/tfjs.ts";
import { zarr } from "../../src/interop/zarr.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { plainDtypes } from "./plain-dtypes.ts";

/** Gives an array to a partner, by copying where it must unless `copy` is false: the memory that the partner then has. */
type Give = (a: np.NDArray, copy: boolean) => ArrayBufferLike | Promise<ArrayBufferLike>;

interface Partner {
  readonly give: Give;
  /** What the rule in the table is about; in others the elements are the same. */
  readonly dtypes: RegExp;
  /** The dtypes that are cast, so copied whatever the layout. */
  readonly casts?: RegExp;
  /** An array like this one where the partner can lend it. */
  readonly place?: (a: np.NDArray) => np.NDArray;
}

const bufferOf = (data: unknown) => (data as Uint8Array).buffer;
/** What has pixels as a matrix has: the last two axes and, where there is one more, its first place. */
const plane = (a: np.NDArray) => (a.ndim === 3 ? a.slice(0) : a);

/** Keeps what it is given. */
class Kept {
  readonly data: Uint8Array;
  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** A stored array that takes what is written, and shows it. */
async function written(a: np.NDArray, copy: boolean): Promise<ArrayBufferLike> {
  let found: unknown;
  const set = async (_array: unknown, _selection: unknown, value: { data: unknown }) => {
    found = value.data;
  };
  const { write } = zarr({ ...zarrita, set } as never);
  const stored = { shape: a.shape, chunks: a.shape, dtype: a.dtype.name };
  await write(stored, [], a, { copy });
  // Where there is nothing, nothing is written.
  return a.size === 0 ? a.buffer : bufferOf(found);
}

const cv = cvModule as unknown as { Mat: new (rows: number, columns: number, type: number) => CvMat };
const heap: CvMat[] = [];

/** The same layout in OpenCV's memory. */
function inHeap(a: np.NDArray): np.NDArray {
  const from = new Uint8Array(a.buffer);
  const mat = new cv.Mat(1, from.length, 0);
  heap.push(mat);
  mat.data.set(from);
  const { shape, strides, dtype, byteOffset } = a;
  const offset = mat.data.byteOffset + byteOffset;
  return np.fromStrided({ buffer: mat.data.buffer, dtype, shape, strides, offset });
}

function toMat(a: np.NDArray, copy: boolean): ArrayBufferLike {
  const { byteOffset } = a;
  const mat = lib.toMat(a, { copy });
  // All matrices lie in one buffer; what is lent begins where the array does.
  const lent = mat.rows * mat.cols === 0 || mat.ptr(0).byteOffset === byteOffset;
  mat.delete();
  return lent ? a.buffer : new ArrayBuffer(0);
}

let lib: OpenCv;
let theirs: Stdlib;
const arrows = arrow(Arrow as never);

const partners: Readonly<Record<string, Partner>> = {
  OpenCV: { give: toMat, place: inHeap, dtypes: /^(u?int(8|16)|int32|float(32|64))$/ },
  ONNX: {
    give: (a, copy) => bufferOf(onnx(ort as never).toTensor(a, { copy }).data),
    dtypes: /^(bool|u?int.*|float.*)$/,
  },
  C: { give: (a, copy) => toPointer(a, "void *", { copy }).base.buffer, dtypes: /./ },
  BLAS: {
    give: (a, copy) => toBlas(plane(a) as np.NDArray<"float64">, { copy }).data.buffer,
    dtypes: /^(float(32|64)|complex.*)$/,
  },
  Arrow: {
    give: (a, copy) => bufferOf(arrows.fromVector(arrows.toVector(a, { copy })).values),
    dtypes: /^(u?int.*|float.*)$/,
  },
  Zarr: { give: written, dtypes: /^(u?int.*|float(32|64))$/ },
  scijs: {
    give: (a, copy) => bufferOf(scijs(ndarray as never).toNdarray(a, { copy }).data),
    dtypes: /^(bool|u?int.*|float(32|64))$/,
  },
  "@stdlib": {
    give: (a, copy) => bufferOf(theirs.toNdarray(a, { copy }).data),
    dtypes: /^(u?int(8|16|32)|float(32|64))$/,
  },
  tfjs: {
    give: (a, copy) => {
      const { dataId } = tfjs(tf as never).toTensor(a, { copy }) as unknown as { dataId: object };
      const { data } = tf.backend() as unknown as { data: { get(id: object): { values: Uint8Array } } };
      return bufferOf(data.get(dataId).values);
    },
    dtypes: /^(bool|float(16|32)|u?int(8|16)|int32)$/,
    casts: /^(float16|u?int(8|16))$/,
  },
  "ml-matrix": {
    give: (a, copy) => {
      const matrix = mlMatrix(ml as never).toMatrix(plane(a), { copy });
      return bufferOf((matrix as unknown as { data: Float64Array[] }).data[0]);
    },
    dtypes: /^(bool|u?int.*|float.*)$/,
    casts: /^(?!float64)/,
  },
  pictures: {
    give: (a, copy) => {
      // What has four channels goes to all of them, and all do the same.
      const found = [bufferOf(toRaw(a, { copy }).data)];
      if (a.dtype.name === "uint8" && a.shape[2] === 4) {
        if (a.buffer instanceof ArrayBuffer) found.push(toImageData(a, Kept as never, { copy }).data.buffer);
        found.push(toPng(a, Kept as never, { copy }).data.buffer);
      }
      assert.equal(new Set(found.map((one) => one === a.buffer)).size, 1);
      return found[0]!;
    },
    dtypes: /^uint(8|16)$/,
  },
  DLPack: { give: (a, copy) => np.toDlpack(a, { copy }).data as ArrayBuffer, dtypes: /./ },
};

before(async () => {
  await tf.setBackend("cpu");
  lib = await opencv();
  theirs = stdlib((stdlibClasses as unknown as { default: never }).default);
});

/** "lent", "copy", or "–" where the array is refused. */
async function whatHappens({ give, place, casts }: Partner, layout: string, dtype: string): Promise<string> {
  const { strided } = pair(layout, dtype);
  const a = place === undefined ? strided : place(strided);
  try {
    const memory = await give(a, true);
    const lent = memory === a.buffer;
    if (!lent && a.size > 0)
      await assert.rejects(
        async () => give(a, false),
        /needs a copy, and copy is false: .+/,
        `${layout}, ${dtype}`,
      );
    else if (casts?.test(dtype) !== true) await give(a, false);
    return lent || a.size === 0 ? "lent" : "copy";
  } catch (error) {
    if (error instanceof np.ShapeError) return "–";
    throw error;
  }
}

/** The table of docs/interop.md, by layout and partner. */
function documented(): Map<string, string> {
  const text = readFileSync(new URL("../../docs/interop.md", import.meta.url), "utf8");
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith("| layout |"));
  const cells = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [, ...names] = cells(lines[start] ?? "");
  const found = new Map<string, string>();
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith("|")) break;
    const [layout, ...said] = cells(line);
    for (const [k, name] of names.entries()) found.set(`${layout}, ${name}`, said[k]!);
  }
  return found;
}

const said = documented();

for (const [name, partner] of Object.entries(partners)) {
  test(`${name}: an array is copied where docs/interop.md says so, and refused there without a copy`, async () => {
    const taken = plainDtypes.filter((dtype) => partner.dtypes.test(dtype));
    const wrong: string[] = [];
    for (const layout of Object.keys(layouts)) {
      for (const dtype of taken) {
        const found = await whatHappens(partner, layout, dtype);
        const wanted = said.get(`${layout}, ${name}`);
        if (found === wanted) continue;
        // A cast is a copy.
        if (partner.casts?.test(dtype) && found === "copy" && wanted === "lent") continue;
        // A byte in a packed field lies where a byte may.
        if (layout === "a packed field" && np.dtype(dtype).itemsize === 1 && found === "lent") continue;
        wrong.push(`${layout}, ${dtype}: ${found}, and it says ${wanted}`);
      }
    }
    for (const mat of heap.splice(0)) mat.delete();
    assert.deepEqual(wrong, []);
  });
}

/** What comes back from partners, and the memory that it came from. */
const returned: Readonly<Record<string, () => readonly [found: np.NDArray, memory: ArrayBufferLike | null]>> =
  {
    "OpenCV, viewed": () => {
      const mat = lib.toMat(np.ones([2, 3]));
      return [lib.viewMat(mat), mat.data.buffer];
    },
    "OpenCV, copied": () => [lib.fromMat(lib.toMat(np.ones([2, 3]))), null],
    ONNX: () => {
      const data = new Float32Array(6);
      return [onnx(ort as never).fromTensor(new ort.Tensor("float32", data, [2, 3])), data.buffer];
    },
    Arrow: () => {
      const data = new Float64Array(6);
      return [arrows.fromVector(Arrow.makeVector(data) as never).values, data.buffer];
    },
    scijs: () => {
      const data = new Float64Array(6);
      return [scijs(ndarray as never).fromNdarray(ndarray(data, [2, 3]).transpose(1, 0)), data.buffer];
    },
    "@stdlib": () => {
      const data = new Float64Array(6);
      const nd = { dtype: "float64", data, shape: [2, 3], strides: [-3, 1], offset: 3, order: "row-major" };
      return [theirs.fromNdarray(nd), data.buffer];
    },
    tfjs: () => {
      const tensor = tf.tensor([1, 2, 3]);
      return [tfjs(tf as never).fromTensor(tensor as never), tensor.dataSync().buffer];
    },
    "ml-matrix": () => [mlMatrix(ml as never).fromMatrix(new ml.Matrix([[1, 2]])), null],
    pictures: () => {
      const data = new Uint8Array(24);
      return [fromPng({ data, width: 3, height: 2 }), data.buffer];
    },
    canvas: () => {
      const data = new Uint8ClampedArray(24);
      return [fromImageData({ data, width: 3, height: 2 }), data.buffer];
    },
    DLPack: () => {
      const data = new Float32Array(6);
      return [np.fromDlpack({ data, dtype: "float32", shape: [2, 3], strides: [1, 2] }), data.buffer];
    },
  };

test("what comes back is a view where docs/interop.md says so", () => {
  for (const [name, make] of Object.entries(returned)) {
    const [found, memory] = make();
    if (memory !== null) assert.equal(found.buffer, memory, name);
    else assert.ok(found.flags.owndata, name);
  }
});
