/**
 * Element-wise kernels: a body that works on one vector, or on one element, and the loop around it.
 *
 * All take `(n, in0, in1, …, out0, …)`. A vector loop reads whole vectors, so up to 15 bytes past an input's end, and
 * writes what is left over at the end through a spare place, so never past an output's end.
 */

import { type Expr, Fn, i32, op, select, shuffle } from "./fn.ts";
import { Kernel } from "./kernel.ts";
import { region } from "./memory.ts";

/** What memory holds: typed arrays by their short names. */
export type MemoryLane = "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "u64" | "i64" | "f32" | "f64";

const widths: Readonly<Record<MemoryLane, number>> = {
  u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, u64: 8, i64: 8, f32: 4, f64: 8,
}; // biome-ignore format: one line of facts

/** Bytes of one element of a lane. */
export function laneBytes(lane: MemoryLane): number {
  return widths[lane];
}

/** Where the last, incomplete vectors are put before they are copied to where they belong. */
let spare = 0;

function sparePlace(): number {
  if (spare === 0) spare = region(64);
  return spare;
}

/** What works on one vector of each input, kept in a local, and gives one of each output. */
export type VectorBody = (fn: Fn, ...xs: Expr[]) => Expr | readonly Expr[];

/** A kernel around a body, which may be made part of a longer one. */
export class MapKernel extends Kernel {
  readonly width: number;
  readonly body: VectorBody;

  constructor(width: number, body: VectorBody, build: () => Fn) {
    super(build);
    this.width = width;
    this.body = body;
  }
}

/**
 * A kernel whose inputs and outputs all have elements of `width` bytes: `body` gets one vector of each input, kept in a
 * local, and gives one of each output. Elements wider than 8 bytes (complex128: 16) come one to a vector.
 */
export function mapKernel(width: number, inputs: number, outputs: number, body: VectorBody): MapKernel {
  return new MapKernel(width, body, () => mapLoop(width, inputs, outputs, 0, 64, body));
}

/**
 * The loop around a body, whose turns take `turn` bytes, 16 or a power of 2 above. The function has `more` parameters at
 * the end, for the body.
 */
export function mapLoop(
  width: number,
  inputs: number,
  outputs: number,
  more: number,
  turn: number,
  body: VectorBody,
): Fn {
  const fn = new Fn(new Array(1 + inputs + outputs + more).fill("i32"));
  const n = fn.params[0]!;
  const from = fn.params.slice(1, 1 + inputs);
  const to = fn.params.slice(1 + inputs, 1 + inputs + outputs);
  const step = (at: Expr, offset: number, store: (k: number, value: Expr) => void) => {
    const xs = from.map((pointer) => fn.let(fn.load("v128.load", op("i32.add", pointer, at), offset)));
    const ys = body(fn, ...xs);
    (Array.isArray(ys) ? (ys as Expr[]) : [ys as Expr]).forEach((y, k) => {
      store(k, y);
    });
  };
  const bytes = fn.let(op("i32.mul", n, i32(width)));
  const whole = fn.let(op("i32.and", bytes, i32(-turn)));
  fn.count(whole, turn, (at) => {
    for (let offset = 0; offset < turn; offset += 16) {
      step(at, offset, (k, value) => fn.store("v128.store", op("i32.add", to[k]!, at), value, offset));
    }
  });
  rest(fn, whole, bytes, (at, left) => {
    fn.if(
      op("i32.ge_s", left, i32(16)),
      () => step(at, 0, (k, value) => fn.store("v128.store", op("i32.add", to[k]!, at), value)),
      () =>
        step(at, 0, (k, value) => {
          fn.store("v128.store", i32(sparePlace()), value);
          fn.copy(op("i32.add", to[k]!, at), i32(sparePlace()), left);
        }),
    );
  });
  return fn;
}

/** Vector by vector from byte `whole` to byte `end`; `left` are the bytes still to do. */
function rest(fn: Fn, whole: Expr, end: Expr, body: (at: Expr, left: Expr) => void): void {
  const at = fn.let(whole);
  fn.while(
    () => op("i32.lt_s", at, end),
    () => {
      body(at, fn.let(op("i32.sub", end, at)));
      fn.set(at, op("i32.add", at, i32(16)));
    },
  );
}

const loadNames: Readonly<Record<MemoryLane, string>> = {
  u8: "i32.load8_u", i8: "i32.load8_s", u16: "i32.load16_u", i16: "i32.load16_s", u32: "i32.load", i32: "i32.load",
  u64: "i64.load", i64: "i64.load", f32: "f32.load", f64: "f64.load",
}; // biome-ignore format: one line of facts

const storeNames: Readonly<Record<MemoryLane, string>> = {
  u8: "i32.store8", i8: "i32.store8", u16: "i32.store16", i16: "i32.store16", u32: "i32.store", i32: "i32.store",
  u64: "i64.store", i64: "i64.store", f32: "f32.store", f64: "f64.store",
}; // biome-ignore format: one line of facts

/** The load of one element of a lane; small integers come widened to i32. */
export function loadLane(fn: Fn, lane: MemoryLane, address: Expr, offset = 0): Expr {
  return fn.load(loadNames[lane], address, offset);
}

/** The store of one element of a lane; an i32 is cut to the width. */
export function storeLane(fn: Fn, lane: MemoryLane, address: Expr, value: Expr, offset = 0): void {
  fn.store(storeNames[lane], address, value, offset);
}

/**
 * A kernel that works element by element, of any mix of lanes: `body` gets one scalar of each input, kept in a local
 * (i32 for the small integers), and gives one of each output. A lane with a count, `["f64", 2]`, is an element of several
 * scalars, as complex numbers are: they come and go one after the other.
 */
