/**
 * Kernels that read masks: bytes of which each is 0 or not.
 *
 * Sixteen bytes become sixteen bits. None set is nothing to do, all set is a copy of vectors, and what lies between goes
 * element by element without a branch that anybody would have to guess: every element is written, and the place of the next
 * one moves on by the bit. So a mask costs the same however its bits are mixed.
 *
 * A mask is padded with zeros to a multiple of {@link MASK_STEP} bytes; outputs are written up to {@link MASK_STEP} elements
 * past their end.
 */

import { type Expr, Fn, i32, type Local, op, select, shuffle } from "./fn.ts";
import { Kernel } from "./kernel.ts";
import { heap, region } from "./memory.ts";

/** Bytes of a mask that are looked at together. */
export const MASK_STEP = 16;

const ALL = 0xffff;

/** Sixteen bytes of a mask as sixteen bits: those that are not 0, or those that are. */
function bitsAt(fn: Fn, mask: Expr, at: Expr, compare: "ne" | "eq" = "ne"): Local {
  const zero = fn.constant("i8x16", 0);
  const bytes = fn.load("v128.load", op("i32.add", mask, at));
  return fn.let(op("i8x16.bitmask", op(`i8x16.${compare}`, bytes, zero)));
}

/** How many bytes are not 0: `(n, mask)`. */
export const countTrue: Kernel = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32"], "i32");
  const [n, mask] = fn.params as readonly [Local, Local];
  const count = fn.local("i32");
  fn.count(n, MASK_STEP, (at) => {
    fn.set(count, op("i32.add", count, op("i32.popcnt", bitsAt(fn, mask, at))));
  });
  fn.give(count);
  return fn;
});

let places = 0;

/** For each byte the places of its bits, from the lowest on, a byte each: 256 rows of 8. */
function placesTable(): number {
  if (places === 0) {
    places = region(256 * 8);
    for (let byte = 0; byte < 256; byte++) {
      let at = places + byte * 8;
      for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) heap.u8[at++] = bit;
    }
  }
  return places;
}

/** From so many of sixteen on, places are looked up eight bits at a time. */
const MANY = 5;

/** Lists which bytes are not 0, or which are. */
const listing = (compare: "ne" | "eq") => (): Fn => {
  const table = placesTable();
  const fn = new Fn(["i32", "i32", "i32", "i32"], "i32");
  const [n, mask, base, out] = fn.params as readonly [Local, Local, Local, Local];
  fn.count(n, MASK_STEP, (at) => {
    const bits = bitsAt(fn, mask, at, compare);
    const from = fn.let(op("i32.add", base, at));
    const isMany = op("i32.ge_s", op("i32.popcnt", bits), i32(MANY));
    const oneByOne = () =>
      fn.while(
        () => bits,
        () => {
          fn.store("i32.store", out, op("i32.add", from, op("i32.ctz", bits)));
          fn.set(out, fn.add(out, 4));
          fn.set(bits, op("i32.and", bits, op("i32.sub", bits, i32(1))));
        },
      );
    fn.if(isMany, () => byTable(fn, table, bits, from, out), oneByOne);
  });
  fn.give(out);
  return fn;
};

/** Which bytes are not 0, counted from `base`, as int32: `(n, mask, base, out)`. Gives the end of what it wrote. */
export const truePlaces: Kernel = /* @__PURE__ */ new Kernel(/* @__PURE__ */ listing("ne"));
/** Which bytes are 0, likewise; those of the padding too. */
export const falsePlaces: Kernel = /* @__PURE__ */ new Kernel(/* @__PURE__ */ listing("eq"));

function byTable(fn: Fn, table: number, bits: Expr, from: Expr, out: Local): void {
  for (const half of [0, 8]) {
    const byte = fn.let(op("i32.and", op("i32.shr_u", bits, i32(half)), i32(255)));
    const row = fn.load("v128.load64_zero", fn.add(op("i32.shl", byte, i32(3)), table));
    const words = fn.let(op("i16x8.extend_low_i8x16_u", row));
    const start = fn.let(op("i32x4.splat", fn.add(from, half)));
    for (const [k, part] of ["low", "high"].entries()) {
      const four = op(`i32x4.extend_${part}_i16x8_u`, words);
      fn.store("v128.store", out, op("i32x4.add", four, start), k * 16);
    }
    fn.set(out, op("i32.add", out, op("i32.shl", op("i32.popcnt", byte), i32(2))));
  }
}

/** Bytes of an element that kernels move as one. */
export type MaskedWidth = 1 | 2 | 4 | 8 | 16;

const types: Readonly<Record<MaskedWidth, readonly [load: string, store: string]>> = {
  1: ["i32.load8_u", "i32.store8"],
  2: ["i32.load16_u", "i32.store16"],
  4: ["i32.load", "i32.store"],
  8: ["i64.load", "i64.store"],
  16: ["v128.load", "v128.store"],
};

/** `pointer` moved on by an element where bit `k` is set. */
function onward(fn: Fn, pointer: Local, bits: Expr, k: number, width: number): void {
  const bit = op("i32.and", op("i32.shr_u", bits, i32(k)), i32(1));
  fn.set(pointer, op("i32.add", pointer, op("i32.mul", bit, i32(width))));
}

/** Copies so many vectors. */
function copyVectors(fn: Fn, from: Expr, to: Expr, count: number): void {
  for (let k = 0; k < count; k++) fn.store("v128.store", to, fn.load("v128.load", from, 16 * k), 16 * k);
}

