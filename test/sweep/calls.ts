/** Every public function and every method as one call on an array. */
import * as np from "../../src/index.ts";
import { arithmetic } from "./arithmetic.ts";
import * as dates from "./dates.ts";
import * as explain from "./explain.ts";
import * as expr from "./expr.ts";
import * as grids from "./grids.ts";
import * as indexing from "./indexing.ts";
import * as manipulation from "./manipulation.ts";
import * as mapped from "./mapped.ts";
import { reductions } from "./reductions.ts";
import * as sorting from "./sorting.ts";
import * as statistics from "./statistics.ts";
import * as strings from "./strings.ts";
import * as text from "./text.ts";

type Call = (a: np.NDArray) => unknown;

/** What always gives a view: besides giving the right elements, writing it must reach the right elements. */
export const views: Readonly<Record<string, Call>> = {
  asStrided: (a) => np.asStrided(a),
  atleast1d: (a) => np.atleast1d(a),
  atleast2d: (a) => np.atleast2d(a),
  atleast3d: (a) => np.atleast3d(a),
  arraySplit: (a) => np.arraySplit(a, 2, -1),
  split: (a) => np.split(a, 2, -1),
  hsplit: (a) => np.hsplit(a, [1]),
  vsplit: (a) => np.vsplit(a, [1]),
  dsplit: (a) => np.dsplit(a, 2),
  unstack: (a) => np.unstack(a, { axis: -1 }),
  expandDims: (a) => np.expandDims(a, [0, -1]),
  field: (a) => np.field(a, "x"),
  flip: (a) => np.flip(a),
  fliplr: (a) => np.fliplr(a),
  flipud: (a) => np.flipud(a),
  imag: (a) => np.imag(a),
  real: (a) => np.real(a),
  matrixTranspose: (a) => np.matrixTranspose(a),
  moveaxis: (a) => np.moveaxis(a, 0, -1),
  permuteDims: (a) => np.permuteDims(a),
  rollaxis: (a) => np.rollaxis(a, -1),
  rot90: (a) => np.rot90(a),
  squeeze: (a) => np.squeeze(a),
  swapaxes: (a) => np.swapaxes(a, 0, -1),
  transpose: (a) => np.transpose(a),
  view: (a) => np.view(a),
  ".T": (a) => a.T,
  ".mT": (a) => a.mT,
  ".field": (a) => a.field("y"),
  ".imag": (a) => a.imag,
  ".real": (a) => a.real,
  ".slice": (a) => a.slice("...", "::-2"),
  ".squeeze": (a) => a.squeeze(),
  ".swapaxes": (a) => a.swapaxes(0, -1),
  ".transpose": (a) => a.transpose(),
  ".view": (a) => a.view(),
  ".viewAs": (a) => a.viewAs(a.layout),
  ".retype": (a) => a.retype(a.layout, a.dtype),
};

const dense = (a: np.NDArray) => np.zeros(a.shape, a.dtype);
const into = (a: np.NDArray, write: (target: np.NDArray) => void) => {
  const target = dense(a);
  write(target);
  return target;
};

