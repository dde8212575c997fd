/**
 * Kernels that cast a tile of elements of one plain dtype to another, as NumPy does without a question (`"unsafe"`).
 *
 * A dtype has a row that says how sixteen of its elements become vectors of a form, and in which form they are written;
 * cast-groups.ts, cast-halves.ts, cast-ints.ts and cast-truth.ts hold the ways from form to form.
 */

import type { PlainDType } from "../dtype/table.ts";
import {
  doublesToFloats,
  evenWords,
  everyOther,
  type Form,
  floatsToDoubles,
  formBytes,
  type Group,
  group,
  groupKernel,
  intsToDoubles,
  intsToFloats,
  loaded,
  oddWords,
  resized,
  storeGroup,
  withZeros,
} from "./cast-groups.ts";
import { floatsToHalves, halvesToFloats, sticky } from "./cast-halves.ts";
import { floatsToInts, type IntTarget } from "./cast-ints.ts";
import { eitherTruth, halfTruth, truth } from "./cast-truth.ts";
import { type Expr, Fn, f32, i32, type Local, op, shuffle } from "./fn.ts";
import { jsKernel, Kernel, type Runnable } from "./kernel.ts";

type IntForm = IntTarget["form"];

interface Row {
  /** How its bits lie in memory. */
  readonly form: Form;
  readonly signed: boolean;
  readonly bytes: number;
  readonly kind: "bool" | "int" | "half" | "float" | "complex";
  /** How floats become it, where it holds integers. */
  readonly rule: IntTarget["rule"];
}

function row(kind: Row["kind"], form: Form, signed = true, rule: Row["rule"] = "int32"): Row {
  return { kind, form, signed, rule, bytes: formBytes[form] * (kind === "complex" ? 2 : 1) };
}

// biome-ignore format: one line of facts a row.
const makeRows = (): { readonly [D in PlainDType]: Row } => ({
  bool: row("bool", "i8", false),
  int8: row("int", "i8"),
  uint8: row("int", "i8", false),
  int16: row("int", "i16"),
  uint16: row("int", "i16", false),
  int32: row("int", "i32"),
  uint32: row("int", "i32", false, "int64"),
  int64: row("int", "i64", true, "int64"),
  uint64: row("int", "i64", false, "uint64"),
  float16: row("half", "i16", false),
  float32: row("float", "f32"),
  float64: row("float", "f64"),
  complex64: row("complex", "f32"),
  complex128: row("complex", "f64"),
});
const rows = /* @__PURE__ */ makeRows();

const isWhole = (row: Row) => row.kind === "int" || row.kind === "bool";
const isLong = (row: Row) => row.form === "i64";

/** What a complex number is made of, and a float16 as a number. */
function realOf(name: PlainDType): "float32" | "float64" {
  return rows[name].form === "f64" ? "float64" : "float32";
}

/** Sixteen elements as numbers: integers, floats or doubles; of complex ones the real parts. */
function numbers(fn: Fn, { kind, form, signed }: Row, from: Expr): Group {
  const bits = loaded(fn, form, signed, from);
  if (kind === "bool") return truth(bits);
  if (kind === "half") return halvesToFloats(bits);
  return kind === "complex" ? everyOther(bits, true) : bits;
}

function truths(fn: Fn, { kind, form }: Row, from: Expr): Group {
  const bits = loaded(fn, form, false, from);
  if (kind === "half") return halfTruth(bits);
  return kind === "complex" ? eitherTruth(everyOther(bits, true), everyOther(bits, false)) : truth(bits);
}

function toFloats(from: Group): Group {
  if (from.form === "f32") return from;
  return from.form === "f64" ? doublesToFloats(from) : intsToFloats(from);
}

function toDoubles(from: Group): Group {
  if (from.form === "f64") return from;
  return from.form === "f32" ? floatsToDoubles(from) : intsToDoubles(from);
}

/** To float16, rounded once; integers of 64 bits are exact in a double where a float16 is not infinite. */
function toHalves(from: Group): Group {
  const numbers = from.form === "i64" ? intsToDoubles(from) : from;
  return floatsToHalves(toFloats(numbers.form === "f64" ? sticky(numbers) : numbers));
}

