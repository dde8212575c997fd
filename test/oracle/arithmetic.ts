/** Ufuncs and reductions of views, and into views, which may overlap their operands: operations, and what draws them. */

import type { NDArray } from "../../src/array/ndarray.ts";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { partner } from "./draw-views.ts";
import type { Draw } from "./generate.ts";
import type { Operation } from "./operations.ts";
import { castIsDefined, flatValues, overlapsItself } from "./values.ts";

/** Ufuncs of two operands whose results have no error: name in Python, name here. */
const EXACT = [
  ["add", "add"],
  ["subtract", "subtract"],
  ["multiply", "multiply"],
  ["maximum", "maximum"],
  ["fmin", "fmin"],
  ["less", "less"],
  ["equal", "equal"],
  ["logical_or", "logicalOr"],
  ["bitwise_xor", "bitwiseXor"],
  ["floor_divide", "floorDivide"],
  ["remainder", "remainder"],
  ["copysign", "copysign"],
] as const;

const UNARY = [
  ["negative", "negative"],
  ["square", "square"],
  ["sign", "sign"],
  ["isfinite", "isfinite"],
  ["logical_not", "logicalNot"],
  ["floor", "floor"],
  ["conjugate", "conjugate"],
] as const;

const REDUCTIONS = ["sum", "max", "min", "any", "all", "prod", "ptp"] as const;

const axisPy = (axis: unknown) => (axis === null ? "None" : String(axis));

export const arithmetic: Readonly<Record<string, Operation>> = {
  ufunc: {
    kind: "make",
    py: (g) => `np.asarray(np.${g.f[0]}(a${g.a}, a${g.b}))`,
    js: (g) => `np.${g.f[1]}(a${g.a}, a${g.b})`,
  },
  unary: {
    kind: "make",
    py: (g) => `np.asarray(np.${g.f[0]}(a${g.a}))`,
    js: (g) => `np.${g.f[1]}(a${g.a})`,
  },
  ufuncInto: {
    kind: "do",
    py: (g) => `np.${g.f[0]}(a${g.b}, a${g.c}, out=a${g.a}${g.m === undefined ? "" : `, where=a${g.m}`})`,
    js: (g) =>
      `np.${g.f[1]}(a${g.b}, a${g.c}, { out: a${g.a}${g.m === undefined ? "" : `, where: a${g.m}`} })`,
  },
  reduced: {
    kind: "make",
    py: (g) => `np.asarray(np.${g.f}(a${g.a}, axis=${axisPy(g.axis)}, keepdims=True))`,
    js: (g) => `np.${g.f}(a${g.a}, { axis: ${g.axis}, keepdims: true })`,
  },
  cumsum: {
    kind: "make",
    py: (g) => `np.cumsum(a${g.a}, axis=${axisPy(g.axis)})`,
    js: (g) => `np.cumsum(a${g.a}, ${g.axis})`,
  },
};

/** Finite numbers: the bits of a NaN that arises on the way are open, and elements are compared by their bytes. */
const plain = (a: NDArray) => a.dtype.kind !== "V" && flatValues(a).every(isCalm);

function isCalm(value: unknown): boolean {
  if (value instanceof Complex) return Number.isFinite(value.re) && Number.isFinite(value.im);
  return typeof value !== "number" || Number.isFinite(value);
}

/** Products of complex numbers may differ in the last bits; floats that are divided may give a NaN. */
function exactFor(f: string, ...dtypes: readonly Descriptor[]): boolean {
  if (dtypes.some((d) => d.kind === "c") && /multiply|square|sign|prod/.test(f)) return false;
  // Unsigned integers of 64 bits beside signed ones become floats.
  const float = dtypes.some((d) => d.kind === "f" || d.kind === "c" || d.name === "uint64");
  return !(float && /divide|remainder|prod/.test(f));
}

const anyArray = (draw: Parameters<Draw>[0]) => draw.dice.pick(draw.ids);

export const calculating: Readonly<Record<string, Draw>> = {
  ufunc(drawing, a) {
    const b = drawing.dice.chance(0.7) ? partner(drawing, a.shape) : anyArray(drawing);
    const f = drawing.dice.pick(EXACT);
    if (b === null || !plain(a) || !plain(drawing.array(b))) return null;
    if (!exactFor(f[0], a.dtype, drawing.array(b).dtype)) return null;
    return { b, f };
  },
  unary(drawing, a) {
    const f = drawing.dice.pick(UNARY);
    return plain(a) && exactFor(f[0], a.dtype) ? { f } : null;
  },
  ufuncInto(drawing, a) {
    const { dice } = drawing;
    if (!a.flags.writeable || overlapsItself(a) || !plain(a)) return null;
    const [b, c] = [partner(drawing, a.shape), partner(drawing, a.shape)];
    const f = dice.pick(EXACT);
    if (b === null || c === null) return null;
    const operands = [drawing.array(b), drawing.array(c)];
    if (!operands.every(plain) || !exactFor(f[0], a.dtype, ...operands.map((x) => x.dtype))) return null;
    // A cast that C leaves open would be compared otherwise.
    if (!operands.every((x) => castIsDefined(x, a.dtype))) return null;
    if (a.dtype.kind !== "f" && operands.some((x) => x.dtype.kind === "f")) return null;
    const masks = drawing.ids.filter((id) => drawing.array(id).dtype.kind === "b");
    const m = masks.length > 0 && dice.chance(0.3) ? dice.pick(masks) : undefined;
    return { b, c, f, m };
  },
  reduced(drawing, a) {
    const f = drawing.dice.pick(REDUCTIONS);
    if (!plain(a) || !exactFor(f, a.dtype)) return null;
    const axis = drawing.wrong()
      ? 7
      : drawing.dice.chance(0.3) || a.ndim === 0
        ? null
        : drawing.dice.int(-a.ndim, a.ndim - 1);
    return { f, axis };
  },
  cumsum(drawing, a) {
    return plain(a) && a.ndim > 0 ? { axis: drawing.dice.int(-a.ndim, a.ndim - 1) } : null;
  },
};
