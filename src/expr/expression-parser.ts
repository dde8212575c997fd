import type { Argument, BinaryOperator, Comparison, Expression, SliceNode } from "./ast.ts";
import type { Token } from "./lexer.ts";
import { reserved, TokenReader } from "./token-reader.ts";
import { ELLIPSIS, PyBytes } from "./values.ts";

const binding: Readonly<Record<string, number>> = {
  "|": 1,
  "^": 2,
  "&": 3,
  "<<": 4,
  ">>": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "//": 6,
  "%": 6,
  "@": 6,
};

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

const comparisons = new Set(["<", "<=", ">", ">=", "==", "!="]);

/** Expressions, by the precedence of their operators. Each method reads one kind of them, from the weakest to the strongest. */
export class Parser extends TokenReader {
  #nesting = 0;

  /** Expressions with commas between them are a tuple. */
  expressions(item: () => Expression = () => this.expression()): Expression {
    const { start } = this.token;
    const first = item();
    if (!this.is(",")) return first;
    const items = [first];
    while (this.skip(",")) {
      if (!this.#startsExpression()) break;
      items.push(item());
    }
    return this.node({ kind: "tuple", items, start, end: this.end }, ...items);
  }

  #startsExpression(): boolean {
    const { kind, text } = this.token;
    if (kind === "sign") return /^(\(|\[|\{|-|\+|~|\.\.\.|:|\*)$/.test(text);
    if (kind === "name")
      return !reserved.has(text) || constants.has(text) || text === "not" || text === "lambda";
    return kind === "number" || kind === "string";
  }

  expression(): Expression {
    if (++this.#nesting > this.maxDepth) throw this.tooDeep(this.token);
    const { start } = this.token;
    if (this.is("lambda")) throw this.unexpected("lambda is left out of the language");
    const then = this.#or();
    if (!this.skip("if")) {
      this.#nesting--;
      return then;
    }
    const test = this.#or();
    this.expect("else");
    const otherwise = this.expression();
    this.#nesting--;
    return this.node(
      { kind: "conditional", test, then, otherwise, start, end: this.end },
      test,
      then,
      otherwise,
    );
  }

  #or(): Expression {
    return this.#logic("or", () => this.#logic("and", () => this.#not()));
  }

  #logic(op: "and" | "or", next: () => Expression): Expression {
    const { start } = this.token;
    const first = next();
    if (!this.is(op)) return first;
    const operands = [first];
    while (this.skip(op)) operands.push(next());
    return this.node({ kind: "logic", op, operands, start, end: this.end }, ...operands);
  }

  #not(): Expression {
    const { start } = this.token;
    if (!this.skip("not")) return this.#comparison();
    if (++this.#nesting > this.maxDepth) throw this.tooDeep(this.token);
    const operand = this.#not();
    this.#nesting--;
    return this.node({ kind: "unary", op: "not", operand, start, end: this.end }, operand);
  }

  #comparison(): Expression {
    const { start } = this.token;
    const left = this.#binary(1);
    const ops: Comparison[] = [];
    const operands: Expression[] = [];
    for (let op = this.#comparisonSign(); op !== null; op = this.#comparisonSign()) {
      ops.push(op);
      operands.push(this.#binary(1));
    }
    if (ops.length === 0) return left;
    return this.node({ kind: "compare", left, ops, operands, start, end: this.end }, left, ...operands);
  }

  #comparisonSign(): Comparison | null {
    const { kind, text } = this.token;
    if (kind === "sign") return comparisons.has(text) ? (this.take().text as Comparison) : null;
    if (this.skip("in")) return "in";
    if (this.skip("is")) return this.skip("not") ? "is not" : "is";
    if (!this.is("not") || this.following?.text !== "in") return null;
    this.take();
    this.take();
    return "not in";
  }

  #binary(least: number): Expression {
    const { start } = this.token;
    let left = this.#unary();
    for (;;) {
      const { kind, text } = this.token;
      const strength = kind === "sign" ? (binding[text] ?? 0) : 0;
      if (strength < least) return left;
      this.take();
      const right = this.#binary(strength + 1);
      left = this.node(
        { kind: "binary", op: text as BinaryOperator, left, right, start, end: this.end },
        left,
        right,
      );
    }
  }

  #unary(): Expression {
    const { start, kind, text } = this.token;
    if (kind !== "sign" || (text !== "-" && text !== "+" && text !== "~")) return this.#power();
    this.take();
    if (++this.#nesting > this.maxDepth) throw this.tooDeep(this.token);
    const operand = this.#unary();
    this.#nesting--;
    return this.node({ kind: "unary", op: text, operand, start, end: this.end }, operand);
  }

  #power(): Expression {
    const { start } = this.token;
    const left = this.#primary();
    if (!this.skip("**")) return left;
    if (++this.#nesting > this.maxDepth) throw this.tooDeep(this.token);
    const right = this.#unary();
    this.#nesting--;
    return this.node({ kind: "binary", op: "**", left, right, start, end: this.end }, left, right);
  }

