import { arrayRepr, arrayStr } from "../array/format/array2string.ts";
import type { NDArray } from "../array/ndarray.ts";
import { pythonBytes, pythonString } from "../dtype/literal.ts";
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

/** `np.void((1, 2.0), dtype=[('x', '<i4'), ('y', '<f8')])`, from the text of an array of no axes. */
function voidText(a: NDArray): string {
  return arrayRepr(a)
    .replace(/^array\(/, "np.void(")
    .replace(/\n */g, " ");
}

/** Digits that an integer may have as text, as in Python. */
const MOST_DIGITS = 4300;

export function integerText(value: bigint): string {
  const size = value < 0n ? -value : value;
  if (size >> 14300n !== 0n || size >= 10n ** BigInt(MOST_DIGITS)) {
    throw new PythonProblem(
      "ValueError",
      `Exceeds the limit (${MOST_DIGITS} digits) for integer string conversion`,
    );
  }
  return String(value);
}
