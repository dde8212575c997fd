import assert from "node:assert/strict";
import { test } from "node:test";
import { ExprError, Interpreter, parse } from "../../src/expr/index.ts";
import { Dice } from "../layout/model.ts";

/** Runs a text that must end soon, by itself or in an error of ours, and says which. */
function run(source: string, limits = {}): string {
  const start = process.cpuUsage();
  let told = "";
  try {
    told = new Interpreter({ limits }).run(source).at(-1)?.text ?? "";
  } catch (error) {
    assert.ok(error instanceof ExprError, `${source.slice(0, 60)}: ${error}`);
    told = `${error.python}: ${error.message}`;
  }
  const took = process.cpuUsage(start).user / 1000;
  assert.ok(took < 20_000, `${source.slice(0, 60)} took ${took} ms of a core`);
  return told;
}

test("deep texts are errors, and never an overflow of the stack", () => {
  const many = 50_000;
  const deep = [
    "(".repeat(many),
    `${"(".repeat(many / 2)}1${")".repeat(many / 2)}`,
    "[".repeat(many),
    `a${"[0".repeat(many / 2)}`,
    `${"-".repeat(many)}1`,
    `${"not ".repeat(10_000)}1`,
    `${"~".repeat(many)}1`,
    `1${" + 1".repeat(10_000)}`,
    `1${" ** 1".repeat(10_000)}`,
    `x${".T".repeat(20_000)}`,
    `f${"()".repeat(many / 2)}`,
    `${"f(".repeat(many / 2)}`,
    `1${" if 1 else 1".repeat(5000)}`,
    `a${"[0]".repeat(many / 3)} = 1`,
    `${"(a,".repeat(20_000)}`,
  ];
  for (const text of deep) assert.match(run(text), /too deep|never closed|too long/, text.slice(0, 30));
  assert.match(run(`1${" < 2".repeat(20_000)}`), /True|too|ambiguous|steps|False/);
  assert.match(run(`x = ${"1 + ".repeat(150)}1`), /^$/);
});

test("long texts are errors", () => {
  assert.match(run(`${"1;".repeat(60_000)}`), /too long/);
  assert.match(run("1\n".repeat(100), { length: 50 }), /too long/);
});

test("large numbers, texts and lists are errors before they are made", () => {
  const cases: readonly (readonly [source: string, message: RegExp])[] = [
    ["9**9**9**9", /too large/],
    ["9**9**9", /too large/],
    ["2**(10**30)", /too large/],
    ["1 << 10**12", /too large/],
    ["10**4300", /Exceeds the limit/],
    ["x = 10**200000; x * x * x * x", /too large|Exceeds/],
    ["(-1) ** (10**40)", /^1$/],
    ["1 >> 10**30", /^0$/],
    ["2.0 ** 100000", /OverflowError/],
    ["'a' * 10**12", /too long/],
    ["[0] * 10**12", /too long/],
    ["(0,) * 10**9", /too long/],
    ["[[0] * 10**6] * 10**6; 0", /too long/],
    ["[] * 10**30", /^\[\]$/],
    ["list(range(10**12))", /too long/],
    ["np.array(range(10**12))", /too long/],
    ["range(10**30)", /^range/],
    ["'%s' % 1", /unsupported/],
    ["x = [1]\nx.append(x)\nx", /^\[1, \[\.\.\.\]\]$/],
    ["x = [1]\nx.append(x)\nnp.array(x)", /more than 64 lists/],
    ["x = [1]\nx.append(x)\nnp.array(x)", /Error/],
    [`a = [1]; ${"a = [a, a]; ".repeat(40)}np.array(a)`, /too long/],
    [`a = []; ${"a = (a, a); ".repeat(40)}np.sum(a)`, /too long/],
    ["x = 'ab' * 5000000\nx = x + x", /too long/],
    ["int('9' * 100000)", /invalid literal/],
    ["np.zeros(10**13)", /Error/],
    ["np.zeros((10**6, 10**6))", /Error/],
    ["np.arange(10**15)", /Error/],
    ["np.broadcast_to(1, (10**9, 10**3)).copy()", /Error/],
    ["np.broadcast_to(1, (10**9, 10**3)).tolist()", /Error/],
    ["np.ones(100)[[0] * 10**6][0]", /1/],
    ["list(np.broadcast_to(1, 10**9))", /too long/],
    ["np.tile([1], 10**13)", /Error/],
    ["np.repeat([1, 2], 10**13)", /Error/],
    ["np.pad([1], 10**13)", /Error/],
    ["np.eye(10**8)", /Error/],
    ["np.zeros((1,) * 100)", /Error/],
    ["np.zeros((0,) * 100)", /Error/],
    ["np.array('x' * 10**6)", /./],
    ["round(1.5, 10**30)", /./],
    ["np.zeros(-1)", /Error/],
    ["np.arange(2) == 2**64", /array\(\[False, False\]\)/],
    ["np.arange(2) != -2**99", /array\(\[ True, {2}True\]\)/],
    ["np.zeros(2**70)", /Error/],
    ["np.arange(3)[2**70]", /IndexError/],
    ["np.arange(3)[-2**70:2**70:2**70]", /array\(\[0\]\)/],
    ["[1,2,3][::2**70]", /\[1\]/],
    ["np.arange(0, 1, 1e-15)", /Error/],
  ];
  for (const [source, message] of cases) assert.match(run(source), message, source);
});

