import { Complex } from "../dtype/complex.ts";
import { ExprError } from "./errors.ts";
import { readString } from "./string-literal.ts";

/** Words, numbers, texts and signs. */
export interface Token {
  readonly kind: "name" | "number" | "string" | "sign" | "newline" | "end";
  /** The letters of a name or a sign; of a name with what Unicode calls its normal form. */
  readonly text: string;
  /** The value of a number or a text. */
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
}

const blank = /(?:[ \t\f\r\ufeff]|\\\r?\n|#[^\n]*)+/y;
const blankWithLines = /(?:[ \t\f\r\n\ufeff]|\\\r?\n|#[^\n]*)+/y;
const name = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const hole = /\$\d+/y;
const number =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y;
const sign =
  /\*\*=|\/\/=|<<=|>>=|\.\.\.|\*\*|\/\/|<<|>>|<=|>=|==|!=|:=|->|[-+*/%@&|^]=|[-+*/%@&|^~<>=()[\]{},:.;]/y;
const stringStart = /(?:[rR][bB]?|[bB][rR]?|[uU]|[fFtT][rR]?|[rR][fFtT])?(?:'''|"""|'|")/y;

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Cuts a text into tokens; ends of lines inside of brackets are none. */
export class Lexer {
  readonly #source: string;
  readonly #holes: boolean;
  readonly #tokens: Token[] = [];
  readonly #open: { readonly sign: string; readonly at: number }[] = [];
  #at = 0;

  constructor(source: string, holes: boolean) {
    this.#source = source;
    this.#holes = holes;
  }

  tokens(): readonly Token[] {
    const source = this.#source;
    for (;;) {
      this.#match(this.#open.length > 0 ? blankWithLines : blank);
      if (this.#at >= source.length) break;
      this.#next();
    }
    const left = this.#open.at(-1);
    if (left !== undefined) {
      const range = { start: left.at, end: left.at + 1 };
      throw new ExprError(`'${left.sign}' was never closed`, source, range, "SyntaxError", undefined, true);
    }
    this.#push("end", this.#at, "");
    return this.#tokens;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found === null) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #push(kind: Token["kind"], start: number, text: string, value: unknown = null): void {
    this.#tokens.push({ kind, text, value, start, end: this.#at });
  }

  #next(): void {
    const start = this.#at;
    const first = this.#source[start] as string;
    const quote = this.#match(stringStart);
    const word = quote !== null ? null : (this.#match(name) ?? (this.#holes ? this.#match(hole) : null));
    if (quote !== null) this.#string(start, quote);
    else if (word !== null) this.#push("name", start, word.normalize("NFKC"));
    else if (first === "\n") {
      this.#at++;
      this.#push("newline", start, first);
    } else if (/^\.?\d/.test(this.#source.slice(start, start + 2))) this.#number(start);
    else this.#symbol(start);
  }

  #symbol(start: number): void {
    const symbol = this.#match(sign);
    if (symbol === null) throw this.#stray(start);
    this.#bracket(symbol, start);
    this.#push("sign", start, symbol);
  }

  #bracket(symbol: string, at: number): void {
    if (symbol in closing) this.#open.push({ sign: symbol, at });
    if (symbol !== ")" && symbol !== "]" && symbol !== "}") return;
    const opened = this.#open.pop();
    if (opened === undefined) throw this.#error(`unmatched '${symbol}'`, at, at + 1);
    if (closing[opened.sign] === symbol) return;
    throw this.#error(`closing parenthesis '${symbol}' does not match opening '${opened.sign}'`, at, at + 1);
  }

  #number(start: number): void {
    const text = this.#match(number) as string;
    const after = /[\p{L}\p{Nd}_]+/uy;
    after.lastIndex = this.#at;
    if (after.test(this.#source)) throw this.#error("invalid number", start, after.lastIndex);
    if (/^0[\d_]*[1-9]/.test(text) && /^[\d_]+$/.test(text)) {
      throw this.#error(
        "leading zeros in decimal integers are not permitted; write 0o for octal",
        start,
        this.#at,
      );
    }
    this.#push("number", start, text, numberValue(text));
  }

  #string(start: number, quote: string): void {
    const { value, end } = readString(this.#source, start, quote);
    this.#at = end;
    this.#push("string", start, "", value);
  }

  #stray(at: number): ExprError {
    const char = String.fromCodePoint(this.#source.codePointAt(at) as number);
    const hint =
      char === "!" ? "; Python writes `not`" : char === "?" ? "; Python writes `x if c else y`" : "";
    return this.#error(`invalid character '${char}'${hint}`, at, at + char.length);
  }

  #error(message: string, start: number, end: number): ExprError {
    return new ExprError(message, this.#source, { start, end }, "SyntaxError");
  }
}

function numberValue(text: string): unknown {
  const digits = text.replaceAll("_", "");
  if (/^0[xob]/i.test(digits)) return BigInt(digits);
  if (/j$/i.test(digits)) return new Complex(0, Number(digits.slice(0, -1)));
  return /^\d+$/.test(digits) ? BigInt(digits) : Number(digits);
}
