/** What makes no sense is an error of ours that says so, and never a raw error of the runtime. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

type Call = (...args: never[]) => unknown;

/** Things that are no array, no number, no option. */
const NONSENSE: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  -1,
  1.5,
  1e300,
  2n ** 70n,
  true,
  "nonsense",
  "",
  Symbol("s"),
  () => 1,
  {},
  [],
  [[1], [2, 3]],
  [null],
  new Array(2),
  new Map(),
  new Date(0),
  Object.create(null),
  np.zeros(2, [["x", "f8"]] as never),
  np.zeros([0, 3]),
  np.ones([2, 3], "complex64"),
  { out: 5 },
  { out: [] },
  { where: "x" },
  { where: np.zeros(3) },
  { dtype: "nonsense" },
  { casting: "sometimes" },
  { order: "Z" },
  { sig: 7 },
  { sig: [] },
  { sig: "dd" },
  { axis: "x" },
  { axis: 1e9 },
  { axis: [0, 0] },
  { axes: 5 },
  { initial: "x" },
  { optimize: "fast" },
  { decimals: "x" },
];

function holds(name: string, call: Call, args: readonly unknown[]): void {
  try {
    call(...(args as never[]));
  } catch (error) {
    const text = args.map((value) => (typeof value === "symbol" ? "symbol" : typeof value)).join(", ");
    assert.ok(np.isNdError(error), `${name}(${text}): ${(error as Error)?.stack}`);
  }
}

const functions: Readonly<Record<string, Call>> = {
  ...(Object.fromEntries(
    Object.entries(np).filter(([, value]) => typeof value === "function" && "core" in value),
  ) as Record<string, Call>),
  "add.outer": (...args) => np.add.outer(...(args as [never, never])),
  "add.reduce": (...args) => np.add.reduce(...(args as [never])),
  "add.accumulate": (...args) => np.add.accumulate(...(args as [never])),
  "add.reduceat": (...args) => np.add.reduceat(...(args as [never, never])),
  "add.at": (...args) => np.add.at(...(args as [never, never])),
  einsum: np.einsum as Call,
  einsumPath: np.einsumPath as Call,
  tensordot: np.tensordot as Call,
  dot: np.dot as Call,
  inner: np.inner as Call,
  outer: np.outer as Call,
  vdot: np.vdot as Call,
  kron: np.kron as Call,
  cross: np.cross as Call,
  clip: np.clip as Call,
  round: np.round as Call,
  fix: np.fix as Call,
  isclose: np.isclose as Call,
  allclose: np.allclose as Call,
  interp: np.interp as Call,
  nanToNum: np.nanToNum as Call,
  isposinf: np.isposinf as Call,
  isneginf: np.isneginf as Call,
  angle: np.angle as Call,
  realIfClose: np.realIfClose as Call,
  where: np.where as Call,
  frompyfunc: np.frompyfunc as Call,
  vectorize: np.vectorize as Call,
  seterr: ((options: never) => np.seterr(np.seterr(options))) as Call,
  scope: ((options: never) => np.scope(() => 1, options)) as Call,
};

const GOOD: readonly unknown[] = [np.arange(6).reshape([2, 3]), np.array([1, 2, 3]), 2, "ij,jk->ik"];

for (const [name, call] of Object.entries(functions)) {
  test(`${name} takes or refuses whatever it is given`, () => {
    for (const one of NONSENSE) {
      holds(name, call, [one]);
      for (const good of GOOD) {
        holds(name, call, [good, one]);
        holds(name, call, [one, good]);
        holds(name, call, [good, good, one]);
      }
    }
  });
}

test("functions over elements check what they are made of, and where results go", () => {
  const three = np.arange(3);
  const same = np.frompyfunc((x: number) => x, 1, 1);
  const two = np.frompyfunc((x: number) => [x, x], 1, 2);
  const wrong: readonly (() => unknown)[] = [
    () => np.frompyfunc(5 as never, 1, 1),
    () => np.frompyfunc(() => 1, -1, 1),
    () => np.frompyfunc(() => 1, 1, Number.NaN),
    () => np.vectorize("x" as never),
    () => np.vectorize(() => 1, null as never),
    () => np.vectorize(() => 1, { excluded: 3 as never }),
    () => np.vectorize(() => 1, { signature: 7 as never }),
    () => same(three, null as never),
    () => same(three, { out: 5 as never }),
    () => two(three, { out: [three] }),
  ];
  for (const call of wrong) assert.throws(call, { kind: "value" });
});

test("no more elements than there can be: an error before anything is done", () => {
  const wide = (n: number) => np.broadcastTo(np.array([1]), [n]);
  const uses: readonly (() => unknown)[] = [
    () => np.add(wide(2 ** 45), 1),
    () => np.add.outer(wide(2 ** 24), wide(2 ** 24)),
    () => np.outer(wide(2 ** 24), wide(2 ** 24)),
    () => np.einsum("i,j->ij", wide(2 ** 24), wide(2 ** 24)),
    () => np.vectorize((x: number) => x)(wide(2 ** 40)),
    () => np.frompyfunc((x: number) => x, 1, 1)(wide(2 ** 40)),
    () => np.add.at(np.zeros(2), np.broadcastTo(np.array([1], "int32"), [2 ** 40]), 1),
  ];
  for (const use of uses) assert.throws(use, (error) => np.isNdError(error));
});

test("the best order of many products is found soon", () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const operands = Array.from({ length: 13 }, () => np.ones([2, 2]));
  const chain = operands.map((_, k) => letters.slice(k, k + 2)).join();
  const begin = performance.now();
  assert.equal(np.einsum(`${chain}->` as string, ...operands, { optimize: "optimal" }), 2 ** 14);
  assert.ok(performance.now() - begin < 20_000);
});
