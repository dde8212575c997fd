/** ONNX Runtime, for Node and for the web: tensors are dense in C order. */

import { fromStrided } from "../array/adopt.ts";
import { assign } from "../array/assign.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** A tensor, as far as it is used here. */
export interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

/** The package, as far as it is used here. */
export interface OnnxModule<T extends OnnxTensor = OnnxTensor> {
  readonly Tensor: new (type: never, data: never, dims: readonly number[]) => T;
  /** Only the runtime for Node has it, and only that one writes into outputs that it is given. */
  readonly listSupportedBackends?: unknown;
}

/** A session, as far as it is used here. */
export interface OnnxSession {
  readonly outputNames?: readonly string[] | undefined;
  run(feeds: never, fetches?: never): Promise<Readonly<Record<string, OnnxTensor>>>;
}

/** What passes arrays to and from ONNX Runtime. */
export interface Onnx<T extends OnnxTensor = OnnxTensor> {
  /**
   * A tensor of the elements: the array's own memory when it is C-contiguous, else a copy, whose reason tracing shows. The
   * dtypes are those of arrays but complex ones; `dtype` casts first. Memory of a SharedArrayBuffer is copied, because
   * ONNX Runtime for Node refuses it.
   */
  toTensor(a: NDArray, options?: ToTensorOptions): T;
  /** The elements of a tensor in the main memory. Returns a view. */
  fromTensor(tensor: OnnxTensor): NDArray;
  /**
   * Runs a session on arrays. Each array in `into` takes the output of its name, whatever its layout: where ONNX Runtime can
   * it writes right into its memory. Returns the outputs, those in `into` among them.
   */
  run(
    session: OnnxSession,
    inputs: Readonly<Record<string, NDArray>>,
    into?: Readonly<Record<string, NDArray>>,
  ): Promise<Record<string, NDArray>>;
}

export interface ToTensorOptions {
  /** What the model takes, if it is not the array's dtype. */
  readonly dtype?: DTypeLike | undefined;
  /** How far that cast may go; "safe" if left out. */
  readonly casting?: Casting | undefined;
  /** Whether to copy where it must be; false makes it an error. */
  readonly copy?: boolean | undefined;
}

const DTYPES = [
  ...["float32", "float64", "float16", "bool", "int8", "uint8", "int16", "uint16"],
  ...["int32", "uint32", "int64", "uint64"],
] as const;

/**
 * Arrays to and from ONNX Runtime: `onnx(ort)` with onnxruntime-node or onnxruntime-web, or `await onnx()` to load the
 * first.
 *
 * @example
 * import { onnx } from "ndview/interop/onnx";
 * const { toTensor } = await onnx();
 * const pictures = np.zeros([2, 4, 5, 3], "float32");
 * toTensor(pictures.transpose(0, 3, 1, 2)).dims; // [2, 3, 4, 5]
 */
export function onnx<T extends OnnxTensor>(ort: OnnxModule<T>): Onnx<T>;
export function onnx(): Promise<Onnx>;
export function onnx(ort?: OnnxModule): Onnx | Promise<Onnx> {
  if (ort !== undefined) return adapter(ort);
  return loadPeer<OnnxModule>("onnxruntime-node", "onnx", () => import("onnxruntime-node" as string)).then(
    adapter,
  );
}

function adapter({ Tensor, listSupportedBackends }: OnnxModule): Onnx {
  const writes = listSupportedBackends !== undefined;
  const toTensor = (a: NDArray, { dtype, casting = "safe", copy = true }: ToTensorOptions = {}) => {
    const given = handoff(a, {
      consumer: "ONNX Runtime",
      dtypes: dtype ?? DTYPES,
      casting: dtype === undefined ? "no" : casting,
      order: "C",
      shared: false,
      copy,
    });
    return new Tensor(given.dtype.name as never, given.data as never, given.shape);
  };
  return {
    toTensor,
    fromTensor,
    async run(session, inputs, into = {}) {
      const feeds = mapped(inputs, (a) => toTensor(a));
      const names = Object.keys(into);
      const targets = mapped(into, (a) => targetFor(a, toTensor));
      const direct = writes && names.length > 0 && names.every((name) => targets[name] !== null);
      // What is not asked for by name is not computed.
      const others = session.outputNames ?? [];
      const fetches = { ...Object.fromEntries(others.map((name) => [name, null])), ...targets };
      const found = await session.run(feeds as never, ...(direct ? [fetches as never] : []));
      return { ...mapped(found, fromTensor), ...mapped(into, (a, name) => filled(a, name, found, direct)) };
    },
  };
}

function mapped<A, B>(
  record: Readonly<Record<string, A>>,
  by: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, by(value, name)]));
}

/** A tensor over the memory of an array, or null when ONNX Runtime cannot write there. */
function targetFor(
  a: NDArray,
  toTensor: (a: NDArray, options: ToTensorOptions) => OnnxTensor,
): OnnxTensor | null {
  if (!a.flags.writeable) throw new ValueError("run: an array for an output is read-only");
  if (!a.isContiguous("C") || !a.isAligned() || !(a.buffer instanceof ArrayBuffer)) return null;
  return toTensor(a, { copy: false });
}

/** Sees that an output is in its array: the web's runtime does not write into memory that is given. */
function filled(
  a: NDArray,
  name: string,
  found: Readonly<Record<string, OnnxTensor>>,
  direct: boolean,
): NDArray {
  const tensor = found[name];
  if (tensor === undefined) throw new ValueError(`run: the model has no output ${JSON.stringify(name)}`);
  const result = fromTensor(tensor);
  if (!isSameShape(result.layout.shape, a.layout.shape)) {
    throw new ValueError(
      `run: the output ${JSON.stringify(name)} is of shape ${shapeText(result.layout.shape)}, the array for it of ${shapeText(a.layout.shape)}`,
    );
  }
  if (!direct || result.buffer !== a.buffer || result.byteOffset !== a.byteOffset)
    assign(a, result, { casting: "same_kind", caller: "run" });
  return a;
}

function fromTensor({ type, dims, data }: OnnxTensor): NDArray {
  const dtype = DTYPES.find((name) => name === type);
  if (dtype === undefined || !ArrayBuffer.isView(data))
    throw new DTypeError(`fromTensor: a tensor of ${type} has no dtype here`);
  return fromStrided({ data, dtype, shape: dims });
}
