import assert from "node:assert/strict";
import { test } from "node:test";
import { observeMemory } from "../../src/array/allocate.ts";
import { type ErrorKind, isNdError } from "../../src/errors.ts";
import { ExprError, Interpreter, parse, repr, type Statement } from "../../src/expr/index.ts";
import { Prepared } from "../../src/expr/prepared.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { ProgramMaker } from "./generate.ts";

/** What a value is: as Python prints it, with dtype and strides of an array. */
function facts(value: unknown): string {
  const more = value instanceof np.NDArray ? ` ${value.dtype} ${value.shape} ${value.strides}` : "";
  return repr(value) + more;
}

function attempt(run: () => unknown): string {
  try {
    return facts(run());
  } catch (error) {
    if (!(error instanceof ExprError)) throw error;
    return `${error.python} at ${error.start} to ${error.end}: ${error.message}`;
  }
}

function statementsOf(source: string): readonly Statement[] {
  try {
    return parse(source).statements;
  } catch {
    return [];
  }
}

const count = Number(process.env["NDVIEW_EXPR_PROGRAMS"] ?? 500);

test("programs give what the interpreter gives, statement by statement, also the second time", () => {
  let values = 0;
  for (let seed = 0; seed < count; seed++) {
    const source = new ProgramMaker(new Dice(77_000_000 + seed)).program();
    if (source.includes("print(")) continue;
    const statements = statementsOf(source);
    const session = new Interpreter();
    for (const [k, statement] of statements.entries()) {
      const expected = attempt(() => session.execute(statement, source).value);
      const prepared = new Prepared({ source, statements: statements.slice(0, k + 1) }, []);
      for (const round of [1, 2, 3]) {
        assert.equal(
          attempt(() => prepared.run([])),
          expected,
          `${source}\n statement ${k}, round ${round}`,
        );
      }
      if (/ at \d+ to \d+: /.test(expected)) break;
      values++;
    }
  }
  assert.ok(values > 2 * count, `${values} values`);
});

/** Longer element-wise expressions of x, y, z and numbers. */
function elementwise(dice: Dice, depth: number): string {
  const inner = () => elementwise(dice, depth - 1);
  if (depth <= 0)
    return dice.pick(["x", "y", "z", "r", "s", "2", "3", "0.5", "2.0", "-1", "True", "x.T.T", "y[::1]"]);
  const kind = dice.int(0, 10);
  if (kind === 0) return `-${inner()}`;
  if (kind === 1) return `np.${dice.pick(["abs", "square", "sqrt", "exp", "negative", "sign"])}(${inner()})`;
  if (kind === 2)
    return `np.${dice.pick(["maximum", "add", "subtract", "arctan2", "minimum"])}(${inner()}, ${inner()})`;
  if (kind === 3) return `(${inner()}) ** ${dice.pick(["2", "0.5", "3", "2.0", "-1"])}`;
  if (kind === 4) return `(${inner()} ${dice.pick(["<", ">=", "==", "!="])} ${inner()})`;
  if (kind === 5) return `(${inner()} - np.mean(${inner()}, axis=0))`;
  return `(${inner()} ${dice.pick(["+", "-", "*", "/", "+", "*", "//", "%", "&", "<<"])} ${inner()})`;
}

test("long element-wise expressions give what the interpreter gives, for operands of any kind", () => {
  const dice = new Dice(4711);
  let compared = 0;
  const kinds = ["float64", "float32", "int32", "uint8", "float16", "int64", "complex64", "bool"] as const;
  for (let round = 0; round < 600; round++) {
    const source = elementwise(dice, 4);
    const array = (shape: number[]) => {
      const size = shape.reduce((n, length) => n * length, 1);
      const base = np.reshape(np.remainder(np.multiply(np.arange(size, "int32"), 7), 11), shape);
      const a = np.astype(base, dice.pick(kinds as unknown as string[]) as "float64");
      return dice.chance(0.3) ? np.asfortranarray(a) : dice.chance(0.2) ? np.flip(a) : a;
    };
    const compiled = np.py.compile<unknown>(source, ["x", "y", "z", "r", "s"]);
    for (const n of [1, 2, 3]) {
      const shape = dice.pick([
        [3, 4],
        [2, 5],
        [1, 3],
      ]);
      const scalar = dice.pick([2, 0.5, -3, true, np.array(2.5), np.complex(1, 2), -0, 2 ** 60] as unknown[]);
      const values = {
        x: array(shape),
        y: array(shape),
        z: array(shape),
        r: array(shape.slice(1)),
        s: scalar,
      };
      const session = new Interpreter({ variables: values });
      const result = (run: () => unknown) =>
        attempt(() => {
          const value = run();
          return value instanceof np.NDArray && value.ndim === 0 ? String(value.item()) : value;
        });
      const expected = result(() => session.execute(parse(source).statements[0]!, source).value);
      const found = result(() => {
        const value = compiled(...Object.values(values));
        return typeof value === "object" ? value : String(value);
      });
      const text = `${source}, round ${n}, ${Object.values(values).map((a) => (a instanceof np.NDArray ? `${a.dtype}${a.shape}` : String(a)))}`;
      // Scalars come as JS values from the one and as NumPy's from the other.
      if (!/^array| at \d+ to \d+: /.test(expected)) continue;
      assert.equal(found, expected, text);
      compared++;
    }
  }
  assert.ok(compared > 1200, `${compared} results`);
});

