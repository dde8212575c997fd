/**
 * Kernels that bring a strided grid of elements into rows: `(rows, cols, from, rowStep, colStep, to, rowPitch)`. Element
 * (r, c) is read at from + r · rowStep + c · colStep and written at to + r · rowPitch + c · width; steps are bytes of
 * either sign, and nothing has to be aligned. Elements are bytes that keep every bit, whatever they mean.
 *
 * How the grid lies decides which kernel: rows that are dense, dense backwards, with every other element, or standing still
 * go by whole vectors; where the columns are dense instead, as in a transposed array, squares of 16 bytes an edge are
 * turned in registers; all others go one by one. Vectors are read up to 15 bytes past the last element.
 */

import { type Expr, Fn, i32, type Local, op, shuffle } from "./fn.ts";
import { Kernel } from "./kernel.ts";

export type Width = 1 | 2 | 4 | 8 | 16;

type Way = "dense" | "backwards" | "everyOther" | "still" | "turned" | "single" | "spread";

/** The sources and the target of the rows and columns at hand. */
interface Grid {
  readonly fn: Fn;
  readonly width: Width;
  readonly rows: Local;
  readonly cols: Local;
  readonly from: Local;
  readonly rowStep: Local;
  readonly colStep: Local;
  readonly to: Local;
  readonly pitch: Local;
}

const types: Readonly<Record<Width, readonly [load: string, store: string]>> = {
  1: ["i32.load8_u", "i32.store8"],
  2: ["i32.load16_u", "i32.store16"],
  4: ["i32.load", "i32.store"],
  8: ["i64.load", "i64.store"],
  16: ["v128.load", "v128.store"],
};

function gridKernel(width: Width, body: (grid: Grid) => void): Kernel {
  return new Kernel(() => {
    const fn = new Fn(new Array(7).fill("i32"));
    const [rows, cols, from, rowStep, colStep, to, pitch] = fn.params as readonly Local[];
    body({ fn, width, rows, cols, from, rowStep, colStep, to, pitch } as Grid);
    return fn;
  });
}

/** Runs `body` for each row, at the addresses of its first element here and there. */
function eachRow({ fn, rows, from, rowStep, to, pitch }: Grid, body: (p: Local, q: Local) => void): void {
  const p = fn.local("i32");
  const q = fn.local("i32");
  fn.count(rows, 1, () => {
    fn.set(p, from);
    fn.set(q, to);
    body(p, q);
    fn.set(from, op("i32.add", from, rowStep));
    fn.set(to, op("i32.add", to, pitch));
  });
}

/** Moves `count` elements one by one, four in a round. `p` and `q` go along. */
function singles({ fn, width, colStep }: Grid, p: Local, q: Local, count: Expr): void {
  const [load, store] = types[width];
  const one = (k: number) => {
    fn.store(store, q, fn.load(load, p), k * width);
    fn.set(p, op("i32.add", p, colStep));
  };
  const whole = fn.let(op("i32.and", count, i32(-4)));
  fn.count(whole, 4, () => {
    for (let k = 0; k < 4; k++) one(k);
    fn.set(q, fn.add(q, 4 * width));
  });
  fn.count(op("i32.sub", count, whole), 1, () => {
    one(0);
    fn.set(q, fn.add(q, width));
  });
}

/** Vectors of a round of the loop. */
const ROUND = 4;

/**
 * Rows by vectors of what `vector` makes at an address and so many bytes behind it, four in a round; the last elements one
 * by one. `step` is the way `p` goes, which may be backwards.
 */
function vectors(grid: Grid, step: number, vector: (p: Expr, offset: number) => Expr): void {
  const { fn, width, cols } = grid;
  const lanes = 16 / width;
  const rounds = fn.let(op("i32.and", cols, i32(-ROUND * lanes)));
  const rest = fn.let(op("i32.and", op("i32.sub", cols, rounds), i32(-lanes)));
  const left = fn.let(op("i32.and", cols, i32(lanes - 1)));
  // Offsets are not negative: backwards, a round starts from its last vector.
  const first = step < 0 ? (ROUND - 1) * step : 0;
  eachRow(grid, (p, q) => {
    fn.count(rounds, ROUND * lanes, () => {
      const from = first === 0 ? p : fn.let(fn.add(p, first));
      for (let k = 0; k < ROUND; k++) fn.store("v128.store", q, vector(from, k * step - first), 16 * k);
      fn.set(p, fn.add(p, ROUND * step));
      fn.set(q, fn.add(q, ROUND * 16));
    });
    fn.count(rest, lanes, () => {
      fn.store("v128.store", q, vector(p, 0));
      fn.set(p, fn.add(p, step));
      fn.set(q, fn.add(q, 16));
    });
    singles(grid, p, q, left);
  });
}

/** The bytes of lanes of `width` in an order. */
function lanesOf(width: Width, order: (lane: number) => number): number[] {
  return Array.from({ length: 16 }, (_, k) => order(Math.floor(k / width)) * width + (k % width));
}

function dense(grid: Grid): void {
  const { fn, width, cols } = grid;
  const bytes = fn.let(op("i32.mul", cols, i32(width)));
  eachRow(grid, (p, q) => fn.copy(q, p, bytes));
}

function backwards(grid: Grid): void {
  const { fn, width } = grid;
  const order = lanesOf(width, (lane) => 16 / width - 1 - lane);
  vectors(grid, -16, (p, offset) => {
    const v = fn.let(fn.load("v128.load", fn.add(p, width - 16), offset));
    return width === 16 ? v : shuffle(v, v, order);
  });
}

