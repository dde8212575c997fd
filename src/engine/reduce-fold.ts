/**
 * What folds elements into results: the kernels of a reduction, for one ufunc and one dtype.
 *
 * The usual ufuncs have kernels of their own. Any other ufunc of two operands folds with its element-wise kernel, one
 * element or one row at a time.
 */

import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import type { Runnable } from "../wasm/kernel.ts";
import type { MemoryLane } from "../wasm/map.ts";
import { roundHalf, roundHalfKernel } from "./kernels/half-round.ts";
import {
  addition,
  bits,
  type Combine,
  extreme,
  extremeNeutral,
  extremeNumber,
  multiplication,
} from "./kernels/reduce-combine.ts";
import { complexProductColumns, complexProductLines } from "./kernels/reduce-complex.ts";
import { countExtreme, countNeutral, countSums } from "./kernels/reduce-counts.ts";
import { columns, freeLines, scalarColumns, sequentialLines } from "./kernels/reduce-loops.ts";
import { pairwiseLines } from "./kernels/reduce-pairwise.ts";
import { type SmallLane, wideColumns, wideLines } from "./kernels/reduce-widen.ts";
import type { Loop } from "./loop.ts";

/** The kernels of a reduction; see reduce-loops.ts for what lines and columns are. */
export interface Folder {
  /** What elements are brought in as. */
  readonly tile: PlainDType;
  /** What results are while they grow. */
  readonly result: PlainDType;
  /** `(m, n, in, acc)` */
  readonly lines: Runnable;
  /** `(m, rows, n, in, acc)` */
  readonly columns: Runnable;
  /** `(m, acc, acc)`: what is done to the results after a line, as NumPy stores a float16 after each. */
  readonly after: Runnable | null;
  /** How much the result depends on how a line is cut: sums of floats are made by halves, products in sequence. */
  readonly order: "halves" | "sequence" | "free";
  /** Whether it makes no difference that an element is met twice. */
  readonly idempotent: boolean;
  /** Numbers side by side that `lines` adds up: 2 for complex, which has no `halves` but of pairs. */
  readonly parts: 1 | 2;
  /** The byte that a result stays once it is that, for bools. */
  readonly final?: 0 | 1;
  /** An element, as the tile holds it, that changes no result; undefined when there is none. */
  readonly neutral: number | bigint | boolean | Complex | undefined;
}

type Dense = Exclude<PlainDType, "float16" | "complex64" | "complex128">;

const lanes: Readonly<Record<Dense, MemoryLane>> = {
  bool: "u8",
  int8: "i8",
  uint8: "u8",
  int16: "i16",
  uint16: "u16",
  int32: "i32",
  uint32: "u32",
  int64: "i64",
  uint64: "u64",
  float32: "f32",
  float64: "f64",
};

function isComplex(type: PlainDType): type is "complex64" | "complex128" {
  return plain[type].kind === "c";
}

/** The dtype that a loop is computed in. */
function working(type: PlainDType): PlainDType {
  return type === "float16" ? "float32" : type;
}

/** The order of which does not matter. */
function free(type: PlainDType, combine: Combine, neutral: Folder["neutral"], idempotent = true): Folder {
  const made = { lines: freeLines(combine), columns: columns(combine), idempotent };
  return { tile: type, result: type, ...made, after: null, order: "free", parts: 1, neutral };
}

function sumOf(type: PlainDType): Folder {
  if (type === "bool") return free("bool", bits("u8", "or"), false);
  if (isComplex(type)) {
    const lane = type === "complex64" ? "f32" : "f64";
    const pairs = columns(addition(lane));
    const twice = {
      get run() {
        const { run } = pairs;
        return (m: number, rows: number, n: number, from: number, acc: number) =>
          run(m, rows, 2 * n, from, acc);
      },
    } as Runnable;
    const made = { lines: pairwiseLines(lane, 2), columns: twice, neutral: new Complex(-0, -0) };
    return { tile: type, result: type, ...made, after: null, order: "halves", parts: 2, idempotent: false };
  }
  const at = working(type);
  const lane = lanes[at as Dense];
  if (plain[type].kind !== "f") return free(type, addition(lane), plain[type].itemsize === 8 ? 0n : 0, false);
  const half = type === "float16";
  return {
    tile: at,
    result: at,
    lines: pairwiseLines(lane as "f32" | "f64", 1),
    columns: columns(addition(lane), half ? roundHalf : null),
    after: half ? roundHalfKernel : null,
    order: "halves",
    idempotent: false,
    parts: 1,
    neutral: -0,
  };
}

function productOf(type: PlainDType): Folder {
  if (type === "bool") return free("bool", bits("u8", "and"), true);
  if (isComplex(type)) {
    const lane = type === "complex64" ? "f32" : "f64";
    const made = { lines: complexProductLines(lane), columns: complexProductColumns(lane) };
    // Multiplying by 1 + 0i can change the sign of a zero and spread NaN: nothing is neutral.
    return {
      tile: type,
      result: type,
      ...made,
      after: null,
      order: "sequence",
      idempotent: false,
      parts: 1,
      neutral: undefined,
    };
  }
  const at = working(type);
  const lane = lanes[at as Dense];
  const combine = multiplication(lane);
  const { itemsize, kind } = plain[type];
  if (kind !== "f" && itemsize > 1) return free(type, combine, itemsize === 8 ? 1n : 1, false);
  const half = type === "float16";
  const own = itemsize === 1 ? scalarColumns(lane, combine) : columns(combine, half ? roundHalf : null);
  return {
    tile: at,
    result: at,
    lines: sequentialLines(combine),
    columns: own,
    after: half ? roundHalfKernel : null,
    order: "sequence",
    idempotent: false,
    parts: 1,
    neutral: 1,
  };
}

