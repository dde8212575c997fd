import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

// Chains of one long row of float64 and numbers are computed where the row lies, others by kernels. The results are the same.

const special = [0, -0, 1, -1.5, 1e308, -1e308, 5e-324, 3e-310, Number.POSITIVE_INFINITY, Number.NaN, 0.1];

function values(n: number, seed: number): Float64Array<ArrayBuffer> {
  const data = new Float64Array(n);
  for (let k = 0; k < n; k++) data[k] = special[(k * seed + (k >> 4)) % special.length]! * (1 + (k % 7) / 8);
  return data;
}

/** Whether all bits are alike but those of NaN, of which only that it is one is promised. */
function isAlike(a: np.NDArray, b: np.NDArray): boolean {
  deepStrictEqual([String(a.dtype), a.shape, a.strides], [String(b.dtype), b.shape, b.strides]);
  const [x, y] = [a, b].map((one) => Buffer.from(np.ascontiguousarray(one).copy().buffer as ArrayBuffer));
  if (x!.equals(y!)) return true;
  const [p, q] = [x!, y!].map((one) => new Float64Array(one.buffer, one.byteOffset, one.length / 8));
  return p!.every((value, k) => Object.is(value, q![k]));
}

type Operand = np.NDArray | number;
const calls = {
  "+": np.add as (a: Operand, b: Operand) => np.NDArray,
  "-": np.subtract as (a: Operand, b: Operand) => np.NDArray,
  "*": np.multiply as (a: Operand, b: Operand) => np.NDArray,
  "/": np.divide as (a: Operand, b: Operand) => np.NDArray,
};

interface Way {
  readonly op: keyof typeof calls;
  readonly turned: boolean;
}

const ways: readonly Way[] = (["+", "-", "*", "/"] as const).flatMap((op) => [
  { op, turned: false },
  { op, turned: true },
]);

/** The text of a chain over x with its numbers in brackets, and what the calls give one after the other. */
function textOf(chain: readonly Way[]): string {
  return chain.reduce(
    (text, { op, turned }, k) => (turned ? `(n${k} ${op} ${text})` : `(${text} ${op} n${k})`),
    "x",
  );
}

function written(chain: readonly Way[], x: np.NDArray, numbers: readonly number[]): np.NDArray {
  return chain.reduce<np.NDArray>(
    (a, { op, turned }, k) => (turned ? calls[op](numbers[k]!, a) : calls[op](a, numbers[k]!)),
    x,
  );
}

const numbers = [2.5, -0.1, 3, 1e300];
const names = ["n0", "n1", "n2", "n3"];

test("every chain of two steps, and every third of three, gives what the calls give", () => {
  const x = np.array(values(65536 + 3, 5));
  const two = ways.flatMap((a) => ways.map((b) => [a, b]));
  const three = two.flatMap((chain, k) => ways.filter((_, j) => (j + k) % 3 === 0).map((c) => [...chain, c]));
  for (const chain of [...two, ...three]) {
    const text = textOf(chain);
    const run = np.py.compile(text, ["x", ...names.slice(0, chain.length)]);
    ok(isAlike(run(x, ...numbers.slice(0, chain.length)), written(chain, x, numbers)), text);
  }
});

test("longer chains, and zeros and infinities for numbers", () => {
  const x = np.array(values(65536, 7));
  let seed = 1;
  const random = (n: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % n;
  };
  for (let round = 0; round < 120; round++) {
    const chain = Array.from({ length: 2 + random(4) }, () => ways[random(ways.length)]!);
    const given = chain.map(() => special[random(special.length)]!);
    const run = np.py.compile(textOf(chain), ["x", ...chain.map((_, k) => `n${k}`)]);
    ok(isAlike(run(x, ...given), written(chain, x, given)), `${textOf(chain)} of ${given.join()}`);
  }
});

