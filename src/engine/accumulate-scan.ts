/** What scans elements: the kernels of an accumulation, for one ufunc and one dtype. */

import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import type { Runnable } from "../wasm/kernel.ts";
import type { MemoryLane } from "../wasm/map.ts";
import { heap } from "../wasm/memory.ts";
import { roundHalf, roundHalfKernel } from "./kernels/half-round.ts";
import { addition, bits, type Combine, extreme, multiplication } from "./kernels/reduce-combine.ts";
import { countExtreme, countSums } from "./kernels/reduce-counts.ts";
import { scanColumns, scanLines } from "./kernels/reduce-scan.ts";
import { asWide, type SmallLane } from "./kernels/reduce-widen.ts";
import type { Loop } from "./loop.ts";
import { isSmall } from "./reduce-fold.ts";

/** The kernels of an accumulation; see reduce-scan.ts for what lines and columns are. */
export interface Scanner {
  /** What elements are while they are combined. */
  readonly tile: PlainDType;
  /** What they are brought in as where they lie in lines. */
  readonly input: PlainDType;
  /** Null where there is no form for lines. */
  readonly lines: Runnable | null;
  readonly columns: Runnable;
  /** What a line starts from. */
  readonly neutral: number | bigint | undefined;
}

type Real = Exclude<PlainDType, "complex64" | "complex128" | "float16" | "bool">;

const lanes: Readonly<Record<Real, MemoryLane>> = {
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

function combineOf(name: string, lane: MemoryLane): Combine | null {
  if (name === "add") return addition(lane);
  // There are no products of vectors of bytes.
  if (name === "multiply") return lane === "i8" || lane === "u8" ? null : multiplication(lane);
  if (name === "maximum") return extreme(lane, "max");
  if (name === "minimum") return extreme(lane, "min");
  if (name === "addCounts") return countSums;
  if (name === "maximumCounts") return countExtreme("max");
  if (name === "fminCounts") return countExtreme("min");
  return null;
}

const neutrals: { readonly [ufunc: string]: number } = { add: 0, multiply: 1, addCounts: 0 };

function own(name: string, type: PlainDType): Scanner | null {
  if (type === "bool") {
    const joint = name === "add" || name === "maximum" || name === "logicalOr" ? "or" : null;
    const both = name === "multiply" || name === "minimum" || name === "logicalAnd" ? "and" : null;
    const kind = joint ?? both;
    return kind === null ? null : { ...rowsOnly("bool"), columns: scanColumns(bits("u8", kind), null) };
  }
  if (plain[type].kind === "c") {
    if (name !== "add") return null;
    return {
      ...rowsOnly(type),
      columns: inPairs(scanColumns(addition(type === "complex64" ? "f32" : "f64"), null)),
    };
  }
  const half = type === "float16";
  const tile = half ? "float32" : (type as Real);
  const combine = combineOf(name, lanes[tile]);
  if (combine === null) return null;
  const columns = scanColumns(combine, half && name in neutrals ? roundHalf : null);
  if (half || !(name in neutrals)) return { ...rowsOnly(tile), columns };
  return { tile, input: tile, lines: scanLines(combine), columns, neutral: neutralOf(name, tile) };
}

function rowsOnly(tile: PlainDType): Omit<Scanner, "columns"> {
  return { tile, input: tile, lines: null, neutral: undefined };
}

function neutralOf(name: string, type: PlainDType): number | bigint {
  const { kind, itemsize } = plain[type];
  // -0 leaves even -0 as it is.
  if (kind === "f") return name === "add" ? -0 : 1;
  return itemsize === 8 ? BigInt(neutrals[name]!) : neutrals[name]!;
}

/** Columns of complex numbers are twice as many of their parts. */
function inPairs(columns: Runnable): Runnable {
  const run: Runnable["run"] = (rows, n, before, from, to) => columns.run(rows!, 2 * n!, before!, from!, to!);
  return { run };
}

/** Scanning with an element-wise kernel, a row at a time. */
function general({ kernel, outputs }: Loop): Scanner {
  const tile = kernel.in[0]!;
  const size = plain[tile].itemsize;
  const half = outputs[0]!.type === "float16" && tile === "float32";
  const run = (rows: number, n: number, before: number, from: number, to: number): number => {
    const compute = kernel.run;
    const round = half ? roundHalfKernel.run : null;
    let last = before;
    for (let k = 0; k < rows; k++) {
      const out = to + k * n * size;
      compute(n, last, from + k * n * size, out);
      if (round !== null) round(n, out, out);
      last = out;
    }
    return 0;
  };
  return { ...rowsOnly(tile), columns: { run: run as Runnable["run"] } };
}

const made = new Map<string, Scanner>();
const byLoop = new WeakMap<Loop, Scanner>();

/** The kernels that scan elements of `source` by a loop of the ufunc called `name`. */
export function scannerFor(name: string, loop: Loop, source: Descriptor): Scanner {
  const type = loop.outputs[0]!.type as PlainDType;
  const from = source.type as PlainDType;
  const wide = name === "add" && (type === "int64" || type === "uint64") && isSmall(from);
  const key = wide ? `${from} ${type}` : `${name} ${type}`;
  const known = made.get(key) ?? byLoop.get(loop);
  if (known !== undefined) return known;
  const scanner = own(name, type);
  if (scanner === null) {
    const rows = general(loop);
    byLoop.set(loop, rows);
    return rows;
  }
  const whole = wide ? { ...scanner, input: from, lines: wideScan(from) } : scanner;
  made.set(key, whole);
  return whole;
}

/** Lines of small integers that are added up in 64 bits, without a cast before. */
function wideScan(from: PlainDType): Runnable {
  const lane = (from === "bool" ? "u8" : lanes[from as Real]) as SmallLane;
  return scanLines(addition("i64"), plain[from].itemsize, (fn, at, offset) => asWide(fn, lane, at, offset));
}

/** Copies bytes within the engine's memory. */
export function copyTile(from: number, to: number, bytes: number): void {
  heap.u8.copyWithin(to, from, from + bytes);
}
