/**
 * The steps of an `einsum`: one operand rearranged or summed, or two contracted.
 *
 * An operand is an array with a letter for each axis. Before anything else a letter that it has several times becomes the
 * diagonal, and axes of length 1 are dropped: they broadcast, which is to be absent. Then each letter that only one operand
 * has, and that is not wanted, is summed there; what is left are products of elements, or of matrices.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { elementArray, unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { type Axis, contract } from "../engine/matmul-contract.ts";
import { orderAxes } from "../layout/order.ts";
import { imag, real } from "./parts.ts";
import { multiplyAll, readable } from "./products-contract.ts";

/** An array and the letters of its axes. */
export interface Labelled {
  readonly array: NDArray;
  readonly letters: string;
}

/** What a step is to give. */
export interface Wanted {
  readonly letters: string;
  readonly dtype: Descriptor;
  /** Fresh memory as the operands lie, or dense with the axes nested as these letters are. */
  readonly nested: string | null;
}

/** The diagonal of axes that have the same letter. A view. */
export function diagonalOf({ array, letters }: Labelled): Labelled {
  const { shape, strides, offset } = array.layout;
  const own = [...new Set(letters)];
  if (own.length === letters.length) return { array, letters };
  const lengths = own.map((letter) => shape[letters.indexOf(letter)]!);
  const steps = own.map((letter) =>
    [...letters].reduce((sum, other, k) => (other === letter ? sum + strides[k]! : sum), 0),
  );
  return { array: array.viewAs({ shape: lengths, strides: steps, offset }), letters: own.join("") };
}

/** The axes in the order of `letters`; those that the operand has not get length 1. A view. */
export function arranged({ array, letters }: Labelled, order: string): NDArray {
  const { shape, strides, offset } = array.layout;
  const at = [...order].map((letter) => letters.indexOf(letter));
  return array.viewAs({
    shape: at.map((k) => (k < 0 ? 1 : shape[k]!)),
    strides: at.map((k) => (k < 0 ? 0 : strides[k]!)),
    offset,
  });
}

/** Without the axes of length 1. */
function withoutOnes({ array, letters }: Labelled): Labelled {
  const { shape, strides, offset } = array.layout;
  const kept = shape.map((_, k) => k).filter((k) => shape[k] !== 1);
  if (kept.length === shape.length) return { array, letters };
  const layout = { shape: kept.map((k) => shape[k]!), strides: kept.map((k) => strides[k]!), offset };
  return { array: array.viewAs(layout), letters: kept.map((k) => letters[k]!).join("") };
}

/** The length of each letter's axes, where they stretch to the longest that these operands have. */
function lengthsOf(operands: readonly Labelled[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { array, letters } of operands) {
    for (const [k, letter] of [...letters].entries()) {
      const length = array.layout.shape[k]!;
      if ((sizes.get(letter) ?? 1) === 1) sizes.set(letter, length);
    }
  }
  return sizes;
}

/** Fresh memory for the letters wanted. */
function fresh(wanted: Wanted, operands: readonly Labelled[]): NDArray {
  const { letters, dtype } = wanted;
  const sizes = lengthsOf(operands);
  const shape = [...letters].map((letter) => sizes.get(letter)!);
  const nested = wanted.nested ?? nestedLike(letters, operands);
  const strides = new Array<number>(letters.length).fill(0);
  let step = dtype.itemsize;
  for (const letter of [...nested].reverse()) {
    const k = letters.indexOf(letter);
    strides[k] = step;
    step *= shape[k]!;
  }
  return unsetArray(shape, dtype, step === 0 ? strides.fill(0) : strides, "einsum");
}

/** The letters of the result nested as the operands are walked: NumPy's order "K" over all letters, wanted ones first, then by letter. */
export function nestedLike(letters: string, operands: readonly Labelled[]): string {
  const sizes = lengthsOf(operands);
  const others = [...sizes.keys()].filter((letter) => !letters.includes(letter)).sort();
  const all = [...letters, ...others];
  const strides = operands.map(({ array, letters: own }) =>
    all.map((letter) => {
      const k = own.indexOf(letter);
      return k < 0 || array.layout.shape[k] === 1 ? 0 : array.layout.strides[k]!;
    }),
  );
  const lengths = all.map((letter) => sizes.get(letter)!);
  return orderAxes(lengths, strides)
    .axes.filter((k) => k < letters.length)
    .map((k) => all[k]!)
    .join("");
}

/** One operand, rearranged and summed. Returns fresh memory. */
export function reduceOne(operand: Labelled, wanted: Wanted): NDArray {
  const given = diagonalOf(operand);
  const result = fresh(wanted, [given]);
  const ready = { array: readable(given.array, wanted.dtype, "einsum"), letters: given.letters };
  const summed = sumOthers(withoutOnes(ready), wanted.letters, wanted);
  const { shape } = result.layout;
  castElements(shape, placeOf(arranged(summed, wanted.letters)), placeOf(result));
  return result;
}

