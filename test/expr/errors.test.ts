import assert from "node:assert/strict";
import { test } from "node:test";
import { ExprError, Interpreter } from "../../src/expr/index.ts";
import { array, isNdError, zeros } from "../../src/index.ts";

function failing(source: string): ExprError {
  try {
    new Interpreter({ variables: { a: zeros([2, 3]), n: 3 } }).run(source);
  } catch (error) {
    assert.ok(error instanceof ExprError, String(error));
    return error;
  }
  throw new Error(`${source} does not fail`);
}

// «…» marks the innermost part that fails.
const failures: readonly (readonly [marked: string, python: string, message: RegExp])[] = [
  ["1 + «foo» * 2", "NameError", /name 'foo' is not defined$/],
  ["«reshap»(a)", "NameError", /did you mean 'reshape'\?/],
  ["«np.zeroes»((2, 3))", "AttributeError", /did you mean 'zeros'\?/],
  ["«a.rehsape»(6)", "AttributeError", /did you mean 'reshape'\?/],
  ["np.sum(«a.shap»)", "AttributeError", /did you mean 'shape'\?/],
  ["2 * («1 / 0» + 3)", "ZeroDivisionError", /division by zero/],
  ["x = 1\ny = «a[5]» + x", "IndexError", /index 5 is out of bounds for axis 0 with size 2/],
  ["a + «np.reshape(a, (4, 2))»", "ValueError", /cannot reshape/],
  ["np.exp(«a @ a»)", "ValueError", /matmul/],
  ["«a + np.zeros(4)»", "ValueError", /cannot be broadcast/],
  ["np.sum(«a[0, 0, 0]»)", "IndexError", /too many indices/],
  ["«not a» or 1", "ValueError", /ambiguous/],
  ["«0 < a < 1»", "ValueError", /ambiguous/],
  ["«np.sum(a, axis=2)»", "IndexError", /axis 2 is out of bounds/],
  ["«np.sum(a, axes=2)»", "TypeError", /unexpected keyword argument 'axes'; it takes a, axis/],
  ["«np.reshape(a)»", "TypeError", /missing the argument 'shape'/],
  ["«np.zeros(1, 2, 3, 4, 5)»", "TypeError", /at most 3 arguments/],
  ["«np.zeros(3, 'f5')»", "TypeError", /f5/],
  [
    "«a[0, 0] = 'x'»".replace("«a[0, 0] = 'x'»", "«a[0, 0]» = 'x'"),
    "ValueError",
    /could not convert|cannot|'x'|"x"/,
  ],
  ["«a[9]» = 1", "IndexError", /out of bounds/],
  ["«a[9]» += 1", "IndexError", /out of bounds/],
  ["«a += 1j»", "TypeError", /cannot cast/],
  ["b = 5\n«b[0]»", "TypeError", /not subscriptable/],
  ["«n(2)»", "TypeError", /'int' object is not callable/],
  ["«b, c» = 1", "TypeError", /not iterable/],
  ["«b, c» = 1, 2, 3", "ValueError", /too many values to unpack/],
  ["del «zz»", "NameError", /'zz' is not defined/],
  ["from numpy import «nothing»", "NameError", /numpy.nothing/],
  ["«1 if a else 2»", "ValueError", /ambiguous/],
  ["'a' + «'b' * (1 << 40)»", "MemoryError", /too long/],
  ["«'a' + 1»", "TypeError", /unsupported operand type\(s\) for \+: 'str' and 'int'/],
  ["«len(5)»", "TypeError", /not iterable/],
  ["«np.array([1, [2, 3]])»", "ValueError", /./],
  ["«[1, 2][7]»", "IndexError", /out of range/],
];

test("an error names the innermost part that fails, and what is wrong", () => {
  for (const [marked, python, message] of failures) {
    const error = failing(marked.replace(/[«»]/g, ""));
    assert.equal(error.python, python, marked);
    assert.match(error.message, message, marked);
    assert.deepEqual([error.start, error.end], [marked.indexOf("«"), marked.indexOf("»") - 1], marked);
  }
});

test("an error of the library keeps its kind, and is the cause", () => {
  const error = failing("np.reshape(a, (4, 2))");
  assert.ok(isNdError(error, "shape"));
  assert.ok(isNdError(error.cause, "shape"));
  assert.equal(error.message, (error.cause as Error).message);
});

test("what is shown has the line and the mark", () => {
  assert.equal(
    failing("b = a * 2\nc = b @ np.ones(4)").display.split("\n").slice(1).join("\n"),
    "    c = b @ np.ones(4)\n        ^^^^^^^^^^^^^^",
  );
});

test("statements before the one that fails have been run, and one that fails changes nothing", () => {
  const session = new Interpreter({ variables: { a: array([1, 2, 3], "uint8") } });
  assert.throws(() => session.run("b = a + 1\na[:] = 300\nc = 1"), ExprError);
  assert.deepEqual([...session.variables.keys()], ["a", "b"]);
  assert.equal(String(session.variables.get("a")), "[1 2 3]");
});
