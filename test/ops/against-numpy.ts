/** Cases of products that a NumPy computes too. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { castElements } from "../../src/array/cast.ts";
import { placeOf } from "../../src/array/duplicate.ts";
import { adoptLayout, emptyArray } from "../../src/array/fresh.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import { scalarDescriptor } from "../../src/dtype/weak.ts";
import { isNdError } from "../../src/errors.ts";
import { byteRange, cStrides, sizeOf } from "../../src/layout/layout.ts";
import type { Dice } from "../layout/model.ts";
import { numpyVersion } from "../oracle/version.ts";

const script = fileURLToPath(new URL("numpy_products.py", import.meta.url));
const version = numpyVersion();
const required = process.env.CI === "true" || process.env.NDVIEW_REQUIRE_ORACLE !== undefined;
/** Why there is nothing to compare with. */
export const skip = version === null && !required && "no python3 with NumPy";

/** A call here, and the same for NumPy, where the arrays are a[0], a[1], … */
export interface Case {
  readonly arrays: readonly NDArray[];
  readonly run: () => unknown;
  readonly call: string;
  /** For NumPy, of the magnitudes of the elements: what errors of rounding are measured by. */
  readonly bound?: string;
  /** How many products are summed. */
  readonly terms?: number;
  /** Whether strides are compared. */
  readonly strides?: boolean;
  /** How many units in the last place the elements may be off; 0 if left out. */
  readonly ulps?: number;
}

interface Sent {
  readonly head: object;
  readonly parts: readonly Uint8Array[];
}

/** What differs, case by case. */
export function compare(cases: readonly Case[], by = script): string[] {
  return compareTogether([cases], by)[0]!;
}

/** The same for several lists of cases by one process of NumPy, which takes longer to start than to answer hundreds. */
export function compareTogether(lists: readonly (readonly Case[])[], by = script): string[][] {
  const found = answers(lists.flat(), by).map((text) => /^case (\d+)([\s\S]*)$/.exec(text)!);
  let start = 0;
  return lists.map(({ length }) => {
    const first = start;
    start += length;
    return found.flatMap(([, number, text]) => {
      const own = Number(number) - first;
      return own >= 0 && own < length ? [`case ${own}${text}`] : [];
    });
  });
}

/** What NumPy says of the cases that differ: `case NUMBER: …`. */
function answers(cases: readonly Case[], by: string): string[] {
  const sent = cases.map(prepared);
  const head = Buffer.from(`${JSON.stringify(sent.map((one) => one.head))}\n`);
  const input = Buffer.concat([head, ...sent.flatMap((one) => one.parts)]);
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const asked = spawnSync(process.env.NDVIEW_PYTHON ?? "python3", ["-B", by], {
    input,
    env,
    maxBuffer: 2 ** 30,
  });
  if (asked.status !== 0) throw new Error(String(asked.stderr));
  return JSON.parse(String(asked.stdout)) as string[];
}

/** A dtype as it is sent: its code, or its fields. */
function dtypeText(dtype: Descriptor): unknown {
  return dtype.fields === null ? dtype.str : dtype.descr;
}

function prepared({ arrays, run, call, bound = call, terms = 1, strides = false, ulps = 0 }: Case): Sent {
  // The arrays are sent as they are before the call, which may write to one of them.
  const specs = arrays.map((a) => ({
    dtype: dtypeText(a.dtype),
    shape: a.shape,
    strides: a.strides,
    offset: a.byteOffset,
    bytes: a.buffer.byteLength,
  }));
  const parts = arrays.map((a) => new Uint8Array(a.buffer.slice(0) as ArrayBuffer));
  const common = { arrays: specs, call, bound, terms, strides, ulps };
  try {
    const result = asArray(run());
    const dense = emptyArray(result.shape, result.dtype, "C", "test");
    castElements(result.shape, placeOf(result), placeOf(dense));
    const bytes = new Uint8Array(dense.buffer as ArrayBuffer, dense.byteOffset, dense.nbytes);
    const spec = { dtype: dtypeText(result.dtype), shape: result.shape, offset: 0, bytes: dense.nbytes };
    return {
      head: { ...common, result: { ...spec, strides: result.strides } },
      parts: [...parts, bytes.slice()],
    };
  } catch (error) {
    if (!isNdError(error)) throw error;
    return { head: { ...common, error: `${error.kind}: ${error.message}` }, parts };
  }
}

