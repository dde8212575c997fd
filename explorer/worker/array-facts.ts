import { NumpyScalar, PyTuple } from "../../src/expr/values.ts";
import * as np from "../../src/index.ts";
import { bytesText } from "../src/number-text.ts";
import type { ArrayFacts, CopyFact, Picture } from "../src/protocol.ts";
import type { Pair } from "./comparison.ts";
import { bufferNumber } from "./memory.ts";
import { pictureOf } from "./pictures.ts";
import { looksOf } from "./samples.ts";

/** What the page is told of an array: what it is, and where it comes from. */

/** Arrays of up to this many elements are drawn with their card, as they were when the statement had run. */
const DRAWN_AT_ONCE = 400;
/** So long may drawing take in one run; what is left is drawn when it is looked at. */
const DRAWING_MS = 400;
const MOST_TEXT = 20_000;

/** The arrays of a value, with what to call them. */
export function arraysIn(value: unknown, label: string): Pair[] {
  if (value instanceof np.NDArray) return isScalar(value) ? [] : [[label, value]];
  const items = value instanceof PyTuple ? value.items : Array.isArray(value) ? value : [];
  return items.flatMap((item: unknown, k) =>
    item instanceof np.NDArray ? arraysIn(item, `${label}[${k}]`) : [],
  );
}

/** A NumPy scalar is an array of no axes here, but a value to whoever reads it. */
const isScalar = (array: np.NDArray): boolean => array instanceof NumpyScalar;

/** What a value is, in a few words. */
export function typeText(value: unknown): string {
  if (value instanceof np.NDArray) {
    const shape = value.shape.join(", ");
    return isScalar(value) ? `${value.dtype}` : `${value.dtype} (${shape}${value.ndim === 1 ? "," : ""})`;
  }
  if (value === null || value === undefined) return "None";
  if (value instanceof PyTuple) return `tuple of ${value.items.length}`;
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  if (value instanceof np.Complex) return "complex";
  return "";
}

interface Place {
  readonly key: string;
  readonly label: string;
  readonly source: string;
  readonly name: string | null;
  readonly copies: readonly CopyFact[];
  /** Whether the statement wrote into it. */
  readonly written: boolean;
}

/** Describes arrays one statement after another, and remembers which there were. */
export class ArrayDescriber {
  private readonly seen = new WeakSet<object>();
  private readonly owners = new WeakSet<object>();
  private readonly texts = new Map<string, string>();
  private readonly width: number;
  private drawing = 0;
  private readonly variables: () => ReadonlyMap<string, unknown>;

  constructor(variables: () => ReadonlyMap<string, unknown>, width: number) {
    this.variables = variables;
    this.width = width;
  }

  /** Takes note that the arrays of a value exist. */
  remember(value: unknown): void {
    const arrays = value instanceof np.NDArray ? [value] : arraysIn(value, "").map(([, array]) => array);
    for (const array of arrays) {
      this.seen.add(array);
      this.owners.add(ownerOf(array));
    }
  }

