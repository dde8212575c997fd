import { Fn, i32, type Local, op, select, shuffle } from "../wasm/fn.ts";
import { Kernel, type Runnable } from "../wasm/kernel.ts";
import { type MemoryLane, scalarKernel } from "../wasm/map.ts";

/**
 * What a mask does: of `(n, mask, old, new, out)` the new element where the byte of the mask is not 0, else the old one.
 */

const lanes: Readonly<Record<number, readonly [MemoryLane, number]>> = {
  1: ["u8", 1],
  2: ["u16", 1],
  4: ["u32", 1],
  8: ["u64", 1],
  16: ["u64", 2],
};

/** Element by element: for what is left over by the vectors. */
function oneByOne(itemsize: number): Kernel {
  const [lane, count] = lanes[itemsize]!;
  return scalarKernel(["u8", [lane, count], [lane, count]], [[lane, count]], (_, mask, ...parts) =>
    parts.slice(0, count).map((old, k) => select(mask!, parts[count + k]!, old)),
  );
}

/** Elements of a round: as many as a vector of the mask has bytes. */
const ROUND = 16;

/** Sixteen elements a round: bytes of the mask are spread over their elements, vector by vector. */
function byVector(itemsize: number): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [n, mask, old, fresh, out] = fn.params as [Local, Local, Local, Local, Local];
    const zero = fn.constant("i8x16", 0);
    fn.count(n, ROUND, (at) => {
      const byte = fn.let(op("i32.mul", at, i32(itemsize)));
      const [p, q, to] = [old, fresh, out].map((pointer) => fn.let(op("i32.add", pointer, byte)));
      const bits = fn.let(op("i8x16.ne", fn.load("v128.load", op("i32.add", mask, at)), zero));
      for (let k = 0; k < 16 * itemsize; k += 16) {
        const spread = Array.from({ length: 16 }, (_, j) => Math.floor((k + j) / itemsize));
        const wide = itemsize === 1 ? bits : shuffle(bits, bits, spread);
        const values = [fn.load("v128.load", q!, k), fn.load("v128.load", p!, k)] as const;
        fn.store("v128.store", to!, op("v128.bitselect", ...values, wide), k);
      }
    });
    return fn;
  });
}

function blendOf(itemsize: number): Runnable {
  const [vectors, rest] = [byVector(itemsize), oneByOne(itemsize)];
  return {
    run(n = 0, mask = 0, old = 0, fresh = 0, out = 0) {
      const whole = n - (n % ROUND);
      const bytes = whole * itemsize;
      vectors.run(whole, mask, old, fresh, out);
      if (whole < n) rest.run(n - whole, mask + whole, old + bytes, fresh + bytes, out + bytes);
      return 0;
    },
  };
}

const made: (Runnable | undefined)[] = [];

/** The blend of elements of that many bytes. */
export function blendKernel(itemsize: number): Runnable {
  return (made[itemsize] ??= blendOf(itemsize));
}