test("lengths around the limits, into fresh memory, other memory and in place", () => {
  for (const n of [65535, 65536, 65537, 65551, (1 << 18) - 1, 1 << 18, (1 << 19) - 1, (1 << 19) + 5]) {
    const data = values(n, 5);
    const x = np.array(data);
    const line = np.add(np.multiply(np.add(x, 1.5), 2.5), 3.5);
    const quotient = np.divide(np.subtract(x, 1.5), 2.5);
    ok(isAlike(np.py`(${x} + ${1.5}) * ${2.5} + ${3.5}`, line), `${n}`);
    ok(isAlike(np.py`(${x} - ${1.5}) / ${2.5}`, quotient), `${n}`);
    const out = np.full([n + 2], 7);
    const within = out.slice("1:-1");
    np.py`${within}[...] = (${x} + ${1.5}) * ${2.5} + ${3.5}`;
    ok(isAlike(within, line), `${n}, between others`);
    np.py`${within}[:] = (${x} - ${1.5}) / ${2.5}`;
    ok(isAlike(within, quotient), `${n}, between others`);
    deepStrictEqual([out.at(0), out.at(-1)], [7, 7]);
    const own = np.array(data);
    np.py`${own}[...] = (${own} + ${1.5}) * ${2.5} + ${3.5}`;
    ok(isAlike(own, line), `${n}, in place`);
    own.set(":", data);
    np.py`${own}[...] = (${own} - ${1.5}) / ${2.5}`;
    ok(isAlike(own, quotient), `${n}, in place`);
  }
});

test("an array that overlaps the one that it is written into is as if it had been copied", () => {
  const n = 1 << 20;
  for (const [from, to] of [
    ["1:", ":-1"],
    [":-1", "1:"],
    ["3:", ":-3"],
    ["::-1", ":"],
  ] as const) {
    const a = np.array(values(n, 3));
    const x = a.slice(from);
    const wanted = [np.add(np.multiply(x, 2), 1), np.divide(np.subtract(x, 1), 3)];
    const b = a.copy();
    np.py`${b.slice(to)}[...] = ${b.slice(from)} * 2 + 1`;
    ok(isAlike(b.slice(to).copy(), wanted[0]!.copy()), `${from} into ${to}`);
    np.py`${a.slice(to)}[...] = (${x} - 1) / 3`;
    ok(isAlike(a.slice(to).copy(), wanted[1]!.copy()), `${from} into ${to}`);
  }
});

test("rows anywhere: in columns, reversed, stepped, between two elements, shared, and in a scope", () => {
  const data = values(300 * 400, 5);
  const square = np.array(data).reshape([300, 400]);
  const odd = np.frombuffer(new ArrayBuffer(8 * data.length + 4), { dtype: "float64", offset: 4 });
  odd.set(":", data);
  const shared = np.frombuffer(new SharedArrayBuffer(8 * data.length), { dtype: "float64" });
  shared.set(":", data);
  const fixed = np.array(data);
  fixed.flags.writeable = false;
  const arrays = [square, square.T, square.slice("::-1"), square.slice(":", "::-1"), odd, shared, fixed];
  arrays.push(
    np.array(values(300 * 800, 5)).slice("::2"),
    np.broadcastTo(np.array(values(400, 5)), [300, 400]),
  );
  arrays.push(np.asfortranarray(square));
  const check = (x: np.NDArray) => {
    ok(isAlike(np.py`(${x} + ${1.5}) * ${2.5} - ${3.5}`, np.subtract(np.multiply(np.add(x, 1.5), 2.5), 3.5)));
    ok(isAlike(np.py`1 - (${x} - ${1.5}) / ${2.5}`, np.subtract(1, np.divide(np.subtract(x, 1.5), 2.5))));
  };
  arrays.forEach(check);
  np.scope(() => {
    arrays.forEach(check);
    check(np.copy(square));
  });
  throws(() => np.py`${fixed}[...] = ${np.ones([data.length])} * 2 + 1`, /read-only/);
});

