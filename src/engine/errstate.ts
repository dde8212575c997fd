/**
 * What happens when a float operation divides by zero, overflows, underflows or has no valid result.
 *
 * WebAssembly keeps no flags of such events, so nothing is looked at unless somebody asks: while a state other than
 * "ignore" is in force, every tile is looked at after it was computed, value by value, and the events are told by what
 * went in and what came out. That is slow and exact enough; without it nothing is paid.
 */

import { type TypedPlace, watchCasts } from "../array/castplain.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { fromFloat16 } from "../dtype/float16.ts";
import { textOf, ValueError } from "../errors.ts";
import { heap } from "../wasm/memory.ts";
import { type Inspector, inspectTiles } from "./drive.ts";
import { eventsOfCast } from "./inspect-casts.ts";
import { inspectReduction, inspectScan } from "./inspect-steps.ts";
import type { Loop } from "./loop.ts";
import { watchSteps } from "./step-inspector.ts";

/** What NumPy calls floating point errors; the integer divisions by zero are among them. */
export type FloatEvent = "divide" | "over" | "under" | "invalid";

/** What to do about one: nothing, throw a ValueError, call the function given to `seterrcall`, or a `console.warn`. */
export type ErrorMode = "ignore" | "raise" | "call" | "warn";

/** The mode of each event; what is left out stays as it is, or follows `all`. */
export interface ErrorStateOptions {
  readonly all?: ErrorMode;
  readonly divide?: ErrorMode;
  readonly over?: ErrorMode;
  readonly under?: ErrorMode;
  readonly invalid?: ErrorMode;
}

/** The mode of every event. */
export type ErrorState = { readonly [E in FloatEvent]: ErrorMode };

/** Is told of an event: which one, and in which function. */
export type ErrorCall = (event: FloatEvent, caller: string) => void;

const EVENTS: readonly FloatEvent[] = ["divide", "over", "under", "invalid"];
const MODES: readonly unknown[] = ["ignore", "raise", "call", "warn"];

let state: ErrorState = /* @__PURE__ */ Object.freeze({
  divide: "ignore",
  over: "ignore",
  under: "ignore",
  invalid: "ignore",
});
let told: ErrorCall | null = null;

/**
 * The mode of every kind of floating point error.
 *
 * @example
 * np.geterr(); // { divide: "ignore", over: "ignore", under: "ignore", invalid: "ignore" }
 */
export function geterr(): ErrorState {
  return state;
}

/**
 * Sets the mode of floating point errors, and returns the modes before. At the start all are "ignore".
 *
 * @throws ValueError for a mode that is none of "ignore", "raise", "call", "warn".
 * @example
 * const before = np.seterr({ divide: "raise" });
 * np.seterr(before);
 */
export function seterr(options: ErrorStateOptions): ErrorState {
  if (typeof options !== "object" || options === null) {
    throw new ValueError(
      `seterr: ${textOf(options)} says nothing of events; give { divide, over, under, invalid }`,
    );
  }
  const before = state;
  const next = { ...state };
  for (const event of EVENTS) {
    const mode = options[event] ?? options.all ?? state[event];
    if (!MODES.includes(mode)) {
      throw new ValueError(`seterr: ${event} is ${textOf(mode)}; one of "ignore", "raise", "call", "warn"`);
    }
    next[event] = mode;
  }
  // It is handed out as it is.
  state = Object.freeze(next);
  const asked = EVENTS.some((event) => state[event] !== "ignore");
  inspectTiles(asked ? inspection : null);
  watchCasts(asked ? lookAtCast : null);
  watchSteps(asked ? { reduction: inspectReduction, scan: inspectScan } : null);
  return before;
}

/** Sets the function that mode "call" calls, null for none, and returns the one before. */
export function seterrcall(call: ErrorCall | null): ErrorCall | null {
  if (call !== null && typeof call !== "function") {
    throw new ValueError(`seterrcall: ${textOf(call)} is no function; give one, or null for none`);
  }
  const before = told;
  told = call;
  return before;
}

/** The function that mode "call" calls, or null. */
export function geterrcall(): ErrorCall | null {
  return told;
}

/**
 * Runs `fn` with other modes of floating point errors, and returns what it returns. The modes before are back afterwards,
 * also when `fn` throws.
 *
 * @throws ValueError when an event whose mode is "raise" happens: no array is changed then.
 * @example
 * np.errstate({ divide: "raise" }, () => np.divide(1, 0)); // throws divide: division by zero
 * np.divide(1, 0).item(); // Infinity
 */
export function errstate<T>(options: ErrorStateOptions & { readonly call?: ErrorCall }, fn: () => T): T {
  if (typeof fn !== "function") throw new ValueError(`errstate: ${textOf(fn)} is no function`);
  const before = seterr(options);
  const call = told;
  try {
    if (options.call !== undefined) seterrcall(options.call);
    return fn();
  } finally {
    seterr(before);
    told = call;
  }
}

const TEXTS: Readonly<Record<FloatEvent, string>> = {
  divide: "division by zero",
  over: "overflow",
  under: "underflow",
  invalid: "invalid value",
};

/** Does what the state says about an event. */
function report(event: FloatEvent, caller: string): void {
  const mode = state[event];
  if (mode === "ignore") return;
  if (mode === "raise") throw new ValueError(`${caller}: ${TEXTS[event]}`);
  if (mode === "call") told?.(event, caller);
  else warn(`${caller}: ${TEXTS[event]}`);
}

function warn(text: string): void {
  (globalThis as { console?: { warn(text: string): void } }).console?.warn(text);
}

/** The ufuncs whose tiny results are rounded: a sum that small is exact. */
const ROUND_TINY =
  /^(multiply|divide|square|reciprocal|exp2?|expm1|power|floatPower|sin|tan|sinh|tanh|ldexp)$/;
