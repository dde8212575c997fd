/**
 * Products of matrices, and of stacks of them: what every product of the library comes to.
 *
 * One of four ways, by size: few elements in one call of a kernel without packing (matmul-small.ts), rows with rows and
 * matrices with vectors as they come (matmul-vectors.ts), everything else in packed panels (matmul-panels.ts). All read
 * operands of any strides and dtype and write a result of any strides, as the casts that bring blocks in and out do.
 *
 * A product of complex numbers is four products of their parts, added and subtracted: the parts of an array are places
 * of their own with twice the stride. float16 is computed in float32 and rounded once, as in NumPy; integers of up to 32
 * bits in 32 bits, of which the upper ones are dropped; bool counts and asks whether there was anything.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { coalesce } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { walkOuterMany } from "../layout/walk.ts";
import { isInspected, tellCastsLater } from "./drive.ts";
import { ADD, type ProductLane, SUBTRACT } from "./kernels/matmul.ts";
import { multiplyPanels } from "./matmul-panels.ts";
import { isSmall, multiplySmall } from "./matmul-small.ts";
import type { Sum } from "./matmul-staging.ts";
import { multiplyRows, multiplyVector } from "./matmul-vectors.ts";

/** C = A · B for each matrix of a stack. */
export interface MatrixProduct {
  /** The axes in front of those of the matrices; strides of 0 repeat a matrix. */
  readonly batch: readonly number[];
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** `batch` × m × k; of a dtype that can be cast safely to that of C, or an integer as C is. */
  readonly a: TypedPlace;
  /** `batch` × k × n, likewise. */
  readonly b: TypedPlace;
  /** `batch` × m × n. It overlaps neither operand. */
  readonly c: TypedPlace;
  /** Whether the conjugate of A is taken. */
  readonly conjugate?: boolean;
}

const lanes: Readonly<Record<PlainDType, ProductLane>> = {
  bool: "i32",
  int8: "i32",
  uint8: "i32",
  int16: "i32",
  uint16: "i32",
  int32: "i32",
  uint32: "i32",
  int64: "i64",
  uint64: "i64",
  float16: "f32",
  float32: "f32",
  float64: "f64",
  complex64: "f32",
  complex128: "f64",
};

const zero = /* @__PURE__ */ new Storage(/* @__PURE__ */ new ArrayBuffer(16));

/** Writes the products; without anything to sum, zeros. */
export function multiplyMatrices(product: MatrixProduct): void {
  const { batch, m, n, k, c } = product;
  if (sizeOf(batch) * m * n === 0) return;
  if (k === 0) {
    const still = { storage: zero, strides: c.strides.map(() => 0), offset: 0, dtype: c.dtype };
    castElements([...batch, m, n], still, c);
    return;
  }
  const lane = lanes[c.dtype.type as PlainDType];
  const sums = sumsOf(product);
  if (isInspected()) multiplyInspected(lane, product, sums);
  else for (const sum of sums) multiplyStack(lane, batch, m, n, k, sum);
}

function multiplyInspected(lane: ProductLane, { batch, m, n, k }: MatrixProduct, sums: readonly Sum[]): void {
  tellCastsLater(() => {
    for (const sum of sums) multiplyStack(lane, batch, m, n, k, sum);
  });
}

/** The products of real matrices that a product comes to. */
function sumsOf({ a, b, c, conjugate }: MatrixProduct): Sum[] {
  if (c.dtype.kind !== "c") return [{ c, terms: [{ a, b, mode: ADD }] }];
  const [x, y, z] = [partsOf(a), partsOf(b), partsOf(c)];
  const [same, other] = conjugate === true ? ([SUBTRACT, ADD] as const) : ([ADD, SUBTRACT] as const);
  const real = { c: z.re, terms: [term(x.re, y.re, ADD), term(x.im, y.im, other)] };
  const imag = { c: z.im, terms: [term(x.re, y.im, ADD), term(x.im, y.re, same)] };
  return [real, imag];
}

function term(a: TypedPlace, b: TypedPlace, mode: typeof ADD | typeof SUBTRACT) {
  return { a, b, mode };
}

