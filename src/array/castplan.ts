/**
 * How a line of elements of one plain dtype becomes a line of another: a chain of at most four steps.
 *
 * There are 196 pairs of dtypes and no loop for each. A dtype says how to get *in*, from its memory to something
 * that counts (a float16 to float32, a complex number to its real part), and how to get *out*. Between them numbers
 * are carried as small integers (up to 32 bits), 64-bit integers, float32 or float64. The step between two carriers
 * is `TypedArray.set` wherever its rules are those of C, else one loop.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import * as loop from "./castloops.ts";
import type { Lane, LaneClass } from "./storage.ts";

/** One pass over a line; positions count elements of the lanes. */
export interface CastStep {
  readonly source: LaneClass<Lane>;
  readonly target: LaneClass<Lane>;
  readonly run: (src: never, from: number, dst: never, to: number, n: number) => void;
}

type Carrier = Exclude<PlainDType, "bool" | "float16" | "complex64" | "complex128">;

interface Forms {
  readonly carrier: Carrier;
  /** From the dtype to its carrier. */
  readonly enter: readonly CastStep[];
  /** What carries numbers to the dtype, and the steps from there. */
  readonly via: Carrier;
  readonly leave: readonly CastStep[];
  /** From the dtype to bool. */
  readonly truth: CastStep;
}

function step(source: LaneClass<Lane>, target: LaneClass<Lane>, run: CastStep["run"]): CastStep {
  return { source, target, run };
}

type Assignable = Lane & { set(from: Lane, at: number): void };

/** Lane elements converted as JS converts them; `width` of them make an element. */
function setStep(source: LaneClass<Lane>, target: LaneClass<Lane>, width = 1): CastStep {
  const run = (src: Lane, from: number, dst: Assignable, to: number, n: number) =>
    dst.set(src.subarray(from, from + n * width), to);
  return step(source, target, run);
}

const truth8 = step(Uint8Array, Uint8Array, loop.truth8);
const truth16 = step(Uint16Array, Uint8Array, loop.truth16);
const truth32 = step(Int32Array, Uint8Array, loop.truth32);
const truth64 = step(Int32Array, Uint8Array, loop.truth64);

function carried(carrier: Carrier, truth: CastStep): Forms {
  return { carrier, enter: [], via: carrier, leave: [], truth };
}

const forms: { readonly [D in PlainDType]: Forms } = {
  bool: { carrier: "uint8", enter: [truth8], via: "uint8", leave: [], truth: truth8 },
  int8: carried("int8", truth8),
  uint8: carried("uint8", truth8),
  int16: carried("int16", truth16),
  uint16: carried("uint16", truth16),
  int32: carried("int32", truth32),
  uint32: carried("uint32", truth32),
  int64: carried("int64", truth64),
  uint64: carried("uint64", truth64),
  float16: {
    carrier: "float32",
    enter: [step(Uint16Array, Float32Array, loop.halfToFloat)],
    via: "float64",
    leave: [step(Int32Array, Uint16Array, loop.doubleToHalf)],
    truth: step(Uint16Array, Uint8Array, loop.truthHalf),
  },
  float32: carried("float32", step(Float32Array, Uint8Array, loop.truthFloat)),
  float64: carried("float64", step(Float64Array, Uint8Array, loop.truthDouble)),
  complex64: {
    carrier: "float32",
    enter: [step(Float32Array, Float32Array, loop.realFloats)],
    via: "float32",
    leave: [step(Float32Array, Float32Array, loop.complexFloats)],
    truth: step(Float32Array, Uint8Array, loop.truthComplex64),
  },
  complex128: {
    carrier: "float64",
    enter: [step(Float64Array, Float64Array, loop.realDoubles)],
    via: "float64",
    leave: [step(Float64Array, Float64Array, loop.complexDoubles)],
    truth: step(Float64Array, Uint8Array, loop.truthComplex128),
  },
};

type Loops = Partial<Record<Carrier, CastStep>>;

const signed = step(Int32Array, Int32Array, loop.int32ToWords);
const unsigned = step(Uint32Array, Uint32Array, loop.uint32ToWords);
const low = step(Int32Array, Int32Array, loop.lowWords);

/** The steps from one carrier to another that `set` does not do as C does. */
const ownLoops: Partial<Record<Carrier, Loops>> = {
  float32: { int32: step(Float32Array, Int32Array, loop.floatToInt32) },
  float64: {
    int32: step(Float64Array, Int32Array, loop.doubleToInt32),
    uint32: step(Float64Array, Uint32Array, loop.doubleToUint32),
    int64: step(Float64Array, Int32Array, loop.doubleToInt64),
    uint64: step(Float64Array, Uint32Array, loop.doubleToUint64),
  },
  int32: { int64: signed, uint64: signed },
  uint32: { int64: unsigned, uint64: unsigned },
  int64: {
    int32: low,
    float32: step(Int32Array, Float32Array, loop.int64ToFloat),
    float64: step(Int32Array, Float64Array, loop.int64ToDouble),
  },
  uint64: {
    int32: low,
    float32: step(Uint32Array, Float32Array, loop.uint64ToFloat),
    float64: step(Uint32Array, Float64Array, loop.uint64ToDouble),
  },
};

const isFloat = (carrier: Carrier) => plain[carrier].kind === "f";
const isWide = (carrier: Carrier) => !isFloat(carrier) && plain[carrier].itemsize === 8;

/** The steps from one carrier to another. */
function between(from: Carrier, to: Carrier): readonly CastStep[] {
  if (from === to) return [];
  const own = ownLoops[from]?.[to];
  if (own !== undefined) return [own];
  // Float32 has no loops of its own to what does not go by int32; float64 holds all its values.
  if (from === "float32" && (isWide(to) || to === "uint32")) return through("float64", from, to);
  // From and to integers of up to 16 bits, and across from 32 bits to 64, the way is by int32, which is cut or wraps.
  const small = !isFloat(from) && !isWide(from);
  if (isFloat(from) ? !isFloat(to) : isWide(from) || (small && isWide(to))) return through("int32", from, to);
  return [setStep(plain[from].lane, plain[to].lane)];
}

function through(middle: Carrier, from: Carrier, to: Carrier): readonly CastStep[] {
  return [...between(from, middle), ...between(middle, to)];
}

function makePlan(from: Descriptor, to: Descriptor): readonly CastStep[] {
  const [source, target] = [forms[from.type as PlainDType], forms[to.type as PlainDType]];
  if (to.kind === "b") return [source.truth];
  if (from.kind === "c" && to.kind === "c") return [setStep(from.lane, to.lane, 2)];
  return [...source.enter, ...between(source.carrier, target.via), ...target.leave];
}

const plans = new Map<Descriptor, Map<Descriptor, readonly CastStep[]>>();

/** The steps from one plain dtype to another; none when the bytes of an element stay what they are. */
export function castPlan(from: Descriptor, to: Descriptor): readonly CastStep[] {
  let known = plans.get(from);
  if (known === undefined) plans.set(from, (known = new Map()));
  let plan = known.get(to);
  if (plan === undefined) known.set(to, (plan = keepsBytes(from, to) ? [] : makePlan(from, to)));
  return plan;
}

/** Whether an element of the one is, byte for byte, what casting makes of it. */
function keepsBytes(from: Descriptor, to: Descriptor): boolean {
  const whole = (d: Descriptor) => d.kind === "i" || d.kind === "u";
  return from === to || (whole(from) && whole(to) && from.itemsize === to.itemsize);
}
