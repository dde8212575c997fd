/**
 * Sums of floats in NumPy's order, bit for bit.
 *
 * A line is halved, the first half a multiple of eight, until no more than 128 numbers are left (of a complex line, 64
 * pairs); these are added into eight accumulators, which are added in pairs, and what is left over one by one. Fewer
 * than eight are added one by one, starting from -0. The halving is a recursion in NumPy; here it is a stack of lengths
 * still to do and a stack of sums still to be added, in the engine's memory.
 *
 * Lines are `(m, n, in, acc)` as in reduce-loops.ts: the sum of each is added to what is in `acc`.
 */

import { type Expr, extract, Fn, i32, type Local, op } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { loadLane, storeLane } from "../../wasm/map.ts";
import { region } from "../../wasm/memory.ts";
import { element } from "./reduce-combine.ts";
import { upTo } from "./reduce-loops.ts";

type FloatLane = "f32" | "f64";

const BLOCK = 128;
/** Bytes of each stack: lengths halve, so there are no more than some 30 levels. */
const STACK_BYTES = 1024;

let stacks = 0;

function stackPlace(): number {
  if (stacks === 0) stacks = region(2 * STACK_BYTES);
  return stacks;
}

/** Eight accumulators: the first lane of each pair or four, and how sums of them become the sum of a block. */
interface Eight {
  readonly lane: FloatLane;
  /** Numbers that make one element: 2 for complex. */
  readonly parts: 1 | 2;
}

function lanesOf(lane: FloatLane, vectors: readonly Expr[]): Expr[] {
  const name = lane === "f64" ? "f64x2.extract_lane" : "f32x4.extract_lane";
  const count = lane === "f64" ? 2 : 4;
  return vectors.flatMap((vector) => Array.from({ length: count }, (_, k) => extract(name, vector, k)));
}

/** The sums of a block, one for each part of an element: pairs of neighbours, then pairs of those. */
function joined({ lane, parts }: Eight, vectors: readonly Expr[]): Expr[] {
  const add = (a: Expr, b: Expr) => op(`${lane}.add`, a, b);
  const r = lanesOf(lane, vectors) as [Expr, Expr, Expr, Expr, Expr, Expr, Expr, Expr];
  if (parts === 1) return [add(add(add(r[0], r[1]), add(r[2], r[3])), add(add(r[4], r[5]), add(r[6], r[7])))];
  return [add(add(r[0], r[2]), add(r[4], r[6])), add(add(r[1], r[3]), add(r[5], r[7]))];
}

/** Sets `sums` to the sum of the numbers from `at` to `end`, at most {@link BLOCK}, and moves `at` to `end`. */
function sumBlock(fn: Fn, eight: Eight, at: Local, end: Expr, sums: readonly Local[]): void {
  const { lane } = eight;
  const [shape, width] = lane === "f64" ? (["f64x2", 8] as const) : (["f32x4", 4] as const);
  const bytes = fn.let(op("i32.sub", end, at));
  fn.if(
    op("i32.ge_u", bytes, i32(8 * width)),
    () => {
      const count = (8 * width) / 16;
      const vectors = Array.from({ length: count }, (_, k) => fn.let(fn.load("v128.load", at, 16 * k)));
      const whole = fn.let(op("i32.add", at, op("i32.and", bytes, i32(-8 * width))));
      fn.set(at, fn.add(at, 8 * width));
      upTo(fn, at, whole, 8 * width, () => {
        vectors.forEach((vector, k) => {
          fn.set(vector, op(`${shape}.add`, vector, fn.load("v128.load", at, 16 * k)));
        });
      });
      joined(eight, vectors).forEach((sum, k) => {
        fn.set(sums[k]!, sum);
      });
    },
    () => {
      for (const sum of sums) fn.set(sum, element(lane, -0));
    },
  );
  upTo(fn, at, end, eight.parts * width, () => {
    sums.forEach((sum, k) => {
      fn.set(sum, op(`${lane}.add`, sum, loadLane(fn, lane, at, k * width)));
    });
  });
}

/**
 * Sets `sums` to the sum of `length` numbers from `at`, more than one block and at most two, and moves `at` behind them.
 * Both blocks are added up at once, so that one addition need not wait for the other: eight float32 are two vectors only, and
 * eight float64 are four, which the processor keeps busy by itself. The first is a multiple of eight.
 */