/** A scalar result as NumPy has it: a float32 is a number here, and is compared by value only. */
function asArray(value: unknown): NDArray {
  if (value instanceof NDArray) return value;
  const scalar = value as number | bigint | boolean | Complex;
  const a = emptyArray([], scalarDescriptor(scalar), "C", "test");
  a.dtype.access.write(a.storage.view, a.byteOffset, scalar as never);
  return a;
}

/** The same scalar as an array of a dtype. */
export function scalarAs(value: unknown, dtype: Descriptor): NDArray {
  if (value instanceof NDArray) return value;
  const a = emptyArray([], dtype, "C", "test");
  dtype.access.write(a.storage.view, a.byteOffset, value as never);
  return a;
}

/** An array of random elements in a random layout: axes in any order, stepped, reversed, repeated, unaligned. */
export function randomArray(dice: Dice, shape: readonly number[], dtype: Descriptor, tame = false): NDArray {
  const { itemsize } = dtype;
  const nested = tame ? shape.map((_, k) => k) : dice.shuffle(shape.map((_, k) => k));
  const strides = new Array<number>(shape.length).fill(0);
  let step = itemsize;
  for (const k of nested.reverse()) {
    const by = tame ? 1 : dice.pick([1, 1, 1, 1, 2, -1, -2, 0]);
    strides[k] = by * step;
    if (by !== 0) step *= Math.abs(by) * Math.max(1, shape[k]!);
  }
  const [low, high] = byteRange({ shape, strides, offset: 0 }, itemsize);
  const lead = tame ? 0 : dice.pick([0, 0, itemsize, 1, 3]);
  const buffer = new ArrayBuffer(high - low + lead);
  const a = adoptLayout(buffer, { shape, strides, offset: lead - low }, dtype, true, "test");
  fill(dice, a);
  return a;
}

function fill(dice: Dice, a: NDArray): void {
  const { dtype, layout } = a;
  const dense = cStrides(layout.shape, 1);
  for (let n = 0; n < sizeOf(layout.shape); n++) {
    let at = layout.offset;
    for (const [k, length] of layout.shape.entries())
      at += (Math.floor(n / dense[k]!) % length) * layout.strides[k]!;
    dtype.access.write(a.storage.view, at, element(dice, dtype) as never);
  }
}

function element(dice: Dice, dtype: Descriptor): unknown {
  if (dtype.kind === "U" || dtype.kind === "S") return dtype.access.coerce(word(dice, dtype));
  const float = () => (dice.next() - 0.5) * 2 ** dice.int(-3, 3);
  if (dtype.kind === "b") return dice.chance(0.2);
  if (dtype.kind === "c") return new Complex(float(), float());
  if (dtype.kind === "f") return float();
  const bits = BigInt(8 * dtype.itemsize);
  const big = BigInt(dice.int(0, 2 ** 31)) * BigInt(dice.int(0, 2 ** 31)) * 3n + BigInt(dice.int(0, 9));
  const value = dtype.kind === "i" ? BigInt.asIntN(Number(bits), big) : BigInt.asUintN(Number(bits), big);
  return dtype.itemsize === 8 ? value : Number(value);
}

const letters = [..."aabcABxyz01  -+.,\t\n"];
const wide = ["é", "ß", "Σ", "ς", "ǆ", "ŉ", "İ", "١", "½", "²", "\u2003", "😀", "一"];

/** Words of few letters, so that parts of them are often alike. */
function word(dice: Dice, dtype: Descriptor): string {
  const most = dtype.kind === "U" ? dtype.itemsize / 4 : dtype.itemsize;
  const letter = () => dice.pick(dtype.kind === "U" && dice.chance(0.1) ? wide : letters);
  return Array.from({ length: dice.int(0, most) }, letter).join("");
}

export const dtypes: readonly Descriptor[] = Object.values(plain);
