/**
 * Bytes to bits and back, row by row: `(rows, n, from, pitch, to, outPitch)`, with n elements (or bits) in a row.
 *
 * Sixteen elements are compared with 0 at once, and the signs of the lanes are two bytes of bits, the first lane the lowest
 * one; for the other order the lanes of each eight are turned around first. Back, each byte is repeated over eight lanes
 * and asked for a bit of its own in each. Both write up to 15 bytes past a row's end, which the next row overwrites.
 */

import { type Expr, Fn, i32, type Local, op, select, shuffle, v128 } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";

/** Which bit of a byte is the first element: the highest or the lowest. */
export type BitOrder = "big" | "little";

const ascending = Array.from({ length: 16 }, (_, k) => k);
const turned = ascending.map((k) => (k & 8) + 7 - (k & 7));

/** What is done with sixteen elements at a time: from, to, how many elements lie before them, how many are left. */
type Step = (fn: Fn, from: Expr, to: Expr, at: Expr, left: Expr | null) => void;

/** The loop over rows, and over each row by sixteen; of many elements four times in a round, without counting the rest. */
function rowsOf(step: Step): Kernel {
  return new Kernel(() => {
    const fn = new Fn(new Array(6).fill("i32"));
    const [rows, n, from, pitch, to, outPitch] = fn.params as readonly Local[] as readonly [
      ...[Local, Local, Local],
      ...[Local, Local, Local],
    ];
    const whole = fn.let(op("i32.and", n, i32(-64)));
    fn.count(rows, 1, () => {
      fn.count(whole, 64, (at) => {
        for (let k = 0; k < 64; k += 16) step(fn, from, to, fn.add(at, k), null);
      });
      const at = fn.let(whole);
      fn.while(
        () => op("i32.lt_s", at, n),
        () => {
          step(fn, from, to, at, op("i32.sub", n, at));
          fn.set(at, fn.add(at, 16));
        },
      );
      fn.set(from, op("i32.add", from, pitch));
      fn.set(to, op("i32.add", to, outPitch));
    });
    return fn;
  });
}

function packOf(order: BitOrder): Kernel {
  return rowsOf((fn, from, to, at, left) => {
    const set = op("i8x16.ne", fn.load("v128.load", op("i32.add", from, at)), fn.constant("i8x16", 0));
    const bits = fn.let(left === null ? set : op("v128.and", set, liveLanes(fn, left)));
    const lane = order === "little" ? bits : shuffle(bits, bits, turned);
    fn.store("i32.store16", op("i32.add", to, op("i32.shr_u", at, i32(3))), op("i8x16.bitmask", lane));
  });
}

/** All bits of the first lanes set, as many as elements are left. */
function liveLanes(fn: Fn, left: Expr): Expr {
  const most = select(op("i32.lt_s", left, i32(16)), left, i32(16));
  return op("i8x16.lt_u", fn.once(v128(ascending)), op("i8x16.splat", most));
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
