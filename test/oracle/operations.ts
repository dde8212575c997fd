/** Every operation of the oracle, as the Python and the TypeScript of one step. */

import { arithmetic } from "./arithmetic.ts";
import { type Args, type Datum, js, jsDtype, jsIndex, py, pyDtype, pyIndex, tuple } from "./chain.ts";
import { indexing } from "./indexing.ts";

export interface Operation {
  /** What it gives: arrays, a scalar, or nothing because it writes. */
  readonly kind: "make" | "tell" | "do";
  readonly py: (args: Args) => string;
  readonly js: (args: Args) => string;
}

/** Keyword arguments of both languages from those that are given. */
function pyKeywords(args: Args, keys: readonly string[]): string {
  return keys
    .filter((key) => args[key] !== undefined)
    .map((key) => `, ${key}=${key === "dtype" ? pyDtype(args.dtype) : pyValue(args[key])}`)
    .join("");
}

function pyValue(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return tuple(value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function jsOptions(args: Args, keys: readonly string[]): string {
  const parts = keys
    .filter((key) => args[key] !== undefined)
    .map((key) => `${key}: ${key === "dtype" ? jsDtype(args.dtype) : JSON.stringify(args[key])}`);
  return parts.length === 0 ? "" : `, { ${parts.join(", ")} }`;
}

/** Positional arguments, those at the end left out that are undefined. */
function list(values: readonly unknown[], text: (value: unknown) => string): string {
  let end = values.length;
  while (end > 0 && values[end - 1] === undefined) end--;
  return values
    .slice(0, end)
    .map((value) => `, ${text(value)}`)
    .join("");
}

const jsValue = (value: unknown): string => (value === undefined ? "undefined" : JSON.stringify(value));

/** A function of an array and further positional arguments, under its name in either language. */
function view(pyName: string, jsName: string, keys: readonly string[] = []): Operation {
  return {
    kind: "make",
    py: (g) =>
      `${pyName}(a${g.a}${list(
        keys.map((key) => g[key]),
        pyValue,
      )})`,
    js: (g) =>
      `np.${jsName}(a${g.a}${list(
        keys.map((key) => g[key]),
        jsValue,
      )})`,
  };
}

/** The same where only the first few of many arrays are kept. */
function pieces(pyName: string, jsName: string, keys: readonly string[] = []): Operation {
  const op = view(pyName, jsName, keys);
  return { kind: "make", py: (g) => `${op.py(g)}[:3]`, js: (g) => `${op.js(g)}.slice(0, 3)` };
}

/** A fresh array of a shape. */
function fresh(name: string): Operation {
  const keys = ["dtype", "order"];
  return {
    kind: "make",
    py: (g) => `np.${name}(${pyValue(g.shape)}${pyKeywords(g, keys)})`,
    js: (g) => `np.${name}(${JSON.stringify(g.shape)}${jsOptions(g, keys)})`,
  };
}

const creation = {
  array: {
    kind: "make",
    py: (g) => `np.array(${py(g.v)}${pyKeywords(g, ["dtype", "order"])})`,
    js: (g) => `np.array(${js(g.v)}${jsOptions(g, ["dtype", "order"])})`,
  },
  zeros: fresh("zeros"),
  ones: fresh("ones"),
  full: {
    kind: "make",
    py: (g) => `np.full(${pyValue(g.shape)}, ${py(g.v)}${pyKeywords(g, ["dtype", "order"])})`,
    js: (g) => `np.full(${JSON.stringify(g.shape)}, ${js(g.v)}${jsOptions(g, ["dtype", "order"])})`,
  },
  arange: {
    kind: "make",
    py: (g) => `np.arange(${g.v.map((x: Datum) => py(x)).join(", ")}${pyKeywords(g, ["dtype"])})`,
    js: (g) => `np.arange(${g.v.map(js).join(", ")}${g.dtype === undefined ? "" : `, ${jsDtype(g.dtype)}`})`,
  },
  linspace: {
    kind: "make",
    py: (
      g, // NumPy gives a view of a hidden array; what owns its memory is the plainer answer.
    ) => `np.linspace(${py(g.v[0])}, ${py(g.v[1])}, ${g.num}${pyKeywords(g, ["endpoint", "dtype"])}).copy()`,
    js: (g) => `np.linspace(${js(g.v[0])}, ${js(g.v[1])}, ${g.num}${jsOptions(g, ["endpoint", "dtype"])})`,
  },
  eye: {
    kind: "make",
    py: (g) => `np.eye(${g.n}, ${g.m}, ${g.k}${pyKeywords(g, ["dtype", "order"])})`,
    js: (g) => `np.eye(${g.n}, ${g.m}, ${g.k}${jsOptions(g, ["dtype", "order"])})`,
  },
  tri: {
    kind: "make",
    py: (g) => `np.tri(${g.n}, ${g.m}, ${g.k}${pyKeywords(g, ["dtype"])})`,
    js: (g) => `np.tri(${g.n}, ${g.m}, ${g.k}${jsOptions(g, ["dtype"])})`,
  },
  diag: view("np.diag", "diag", ["k"]),
  diagflat: view("np.diagflat", "diagflat", ["k"]),
  vander: {
    kind: "make",
    py: (g) => `np.vander(a${g.a}, ${g.n}${pyKeywords(g, ["increasing"])})`,
    js: (g) => `np.vander(a${g.a}, ${g.n}${jsOptions(g, ["increasing"])})`,
  },
  fullLike: {
    kind: "make",
    py: (g) => `np.full_like(a${g.a}, ${py(g.v)}${pyKeywords(g, ["dtype", "order", "shape"])})`,
    js: (g) => `np.fullLike(a${g.a}, ${js(g.v)}${jsOptions(g, ["dtype", "order", "shape"])})`,
  },
  zerosLike: like("zeros_like", "zerosLike"),
  onesLike: like("ones_like", "onesLike"),
  meshgrid: {
    kind: "make",
    py: (g) => `np.meshgrid(a${g.a}, a${g.b}${pyKeywords(g, ["indexing", "sparse", "copy"])})`,
    js: (g) => `np.meshgrid(a${g.a}, a${g.b}${jsOptions(g, ["indexing", "sparse", "copy"])})`,
  },
  frombuffer: {
    kind: "make",
    py: (g) => `np.frombuffer(memory("${g.hex}")${pyKeywords(g, ["dtype", "count", "offset"])})`,
    js: (g) => `np.frombuffer(memory("${g.hex}")${jsOptions(g, ["dtype", "count", "offset"])})`,
  },
  fromStrided: {
    kind: "make",
    py: (g) =>
      `np.ndarray(${pyValue(g.shape)}, np.dtype(${pyDtype(g.dtype)}), memory("${g.hex}"), ${g.offset}, ${pyValue(g.strides)})`,
    js: (g) =>
      `np.fromStrided({ buffer: memory("${g.hex}")${jsOptions(g, ["dtype", "shape", "strides", "offset"]).replace("{ ", "")})`,
  },
} satisfies Record<string, Operation>;

function like(pyName: string, jsName: string): Operation {
  const keys = ["dtype", "order", "shape"];
  return {
    kind: "make",
    py: (g) => `np.${pyName}(a${g.a}${pyKeywords(g, keys)})`,
    js: (g) => `np.${jsName}(a${g.a}${jsOptions(g, keys)})`,
  };
}

const views = {
  slice: {
    kind: "make",
    py: (g) => `a${g.a}[${pyIndex(g.index, true)}]`,
    js: (g) => `a${g.a}.slice(${jsIndex(g.index)})`,
  },
  T: { kind: "make", py: (g) => `a${g.a}.T`, js: (g) => `a${g.a}.T` },
  // An attribute that is missing is NumPy's word for a matrix that is missing.
  mT: { kind: "make", py: (g) => `np.matrix_transpose(a${g.a})`, js: (g) => `a${g.a}.mT` },
  transpose: view("np.transpose", "transpose", ["axes"]),
  permuteDims: view("np.permute_dims", "permuteDims", ["axes"]),
  swapaxes: view("np.swapaxes", "swapaxes", ["i", "j"]),
  moveaxis: view("np.moveaxis", "moveaxis", ["from", "to"]),
  rollaxis: view("np.rollaxis", "rollaxis", ["axis", "start"]),
  expandDims: view("np.expand_dims", "expandDims", ["axis"]),
  squeeze: view("np.squeeze", "squeeze", ["axis"]),
  flip: view("np.flip", "flip", ["axis"]),
  fliplr: view("np.fliplr", "fliplr"),
  flipud: view("np.flipud", "flipud"),
  rot90: view("np.rot90", "rot90", ["k", "axes"]),
  split: pieces("np.split", "split", ["parts", "axis"]),
  arraySplit: pieces("np.array_split", "arraySplit", ["parts", "axis"]),
  hsplit: pieces("np.hsplit", "hsplit", ["parts"]),
  vsplit: pieces("np.vsplit", "vsplit", ["parts"]),
  dsplit: pieces("np.dsplit", "dsplit", ["parts"]),
  unstack: {
    kind: "make",
    py: (g) => `np.unstack(a${g.a}, axis=${g.axis})[:3]`,
    js: (g) => `np.unstack(a${g.a}, { axis: ${g.axis} }).slice(0, 3)`,
  },
  broadcastTo: view("np.broadcast_to", "broadcastTo", ["shape"]),
  broadcastArrays: {
    kind: "make",
    py: (g) => `broadcast_arrays(a${g.a}, a${g.b})`,
    js: (g) => `np.broadcastArrays(a${g.a}, a${g.b})`,
  },
  diagonal: view("np.diagonal", "diagonal", ["offset", "axis1", "axis2"]),
  real: { kind: "make", py: (g) => `a${g.a}.real`, js: (g) => `np.real(a${g.a})` },
  imag: { kind: "make", py: (g) => `a${g.a}.imag`, js: (g) => `np.imag(a${g.a})` },
  view: {
    kind: "make",
    py: (g) => `a${g.a}.view(${pyDtype(g.dtype)})`,
    js: (g) => `a${g.a}.view(${jsDtype(g.dtype)})`,
  },
  field: {
    kind: "make",
    py: (g) => `a${g.a}[${JSON.stringify(g.names)}]`,
    js: (g) => `a${g.a}.field(${JSON.stringify(g.names)})`,
  },
  slidingWindowView: {
    kind: "make",
    py: (g) =>
      `np.lib.stride_tricks.sliding_window_view(a${g.a}, ${pyValue(g.window)}${pyKeywords(g, ["axis"])})`,
    js: (g) => `np.slidingWindowView(a${g.a}, ${jsValue(g.window)}${jsOptions(g, ["axis"])})`,
  },
  asStrided: {
    kind: "make",
    py: (g) => `as_strided(a${g.a}, ${tuple(g.shape)}, ${tuple(g.strides)})`,
    js: (g) => `np.asStrided(a${g.a}${jsOptions(g, ["shape", "strides"])})`,
  },
  reshape: {
    kind: "make",
    py: (g) => `np.reshape(a${g.a}, ${pyValue(g.shape)}${pyKeywords(g, ["order", "copy"])})`,
    js: (g) => `np.reshape(a${g.a}, ${JSON.stringify(g.shape)}${jsOptions(g, ["order", "copy"])})`,
  },
  ravel: view("np.ravel", "ravel", ["order"]),
  atleast1d: view("np.atleast_1d", "atleast1d"),
  atleast2d: view("np.atleast_2d", "atleast2d"),
  atleast3d: view("np.atleast_3d", "atleast3d"),
} satisfies Record<string, Operation>;

const copies = {
  copy: view("np.copy", "copy", ["order"]),
  flatten: {
    kind: "make",
    py: (g) => `a${g.a}.flatten("${g.order}")`,
    js: (g) => `np.flatten(a${g.a}, "${g.order}")`,
  },
  astype: {
    kind: "make",
    py: (g) => `a${g.a}.astype(${pyDtype(g.dtype)}${pyKeywords(g, ["order", "casting", "copy"])})`,
    js: (g) => `np.astype(a${g.a}, ${jsDtype(g.dtype)}${jsOptions(g, ["order", "casting", "copy"])})`,
  },
  asarray: {
    kind: "make",
    py: (g) => `np.asarray(a${g.a}${pyKeywords(g, ["dtype", "order", "copy"])})`,
    js: (g) => `np.asarray(a${g.a}${jsOptions(g, ["dtype", "order", "copy"])})`,
  },
  arrayOf: {
    kind: "make",
    py: (g) => `np.array(a${g.a}${pyKeywords(g, ["dtype", "order", "ndmin", "copy"])})`,
    js: (g) => `np.array(a${g.a}${jsOptions(g, ["dtype", "order", "ndmin", "copy"])})`,
  },
  ascontiguousarray: view("np.ascontiguousarray", "ascontiguousarray"),
  asfortranarray: view("np.asfortranarray", "asfortranarray"),
  require: {
    kind: "make",
    py: (g) => `np.require(a${g.a}, None, ${JSON.stringify(g.letters)})`,
    js: (g) => `np.require(a${g.a}, null, ${JSON.stringify(g.letters)})`,
  },
  byteswap: view("np.ndarray.byteswap", "byteswap"),
  flatSlice: {
    kind: "make",
    py: (g) => `a${g.a}.flat[${g.index}]`,
    js: (g) => `np.flat(a${g.a}).slice("${g.index}")`,
  },
} satisfies Record<string, Operation>;

const writes = {
  set: {
    kind: "do",
    py: (g) => `a${g.a}[${pyIndex(g.index, false)}] = ${py(g.v)}`,
    js: (g) => `a${g.a}.set([${jsIndex(g.index)}], ${js(g.v)})`,
  },
  // Two ranges of one array: what is read lies in what is written.
  setWithin: {
    kind: "do",
    py: (g) => `a${g.a}[${pyIndex(g.to, true)}] = a${g.a}[${pyIndex(g.from, true)}].copy()`,
    js: (g) => `a${g.a}.set([${jsIndex(g.to)}], a${g.a}.slice(${jsIndex(g.from)}))`,
  },
  copyto: {
    kind: "do",
    py: (g) =>
      `np.copyto(a${g.a}, ${py(g.v)}${pyKeywords(g, ["casting"])}${g.m === undefined ? "" : `, where=a${g.m}.copy()`})`,
    js: (g) => {
      const parts = [
        ...(g.casting === undefined ? [] : [`casting: "${g.casting}"`]),
        ...(g.m === undefined ? [] : [`where: a${g.m}`]),
      ];
      return `np.copyto(a${g.a}, ${js(g.v)}${parts.length === 0 ? "" : `, { ${parts.join(", ")} }`})`;
    },
  },
  fill: {
    kind: "do",
    py: (g) => `a${g.a}.fill(${py(g.v)})`,
    js: (g) => `np.fill(a${g.a}, ${js(g.v)})`,
  },
  flatSet: {
    kind: "do",
    py: (g) => `a${g.a}.flat[${g.index}] = ${py(g.v)}`,
    js: (g) => `np.flat(a${g.a}).set(${typeof g.index === "number" ? g.index : `"${g.index}"`}, ${js(g.v)})`,
  },
  setflags: {
    kind: "do",
    py: (g) => `a${g.a}.setflags(write=${pyValue(g.write)})`,
    js: (g) => `a${g.a}.setflags({ write: ${g.write} })`,
  },
  swapInPlace: {
    kind: "do",
    py: (g) => `a${g.a}.byteswap(inplace=True)`,
    js: (g) => `np.byteswap(a${g.a}, { inplace: true })`,
  },
} satisfies Record<string, Operation>;

/** A question of one array. */
function ask(pyText: string, jsText: string): Operation {
  const fill = (text: string, g: Args) => text.replaceAll("$a", `a${g.a}`).replaceAll("$b", `a${g.b}`);
  return { kind: "tell", py: (g) => `tell(${fill(pyText, g)})`, js: (g) => `tell(${fill(jsText, g)})` };
}

const questions = {
  at: {
    kind: "tell",
    py: (g) => `tell(a${g.a}[${tuple(g.index)}])`,
    js: (g) => `tell(a${g.a}.at(${g.index.join(", ")}))`,
  },
  item: {
    kind: "tell",
    py: (g) => `tell(a${g.a}.item(${g.index.join(", ")}))`,
    js: (g) => `tell(np.item(a${g.a}${g.index.map((i: number) => `, ${i}`).join("")}))`,
  },
  tolist: ask("$a.tolist()", "np.tolist($a)"),
  tobytes: {
    kind: "tell",
    py: (g) => `tell(a${g.a}.tobytes("${g.order}"))`,
    js: (g) => `tell(np.tobytes(a${g.a}, "${g.order}"))`,
  },
  bounds: ask("bounds($a)", "bounds($a)"),
  isfortran: ask("np.isfortran($a)", "np.isfortran($a)"),
  nbytes: ask("[$a.nbytes, $a.size, $a.ndim, $a.itemsize]", "[$a.nbytes, $a.size, $a.ndim, $a.itemsize]"),
  flagsNum: ask("str($a.flags)[:-1]", "String($a.flags)"),
  may: ask("np.may_share_memory($a, $b)", "np.mayShareMemory($a, $b)"),
  shares: {
    kind: "tell",
    py: (g) =>
      `tell(np.shares_memory(a${g.a}, a${g.b}${g.work === undefined ? "" : `, max_work=${g.work}`}))`,
    js: (g) =>
      `tell(np.sharesMemory(a${g.a}, a${g.b}${g.work === undefined ? "" : `, { maxWork: ${g.work} }`}))`,
  },
  text: {
    kind: "tell",
    py: (g) =>
      `tell(np.array2string(a${g.a}${Object.entries(textKeywords)
        .filter(([key]) => g[key] !== undefined)
        .map(([key, name]) => `, ${name}=${pyValue(g[key])}`)
        .join("")}))`,
    js: (g) => `tell(np.array2string(a${g.a}${jsOptions(g, Object.keys(textKeywords))}))`,
  },
} satisfies Record<string, Operation>;

/** Keywords of printing: ours and NumPy's. */
export const textKeywords = {
  precision: "precision",
  suppressSmall: "suppress_small",
  separator: "separator",
  prefix: "prefix",
  maxLineWidth: "max_line_width",
  threshold: "threshold",
  edgeitems: "edgeitems",
  floatmode: "floatmode",
  sign: "sign",
} as const;

export type Op =
  | keyof typeof creation
  | keyof typeof views
  | keyof typeof copies
  | keyof typeof writes
  | keyof typeof questions
  | keyof typeof arithmetic
  | keyof typeof indexing;

export const operations: Readonly<Record<string, Operation>> = {
  ...creation,
  ...views,
  ...copies,
  ...writes,
  ...questions,
  ...arithmetic,
  ...indexing,
};
