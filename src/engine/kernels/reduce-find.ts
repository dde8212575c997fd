/** Where a value is first met: what is left of argmax and argmin once the extreme is known. */

import { type Expr, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { laneBytes, loadLane, type MemoryLane } from "../../wasm/map.ts";
import { scalarType, vectorShapes } from "./reduce-combine.ts";
import { upTo } from "./reduce-loops.ts";

const splats: Readonly<Record<number, string>> = {
  1: "v128.load8_splat",
  2: "v128.load16_splat",
  4: "v128.load32_splat",
  8: "v128.load64_splat",
};

/**
 * `(m, n, in, values, out)`: for each of m dense lines of n elements the position of the first that is equal to the
 * value for the line, or NaN, as an int32. There must be one.
 */
export function findLines(lane: MemoryLane): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32", "i32"]);
    const [m, n, from, values, to] = fn.params as [Local, Local, Local, Local, Local];
    const width = laneBytes(lane);
    const shape = vectorShapes[lane];
    const type = scalarType(lane);
    const isFloat = type === "f32" || type === "f64";
    const bytes = fn.let(op("i32.mul", n, i32(width)));
    const line = fn.let(from);
    const value = fn.let(values);
    const place = fn.let(to);
    const last = fn.let(op("i32.add", to, op("i32.mul", m, i32(4))));
    const [at, end, found] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
    const hit = (x: Expr, wanted: Expr) => {
      const equal = op(`${shape}.eq`, x, wanted);
      return isFloat ? op("v128.or", equal, op(`${shape}.ne`, x, x)) : equal;
    };
    upTo(fn, place, last, 4, () => {
      fn.set(at, line);
      fn.set(end, op("i32.add", line, op("i32.and", bytes, i32(-16))));
      fn.set(found, i32(0));
      const wanted = fn.let(fn.load(splats[width]!, value));
      fn.while(
        () => op("i32.and", op("i32.lt_u", at, end), op("i32.eqz", found)),
        () => {
          fn.set(found, op("v128.any_true", hit(fn.let(fn.load("v128.load", at)), wanted)));
          fn.set(at, fn.add(at, 16));
        },
      );
      // One vector too far; the element itself is found one by one.
      fn.if(found, () => fn.set(at, fn.add(at, -16)));
      fn.set(found, i32(0));
      const one = fn.let(loadLane(fn, lane, value));
      fn.set(end, op("i32.add", line, bytes));
      fn.while(
        () => op("i32.and", op("i32.lt_u", at, end), op("i32.eqz", found)),
        () => {
          const x = fn.let(loadLane(fn, lane, at));
          const equal = op(`${type}.eq`, x, one);
          fn.set(found, isFloat ? op("i32.or", equal, op(`${type}.ne`, x, x)) : equal);
          fn.set(at, fn.add(at, width));
        },
      );
      fn.store("i32.store", place, op("i32.div_u", op("i32.sub", fn.add(at, -width), line), i32(width)));
      fn.set(line, op("i32.add", line, bytes));
      fn.set(value, fn.add(value, width));
    });
    return fn;
  });
}
