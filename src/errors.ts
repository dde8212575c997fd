/** What went wrong, as a tag that survives bundling, realms and `structuredClone`. */
export type ErrorKind = "shape" | "index" | "dtype" | "value";

/** The base of every error that ndview throws on purpose. Check with {@link isNdError}, not `instanceof`. */
export class NdError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string) {
    super(message);
    this.kind = kind;
    this.name = "NdError";
  }
}

/** Shapes that do not fit: broadcasting, reshaping, a ragged list, an array that is too large. */
export class ShapeError extends NdError {
  constructor(message: string) {
    super("shape", message);
    this.name = "ShapeError";
  }
}

/** An index or an axis that is out of bounds, or that is not an index at all. */
export class IndexError extends NdError {
  constructor(message: string) {
    super("index", message);
    this.name = "IndexError";
  }
}

/** A dtype that is unknown, or a cast or a promotion that is not allowed. */
export class DTypeError extends NdError {
  constructor(message: string) {
    super("dtype", message);
    this.name = "DTypeError";
  }
}

/** A value that cannot be used: out of range, read-only memory, a file that lies, a copy that was forbidden. */
export class ValueError extends NdError {
  constructor(message: string) {
    super("value", message);
    this.name = "ValueError";
  }
}

/** The exact answer to an overlap question needs more work than was allowed. Its kind is `"value"`. */
export class TooHardError extends ValueError {
  constructor(message: string) {
    super(message);
    this.name = "TooHardError";
  }
}

/** @internal What somebody gave, as text for an error: whatever it is, making the text must not throw. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    const plain = Array.isArray(value) || prototype === null || prototype === Object.prototype;
    return plain ? JSON.stringify(value) : String(value);
  } catch {
    return Array.isArray(value) ? "a list" : "an object";
  }
}

const kinds: ReadonlySet<unknown> = new Set<ErrorKind>(["shape", "index", "dtype", "value"]);

/**
 * Whether `error` comes from ndview, and if a kind is given, whether it is of that kind.
 *
 * @example
 * try {
 *   np.zeros(3).at(7);
 * } catch (error) {
 *   if (!np.isNdError(error, "index")) throw error;
 * }
 */
export function isNdError(error: unknown, kind?: ErrorKind): error is NdError {
  if (!(error instanceof Error)) return false;
  const tag = (error as Partial<NdError>).kind;
  return kind === undefined ? kinds.has(tag) : tag === kind;
}
