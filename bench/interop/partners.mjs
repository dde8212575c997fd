// Who is handed arrays, and who hands them back. For each: the shapes, the class of the elements, what ndview does with an
// array and what a program does by hand with a typed array, lengths and strides. Each partner runs in a process of its own.
import { dense, fill, lists } from "./memory.mjs";

const SMALL = [8, 8];
const PICTURES = { Lane: Uint8Array, small: [8, 8, 4], large: [2048, 2048, 4] };
const FLOATS = { Lane: Float32Array, small: SMALL, large: [2048, 2048] };
const DOUBLES = { Lane: Float64Array, small: SMALL, large: [1024, 2048] };

const bytesOf = ({ shape }) => BigInt64Array.from(shape, BigInt);

/** {to: {ours(a), hand(parts)}, from: {given(a, parts), ours(given), hand(given)}}, all of them functions of one call. */
export const partners = {
  async OpenCV() {
    const { opencv } = await import("ndview/interop/opencv");
    const lib = await opencv();
    const { default: cv } = await import("@techstark/opencv-js");
    const matOf = (a) => lib.toMat(a);
    return {
      ...PICTURES,
      to: {
        ours: (a) => lib.toMat(a).delete(),
        hand(parts) {
          const mat = new cv.Mat(parts.shape[0], parts.shape[1], cv.CV_8UC4);
          fill(mat.data, parts);
          mat.delete();
        },
      },
      from: { given: matOf, ours: (mat) => lib.fromMat(mat), hand: (mat) => mat.data.slice() },
    };
  },
  async "OpenCV, viewed"() {
    const { opencv } = await import("ndview/interop/opencv");
    const lib = await opencv();
    return {
      ...PICTURES,
      from: { given: (a) => lib.toMat(a), ours: (mat) => lib.viewMat(mat), hand: (mat) => mat.data },
    };
  },
  async "ONNX Runtime"() {
    const ort = await import("onnxruntime-node");
    const { onnx } = await import("ndview/interop/onnx");
    const { toTensor, fromTensor } = onnx(ort);
    return {
      ...FLOATS,
      to: {
        ours: (a) => toTensor(a),
        hand: (parts) => new ort.Tensor("float32", dense(parts), parts.shape),
      },
      from: { given: (a) => toTensor(a), ours: fromTensor, hand: ({ data, dims }) => ({ data, dims }) },
    };
  },
  async C() {
    const { toPointer } = await import("ndview/interop/c");
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toPointer(a, "const double *"),
        hand(parts) {
          const { data, strides, offset } = parts;
          const steps = BigInt64Array.from(strides, (stride) => BigInt(stride * 8));
          return { base: data.subarray(offset), shape: bytesOf(parts), steps };
        },
      },
    };
  },
  async BLAS() {
    const { toBlas } = await import("ndview/interop/c");
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toBlas(a),
        hand(parts) {
          const { data, shape, strides, offset } = parts;
          if (strides[1] === 1) return { data: data.subarray(offset), lda: strides[0] };
          return { data: dense(parts), lda: shape[1] };
        },
      },
    };
  },
  async "Apache Arrow"() {
    const module = await import("apache-arrow");
    const { arrow } = await import("ndview/interop/arrow");
    const { toVector, fromVector } = arrow(module);
    const { makeData, makeVector, Field, FixedSizeList, Float64 } = module;
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toVector(a),
        hand(parts) {
          const [length, size] = parts.shape;
          const type = new Float64();
          const child = makeData({ type, data: dense(parts), length: length * size, nullCount: 0 });
          const list = new FixedSizeList(size, new Field("item", type, false));
          return makeVector(makeData({ type: list, child, length, nullCount: 0 }));
        },
      },
      from: {
        given: (a) => toVector(a),
        ours: (vector) => fromVector(vector).values,
        hand: (vector) => vector.data[0].children[0].values,
      },
    };
  },
  async Zarr() {
    const zarrita = await import("zarrita");
    const { zarr } = await import("ndview/interop/zarr");
    const { read, write } = zarr(zarrita);
    const stored = (shape) =>
      zarrita.create(new Map(), { shape, chunkShape: shape, dtype: "float32", fillValue: 0 });
    return {
      ...FLOATS,
      to: {
        prepare: ({ shape }) => stored(shape),
        ours: (a, array) => write(array, [], a),
        hand(parts, array) {
          const [row] = parts.shape.slice(1);
          return zarrita.set(array, null, { data: dense(parts), shape: parts.shape, stride: [row, 1] });
        },
      },
      from: {
        async given(a) {
          const array = await stored(a.shape);
          await write(array, [], a);
          return array;
        },
        ours: (array) => read(array),
        hand: (array) => zarrita.get(array),
      },
    };
  },
  async "scijs ndarray"() {
    const { default: ndarray } = await import("ndarray");
    const { scijs } = await import("ndview/interop/scijs");
    const { toNdarray, fromNdarray } = scijs(ndarray);
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toNdarray(a),
        hand: ({ data, shape, strides, offset }) => ndarray(data, shape, strides, offset),
      },
      from: {
        given: (a) => toNdarray(a),
        ours: fromNdarray,
        hand: ({ data, shape, stride }) => [data, shape, stride],
      },
    };
  },
  async "@stdlib ndarray"() {
    const { default: Ndarray } = await import("@stdlib/ndarray-ctor");
    const { stdlib } = await import("ndview/interop/stdlib");
    const { toNdarray, fromNdarray } = stdlib(Ndarray);
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toNdarray(a),
        hand: ({ data, shape, strides, offset }) =>
          new Ndarray("float64", data, shape, strides, offset, "row-major"),
      },
      from: {
        given: (a) => toNdarray(a),
        ours: fromNdarray,
        hand: ({ data, shape, strides }) => [data, shape, strides],
      },
    };
  },
  async "TensorFlow.js"() {
    const tf = await import("@tensorflow/tfjs-core");
    await import("@tensorflow/tfjs-backend-cpu");
    await tf.setBackend("cpu");
    const { tfjs } = await import("ndview/interop/tfjs");
    const { toTensor, fromTensor } = tfjs(tf);
    return {
      ...FLOATS,
      to: {
        ours: (a) => toTensor(a).dispose(),
        hand: (parts) => tf.tensor(dense(parts), parts.shape, "float32").dispose(),
      },
      from: { given: (a) => toTensor(a), ours: fromTensor, hand: (tensor) => tensor.dataSync() },
    };
  },
  async "ml-matrix"() {
    const ml = await import("ml-matrix");
    const { mlMatrix } = await import("ndview/interop/ml-matrix");
    const { toMatrix, fromMatrix } = mlMatrix(ml);
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toMatrix(a),
        hand(parts) {
          const { shape, strides, offset } = parts;
          const [rows, columns] = shape;
          const isDense = strides[1] === 1;
          const data = isDense ? parts.data : dense(parts);
          const [start, step] = isDense ? [offset, strides[0]] : [0, columns];
          const list = Array.from({ length: rows }, (_, k) =>
            data.subarray(start + k * step, start + k * step + columns),
          );
          return new ml.WrapperMatrix2D(list);
        },
      },
      from: {
        given: (a) => toMatrix(a),
        ours: fromMatrix,
        hand(matrix) {
          const { rows, columns } = matrix;
          const out = new Float64Array(rows * columns);
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++) out[i * columns + j] = matrix.get(i, j);
          return out;
        },
      },
    };
  },
  async mathjs() {
    const math = await import("mathjs");
    const { mathjs } = await import("ndview/interop/mathjs");
    const { toMatrix, fromMatrix } = mathjs(math);
    return {
      ...DOUBLES,
      large: [256, 512],
      to: { ours: (a) => toMatrix(a), hand: (parts) => math.matrix(lists(parts)) },
      from: {
        given: (a) => toMatrix(a),
        ours: fromMatrix,
        hand: (matrix) => Float64Array.from(matrix.toArray().flat()),
      },
    };
  },
  async "canvas ImageData"() {
    const { toImageData, fromImageData } = await import("ndview/interop/images");
    /** As browsers have it; Node has none. */
    class ImageData {
      constructor(data, width, height) {
        Object.assign(this, { data, width, height });
      }
    }
    const clamped = (bytes) => new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length);
    return {
      ...PICTURES,
      to: {
        ours: (a) => toImageData(a, ImageData),
        hand: (parts) => new ImageData(clamped(dense(parts)), parts.shape[1], parts.shape[0]),
      },
      from: {
        given: (a) => toImageData(a, ImageData),
        ours: fromImageData,
        hand: ({ data, width, height }) => [data, width, height],
      },
    };
  },
  async sharp() {
    const { toRaw } = await import("ndview/interop/images");
    return {
      ...PICTURES,
      to: {
        ours: (a) => toRaw(a),
        hand(parts) {
          const [height, width, channels] = parts.shape;
          return { data: dense(parts), raw: { width, height, channels } };
        },
      },
    };
  },
  async pngjs() {
    const { PNG } = await import("pngjs");
    const { toPng, fromPng } = await import("ndview/interop/images");
    return {
      ...PICTURES,
      to: {
        ours: (a) => toPng(a, PNG),
        hand(parts) {
          const [height, width] = parts.shape;
          const png = new PNG({ width, height });
          const { buffer, byteOffset, length } = dense(parts);
          png.data = Buffer.from(buffer, byteOffset, length);
          return png;
        },
      },
      from: {
        given: (a) => toPng(a, PNG),
        ours: fromPng,
        hand: ({ data, width, height }) => [data, width, height],
      },
    };
  },
  async structuredClone() {
    const { pack, unpack } = await import("ndview/interop/workers");
    return {
      ...DOUBLES,
      to: {
        ours(a) {
          const [message, transfer] = pack(a);
          return unpack(structuredClone(message, { transfer }));
        },
        hand(parts) {
          const { data, shape, strides, offset } = parts;
          return structuredClone({ data, shape, strides, offset });
        },
      },
    };
  },
  async DLPack({ toDlpack, fromDlpack }) {
    return {
      ...DOUBLES,
      to: {
        ours: (a) => toDlpack(a),
        hand: ({ data, shape, strides, offset }) => ({
          data: data.buffer,
          dtype: "float64",
          shape,
          strides,
          byteOffset: data.byteOffset + offset * 8,
          device: "cpu",
        }),
      },
      from: {
        given: (a) => toDlpack(a),
        ours: fromDlpack,
        hand: ({ data, byteOffset }) => new Float64Array(data, byteOffset),
      },
    };
  },
};