/** Sums over the letters that are not kept. */
function sumOthers(operand: Labelled, kept: string, { dtype }: Pick<Wanted, "dtype">): Labelled {
  let now = operand;
  for (;;) {
    const gone = mergingAxes(now, kept);
    if (gone.length === 0) return now;
    now = sumAxes(now, gone, dtype);
  }
}

/** Axes that are not kept and that merge into one, from the fastest outwards. */
function mergingAxes({ array, letters }: Labelled, kept: string): number[] {
  const { shape, strides } = array.layout;
  const all = shape.map((_, k) => k).filter((k) => !kept.includes(letters[k]!));
  all.sort((p, q) => Math.abs(strides[p]!) - Math.abs(strides[q]!));
  const found: number[] = [];
  for (const k of all) {
    const last = found.at(-1);
    if (last === undefined || strides[k] === strides[last]! * shape[last]!) found.push(k);
  }
  return found;
}

/** Sums over axes, as products with ones; of complex numbers, part by part. What is real stays so. */
function sumAxes({ array, letters }: Labelled, gone: readonly number[], wanted: Descriptor): Labelled {
  const { shape, strides } = array.layout;
  const isPart = wanted.kind === "c" && array.dtype.kind !== "c";
  const dtype: Descriptor = isPart ? (wanted === plain.complex64 ? plain.float32 : plain.float64) : wanted;
  const kept = shape.map((_, k) => k).filter((k) => !gone.includes(k));
  const lengths = kept.map((k) => shape[k]!);
  const result = unsetArray(lengths, dtype, "C", "einsum");
  const sum = (from: NDArray, to: NDArray) => {
    const one = elementArray(to.dtype.access.coerce(1) as never, to.dtype, "einsum");
    const rows = kept.map((k, j) => axis(shape[k]!, { a: strides[k]!, c: result.layout.strides[j]! }));
    const summed = gone.map((k) => axis(shape[k]!, { a: strides[k]! }));
    const ends = { a: placeOf(from), b: still(one), c: placeOf(to), caller: "einsum" };
    contract({ stack: [], rows, columns: [], summed }, ends);
  };
  if (dtype.kind !== "c") sum(array, result);
  else {
    sum(real(array), real(result));
    sum(imag(array), imag(result));
  }
  return { array: result, letters: kept.map((k) => letters[k]!).join("") };
}

function still(one: NDArray): TypedPlace {
  return { ...placeOf(one), strides: [] };
}

function axis(length: number, strides: { a?: number; b?: number; c?: number }): Axis {
  return { length, a: 0, b: 0, c: 0, ...strides };
}

/** Two operands contracted. Returns fresh memory. */
export function contractTwo(first: Labelled, second: Labelled, wanted: Wanted): NDArray {
  const { letters, dtype } = wanted;
  const [x, y] = [diagonalOf(first), diagonalOf(second)];
  const result = fresh(wanted, [x, y]);
  const [p, q] = [x, y].map(({ array, letters: own }) =>
    withoutOnes({ array: readable(array, dtype, "einsum"), letters: own }),
  ) as [Labelled, Labelled];
  const a = sumOthers(p, letters + q.letters, wanted);
  const b = sumOthers(q, letters + a.letters, wanted);
  const both = [...a.letters].filter((letter) => b.letters.includes(letter) && !letters.includes(letter));
  if (both.length === 0) {
    const views = [arranged(a, letters), arranged(b, letters)] as const;
    // Products of what is not larger than 1 fill what is.
    multiplyAll("einsum", views[0], views[1], { out: result, dtype, casting: "unsafe" });
  } else contractInto(a, b, both.join(""), letters, result);
  return result;
}

function contractInto(a: Labelled, b: Labelled, both: string, letters: string, result: NDArray): void {
  const strideOf = ({ array, letters: own }: Labelled, letter: string) =>
    own.includes(letter) ? array.layout.strides[own.indexOf(letter)]! : 0;
  const c = { array: result, letters };
  const axisOf = (letter: string): Axis => {
    const from = a.letters.includes(letter) ? a : b;
    const length = from.array.layout.shape[from.letters.indexOf(letter)]!;
    return { length, a: strideOf(a, letter), b: strideOf(b, letter), c: strideOf(c, letter) };
  };
  const wanted = [...letters];
  const [inA, inB] = [a.letters, b.letters];
  contract(
    {
      stack: wanted.filter((one) => inA.includes(one) && inB.includes(one)).map(axisOf),
      rows: wanted.filter((one) => inA.includes(one) && !inB.includes(one)).map(axisOf),
      columns: wanted.filter((one) => !inA.includes(one) && inB.includes(one)).map(axisOf),
      summed: [...both].map(axisOf),
    },
    { a: placeOf(a.array), b: placeOf(b.array), c: placeOf(result), caller: "einsum" },
  );
}
