/** Whatever a function of the package is given, it does what it can or says in an error of ours what is wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../src/index.ts";

type Call = (...args: unknown[]) => unknown;

/** What is not called here, and why. */
const EXEMPT: readonly (readonly [names: RegExp, reason: string])[] = [
  [
    /^(save|savez|load|loadtxt|savetxt|genfromtxt|fromregex|fromfile|tofile|memmap|openMemmap)/,
    "reads or writes files",
  ],
  [/^(set|print|errstate)/, "changes what holds for all, or prints"],
  [/Error$|^NDArray$|^NpzFile$/, "a class whose objects other functions make"],
];

const dates = () => np.array(["2020-01-01", "2020-02-03"], "M8[D]");
const records = () =>
  np.zeros(3, [
    ["a", "f8"],
    ["b", "i4"],
  ] as never);
const texts = () => np.array(["ab", "c"]);

/** Made anew for each function: some of it may have been written to. */
const nonsense = (): unknown[] => [
  undefined,
  null,
  Number.NaN,
  -1,
  1.5,
  1e300,
  2n ** 70n,
  true,
  "nonsense",
  Symbol("s"),
  () => 1,
  {},
  [[1], [2, 3]],
  new Array(2),
  Object.create(null),
  [Symbol("s")],
  { axis: "x" },
  { dtype: "nonsense" },
  { out: 5 },
  records(),
  np.zeros([0, 3]),
  texts(),
  dates(),
];

/** Two operands that make sense. */
type Pair = readonly [a: unknown, b: unknown];

const numbers = (): Pair => [np.arange(6).reshape([2, 3]), np.arange(3)];

/** Errors of ours, and those that a failed assertion is. */
function isOurs(error: unknown): boolean {
  return np.isNdError(error) || (error as Error | null)?.name === "AssertionError";
}

function shown(value: unknown): string {
  if (value instanceof np.NDArray) return `an array of ${value.dtype}`;
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  return typeof value === "object" && value !== null ? `{${Object.keys(value).join()}}` : String(value);
}

function holds(name: string, call: Call, args: readonly unknown[]): void {
  const begin = performance.now();
  try {
    call(...args);
  } catch (error) {
    const what = () => `${name}(${args.map(shown).join(", ")}): ${(error as Error)?.stack ?? String(error)}`;
    if (!isOurs(error)) assert.fail(what());
  }
  const took = performance.now() - begin;
  assert.ok(took < 5000, `${name}(${args.map(shown).join(", ")}) took ${took} ms`);
}

function takesOrRefuses(name: string, call: Call, [a, b]: Pair): void {
  holds(name, call, []);
  for (const one of nonsense()) {
    for (const args of [[one], [a, one], [one, a], [a, b, one], [[a], one], [one, one]])
      holds(name, call, args);
  }
}

function callOf(value: unknown): Call | null {
  if (typeof value !== "function") return null;
  if (!/^class\b/.test(Function.prototype.toString.call(value))) return value as Call;
  const Class = value as new (...args: unknown[]) => unknown;
  return (...args) => new Class(...args);
}

function checkAll(prefix: string, members: object, pairs: readonly (() => Pair)[]): void {
  for (const [name, value] of Object.entries(members)) {
    const call = callOf(value);
    if (call === null || EXEMPT.some(([names]) => names.test(name))) continue;
    test(`${prefix}${name} takes or refuses whatever it is given`, () => {
      for (const pair of pairs) takesOrRefuses(`${prefix}${name}`, call, pair());
    });
  }
}

checkAll("", np, [numbers]);
checkAll("strings.", np.strings, [() => [texts(), texts()]]);
checkAll("char.", np.char, [() => [texts(), texts()]]);
checkAll("emath.", np.emath, [numbers]);
checkAll("testing.", np.testing, [numbers]);
checkAll("recfunctions.", np.recfunctions, [() => [records(), records()]]);
checkAll("format.", np.format, [() => [np.npyBytes(np.eye(2)), np.eye(2)]]);

const prototype = np.NDArray.prototype as unknown as Record<string, unknown>;
for (const name of Object.getOwnPropertyNames(prototype)) {
  const method = Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown;
  if (typeof method !== "function" || name === "constructor") continue;
  if (EXEMPT.some(([names]) => names.test(name))) continue;
  test(`the method ${name} takes or refuses whatever it is given`, () => {
    for (const make of [() => np.arange(6).reshape([2, 3]), records]) {
      const call: Call = (...args) => (method as Call).apply(make(), args);
      holds(name, call, []);
      for (const one of nonsense()) for (const args of [[one], [1, one], [one, 1]]) holds(name, call, args);
    }
  });
}

test("what is exempt is there, for a reason", () => {
  const names = [...Object.keys(np), ...Object.getOwnPropertyNames(prototype)];
  for (const [pattern, reason] of EXEMPT) {
    assert.ok(
      names.some((name) => pattern.test(name)),
      String(pattern),
    );
    assert.ok(reason.length > 0);
  }
});

// Whoever counted to such a size would not end within the time that all tests are given.
test("absurd sizes are refused", () => {
  const wide = np.broadcastTo(np.array([1]), [2 ** 40]);
  const uses: readonly (() => unknown)[] = [
    () => np.repeat([1], 2 ** 40),
    () => np.tile([1], 2 ** 40),
    () => np.pad([1], 2 ** 40),
    () => np.resize([1], [2 ** 40]),
    () => np.bincount([2 ** 45]),
    () => np.histogram([1, 2], 1e12),
    () => np.linspace(0, 1, 1e12),
    () => np.trilIndices(1e6),
    () => np.indices([1e6, 1e6]),
    () => np.eye(1e6),
    () => np.kron(wide, wide),
    () => np.strings.multiply(["abc"], 2 ** 45),
    () => np.busdayOffset("2020-01-01", 9e15),
    () => np.append([1], wide),
    () => np.npyBytes(wide),
    () => np.baseRepr(5, 2, 2 ** 40),
    () => np.binaryRepr(5, 2 ** 40),
    () => np.formatFloatPositional(1, { minDigits: 1e9 }),
    () => np.array2string(np.zeros(900), { prefix: "x".repeat(1e7) }),
    () => np.array2string(np.zeros(900), { separator: "x".repeat(1e7) }),
    () => np.formatFloatPositional(1, { padLeft: 1e12 }),
  ];
  for (const use of uses) assert.throws(use, (error) => np.isNdError(error), String(use));
  assert.equal(np.diff([1, 2], { n: 1e15 }).size, 0);
});