  /** An atom with its attributes, calls and indices. */
  #primary(): Expression {
    const { start } = this.token;
    let object = this.#atom();
    for (;;) {
      if (this.skip(".")) {
        const name = this.identifier().text;
        object = this.node({ kind: "attribute", object, name, start, end: this.end }, object);
      } else if (this.skip("(")) {
        const args = this.#args();
        const values = args.map(({ value }) => value);
        object = this.node({ kind: "call", callee: object, args, start, end: this.end }, object, ...values);
      } else if (this.skip("[")) {
        const index = this.#subscript();
        object = this.node({ kind: "index", object, index, start, end: this.end }, object, index);
      } else return object;
    }
  }

  #args(): Argument[] {
    const args: Argument[] = [];
    while (!this.is(")")) {
      args.push(this.#arg(args));
      if (!this.skip(",")) break;
    }
    if (this.is("for")) throw this.unexpected("comprehensions are left out of the language");
    this.expect(")");
    return args;
  }

  #arg(before: readonly Argument[]): Argument {
    const { start, kind, text } = this.token;
    if (this.is("**")) throw this.unexpected("** in a call is left out of the language");
    const spread = this.skip("*");
    const next = this.following;
    const isKeyword = !spread && kind === "name" && next?.kind === "sign" && next.text === "=";
    if (isKeyword) {
      this.identifier();
      this.take();
    }
    const value = this.expression();
    const range = { start, end: this.end };
    if (isKeyword && before.some(({ name }) => name === text)) {
      throw this.error(`keyword argument repeated: ${text}`, range);
    }
    if (!isKeyword && !spread && before.some(({ name }) => name !== null)) {
      throw this.error("positional argument follows keyword argument", range);
    }
    return { name: isKeyword ? text : null, spread, value, ...range };
  }

  #subscript(): Expression {
    if (this.is("]")) throw this.unexpected("an index is missing between the brackets");
    const index = this.expressions(() => this.#slice());
    this.expect("]");
    return index;
  }

  #slice(): Expression {
    const { start } = this.token;
    const part = () => (this.is(":") || this.is(",") || this.is("]") ? null : this.expression());
    const lower = part();
    if (!this.skip(":")) {
      if (lower === null) throw this.unexpected("expected an index");
      return lower;
    }
    const upper = part();
    const step = this.skip(":") ? part() : null;
    const node = { kind: "slice", lower, upper, step, start, end: this.end } as const;
    return this.node(node, lower, upper, step) as SliceNode;
  }

  #atom(): Expression {
    const { token } = this;
    const { start, kind, text } = token;
    if (kind === "number") {
      this.take();
      return this.node({ kind: "constant", value: token.value, start, end: this.end });
    }
    if (kind === "string") return this.#strings();
    if (kind === "name") return this.#word(token);
    if (this.skip("(")) return this.#parenthesised(start);
    if (this.skip("[")) return this.#list(start);
    if (this.skip("...")) return this.node({ kind: "constant", value: ELLIPSIS, start, end: this.end });
    if (text === "{") throw this.unexpected("dictionaries and sets are left out of the language");
    if (text === "*" || text === "**") throw this.unexpected(`${text} can stand in a call only`);
    throw this.unexpected(
      kind === "sign" ? `invalid syntax: '${text}' does not belong here` : "expected an expression",
    );
  }

  #word(token: Token): Expression {
    const { text, start, end } = token;
    if (constants.has(text)) {
      this.take();
      return this.node({ kind: "constant", value: constants.get(text), start, end });
    }
    if (reserved.has(text)) throw this.unexpected(`invalid syntax: '${text}' does not belong here`);
    this.take();
    return this.node({ kind: "name", id: text, start, end });
  }

  #parenthesised(start: number): Expression {
    if (this.skip(")")) return this.node({ kind: "tuple", items: [], start, end: this.end });
    const inner = this.expressions();
    if (this.is("for")) throw this.unexpected("comprehensions are left out of the language");
    if (this.is(":=")) throw this.unexpected("':=' is left out of the language");
    this.expect(")");
    return { ...inner, start, end: this.end };
  }

  #list(start: number): Expression {
    const items: Expression[] = [];
    while (!this.is("]")) {
      items.push(this.expression());
      if (!this.skip(",")) break;
    }
    if (this.is("for")) throw this.unexpected("comprehensions are left out of the language");
    this.expect("]");
    return this.node({ kind: "list", items, start, end: this.end }, ...items);
  }

  /** Texts side by side are one. */
  #strings(): Expression {
    const { start } = this.token;
    const parts: unknown[] = [];
    while (this.token.kind === "string") parts.push(this.take().value);
    const range = { start, end: this.end };
    if (parts.every((part) => typeof part === "string")) {
      return this.node({ kind: "constant", value: parts.join(""), ...range });
    }
    if (!parts.every((part) => part instanceof PyBytes))
      throw this.error("cannot mix bytes and nonbytes literals", range);
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part.bytes]));
    return this.node({ kind: "constant", value: new PyBytes(bytes), ...range });
  }
}
