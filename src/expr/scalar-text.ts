import { arrayRepr, arrayStr } from "../array/format/array2string.ts";
import type { NDArray } from "../array/ndarray.ts";
import { pythonBytes, pythonString } from "../dtype/literal.ts";
import { atleast1d } from "../ops/axes.ts";
import { field } from "../ops/parts.ts";
import { PythonProblem } from "./errors.ts";

/** What Python's `repr` gives for a NumPy scalar: `np.uint8(3)`, `np.True_`, `np.str_('a')`. */
export function numpyScalarText(a: NDArray): string {
  const { kind, name } = a.dtype;
  const element: unknown = kind === "V" ? null : a.at();
  if (kind === "b") return element === true ? "np.True_" : "np.False_";
  if (kind === "U") return `np.str_(${pythonString(element as string)})`;
  if (kind === "S") return `np.bytes_(${pythonBytes(element as Uint8Array)})`;
  if (kind === "M" || kind === "m") return (element as { repr(): string }).repr();
  if (kind === "V") return voidText(a);
  const text = arrayStr(a);
  return `np.${name}(${text.replace(/^\((.*)\)$/, "$1")})`;
}

/** `np.void((1, 2.0), dtype=[('x', '<i4'), ('y', '<f8')])` */
function voidText(a: NDArray): string {
  const { fields } = a.dtype;
  if (fields === null) return `np.void(${pythonBytes(a.at() as unknown as Uint8Array)})`;
  return `np.void(${structureText(a)}, dtype=${a.dtype})`;
}

/** A structure as a tuple: `(1, 2.0)`. */
export function structureText(a: NDArray): string {
  const texts = (a.dtype.fields ?? []).map(({ name }) => fieldText(field(a, name)));
  return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(", ")})`;
}

function fieldText(a: NDArray): string {
  if (a.ndim > 0)
    return arrayRepr(a)
      .replace(/^array\(|(, dtype=.*)?\)$/g, "")
      .replace(/\n */g, " ");
  const { kind, fields } = a.dtype;
  if (fields !== null) return structureText(a);
  if (kind === "U") return pythonString(a.at() as unknown as string);
  if (kind === "S") return pythonBytes(a.at() as unknown as Uint8Array);
  if (kind === "c") return /\[(.*)\]/.exec(arrayStr(atleast1d(a)))?.[1] ?? "";
  const text = arrayStr(a);
  return kind === "M" ? `'${text}'` : text;
}

/** Digits that an integer may have as text, as in Python. */
const MOST_DIGITS = 4300;
const LARGEST = 10n ** BigInt(MOST_DIGITS);

export function integerText(value: bigint): string {
  if (value >= LARGEST || value <= -LARGEST) {
    throw new PythonProblem(
      "ValueError",
      `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion`,
    );
  }
  return String(value);
}
