/**
 * A chain is a list of steps; a step is an operation and its arguments, which are plain data, so that a chain can be
 * shrunk and stored. Each operation writes the same step as Python and as TypeScript: what a report prints is exactly
 * what ran on either side.
 */

/** A value of an element, or lists of them. Floats that JSON has no number for are texts. */
export type Datum =
  | number
  | boolean
  | "nan"
  | "inf"
  | "-inf"
  | "-0"
  | { readonly i: string } // a whole number, a JS number where that is exact
  | { readonly I: string } // a whole number, always a bigint
  | { readonly c: readonly [Datum, Datum] }
  | { readonly s: readonly (readonly [string, Datum])[] }
  | { readonly r: number } // an array of the chain
  | readonly Datum[];

export type DTypeSpec =
  | string
  | readonly FieldSpec[]
  | { readonly aligned: readonly FieldSpec[] }
  | {
      readonly names: readonly string[];
      readonly formats: readonly DTypeSpec[];
      readonly offsets: readonly number[];
      readonly itemsize: number;
    };
export type FieldSpec = readonly [string, DTypeSpec] | readonly [string, DTypeSpec, readonly number[]];

// biome-ignore lint/suspicious/noExplicitAny: each operation knows its own arguments
export type Args = Record<string, any>;

export interface Step {
  readonly op: string;
  readonly args: Args;
  /** The ids of the arrays that it made when the chain was drawn. */
  readonly out: readonly number[];
}

export interface Chain {
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** What one side says about an array. */
export interface ArrayAnswer {
  readonly same: number;
  readonly dtype: unknown;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly flags: number;
  readonly base: string | number;
  readonly offset: number;
  readonly bytes: string;
}

export interface StepAnswer {
  readonly made?: readonly ArrayAnswer[];
  readonly count?: number;
  readonly told?: unknown;
  readonly done?: boolean;
  readonly error?: string;
  readonly message?: string;
}

export interface EndAnswer {
  readonly bytes: readonly string[];
  readonly str: readonly string[];
  readonly repr: readonly string[];
  readonly pairs: readonly number[];
}

export interface Answer {
  readonly steps: readonly StepAnswer[];
  readonly end: EndAnswer;
}

/** The ids of the arrays that a step reads. */
export function uses(step: Step): number[] {
  const found: number[] = [];
  for (const key of ["a", "b", "m"]) {
    const id: unknown = step.args[key];
    if (typeof id === "number") found.push(id);
  }
  refsIn(step.args.v, found);
  return found;
}

function refsIn(value: unknown, found: number[]): void {
  if (Array.isArray(value)) for (const part of value) refsIn(part, found);
  else if (typeof value === "object" && value !== null && "r" in value) found.push(value.r as number);
}

/** A value as Python. An array of the chain is copied where its values are read while others are written. */
export function py(value: Datum, copied = true): string {
  if (typeof value === "number") return /^-?\d+$/.test(String(value)) ? `${value}.0` : String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string")
    return { nan: "np.nan", inf: "np.inf", "-inf": "-np.inf", "-0": "-0.0" }[value];
  if (Array.isArray(value)) return `[${value.map((part) => py(part, copied)).join(", ")}]`;
  if ("i" in value) return value.i;
  if ("I" in value) return value.I;
  if ("c" in value) return `complex(${py(value.c[0])}, ${py(value.c[1])})`;
  if ("r" in value) return `a${value.r}${copied ? ".copy()" : ""}`;
  const parts = (value as { s: readonly (readonly [string, Datum])[] }).s.map(([, part]) => py(part));
  return `(${parts.join(", ")},)`;
}

/** A value as TypeScript. */
export function js(value: Datum): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string")
    return { nan: "NaN", inf: "Infinity", "-inf": "-Infinity", "-0": "-0" }[value];
  if (Array.isArray(value)) return `[${value.map(js).join(", ")}]`;
  if ("i" in value) return Number.isSafeInteger(Number(value.i)) ? value.i : `${value.i}n`;
  if ("I" in value) return `${value.I}n`;
  if ("c" in value) return `np.complex(${js(value.c[0])}, ${js(value.c[1])})`;
  if ("r" in value) return `a${value.r}`;
  const parts = (value as { s: readonly (readonly [string, Datum])[] }).s;
  return `{ ${parts.map(([name, part]) => `${name}: ${js(part)}`).join(", ")} }`;
}

/** A list of whole numbers as a Python tuple. */
export function tuple(values: readonly (number | null)[]): string {
  const parts = values.map((value) => (value === null ? "None" : String(value)));
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
}

export function pyDtype(spec: DTypeSpec): string {
  if (typeof spec === "string") return JSON.stringify(spec);
  if ("aligned" in spec) return `np.dtype(${pyDtype(spec.aligned)}, align=True)`;
  if ("names" in spec) {
    return `{"names": ${JSON.stringify(spec.names)}, "formats": [${spec.formats.map(pyDtype).join(", ")}], "offsets": ${JSON.stringify(spec.offsets)}, "itemsize": ${spec.itemsize}}`;
  }
  const fields = spec.map(([name, type, shape]) =>
    shape === undefined
      ? `(${JSON.stringify(name)}, ${pyDtype(type)})`
      : `(${JSON.stringify(name)}, ${pyDtype(type)}, ${tuple(shape)})`,
  );
  return `[${fields.join(", ")}]`;
}

export function jsDtype(spec: DTypeSpec): string {
  if (typeof spec === "object" && "aligned" in spec) {
    return `np.dtype(${JSON.stringify(spec.aligned)}, { align: true })`;
  }
  return JSON.stringify(spec);
}

/** A basic index as Python; with `view` it never gives a scalar. */
export function pyIndex(parts: readonly (string | number | null)[], view: boolean): string {
  const texts = parts.map((part) => (part === null ? "None" : String(part)));
  if (view && !parts.includes("...")) texts.push("...");
  if (texts.length === 0) return "()";
  return texts.length === 1 ? `${texts[0]},` : texts.join(", ");
}

export function jsIndex(parts: readonly (string | number | null)[]): string {
  return parts.map((part) => (typeof part === "string" ? JSON.stringify(part) : String(part))).join(", ");
}
