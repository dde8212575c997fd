import type { DTypeLike } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import type { Order } from "../layout/layout.ts";
import { inOrder } from "./copy.ts";
import type { ArrayInput } from "./create.ts";
import { copyArray, workingCopy } from "./duplicate.ts";
import { OWNDATA, WRITEABLE } from "./flags.ts";
import { dataOf, type NDArray } from "./ndarray.ts";

/** What can be required of an array, by letter. E (to be an array and no subclass) always holds here. */
const tests = {
  C: (a: NDArray) => a.isContiguous("C"),
  F: (a: NDArray) => a.isContiguous("F"),
  A: (a: NDArray) => a.isAligned(),
  W: (a: NDArray) => (a.bits & WRITEABLE) !== 0,
  O: (a: NDArray) => (a.bits & OWNDATA) !== 0,
  E: () => true,
} as const;

type Letter = keyof typeof tests;

const words: Readonly<Record<string, Letter>> = {
  CONTIGUOUS: "C",
  C_CONTIGUOUS: "C",
  FORTRAN: "F",
  F_CONTIGUOUS: "F",
  ALIGNED: "A",
  WRITEABLE: "W",
  OWNDATA: "O",
  ENSUREARRAY: "E",
};

/**
 * The array itself when it has the dtype and all that is required, else a copy that has.
 *
 * @param requirements letters or words, in one text (`"CW"`) or a list: C (C_CONTIGUOUS), F (F_CONTIGUOUS),
 * A (ALIGNED), W (WRITEABLE), O (OWNDATA), E (ENSUREARRAY)
 * @throws ValueError for a requirement that is none, and for C together with F.
 * @example
 * np.require(np.arange(6).slice("::2"), null, ["C", "W"]).flags.cContiguous; // true
 */
export function require(
  a: ArrayInput,
  dtype: DTypeLike | null = null,
  requirements: string | readonly string[] = [],
): NDArray {
  const letters = lettersOf(requirements ?? []);
  const order: Order = letters.has("C") ? "C" : letters.has("F") ? "F" : "A";
  if (letters.has("C") && letters.has("F")) {
    throw new ValueError("require: C and F order exclude each other; ask for one of them");
  }
  const found = inOrder(a, dtype, order, "require", true);
  const missing = [...letters].find((letter) => !tests[letter](found));
  return missing === undefined ? found : copyArray(found, order, `require because ${lacks[missing]}`);
}

/** What an array lacks that does not hold a letter; C and F are seen to before. */
const lacks: Readonly<Record<Letter, string>> = {
  C: "it is not C-contiguous",
  F: "it is not F-contiguous",
  A: "the elements are not aligned",
  W: "the array is read-only",
  O: "the array does not own its memory",
  E: "",
};

function lettersOf(requirements: string | readonly string[]): Set<Letter> {
  if (typeof requirements !== "string" && !Array.isArray(requirements)) {
    throw new ValueError(`require: requirements ${textOf(requirements)} are no letters and no list of words`);
  }
  const whole = typeof requirements === "string" && Object.hasOwn(words, requirements.toUpperCase());
  const parts = whole ? [requirements] : [...requirements];
  return new Set(parts.map(letterOf));
}

function letterOf(text: unknown): Letter {
  const upper = typeof text === "string" ? text.toUpperCase() : "";
  if (Object.hasOwn(words, upper)) return words[upper]!;
  if (Object.hasOwn(tests, upper)) return upper as Letter;
  throw new ValueError(
    `require: ${textOf(text)} is no requirement; one of ${Object.keys(tests).join(", ")} or ${Object.keys(words).join(", ")}`,
  );
}

/**
 * The array as `asarray` makes it, once it is known to hold no infinity and no NaN. NumPy's `asarray_chkfinite`.
 *
 * @throws ValueError when it holds one.
 * @example
 * np.asarrayChkfinite([1, 2]).dtype.name; // "float64"
 */
export function asarrayChkfinite(a: ArrayInput, dtype: DTypeLike | null = null, order: Order = "K"): NDArray {
  const found = inOrder(a, dtype, order ?? "K", "asarrayChkfinite");
  if (!isFinite(found)) throw new ValueError("asarrayChkfinite: array must not contain infs or NaNs");
  return found;
}

function isFinite(a: NDArray): boolean {
  const { kind, itemsize } = a.dtype;
  if (kind !== "f" && kind !== "c") return true;
  if (itemsize >= 4 && a.isContiguous("C") && a.isAligned())
    return (dataOf(a) as Float64Array).every(Number.isFinite);
  // Every float is finite exactly when it is as a float64.
  const doubles = workingCopy(a, kind === "c" ? plain.complex128 : plain.float64, "C", "asarrayChkfinite");
  return dataOf(doubles).every(Number.isFinite);
}
