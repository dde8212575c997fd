import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { numberWriter } from "../array/textcasts.ts";
import { isString } from "../dtype/strings.ts";
import { rowsOf, walkOver } from "../engine/string-rows.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { elementOffset } from "../layout/basic.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { textOfRow } from "../ops/strings/casing.ts";
import { fromRows, rowsIn } from "../ops/strings/encode.ts";
import { type StringInput, type StringOf, stringsFrom } from "../ops/strings/operands.ts";
import { type Format, type Printed, readFormat } from "./printf.ts";

/**
 * Each string as a format of Python's, with `%`, filled with one value: `"%d"`, `"%.2f"`, `"%5s"`. Both are broadcast.
 * Returns a copy as wide as the longest result, in C order.
 *
 * @throws DTypeError when `a` is of no strings, or a format does not fit a value; ValueError when a string is no format,
 * or not of exactly one value.
 * @example
 * np.strings.mod(["%d", "%05.2f"], [1, 2.5]).tolist(); // ["1", "02.50"]
 */
export function mod<V extends StringInput>(a: V, values: ArrayInput): NDArray<StringOf<V>> {
  const formats = stringsFrom(a, "mod", "a");
  const given: NDArray = asarray(values);
  const shape = broadcastShapes([formats.layout.shape, given.layout.shape], "mod");
  const walk = walkOver(shape, "C");
  const read = formatReader();
  const print = printerOf(given);
  const layout = broadcastLayout(given.layout, shape)!;
  const index = shape.map(() => 0);
  const rows: number[][] = [];
  const formatRows = rowsOf(formats, walk);
  let format: Format | null = null;
  for (const row of rowsIn(walk, formatRows)) {
    format = format !== null && formatRows.step === 0 ? format : read(row);
    const text = filled(format, print(elementOffset(layout, index)));
    rows.push(Array.from(text, (char) => char.codePointAt(0)!));
    step(index, shape);
  }
  return fromRows(walk, formats.dtype.kind === "U" ? "str" : "bytes", rows, "mod") as NDArray<StringOf<V>>;
}

/** The next index in C order. */
function step(index: number[], shape: readonly number[]): void {
  for (let k = shape.length - 1; k >= 0; k--) {
    index[k] = index[k]! + 1;
    if (index[k]! < shape[k]!) return;
    index[k] = 0;
  }
}

/** What reads a row as a format; the one read last is kept. */
function formatReader(): (row: readonly number[]) => Format {
  const known = new Map<string, Format>();
  return (row) => {
    const text = textOfRow(Uint32Array.from(row), 0, row.length);
    const format = known.get(text) ?? readFormat(text);
    if (format.conversions.length !== 1) {
      throw new ValueError(
        `mod: ${JSON.stringify(text)} takes ${format.conversions.length} values; there is one`,
      );
    }
    if (known.size < 1000) known.set(text, format);
    return format;
  };
}

/** What reads the element at a byte of an array of values. */
function printerOf(values: NDArray): (at: number) => Printed {
  const { dtype, storage } = values;
  const writer = isString(dtype) ? null : numberWriter(dtype);
  if (writer === undefined) throw new DTypeError(`mod: values of dtype ${dtype} cannot be written`);
  return (at) => {
    const value = dtype.access.read(storage.view, at);
    if (writer !== null)
      return { value: value as number, kind: dtype.kind, text: () => writer(value as never) };
    const text = typeof value === "string" ? value : String.fromCharCode(...(value as Uint8Array));
    return { value: text, kind: dtype.kind, text: () => text };
  };
}

function filled({ texts, conversions }: Format, printed: Printed): string {
  return texts[0]! + conversions[0]!(printed) + texts[1]!;
}