function extremeOf(name: "max" | "min", ignore: boolean): (type: PlainDType) => Folder | null {
  return (type) => {
    if (isComplex(type)) return null;
    const at = working(type);
    const lane = lanes[at as Dense];
    const combine = ignore ? extremeNumber(lane, name) : extreme(lane, name);
    const least = type === "bool" ? name === "min" : extremeNeutral(lane, name);
    const { kind, itemsize } = plain[type];
    const fits = typeof least === "bigint" && itemsize < 8 ? Number(least) : least;
    return free(at, combine, ignore && kind === "f" ? Number.NaN : fits);
  };
}

function bitwiseOf(name: "and" | "or" | "xor"): (type: PlainDType) => Folder | null {
  return (type) => {
    const { kind, itemsize } = plain[type];
    if (kind === "f" || kind === "c") return null;
    const neutral = name === "and" ? (kind === "u" ? 2n ** BigInt(8 * itemsize) - 1n : -1n) : 0n;
    const fits = kind === "b" ? name === "and" : itemsize < 8 ? Number(neutral) : neutral;
    return free(type, bits(lanes[type as Dense], name), fits, name !== "xor");
  };
}

function logicalOf(name: "and" | "or"): (type: PlainDType) => Folder | null {
  return (type) => {
    if (type !== "bool") return null;
    return { ...free("bool", bits("u8", name), name === "and"), final: name === "and" ? 0 : 1 };
  };
}

const own: { readonly [ufunc: string]: (type: PlainDType) => Folder | null } = {
  add: sumOf,
  multiply: productOf,
  maximum: /* @__PURE__ */ extremeOf("max", false),
  minimum: /* @__PURE__ */ extremeOf("min", false),
  fmax: /* @__PURE__ */ extremeOf("max", true),
  fmin: /* @__PURE__ */ extremeOf("min", true),
  bitwiseAnd: /* @__PURE__ */ bitwiseOf("and"),
  bitwiseOr: /* @__PURE__ */ bitwiseOf("or"),
  bitwiseXor: /* @__PURE__ */ bitwiseOf("xor"),
  logicalAnd: /* @__PURE__ */ logicalOf("and"),
  logicalOr: /* @__PURE__ */ logicalOf("or"),
  addCounts: () => free("int64", countSums, 0n, false),
  maximumCounts: () => free("int64", countExtreme("max"), countNeutral.max),
  fminCounts: () => free("int64", countExtreme("min"), countNeutral.min),
};

/** Sums of small integers in 64 bits, straight from the small ones. */
function wideSumOf(from: PlainDType, to: PlainDType): Folder {
  const lane = lanes[from as Dense] as SmallLane;
  const made = { lines: wideLines(lane), columns: wideColumns(lane), idempotent: false };
  const neutral = from === "bool" ? false : 0;
  return { tile: from, result: to, ...made, after: null, order: "free", parts: 1, neutral };
}

/** Folding with an element-wise kernel. */
function folderOf({ kernel, outputs }: Loop): Folder {
  const type = kernel.in[0]!;
  const half = outputs[0]!.type === "float16" && type === "float32";
  const size = plain[type].itemsize;
  const lines = (m: number, n: number, from: number, acc: number): number => {
    const { run } = kernel;
    let at = from;
    for (let i = 0; i < m; i++) {
      const to = acc + i * size;
      for (let k = 0; k < n; k++, at += size) run(1, to, at, to);
    }
    return 0;
  };
  const rows = (m: number, count: number, n: number, from: number, acc: number): number => {
    const { run } = kernel;
    let at = from;
    const round = half ? roundHalfKernel.run : null;
    for (let i = 0; i < m; i++) {
      const to = acc + i * n * size;
      for (let k = 0; k < count; k++, at += n * size) {
        run(n, to, at, to);
        if (round !== null) round(n, to, to);
      }
    }
    return 0;
  };
  return {
    tile: type,
    result: type,
    lines: { run: lines as Runnable["run"] },
    columns: { run: rows as Runnable["run"] },
    after: half ? roundHalfKernel : null,
    order: "sequence",
    idempotent: false,
    parts: 1,
    neutral: undefined,
  };
}

const made = new Map<string, Folder>();
const byLoop = new WeakMap<Loop, Folder>();

/** The kernels that fold elements of `source` by a loop of the ufunc called `name`. */
export function folderFor(name: string, loop: Loop, source: Descriptor): Folder {
  const type = loop.outputs[0]!.type as PlainDType;
  const from = source.type as PlainDType;
  const wide = name === "add" && plain[type].itemsize === 8 && isWhole(type) && isSmall(from);
  const key = wide ? `wide ${from} ${type}` : `${name} ${type}`;
  const known = made.get(key) ?? byLoop.get(loop);
  if (known !== undefined) return known;
  const folder = wide ? wideSumOf(from, type) : (own[name]?.(type) ?? null);
  if (folder !== null) {
    made.set(key, folder);
    return folder;
  }
  const general = folderOf(loop);
  byLoop.set(loop, general);
  return general;
}

function isWhole(type: PlainDType): boolean {
  return plain[type].kind === "i" || plain[type].kind === "u";
}

/** Whether elements are bools or integers of less than 64 bits. */
export function isSmall(type: PlainDType): boolean {
  return (isWhole(type) || type === "bool") && plain[type].itemsize < 8;
}
