import type { Expression } from "./ast.ts";
import { ExprError, type Range } from "./errors.ts";
import type { Token } from "./lexer.ts";

/** Words that are no names. */
export const reserved: ReadonlySet<string> = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);

/** Goes through tokens, and makes nodes that do not lie too deep. */
export class TokenReader {
  readonly source: string;
  readonly #tokens: readonly Token[];
  protected readonly maxDepth: number;
  #at = 0;

  constructor(source: string, tokens: readonly Token[], maxDepth: number) {
    this.source = source;
    this.#tokens = tokens;
    this.maxDepth = maxDepth;
  }

  get token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** Where the last token that was taken ends. */
  get end(): number {
    return this.#at === 0 ? 0 : (this.#tokens[this.#at - 1] as Token).end;
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== "end") this.#at++;
    return token;
  }

  /** Whether the next token is a sign or a word. */
  is(text: string): boolean {
    const { kind, text: found } = this.token;
    return found === text && (kind === "sign" || kind === "name");
  }

  skip(text: string): boolean {
    const found = this.is(text);
    if (found) this.#at++;
    return found;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw this.unexpected(`expected '${text}'`);
  }

  error(message: string, range: Range): ExprError {
    return new ExprError(message, this.source, range, "SyntaxError");
  }

  unexpected(wanted: string): ExprError {
    const { kind, text } = this.token;
    if (kind === "end") return this.error(`${wanted}; the text ends here`, this.token);
    return this.error(kind === "newline" ? `${wanted}; the line ends here` : wanted, {
      start: this.token.start,
      end: Math.max(this.token.end, this.token.start + text.length),
    });
  }

  identifier(): Token {
    const { token } = this;
    if (token.kind !== "name" || reserved.has(token.text)) throw this.unexpected("expected a name");
    return this.take();
  }

  /** A node, if it does not lie too deep. */
  node<const N extends Range>(node: N, ...children: (Expression | null)[]): N & { readonly depth: number } {
    let depth = 0;
    for (const child of children) if (child !== null && child.depth > depth) depth = child.depth;
    if (depth >= this.maxDepth) throw this.tooDeep(node);
    return { ...node, depth: depth + 1 };
  }

  protected tooDeep(range: Range): ExprError {
    return this.error(`too deep: more than ${this.maxDepth} expressions in one another`, range);
  }

  /** The token behind the next one. */
  protected get following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }
}
