/**
 * How the letters of a loop (NumPy's "dd->d") become kernels: what each dtype is in memory and in a vector, and a table
 * of kernels that are made when they are first asked for.
 *
 * A float16 loop computes in float32, and the driver casts on both sides; where the 16 bits themselves say enough (signs,
 * NaN, neighbours), a ufunc asks for them as they are.
 */

import type { PlainDType } from "../../dtype/table.ts";
import { type Expr, type Fn, f32, f64, i32, i64, type Local, op } from "../../wasm/fn.ts";
import type { Kernel, Run, Runnable } from "../../wasm/kernel.ts";
import { MapKernel, type MemoryLane, mapKernel, scalarKernel } from "../../wasm/map.ts";
import type { LoopKernel } from "../loop.ts";

/** What a dtype is to a kernel. */
export interface Lane {
  readonly dtype: PlainDType;
  /** b bool, i signed, u unsigned, h the bits of a float16, f float, c complex. */
  readonly kind: "b" | "i" | "u" | "h" | "f" | "c";
  /** The scalar in memory, of which a complex number has two. */
  readonly memory: MemoryLane;
  /** The vector of such scalars. */
  readonly shape: "i8x16" | "i16x8" | "i32x4" | "i64x2" | "f32x4" | "f64x2";
  /** The scalar outside of memory. */
  readonly scalar: "i32" | "i64" | "f32" | "f64";
  /** Bytes of one scalar. */
  readonly bytes: 1 | 2 | 4 | 8;
  readonly parts: 1 | 2;
}

type Row = readonly [
  PlainDType,
  Lane["kind"],
  MemoryLane,
  Lane["shape"],
  Lane["scalar"],
  Lane["bytes"],
  1 | 2,
];

// biome-ignore format: one line of facts a row.
const rows: Readonly<Record<string, Row>> = {
  "?": ["bool", "b", "u8", "i8x16", "i32", 1, 1],
  b: ["int8", "i", "i8", "i8x16", "i32", 1, 1],
  B: ["uint8", "u", "u8", "i8x16", "i32", 1, 1],
  h: ["int16", "i", "i16", "i16x8", "i32", 2, 1],
  H: ["uint16", "u", "u16", "i16x8", "i32", 2, 1],
  i: ["int32", "i", "i32", "i32x4", "i32", 4, 1],
  I: ["uint32", "u", "u32", "i32x4", "i32", 4, 1],
  l: ["int64", "i", "i64", "i64x2", "i64", 8, 1],
  L: ["uint64", "u", "u64", "i64x2", "i64", 8, 1],
  e: ["float32", "f", "f32", "f32x4", "f32", 4, 1],
  f: ["float32", "f", "f32", "f32x4", "f32", 4, 1],
  d: ["float64", "f", "f64", "f64x2", "f64", 8, 1],
  F: ["complex64", "c", "f32", "f32x4", "f32", 4, 2],
  D: ["complex128", "c", "f64", "f64x2", "f64", 8, 2],
  bits: ["float16", "h", "u16", "i16x8", "i32", 2, 1],
};

export function laneOf(letter: string): Lane {
  const row = rows[letter];
  if (row === undefined) throw new Error(`internal: no kernel has operands of type ${letter}`);
  const [dtype, kind, memory, shape, scalar, bytes, parts] = row;
  return { dtype, kind, memory, shape, scalar, bytes, parts };
}

/** A loop as a ufunc's table of kernels sees it. */
export interface Signature {
  readonly types: string;
  readonly in: readonly Lane[];
  readonly out: readonly Lane[];
}

function signatureOf(types: string, half: string): Signature {
  const lanes = (letters: string) => [...letters].map((letter) => laneOf(letter === "e" ? half : letter));
  const [inputs, outputs] = types.split("->") as [string, string];
  return { types, in: lanes(inputs), out: lanes(outputs) };
}

