import { simpleEscapes } from "../io/literal.ts";
import { ExprError } from "./errors.ts";
import { PyBytes } from "./values.ts";

const escape = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\r\n|[\s\S]))/g;

/** A text or bytes as Python writes them, from `start` on, where `quote` is the prefix and the opening quote. */
export function readString(
  source: string,
  start: number,
  quote: string,
): { readonly value: string | PyBytes; readonly end: number } {
  const [, prefix = "", mark = ""] = /^([a-zA-Z]*)(.*)$/.exec(quote) as unknown as string[];
  const error = (message: string, from: number, to: number) =>
    new ExprError(message, source, { start: from, end: to }, "SyntaxError");
  if (/[ft]/i.test(prefix))
    throw error("f-strings are left out; use str() and +", start, start + quote.length);
  const from = start + quote.length;
  const to = endOf(source, from, mark);
  if (to < 0) {
    const range = { start, end: start + quote.length };
    throw new ExprError(
      "unterminated string literal",
      source,
      range,
      "SyntaxError",
      undefined,
      mark.length > 1,
    );
  }
  const raw = source.slice(from, to);
  const isBytes = /b/i.test(prefix);
  const text = /r/i.test(prefix) ? raw : unescaped(raw, isBytes, (at, why) => error(why, from + at, to));
  const end = to + mark.length;
  if (!isBytes) return { value: text, end };
  if (/[^\0-\xff]/.test(text) || /[^\0-\x7f]/.test(raw)) {
    throw error("bytes can only contain ASCII literal characters", start, end);
  }
  return { value: new PyBytes(Uint8Array.from(text, (char) => char.charCodeAt(0))), end };
}

/** Where the closing quote stands, or -1. */
function endOf(source: string, from: number, mark: string): number {
  for (let at = from; at < source.length; at++) {
    if (source.startsWith(mark, at)) return at;
    const char = source[at];
    if (char === "\\") at++;
    else if (char === "\n" && mark.length === 1) return -1;
  }
  return -1;
}

function unescaped(raw: string, isBytes: boolean, fail: (at: number, why: string) => Error): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(escape, (whole, octal, hex, short, long, other, at: number) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (isBytes && (short ?? long) !== undefined) return whole;
    const code = short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) throw fail(at, "illegal Unicode character");
      return String.fromCodePoint(point);
    }
    if (other === "\r\n") return "";
    if (other === "x" || (!isBytes && /[uUN]/.test(other)))
      throw fail(at, `truncated or unknown \\${other} escape`);
    return simpleEscapes[other as string] ?? whole;
  });
}