function everyOther(grid: Grid): void {
  const { fn, width } = grid;
  const order = lanesOf(width, (lane) => 2 * lane);
  vectors(grid, 32, (p, offset) =>
    shuffle(fn.load("v128.load", p, offset), fn.load("v128.load", p, offset + 16), order),
  );
}

const splats: Readonly<Record<Width, string>> = {
  1: "v128.load8_splat",
  2: "v128.load16_splat",
  4: "v128.load32_splat",
  8: "v128.load64_splat",
  16: "v128.load",
};

function still(grid: Grid): void {
  const { fn, width } = grid;
  vectors(grid, 0, (p) => fn.load(splats[width], p));
}

function single(grid: Grid): void {
  eachRow(grid, (p, q) => singles(grid, p, q, grid.cols));
}

/** The other way: rows go to elements that are steps apart, one by one, four in a round. */
function spread(grid: Grid): void {
  const { fn, width, cols, colStep } = grid;
  const [load, store] = types[width];
  const whole = fn.let(op("i32.and", cols, i32(-4)));
  const rest = fn.let(op("i32.sub", cols, whole));
  const some = (count: number, p: Local, q: Local) => {
    for (let k = 0; k < count; k++) {
      fn.store(store, q, fn.load(load, p, k * width));
      fn.set(q, op("i32.add", q, colStep));
    }
    fn.set(p, fn.add(p, count * width));
  };
  eachRow(grid, (p, q) => {
    fn.count(whole, 4, () => some(4, p, q));
    fn.count(rest, 1, () => some(1, p, q));
  });
}

/** Squares of 16 bytes an edge; rows and columns must be whole squares. */
function turned(grid: Grid): void {
  const { fn, width, rows, cols, from, colStep, to, pitch } = grid;
  const edge = 16 / width;
  const p = fn.local("i32");
  const q = fn.local("i32");
  fn.count(rows, edge, () => {
    fn.set(p, from);
    fn.set(q, to);
    fn.count(cols, edge, () => {
      let square: Expr[] = [];
      for (let k = 0; k < edge; k++) {
        square.push(fn.let(fn.load("v128.load", p)));
        fn.set(p, op("i32.add", p, colStep));
      }
      for (let k = 1; k < edge; k *= 2) square = interleaved(fn, width, square);
      const at = fn.let(q);
      for (let k = 0; k < edge; k++) {
        fn.store("v128.store", at, square[k]!);
        if (k < edge - 1) fn.set(at, op("i32.add", at, pitch));
      }
      fn.set(q, fn.add(q, 16));
    });
    fn.set(from, fn.add(from, 16));
    fn.set(to, op("i32.add", to, op("i32.mul", pitch, i32(edge))));
  });
}

/** The lanes of the first half of the vectors between those of the second. As often as lanes can be halved, it transposes. */
function interleaved(fn: Fn, width: Width, square: readonly Expr[]): Expr[] {
  const half = square.length / 2;
  const lanes = 16 / width;
  const order = (start: number) => lanesOf(width, (lane) => start + (lane >> 1) + (lane % 2) * lanes);
  return square.map((_, k) => {
    const [a, b] = [square[k >> 1]!, square[(k >> 1) + half]!];
    return fn.let(shuffle(a, b, order(k % 2 === 0 ? 0 : lanes / 2)));
  });
}

const bodies: Readonly<Record<Way, (grid: Grid) => void>> = {
  dense,
  backwards,
  everyOther,
  still,
  turned,
  single,
  spread,
};

const kernels = /* @__PURE__ */ new Map<string, Kernel>();

function kernelOf(way: Way, width: Width): Kernel {
  const key = `${way}${width}`;
  let kernel = kernels.get(key);
  if (kernel === undefined) kernels.set(key, (kernel = gridKernel(width, bodies[way])));
  return kernel;
}

function wayOf(width: Width, rows: number, cols: number, rowStep: number, colStep: number): Way {
  if (colStep === width) return "dense";
  if (colStep === -width) return "backwards";
  if (colStep === 0) return "still";
  const edge = 16 / width;
  if (rowStep === width && edge > 1 && rows >= edge && cols >= edge) return "turned";
  return colStep === 2 * width && width < 16 ? "everyOther" : "single";
}

/** Brings a grid of elements of `width` bytes into rows; all addresses are in the engine's memory. */
export function gatherGrid(
  width: Width,
  rows: number,
  cols: number,
  from: number,
  rowStep: number,
  colStep: number,
  to: number,
  pitch: number,
): void {
  const way = wayOf(width, rows, cols, rowStep, colStep);
  if (way !== "turned") {
    kernelOf(way, width).run(rows, cols, from, rowStep, colStep, to, pitch);
    return;
  }
  const edge = 16 / width;
  const [r, c] = [rows & -edge, cols & -edge];
  kernelOf("turned", width).run(r, c, from, rowStep, colStep, to, pitch);
  const { run } = kernelOf("single", width);
  if (c < cols) run(r, cols - c, from + c * colStep, rowStep, colStep, to + c * width, pitch);
  if (r < rows) run(rows - r, cols, from + r * rowStep, rowStep, colStep, to + r * pitch, pitch);
}

/** Sends rows that are `pitch` bytes apart out to a grid of elements; all addresses are in the engine's memory. */
export function scatterGrid(
  width: Width,
  rows: number,
  cols: number,
  from: number,
  pitch: number,
  to: number,
  rowStep: number,
  colStep: number,
): void {
  if (colStep === width) gatherGrid(width, rows, cols, from, pitch, width, to, rowStep);
  else kernelOf("spread", width).run(rows, cols, from, pitch, colStep, to, rowStep);
}
