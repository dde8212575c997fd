/**
 * Bytes to bits and back, row by row: `(rows, n, from, pitch, to, outPitch)`, with n elements (or bits) in a row.
 *
 * Sixteen elements are compared with 0 at once, and the signs of the lanes are two bytes of bits, the first lane the lowest
 * one; for the other order the lanes of each eight are turned around first. Back, each byte is repeated over eight lanes
 * and asked for a bit of its own in each. Both write up to 15 bytes past a row's end, which the next row overwrites.
 */

import { type Expr, Fn, i32, op, select, shuffle, v128 } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";

/** Which bit of a byte is the first element: the highest or the lowest. */
export type BitOrder = "big" | "little";

const ascending = Array.from({ length: 16 }, (_, k) => k);
const turned = ascending.map((k) => (k & 8) + 7 - (k & 7));

/** The loop over rows, and over each row by sixteen; `at` counts elements, `left` are those still to do. */
function rowsOf(body: (fn: Fn, from: Expr, to: Expr, at: Expr, left: Expr) => void): Kernel {
  return new Kernel(() => {
    const fn = new Fn(new Array(6).fill("i32"));
    const [rows, n, from, pitch, to, outPitch] = fn.params;
    fn.count(rows!, 1, () => {
      fn.count(n!, 16, (at) => body(fn, from!, to!, at, op("i32.sub", n!, at)));
      fn.set(from!, op("i32.add", from!, pitch!));
      fn.set(to!, op("i32.add", to!, outPitch!));
    });
    return fn;
  });
}

function packOf(order: BitOrder): Kernel {
  return rowsOf((fn, from, to, at, left) => {
    const lanes = fn.once(v128(ascending));
    const zero = fn.constant("i8x16", 0);
    const live = op(
      "i8x16.lt_u",
      lanes,
      op("i8x16.splat", select(op("i32.lt_s", left, i32(16)), left, i32(16))),
    );
    const set = op("i8x16.ne", fn.load("v128.load", op("i32.add", from, at)), zero);
    const bits = fn.let(op("v128.and", set, live));
    const lane = order === "little" ? bits : shuffle(bits, bits, turned);
    fn.store("i32.store16", op("i32.add", to, op("i32.shr_u", at, i32(3))), op("i8x16.bitmask", lane));
  });
}

function unpackOf(order: BitOrder): Kernel {
  const bit = ascending.map((k) => (order === "little" ? 1 << (k & 7) : 128 >> (k & 7)));
  return rowsOf((fn, from, to, at) => {
    const masks = fn.once(v128(bit));
    const ones = fn.constant("i8x16", 1);
    const both = fn.let(fn.load("v128.load16_splat", op("i32.add", from, op("i32.shr_u", at, i32(3)))));
    const spread = shuffle(
      both,
      both,
      ascending.map((k) => k >> 3),
    );
    const set = op("i8x16.eq", op("v128.and", spread, masks), masks);
    fn.store("v128.store", op("i32.add", to, at), op("v128.and", set, ones));
  });
}

const made: Partial<Record<string, Kernel>> = {};

/** Packs elements, of which any byte but 0 is a 1. Rows of the result have n / 8 bytes, rounded up. */
export function packKernel(order: BitOrder): Kernel {
  return (made[`pack ${order}`] ??= packOf(order));
}

/** Unpacks bits to bytes of 0 and 1. */
export function unpackKernel(order: BitOrder): Kernel {
  return (made[`unpack ${order}`] ??= unpackOf(order));
}
