import { Flags } from "../array/flags.ts";
import { Flat } from "../array/flat.ts";
import { arrayRepr, arrayStr } from "../array/format/array2string.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { pythonBytes, pythonString } from "../dtype/literal.ts";
import { floatText } from "../dtype/number-text.ts";
import { isSlice, type Slice } from "../layout/slice.ts";
import { PythonProblem } from "./errors.ts";
import { requireItems } from "./limits.ts";
import { NamedParts } from "./named-parts.ts";
import { PyRange } from "./range.ts";
import { integerText } from "./scalar-text.ts";
import { typeName } from "./types.ts";
import { Callable, ELLIPSIS, Mapping, Module, NumpyScalar, PyBytes, PyTuple, ScalarType } from "./values.ts";

/** What Python's `repr` gives, of a value in the lists `outer`. */
export function repr(value: unknown, outer: readonly unknown[] = []): string {
  if (value === null || value === undefined) return "None";
  switch (typeof value) {
    case "bigint":
      return integerText(value);
    case "number":
      return floatText(value);
    case "boolean":
      return value ? "True" : "False";
    case "string":
      return pythonString(value);
  }
  if (value instanceof NumpyScalar) return value.repr();
  if (value instanceof NDArray) return arrayRepr(value);
  if (outer.length > 100)
    throw new PythonProblem("ValueError", "lists in one another are too deep to be printed");
  if (outer.includes(value)) return Array.isArray(value) ? "[...]" : "(...)";
  if (Array.isArray(value)) return `[${texts(value, [...outer, value]).join(", ")}]`;
  if (value instanceof PyTuple) return tupleText(texts(value.items, [...outer, value]));
  return objectText(value, outer);
}

/** Letters of a list as it is printed. */
const MOST_LETTERS = 2_000_000;

function texts(items: readonly unknown[], outer: readonly unknown[]): string[] {
  let length = 0;
  return items.map((item) => {
    const text = repr(item, outer);
    length += text.length;
    if (length > MOST_LETTERS) requireItems(Number.POSITIVE_INFINITY, "the text of a list");
    return text;
  });
}

function tupleText(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

function objectText(value: unknown, outer: readonly unknown[]): string {
  if (value instanceof Complex) return complexText(value);
  if (value instanceof PyBytes) return pythonBytes(value.bytes);
  if (value === ELLIPSIS) return "Ellipsis";
  if (isSlice(value)) return sliceText(value);
  if (value instanceof Descriptor) return dtypeText(value);
  if (value instanceof Flags || value instanceof ScalarType)
    return value instanceof Flags ? `${value}\n` : value.text;
  if (value instanceof PyRange) return value.text;
  if (value instanceof NamedParts)
    return value.text(
      value.values.map((one) => (value.shown === null ? repr(one, [...outer, value]) : str(one))),
    );
  if (value instanceof Module) return `<module '${value.name.replace(/^np\b/, "numpy")}'>`;
  if (value instanceof Callable)
    return value.member === null ? `<function ${value.name}>` : `<ufunc '${value.name}'>`;
  if (value instanceof Mapping) return `NpzFile '${value.name}' with keys: ${value.keys.join(", ")}`;
  return value instanceof Flat ? "<numpy.flatiter object>" : `<${typeName(value)} object>`;
}

/** What Python's `str` gives, and `print` writes. */
export function str(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof NumpyScalar) return value.toString();
  if (value instanceof NDArray) return arrayStr(value);
  return value instanceof Descriptor ? String(value) : repr(value);
}

function sliceText({ start, stop, step }: Slice): string {
  return `slice(${[start, stop, step].map((part) => (part === null ? "None" : String(part))).join(", ")})`;
}

function dtypeText(dtype: Descriptor): string {
  const text = String(dtype);
  return text.startsWith("[") || text.startsWith("{") || text.startsWith("(")
    ? `dtype(${text})`
    : `dtype(${pythonString(shortText(dtype))})`;
}

function shortText(dtype: Descriptor): string {
  return /^[SUVMm]$/.test(dtype.kind) ? dtype.str : dtype.name;
}

/** A complex number as Python writes it: `(1+2j)`, `2j`, `(-0+2j)`. */
export function complexText({ re, im }: Complex): string {
  const part = (x: number) => floatText(x).replace(/\.0$/, "");
  if (re === 0 && !Object.is(re, -0)) return `${part(im)}j`;
  const sign = im < 0 || Object.is(im, -0) ? "-" : "+";
  return `(${part(re)}${sign}${part(Math.abs(im))}j)`;
}
