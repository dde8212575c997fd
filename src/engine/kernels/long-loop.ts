/**
 * The loop around a long body. Elsewhere loops are unrolled, and the body comes several times over; one of a hundred
 * instructions overlaps with its neighbours by itself, and comes once.
 *
 * The body works on two float64. For float32 operands it gets them widened, and its results are rounded once: with a few
 * spare digits in the body they are right in all but one case in millions.
 */

import { type Expr, Fn, i32, op, select } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { region } from "../../wasm/memory.ts";
import { Doubles } from "./doubles.ts";
import { Floats, twinOf, type Vector } from "./floats.ts";
import { type Kernels, kernels, noLoop } from "./lanes.ts";

/** What computes two elements. */
export type LongBody = (v: Doubles, ...xs: Expr[]) => Expr;

/** What computes four elements in float32 itself. */
export type SingleBody = (v: Floats, ...xs: Expr[]) => Expr;

/** Where the last elements are put when they do not fill a vector. */
let spare = 0;

/** How many vectors a turn takes: two where one alone would mostly wait for itself. */
export type Ways = 1 | 2;

/**
 * A kernel of `inputs` operands and one result, of elements of 8 or 4 bytes. What is left at the end takes a second turn
 * of the same loop, with its result at the spare place.
 */
export function longLoop(width: 8 | 4, inputs: number, body: LongBody, ways: Ways = 1): Kernel {
  return loopOf(inputs, width, 2 * width, ways, (fn, at) => {
    const v = new Doubles(fn);
    const y = body(v, ...at.from.map((address) => v.map((x) => load(fn, width, x!), address)));
    store(fn, width, at.to, y);
    if (ways === 2) store(fn, width, at.to, twin(y), 2 * width);
  });
}

/** The same of float32 as they are, four at a time. */
export function singleLoop(inputs: number, body: SingleBody, ways: Ways = 1): Kernel {
  return loopOf(inputs, 4, 16, ways, (fn, at) => {
    const v = new Floats(fn, "f32x4");
    const y = body(v, ...at.from.map((address) => v.map((x) => fn.load("v128.load", x!), address)));
    fn.store("v128.store", at.to, y);
    if (ways === 2) fn.store("v128.store", at.to, twin(y), 16);
  });
}

function twin(y: Expr): Expr {
  const other = twinOf(y);
  if (other === undefined) throw new Error("internal: the body of a kernel has lost one of two vectors");
  return other;
}

/** Where one turn of a loop reads and writes. */
interface Addresses {
  readonly from: readonly Vector[];
  readonly to: Expr;
}

/** A loop over elements of `width` bytes, whose turns take `ways` vectors of `size` bytes. */
function loopOf(
  inputs: number,
  width: number,
  size: number,
  ways: Ways,
  turn: (fn: Fn, at: Addresses) => void,
): Kernel {
  const step = ways * size;
  return new Kernel(() => {
    const fn = new Fn(new Array(2 + inputs).fill("i32"));
    if (spare === 0) spare = region(64);
    const from = fn.params.slice(1, 1 + inputs);
    const to = fn.params[1 + inputs]!;
    const bytes = fn.let(op("i32.mul", fn.params[0]!, i32(width)));
    const whole = fn.let(op("i32.and", bytes, i32(-step)));
    const odd = fn.let(op("i32.sub", bytes, whole));
    const left = fn.let(bytes);
    fn.while(
      () => left,
      () => {
        const last = fn.let(op("i32.lt_s", left, i32(step)));
        const place = fn.let(select(last, i32(spare), to));
        const end = fn.let(select(last, i32(step), whole));
        // Where the last elements fill no more than one vector, it stands for both: nothing is read far behind the end.
        const next = ways === 1 ? i32(0) : fn.let(select(op("i32.le_s", left, i32(size)), i32(0), i32(size)));
        fn.count(end, step, (at) => {
          const addresses = from.map((pointer): Vector => {
            const address = fn.let(op("i32.add", pointer, at));
            return ways === 1 ? address : { ...address, twin: fn.let(op("i32.add", address, next)) };
          });
          turn(fn, { from: addresses, to: op("i32.add", place, at) });
        });
        for (const pointer of from) fn.set(pointer, op("i32.add", pointer, end));
        fn.set(left, select(last, i32(0), odd));
      },
    );
    fn.if(odd, () => fn.copy(op("i32.add", to, whole), i32(spare), odd));
    return fn;
  });
}

function load(fn: Fn, width: 8 | 4, address: Expr): Expr {
  if (width === 8) return fn.load("v128.load", address);
  return op("f64x2.promote_low_f32x4", fn.load("v128.load64_zero", address));
}

function store(fn: Fn, width: 8 | 4, address: Expr, y: Expr, offset = 0): void {
  if (width === 8) fn.store("v128.store", address, y, offset);
  else fn.storeLane(8, address, op("f32x4.demote_f64x2_zero", y), 0, offset);
}

/** The kernels of a ufunc of reals: a body for float64, and one that needs no more digits than float32 and float16 have. */
export function longKernels(inputs: number, double: LongBody, single: LongBody, ways: Ways = 1): Kernels {
  return kernels((x, loop) => {
    if (x.kind !== "f") return noLoop(loop);
    return x.bytes === 8 ? longLoop(8, inputs, double, ways) : longLoop(4, inputs, single, ways);
  });
}

/**
 * The same with a body for float32 that computes in float32. Bodies that leave room for it take two vectors in a turn:
 * `ways` says so of that for float64.
 */
export function longKernelsWithSingles(
  double: LongBody,
  single: SingleBody,
  ways: Ways = 2,
  inputs = 1,
): Kernels {
  return kernels((x, loop) => {
    if (x.kind !== "f") return noLoop(loop);
    return x.bytes === 8
      ? longLoop(8, inputs, double, ways)
      : singleLoop(inputs, single, inputs === 1 ? 2 : 1);
  });
}
