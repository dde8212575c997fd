/** Casts between dates and strings: moments as ISO 8601, spans as a count and its unit in words. */

import { isGeneric } from "../dtype/date-units.ts";
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
  const room = isString(to) ? lengthOf(to) : 0;
  walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, (q, p) => {
    const element: unknown = from.access.read(source, p);
    const text = isString(from) ? textFrom(element) : String(element);
    if (from.kind === "M" && text.length > room) {
      throw new ValueError(`${JSON.stringify(text)} is longer than the ${room} characters of ${to}`);
    }
    to.access.write(target, q, to.access.coerce(isString(to) ? text.slice(0, room) : text) as never);
  });
}

/** A dtype of dates of no unit with that of strings that are to become such; any other dtype is itself. */
export function withUnitOf(a: NDArray, dtype: Descriptor): Descriptor {
  if (dtype.unit === null || !isGeneric(dtype.unit) || !isString(a.dtype)) return dtype;
  return dateDTypeFor(dtype.type as DateDType, texts(a), "astype");
}

function* texts(a: NDArray): Generator<string> {
  for (const element of scalars(a)) yield textFrom(element);
}