class TileKernel implements LoopKernel {
  readonly in: readonly PlainDType[];
  readonly out: readonly PlainDType[];
  readonly kernel: Runnable;

  constructor(signature: Signature, kernel: Runnable) {
    this.in = signature.in.map((lane) => lane.dtype);
    this.out = signature.out.map((lane) => lane.dtype);
    this.kernel = kernel;
  }

  get run(): Run {
    return this.kernel.run;
  }
}

/** What computes a loop, if that is a kernel around a body of vectors; else null. */
export function vectorsOf(kernel: LoopKernel): MapKernel | null {
  return kernel instanceof TileKernel && kernel.kernel instanceof MapKernel ? kernel.kernel : null;
}

/** Gives the kernel of a loop, such as "dd->d". */
export type Kernels = (types: string) => LoopKernel;

/**
 * The kernels of one ufunc: `make` says which it is, `x` being the lane of the first input; each is made once. With
 * `half` "bits" float16 operands come as their bits (kind h), else as float32.
 */
export function kernels(
  make: (x: Lane, signature: Signature) => Runnable,
  half: "float32" | "bits" = "float32",
): Kernels {
  const made = new Map<string, LoopKernel>();
  return (types) => {
    let kernel = made.get(types);
    if (kernel === undefined) {
      const signature = signatureOf(types, half === "bits" ? "bits" : "e");
      kernel = new TileKernel(signature, make(signature.in[0]!, signature));
      made.set(types, kernel);
    }
    return kernel;
  };
}

/** What a body of a kernel gives: the value of its one output, or of each. */
export type Body = (fn: Fn, ...xs: Expr[]) => Expr | readonly Expr[];

/** A body without a loop of its own for that lane. */
export function noLoop(signature: Signature): never {
  throw new Error(`internal: there is no kernel for ${signature.types}`);
}

/** Bytes of one element. */
export function elementBytes(lane: Lane): 1 | 2 | 4 | 8 | 16 {
  return (lane.bytes * lane.parts) as 1 | 2 | 4 | 8 | 16;
}

/** An instruction on vectors of a lane: `vector(lane, "add", a, b)`. */
export function vector(lane: Lane, name: string, ...operands: readonly Expr[]): Expr {
  return op(`${lane.shape}.${name}`, ...operands);
}

/** An instruction on vectors of integers that is another one for signed and for unsigned: `signedness(lane, "min", a, b)`. */
export function bySign(lane: Lane, name: string, ...operands: readonly Expr[]): Expr {
  return op(`${lane.shape}.${name}_${lane.kind === "i" ? "s" : "u"}`, ...operands);
}

/** A value in every lane of a vector, made once. */
export function every(fn: Fn, lane: Lane, value: number | bigint): Local {
  return fn.constant(lane.shape, value);
}

/** A number as a scalar of a lane. */
export function scalarValue(lane: Lane, value: number): Expr {
  if (lane.scalar === "f64") return f64(value);
  if (lane.scalar === "f32") return f32(value);
  return lane.scalar === "i64" ? i64(BigInt(value)) : i32(value);
}

/** An instruction on scalars of a lane: `scalar(lane, "add", a, b)`. */
export function scalar(lane: Lane, name: string, ...operands: readonly Expr[]): Expr {
  return op(`${lane.scalar}.${name}`, ...operands);
}

/** A kernel of vectors of a lane: all inputs and outputs are of the first input's dtype. */
export function vectorKernel(signature: Signature, body: Body): MapKernel {
  return mapKernel(elementBytes(signature.in[0]!), signature.in.length, signature.out.length, body);
}

/** A kernel of single elements; a complex number comes as its two parts. */
export function elementKernel(signature: Signature, body: Body): Kernel {
  const places = (lanes: readonly Lane[]) => lanes.map((lane) => [lane.memory, lane.parts] as const);
  return scalarKernel(places(signature.in), places(signature.out), body);
}