/** What reads elements, copies them, or only looks at shape and dtype. */
export const reads: Readonly<Record<string, Call>> = {
  ...arithmetic,
  ...reductions,
  ...dates.reads,
  ...grids.reads,
  ...indexing.reads,
  ...manipulation.reads,
  ...sorting.reads,
  ...statistics.reads,
  ...strings.reads,
  ...explain.reads,
  ...expr.reads,
  ...mapped.reads,
  ...text.reads,
  array: (a) => np.array(a),
  array2string: (a) => np.array2string(a),
  arrayRepr: (a) => np.arrayRepr(a),
  arrayStr: (a) => np.arrayStr(a),
  asanyarray: (a) => np.asanyarray(a, "complex128"),
  asarray: (a) => np.asarray([a, a]),
  asarrayChkfinite: (a) => np.asarrayChkfinite(a),
  ascontiguousarray: (a) => np.ascontiguousarray(a).data,
  asfortranarray: (a) => np.asfortranarray(a),
  astype: (a) => np.astype(a, "float32"),
  broadcastArrays: (a) => np.broadcastArrays(a, np.zeros([2, 1, 1, 1])),
  broadcastTo: (a) => np.broadcastTo(a, [2, ...a.shape]),
  byteswap: (a) => np.byteswap(a).tobytes(),
  canCast: (a) => np.canCast(a.dtype, "float64"),
  copy: (a) => np.copy(a),
  copyto: (a) => into(a, (target) => np.copyto(target, a)),
  diag: (a) => np.diag(a),
  diagflat: (a) => np.diagflat(a),
  diagonal: (a) => np.diagonal(a, 1, -2, -1),
  emptyLike: (a) => np.emptyLike(a),
  fill: (a) => into(a, (target) => np.fill(target, a)),
  flat: (a) => [...np.flat(a)],
  flatten: (a) => np.flatten(a),
  full: (a) => np.full([2, ...a.shape], a),
  fullLike: (a) => np.fullLike(a, a),
  geomspace: (a) => np.geomspace(1, a, 3),
  fromDlpack: (a) => np.fromDlpack(a),
  toDlpack: (a) => np.fromDlpack(np.toDlpack(a)),
  ".device": (a) => a.device,
  ".toDevice": (a) => a.toDevice("cpu"),
  handoff: (a) => np.handoff(a, { order: "C" }).data,
  item: (a) => np.item(a, -1),
  linspace: (a) => np.linspace(a, 9, 3),
  logspace: (a) => np.logspace(0, a, 3, { base: 1.5 }),
  meshgrid: (a) => np.meshgrid(a, a),
  minScalarType: (a) => np.minScalarType(a),
  ndenumerate: (a) => [...np.ndenumerate(a)],
  npyBytes: (a) => np.npyBytes(np.ascontiguousarray(a)),
  npzBytes: (a) => np.npzBytes({ a: np.ascontiguousarray(a) }),
  onesLike: (a) => np.onesLike(a),
  ravel: (a) => np.ravel(a),
  require: (a) => np.require(a, null, ["C", "A"]),
  reshape: (a) => np.reshape(a, [-1]),
  resultType: (a) => np.resultType(a, "float32"),
  slidingWindowView: (a) => np.slidingWindowView(a, 2, -1),
  tobytes: (a) => np.tobytes(a),
  tolist: (a) => np.tolist(a),
  vander: (a) => np.vander(a, 3),
  zerosLike: (a) => np.zerosLike(a),
  ".[Symbol.iterator]": (a) => [...a],
  ".[Symbol.toPrimitive]": (a) => `${a}`,
  ".[nodejs.util.inspect.custom]": (a) =>
    (a as unknown as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]!(),
  ".astype": (a) => a.astype("int16", { order: "F" }),
  ".at": (a) => a.at(...a.shape.map(() => -1)),
  ".byteswap": (a) => a.byteswap().tobytes(),
  ".copy": (a) => a.copy().data,
  ".diagonal": (a) => a.diagonal(),
  ".fill": (a) => into(a, (target) => target.fill(a)),
  ".flat": (a) => a.flat.slice("1:9:2"),
  ".flatten": (a) => a.flatten("F"),
  ".item": (a) => a.item(),
  ".itemsize": (a) => a.itemsize,
  ".length": (a) => a.length,
  ".nbytes": (a) => a.nbytes,
  ".ndim": (a) => a.ndim,
  ".ravel": (a) => a.ravel("F"),
  ".repr": (a) => a.repr(),
  ".reshape": (a) => a.reshape([2, -1], { order: "F" }),
  ".set": (a) => into(a, (target) => target.set("...", a)),
  ".shape": (a) => a.shape,
  ".size": (a) => a.size,
  ".toJSON": (a) => a.toJSON(),
  ".toString": (a) => String(a),
  ".tobytes": (a) => a.tobytes("F"),
  ".tolist": (a) => a.tolist(),
};

const layoutIsTheAnswer = "what it says is the layout itself";
const noArray = "it takes no array";
const files = "it goes through npyBytes or npzBytes, and needs a file";

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  ...dates.exempt,
  ...grids.exempt,
  ...indexing.exempt,
  ...manipulation.exempt,
  ...sorting.exempt,
  ...statistics.exempt,
  ...strings.exempt,
  ...explain.exempt,
  ...expr.exempt,
  ...mapped.exempt,
  ...text.exempt,
  ...Object.fromEntries(
    [
      ...[
        "Complex",
        "DTypeError",
        "Flags",
        "Flat",
        "IndexError",
        "NDArray",
        "NdError",
        "NpzFile",
        "ShapeError",
      ],
      ...["TooHardError", "ValueError", "arange", "baseRepr", "binaryRepr", "broadcastShapes", "complex"],
      ...["dtype", "empty", "eye", "finfo", "formatFloatPositional", "formatFloatScientific", "fromStrided"],
      ...["frombuffer", "fromfunction", "fromiter", "getPrintoptions", "identity", "iinfo", "indices"],
      ...[
        "isNdError",
        "isNpzFile",
        "isdtype",
        "issubdtype",
        "load",
        "loadSync",
        "mgrid",
        "ndindex",
        "npyHeader",
      ],
      ...[
        "ogrid",
        "ones",
        "scope",
        "errstate",
        "geterr",
        "seterr",
        "geterrcall",
        "seterrcall",
        "einsumPath",
        "isscalar",
        "printoptions",
        "promoteTypes",
        "s",
        "setPrintoptions",
        "tri",
        "zeros",
      ],
    ].map((name) => [name, noArray]),
  ),
  ...Object.fromEntries(
    ["byteBounds", "isfortran", "mayShareMemory", "memoryOf", "sharesMemory"].map((n) => [
      n,
      layoutIsTheAnswer,
    ]),
  ),
  ...Object.fromEntries(
    [".buffer", ".byteOffset", ".flags", ".isAligned", ".isContiguous", ".setflags", ".strides"].map((n) => [
      n,
      layoutIsTheAnswer,
    ]),
  ),
  ".data": "it refuses what is not C-contiguous; .copy reads it",
  ...Object.fromEntries(
    ["save", "saveSync", "savez", "savezCompressed", "savezCompressedSync", "savezSync"].map((n) => [
      n,
      files,
    ]),
  ),
};