test("a template is read once, and its values are never text", () => {
  const x = np.array([1, 2, 3]);
  const add = (value: unknown) => np.py`${x} + ${value}`;
  assert.deepEqual(add(1).tolist(), [2, 3, 4]);
  assert.deepEqual(add(0.5).tolist(), [1.5, 2.5, 3.5]);
  assert.deepEqual(add([10, 20, 30]).tolist(), [11, 22, 33]);
  assert.deepEqual(add(new Float64Array([1, 1, 1])).tolist(), [2, 3, 4]);
  assert.throws(
    () => add("x; import os"),
    (error: unknown) => error instanceof ExprError && error.python === "TypeError",
  );
  assert.throws(() => add(null), ExprError);
  assert.throws(() => add(undefined), ExprError);
  assert.throws(() => np.py`'${x}'`, /value 0 stands where there can be none/);
  assert.throws(() => np.py`${x}.${"T"}`, ExprError);
  assert.throws(() => np.py`a${x}`, ExprError);
  assert.throws(() => np.py`1${x}`, ExprError);
  assert.throws(() => np.py`$0 + ${x}`, /invalid/);
  assert.throws(() => np.py`${x} = 3`, /cannot be assigned/);
});

test("whole numbers of JavaScript are ints, as everywhere in the library", () => {
  const i = np.array([1, 2, 3], "int32");
  assert.equal(np.py`${i} * ${2} + ${1}`.dtype.name, "int32");
  assert.equal(np.py`${i} * ${2} + 1.0`.dtype.name, "float64");
  assert.equal(np.py`${i} * ${2.5} + ${1}`.dtype.name, "float64");
  assert.equal(np.py<number>`${7} // ${2}`, 3);
  assert.equal(np.py<number>`${7} / ${2} + 1`, 4.5);
  assert.throws(() => np.py`${np.array([1], "uint8")} + ${300} * 2`, /out of bounds/);
});

test("what comes back is JavaScript's: scalars, lists for tuples, null for None", () => {
  const x = np.array([[1, 2], [3, 4]], "int32"); // biome-ignore format: a matrix
  assert.equal(np.py`${x}.sum()`, 10n);
  assert.equal(np.py`${x}.mean() + 1`, 3.5);
  assert.deepEqual(np.py`${x}.shape`, [2, 2]);
  assert.equal(np.py`None`, null);
  assert.equal(np.py`(${x} > 0).all()`, true);
  assert.deepEqual(np.py<np.NDArray[]>`np.nonzero(${x} > 2)`.map((a) => a.tolist()), [[1n, 1n], [0n, 1n]]); // biome-ignore format: a matrix
  assert.equal(np.py`2 ** 100`, 2n ** 100n);
  assert.equal(np.py`'a' + ${"b"}`, "ab");
  const view = np.py`${x}[:, ::-1].T`;
  assert.ok(np.sharesMemory(view, x));
  assert.deepEqual(view.tolist(), [[2, 4], [1, 3]]); // biome-ignore format: a matrix
});

test("statements of a template: names live in it, arrays are written into", () => {
  const x = np.arange(6, "float64");
  const y = np.py`
    a = ${x} * 2 + 1
    a -= a.mean()

    a / a.std()
  `;
  assert.ok(Math.abs(np.mean(y) as number) < 1e-15);
  const { buffer } = x;
  assert.deepEqual(np.py`${x}[...] = ${x} * 2 + 1`.tolist(), [1, 3, 5, 7, 9, 11]);
  np.py`${x} += ${x}[::-1] * 2`;
  assert.equal(x.buffer, buffer);
  assert.deepEqual(x.tolist(), [23, 21, 19, 17, 15, 13]);
  np.py`${x}[::2] *= 10 + ${x}[1::2]`;
  assert.deepEqual(x.tolist(), [713, 21, 513, 17, 345, 13]);
  assert.deepEqual(np.py`import numpy as n; n.add(${x}[:2], 1) * 2`.tolist(), [1428, 44]);
});

