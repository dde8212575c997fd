/** What `np.char` holds: much of `np.strings`, comparisons that leave out white space at the ends, and what splits. */
export { mod } from "../io/string-format.ts";
export { capitalize, lower, swapcase, title, upper } from "../ops/strings/casing.ts";
export {
  compareChararrays,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  multiply,
  notEqual,
  partition,
  rpartition,
} from "../ops/strings/char.ts";
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
export { add } from "../ops/strings/compare.ts";
export { decode, encode } from "../ops/strings/encode.ts";
export { center, ljust, rjust, zfill } from "../ops/strings/pad.ts";
export { expandtabs } from "../ops/strings/repeat.ts";
export { replace } from "../ops/strings/replace.ts";
export { count, endswith, find, index, rfind, rindex, startswith } from "../ops/strings/search.ts";
export { join, type Pieces, rsplit, split, splitlines } from "../ops/strings/split.ts";
export { lstrip, rstrip, strip } from "../ops/strings/strip.ts";
export { translate } from "../ops/strings/translate.ts";
