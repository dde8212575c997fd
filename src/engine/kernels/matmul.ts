/**
 * The inner loops of matrix products.
 *
 * Panels are what the large product reads: of the left matrix four rows side by side, of the right one two vectors of
 * columns, element after element along the axis that is summed. So the innermost loop reads both in sequence, with
 * offsets that are constants, and keeps a tile of sums in registers: two loads of vectors and four of one element spread
 * over a vector for eight products of vectors. The scheme is that of Goto and Van de
 * Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008.
 *
 * Integers are the same loops: sums of products wrap modulo 2^32 or 2^64, and what is narrower is cut when it is written.
 */

import { type Expr, extract, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel, type Run } from "../../wasm/kernel.ts";
import { hasRelaxedSimd } from "../../wasm/relaxed.ts";

/** What products are computed in. */
export type ProductLane = "f64" | "f32" | "i64" | "i32";

/** What a product does with the place of its result: stores, adds to it, subtracts from it. */
export const STORE = 0;
export const ADD = 1;
export const SUBTRACT = 2;

interface LaneFacts {
  readonly bytes: 4 | 8;
  readonly shape: "f64x2" | "f32x4" | "i64x2" | "i32x4";
  readonly fused: boolean;
}

const facts: Readonly<Record<ProductLane, LaneFacts>> = {
  f64: { bytes: 8, shape: "f64x2", fused: true },
  f32: { bytes: 4, shape: "f32x4", fused: true },
  i64: { bytes: 8, shape: "i64x2", fused: false },
  i32: { bytes: 4, shape: "i32x4", fused: false },
};

/**
 * Rows of the tile of sums that one pass of the innermost loop keeps; it is two vectors wide. Measured: with twelve sums
 * and more the compiler runs out of registers, with a fused multiply-add or without.
 */
export const TILE_ROWS = 4;

export function tileColumns(lane: ProductLane): number {
  return 32 / facts[lane].bytes;
}

export function laneSize(lane: ProductLane): 4 | 8 {
  return facts[lane].bytes;
}

function splatLoad(fn: Fn, lane: ProductLane, address: Expr, offset: number): Expr {
  return fn.load(`v128.load${8 * facts[lane].bytes}_splat`, address, offset);
}

/** sum + a · b */
function multiplyAdd(lane: ProductLane, fused: boolean, sum: Expr, a: Expr, b: Expr): Expr {
  const { shape } = facts[lane];
  if (fused) return op(`${shape}.relaxed_madd`, a, b, sum);
  return op(`${shape}.add`, sum, op(`${shape}.mul`, a, b));
}

function zero(fn: Fn, lane: ProductLane): Local {
  const { shape } = facts[lane];
  return fn.constant(shape, shape === "i64x2" ? 0n : 0);
}

/** Stores a vector of sums by `mode`, which is a number known only when the kernel runs. */
function storeBy(fn: Fn, lane: ProductLane, mode: Expr, address: Expr, sum: Expr, offset: number): void {
  const { shape } = facts[lane];
  const before = () => fn.load("v128.load", address, offset);
  fn.if(
    op("i32.eqz", mode),
    () => fn.store("v128.store", address, sum, offset),
    () =>
      fn.if(
        op("i32.eq", mode, i32(ADD)),
        () => fn.store("v128.store", address, op(`${shape}.add`, before(), sum), offset),
        () => fn.store("v128.store", address, op(`${shape}.sub`, before(), sum), offset),
      ),
  );
}

/** Adds the products of one element, spread over a vector, and some vectors to a sum of each. */
function addProducts(
  fn: Fn,
  lane: ProductLane,
  fused: boolean,
  sums: readonly Local[],
  x: Expr,
  ys: readonly Expr[],
): void {
  const spread = fn.let(x);
  ys.forEach((y, v) => {
    fn.set(sums[v]!, multiplyAdd(lane, fused, sums[v]!, spread, y));
  });
}

/** Addresses of the rows of a matrix, `rowBytes` apart. */
function setRows(fn: Fn, rows: readonly Local[], first: Expr, rowBytes: Expr): void {
  rows.forEach((row, i) => {
    fn.set(row, i === 0 ? first : op("i32.add", rows[i - 1]!, rowBytes));
  });
}

/** A line of kernels, one for each lane with and without fused multiply-add, built when first used. */
class Variants {
  private readonly build: (lane: ProductLane, fused: boolean) => Fn;
  private readonly made = new Map<string, Kernel>();

  constructor(build: (lane: ProductLane, fused: boolean) => Fn) {
    this.build = build;
  }

  of(lane: ProductLane): Run {
    const fused = facts[lane].fused && hasRelaxedSimd();
    const key = fused ? `${lane}+` : lane;
    let kernel = this.made.get(key);
    if (kernel === undefined) {
      kernel = new Kernel(() => this.build(lane, fused));
      this.made.set(key, kernel);
    }
    return kernel.run;
  }
}

const panelProducts = /* @__PURE__ */ new Variants(buildPanels);
const smallProducts = /* @__PURE__ */ new Variants(buildSmall);
const dotProducts = /* @__PURE__ */ new Variants(buildDots);

