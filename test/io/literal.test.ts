import assert from "node:assert/strict";
import { test } from "node:test";
import { isNdError } from "../../src/errors.ts";
import { type Literal, parseLiteral } from "../../src/io/literal.ts";

const list = (...items: Literal[]): Literal => ({ kind: "list", items });
const tuple = (...items: Literal[]): Literal => ({ kind: "tuple", items });
const dict = (entries: Record<string, Literal>): Literal => ({
  kind: "dict",
  entries: new Map(Object.entries(entries)),
});

const readable: readonly (readonly [text: string, value: Literal])[] = [
  ["'abc'", "abc"],
  ['"it\'s"', "it's"],
  ["u'abc'", "abc"],
  ["''", ""],
  [String.raw`'a\'b\\c\n\t\r\x41\u00e9\U0001F600\101\0'`, "a'b\\c\n\t\rAé😀A\0"],
  ["'日本'", "日本"],
  ["12", 12],
  ["-12", -12],
  ["+3", 3],
  ["0", 0],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", 9007199254740993n],
  ["3L", 3],
  ["True", true],
  ["False", false],
  ["None", null],
  ["()", tuple()],
  ["(1,)", tuple(1)],
  ["(1)", 1],
  ["( 1 , 2 )", tuple(1, 2)],
  ["(2, 3,)", tuple(2, 3)],
  ["[]", list()],
  ["[1, [2], (3,)]", list(1, list(2), tuple(3))],
  ["{}", dict({})],
  ["{'a': 1, 'b': (2,), }   \n", dict({ a: 1, b: tuple(2) })],
  [
    "[('x', '<f4'), (('t', 'n'), '|u1', (2,))]",
    list(tuple("x", "<f4"), tuple(tuple("t", "n"), "|u1", tuple(2))),
  ],
];

test("Python literals are read as Python reads them", () => {
  for (const [text, value] of readable) assert.deepEqual(parseLiteral(text), value, text);
});

const unreadable: readonly (readonly [text: string, message: RegExp])[] = [
  ["", /wanted a string.* at character 0, found the end/],
  ["{'a': 1", /wanted "}" at character 7, found the end/],
  ["{'a' 1}", /wanted ":" at character 5/],
  ["{1: 2}", /a dict whose keys are strings/],
  ["{'a': 1, 'a': 2}", /"a" is given twice/],
  ["(1 2)", /wanted "\)" at character 3/],
  ["(,)", /wanted a string/],
  ["[1,,2]", /wanted a string/],
  ["'abc", /the end of a string/],
  ["'a\nb'", /the end of a string/],
  [String.raw`'\q'`, /an escape of a Python string/],
  [String.raw`'\x4'`, /an escape of a Python string/],
  [String.raw`'\U00110000'`, /an escape of a Python string/],
  ["1.5", /wanted a string/],
  ["1e9", /wanted a string/],
  ["0x10", /wanted a string/],
  ["true", /wanted a string/],
  ["__import__('os')", /wanted a string/],
  ["(1,) + (2,)", /wanted the end at character 5/],
  ["(1, 2).__class__", /wanted the end/],
  ["b'abc'", /wanted a string|wanted the end/],
  ["9".repeat(41), /wanted a string/],
  ["[".repeat(101) + "]".repeat(101), /more than 100 brackets/],
  ["(".repeat(200_000), /more than 100 brackets/],
];

test("anything else is a ValueError that says where", () => {
  for (const [text, message] of unreadable) {
    assert.throws(
      () => parseLiteral(text),
      (error) => isNdError(error, "value") && message.test(error.message),
      text.slice(0, 40),
    );
  }
});

test("a long text costs time in proportion", () => {
  const started = performance.now();
  const text = `[${"('name', '<f4'), ".repeat(50_000)}]`;
  assert.equal((parseLiteral(text) as Extract<Literal, { items: unknown }>).items.length, 50_000);
  assert.ok(performance.now() - started < 5000);
});
