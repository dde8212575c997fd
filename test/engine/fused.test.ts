import assert from "node:assert/strict";
import { test } from "node:test";
import { observeMemory } from "../../src/array/allocate.ts";
import { Fused, type FusedOperand, type FusedStep } from "../../src/engine/fused.ts";
import { WEAK_INT, weakCode } from "../../src/engine/resolve.ts";
import { coreOf } from "../../src/engine/ufunc.ts";
import type { UfuncCore } from "../../src/engine/ufunc-core.ts";
import * as np from "../../src/index.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

/** The same numbers on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const call = (core: UfuncCore, operands: readonly FusedOperand[]) =>
  (np as unknown as Record<string, (...all: unknown[]) => np.NDArray>)[core.name]!(...operands);

/** The calls one after the other. */
function written(steps: readonly FusedStep[], operands: readonly FusedOperand[]): np.NDArray {
  const values: FusedOperand[] = [...operands];
  for (const { core, from } of steps) {
    values.push(
      call(
        core,
        from.map((k) => values[k]!),
      ),
    );
  }
  return values.at(-1) as np.NDArray;
}

/** What an array is: dtype, shape, strides and bytes; NaNs of floats are all alike. */
function facts(a: np.NDArray): unknown {
  const { dtype, shape, strides } = a;
  const dense = np.ascontiguousarray(a);
  if (dtype.kind === "f" || dtype.kind === "c") {
    const whole = dtype.type === "float16" ? np.astype(dense, "float32") : dense;
    const numbers = [...(whole.data as unknown as Iterable<number>)];
    return [String(dtype), shape, strides, numbers.map((x) => (Object.is(x, -0) ? "-0" : String(x)))];
  }
  return [String(dtype), shape, strides, String([...(dense.data as unknown as Iterable<number>)])];
}

