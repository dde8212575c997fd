/** What `np.strings` holds. */

export { mod } from "../io/string-format.ts";
export { capitalize, lower, swapcase, title, upper } from "../ops/strings/casing.ts";
export {
  isalnum,
  isalpha,
  isdecimal,
  isdigit,
  islower,
  isnumeric,
  isspace,
  istitle,
  isupper,
  strLen,
} from "../ops/strings/classify.ts";
export type { CodecErrors } from "../ops/strings/codecs.ts";
export { add, equal, greater, greaterEqual, less, lessEqual, notEqual } from "../ops/strings/compare.ts";
export { decode, encode } from "../ops/strings/encode.ts";
export { center, ljust, rjust, zfill } from "../ops/strings/pad.ts";
export { partition, rpartition } from "../ops/strings/partition.ts";
export { expandtabs, multiply, slice } from "../ops/strings/repeat.ts";
export { replace } from "../ops/strings/replace.ts";
export { count, endswith, find, index, rfind, rindex, startswith } from "../ops/strings/search.ts";
export { lstrip, rstrip, strip } from "../ops/strings/strip.ts";
export { type ByteTable, type TextTable, translate } from "../ops/strings/translate.ts";