test("numbers of every kind, and arrays of no axes", () => {
  const x = np.array(values(70000, 5));
  const wanted = np.divide(np.subtract(x, 3), 4);
  const kinds: readonly unknown[] = [
    3,
    3n,
    np.array(3),
    np.array(3, { dtype: "int8" }),
    np.array(3, { dtype: "float32" }),
  ];
  for (const three of kinds) ok(isAlike(np.py`(${x} - ${three}) / ${np.array(4)}`, wanted));
  ok(isAlike(np.py`(${x} * ${true} + 2**70) / 4`, np.divide(np.add(x, 2 ** 70), 4)));
  const [mean, deviation] = [np.array([[1, 2, 6]]), 0];
  ok(isAlike(np.py`(${x} - ${mean}.mean()) / (${deviation} + 4)`, wanted));
});

/** A random tree of operations on arrays and numbers as a text, of names from x0 and n0 on. */
function tree(random: (n: number) => number, steps: number, arrays: number, count: { n: number }): string {
  if (steps === 0) return `x${random(arrays)}`;
  const left = tree(random, steps - 1, arrays, count);
  const leaf = random(3);
  const scaled = `(x${random(arrays)} * n${count.n++})`;
  const right = leaf === 0 ? `n${count.n++}` : leaf === 1 ? `x${random(arrays)}` : scaled;
  const op = "+-*/"[random(4)]!;
  return random(3) === 0 ? `(${right} ${op} ${left})` : `(${left} ${op} ${right})`;
}

test("chains of several arrays give what the steps give one by one", () => {
  const arrays = [3, 5, 7, 9].map((seed) => np.array(values((1 << 17) + 5, seed)));
  let seed = 5;
  const random = (n: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % n;
  };
  for (let round = 0; round < 120; round++) {
    const count = { n: 0 };
    const text = tree(random, 2 + random(2), 1 + random(4), count);
    const given = Array.from({ length: count.n }, () => [1.5, -2, 0, -0, 3, 1e300][random(6)]!);
    const names = [...arrays.map((_, k) => `x${k}`), ...given.map((_, k) => `n${k}`)];
    const run = np.py.compile(text, names);
    const whole = run(...arrays, ...given);
    // Shorter rows are left to kernels.
    const parts = arrays.map((a) => a.slice(":60000"));
    const rest = arrays.map((a) => a.slice("60000:"));
    ok(isAlike(whole.slice(":60000"), run(...parts, ...given)), `${text} of ${given.join()}`);
    ok(isAlike(whole.slice("60000:"), run(...rest, ...given)), `${text} of ${given.join()}`);
  }
});

test("what is written is one of several operands, or lies apart from them", () => {
  const n = (1 << 19) + 3;
  const [x, y, z, w] = [3, 5, 7, 9].map((seed) => np.array(values(n, seed)));
  const wanted = np.add(np.multiply(np.add(x!, y!), z!), w!);
  for (const out of [x, y, z, w].map((a) => a!.copy())) {
    np.py`${out}[...] = (${x} + ${y}) * ${z} + ${w}`;
    ok(isAlike(out, wanted));
  }
  for (const k of [0, 1, 2, 3]) {
    const [a, b, c, d] = [x, y, z, w].map((one) => one!.copy());
    const out = [a, b, c, d][k]!;
    np.py`${out}[...] = (${a} + ${b}) * ${c} + ${d}`;
    ok(isAlike(out, wanted), `into operand ${k}`);
  }
  const long = np.concatenate([w!, [5]]);
  np.py`${long.slice("1:")}[...] = (${x} + ${y}) * ${z} + ${long.slice(":-1")}`;
  ok(isAlike(long.slice("1:").copy(), wanted));
  const quotient = np.divide(np.subtract(x!, y!), z!);
  np.py`${x}[...] = (${x} - ${y}) / ${z}`;
  ok(isAlike(x!, quotient));
});

test("arrays of other dtypes of eight bytes are cast first", () => {
  for (const dtype of ["int64", "uint64", "float32", "int32"] as const) {
    const x = np.arange(70000, { dtype });
    ok(isAlike(np.py`(${x} + ${1.5}) * 2.5`, np.multiply(np.add(x, 1.5), 2.5)), dtype);
    ok(isAlike(np.py`(${x} - 1) / 2`, np.divide(np.subtract(x, 1), 2)), dtype);
  }
});
