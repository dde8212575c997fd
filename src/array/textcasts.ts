/**
 * Numbers as text, and text as numbers: what Python's `str`, `int`, `float` and `complex` make of them.
 */

import type { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { floatText } from "../dtype/number-text.ts";
import { isString } from "../dtype/strings.ts";
import { DTypeError } from "../errors.ts";
import { walkOuter2 } from "../layout/walk.ts";
import type { TypedPlace } from "./castplain.ts";
import { floatFormat } from "./format/float-format.ts";
import { complexScalarText, floatScalarText } from "./format/scalar-text.ts";

type Step = (value: never) => unknown;

/** Casts between strings and what is none. */
export function castNumbers(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  const step = isString(to) ? writerOf(from, to) : readerOf(from, to);
  const [source, target] = [src.storage.view, dst.storage.view];
  walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, (q, p) => {
    to.access.write(target, q, step(from.access.read(source, p) as never) as never);
  });
}

const writers: { readonly [kind: string]: (bytes: number) => (value: never) => string } = {
  b: () => (value: boolean) => (value ? "True" : "False"),
  i: () => (value: number | bigint) => String(value),
  u: () => (value: number | bigint) => String(value),
  f: (bytes) => {
    const format = floatFormat(bytes);
    return bytes === 8 ? floatText : (value: number) => floatScalarText(value, format);
  },
  c: (bytes) => {
    const format = floatFormat(bytes / 2);
    return (value: Complex) => complexScalarText(value, format);
  },
};

/** What writes an element of a dtype as Python's `str` does; undefined for what is no number and no bool. */
export function numberWriter({ kind, itemsize }: Descriptor): ((value: never) => string) | undefined {
  return writers[kind]?.(itemsize);
}

/** What makes text of an element. */
function writerOf(from: Descriptor, to: Descriptor): Step {
  const writer = numberWriter(from);
  if (writer === undefined) throw noCast(from, to);
  // What is written as bytes is ASCII.
  return to.kind === "U" ? writer : (value) => to.access.coerce(writer(value));
}

/** What makes an element of text. */
function readerOf(from: Descriptor, to: Descriptor): Step {
  if (writers[to.kind] === undefined) throw noCast(from, to);
  const { coerce } = to.access;
  if (from.kind === "U") return coerce;
  return (bytes: Uint8Array) => coerce(String.fromCharCode(...bytes));
}

function noCast(from: Descriptor, to: Descriptor): DTypeError {
  return new DTypeError(`cannot cast ${from} to ${to}; there is no such cast`);
}
