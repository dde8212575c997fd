import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { columnsOf } from "./cells.ts";
import { checkTextDType } from "./row-reader.ts";
import { RowStore } from "./row-store.ts";
import {
  type SyncTextSource,
  type TextOptions,
  type TextSource,
  takeText,
  takeTextSync,
  WholeText,
} from "./text-source.ts";

/**
 * An array of structures from a text: one for each place where a regular expression matches, one field for each of its groups.
 * The text comes from whatever `loadtxt` reads, and is held in memory.
 *
 * @param regexp a RegExp or its source; without groups the whole match is the one field
 * @param dtype a dtype with as many fields as there are groups
 * @param options `{ encoding, onProgress }`
 * @throws DTypeError for a dtype without fields; ValueError when a group cannot be read, or there are more or fewer of them.
 * @example
 * const a = await np.fromregex(["x=1 y=2", "x=3 y=4"], /x=(\d+) y=(\d+)/, [["x", "i4"], ["y", "f8"]]);
 * a.tolist(); // [{ x: 1, y: 2 }, { x: 3, y: 4 }]
 */
export async function fromregex<const S extends DTypeLike>(
  source: TextSource | PromiseLike<TextSource>,
  regexp: RegExp | string,
  dtype: S,
  options: TextOptions = {},
): Promise<NDArray<DTypeOf<S>>> {
  const type = structured(dtype, "fromregex");
  const taker = new WholeText((text) => matches(text, regexp, type, "fromregex"));
  return takeText(source, options, taker, "fromregex") as Promise<NDArray<DTypeOf<S>>>;
}

/**
 * {@link fromregex} without waiting, from a path, a `file:` URL, bytes or lines.
 *
 * @example
 * np.fromregexSync(["1-2", "3-4"], /(\d)-(\d)/, [["a", "i4"], ["b", "i4"]]).field("b").tolist(); // [2, 4]
 */
export function fromregexSync<const S extends DTypeLike>(
  source: SyncTextSource,
  regexp: RegExp | string,
  dtype: S,
  options: TextOptions = {},
): NDArray<DTypeOf<S>> {
  const type = structured(dtype, "fromregexSync");
  const taker = new WholeText((text) => matches(text, regexp, type, "fromregexSync"));
  return takeTextSync(source, options, taker, "fromregexSync") as NDArray<DTypeOf<S>>;
}

function structured(dtype: DTypeLike, caller: string): Descriptor {
  const type = descriptorFor(dtype);
  if (type.fields === null) throw new DTypeError(`${caller}: dtype ${type} has no fields`);
  checkTextDType(type);
  return type;
}

function matches(text: string, regexp: RegExp | string, dtype: Descriptor, caller: string): NDArray {
  const columns = columnsOf(dtype);
  const store = new RowStore(dtype.itemsize);
  const pattern =
    typeof regexp === "string" ? new RegExp(regexp, "g") : new RegExp(regexp.source, withAll(regexp.flags));
  for (const match of text.matchAll(pattern)) {
    const groups = match.length === 1 ? [match[0]] : match.slice(1);
    if (groups.length !== columns.length) {
      throw new ValueError(
        `the expression has ${groups.length} groups, but the dtype ${columns.length} fields`,
      );
    }
    const at = store.next();
    columns.forEach(({ read, offset, dtype: type }, k) => {
      const group = groups[k] ?? "";
      if (read(group, 0, group.length, store.view, at + offset)) return;
      throw new ValueError(`${textOf(group)} at character ${match.index} cannot be read as ${type}`);
    });
    store.rows++;
  }
  return store.array([store.rows], dtype, caller);
}

function withAll(flags: string): string {
  return `${flags.replace(/[gy]/g, "")}g`;
}
