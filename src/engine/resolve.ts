import { type Casting, mayCast } from "../dtype/cast.ts";
import { castLevel } from "../dtype/cast-level.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { join } from "../dtype/lattice.ts";
import type { Kind, ScalarLike } from "../dtype/map.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { promoteWeak } from "../dtype/weak.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import type { Loop } from "./loop.ts";
import type { LoopTypes, UfuncCore } from "./ufunc-core.ts";

/**
 * Which loop a call takes.
 *
 * An operand counts by a code of five bits: the number of its dtype or, for a scalar beside arrays, what the scalar asks
 * for, as it has no size of its own. What was found is kept by the codes, so that every later call with such operands
 * reads one element of a list.
 *
 * Without a dtype asked for: weak scalars become the dtype that they act as beside the other operands, and the first
 * loop that takes all operands by safe casts is the one. With one (`dtype`, `sig`) only loops of those dtypes come into
 * question; where none takes the operands safely, the loop that is of the dtype asked for throughout may take them by
 * the rule of casting that the caller gave.
 */

/** The codes of weak scalars; those of dtypes are their numbers, at most 23. */
export const WEAK_INT = 24;
export const WEAK_FLOAT = 25;
export const WEAK_COMPLEX = 26;

/** The code of a scalar beside arrays. A boolean is as strong as an array: there is no dtype below bool. */
export function weakCode(value: ScalarLike): number {
  if (typeof value === "number") return Number.isInteger(value) ? WEAK_INT : WEAK_FLOAT;
  if (typeof value === "bigint") return WEAK_INT;
  return value instanceof Complex ? WEAK_COMPLEX : plain.bool.num;
}

/** Dtypes for the inputs and outputs of a loop; null where any will do. */
export type LoopSignature = readonly (Descriptor | null)[];

/** What may be given as `sig`: a loop as NumPy writes it, or a list with a dtype or null for each operand. */
export type SignatureLike = `${string}->${string}` | readonly (DTypeLike | null)[];

/** The loop for operands of those codes. Throws DTypeError when there is none. */
export function resolveLoop(core: UfuncCore, codes: readonly number[]): Loop {
  const key = keyOf(codes);
  const known = key < 0 ? undefined : core.found[key];
  if (known !== undefined) return known;
  const loop = core.loopOf(findTypes(core, codes));
  if (key >= 0) core.found[key] = loop;
  return loop;
}

/** Where a loop is kept; -1 for more than two operands. */
function keyOf(codes: readonly number[]): number {
  if (codes.length === 1) return codes[0]!;
  return codes.length === 2 ? codes[0]! * 32 + codes[1]! : -1;
}

/** The loop for arrays of those dtypes. */
export function resolveDTypes(core: UfuncCore, dtypes: readonly Descriptor[]): Loop {
  return resolveLoop(
    core,
    dtypes.map((dtype) => dtype.num),
  );
}

function findTypes(core: UfuncCore, codes: readonly number[]): LoopTypes {
  const dtypes = strongDTypes(core, codes);
  if (core.insteadOfBool !== null && dtypes.every((dtype) => dtype === plain.bool)) {
    throw new DTypeError(`${core.name}: there is no loop for bool; ${core.insteadOfBool}`);
  }
  const wanted = wantedTypes(core, codes, dtypes);
  const own = ownTypes(core, wanted);
  if (own !== null) return own;
  const found = core.types.find(({ inputs }) => wanted.every((type, k) => takes(inputs[k]!, type)));
  if (found === undefined) throw noLoop(core, dtypes);
  return found;
}

/**
 * The loop of the dtype that holds all operands, if there is one: no loop before it takes them. Comparisons have loops of two
 * dtypes, and ldexp has no others.
 */
function ownTypes(core: UfuncCore, wanted: readonly (Descriptor | number)[]): LoopTypes | null {
  const [first] = wanted;
  if (typeof first !== "object") return null;
  if (wanted.every((type) => type === first)) return core.typesFor(first);
  if (core.rule !== "first") return null;
  return core.typesFor(plain[join((wanted as readonly Descriptor[]).map((type) => type.type as PlainDType))]);
}

