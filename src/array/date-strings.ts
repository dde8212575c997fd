/** Casts between dates and strings: moments as ISO 8601, spans as a count and its unit in words. */

import { coerceDatetime, coerceTimedelta } from "../dtype/date-coerce.ts";
import { dateText, spanText } from "../dtype/date-scalars.ts";
import { type DateDType, dateDTypeFor } from "../dtype/dates.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { isString, lengthOf } from "../dtype/strings.ts";
import { ValueError } from "../errors.ts";
import { walkOuter2 } from "../layout/walk.ts";
import type { TypedPlace } from "./cast.ts";
import { scalars } from "./elements.ts";
import type { NDArray } from "./ndarray.ts";

/** An element of a dtype of strings as text. */
function textFrom(element: unknown): string {
  return typeof element === "string" ? element : String.fromCharCode(...(element as Uint8Array));
}

/** Casts moments or spans to strings, or strings to them. */
export function castDateStrings(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  const [source, target] = [src.storage.view, dst.storage.view];
  const walk = (visit: (q: number, p: number) => void) =>
    walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, visit);
  if (isString(from)) {
    const unit = to.unit!;
    const count = to.kind === "M" ? coerceDatetime : coerceTimedelta;
    walk((q, p) => target.setBigInt64(q, count(textFrom(from.access.read(source, p)), unit), true));
    return;
  }
  const unit = from.unit!;
  const moments = from.kind === "M";
  const room = lengthOf(to);
  walk((q, p) => {
    const value = source.getBigInt64(p, true);
    const text = moments ? dateText(value, unit) : spanText(value, unit);
    if (moments && text.length > room) {
      throw new ValueError(`${JSON.stringify(text)} is longer than the ${room} characters of ${to}`);
    }
    writeText(target, q, text, room, to.itemsize / room);
  });
}

/** Writes a text of ASCII characters, and zeros behind it, as characters of one byte or four. */
export function writeText(target: DataView, at: number, text: string, room: number, bytes: number): void {
  const { length } = text;
  for (let k = 0; k < room; k++) {
    const code = k < length ? text.charCodeAt(k) : 0;
    if (bytes === 4) target.setUint32(at + 4 * k, code, true);
    else target.setUint8(at + k, code);
  }
}

/** A dtype of dates of no unit with that of strings that are to become such. */
export function unitOfTexts(a: NDArray, dtype: Descriptor): Descriptor {
  return dateDTypeFor(dtype.type as DateDType, texts(a), "astype");
}

function* texts(a: NDArray): Generator<string> {
  for (const element of scalars(a)) yield textFrom(element);
}
