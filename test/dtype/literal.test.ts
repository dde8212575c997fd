import assert from "node:assert/strict";
import { test } from "node:test";
import { pythonList, pythonString } from "../../src/dtype/literal.ts";

// text, Python's repr of it
const ROWS: readonly (readonly [string, string])[] = [
  ["", "''"],
  ["abc d", "'abc d'"],
  ["it's", '"it\'s"'],
  ['say "x"', "'say \"x\"'"],
  ["a\"b'c", "'a\"b\\'c'"],
  ["back\\slash", "'back\\\\slash'"],
  ["\t\n\r\0\x7f", "'\\t\\n\\r\\x00\\x7f'"],
  ["\xa0\xad\xe9", "'\\xa0\\xad\xe9'"],
  ["\u2028\u3000\ue000", "'\\u2028\\u3000\\ue000'"],
  ["\ud800", "'\\ud800'"],
  ["\u{1f600}\u{e0001}", "'\u{1f600}\\U000e0001'"],
];

test("a text is written as Python's repr writes it", () => {
  for (const [text, literal] of ROWS) assert.equal(pythonString(text), literal);
});

test("a list is written with a comma and a blank between items", () => {
  assert.equal(pythonList([]), "[]");
  assert.equal(pythonList(["1", "'a'"]), "[1, 'a']");
});