function cast(fn: Fn, source: Row, target: Row, from: Expr, to: Expr): void {
  if (target.kind === "bool") {
    storeGroup(truths(fn, source, from), to);
    return;
  }
  if (target.kind === "int" && !isWhole(source)) {
    const inPlace = source.kind === "float" ? from : null;
    const rule = { form: target.form as IntForm, rule: target.rule };
    floatsToInts(() => numbers(fn, source, from), rule, inPlace, to);
    return;
  }
  const given = numbers(fn, source, from);
  if (target.kind === "half") storeGroup(toHalves(given), to);
  else if (target.kind === "int") storeGroup(resized(given, target.form as IntForm), to);
  else if (isLong(source) && target.form === "f32") longsToFloats(given, target.kind === "complex", from, to);
  else storeReals(target.form === "f32" ? toFloats(given) : toDoubles(given), target.kind === "complex", to);
}

/** Writes real numbers, or complex ones that have no imaginary part. */
function storeReals(real: Group, complex: boolean, to: Expr): void {
  if (complex) storeGroup(withZeros(real), to, 2 * formBytes[real.form]);
  else storeGroup(real, to);
}

/** There is a vector instruction for what fits an int32; else they go one by one. */
function longsToFloats(longs: Group, complex: boolean, from: Expr, to: Expr): void {
  const { fn, signed } = longs;
  const differ = fn.local("v128");
  const words = group(fn, "i32", true, (k) => {
    const [a, b] = [longs.at(2 * k), longs.at(2 * k + 1)];
    const lower = fn.let(shuffle(a, b, evenWords));
    const sign = op("i32x4.shr_s", lower, i32(31));
    const upper = op(signed ? "v128.xor" : "v128.or", shuffle(a, b, oddWords), sign);
    fn.set(differ, k === 0 ? upper : op("v128.or", differ, upper));
    return lower;
  });
  const floats = intsToFloats(words);
  for (let k = 0; k < 4; k++) floats.at(k);
  const step = complex ? 8 : 4;
  const oneByOne = () =>
    fn.count(i32(16), 1, (k) => {
      const x = fn.load("i64.load", op("i32.add", from, op("i32.mul", k, i32(8))));
      const at = fn.let(op("i32.add", to, op("i32.mul", k, i32(step))));
      fn.store("f32.store", at, op(signed ? "f32.convert_i64_s" : "f32.convert_i64_u", x));
      if (complex) fn.store("f32.store", at, f32(0), 4);
    });
  fn.if(op("v128.any_true", differ), oneByOne, () => storeReals(floats, complex, to));
}

/** Bytes as they are. */
function copyKernel(bytes: number): Runnable {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32"]);
    const [n, from, to] = fn.params as [Local, Local, Local];
    fn.copy(to, from, op("i32.mul", n, i32(bytes)));
    return fn;
  });
}

/** A kernel of complex numbers as one of twice as many parts. */
function ofParts(kernel: Runnable): Runnable {
  return jsKernel((n, p, q) => kernel.run(2 * n!, p!, q!));
}

function make(from: PlainDType, to: PlainDType): Runnable {
  const [source, target] = [rows[from], rows[to]];
  if (from === to || (source.kind === "int" && target.kind === "int" && source.bytes === target.bytes)) {
    return copyKernel(source.bytes);
  }
  if (source.kind === "complex" && target.kind === "complex") {
    return ofParts(castKernel(realOf(from), realOf(to)));
  }
  return groupKernel(source.bytes, target.bytes, (fn, p, q) => cast(fn, source, target, p, q));
}

const kernels = /* @__PURE__ */ new Map<PlainDType, Map<PlainDType, Runnable>>();

/**
 * The kernel `(n, in, out)` that casts `n` elements of one dtype at `in` to another dtype at `out`. The two may be one
 * place when the elements do not become larger.
 */
export function castKernel(from: PlainDType, to: PlainDType): Runnable {
  let known = kernels.get(from);
  if (known === undefined) kernels.set(from, (known = new Map()));
  let kernel = known.get(to);
  if (kernel === undefined) known.set(to, (kernel = make(from, to)));
  return kernel;
}