function outcome(make: () => FusedOperand): unknown {
  try {
    return facts(make() as np.NDArray);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const unary = [
  "negative",
  "absolute",
  "square",
  "sqrt",
  "exp",
  "sin",
  "sign",
  "invert",
  "logicalNot",
  "floor",
  "isnan",
];
const binary = [
  ...["add", "subtract", "multiply", "divide", "add", "multiply", "subtract", "divide", "floorDivide", "remainder"],
  ...["power", "maximum", "minimum", "fmax", "less", "greaterEqual", "equal", "bitwiseAnd", "leftShift", "logicalOr"],
  ...["arctan2", "hypot", "copysign", "heaviside"],
]; // biome-ignore format: names

const coreNamed = (name: string) => coreOf((np as unknown as Record<string, unknown>)[name]);

/** A random tree: each step takes what the one before gave, or two that were not used yet. */
function randomSteps(count: number, random: () => number): FusedStep[] {
  const steps: FusedStep[] = [];
  const open = Array.from({ length: count }, (_, k) => k);
  const some = (list: readonly string[]) => coreNamed(list[Math.floor(random() * list.length)]!);
  while (open.length > 1 || steps.length < 2) {
    const at = Math.floor(random() * open.length);
    const [a] = open.splice(at, 1);
    const value = count + steps.length;
    if (open.length === 0 || random() < 0.2) steps.push({ core: some(unary), from: [a!] });
    else {
      const [b] = open.splice(Math.floor(random() * open.length), 1);
      steps.push({ core: some(binary), from: random() < 0.5 ? [a!, b!] : [b!, a!] });
    }
    open.push(value);
  }
  return steps;
}

const numeric = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"];
const types = [...numeric, "float16", "float32", "float64", "complex64", "complex128"];
const scalars: readonly FusedOperand[] = [2, -3, 0.5, 7n, true, Number.NaN, 300, 1e300, 0, np.complex(1, -2)];

function randomArray(shape: readonly number[], random: () => number): np.NDArray {
  const size = shape.reduce((n, length) => n * length, 1);
  const values = Float64Array.from({ length: size }, () => Math.round(random() * 40 - 8) / 2);
  const type = types[Math.floor(random() * types.length)] as "float64";
  const base = np.reshape(np.astype(np.asarray(values), type), [...shape]);
  if (shape.length === 0) return base;
  switch (Math.floor(random() * 6)) {
    case 0:
      return np.asfortranarray(base);
    case 1:
      return np.flip(np.copy(np.flip(base)));
    case 2:
      return np.repeat(base, 2, shape.length - 1).slice("...", "::2");
    case 3:
      return np.swapaxes(np.copy(np.swapaxes(base, 0, shape.length - 1)), 0, shape.length - 1);
    case 4:
      return np.broadcastTo(base.slice("...", ":1"), [...shape]);
    default:
      return base;
  }
}

function randomOperand(shape: readonly number[], random: () => number): FusedOperand {
  const roll = random();
  if (roll < 0.2) return scalars[Math.floor(random() * scalars.length)]!;
  if (roll < 0.27) return np.reshape(randomArray([1], random), []);
  if (roll < 0.35) return randomArray(shape.slice(1), random);
  if (roll < 0.4) return randomArray([shape[0]!, ...shape.slice(1).map(() => 1)], random);
  if (roll < 0.42) return randomArray([...shape.slice(1), shape[0]! + 1], random);
  return randomArray(shape, random);
}

test("chains give what the calls give one after the other: values, dtypes, strides and errors", () => {
  const random = seeded(2024);
  const shapes = [[3, 4], [5], [2, 3, 2], [1, 6], [7, 1], [4, 1, 5]];
  let passes = 0;
  for (let round = 0; round < 1500; round++) {
    const shape = shapes[round % shapes.length]!;
    const count = 1 + Math.floor(random() * 5);
    const steps = randomSteps(count, random);
    const operands = Array.from({ length: count }, () => randomOperand(shape, random));
    const chain = new Fused(count, steps);
    const expected = outcome(() => written(steps, operands));
    const text = `${round}: ${steps.map(({ core, from }) => `${core.name}(${from})`).join(" ")} on ${operands.map((one) => (one instanceof np.NDArray ? `${one.dtype}${one.shape}/${one.strides}` : String(one))).join("; ")}`;
    assert.deepEqual(
      outcome(() => chain.run(operands)),
      expected,
      text,
    );
    assert.deepEqual(
      outcome(() => np.scope(() => chain.run(operands) as np.NDArray)),
      expected,
      `in a scope, ${text}`,
    );
    if (Array.isArray(expected)) passes++;
  }
  assert.ok(passes > 600, `${passes} chains gave a result`);
});

const affine = (): Fused =>
  new Fused(4, [
    { core: coreNamed("add"), from: [0, 1] },
    { core: coreNamed("multiply"), from: [4, 2] },
    { core: coreNamed("subtract"), from: [5, 3] },
  ]);

test("chains are right at the edges of tiles, in every dtype", () => {
  const sizes = [0, 1, 2, 3, 15, 16, 17, 1023, 1024, 1025, 8191, 8192, 8193, 20001];
  const chain = affine();
  for (const type of types.slice(1)) {
    const base = np.astype(np.remainder(np.arange(20001, "int64"), 97), type as "float64");
    for (const n of sizes) {
      const x = base.slice(`:${n}`);
      for (const c of [x, np.astype(x, "float64"), 3]) {
        const operands = [x, 2, c, x] as FusedOperand[];
        assert.deepEqual(
          outcome(() => chain.run(operands)),
          outcome(() => written(chain.steps, operands)),
          `${type}, ${n} elements`,
        );
      }
    }
  }
});

test("chains are right on every layout, and on large ones that are walked in blocks", () => {
  const chain = affine();
  for (const layout of Object.keys(layouts)) {
    for (const type of Object.keys(dtypes)) {
      const { strided, dense } = pair(layout, type);
      for (const operands of [
        [strided, 1, strided, dense],
        [dense, strided, 2, strided],
      ] as FusedOperand[][]) {
        assert.deepEqual(
          outcome(() => chain.run(operands)),
          outcome(() => written(chain.steps, operands)),
          `${layout}, ${type}`,
        );
      }
    }
  }
  const x = np.reshape(np.arange(150_000, "float64"), [300, 500]);
  const row = np.mean(x, 0) as np.NDArray;
  const column = np.mean(x, { axis: 1, keepdims: true }) as np.NDArray;
  for (const operands of [
    [x.T, 1.5, column.T, row.slice(":", null)],
    [x, row, 0.5, column],
    [x.slice("::-1", "::3"), row.slice("::3"), x.slice("::-1", "::3"), column],
    [np.astype(x, "int32").T, 2, x.T, np.astype(x, "float32").T],
  ] as FusedOperand[][]) {
    assert.deepEqual(
      outcome(() => chain.run(operands)),
      outcome(() => written(chain.steps, operands)),
    );
  }
});

test("a chain is right for one shape after the other, of operands of the same kinds", () => {
  const chain = affine();
  const random = seeded(5);
  for (let round = 0; round < 200; round++) {
    const [rows, columns] = [1 + Math.floor(random() * 4), 1 + Math.floor(random() * 4)];
    const x = np.reshape(np.arange(rows * columns, "float64"), [rows, columns]);
    const row = np.arange(random() < 0.5 ? columns : 1, "float64");
    const operands = [x, random() < 0.5 ? row : x, random() < 0.5 ? row : x, 2];
    const expected = outcome(() => written(chain.steps, operands));
    assert.deepEqual(
      outcome(() => chain.again(operands, () => WEAK_INT) ?? chain.run(operands)),
      expected,
    );
  }
});

test("a part that concerns less than the whole is done once", () => {
  const calls: unknown[] = [];
  const rules = {
    code: weakCode,
    call: (core: UfuncCore, operands: readonly FusedOperand[]) => {
      calls.push([core.name, (operands[0] as np.NDArray).shape]);
      return call(core, operands);
    },
  };
  const steps = [
    { core: coreNamed("add"), from: [2, 1] },
    { core: coreNamed("multiply"), from: [0, 3] },
    { core: coreNamed("negative"), from: [4] },
  ];
  const chain = new Fused(3, steps, rules);
  const result = chain.run([np.ones([400, 300]), 1, np.arange(300)]) as np.NDArray;
  assert.deepEqual(calls, [["add", [300]]]);
  assert.equal(result.at(399, 299), -300);
});

test("a chain takes memory for its result and for nothing else", () => {
  const x = np.ones([1000, 50]).T;
  const chain = affine();
  chain.run([x, 1, 2, 3]);
  const taken: string[] = [];
  const before = observeMemory(({ kind, bytes }) => taken.push(`${kind} ${bytes}`));
  try {
    chain.run([x, 1, 2, x]);
  } finally {
    observeMemory(before);
  }
  assert.deepEqual(taken, ["allocate 400000"]);
});

test("events are told of each step when somebody asks for them", () => {
  const chain = new Fused(2, [
    { core: coreNamed("divide"), from: [0, 1] },
    { core: coreNamed("add"), from: [2, 0] },
  ]);
  const x = np.array([1, 2, 3]);
  const run = () => chain.run([x, 0]);
  assert.equal(String(run()), "[inf inf inf]");
  assert.throws(() => np.errstate({ divide: "raise" }, run), /divide: division by zero/);
});