function sumTwoBlocks(fn: Fn, eight: Eight, at: Local, length: Local, sums: readonly Local[]): void {
  const { lane } = eight;
  const [shape, width] = lane === "f64" ? (["f64x2", 8] as const) : (["f32x4", 4] as const);
  const count = (8 * width) / 16;
  const reach = fn.let(op("i32.mul", halfOf(length), i32(width)));
  const end = fn.let(op("i32.add", at, op("i32.mul", length, i32(width))));
  const middle = fn.let(op("i32.add", at, reach));
  const second = fn.let(middle);
  const loadAll = (from: Local) =>
    Array.from({ length: count }, (_, k) => fn.let(fn.load("v128.load", from, 16 * k)));
  const addAll = (vectors: readonly Local[], from: Local) =>
    vectors.forEach((vector, k) => {
      fn.set(vector, op(`${shape}.add`, vector, fn.load("v128.load", from, 16 * k)));
    });
  const [first, other] = [loadAll(at), loadAll(second)];
  fn.set(at, fn.add(at, 8 * width));
  fn.set(second, fn.add(second, 8 * width));
  upTo(fn, at, middle, 8 * width, () => {
    addAll(first, at);
    addAll(other, second);
    fn.set(second, fn.add(second, 8 * width));
  });
  const left = op("i32.and", op("i32.sub", end, second), i32(-8 * width));
  const whole = fn.let(op("i32.add", second, left));
  upTo(fn, second, whole, 8 * width, () => addAll(other, second));
  const behind = joined(eight, other).map((sum) => fn.let(sum));
  upTo(fn, second, end, eight.parts * width, () => {
    behind.forEach((sum, k) => {
      fn.set(sum, op(`${lane}.add`, sum, loadLane(fn, lane, second, k * width)));
    });
  });
  joined(eight, first).forEach((sum, k) => {
    fn.set(sums[k]!, op(`${lane}.add`, sum, behind[k]!));
  });
  fn.set(at, end);
}

/** Half of a length, a multiple of eight. */
function halfOf(length: Expr): Expr {
  return op("i32.and", op("i32.shr_u", length, i32(1)), i32(-8));
}

/** Sets `sums` to the sum of `numbers` numbers from `at`, by halves. */
function sumHalves(fn: Fn, eight: Eight, at: Local, numbers: Local, sums: readonly Local[]): void {
  const { lane } = eight;
  const width = lane === "f64" ? 8 : 4;
  const step = width * sums.length;
  const lengths = fn.local("i32");
  const values = fn.local("i32");
  const bottom = i32(stackPlace());
  fn.set(lengths, i32(stackPlace() + 4));
  fn.set(values, i32(stackPlace() + STACK_BYTES));
  fn.store("i32.store", bottom, numbers);
  const push = (length: Expr) => {
    fn.store("i32.store", lengths, length);
    fn.set(lengths, fn.add(lengths, 4));
  };
  fn.while(
    () => op("i32.gt_u", lengths, bottom),
    () => {
      fn.set(lengths, fn.add(lengths, -4));
      const length = fn.let(fn.load("i32.load", lengths));
      fn.if(
        op("i32.gt_s", lane === "f64" ? length : op("i32.sub", length, halfOf(length)), i32(BLOCK)),
        () => {
          const half = fn.let(halfOf(length));
          push(i32(-1));
          push(op("i32.sub", length, half));
          push(half);
        },
        () => {
          fn.if(
            op("i32.lt_s", length, i32(0)),
            () => {
              fn.set(values, fn.add(values, -2 * step));
              sums.forEach((sum, k) => {
                const first = loadLane(fn, lane, values, k * width);
                fn.set(sum, op(`${lane}.add`, first, loadLane(fn, lane, values, step + k * width)));
              });
            },
            () => {
              const one = () =>
                sumBlock(fn, eight, at, fn.let(op("i32.add", at, op("i32.mul", length, i32(width)))), sums);
              if (lane === "f64") one();
              else
                fn.if(
                  op("i32.gt_s", length, i32(BLOCK)),
                  () => sumTwoBlocks(fn, eight, at, length, sums),
                  one,
                );
            },
          );
          sums.forEach((sum, k) => {
            storeLane(fn, lane, values, sum, k * width);
          });
          fn.set(values, fn.add(values, step));
        },
      );
    },
  );
}

/** Lines of floats, or of pairs of them, added to `acc` in NumPy's order. */
export function pairwiseLines(lane: FloatLane, parts: 1 | 2): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32", "i32"]);
    const [m, n, from, acc] = fn.params as [Local, Local, Local, Local];
    const width = lane === "f64" ? 8 : 4;
    const eight: Eight = { lane, parts };
    const numbers = fn.let(op("i32.mul", n, i32(parts)));
    const bytes = fn.let(op("i32.mul", numbers, i32(width)));
    const at = fn.let(from);
    const sums = Array.from({ length: parts }, () => fn.local(lane));
    const to = fn.let(acc);
    const last = fn.let(op("i32.add", acc, op("i32.mul", m, i32(width * parts))));
    upTo(fn, to, last, width * parts, () => {
      fn.if(
        op("i32.gt_s", numbers, i32(BLOCK)),
        () => sumHalves(fn, eight, at, numbers, sums),
        () => sumBlock(fn, eight, at, fn.let(op("i32.add", at, bytes)), sums),
      );
      sums.forEach((sum, k) => {
        storeLane(fn, lane, to, op(`${lane}.add`, loadLane(fn, lane, to, k * width), sum), k * width);
      });
    });
    return fn;
  });
}
