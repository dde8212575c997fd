/**
 * Results never depend on where operands lie: ordinary memory, any strides, unaligned, inside np.scope, over one another.
 * Each call is compared with the same call on copies in C order in ordinary memory.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

let state = 5;
/** Below n; of a fixed sequence. */
function below(n: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * n);
}

function pick<T>(list: readonly T[]): T {
  return list[below(list.length)]!;
}

const TYPES =
  "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64 complex64 complex128";
const dtypes = TYPES.split(" ") as np.DTypeName[];
const SPECIAL = [
  0,
  -0,
  1,
  -1,
  0.5,
  Number.NaN,
  Infinity,
  -Infinity,
  1e300,
  1e-300,
  5e-324,
  1e22,
  123456.7,
  -745,
  710,
  3,
];

/** Values of a dtype, some of them special. */
function values(n: number, dtype: np.DTypeName): np.NDArray {
  const all = Array.from({ length: 2 * n }, () =>
    below(3) === 0 ? pick(SPECIAL) : (below(2 ** 20) - 2 ** 19) / 2 ** 16,
  );
  if (dtype === "complex128") return np.array(all).view("complex128");
  if (dtype === "complex64") return np.array(all).astype("float32").view("complex64");
  const reals = np.array(all.slice(0, n));
  if (dtype.startsWith("float")) return reals.astype(dtype);
  return np.array(all.slice(0, n).map((x) => (Number.isFinite(x) ? Math.trunc(x) % 8 : 7))).astype(dtype);
}

/** The same values in another place: a name for each, and where they go. */
const places: Readonly<Record<string, (x: np.NDArray) => np.NDArray>> = {
  "C order": (x) => np.emptyLike(x, { order: "C" }),
  "F order": (x) => np.emptyLike(x, { order: "F" }),
  reversed: (x) => np.empty(x.shape, x.dtype).slice(...x.shape.map(() => "::-1" as const)),
  stepped: (x) =>
    np
      .empty(
        x.shape.map((n) => 2 * n + 1),
        x.dtype,
      )
      .slice(...x.shape.map((n) => np.s(1, 2 * n + 1, 2))),
  unaligned: (x) => {
    const bytes = np.zeros(x.nbytes + 16, "uint8");
    const from = 1 + below(15);
    return np.reshape(np.view(bytes.slice(np.s(from, from + x.nbytes)), x.dtype) as np.NDArray, x.shape);
  },
  "a buffer that ends with it": (x) =>
    np.fromStrided({ buffer: new ArrayBuffer(x.nbytes), dtype: x.dtype, shape: x.shape }) as np.NDArray,
};

function put(x: np.NDArray, place: string): np.NDArray {
  const to = places[place]!(x);
  np.copyto(to, x);
  return to;
}

/** Values as text: one NaN is as good as another, zeros have signs. */
function textOf(a: np.NDArray): string {
  const real = a.dtype.kind === "c" ? [np.real(a), np.imag(a)] : [a];
  const one = (v: unknown) => (Object.is(v, -0) ? "-0" : String(v));
  return real.map((part) => (part.flatten().tolist() as unknown[]).map(one).join()).join(";");
}

const ufuncs = Object.entries(np).filter(([, f]) => {
  const core = (f as { core?: { signature: string | null } } | null)?.core;
  return core !== undefined && core.signature === null;
}) as unknown as [string, ((...args: unknown[]) => np.NDArray | np.NDArray[]) & np.Ufunc][];

const lengths = [1, 2, 3, 16, 17, 63, 64, 65, 127, 129, 511, 513, 1025, 2049];

/** What a ufunc gives for copies of operands; null where it refuses them. */
function expected(f: (typeof ufuncs)[number][1], inputs: readonly np.NDArray[]): np.NDArray[] | null {
  try {
    return [f(...inputs.map((x) => x.copy("C")))].flat();
  } catch (error) {
    assert.ok(np.isNdError(error), String(error));
    return null;
  }
}

function compare(name: string, results: readonly np.NDArray[], wanted: readonly np.NDArray[]): void {
  results.forEach((result, k) => {
    assert.equal(textOf(result), textOf(wanted[k]!), `${name}, result ${k}`);
  });
}

for (const [name, f] of ufuncs) {
  test(`${name} gives the same wherever its operands and results lie`, () => {
    for (const dtype of dtypes) {
      const shape = below(2) === 0 ? [pick(lengths)] : [1 + below(40), 1 + below(40)];
      const size = shape.reduce((a, b) => a * b);
      const inputs = Array.from(
        { length: f.nin },
        () => np.reshape(values(size, dtype), shape) as np.NDArray,
      );
      const wanted = expected(f, inputs);
      if (wanted === null) continue;
      const run = () => {
        const from = inputs.map(() => pick(Object.keys(places)));
        const to = wanted.map(() => pick(Object.keys(places)));
        const what = `${name} of ${dtype}, ${shape}, ${from} into ${to}`;
        const operands = inputs.map((x, k) => put(x, from[k]!));
        compare(what, [f(...operands)].flat(), wanted);
        const outs = wanted.map((x, k) => places[to[k]!]!(x));
        f(...operands, { out: f.nout === 1 ? outs[0] : outs });
        compare(`${what}, out`, outs, wanted);
        overlapping(what, f, inputs, wanted);
      };
      run();
      np.scope(run);
    }
  });
}

/** The first result goes where an operand lies: in the same place, a little behind it, in another order. */
function overlapping(
  what: string,
  f: (typeof ufuncs)[number][1],
  inputs: readonly np.NDArray[],
  wanted: readonly np.NDArray[],
): void {
  const which = below(inputs.length);
  const [x, result] = [inputs[which]!, wanted[0]!];
  const bytes = np.zeros(Math.max(x.nbytes, result.nbytes) + 96, "uint8");
  const at = (from: number, like: np.NDArray) =>
    np.reshape(np.view(bytes.slice(np.s(from, from + like.nbytes)), like.dtype) as np.NDArray, like.shape);
  const place = at(below(3) * 16, x);
  np.copyto(place, x);
  let out = at(below(2) === 0 ? below(3) * 16 : below(33), result);
  if (below(3) === 0) out = out.slice("::-1");
  const operands = inputs.map((input, k) => (k === which ? place : input));
  f(...operands, { out: f.nout === 1 ? out : [out, ...wanted.slice(1).map(() => null)] });
  compare(`${what}, overlapping`, [out], wanted);
}

test("reductions give the same in a scope, unaligned too, and leave operands as they were", () => {
  for (const [name, f] of ufuncs) {
    const { reduce, accumulate } = f as unknown as typeof np.add;
    if (reduce === undefined || f.nout !== 1) continue;
    for (const dtype of dtypes) {
      const x = np.reshape(values(600, dtype), [20, 30]) as np.NDArray;
      for (const place of ["C order", "unaligned"]) {
        for (const axis of [0, 1]) {
          const call = (y: np.NDArray) =>
            [reduce.call(f, y, axis), accumulate.call(f, y, axis)] as np.NDArray[];
          let wanted: np.NDArray[];
          try {
            wanted = call(put(x, place));
          } catch (error) {
            assert.ok(np.isNdError(error), String(error));
            continue;
          }
          np.scope(() => {
            const y = put(x, place);
            compare(`${name} along ${axis} of ${dtype}, ${place}`, call(y), wanted);
            assert.equal(textOf(y), textOf(x));
          });
        }
      }
    }
  }
});