/** `(rowPanels, columnPanels, k, a, b, c, rowBytes, mode)`: C, of rows of `rowBytes`, from panels of A and of B. */
export function panelProduct(lane: ProductLane): Run {
  return panelProducts.of(lane);
}

function buildPanels(lane: ProductLane, fused: boolean): Fn {
  const { bytes } = facts[lane];
  const rows = TILE_ROWS;
  const columns = tileColumns(lane);
  const vectors = 2;
  const fn = new Fn(new Array(8).fill("i32"));
  const [rowPanels, columnPanels, k, a, b, c, rowBytes, mode] = fn.params as Local[] as [
    Local, Local, Local, Local, Local, Local, Local, Local,
  ]; // biome-ignore format: the parameters in one line
  const sums = Array.from({ length: rows * vectors }, () => fn.local("v128"));
  const [pa, pb, pc] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const [right, into] = [fn.let(b), fn.let(c)];
  // One step a round: with more, measured, the compiler loads too far ahead and runs out of registers (half the speed).
  const step = () => {
    const ys = Array.from({ length: vectors }, (_, j) => fn.let(fn.load("v128.load", pb, 16 * j)));
    for (let i = 0; i < rows; i++) {
      const own = sums.slice(i * vectors, (i + 1) * vectors);
      addProducts(fn, lane, fused, own, splatLoad(fn, lane, pa, i * bytes), ys);
    }
    fn.set(pa, fn.add(pa, rows * bytes));
    fn.set(pb, fn.add(pb, columns * bytes));
  };
  fn.count(columnPanels, 1, () => {
    fn.set(pa, a);
    fn.set(pc, into);
    fn.count(rowPanels, 1, () => {
      for (const sum of sums) fn.set(sum, zero(fn, lane));
      fn.set(pb, right);
      fn.count(k, 1, step);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < vectors; j++) storeBy(fn, lane, mode, pc, sums[i * vectors + j]!, 16 * j);
        fn.set(pc, op("i32.add", pc, rowBytes));
      }
    });
    fn.set(right, op("i32.add", right, op("i32.mul", k, i32(columns * bytes))));
    fn.set(into, fn.add(into, columns * bytes));
  });
  return fn;
}

/**
 * `(count, m, n, k, a, b, c, aStep, bStep, mode)`: `count` products of dense matrices, m × k by k × n, that lie `aStep`
 * and `bStep` bytes apart. The rows of the results lie one after the other, each filled up to whole vectors.
 */
export function smallProduct(lane: ProductLane): Run {
  return smallProducts.of(lane);
}

/** Sums that are worked out at once, so that they do not wait for one another: of one row, or of several of two vectors. */
const ABREAST = 4;
const SIDE = 2;

function buildSmall(lane: ProductLane, fused: boolean): Fn {
  const { bytes } = facts[lane];
  const fn = new Fn(new Array(10).fill("i32"));
  const [count, m, n, k, a, b, c, aStep, bStep, mode] = fn.params as Local[] as [
    Local, Local, Local, Local, Local, Local, Local, Local, Local, Local,
  ]; // biome-ignore format: the parameters in one line
  const [ap, bp, pb, row, to, j, at] = Array.from({ length: 7 }, () => fn.local("i32")) as [
    Local, Local, Local, Local, Local, Local, Local,
  ]; // biome-ignore format: the locals in one line
  const lefts = Array.from({ length: TILE_ROWS }, () => fn.local("i32"));
  const sums = Array.from({ length: TILE_ROWS * SIDE }, () => fn.local("v128"));
  const rowBytes = fn.let(op("i32.mul", n, i32(bytes)));
  const outBytes = fn.let(op("i32.and", fn.add(rowBytes, 15), i32(-16)));
  const leftBytes = fn.let(op("i32.mul", k, i32(bytes)));
  /** The next `vectors` of so many rows. */
  const block = (rows: number, vectors: number) => {
    const own = (i: number) => sums.slice(i * vectors, (i + 1) * vectors);
    for (let s = 0; s < rows * vectors; s++) fn.set(sums[s]!, zero(fn, lane));
    setRows(fn, lefts.slice(0, rows), row, leftBytes);
    fn.set(pb, op("i32.add", bp, j));
    fn.count(k, 1, () => {
      const ys = Array.from({ length: vectors }, (_, v) => fn.let(fn.load("v128.load", pb, 16 * v)));
      for (let i = 0; i < rows; i++) {
        addProducts(fn, lane, fused, own(i), splatLoad(fn, lane, lefts[i]!, 0), ys);
        fn.set(lefts[i]!, fn.add(lefts[i]!, bytes));
      }
      fn.set(pb, op("i32.add", pb, rowBytes));
    });
    fn.set(at, op("i32.add", to, j));
    for (let i = 0; i < rows; i++) {
      own(i).forEach((sum, v) => {
        storeBy(fn, lane, mode, at, sum, 16 * v);
      });
      fn.set(at, op("i32.add", at, outBytes));
    }
    fn.set(j, fn.add(j, 16 * vectors));
  };
  /** So many rows, block by block, and on to the next. */
  const strip = (rows: number, vectors: number) => {
    const wide = fn.let(op("i32.sub", rowBytes, i32(16 * vectors)));
    fn.set(j, i32(0));
    const toWide = () => op("i32.le_s", j, wide);
    const toEnd = () => op("i32.lt_s", j, rowBytes);
    fn.while(toWide, () => block(rows, vectors));
    fn.while(toEnd, () => block(rows, 1));
    fn.set(to, op("i32.add", to, op("i32.mul", outBytes, i32(rows))));
    fn.set(row, op("i32.add", row, op("i32.mul", leftBytes, i32(rows))));
  };
  fn.set(ap, a);
  fn.set(bp, b);
  fn.set(to, c);
  fn.count(count, 1, () => {
    fn.set(row, ap);
    fn.count(op("i32.div_u", m, i32(TILE_ROWS)), 1, () => strip(TILE_ROWS, SIDE));
    fn.count(op("i32.rem_u", m, i32(TILE_ROWS)), 1, () => strip(1, ABREAST));
    fn.set(ap, op("i32.add", ap, aStep));
    fn.set(bp, op("i32.add", bp, bStep));
  });
  return fn;
}