/** Brings the elements whose byte is not 0 together: `(n, mask, from, out)`. Gives the end of what it wrote. */
function packing(width: MaskedWidth): Kernel {
  return new Kernel(() => {
    const [load, store] = types[width];
    const fn = new Fn(["i32", "i32", "i32", "i32"], "i32");
    const [n, mask, from, out] = fn.params as readonly [Local, Local, Local, Local];
    fn.count(n, MASK_STEP, (at) => {
      const bits = bitsAt(fn, mask, at);
      const source = fn.let(op("i32.add", from, op("i32.mul", at, i32(width))));
      const mixed = () => {
        for (let k = 0; k < MASK_STEP; k++) {
          fn.store(store, out, fn.load(load, source, k * width));
          onward(fn, out, bits, k, width);
        }
      };
      const whole = () => {
        copyVectors(fn, source, out, width);
        fn.set(out, fn.add(out, MASK_STEP * width));
      };
      fn.if(bits, () => fn.if(op("i32.eq", bits, i32(ALL)), whole, mixed));
    });
    fn.give(out);
    return fn;
  });
}

/** Where the values of a masked write come from: one after another, beside each element, or the same for all. */
export type MaskedValues = "next" | "beside" | "same";

/** Writes values where the byte is not 0: `(n, mask, values, to)`. Gives the end of the values that were used. */
function spreading(width: MaskedWidth, values: MaskedValues): Kernel {
  return new Kernel(() => {
    const [load, store] = types[width];
    const fn = new Fn(["i32", "i32", "i32", "i32"], "i32");
    const [n, mask, given, to] = fn.params as readonly [Local, Local, Local, Local];
    const next = values === "next" ? given : fn.local("i32");
    fn.count(n, MASK_STEP, (at) => {
      const bits = bitsAt(fn, mask, at);
      const target = fn.let(op("i32.add", to, op("i32.mul", at, i32(width))));
      if (values === "beside") fn.set(next, op("i32.add", given, op("i32.mul", at, i32(width))));
      if (values === "same") fn.set(next, given);
      const mixed = () => {
        for (let k = 0; k < MASK_STEP; k++) {
          const value = fn.load(load, next, values === "beside" ? k * width : 0);
          const bit = op("i32.and", bits, i32(1 << k));
          fn.store(store, target, select(bit, value, fn.load(load, target, k * width)), k * width);
          if (values === "next") onward(fn, next, bits, k, width);
        }
      };
      const whole = () => {
        if (values === "same") {
          for (let k = 0; k < MASK_STEP; k++) fn.store(store, target, fn.load(load, next), k * width);
        } else copyVectors(fn, next, target, width);
        if (values === "next") fn.set(next, fn.add(next, MASK_STEP * width));
      };
      fn.if(bits, () => fn.if(op("i32.eq", bits, i32(ALL)), whole, mixed));
    });
    fn.give(next);
    return fn;
  });
}

const kernels = /* @__PURE__ */ new Map<string, Kernel>();

function known(key: string, make: () => Kernel): Kernel {
  let kernel = kernels.get(key);
  if (kernel === undefined) kernels.set(key, (kernel = make()));
  return kernel;
}

/** The kernel that packs elements of that many bytes. */
export function packKernel(width: MaskedWidth): Kernel {
  return known(`pack${width}`, () => packing(width));
}

/** The kernel that writes elements of that many bytes under a mask. */
export function spreadKernel(width: MaskedWidth, values: MaskedValues): Kernel {
  return known(`${values}${width}`, () => spreading(width, values));
}

/**
 * Parts places in C order into the index along the last axis and the place among the others, which stays where it was:
 * `(n, places, carry, length, inverse, out, step)`. `carry` is added first, and `inverse` is 1 / length: half a place off
 * every border, the quotient is exact.
 */
export const partPlaces: Kernel = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32", "i32", "i32", "f64", "i32", "i32"]);
  const [n, places, carry, length, inverse, out, step] = fn.params as unknown as readonly Local[];
  const half = fn.constant("f64x2", 0.5);
  const carries = fn.let(op("i32x4.splat", carry!));
  const lengths = fn.let(op("i32x4.splat", length!));
  const inverses = fn.let(op("f64x2.splat", inverse!));
  const quotient = (twoPlaces: Expr) => {
    const value = op("f64x2.add", op("f64x2.convert_low_i32x4_u", twoPlaces), half);
    return op("i32x4.trunc_sat_f64x2_u_zero", op("f64x2.mul", value, inverses));
  };
  const upper = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
  const four = (at: Expr) => {
    const address = fn.let(op("i32.add", places!, op("i32.shl", at, i32(2))));
    const v = fn.let(op("i32x4.add", fn.load("v128.load", address), carries));
    const high = fn.let(quotient(shuffle(v, v, upper)));
    const q = fn.let(
      shuffle(fn.let(quotient(v)), high, [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]),
    );
    fn.store("v128.store", address, q);
    return fn.let(op("i32x4.sub", v, op("i32x4.mul", q, lengths)));
  };
  const store = (rest: Expr, lane: number) => {
    fn.storeLane(4, out!, rest, lane);
    fn.set(out!, op("i32.add", out!, step!));
  };
  const whole = fn.let(op("i32.and", n!, i32(-4)));
  fn.count(whole, 4, (at) => {
    const rest = four(at);
    for (let lane = 0; lane < 4; lane++) store(rest, lane);
  });
  const left = fn.let(op("i32.sub", n!, whole));
  fn.if(left, () => {
    const rest = four(whole);
    for (let lane = 0; lane < 3; lane++) fn.if(op("i32.gt_s", left, i32(lane)), () => store(rest, lane));
  });
  return fn;
});