export function scalarKernel(
  inputs: readonly (MemoryLane | readonly [MemoryLane, number])[],
  outputs: readonly (MemoryLane | readonly [MemoryLane, number])[],
  body: (fn: Fn, ...xs: Expr[]) => Expr | readonly Expr[],
): Kernel {
  return new Kernel(() => {
    const fn = new Fn(new Array(1 + inputs.length + outputs.length).fill("i32"));
    const n = fn.params[0]!;
    const pointers = fn.params.slice(1);
    const places = [...inputs, ...outputs].map((lane) =>
      typeof lane === "string" ? ([lane, 1] as const) : lane,
    );
    fn.count(n, 1, (at) => {
      const addresses = places.map(([lane, count], k) =>
        fn.let(op("i32.add", pointers[k]!, op("i32.mul", at, i32(widths[lane] * count)))),
      );
      const xs = inputs.flatMap((_, k) => scalarsAt(places[k]!, addresses[k]!, fn));
      const ys = body(fn, ...xs);
      const values = [...(Array.isArray(ys) ? (ys as Expr[]) : [ys as Expr])];
      // All are worked out before the first is stored: an output may lie over an input.
      const kept = values.map((value) => fn.let(value));
      for (let k = inputs.length; k < places.length; k++) {
        const [lane, count] = places[k]!;
        for (let j = 0; j < count; j++) storeLane(fn, lane, addresses[k]!, kept.shift()!, j * widths[lane]);
      }
    });
    return fn;
  });
}

function scalarsAt([lane, count]: readonly [MemoryLane, number], address: Expr, fn: Fn): Expr[] {
  return Array.from({ length: count }, (_, j) => fn.let(loadLane(fn, lane, address, j * widths[lane])));
}

/**
 * A kernel from elements of lanes of `width` bytes to bools: `body` gives a mask, all bits of a lane set or none, and 16 of
 * them become 16 bytes of 0 and 1. With `parts` 2 an element is two lanes, a complex number's parts, and the body gets
 * vectors of the one and of the other for each input.
 */
export function maskKernel(
  width: 1 | 2 | 4 | 8,
  inputs: number,
  body: (fn: Fn, ...xs: Expr[]) => Expr,
  parts: 1 | 2 = 1,
): Kernel {
  return new Kernel(() => {
    const fn = new Fn(new Array(2 + inputs).fill("i32"));
    const n = fn.params[0]!;
    const pointers = fn.params.slice(1);
    const to = pointers[inputs]!;
    const one = fn.constant("i8x16", 1);
    const sixteen = (at: Expr, load: (address: Expr, offset: number) => Expr): Expr => {
      const from = pointers
        .slice(0, inputs)
        .map((pointer) => fn.let(op("i32.add", pointer, op("i32.mul", at, i32(width * parts)))));
      const masks = Array.from({ length: width }, (_, k) => {
        const vectors = from.map((address) =>
          Array.from({ length: parts }, (_, j) => fn.let(load(address, 16 * (parts * k + j)))),
        );
        return fn.let(body(fn, ...vectors.flatMap((xs) => apart(fn, width, xs))));
      });
      return op("v128.and", narrowMasks(masks), one);
    };
    const whole = fn.let(op("i32.and", n, i32(-16)));
    fn.count(whole, 16, (at) => {
      const masks = sixteen(at, (address, offset) => fn.load("v128.load", address, offset));
      fn.store("v128.store", op("i32.add", to, at), masks);
    });
    const left = fn.let(op("i32.sub", n, whole));
    fn.if(left, () => {
      // The vector with the last element takes the place of those behind it, which may lie outside of the memory.
      const last = op("i32.sub", op("i32.mul", left, i32(width * parts)), i32(1));
      const most = fn.let(op("i32.and", last, i32(-16)));
      const masks = sixteen(whole, (address, offset) => {
        const nearer = select(op("i32.gt_s", most, i32(offset)), i32(offset), most);
        return fn.load("v128.load", offset === 0 ? address : op("i32.add", address, nearer));
      });
      fn.store("v128.store", i32(sparePlace()), masks);
      fn.copy(op("i32.add", to, whole), i32(sparePlace()), left);
    });
    return fn;
  });
}

/** Two vectors of interleaved parts as one of the first parts and one of the second; a single vector as it is. */
function apart(fn: Fn, width: number, xs: readonly Expr[]): readonly Expr[] {
  const [a, b] = xs;
  if (b === undefined) return xs;
  return [0, 1].map((part) => {
    const lanes = Array.from({ length: 16 / width }, (_, k) => (2 * k + part) * width);
    return fn.let(
      shuffle(
        a!,
        b,
        lanes.flatMap((from) => Array.from({ length: width }, (_, j) => from + j)),
      ),
    );
  });
}

/** Masks of wider lanes as masks of bytes: 2, 4 or 8 vectors become one. Saturation keeps all bits set or none. */
export function narrowMasks(masks: readonly Expr[]): Expr {
  if (masks.length === 1) return masks[0]!;
  if (masks.length === 2) return op("i8x16.narrow_i16x8_s", masks[0]!, masks[1]!);
  const pairs = [];
  for (let k = 0; k < masks.length; k += 2) pairs.push([masks[k]!, masks[k + 1]!] as const);
  // A mask of 64 bits is two masks of 32, of which one is enough; 32 bits narrow to 16 by saturation.
  if (masks.length === 4) return narrowMasks(pairs.map(([a, b]) => op("i16x8.narrow_i32x4_s", a, b)));
  return narrowMasks(pairs.map(([a, b]) => evenWords(a, b)));
}

/** The lower half of every 64-bit lane of two vectors. */
function evenWords(a: Expr, b: Expr): Expr {
  const bytes = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
  return { type: "v128", bytes: [...a.bytes, ...b.bytes, 0xfd, 13, ...bytes] };
}
