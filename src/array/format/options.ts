import type { Complex } from "../../dtype/complex.ts";
import type { Datetime64, Timedelta64 } from "../../dtype/date-scalars.ts";
import type { ElementValue } from "../../dtype/map.ts";
import { ValueError } from "../../errors.ts";

/** How many digits floats show: all alike (`fixed`), as many as they need, or that many at most. */
export type FloatMode = "fixed" | "unique" | "maxprec" | "maxprec_equal";

/** Whether positive numbers show a plus, a space, or nothing. */
export type SignMode = "-" | "+" | " ";

/** Functions that write one element, under NumPy's names; an element comes as `a.at(…)` gives it. */
export interface Formatter {
  /** Every kind. */
  all?(element: ElementValue | Uint8Array): string;
  bool?(element: boolean): string;
  int?(element: number | bigint): string;
  int_kind?(element: number | bigint): string;
  float?(element: number): string;
  float_kind?(element: number): string;
  complexfloat?(element: Complex): string;
  complex_kind?(element: Complex): string;
  datetime?(element: Datetime64): string;
  timedelta?(element: Timedelta64): string;
  /** Strings, of bytes as a Uint8Array. */
  numpystr?(element: string | Uint8Array): string;
  str_kind?(element: string | Uint8Array): string;
  /** Raw bytes. */
  void?(element: Uint8Array): string;
}

/** How arrays are printed. */
export interface PrintOptions {
  /** The most digits behind the point. 8 unless set. */
  readonly precision: number;
  /** Arrays of more elements are summarised. 1000 unless set; Infinity shows all. */
  readonly threshold: number;
  /** The elements shown at either end of a summarised axis. 3 unless set. */
  readonly edgeitems: number;
  /** The characters in a line. 75 unless set. */
  readonly linewidth: number;
  /** Whether small floats are written without exponents. */
  readonly suppress: boolean;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: SignMode;
  readonly floatmode: FloatMode;
  /** Functions for single elements; every `setPrintoptions` that does not give them takes them away. */
  readonly formatter: Formatter | null;
}

/** Some options, to be changed. */
export type PrintOptionChanges = { readonly [K in keyof PrintOptions]?: PrintOptions[K] | undefined };

const defaults: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  floatmode: "maxprec",
  formatter: null,
};

let current: PrintOptions = defaults;

/** The options in force. */
export function currentOptions(): PrintOptions {
  return current;
}

/**
 * The options with which arrays are printed, as a fresh object.
 *
 * @example
 * np.getPrintoptions().precision; // 8
 */
export function getPrintoptions(): PrintOptions {
  return { ...current };
}

/**
 * Changes how arrays are printed from now on; what is not given stays, but for `formatter`, which goes.
 *
 * @throws ValueError for an option that is unknown or has no such value; nothing is changed then.
 * @example
 * np.setPrintoptions({ precision: 3, suppress: true });
 * np.setPrintoptions({ precision: 8, suppress: false });
 */
export function setPrintoptions(options: PrintOptionChanges): void {
  current = changedOptions("setPrintoptions", { ...current, formatter: null }, options);
}

/**
 * Runs `fn` with other options and returns what it returns; the old ones are back afterwards, also when it throws.
 *
 * The options belong to the whole program, so `fn` must be done when it returns: a promise is refused, since other
 * code would print with these options while it is pending.
 *
 * @throws ValueError for wrong options, and when `fn` returns a promise.
 * @example
 * np.printoptions({ precision: 2 }, () => String(np.array([Math.PI]))); // "[3.14]"
 */
export function printoptions<T>(options: PrintOptionChanges, fn: (options: PrintOptions) => T): T {
  const before = current;
  const scoped = changedOptions("printoptions", { ...current, formatter: null }, options);
  current = scoped;
  try {
    return settled(fn({ ...scoped }));
  } finally {
    current = before;
  }
}

function settled<T>(result: T): T {
  if (typeof (result as { then?: unknown } | null | undefined)?.then !== "function") return result;
  throw new ValueError(
    "printoptions: the function returned a promise, but these options end when it returns; await first and print inside, or give the options to array2string",
  );
}

/** `base` with checked changes. */
export function changedOptions(
  caller: string,
  base: PrintOptions,
  changes: PrintOptionChanges,
): PrintOptions {
  const next: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(checks, name)) throw unknownOption(caller, name);
    if (value === undefined) continue;
    const [wanted, fits] = checks[name as keyof PrintOptions];
    if (!fits(value)) throw new ValueError(`${caller}: ${name} must be ${wanted}, not ${shown(value)}`);
    next[name] = value;
  }
  return next as unknown as PrintOptions;
}

type Check = readonly [wanted: string, fits: (value: unknown) => boolean];

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isText = (value: unknown) => typeof value === "string";
const floatModes: readonly unknown[] = ["fixed", "unique", "maxprec", "maxprec_equal"];
const signs: readonly unknown[] = ["-", "+", " "];

const formatterKeys: ReadonlySet<string> = new Set<keyof Formatter>([
  "all",
  "bool",
  "int",
  "int_kind",
  "float",
  "float_kind",
  "complexfloat",
  "complex_kind",
  "datetime",
  "timedelta",
  "numpystr",
  "str_kind",
  "void",
]);

/** What each option may be. */
const checks: { readonly [K in keyof PrintOptions]: Check } = {
  precision: ["an integer not below 0", isCount],
  threshold: ["a number; Infinity shows every element", (v) => typeof v === "number" && !Number.isNaN(v)],
  edgeitems: ["an integer not below 0", isCount],
  linewidth: [
    "a number of characters not below 0; Infinity never breaks a line",
    (v) => isCount(v) || v === Number.POSITIVE_INFINITY,
  ],
  suppress: ["true or false", (v) => typeof v === "boolean"],
  nanstr: ["a string", isText],
  infstr: ["a string", isText],
  sign: ['"-", "+" or " "', (v) => signs.includes(v)],
  floatmode: ['"fixed", "unique", "maxprec" or "maxprec_equal"', (v) => floatModes.includes(v)],
  formatter: [`null, or an object of functions under ${[...formatterKeys].join(", ")}`, isFormatter],
};

function isFormatter(value: unknown): boolean {
  if (typeof value !== "object") return false;
  return Object.entries(value ?? {}).every(
    ([key, fn]) => formatterKeys.has(key) && (fn === undefined || typeof fn === "function"),
  );
}

function unknownOption(caller: string, name: string): ValueError {
  if (name === "legacy") return new ValueError(`${caller}: legacy texts are not supported; leave legacy out`);
  return new ValueError(
    `${caller}: there is no option ${JSON.stringify(name)}; one of ${Object.keys(checks).join(", ")}`,
  );
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null ? `{ ${Object.keys(value).join(", ")} }` : String(value);
}
