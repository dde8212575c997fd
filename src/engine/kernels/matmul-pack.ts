/**
 * Packing: from a block of a matrix in the engine's memory to the panels that the inner loop of a product reads in
 * sequence. A panel takes a few neighbouring lines of the block and lays them side by side, element by element.
 */

import { Fn, i32, type Local, op, select } from "../../wasm/fn.ts";
import { Kernel, type Run } from "../../wasm/kernel.ts";

const made = new Map<string, Kernel>();

function kernelOf(key: string, build: () => Fn): Run {
  let kernel = made.get(key);
  if (kernel === undefined) made.set(key, (kernel = new Kernel(build)));
  return kernel.run;
}

/**
 * `(lines, k, from, lineStep, step, to)`: panels of `width` lines, of which each has `k` elements `step` bytes apart and
 * begins `lineStep` bytes after the one before. Where the last panel wants more lines than there are it repeats the
 * last one, so that no memory is read that is not the block's; nobody looks at what comes of it.
 */
export function packLines(bytes: 4 | 8, width: number): Run {
  return kernelOf(`${bytes} ${width}`, () => buildLines(bytes, width));
}

function buildLines(bytes: 4 | 8, width: number): Fn {
  const fn = new Fn(new Array(6).fill("i32"));
  const [lines, k, from, lineStep, step, to] = fn.params as Local[] as [
    Local, Local, Local, Local, Local, Local,
  ]; // biome-ignore format: the parameters in one line
  const type = bytes === 8 ? "i64" : "i32";
  const starts = Array.from({ length: width }, () => fn.local("i32"));
  const [last, into, along] = [fn.let(op("i32.sub", lines, i32(1))), fn.let(to), fn.local("i32")];
  fn.count(lines, width, (line) => {
    starts.forEach((start, w) => {
      const wanted = fn.let(fn.add(line, w));
      const taken = select(op("i32.lt_s", wanted, last), wanted, last);
      fn.set(start, op("i32.add", from, op("i32.mul", taken, lineStep)));
    });
    fn.set(along, i32(0));
    fn.count(k, 1, () => {
      starts.forEach((start, w) => {
        fn.store(`${type}.store`, into, fn.load(`${type}.load`, op("i32.add", start, along)), w * bytes);
      });
      fn.set(along, op("i32.add", along, step));
      fn.set(into, fn.add(into, width * bytes));
    });
  });
  return fn;
}

/**
 * `(lines, k, from, step, to)`: the same where the elements of neighbouring lines lie side by side, and where `lines` is a
 * multiple of `width`: whole vectors are moved.
 */
export function packSideBySide(bytes: 4 | 8, width: number): Run {
  return kernelOf(`${bytes} ${width} v`, () => buildSideBySide(bytes, width));
}

function buildSideBySide(bytes: 4 | 8, width: number): Fn {
  const fn = new Fn(new Array(5).fill("i32"));
  const [lines, k, from, step, to] = fn.params as Local[] as [Local, Local, Local, Local, Local];
  const size = width * bytes;
  const [into, at] = [fn.let(to), fn.local("i32")];
  fn.count(lines, width, (line) => {
    fn.set(at, op("i32.add", from, op("i32.mul", line, i32(bytes))));
    fn.count(k, 1, () => {
      for (let v = 0; v + 16 <= size; v += 16) fn.store("v128.store", into, fn.load("v128.load", at, v), v);
      if (size % 16 === 8) fn.store("i64.store", into, fn.load("i64.load", at, size - 8), size - 8);
      fn.set(at, op("i32.add", at, step));
      fn.set(into, fn.add(into, size));
    });
  });
  return fn;
}
