import { isBlank } from "./blanks.ts";

/**
 * What Python's `str` asks of a single character, by Unicode's properties: each class is a bit. The runtime knows most of
 * the properties; those of digits and numbers that are no decimals are the ranges here (Unicode 14, as in Python 3.10).
 */

export const ALPHA = 1;
export const DECIMAL = 2;
export const DIGIT = 4;
export const NUMERIC = 8;
export const BLANK = 16;
export const LOWER = 32;
export const UPPER = 64;
export const TITLE = 128;

/** Digits that make up no decimal number, such as superscripts: Numeric_Type=Digit. */
const digits =
  /[\xb2\xb3\xb9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]/u;

/** Letters that are numbers: Numeric_Type=Numeric among the ideographs. */
const numbers =
  /[\u3405\u3483\u382a\u3b4d\u4e00\u4e03\u4e07\u4e09\u4e5d\u4e8c\u4e94\u4e96\u4ebf\u4ec0\u4edf\u4ee8\u4f0d\u4f70\u5104\u5146\u5169\u516b\u516d\u5341\u5343-\u5345\u534c\u53c1-\u53c4\u56db\u58f1\u58f9\u5e7a\u5efe\u5eff\u5f0c-\u5f0e\u5f10\u62fe\u634c\u67d2\u6f06\u7396\u767e\u8086\u842c\u8cae\u8cb3\u8d30\u9621\u9646\u964c\u9678\u96f6\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}]/u;

const properties: readonly (readonly [pattern: RegExp, bits: number])[] = [
  [/\p{L}/u, ALPHA],
  [/\p{Nd}/u, DECIMAL | DIGIT | NUMERIC],
  [digits, DIGIT | NUMERIC],
  [/\p{N}/u, NUMERIC],
  [numbers, NUMERIC],
  [/\p{Lowercase}/u, LOWER],
  [/\p{Uppercase}/u, UPPER],
  [/\p{Lt}/u, TITLE],
];

/** What has been asked once, by the code point. */
const known = new Map<number, number>();
const latin = new Uint8Array(128);
let isReady = false;

/** The classes of a code point. */
export function classesOf(code: number): number {
  if (code < 128) {
    if (!isReady) for (let k = 0; k < 128; k++) latin[k] = found(k);
    isReady = true;
    return latin[code]!;
  }
  const bits = known.get(code);
  if (bits !== undefined) return bits;
  const fresh = code > 0x10ffff ? 0 : found(code);
  known.set(code, fresh);
  return fresh;
}

/** The classes of a byte: those of ASCII, none above. */
export function byteClassesOf(code: number): number {
  return code < 128 ? classesOf(code) : 0;
}

function found(code: number): number {
  const text = String.fromCodePoint(code);
  let bits = isBlank(code) ? BLANK : 0;
  for (const [pattern, its] of properties) if (pattern.test(text)) bits |= its;
  return bits;
}