/**
 * `(rows, k, a, aRow, x, xRow, y, mode)`: the sums of products of the rows of A, `aRow` bytes apart, and of those of X;
 * with `xRow` 0 of one vector with all rows. The results lie side by side.
 */
export function dotProduct(lane: ProductLane): Run {
  return dotProducts.of(lane);
}

const scalars = { f64: "f64", f32: "f32", i64: "i64", i32: "i32" } as const;

function buildDots(lane: ProductLane, fused: boolean): Fn {
  const { bytes, shape } = facts[lane];
  const fn = new Fn(new Array(8).fill("i32"));
  const [rows, k, a, aRow, x, xRow, y, mode] = fn.params as Local[] as [
    Local, Local, Local, Local, Local, Local, Local, Local,
  ]; // biome-ignore format: the parameters in one line
  const type = scalars[lane];
  const sums = Array.from({ length: ABREAST }, () => fn.local("v128"));
  const total = fn.local(type);
  const [pa, px, row, other, to] = [fn.local("i32"), fn.local("i32"), fn.let(a), fn.let(x), fn.let(y)];
  const step = 16 * ABREAST;
  const length = fn.let(op("i32.mul", k, i32(bytes)));
  const whole = fn.let(op("i32.and", length, i32(-step)));
  const vectors = fn.let(op("i32.and", op("i32.sub", length, whole), i32(-16)));
  const left = fn.let(op("i32.and", length, i32(15)));
  const forward = (by: number) => {
    fn.set(pa, fn.add(pa, by));
    fn.set(px, fn.add(px, by));
  };
  const multiply = (v: number) => {
    const [p, q] = [fn.load("v128.load", pa, 16 * v), fn.load("v128.load", px, 16 * v)];
    fn.set(sums[v]!, multiplyAdd(lane, fused, sums[v]!, p, q));
  };
  fn.count(rows, 1, () => {
    for (const sum of sums) fn.set(sum, zero(fn, lane));
    fn.set(pa, row);
    fn.set(px, other);
    fn.count(whole, step, () => {
      for (let v = 0; v < ABREAST; v++) multiply(v);
      forward(step);
    });
    fn.count(vectors, 16, () => {
      multiply(0);
      forward(16);
    });
    const pairs = [op(`${shape}.add`, sums[0]!, sums[1]!), op(`${shape}.add`, sums[2]!, sums[3]!)];
    fn.set(total, lanesAdded(lane, fn.let(op(`${shape}.add`, pairs[0]!, pairs[1]!))));
    fn.count(left, bytes, () => {
      const product = op(`${type}.mul`, fn.load(`${type}.load`, pa), fn.load(`${type}.load`, px));
      fn.set(total, op(`${type}.add`, total, product));
      forward(bytes);
    });
    storeScalarBy(fn, type, mode, to, total);
    fn.set(row, op("i32.add", row, aRow));
    fn.set(other, op("i32.add", other, xRow));
    fn.set(to, fn.add(to, bytes));
  });
  return fn;
}

function lanesAdded(lane: ProductLane, v: Local): Expr {
  const { bytes, shape } = facts[lane];
  const at = (k: number) => extract(`${shape}.extract_lane`, v, k);
  const add = `${scalars[lane]}.add`;
  if (bytes === 8) return op(add, at(0), at(1));
  return op(add, op(add, at(0), at(1)), op(add, at(2), at(3)));
}

function storeScalarBy(fn: Fn, type: "f64" | "f32" | "i64" | "i32", mode: Expr, at: Expr, value: Expr): void {
  const before = () => fn.load(`${type}.load`, at);
  fn.if(
    op("i32.eqz", mode),
    () => fn.store(`${type}.store`, at, value),
    () =>
      fn.if(
        op("i32.eq", mode, i32(ADD)),
        () => fn.store(`${type}.store`, at, op(`${type}.add`, before(), value)),
        () => fn.store(`${type}.store`, at, op(`${type}.sub`, before(), value)),
      ),
  );
}
