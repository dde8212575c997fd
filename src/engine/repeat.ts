import { Fn, i32, op } from "../wasm/fn.ts";
import { Kernel } from "../wasm/kernel.ts";

const loadNames: Readonly<Record<number, string>> = {
  1: "v128.load8_splat",
  2: "v128.load16_splat",
  4: "v128.load32_splat",
  8: "v128.load64_splat",
  16: "v128.load",
};

/** `(n, at)`: the element at the start of a tile, n times. Whole vectors are written, so a little past the end. */
function repeatOf(itemsize: number): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32"]);
    const [n, at] = [fn.params[0]!, fn.params[1]!];
    const vector = fn.let(fn.load(loadNames[itemsize]!, at));
    fn.count(fn.let(op("i32.mul", n, i32(itemsize))), 16, (k) => {
      fn.store("v128.store", op("i32.add", at, k), vector);
    });
    return fn;
  });
}

const made: (Kernel | undefined)[] = [];

/** Repeats the first element of a tile: `(n, at)`. Only for tiles, which have room behind them. */
export function repeatKernel(itemsize: number): Kernel {
  return (made[itemsize] ??= repeatOf(itemsize));
}
