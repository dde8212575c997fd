import { textOf, ValueError } from "../errors.ts";
import type { Descriptor } from "./descriptor.ts";
import type { Kind } from "./map.ts";
import { type DTypeLike, type DTypeName, toDescriptor } from "./parse.ts";

/** The kinds of dtype that the array API standard names. */
export type KindName =
  | "bool"
  | "signed integer"
  | "unsigned integer"
  | "integral"
  | "real floating"
  | "complex floating"
  | "numeric";

const kindLetters: Readonly<Record<KindName, string>> = {
  bool: "b",
  "signed integer": "i",
  "unsigned integer": "u",
  integral: "iu",
  "real floating": "f",
  "complex floating": "c",
  numeric: "iufc",
};

/** One kind, or one dtype. */
type KindOrDType = KindName | DTypeName | Descriptor;

/** One kind, one dtype, or several of either. */
export type KindLike = KindOrDType | readonly KindOrDType[];

/**
 * Whether a dtype is of a kind, or of one of several; a dtype as the kind means that very dtype.
 *
 * @throws ValueError for a kind that is not one
 * @example
 * np.isdtype("float32", "real floating"); // true
 * np.isdtype("int8", ["bool", "unsigned integer"]); // false
 */
export function isdtype(dtype: DTypeLike, kind: KindLike): boolean {
  const given = toDescriptor(dtype);
  const kinds = Array.isArray(kind) ? (kind as readonly KindOrDType[]) : [kind as KindOrDType];
  // Every kind is looked at, so that a wrong one is an error wherever it stands.
  return kinds.map((one) => isOf(given, one)).includes(true);
}

function isOf(given: Descriptor, kind: KindOrDType): boolean {
  return isKindName(kind) ? kindLetters[kind].includes(given.kind) : toDescriptor(kind).type === given.type;
}

function isKindName(kind: KindOrDType): kind is KindName {
  if (typeof kind !== "string") return false;
  if (Object.hasOwn(kindLetters, kind)) return true;
  if (!kind.includes(" ")) return false;
  throw new ValueError(`isdtype: ${textOf(kind)} is no kind; one of ${Object.keys(kindLetters).join(", ")}`);
}

/** NumPy's abstract dtypes. */
export type AbstractDType =
  | "generic"
  | "number"
  | "integer"
  | "signedinteger"
  | "unsignedinteger"
  | "inexact"
  | "floating"
  | "complexfloating"
  | "flexible"
  | "character";

/** Each abstract dtype with the next one above it. */
const above: Readonly<Record<AbstractDType, AbstractDType | null>> = {
  generic: null,
  number: "generic",
  integer: "number",
  signedinteger: "integer",
  unsignedinteger: "integer",
  inexact: "number",
  floating: "inexact",
  complexfloating: "inexact",
  flexible: "generic",
  character: "flexible",
};

/** Where each kind of dtype hangs in the tree of abstract ones. */
const classOf: Readonly<Record<Kind, AbstractDType>> = {
  b: "generic",
  i: "signedinteger",
  u: "unsignedinteger",
  f: "floating",
  c: "complexfloating",
  m: "signedinteger",
  M: "generic",
  S: "character",
  U: "character",
  V: "flexible",
};

/**
 * Whether one dtype is at or below another in NumPy's tree of dtypes.
 *
 * @example
 * np.issubdtype("float32", "floating"); // true
 * np.issubdtype("int32", "inexact"); // false
 * np.issubdtype("float32", "float64"); // false
 */
export function issubdtype(a: DTypeLike | AbstractDType, b: DTypeLike | AbstractDType): boolean {
  if (isAbstract(b)) return isAtOrBelow(isAbstract(a) ? a : classOf[toDescriptor(a).kind], b);
  return !isAbstract(a) && toDescriptor(a).type === toDescriptor(b).type;
}

function isAbstract(type: DTypeLike | AbstractDType): type is AbstractDType {
  return typeof type === "string" && Object.hasOwn(above, type);
}

function isAtOrBelow(type: AbstractDType, ancestor: AbstractDType): boolean {
  for (let at: AbstractDType | null = type; at !== null; at = above[at]) if (at === ancestor) return true;
  return false;
}