const DIVISIONS = /^(floorDivide|remainder|divmod|fmod)$/;

/** What was found in the tiles of the operation at hand, and its name. */
let found = /* @__PURE__ */ new Set<FloatEvent>();
let caller = "";
/** Whether several operations are one to those who are told. */
let together = false;
/** The events of casts that are told later, null while they are told at once. */
let late: Set<FloatEvent> | null = null;

const inspection: Inspector = {
  start() {
    if (!together) found = new Set();
  },
  look,
  end() {
    if (!together) tell(caller);
  },
  together(name, operations) {
    found = new Set();
    together = true;
    try {
      operations();
    } finally {
      together = false;
    }
    tell(name);
  },
  castsLater(operation) {
    const outer = late;
    const events = new Set<FloatEvent>();
    late = events;
    try {
      operation();
    } finally {
      late = outer;
    }
    for (const event of EVENTS) if (events.has(event)) reportCast(event);
  },
};

function lookAtCast(shape: readonly number[], src: TypedPlace, to: Descriptor): void {
  const events: ReadonlySet<FloatEvent> = eventsOfCast(shape, src, to);
  if (together) for (const event of events) found.add(event);
  else for (const event of EVENTS) if (events.has(event)) reportCast(event);
}

function reportCast(event: FloatEvent): void {
  if (late === null || state[event] === "raise") report(event, "cast");
  else late.add(event);
}

function tell(name: string): void {
  // What is called may be an operation too, which finds events of its own.
  const events = found;
  for (const event of EVENTS) if (events.has(event)) report(event, name);
}

function look(loop: Loop, n: number, pointers: readonly number[]): void {
  const name = loop.name ?? "ufunc";
  const inputs = loop.kernel.in.length;
  const [x, y] = [0, 1].map((k) =>
    k < inputs ? readerOf(loop.inputs[k]!, loop.kernel.in[k]!, pointers[k]!) : null,
  );
  for (let k = 0; k < loop.outputs.length; k++) {
    const { kind } = loop.outputs[k]!;
    if (kind === "f" || kind === "c") {
      const type = loop.kernel.out[k]!;
      const result = readerOf(loop.outputs[k]!, type, pointers[inputs + k]!);
      const limit = limits[loop.outputs[k]!.type as keyof typeof limits] ?? limits.float64;
      for (let i = 0; i < n; i++) lookAtFloat(name, limit, i, x!, y ?? null, result, found);
    } else if (DIVISIONS.test(name) && (kind === "i" || kind === "u")) {
      for (let i = 0; i < n; i++) lookAtDivision(loop.inputs[0]!, i, x!, y!, found);
    }
  }
  caller = name;
}

/** Reads the k-th value of a tile; of a complex number the two parts, one after the other. */
interface Reader {
  readonly parts: number;
  at(k: number): number | bigint;
}

function readerOf({ kind }: Descriptor, type: string, pointer: number): Reader {
  const parts = kind === "c" ? 2 : 1;
  if (type === "float16") return { parts, at: (k) => fromFloat16(heap.u16[pointer / 2 + k]!) };
  const lane = lanes[type] ?? "u8";
  return { parts, at: (k) => heap[lane][pointer / heap[lane].BYTES_PER_ELEMENT + k]! };
}

const lanes: Readonly<
  Record<string, "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "u64" | "i64" | "f32" | "f64">
> = {
  int8: "i8",
  uint8: "u8",
  int16: "i16",
  uint16: "u16",
  int32: "i32",
  uint32: "u32",
  int64: "i64",
  uint64: "u64",
  float32: "f32",
  complex64: "f32",
  float64: "f64",
  complex128: "f64",
};

/** The largest finite value and the smallest normal one. */
const limits = {
  float16: [65504, 2 ** -14],
  float32: [3.4028234663852886e38, 2 ** -126],
  float64: [Number.MAX_VALUE, 2 ** -1022],
  complex64: [3.4028234663852886e38, 2 ** -126],
  complex128: [Number.MAX_VALUE, 2 ** -1022],
} as const;

function lookAtFloat(
  name: string,
  [most, least]: readonly [number, number],
  i: number,
  x: Reader,
  y: Reader | null,
  result: Reader,
  found: Set<FloatEvent>,
): void {
  const given = [...partsAt(x, i), ...(y === null ? [] : partsAt(y, i))];
  for (const value of partsAt(result, i)) {
    const size = Math.abs(value);
    if (Number.isNaN(value)) {
      if (!given.some(Number.isNaN)) found.add("invalid");
    } else if (size > most) {
      if (given.every(Number.isFinite)) found.add(isPole(given, y !== null) ? "divide" : "over");
    } else if (
      size < least &&
      ROUND_TINY.test(name) &&
      given.every((part) => part !== 0 && Number.isFinite(part))
    ) {
      found.add("under");
    }
  }
}

function partsAt({ parts, at }: Reader, i: number): number[] {
  return parts === 1 ? [Number(at(i))] : [Number(at(2 * i)), Number(at(2 * i + 1))];
}

/** Whether an infinite result is exact: the quotient by 0, a power of 0, a logarithm or inverse at its pole. */
function isPole(given: readonly number[], binary: boolean): boolean {
  return binary ? given.includes(0) : given.some((value) => value === 0 || Math.abs(value) === 1);
}

function lookAtDivision(
  { kind, itemsize }: Descriptor,
  i: number,
  x: Reader,
  y: Reader,
  found: Set<FloatEvent>,
): void {
  const [a, b] = [BigInt(x.at(i)), BigInt(y.at(i))];
  if (b === 0n) found.add("divide");
  else if (kind === "i" && b === -1n && a === -(2n ** BigInt(8 * itemsize - 1))) found.add("over");
}