/** What the operands are looked up as. */
function wantedTypes(
  core: UfuncCore,
  codes: readonly number[],
  dtypes: readonly Descriptor[],
): readonly (Descriptor | number)[] {
  switch (core.rule) {
    case "divide":
      return dtypes.every((dtype) => isWhole(dtype.kind)) ? dtypes.map(() => plain.float64) : dtypes;
    case "logical":
      return isOneType(dtypes) && codes.every((code) => code < WEAK_INT)
        ? dtypes
        : dtypes.map(() => plain.bool);
    case "ldexp":
      return withWeakIntegers(codes, dtypes);
    default:
      return dtypes;
  }
}

/** An integer fits every loop, but beside a bool it is an int64. */
function withWeakIntegers(
  codes: readonly number[],
  dtypes: readonly Descriptor[],
): readonly (Descriptor | number)[] {
  if (codes.includes(plain.bool.num)) return dtypes;
  return dtypes.map((dtype, k) => (codes[k] === WEAK_INT ? WEAK_INT : dtype));
}

/** Whether a loop's dtype takes an operand without loss: a dtype, or the code of a weak scalar. */
function takes(wanted: Descriptor, given: Descriptor | number): boolean {
  return typeof given === "number" ? weakFits(given, wanted.kind) : mayCast(given, wanted);
}

const kindsAbove: { readonly [code: number]: string } = {
  [WEAK_INT]: "iufc",
  [WEAK_FLOAT]: "fc",
  [WEAK_COMPLEX]: "c",
};

function weakFits(code: number, kind: Kind): boolean {
  return kindsAbove[code]!.includes(kind);
}

function isWhole(kind: Kind): boolean {
  return kind === "b" || kind === "i" || kind === "u";
}

function isOneType(dtypes: readonly Descriptor[]): boolean {
  return dtypes.every((dtype) => dtype === dtypes[0]);
}

/** The dtypes of the operands; of a weak scalar the one it acts as beside the others. */
function strongDTypes(core: UfuncCore, codes: readonly number[]): readonly Descriptor[] {
  const byCode = codes.map((code) => (code < WEAK_INT ? dtypeOf(core, code) : null));
  const strong = byCode.filter((dtype) => dtype !== null);
  if (strong.length === codes.length) return strong;
  const common = plain[join(strong.map((dtype) => dtype.type as PlainDType))];
  return byCode.map((dtype, k) => dtype ?? promoteWeak(common, [sample(codes[k]!)], core.name));
}

function dtypeOf(core: UfuncCore, num: number): Descriptor {
  const found = Object.values<Descriptor>(plain).find((dtype) => dtype.num === num);
  if (found !== undefined) return found;
  throw new DTypeError(
    num === 21 || num === 22
      ? `${core.name}: there is no loop for dates; compute with their counts, as a.view("int64")`
      : num === 18 || num === 19
        ? `${core.name}: there is no loop for strings; np.strings has functions for them`
        : `${core.name}: there is no loop for elements with fields or raw bytes; take one field`,
  );
}

/** A scalar that asks for what the code says. */
function sample(code: number): ScalarLike {
  if (code === WEAK_INT) return 1;
  return code === WEAK_FLOAT ? 0.5 : new Complex(0, 1);
}

function noLoop(core: UfuncCore, dtypes: readonly Descriptor[]): DTypeError {
  const takes = core.types.map(({ text }) => text).join(", ");
  return new DTypeError(
    `${core.name}: there is no loop for ${dtypes.join(" and ")}; its loops are ${takes}; cast an operand with astype`,
  );
}

