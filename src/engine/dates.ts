/**
 * Ufuncs of moments and spans of time.
 *
 * NumPy's rules say by the kinds of the operands which loop it is; then all are brought to one unit, and what is left is a
 * ufunc of 64-bit integers (date-rows.ts) on the counts, which views show as they are. So all layouts, masks and results
 * that were given are seen to where they always are.
 */

import { assign } from "../array/assign.ts";
import type { ArrayInput } from "../array/create.ts";
import { asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { NDArray } from "../array/ndarray.ts";
import { type Casting, mayCast } from "../dtype/cast.ts";
import type { DateUnit, Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError } from "../errors.ts";
import { castUnitsWith } from "../wasm/date-casts.ts";
import { unitKernel } from "../wasm/date-kernels.ts";
import { type DateEngine, useDates } from "./date-hook.ts";
import { type DateLoop, dateLoopsOf } from "./date-rows.ts";
import type { LoopSignature } from "./resolve.ts";
import { castingFor, signatureFrom } from "./resolve.ts";
import { callBinary, callUnary } from "./ufunc-call.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { maskFrom, outsFrom, type UfuncOptions } from "./ufunc-options.ts";
import { isScalarOperand } from "./ufunc-scalars.ts";

/** The letter by which an operand is looked up: moments, spans, integers, floats, bools, anything else. */
type Letter = "M" | "m" | "q" | "d" | "?" | "x";

function letterOf(value: ArrayInput): Letter {
  if (typeof value === "boolean") return "?";
  if (typeof value === "bigint") return "q";
  if (typeof value === "number") return Number.isInteger(value) ? "q" : "d";
  if (!(value instanceof NDArray)) return "x";
  const { kind } = value.dtype;
  if (kind === "M" || kind === "m") return kind;
  if (kind === "i" || kind === "u") return "q";
  return kind === "f" ? "d" : kind === "b" ? "?" : "x";
}

/** Where integers are taken for spans, and bools too: beside what, by the ufunc. */
const integersAreSpans: { readonly [name: string]: RegExp } = {
  add: /^(?:[q?][mM]|[mM][q?])$/,
  subtract: /^(?:[q?]m|[mM][q?])$/,
};
const comparisons = /^(?:equal|notEqual|less(?:Equal)?|greater(?:Equal)?|maximum|minimum|fmax|fmin)$/;

/** The letters of the loop that operands of some letters take. */
function wantedLetters(name: string, given: string, operands: readonly ArrayInput[]): string {
  const asSpans = comparisons.test(name) ? /^(?:[q?]m|m[q?])$/ : integersAreSpans[name];
  if (asSpans?.test(given)) {
    // What 64 bits with a sign do not hold is not compared with spans.
    const strange = (x: ArrayInput) => x instanceof NDArray && x.dtype === plain.uint64;
    return comparisons.test(name) && operands.some(strange) ? given : given.replace(/[q?]/, "m");
  }
  return name === "multiply" || name === "outer" ? given.replace("?", "q") : given;
}

function loopFor(core: UfuncCore, operands: readonly ArrayInput[]): DateLoop {
  const wanted = wantedLetters(core.name, operands.map(letterOf).join(""), operands);
  const loops = dateLoopsOf(core.name);
  const found = loops.find(({ text }) => text.startsWith(`${wanted}->`));
  if (found !== undefined) return found;
  const types = operands.map((x) => (x instanceof NDArray ? x.dtype : typeof x)).join(" and ");
  const known = loops.length === 0 ? "none of dates" : loops.map(({ text }) => text).join(", ");
  throw new DTypeError(`${core.name}: there is no loop for ${types}; its loops for dates are ${known}`);
}

/** The unit in which all operands are counted. */
function commonUnit(name: string, operands: readonly ArrayInput[]): DateUnit {
  const [a, b] = operands.filter((x): x is NDArray => x instanceof NDArray && x.dtype.unit !== null);
  if (b === undefined) return a!.dtype.unit!;
  const types = [a!.dtype.type, b.dtype.type] as ["datetime64", "datetime64"];
  return a!.dtype.unit!.common(b.dtype.unit!, types, name);
}

/** The dtype that a letter of a loop stands for. */
function dtypeFor(letter: string, unit: DateUnit): Descriptor | null {
  if (letter === "M") return unit.dtype("datetime64");
  return letter === "m" ? unit.dtype("timedelta64") : null;
}

/** The counts of an array of moments or spans, as a view. */
export function countsOf(a: NDArray): NDArray<"int64"> {
  return a.retype(a.layout, plain.int64);
}

/** An operand as the ufunc of counts takes it. */
function operandFor(
  core: UfuncCore,
  value: ArrayInput,
  letter: string,
  unit: DateUnit,
  casting: Casting,
): ArrayInput {
  const dtype = dtypeFor(letter, unit);
  if (!(value instanceof NDArray)) return value;
  if (dtype === null || value.dtype === dtype)
    return value.dtype.unit === null ? signed(core, value) : countsOf(value);
  if (!mayCast(value.dtype, dtype, casting) && !(value.dtype === plain.uint64 && casting === "same_kind")) {
    throw new DTypeError(
      `${core.name}: cannot cast an operand from ${value.dtype} to ${dtype} under casting "${casting}"; ${castingFor(value.dtype, dtype)}`,
    );
  }
  if (value.dtype.unit === null) return signed(core, value);
  return countsOf(castStretched(core, value, dtype));
}

/** Integers of 64 bits without a sign are taken for such with one. */
function signed(core: UfuncCore, value: NDArray): NDArray {
  return value.dtype === plain.uint64 ? castStretched(core, value, plain.int64) : value;
}

/** A cast copy of an array, in which an axis that stands still does so again. */
function castStretched(core: UfuncCore, a: NDArray, dtype: Descriptor): NDArray {
  const { shape, strides, offset } = a.layout;
  const once = shape.map((n, k) => (strides[k] === 0 && n > 1 ? 1 : n));
  const cast = workingCopy(a.viewAs({ shape: once, strides, offset }), dtype, "K", core.name);
  const still = cast.layout.strides.map((step, k) => (once[k] === shape[k] ? step : 0));
  return cast.viewAs({ shape, strides: still, offset: cast.layout.offset });
}

/** A result of counts as an array of its own dtype, which owns its memory as the counts did. */
export function ownAs(counts: NDArray, dtype: Descriptor): NDArray {
  return new NDArray(counts.storage, counts.layout, dtype, counts.base, counts.bits);
}

function call(core: UfuncCore, given: readonly ArrayInput[], options: UfuncOptions): NDArray | NDArray[] {
  const { casting = "same_kind" } = options;
  const operands = given.map((x) => (isScalarOperand(x) ? x : asarray(x)));
  if (core.name.startsWith("logical")) return logical(core, operands, options);
  const loop = loopFor(core, operands);
  requireSignature(core, loop, signatureFrom(core, options.dtype, options.sig ?? options.signature));
  const unit = commonUnit(core.name, operands);
  const [inputs = "", outputs = ""] = loop.text.split("->");
  const counts = operands.map((x, k) => operandFor(core, x, inputs[k]!, unit, casting));
  const results = [...outputs].map((letter) => dtypeFor(letter, unit));
  const outs = outsFrom(core, options.out);
  const direct = outs.map((out, k) => resultPlace(core, out, results[k]!, casting));
  const made = run(loop.core, counts, { ...keywords(options), out: core.nout === 1 ? direct[0]! : direct });
  const all = (Array.isArray(made) ? made : [made]).map((counted, k) =>
    finish(core, counted, results[k]!, outs[k]!, options),
  );
  return core.nout === 1 ? all[0]! : all;
}

/** The keywords that the ufunc of counts is called with. */
function keywords({ where, order }: UfuncOptions): UfuncOptions {
  return { ...(where === undefined ? {} : { where }), ...(order === undefined ? {} : { order }) };
}

function run(core: UfuncCore, counts: readonly ArrayInput[], options: UfuncOptions): NDArray | NDArray[] {
  const [a, b] = counts;
  const given = options.out === null && Object.keys(options).length === 1 ? undefined : options;
  return core.nin === 1 ? callUnary(core, a!, given, []) : callBinary(core, a!, b!, given, []);
}

/** Truth values of what is not 0; NaT is true. */
function logical(
  core: UfuncCore,
  operands: readonly ArrayInput[],
  options: UfuncOptions,
): NDArray | NDArray[] {
  const [a, b] = operands.map((x) =>
    x instanceof NDArray && x.dtype.unit !== null ? castStretched(core, x, plain.bool) : x,
  );
  if (b === undefined) throw new DTypeError(`${core.name}: there is no loop for dates; compare with 0`);
  return callBinary(core, a!, b, options, []);
}

/** Throws unless a loop is of the dtypes that were asked for, in which no unit can be. */
function requireSignature(core: UfuncCore, { text }: DateLoop, signature: LoopSignature | null): void {
  if (signature === null) return;
  const letters = [...text.replace("->", "").replaceAll("q", "l")];
  const fits = signature.every((asked, k) => asked === null || asked.char === letters[k]);
  const unit = signature.find((asked) => asked !== null && asked.unit !== null && asked.unit.base !== 0);
  if (fits && unit === undefined) return;
  const why = fits
    ? "a dtype that is asked for chooses a loop, and cannot say a unit; cast the operands"
    : `the loop is ${text}`;
  throw new DTypeError(`${core.name}: no loop is of the dtypes that were asked for: ${why}`);
}

/** Where counts can go at once: an array of the very dtype, or one of no dates; null where they are made beside it. */
function resultPlace(
  core: UfuncCore,
  out: NDArray | null,
  dtype: Descriptor | null,
  casting: Casting,
): NDArray | null {
  if (out === null || dtype === null) return out;
  if (out.dtype === dtype) return countsOf(out);
  if (mayCast(dtype, out.dtype, casting)) {
    // Units between which the numbers are too large are refused before anything is written.
    if (out.dtype.unit !== null && out.dtype.type === dtype.type)
      dtype.unit!.castTo(out.dtype.unit, dtype.kind === "M");
    return null;
  }
  throw new DTypeError(
    `${core.name}: cannot cast the output from ${dtype} to ${out.dtype} under casting "${casting}"; ${castingFor(dtype, out.dtype)}`,
  );
}

function finish(
  core: UfuncCore,
  counts: NDArray,
  dtype: Descriptor | null,
  out: NDArray | null,
  options: UfuncOptions,
): NDArray {
  if (dtype === null) return counts;
  if (out === null) return ownAs(counts, dtype);
  if (out.dtype === dtype) return out;
  const where = maskFrom(core, options.where) ?? undefined;
  assign(out, ownAs(counts, dtype), { casting: "unsafe", caller: core.name, where });
  return out;
}

/** The ufunc of counts that reduces moments or spans of a dtype. */
function folding(core: UfuncCore, dtype: Descriptor, caller: string): UfuncCore {
  const pair = dtype.kind + dtype.kind;
  const found = dateLoopsOf(core.name).find(({ text }) => text === `${pair}->${dtype.kind}`)?.folding;
  if (found !== undefined && found !== null) return found;
  throw new DTypeError(`${caller}: there is no loop that makes of ${dtype} and ${dtype} one of them again`);
}

function at(...[core, a, second, run]: Parameters<DateEngine["at"]>): void {
  const operands = second === undefined ? [a] : [a, isScalarOperand(second) ? second : asarray(second)];
  const loop = loopFor(core, operands);
  const unit = commonUnit(core.name, operands);
  const [inputs = "", outputs = ""] = loop.text.split("->");
  const made = dtypeFor(outputs, unit);
  const isBack = a.dtype.unit !== null && dtypeFor(inputs[0]!, unit) === a.dtype && made === a.dtype;
  if (!isBack) {
    throw new DTypeError(
      `${core.name}.at: elements of ${a.dtype} become ${made ?? outputs}, which they cannot hold in place; cast the array first`,
    );
  }
  const other =
    operands[1] === undefined ? undefined : operandFor(core, operands[1], inputs[1]!, unit, "same_kind");
  run(loop.core, countsOf(a), other);
}

const engine: DateEngine = {
  at,
  call,
  folding,
  loops: (name) => (name.startsWith("logical") ? [] : dateLoopsOf(name).map(({ text }) => text)),
};

/** Has ufuncs and casts know moments and spans of time. */
export function knowDates(): void {
  castUnitsWith(unitKernel);
  useDates(engine);
}