test("compile: names that are free, given by an object or in an order", () => {
  const f = np.py.compile("(x - mu) / sigma");
  assert.deepEqual(f.names, ["x", "mu", "sigma"]);
  assert.equal(f.source, "(x - mu) / sigma");
  const x = np.array([1, 2, 3]);
  assert.deepEqual(f({ x, mu: 2, sigma: 0.5, other: 1 }).tolist(), [-2, 0, 2]);
  assert.throws(() => f({ x, mu: 2 }), /sigma is not given/);
  assert.throws(() => f(null as never), /no values/);
  const g = np.py.compile("t = x + 1\nt * np.exp(0) + e", ["x"]);
  assert.deepEqual(g.names, ["x"]);
  assert.deepEqual(g(x).tolist(), [2 + Math.E, 3 + Math.E, 4 + Math.E]);
  assert.deepEqual(np.py.compile("x + e")({ x, e: 1 }).tolist(), [2, 3, 4]);
  assert.deepEqual(np.py.compile("x + e", ["x", "e"])(x, 2).tolist(), [3, 4, 5]);
  assert.throws(() => np.py.compile("x + y", ["x"]), /y is not given/);
  assert.throws(() => np.py.compile("x + y", ["x", "x"]), /twice/);
  assert.throws(() => g(x, 2), /2 values were given/);
  assert.throws(() => np.py.compile("x +"), ExprError);
  assert.throws(() => np.py.compile(3 as never), /no text/);
  assert.throws(() => (np.py as unknown as (x: string) => unknown)("x"), /no template/);
});

test("errors say where, and are of the classes of the library", () => {
  const x = np.ones([2, 3]);
  const fails = (run: () => unknown, part: string, kind: ErrorKind, message: RegExp) => {
    assert.throws(run, (error: unknown) => {
      assert.ok(error instanceof ExprError && isNdError(error, kind));
      assert.equal(error.source.slice(error.start, error.end), part);
      assert.match(error.message, message);
      return true;
    });
  };
  fails(() => np.py`1 + (${x} + ${np.ones([2])}) * 2`, "($0 + $1)", "shape", /broadcast/);
  fails(() => np.py`(${x} + 1) * nothing`, "nothing", "value", /not defined/);
  fails(() => np.py`(${x} + ${np.ones([2])}) * nothing`, "($0 + $1)", "shape", /broadcast/);
  fails(() => np.py`(${x} + 1) << 1.5`, "($0 + 1) << 1.5", "dtype", /loop/);
});

test("what is written into an array goes straight there, unless it is read elsewhere in it", () => {
  const taken: string[] = [];
  const allocated = (run: () => unknown) => {
    taken.length = 0;
    const before = observeMemory(({ kind, bytes }) => kind === "allocate" && taken.push(String(bytes)));
    try {
      run();
    } finally {
      observeMemory(before);
    }
    return [...taken];
  };
  const x = np.arange(1000, "float64");
  const y = np.ones([1000]);
  assert.deepEqual(
    allocated(() => np.py`${y}[...] = (${x} + 1) * 2 - ${y}`),
    [],
  );
  assert.deepEqual([y.at(0), y.at(999)], [1, 1999]);
  assert.deepEqual(
    allocated(() => np.py`${y}[:] = (${x} + 1) * 2`),
    [],
  );
  assert.deepEqual(
    allocated(() => np.py`${y} -= ${x} * 2 + 1`),
    [],
  );
  assert.deepEqual([y.at(0), y.at(999)], [1, 1]);
  np.py`${x}[...] = ${x}[::-1] * 2 + ${x}`;
  assert.deepEqual([x.at(0), x.at(1), x.at(999)], [1998, 1997, 999]);
  const line = np.arange(10, "int32");
  np.py`${line.slice("1:")} += ${line.slice(":-1")} * 2 + 1`;
  assert.deepEqual(line.tolist(), [0, 2, 5, 8, 11, 14, 17, 20, 23, 26]);
  assert.throws(() => np.py`${line} += ${x.slice(":10")} * 2.5 + 1`, /cannot cast/);
  np.py`${line}[...] = ${x.slice(":10")} * 0.5 - 1`;
  assert.deepEqual(line.slice(":3").tolist(), [998, 997, 997]);
  const fixed = np.broadcastTo(np.ones([1]), [3]);
  assert.throws(() => np.py`${fixed}[...] = ${np.ones([3])} * 2 + 1`, /read-only/);
});
