import type { Descriptor } from "../../dtype/descriptor.ts";
import type { DType } from "../../dtype/map.ts";
import { isString } from "../../dtype/strings.ts";
import { ValueError } from "../../errors.ts";
import { shapeText, sizeOf } from "../../layout/layout.ts";
import { optionsFrom } from "../arguments.ts";
import { type NDArray, requireArray } from "../ndarray.ts";
import { blockText } from "./blocks.ts";
import { type Column, edgesOf, shownElements } from "./column.ts";
import { elementTexts, scalarText } from "./element-texts.ts";
import { changedOptions, currentOptions, type FloatMode, type Formatter, type SignMode } from "./options.ts";

/** No runtime has longer strings. */
const MOST_LETTERS = 2 ** 29;

/** How `array2string` writes an array; what is not given is as `getPrintoptions()` says. */
export interface Array2StringOptions {
  /** The characters in a line. NumPy's `max_line_width`. */
  readonly maxLineWidth?: number | undefined;
  /** The most digits behind the point. */
  readonly precision?: number | undefined;
  /** Whether small floats are written without exponents. NumPy's `suppress_small`. */
  readonly suppressSmall?: boolean | undefined;
  /** What stands between elements, a space unless told. */
  readonly separator?: string | undefined;
  /** What will stand before the text: further lines are indented by as much. */
  readonly prefix?: string | undefined;
  /** What will stand behind the text: lines are shorter by as much. */
  readonly suffix?: string | undefined;
  readonly formatter?: Formatter | undefined;
  /** Arrays of more elements are summarised. */
  readonly threshold?: number | undefined;
  /** The elements shown at either end of a summarised axis. */
  readonly edgeitems?: number | undefined;
  readonly sign?: SignMode | undefined;
  readonly floatmode?: FloatMode | undefined;
}

/** How `arrayStr` and `arrayRepr` write an array. */
export type ArrayTextOptions = Pick<Array2StringOptions, "maxLineWidth" | "precision" | "suppressSmall">;

/**
 * The elements of an array in brackets, as NumPy writes them; of a large one only its edges are read.
 *
 * @throws ValueError for an option that has no such value.
 * @example
 * np.array2string(np.array([1, 2.5, 3]), { precision: 2, separator: "," }); // "[1. ,2.5,3. ]"
 */
export function array2string(a: NDArray, options: Array2StringOptions = {}): string {
  return elementsText("array2string", a, optionsFrom(options, "array2string"));
}

/**
 * What `String(a)` is: the elements as NumPy's `str` writes them, without the dtype.
 *
 * @throws ValueError for an option that has no such value.
 * @example
 * np.arrayStr(np.array([[1, 2], [3, 4]], "int32")); // "[[1 2]\n [3 4]]"
 */
export function arrayStr(a: NDArray, options: ArrayTextOptions = {}): string {
  requireArray(a, "arrayStr");
  return a.ndim === 0
    ? scalarText(columnOf(a, [a.layout.offset]), currentOptions())
    : elementsText("arrayStr", a, optionsFrom(options, "arrayStr"));
}

/**
 * What the console shows: the elements as NumPy's `repr` writes them, with the shape and the dtype where the
 * elements do not say them.
 *
 * @throws ValueError for an option that has no such value.
 * @example
 * np.arrayRepr(np.array([1, 2], "float32")); // "array([1., 2.], dtype=float32)"
 */
export function arrayRepr(a: NDArray, given: ArrayTextOptions = {}): string {
  const options = optionsFrom(given, "arrayRepr");
  const linewidth = options.maxLineWidth ?? currentOptions().linewidth;
  const prefix = "array(";
  const elements = elementsText("arrayRepr", a, { ...options, separator: ", ", prefix, suffix: ")" });
  const extras = extrasOf(a);
  if (extras === "") return `${prefix}${elements})`;
  const text = `${prefix}${elements},`;
  const lastLine = text.length - (text.lastIndexOf("\n") + 1);
  const fits = lastLine + extras.length + 2 <= linewidth;
  return `${text}${fits ? " " : `\n${" ".repeat(prefix.length)}`}${extras})`;
}

function elementsText(caller: string, a: NDArray, given: Array2StringOptions): string {
  const {
    maxLineWidth: linewidth,
    suppressSmall: suppress,
    separator = " ",
    prefix = "",
    suffix = "",
    ...rest
  } = given;
  requireArray(a, caller);
  const options = changedOptions(caller, currentOptions(), { ...rest, linewidth, suppress });
  const { shape } = a.layout;
  if (sizeOf(shape) === 0) return "[]";
  const edges = edgesOf(sizeOf(shape) > options.threshold, options.edgeitems);
  const texts = elementTexts(columnOf(a, shownElements(a.layout, edges)), options);
  const most = texts.length * (prefix.length + separator.length);
  if (most > MOST_LETTERS)
    throw new ValueError(
      `${caller}: ${texts.length} elements with so long a separator or prefix are no text`,
    );
  const rule = { separator, indent: prefix.length + 1, linewidth: options.linewidth - suffix.length, edges };
  return blockText(texts, shape, rule);
}

function columnOf(a: NDArray, at: readonly number[]): Column {
  a.storage.alive();
  return { dtype: a.dtype, storage: a.storage, at, single: a.ndim === 0 };
}

/** What `repr` says behind the elements: the shape when they do not show it, the dtype when they do not imply it. */
function extrasOf(a: NDArray): string {
  const { shape } = a.layout;
  const size = sizeOf(shape);
  const hidden = (size === 0 && shape.length !== 1) || size > currentOptions().threshold;
  const extras = hidden ? [`shape=${shapeText(shape)}`] : [];
  if (size === 0 || !implied.has(a.dtype.type)) extras.push(`dtype=${dtypeName(a.dtype)}`);
  return extras.join(", ");
}

/** The dtypes that elements have when nothing is said. */
const implied: ReadonlySet<DType> = new Set<DType>(["bool", "int64", "float64", "complex128"]);

/** A dtype as an argument: a bare name, a list of fields, or a code in quotes. */
function dtypeName(dtype: Descriptor): string {
  if (dtype.fields !== null) return dtype.toString();
  if (dtype.unit !== null) return dtype.name.endsWith("]") ? `'${dtype.name}'` : dtype.name;
  return dtype.kind === "V" || isString(dtype) ? `'${dtype.str}'` : dtype.name;
}