/** The signature that `dtype` or `sig` stands for, or null when neither is given. */
export function signatureFrom(
  core: UfuncCore,
  dtype: DTypeLike | null | undefined,
  sig: SignatureLike | null | undefined,
): LoopSignature | null {
  const count = core.nin + core.nout;
  if (sig !== null && sig !== undefined) {
    if (dtype !== null && dtype !== undefined)
      throw new ValueError(`${core.name}: give dtype or sig, not both`);
    const parts: readonly (DTypeLike | null)[] = typeof sig === "string" ? partsOf(core, sig) : sig;
    if (!Array.isArray(parts)) throw new ValueError(`${core.name}: sig ${textOf(sig)} is no list of dtypes`);
    if (parts.length === count) return parts.map((part) => (part === null ? null : descriptorFor(part)));
    throw new ValueError(
      `${core.name}: sig ${textOf(sig)} has ${parts.length} dtypes; wanted ${core.nin} for inputs and ${core.nout} for outputs`,
    );
  }
  if (dtype === null || dtype === undefined) return null;
  const asked = descriptorFor(dtype);
  return new Array<Descriptor | null>(count).fill(null).fill(asked, core.nin);
}

function partsOf(core: UfuncCore, text: string): DTypeLike[] {
  const [inputs = "", outputs] = text.split("->");
  if (outputs === undefined || inputs.length !== core.nin || outputs.length !== core.nout) {
    throw new ValueError(
      `${core.name}: sig ${textOf(text)} is no loop of ${core.nin} inputs and ${core.nout} outputs; see types`,
    );
  }
  return [...(inputs + outputs)] as DTypeLike[];
}

/** The loop for operands of those codes among those of a signature, by a rule of casting for the inputs. */
export function resolveSigned(
  core: UfuncCore,
  codes: readonly number[],
  signature: LoopSignature,
  casting: Casting,
): Loop {
  const { nin } = core;
  const matching = core.types.filter(({ inputs, outputs }) =>
    [...inputs, ...outputs].every((dtype, k) => signature[k] === null || signature[k] === dtype),
  );
  const given = wantedTypes(core, codes, strongDTypes(core, codes));
  const wanted = given.map((type, k) => signature[k] ?? type);
  const found =
    matching.find(({ inputs }) => wanted.every((type, k) => takes(inputs[k]!, type))) ??
    matching.find(
      ({ inputs }) => inputs.every((dtype) => dtype === signature[nin]) && isUniform(signature, nin),
    );
  if (found === undefined) throw notMatching(core, codes, signature);
  if (core.rule !== "logical") requireInputs(core, codes, found, casting);
  return core.loopOf(found);
}

/** Whether one dtype is asked for all the outputs. */
function isUniform(signature: LoopSignature, nin: number): boolean {
  return signature.every((dtype, k) => k < nin || dtype === signature[nin]);
}

/** Throws when an operand may not be cast to what the loop takes. */
export function requireInputs(
  core: UfuncCore,
  codes: readonly number[],
  { inputs }: Pick<LoopTypes, "inputs">,
  casting: Casting,
): void {
  for (let k = 0; k < codes.length; k++) {
    const code = codes[k]!;
    const to = inputs[k]!;
    if (code >= WEAK_INT) {
      if (casting === "unsafe" || weakFits(code, to.kind)) continue;
      throw new DTypeError(
        `${core.name}: a scalar that is no ${to} cannot become one under casting "${casting}"; give casting: "unsafe"`,
      );
    }
    const from = dtypeOf(core, code);
    if (!mayCast(from, to, casting)) throw noInputCast(core, k, from, to, casting);
  }
}

function noInputCast(
  core: UfuncCore,
  k: number,
  from: Descriptor,
  to: Descriptor,
  casting: Casting,
): DTypeError {
  return new DTypeError(
    `${core.name}: cannot cast input ${k} from ${from} to ${to} under casting "${casting}"; ${castingFor(from, to)}`,
  );
}

/** What to say about the rule that would allow a cast. */
export function castingFor(from: Descriptor, to: Descriptor): string {
  return castLevel(from, to) > 4 ? "there is no such cast" : 'give casting: "unsafe", or use astype';
}

function notMatching(core: UfuncCore, codes: readonly number[], signature: LoopSignature): DTypeError {
  const asked = signature.map((dtype) => dtype?.char ?? "-");
  const text = `${asked.slice(0, core.nin).join("")}->${asked.slice(core.nin).join("")}`;
  return new DTypeError(
    `${core.name}: no loop of the form ${text} takes ${strongDTypes(core, codes).join(" and ")}; its loops are ${core.types.map((one) => one.text).join(", ")}`,
  );
}
