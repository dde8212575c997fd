import assert from "node:assert/strict";
import { test } from "node:test";
import { ExprError, type Expression, isUnfinished, parse, repr } from "../../src/expr/index.ts";

/** An expression with all of its brackets. */
function brackets(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.id;
    case "constant":
      return repr(node.value);
    case "binary":
      return `(${brackets(node.left)} ${node.op} ${brackets(node.right)})`;
    case "unary":
      return `(${node.op} ${brackets(node.operand)})`;
    case "compare":
      return `(${[brackets(node.left), ...node.ops.map((op, k) => `${op} ${brackets(node.operands[k]!)}`)].join(" ")})`;
    case "logic":
      return `(${node.operands.map(brackets).join(` ${node.op} `)})`;
    case "conditional":
      return `(${brackets(node.then)} if ${brackets(node.test)} else ${brackets(node.otherwise)})`;
    case "attribute":
      return `${brackets(node.object)}.${node.name}`;
    case "call":
      return `${brackets(node.callee)}(${node.args.map(({ name, spread, value }) => `${spread ? "*" : name === null ? "" : `${name}=`}${brackets(value)}`).join(", ")})`;
    case "index":
      return `${brackets(node.object)}[${brackets(node.index)}]`;
    case "slice":
      return [node.lower, node.upper, node.step]
        .map((part) => (part === null ? "" : brackets(part)))
        .join(":");
    case "tuple":
      return `(${node.items.map(brackets).join(", ")},)`;
    case "list":
      return `[${node.items.map(brackets).join(", ")}]`;
  }
}

function read(text: string): string {
  const [statement] = parse(text).statements;
  assert.equal(statement?.kind, "expression");
  return brackets((statement as { expression: Expression }).expression);
}

test("operators bind as in Python", () => {
  const cases: readonly (readonly [text: string, meant: string])[] = [
    ["a + b * c", "(a + (b * c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a ** b ** c", "(a ** (b ** c))"],
    ["-a ** b", "(- (a ** b))"],
    ["a ** -b", "(a ** (- b))"],
    ["~a + b", "((~ a) + b)"],
    ["- - a", "(- (- a))"],
    ["a @ b * c", "((a @ b) * c)"],
    ["a << b + c", "(a << (b + c))"],
    ["a & b | c ^ d", "((a & b) | (c ^ d))"],
    ["a & b == c", "((a & b) == c)"],
    ["a < b <= c", "(a < b <= c)"],
    ["not a == b", "(not (a == b))"],
    ["not a in b", "(not (a in b))"],
    ["a not in b", "(a not in b)"],
    ["a is not b", "(a is not b)"],
    ["a or b and not c", "(a or (b and (not c)))"],
    ["a if b else c if d else e", "(a if b else (c if d else e))"],
    ["a, b", "(a, b,)"],
    ["a,", "(a,)"],
    ["()", "(,)"],
    ["(a)", "a"],
    ["[a, b,]", "[a, b]"],
    ["f(a, *b, c=d)", "f(a, *b, c=d)"],
    ["a.b.c(1)[2]", "a.b.c(1)[2]"],
    ["a[1:2, ::-1, ..., None]", "a[(1:2:, ::(- 1), Ellipsis, None,)]"],
    ["a[:]", "a[::]"],
    ["a[::]", "a[::]"],
    ["a[b:c:d]", "a[b:c:d]"],
    ["a[1,]", "a[(1,)]"],
    ["1_000 + 0x_ff + 0b11 + 0o17", "(((1000 + 255) + 3) + 15)"],
    ["1e3 + 1. + .5 + 1_0.0_1", "(((1000.0 + 1.0) + 0.5) + 10.01)"],
    ["2j + 1.5J", "(2j + 1.5j)"],
    ["'a' \"b\" r'\\n' '\\x41\\u00e9\\n'", "'ab\\\\nAé\\n'"],
    ["b'a\\x00' B'b'", "b'a\\x00b'"],
    ["'''a\nb'''", "'a\\nb'"],
    ["(a +\n # note\n b)", "(a + b)"],
    ["a + \\\n b", "(a + b)"],
  ];
  for (const [text, meant] of cases) assert.equal(read(text), meant, text);
});

test("statements are told apart, on lines and with semicolons", () => {
  const kinds = (text: string) => parse(text).statements.map(({ kind }) => kind);
  assert.deepEqual(kinds("a = 1; b\nc += 2\n\n# note\ndel a, b\nimport numpy as np\npass;"), [
    "assign",
    "expression",
    "augmented",
    "delete",
    "import",
    "pass",
  ]);
  assert.deepEqual(kinds(""), []);
  assert.deepEqual(kinds("a = b = c, d = 1, 2"), ["assign"]);
});

