/**
 * Kernels from indices to places: integers of any lane become int32 offsets, counted from the front, checked or brought into
 * range, times a step. `(n, from, length, step, out, more)`: with `more` not 0 they are added to what is there, as the
 * indices of another axis. They give 0 when all indices were in bounds.
 */

import { type Expr, Fn, i32, i64, type Local, op, select } from "./fn.ts";
import { Kernel } from "./kernel.ts";
import { laneBytes, type MemoryLane } from "./map.ts";

/** What happens to an index out of bounds: it is told of, taken around, or moved to the nearest end. */
export type IndexMode = "raise" | "wrap" | "clip";

/** The lanes that integers have. */
export type IndexLane = Exclude<MemoryLane, "f32" | "f64">;

const loads: Readonly<Record<IndexLane, string>> = {
  u8: "i64.load8_u",
  i8: "i64.load8_s",
  u16: "i64.load16_u",
  i16: "i64.load16_s",
  u32: "i64.load32_u",
  i32: "i64.load32_s",
  u64: "i64.load",
  i64: "i64.load",
};

/** Indices in 64 bits: one that is negative counts from the end, and uint64 beyond 2^63 is far out of bounds either way. */
function singles(lane: IndexLane, mode: IndexMode): Kernel {
  return new Kernel(() => {
    const fn = new Fn(new Array(6).fill("i32"), "i32");
    const [n, from, length, step, out, more] = fn.params as unknown as readonly Local[];
    const bad = fn.local("i32");
    const long = fn.let(op("i64.extend_i32_u", length!));
    const keep = fn.let(op("i32.sub", i32(0), op("i32.ne", more!, i32(0))));
    fn.count(n!, 1, (at) => {
      const address = op("i32.add", from!, op("i32.mul", at, i32(laneBytes(lane))));
      const index = fn.let(fn.load(loads[lane], address));
      if (mode === "raise") checked(fn, index, long, bad);
      else if (mode === "wrap") wrapped(fn, index, long);
      else clipped(fn, index, long, lane === "u64");
      const target = fn.let(op("i32.add", out!, op("i32.shl", at, i32(2))));
      const before = op("i32.and", fn.load("i32.load", target), keep);
      const offset = op("i32.mul", op("i32.wrap_i64", index), step!);
      fn.store("i32.store", target, op("i32.add", before, offset));
    });
    fn.give(bad);
    return fn;
  });
}

function checked(fn: Fn, index: Local, length: Expr, bad: Local): void {
  const turned = select(op("i64.lt_s", index, i64(0n)), length, i64(0n));
  fn.set(index, op("i64.add", index, turned));
  fn.set(bad, op("i32.or", bad, op("i64.ge_u", index, length)));
}

function wrapped(fn: Fn, index: Local, length: Expr): void {
  fn.if(op("i64.ge_u", index, length), () => {
    fn.set(index, op("i64.rem_s", index, length));
    const turned = select(op("i64.lt_s", index, i64(0n)), length, i64(0n));
    fn.set(index, op("i64.add", index, turned));
  });
}

function clipped(fn: Fn, index: Local, length: Expr, unsigned: boolean): void {
  const last = fn.let(op("i64.sub", length, i64(1n)));
  if (!unsigned) fn.set(index, select(op("i64.lt_s", index, i64(0n)), i64(0n), index));
  fn.set(index, select(op("i64.gt_u", index, last), last, index));
}

/** Indices of 32 bits, four at a time; n is a multiple of four. */
const fours = (): Fn => {
  const fn = new Fn(new Array(6).fill("i32"), "i32");
  const [n, from, length, step, out, more] = fn.params as unknown as readonly Local[];
  const bad = fn.local("v128");
  const lengths = fn.let(op("i32x4.splat", length!));
  const steps = fn.let(op("i32x4.splat", step!));
  const keep = fn.let(op("i32x4.splat", op("i32.sub", i32(0), op("i32.ne", more!, i32(0)))));
  fn.count(n!, 4, (at) => {
    const bytes = fn.let(op("i32.shl", at, i32(2)));
    const index = fn.let(fn.load("v128.load", op("i32.add", from!, bytes)));
    const turned = op("v128.and", op("i32x4.shr_s", index, i32(31)), lengths);
    fn.set(index, op("i32x4.add", index, turned));
    fn.set(bad, op("v128.or", bad, op("i32x4.ge_u", index, lengths)));
    const target = fn.let(op("i32.add", out!, bytes));
    const before = op("v128.and", fn.load("v128.load", target), keep);
    fn.store("v128.store", target, op("i32x4.add", before, op("i32x4.mul", index, steps)));
  });
  fn.give(op("v128.any_true", bad));
  return fn;
};

const vectors: Kernel = /* @__PURE__ */ new Kernel(fours);
const kernels = /* @__PURE__ */ new Map<string, Kernel>();

/** Runs the kernel for a lane. Gives whether every index was in bounds. */
export function placeIndices(
  lane: IndexLane,
  mode: IndexMode,
  n: number,
  from: number,
  length: number,
  step: number,
  out: number,
  more: boolean,
): boolean {
  const whole = lane === "i32" && mode === "raise" ? n & -4 : 0;
  const add = more ? 1 : 0;
  const bad = whole > 0 ? vectors.run(whole, from, length, step, out, add) : 0;
  if (whole === n) return bad === 0;
  const key = lane + mode;
  let kernel = kernels.get(key);
  if (kernel === undefined) kernels.set(key, (kernel = singles(lane, mode)));
  const rest = kernel.run(n - whole, from + whole * laneBytes(lane), length, step, out + whole * 4, add);
  return (bad | rest) === 0;
}

/** `(n, from, out)`: raises the four uint32 at `out`, lane by lane, to the largest of n words; n is a multiple of eight. */
export const highestKernel = /* @__PURE__ */ new Kernel(() => {
  const fn = new Fn(["i32", "i32", "i32"]);
  const [n, from, out] = fn.params as unknown as [Local, Local, Local];
  const high = [fn.let(fn.load("v128.load", out)), fn.local("v128")];
  const p = fn.let(from);
  fn.count(n, 8, () => {
    for (let k = 0; k < 2; k++)
      fn.set(high[k]!, op("i32x4.max_u", high[k]!, fn.load("v128.load", p, 16 * k)));
    fn.set(p, fn.add(p, 32));
  });
  fn.store("v128.store", out, op("i32x4.max_u", high[0]!, high[1]!));
  return fn;
});
