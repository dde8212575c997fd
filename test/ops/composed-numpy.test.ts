import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { array, asarray } from "../../src/array/create.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { complex } from "../../src/dtype/complex.ts";
import { isNdError } from "../../src/errors.ts";
import { transpose } from "../../src/ops/axes.ts";
import { clip } from "../../src/ops/clip.ts";
import { allclose, arrayEqual, arrayEquiv, isclose } from "../../src/ops/closeness.ts";
import { angle, realIfClose } from "../../src/ops/complex-parts.ts";
import { interp } from "../../src/ops/interp.ts";
import { nanToNum } from "../../src/ops/nan-to-num.ts";
import { iscomplex, iscomplexobj, isneginf, isposinf, isreal } from "../../src/ops/predicates.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { fix, round } from "../../src/ops/rounding.ts";
import { i0, sinc } from "../../src/ops/special.ts";
import { unwrap } from "../../src/ops/unwrap.ts";
import { numpyVersion } from "../oracle/version.ts";

/**
 * Functions that are composed of ufuncs, against a live NumPy: every dtype that both take, on every layout. Values, dtype,
 * shape, the order in memory, and whether there is an error must be the same.
 */

type Call = (a: NDArray) => NDArray | boolean;

// Names of calls as NumPy writes them, and the same here.
const calls: Readonly<Record<string, Call>> = {
  "np.round(a)": (a) => round(a),
  "np.round(a, 1)": (a) => round(a, 1),
  "np.round(a, 3)": (a) => round(a, { decimals: 3 }),
  "np.round(a, -1)": (a) => round(a, -1),
  "np.round(a, -2)": (a) => round(a, -2),
  "np.fix(a)": (a) => fix(a),
  "np.clip(a, 1, 5)": (a) => clip(a, 1, 5),
  "np.clip(a, 0.5, 5.5)": (a) => clip(a, 0.5, 5.5),
  "np.clip(a, 5, 1)": (a) => clip(a, 5, 1),
  "np.clip(a, None, 3)": (a) => clip(a, null, 3),
  "np.clip(a, 2, None)": (a) => clip(a, 2, null),
  "np.clip(a, -(10 ** 6), 10 ** 6)": (a) => clip(a, -1_000_000, 1_000_000),
  "np.clip(a, min=a[..., :1])": (a) => clip(a, { min: a.slice("...", ":1") }),
  "np.clip(a, a[..., :1], 3)": (a) => clip(a, a.slice("...", ":1"), 3),
  "np.isclose(a, 2.5)": (a) => isclose(a, 2.5),
  "np.isclose(2, a, 0.1, 0.2)": (a) => isclose(2, a, 0.1, 0.2),
  "np.isclose(a, a[..., ::-1], equal_nan=True)": (a) =>
    isclose(a, a.slice("...", "::-1"), { equalNan: true }),
  "np.allclose(a, a)": (a) => allclose(a, a),
  "np.allclose(a, a, equal_nan=True)": (a) => allclose(a, a, { equalNan: true }),
  "np.array_equal(a, a.copy())": (a) => arrayEqual(a, array(a)),
  "np.array_equal(a, a.copy(), equal_nan=True)": (a) => arrayEqual(a, array(a), true),
  "np.array_equiv(a[:1], a)": (a) => arrayEquiv(a.slice(":1"), a),
  "np.isposinf(a)": (a) => isposinf(a),
  "np.isneginf(a)": (a) => isneginf(a),
  "np.iscomplex(a)": (a) => iscomplex(a),
  "np.isreal(a)": (a) => isreal(a),
  "np.iscomplexobj(a)": (a) => iscomplexobj(a),
  "np.angle(a)": (a) => angle(a),
  "np.angle(a, deg=True)": (a) => angle(a, true),
  "np.real_if_close(a)": (a) => realIfClose(a),
  "np.nan_to_num(a)": (a) => nanToNum(a),
  "np.nan_to_num(a, nan=7, posinf=1, neginf=-1)": (a) => nanToNum(a, { nan: 7, posinf: 1, neginf: -1 }),
  "np.sinc(a)": (a) => sinc(a),
  "np.i0(np.clip(a, -5, 5))": (a) => i0(clip(a, -5, 5)),
  "np.unwrap(a)": (a) => unwrap(a),
  "np.unwrap(a, axis=0)": (a) => unwrap(a, { axis: 0 }),
  "np.unwrap(a, period=6)": (a) => unwrap(a, { period: 6 }),
  "np.unwrap(a, period=5, axis=1)": (a) => unwrap(a, { period: 5, axis: 1 }),
  "np.unwrap(a, 4.5)": (a) => unwrap(a, 4.5),
  "np.interp(a, [0, 1, 2.5, 4], [1, 3, 2, 5])": (a) => interp(a, [0, 1, 2.5, 4], [1, 3, 2, 5]),
  "np.interp(a, [0, 4], [1, 3], left=-1, right=9)": (a) => interp(a, [0, 4], [1, 3], -1, 9),
  "np.interp(a, [3, 0.5, 8], [1, 3, 7], period=5)": (a) => interp(a, [3, 0.5, 8], [1, 3, 7], { period: 5 }),
  "np.interp(a, [0, 4], [1 + 2j, 3])": (a) => interp(a, [0, 4], [complex(1, 2), 3]),
};

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const floats = [
  0,
  -0,
  1.5,
  2.5,
  -2.5,
  0.125,
  inf,
  -inf,
  nan,
  12.345,
  -7.25,
  100,
  3,
  -3,
  0.75,
  6.5,
  1e-9,
  27,
  -1,
  4,
  2,
  8,
  33,
  5,
];
const wholes = [0, 1, 2, 3, 5, 15, 25, 35, 45, 120, 127, 7, 6, 4, 8, 9, 10, 11, 55, 65, 75, 85, 99, 100];
const signed = wholes.map((x, k) => (k % 3 === 1 ? -x : x));
const bools = wholes.map((x) => x % 2);