test("every node knows its place", () => {
  const source = "x = a[1:, 0] + f(b, c=2)";
  const [statement] = parse(source).statements;
  const places: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { kind, start, end } = node as { kind?: string; start?: number; end?: number };
    if (kind !== undefined && start !== undefined) places.push(`${kind}: ${source.slice(start, end)}`);
    for (const child of Object.values(node)) Array.isArray(child) ? child.forEach(visit) : visit(child);
  };
  visit(statement);
  assert.deepEqual(places, [
    "assign: x = a[1:, 0] + f(b, c=2)",
    "name: x",
    "binary: a[1:, 0] + f(b, c=2)",
    "index: a[1:, 0]",
    "name: a",
    "tuple: 1:, 0",
    "slice: 1:",
    "constant: 1",
    "constant: 0",
    "call: f(b, c=2)",
    "name: f",
    "name: b",
    "constant: 2",
  ]);
});

// «…» marks the place that the error names.
const mistakes: readonly (readonly [marked: string, message: RegExp])[] = [
  ["1 +«»", /expected an expression; the text ends here/],
  ["«(»1", /'\(' was never closed/],
  ["a[1«)»", /closing parenthesis '\)' does not match opening '\['/],
  ["a«]»", /unmatched '\]'/],
  ["a «b»", /expected an operator/],
  ["a = «=» b", /'=' does not belong here/],
  ["«1» = a", /cannot assign to a literal/],
  ["«f(x)» = 1", /cannot assign to a function call/],
  ["(a, «1») = b", /cannot assign to a literal/],
  ["«a + b» += 1", /cannot assign to an expression/],
  ["«(a, b)» += 1", /cannot assign to a tuple/],
  ["«for» x in y: pass", /'for' is left out/],
  ["«def» f(): pass", /'def' is left out/],
  ["«lambda» x: x", /lambda is left out/],
  ["[x «for» x in y]", /comprehensions are left out/],
  ["«{»}", /dictionaries and sets are left out/],
  ["«f'»a'", /f-strings are left out/],
  ["«'»abc", /unterminated string/],
  ["«'»a\nb'", /unterminated string/],
  ["'a«\\x»1'", /escape/],
  ["«'a' b'b'»", /cannot mix bytes/],
  ["«b'é'»", /bytes can only contain ASCII/],
  ["«012»", /leading zeros/],
  ["«1abc»", /invalid number/],
  ["a «$» b", /invalid character '\$'/],
  ["«!»a", /Python writes `not`/],
  ["a«?» b", /Python writes `x if c else y`/],
  ["f(a=1, «a=2»)", /repeated: a/],
  ["f(a=1, «2»)", /positional argument follows/],
  ["f(«**»a)", /left out/],
  ["a[«]»", /an index is missing/],
  ["a[1«:»:2:3]", /./],
  ["a if b«»", /expected 'else'/],
  ["a.«1»", /./],
  ["import «os»", /there is no module 'os'/],
  ["del «a[0]»", /only names can be deleted/],
  ["«;» a", /a statement is missing/],
  ["a;«;» b", /a statement is missing/],
  ["«True» = 1", /cannot assign to a literal/],
  ["a = «yield»", /does not belong here/],
  ["«while» a: b", /left out/],
  ["x«:=»1", /does not belong here/],
];

test("errors of syntax name the place", () => {
  for (const [marked, message] of mistakes) {
    const source = marked.replace(/[«»]/g, "");
    const start = marked.indexOf("«");
    assert.throws(
      () => parse(source),
      (error: unknown) => {
        assert.ok(error instanceof ExprError, source);
        assert.equal(error.python, "SyntaxError");
        assert.match(error.message, message, source);
        // Where a part of a number is wrong, or a text ends, the end of the place is left to the reader.
        if (!/\[1«:»|\.«1»|«\\x»/.test(marked))
          assert.deepEqual([error.start, error.end], [start, marked.indexOf("»") - 1], source);
        assert.equal(error.source, source);
        return true;
      },
      source,
    );
  }
});

test("the line, the column and the marks of an error", () => {
  assert.throws(
    () => parse("a = 1\n\tb = (2 +"),
    (error: unknown) => {
      const { line, column, display } = error as ExprError;
      assert.deepEqual([line, column], [2, 6]);
      assert.equal(display, "SyntaxError: '(' was never closed\n    \tb = (2 +\n    \t    ^");
      return true;
    },
  );
});

test("a text that may go on is told from one that is wrong", () => {
  for (const text of ["(1", "a[", "f(a,\n", "'''a", "a + \\", "[\n1,"])
    assert.equal(isUnfinished(text), true, text);
  for (const text of ["1", "1 +", "a b", ")", "'a", "", "# (", "'('"])
    assert.equal(isUnfinished(text), false, text);
});

test("holes are names where they are asked for", () => {
  assert.equal(parse("$0 + $12", { holes: true }).statements.length, 1);
  assert.throws(() => parse("$0"), /invalid character/);
});
