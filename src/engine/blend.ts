import { Fn, i32, op, select, shuffle } from "../wasm/fn.ts";
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

/** Loads of as many bytes of the mask as a vector has elements. */
const maskLoads: Readonly<Record<number, string>> = {
  1: "v128.load",
  2: "v128.load64_splat",
  4: "v128.load32_splat",
  8: "v128.load16_splat",
  16: "v128.load8_splat",
};

/** Whole vectors: each byte of the mask is repeated over its element. `n` is a multiple of the elements of a vector. */
function byVector(itemsize: number): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [n, mask, old, fresh, out] = fn.params;
    const zero = fn.constant("i8x16", 0);
    const repeated = Array.from({ length: 16 }, (_, byte) => Math.floor(byte / itemsize));
    fn.count(n!, 16 / itemsize, (at) => {
      const byte = fn.let(op("i32.mul", at, i32(itemsize)));
      const place = (pointer: (typeof fn.params)[number]) => op("i32.add", pointer, byte);
      const bits = fn.let(fn.load(maskLoads[itemsize]!, op("i32.add", mask!, at)));
      const wide = op("i8x16.ne", shuffle(bits, bits, repeated), zero);
      const values = [fn.load("v128.load", place(fresh!)), fn.load("v128.load", place(old!))] as const;
      fn.store("v128.store", place(out!), op("v128.bitselect", ...values, wide));
    });
    return fn;
  });
}

function blendOf(itemsize: number): Runnable {
  const [vectors, rest] = [byVector(itemsize), oneByOne(itemsize)];
  const elements = 16 / itemsize;
  return {
    run(n = 0, mask = 0, old = 0, fresh = 0, out = 0) {
      const whole = n - (n % elements);
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
