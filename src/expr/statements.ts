import type { BinaryOperator, Expression, Name, Statement } from "./ast.ts";
import type { Parser } from "./expression-parser.ts";

const blocks = new Set("if for while def class with try async match elif else except finally".split(" "));
const others = new Set("return yield raise assert global nonlocal break continue".split(" "));

/** All statements of a text, one a line or with `;` between them. Indentation has no meaning, since there are no blocks. */
export function statements(parser: Parser): Statement[] {
  const found: Statement[] = [];
  for (;;) {
    skipEmptyLines(parser);
    if (parser.token.kind === "end") return found;
    found.push(statement(parser));
    if (parser.skip(";")) continueAfterSemicolon(parser);
    else if (!endsStatement(parser)) throw parser.unexpected(afterText(parser));
  }
}

/** Behind `;` a line may end, or the next statement begin. */
function continueAfterSemicolon(parser: Parser): void {
  if (parser.is(";")) throw parser.unexpected("invalid syntax: a statement is missing before ';'");
}

function skipEmptyLines(parser: Parser): void {
  while (parser.token.kind === "newline") parser.take();
  if (parser.is(";")) throw parser.unexpected("invalid syntax: a statement is missing before ';'");
}

function endsStatement(parser: Parser): boolean {
  const { kind } = parser.token;
  return kind === "newline" || kind === "end" || parser.is(";");
}

function afterText(parser: Parser): string {
  const { kind, text } = parser.token;
  if (kind === "sign") return `invalid syntax: '${text}' does not belong here`;
  return "invalid syntax: expected an operator, a comma or the end of the line";
}

function statement(parser: Parser): Statement {
  const { kind, text, start } = parser.token;
  if (kind === "name") {
    const isMatch = text === "match";
    if (!isMatch && blocks.has(text))
      throw parser.unexpected(`'${text}' is left out: there are no blocks here`);
    if (others.has(text)) throw parser.unexpected(`'${text}' is left out of the language`);
    if (text === "import" || text === "from") return imports(parser);
    if (parser.skip("del")) return deletion(parser, start);
    if (parser.skip("pass")) return { kind: "pass", start, end: parser.end };
  }
  return assignment(parser, start);
}

function assignment(parser: Parser, start: number): Statement {
  const first = parser.expressions();
  const op = parser.token.kind === "sign" ? /^(.+)=$/.exec(parser.token.text)?.[1] : undefined;
  if (op !== undefined && !/^([=!<>:])$/.test(op)) {
    requireTarget(parser, first, true);
    parser.take();
    const value = parser.expressions();
    return { kind: "augmented", op: op as BinaryOperator, target: first, value, start, end: parser.end };
  }
  const parts = [first];
  while (parser.skip("=")) parts.push(parser.expressions());
  if (parts.length === 1) return { kind: "expression", expression: first, start, end: parser.end };
  const value = parts.pop() as Expression;
  for (const target of parts) requireTarget(parser, target, false);
  return { kind: "assign", targets: parts, value, start, end: parser.end };
}

const targetNames: Readonly<Record<string, string>> = {
  constant: "a literal",
  unary: "an expression",
  binary: "an expression",
  compare: "a comparison",
  logic: "an expression",
  conditional: "a conditional expression",
  call: "a function call",
};

function requireTarget(parser: Parser, target: Expression, single: boolean): void {
  if (target.kind === "name" || target.kind === "index" || target.kind === "attribute") return;
  if (!single && (target.kind === "tuple" || target.kind === "list")) {
    for (const item of target.items) requireTarget(parser, item, false);
    return;
  }
  const what = targetNames[target.kind] ?? `a ${target.kind}`;
  const compared = target.kind === "call" || target.kind === "constant" ? "; '==' compares" : "";
  throw parser.error(`cannot assign to ${what}${compared}`, target);
}

function deletion(parser: Parser, start: number): Statement {
  const target = parser.expressions();
  const targets = target.kind === "tuple" ? target.items : [target];
  for (const one of targets) {
    if (one.kind !== "name") throw parser.error("only names can be deleted here", one);
  }
  return { kind: "delete", targets: targets as readonly Name[], start, end: parser.end };
}

/** `import numpy as np`, `from numpy.lib.stride_tricks import as_strided`. */
function imports(parser: Parser): Statement {
  const { start } = parser.token;
  const bindings: { name: string; path: string; start: number; end: number }[] = [];
  if (parser.skip("from")) {
    const base = modulePath(parser);
    parser.expect("import");
    const inBrackets = parser.skip("(");
    do {
      if (inBrackets && parser.is(")")) break;
      const token = parser.identifier();
      const name = parser.skip("as") ? parser.identifier().text : token.text;
      bindings.push({ name, path: `${base}.${token.text}`, start: token.start, end: parser.end });
    } while (parser.skip(","));
    if (inBrackets) parser.expect(")");
    return { kind: "import", bindings, start, end: parser.end };
  }
  parser.expect("import");
  do {
    const { start: from } = parser.token;
    const path = modulePath(parser);
    const alias = parser.skip("as") ? parser.identifier().text : null;
    const root = path.split(".")[0] as string;
    bindings.push({ name: alias ?? root, path: alias === null ? root : path, start: from, end: parser.end });
  } while (parser.skip(","));
  return { kind: "import", bindings, start, end: parser.end };
}

function modulePath(parser: Parser): string {
  const { start } = parser.token;
  const words = [parser.identifier().text];
  while (parser.skip(".")) words.push(parser.identifier().text);
  if (words[0] !== "numpy") {
    throw parser.error(`there is no module '${words.join(".")}' here; numpy is the only one`, {
      start,
      end: parser.end,
    });
  }
  return words.join(".");
}
