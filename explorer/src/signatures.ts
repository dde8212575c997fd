/** What functions are called with, and what they do, in a line each: read from the library's own comments when the page is built. */

export interface Signature {
  /** `(a, shape, *, order, copy)`. */
  readonly call: string;
  /** The first sentence of the comment. */
  readonly says: string;
}

export interface Signatures {
  /** By NumPy's name: `broadcast_to`. */
  readonly functions: Readonly<Record<string, Signature>>;
  /** Of arrays: `reshape`, `T`. */
  readonly members: Readonly<Record<string, Signature>>;
}

const none: Signatures = { functions: {}, members: {} };
let loaded: Signatures = none;

/** What is known by now: nothing until the file has come. */
export const signatures = (): Signatures => loaded;

export async function loadSignatures(): Promise<void> {
  const made: { default: Signatures } = await import("virtual:signatures");
  loaded = made.default;
}

/** The signature of `np.name`, or of `x.name` for a value. */
export function signatureOf(path: string): { name: string; signature: Signature } | null {
  const parts = path.split(".");
  const name = parts.at(-1) as string;
  const isFunction = parts[0] === "np" || parts[0] === "numpy" || parts.length === 1;
  const table = isFunction ? loaded.functions : loaded.members;
  const signature = Object.hasOwn(table, name) ? table[name] : undefined;
  return signature === undefined ? null : { name, signature };
}