  factsOf(array: np.NDArray, place: Place): ArrayFacts {
    const { key, label } = place;
    const report = np.memoryOf(array);
    const { flags } = array;
    const names = ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED"] as const;
    const text = array.repr();
    this.texts.set(key, text);
    return {
      ...{ key, label, ...this.originOf(array, place) },
      text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} …` : text,
      dtype: String(array.dtype),
      shape: array.shape,
      strides: array.strides,
      itemsize: array.itemsize,
      size: array.size,
      nbytes: array.nbytes,
      flags: names.map((name) => ({ name, set: flags[name] })),
      base: this.baseText(array),
      layout: report.layout,
      notC: report.notC,
      notF: report.notF,
      buffer: bufferNumber(array.buffer),
      offset: array.byteOffset,
      looks: looksOf(array),
      picture: this.pictureNow([label, array]),
    };
  }

  /** Which of the arrays print another text now. */
  changed(arrays: ReadonlyMap<string, Pair>): string[] {
    const written = [...arrays].filter(([key, [, array]]) => array.repr() !== this.texts.get(key));
    return written.map(([key]) => key);
  }

  private pictureNow(pair: Pair): Picture | null {
    if (pair[1].size > DRAWN_AT_ONCE || this.drawing > DRAWING_MS) return null;
    const started = performance.now();
    const picture = pictureOf([pair], this.width);
    this.drawing += performance.now() - started;
    return picture;
  }

  private originOf(array: np.NDArray, place: Place): Pick<ArrayFacts, "origin" | "why"> {
    if (place.written && this.seen.has(array))
      return { origin: "written", why: "in place: whatever looks at these bytes sees it" };
    if (this.seen.has(array)) {
      const other = this.nameOf(array, place.name);
      const why =
        other === null ? "no copy: this array was there before" : `no copy: the array that ${other} names`;
      return { origin: "same", why };
    }
    if (this.owners.has(ownerOf(array))) return { origin: "view", why: this.viewText(array, place) };
    return { origin: "new", why: newText(array, place.copies) };
  }

  private viewText(array: np.NDArray, { source, name }: Place): string {
    const owner = ownerOf(array);
    const candidates = [...this.variables()].filter(
      ([other, value]) => other !== name && value instanceof np.NDArray && ownerOf(value) === owner,
    );
    const mentioned =
      candidates.find(([other]) => new RegExp(`\\b${other}\\b`).test(source)) ?? candidates[0];
    if (mentioned === undefined) return "of an array that was there before; nothing was copied";
    return `of ${mentioned[0]}${differences(array, mentioned[1] as np.NDArray)}; nothing was copied`;
  }

  /** The variable that an array is. */
  nameOf(array: object, except: string | null): string | null {
    for (const [name, value] of this.variables()) if (value === array && name !== except) return name;
    return null;
  }

  private baseText(array: np.NDArray): string {
    const { base } = array;
    if (base === null) return "None";
    if (!(base instanceof np.NDArray)) return "a buffer";
    const name = this.nameOf(base, null);
    return name ?? `an array without a name, ${typeText(base)}`;
  }
}

function ownerOf(array: np.NDArray): object {
  let owner: np.NDArray = array;
  while (owner.base instanceof np.NDArray) owner = owner.base;
  return owner.base ?? owner;
}

/** In what a view differs from an array over the same memory. */
function differences(view: np.NDArray, from: np.NDArray): string {
  const tuple = (numbers: readonly number[]) => `(${numbers.join(", ")}${numbers.length === 1 ? "," : ""})`;
  const parts = [
    ["dtype", String(view.dtype), String(from.dtype)],
    ["shape", tuple(view.shape), tuple(from.shape)],
    ["strides", tuple(view.strides), tuple(from.strides)],
  ].filter(([, now, before]) => now !== before);
  const words = parts.map(([name, now, before]) => `${name} ${now} instead of ${before}`);
  const later = view.byteOffset - from.byteOffset;
  if (later !== 0)
    words.push(`the first element ${bytesText(Math.abs(later))} ${later > 0 ? "further on" : "before"}`);
  return words.length === 0 ? "" : `: ${words.join(", ")}`;
}

/** What was copied last is the result, when it has its size and the trace says why it was copied. */
function newText(array: np.NDArray, copies: readonly CopyFact[]): string {
  const wrapped = array.base instanceof np.NDArray ? "; the result is a view of it" : "";
  const last = copies.at(-1);
  const isCopy = last?.what === "copied" && last.bytes === array.nbytes && !last.why.startsWith("for ");
  // A view of it may show its elements several times.
  const { ownerBytes } = np.memoryOf(array);
  if (!isCopy) return `made for the result, ${bytesText(ownerBytes)}${wrapped}`;
  return `a copy by ${last.operation}: ${last.why}${wrapped}`;
}