const dtypes: Readonly<Record<string, readonly number[]>> = {
  bool: bools,
  int8: signed,
  uint8: wholes,
  int16: signed,
  uint16: wholes,
  int32: signed,
  uint32: wholes,
  int64: signed,
  uint64: wholes,
  float16: floats,
  float32: floats,
  float64: floats,
  complex64: floats,
  complex128: floats,
};

const layouts: Readonly<Record<string, readonly [python: string, ts: (a: NDArray) => NDArray]>> = {
  C: ["a", (a) => a],
  F: ["np.asfortranarray(a)", (a) => array(a, { order: "F" })],
  transposed: ["a.transpose(1, 2, 0)", (a) => transpose(a, [1, 2, 0])],
  reversed: ["a[::-1, :, ::-1]", (a) => a.slice("::-1", ":", "::-1")],
  stepped: ["a[:, ::2, 1::2]", (a) => a.slice(":", "::2", "1::2")],
};

/** The array of a case: numbers in three axes; complex ones pair each number with that of the other end. */
function operand(dtype: string, layout: string): NDArray {
  const values = dtypes[dtype]!;
  const elements = dtype.startsWith("complex")
    ? values.map((x, k) => complex(x, k % 4 === 0 ? 0 : values[values.length - 1 - k]!))
    : values.map((x) => (dtype === "bool" ? x === 1 : dtype.endsWith("int64") ? BigInt(x) : x));
  return layouts[layout]![1](reshape(array(elements, dtype as "float64"), [2, 3, 4]));
}

interface Answer {
  readonly error?: string;
  readonly scalar?: boolean;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly values: readonly string[];
}

const program = `
import json, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
np.seterr(all="ignore")
asked = json.load(sys.stdin)
def parts(x):
    flat = x.ravel()
    if x.dtype.kind == "c":
        return [repr(float(p)) for z in flat for p in (z.real, z.imag)]
    return [repr(float(v)) if x.dtype.kind == "f" else str(int(v)) for v in flat]
answers = []
for dtype, layout, call in asked["cases"]:
    values = [float(v) for v in asked["dtypes"][dtype]]
    if dtype.startswith("complex"):
        n = len(values)
        values = [complex(x, 0 if k % 4 == 0 else values[n - 1 - k]) for k, x in enumerate(values)]
    a = np.array(values).astype(dtype).reshape(2, 3, 4)
    a = eval(asked["layouts"][layout])
    try:
        r = eval(call)
    except Exception as e:
        answers.append({"error": type(e).__name__ + ": " + str(e)})
        continue
    if isinstance(r, bool):
        answers.append({"scalar": r})
        continue
    answers.append({"dtype": r.dtype.name, "shape": r.shape, "strides": r.strides, "values": parts(r)})
print(json.dumps(answers))
`;

// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

function textOf(x: number): string {
  return Object.is(x, -0) ? "-0.0" : String(x).replace("Infinity", "inf").replace("NaN", "nan");
}

function ask(cases: readonly (readonly string[])[]): Answer[] {
  const input = JSON.stringify({
    cases,
    dtypes: Object.fromEntries(Object.entries(dtypes).map(([name, xs]) => [name, xs.map(textOf)])),
    layouts: Object.fromEntries(Object.entries(layouts).map(([name, [python]]) => [name, python])),
  });
  const python = process.env.NDVIEW_PYTHON ?? "python3";
  const asked = spawnSync(python, ["-c", program], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  assert.equal(asked.status, 0, asked.stderr);
  return JSON.parse(asked.stdout);
}

function run(call: string, dtype: string, layout: string): NDArray | boolean | Error {
  try {
    return calls[call]!(operand(dtype, layout));
  } catch (error) {
    if (!isNdError(error)) throw error;
    return error;
  }
}

function numbersOf(a: NDArray): number[] {
  const parts = a.dtype.kind === "c" ? "complex128" : "float64";
  const wide = array(asarray(a), { dtype: parts, order: "C" }) as NDArray<"float64">;
  return Array.from(wide.data as ArrayLike<number>);
}

const digits: Readonly<Record<string, number>> = { float16: 11, float32: 24, complex64: 24 };

function isNear(got: number, text: string, dtype: string): boolean {
  const wanted =
    text === "nan" ? nan : text.endsWith("inf") ? (text.startsWith("-") ? -inf : inf) : Number(text);
  if (Object.is(got, wanted) || (got === wanted && wanted !== 0)) return true;
  const bits = digits[dtype] ?? 53;
  return (
    Number.isFinite(wanted) && Math.abs(got - wanted) <= 4 * 2 ** -bits * Math.abs(wanted) + 2 ** (-bits - 12)
  );
}

function difference(got: NDArray | boolean | Error, wanted: Answer): string | null {
  if (wanted.error !== undefined) return got instanceof Error ? null : `no error, but ${wanted.error}`;
  if (got instanceof Error) return `${got}`;
  if (wanted.scalar !== undefined) return got === wanted.scalar ? null : `${got}, not ${wanted.scalar}`;
  if (typeof got === "boolean") return `${got}, not an array`;
  const facts = [got.dtype.name, got.shape.join(), got.strides.join()].join(" ; ");
  const theirs = [wanted.dtype, wanted.shape.join(), wanted.strides.join()].join(" ; ");
  if (facts !== theirs) return `${facts}, not ${theirs}`;
  const numbers = numbersOf(got);
  const wrong = wanted.values.findIndex((text, k) => !isNear(numbers[k]!, text, wanted.dtype));
  return wrong < 0 ? null : `element ${wrong}: ${numbers[wrong]}, not ${wanted.values[wrong]}`;
}

/** NumPy overflows between steps of float16, and drops imaginary parts with a warning. */
function isExcepted(call: string, dtype: string): boolean {
  return (
    (call.startsWith("np.i0") && dtype === "float16") ||
    (call.includes("period=5)") && call.startsWith("np.interp") && dtype.startsWith("complex"))
  );
}

const version = numpyVersion();

test("composed functions are NumPy's on every dtype and layout", {
  skip: version === null && "no NumPy",
}, () => {
  const cases = Object.keys(calls)
    .flatMap((call) =>
      Object.keys(dtypes).flatMap((dtype) =>
        Object.keys(layouts).map((layout) => [dtype, layout, call] as const),
      ),
    )
    .filter(([dtype, , call]) => !isExcepted(call, dtype));
  const answers = ask(cases);
  const wrong = cases.flatMap(([dtype, layout, call], k) => {
    const found = difference(run(call, dtype, layout), answers[k]!);
    return found === null ? [] : [`${call} of ${dtype}, ${layout}: ${found}`];
  });
  assert.deepEqual(wrong, []);
});