/** Where the real and the imaginary parts are; those of real numbers are zeros, which count as in NumPy (0 · ∞ is NaN). */
function partsOf(place: TypedPlace): { re: TypedPlace; im: TypedPlace } {
  const { storage, strides, offset, dtype } = place;
  if (dtype.kind !== "c") {
    return { re: place, im: { storage: zero, strides: strides.map(() => 0), offset: 0, dtype } };
  }
  const half: Descriptor = dtype.type === "complex64" ? plain.float32 : plain.float64;
  const part = (at: number): TypedPlace => ({ storage, strides, offset: at, dtype: half });
  return { re: part(offset), im: part(offset + half.itemsize) };
}

/** Products of no more steps than this are not worth packing, if their matrices are no longer than a block. */
const FEW = 56 ** 3;

function multiplyStack(
  lane: ProductLane,
  batch: readonly number[],
  m: number,
  n: number,
  k: number,
  sum: Sum,
): void {
  if (m === 1 && n === 1) rowByRow(lane, batch, k, sum);
  else if (m * n * k <= FEW && isSmall(lane, m, n, k)) multiplySmall(lane, batch, m, n, k, sum);
  else if (n === 1) eachMatrix(batch, sum, (one) => multiplyVector(lane, m, k, withVector(one)));
  else if (m === 1) eachMatrix(batch, sum, (one) => multiplyVector(lane, n, k, withVector(turned(one))));
  else eachMatrix(batch, sum, (one) => multiplyPanels(lane, m, n, k, one));
}

/** Sums of products of vectors: one axis of the stack becomes that of the rows. */
function rowByRow(lane: ProductLane, batch: readonly number[], k: number, sum: Sum): void {
  const places = placesOf(sum);
  const walk = coalesce(
    batch,
    places.map((place) => place.strides.slice(0, -2)),
  );
  const rows = walk.shape.at(-1) ?? 1;
  const step = walk.strides.map((strides) => strides.at(-1) ?? 0);
  const along = places.map((place, j) => (j === 0 ? 0 : place.strides.at(j % 2 === 1 ? -1 : -2)!));
  walkOuterMany(walk.shape, walk.strides, offsetsOf(places), 1, (at) => {
    const lines = places.map((place, j) => ({
      ...place,
      offset: at[j]!,
      strides: j === 0 ? [step[j]!] : [step[j]!, along[j]!],
    }));
    multiplyRows(lane, rows, k, sumOf(sum, lines));
  });
}

/** Goes from matrix to matrix of a stack. */
function eachMatrix(batch: readonly number[], sum: Sum, body: (one: Sum) => void): void {
  const places = placesOf(sum);
  const strides = places.map((place) => place.strides.slice(0, -2));
  const matrices = places.map((place) => place.strides.slice(-2));
  walkOuterMany(batch, strides, offsetsOf(places), 0, (at) => {
    body(
      sumOf(
        sum,
        places.map((place, j) => ({ ...place, strides: matrices[j]!, offset: at[j]! })),
      ),
    );
  });
}

/** C, and A and B of each term. */
function placesOf(sum: Sum): TypedPlace[] {
  return [sum.c, ...sum.terms.flatMap(({ a, b }) => [a, b])];
}

function offsetsOf(places: readonly TypedPlace[]): number[] {
  return places.map((place) => place.offset);
}

function sumOf(sum: Sum, places: readonly TypedPlace[]): Sum {
  const terms = sum.terms.map(({ mode }, t) => ({ a: places[1 + 2 * t]!, b: places[2 + 2 * t]!, mode }));
  return { c: places[0]!, terms };
}

/** Cᵗ = Bᵗ · Aᵗ */
function turned({ c, terms }: Sum): Sum {
  const turn = (place: TypedPlace) => ({ ...place, strides: [...place.strides].reverse() });
  return { c: turn(c), terms: terms.map(({ a, b, mode }) => ({ a: turn(b), b: turn(a), mode })) };
}

/** B and C of one column as vectors. */
function withVector({ c, terms }: Sum): Sum {
  const column = (place: TypedPlace) => ({ ...place, strides: [place.strides[0]!] });
  return { c: column(c), terms: terms.map((one) => ({ ...one, b: column(one.b) })) };
}