test("a statement may take so much memory, and a run so many steps", () => {
  assert.match(run("np.zeros(1000)", { bytes: 7999 }), /MemoryError: 8000 bytes more are too many/);
  assert.match(run("np.zeros(500); np.zeros(499).sum()", { bytes: 4100 }), /0\.0/);
  assert.match(run("a = np.zeros(500) + np.zeros(500)", { bytes: 9000 }), /MemoryError/);
  assert.match(run("[1, 2, 3, 4]", { steps: 3 }), /too many steps/);
});

test("numbers are rounded and made as Python does it, ranges are equal that give the same", () => {
  const facts: readonly (readonly [source: string, shown: string])[] = [
    [
      "round(1234, -2), round(-1250, -2), round(1350, -2), round(7, -1), round(5, -9)",
      "(1200, -1200, 1400, 10, 0)",
    ],
    ["round(10**30 + 5, -1), round(15, 3), round(25, -1)", "(1000000000000000000000000000000, 15, 20)"],
    ["complex(1, -0.0), complex(-0.0, 0), complex(1j, 1), complex(2j)", "((1-0j), (-0+0j), 2j, 2j)"],
    [
      "range(3) == range(0, 3), range(0, 3, 2) == range(0, 4, 2), range(2) == range(3)",
      "(True, True, False)",
    ],
    ["range(0) == range(5, 2), range(1, 2) == range(1, 2, 9), range(3) != range(3)", "(True, True, False)"],
  ];
  for (const [source, shown] of facts) assert.equal(run(source), shown, source);
});

test("the memory of an array is its own: what lies beside it is not shown", () => {
  assert.equal(run("np.frombuffer(np.ones(3))"), "array([1., 1., 1.])");
  assert.equal(run("np.frombuffer(np.arange(9)[3:5], np.int64)"), "array([3, 4])");
  assert.match(run("np.frombuffer(np.arange(9)[::2], np.int64)"), /ValueError/);
});

test("only what is listed can be reached", () => {
  const names =
    "__class__ __proto__ constructor prototype __defineGetter__ __lookupGetter__ hasOwnProperty valueOf toString storage layout viewAs retype bits buffer data call apply bind arguments caller length name then items positional keywords values".split(
      " ",
    );
  const values = [
    "np",
    "np.char",
    "a",
    "a.dtype",
    "a.flags",
    "a.flat",
    "a[0]",
    "1",
    "1.5",
    "'x'",
    "[1]",
    "(1,)",
    "np.sum",
    "np.add",
    "np.add.reduce",
    "a.sum",
    "np.int8",
    "int",
    "None",
    "True",
    "2j",
    "slice(1)",
    "range(3)",
    "b'x'",
    "...",
    "np.r_",
    "np.iinfo('i1')",
    "print",
    "np.unique_counts([1])",
  ];
  const listed =
    /^a\.dtype\.name$|iinfo.*\.(bits)$|^(np|np\.char)\.(constructor|data)$|iinfo.*\.values$|unique_counts.*\.values$/;
  for (const value of values) {
    for (const name of names) {
      const text = `${value.startsWith("1") && !value.includes(".") ? `(${value})` : value}.${name}`;
      if (listed.test(text)) continue;
      assert.match(run(`a = np.arange(3); ${text}`), /AttributeError/, text);
    }
  }
  for (const name of [
    ...names,
    "globalThis",
    "process",
    "eval",
    "exec",
    "open",
    "__import__",
    "Function",
    "this",
    "window",
    "undefined",
  ]) {
    assert.match(run(name), /NameError/, name);
    assert.match(run(`np.iinfo('i1')['${name}']`), /KeyError|TypeError|Error/, name);
    assert.match(run(`np.zeros(2)['${name}']`), /IndexError/, name);
    assert.match(run(`np.zeros(2, [('x', 'f4')])['${name}']`), /Error/, name);
    assert.match(run(`np.sum([1], ${name === "this" ? "this_" : name}=1)`), /unexpected keyword|Error/, name);
  }
  assert.match(run("from numpy import constructor"), /NameError/);
  assert.match(run("import numpy.__proto__ as p; p"), /NameError/);
});

test("names of JS objects are names like any other", () => {
  assert.equal(run("__proto__ = 5; constructor = 6; __proto__ + constructor"), "11");
  assert.equal(run("toString = 1; toString"), "1");
});

test("any letters give a program or an error, soon", () => {
  const dice = new Dice(7);
  const words = [
    "(",
    ")",
    "[",
    "]",
    "1",
    "2.5",
    "np",
    ".",
    "a",
    ",",
    ":",
    "=",
    "+",
    "**",
    "*",
    "'",
    '"',
    "\\",
    "\n",
    " ",
    "if",
    "else",
    "not",
    "in",
    "lambda",
    "#",
    ";",
    "b'",
    "0x",
    "1e",
    "...",
    "é",
    "\u2028",
    "😀",
    "\0",
    "reshape",
    "zeros",
    "{",
    "}",
    "~",
    "<",
    ">>",
    "->",
    "@",
  ];
  for (let k = 0; k < 10_000; k++) {
    const text = Array.from({ length: dice.int(1, 12) }, () => dice.pick(words)).join(
      dice.chance(0.5) ? "" : " ",
    );
    try {
      parse(text);
    } catch (error) {
      if (!(error instanceof ExprError)) throw new Error(`${JSON.stringify(text)}: ${error}`);
      assert.ok(
        error.start >= 0 && error.end >= error.start && error.end <= text.length + 1,
        JSON.stringify(text),
      );
    }
  }
});
