import assert from "node:assert/strict";
import { test } from "node:test";
import { observeMemory } from "../../src/array/allocate.ts";
import * as np from "../../src/index.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

const square = () => np.arange(6).reshape([2, 3]);

/** What each operation is called with, and the call itself. */
const calls: Readonly<
  Record<string, { args: (a: np.NDArray) => unknown[]; run: (a: np.NDArray, args: never[]) => unknown }[]>
> = {
  reshape: [
    { args: () => [[-1]], run: (a, args) => np.reshape(a, ...(args as unknown as [number[]])) },
    { args: () => [[-1], "F"], run: (a, args) => np.reshape(a, ...(args as unknown as [number[], "F"])) },
    { args: ({ size }) => [[size, 1], { order: "A" }], run: (a, [s, o]) => np.reshape(a, s!, o!) },
    { args: ({ shape }) => [[...shape, 1]], run: (a, [s]) => np.reshape(a, s!) },
    { args: ({ shape }) => [shape, { copy: true }], run: (a, [s, o]) => np.reshape(a, s!, o!) },
  ],
  ravel: ["C", "F", "A", "K"].map((order) => ({ args: () => [order], run: (a, [o]) => np.ravel(a, o!) })),
  flatten: [{ args: () => [], run: (a) => np.flatten(a) }],
  copy: [{ args: () => ["K"], run: (a, [o]) => np.copy(a, o!) }],
  array: [
    { args: () => [], run: (a) => np.array(a) },
    { args: () => [{ copy: null }], run: (a, [o]) => np.array(a, o!) },
  ],
  asarray: [
    { args: () => [], run: (a) => np.asarray(a) },
    { args: ({ dtype }) => [dtype], run: (a, [d]) => np.asarray(a, d!) },
    { args: () => ["complex64"], run: (a, [d]) => np.asarray(a, d!) },
    { args: () => [{ order: "F" }], run: (a, [o]) => np.asarray(a, o!) },
    { args: () => [{ order: "C" }], run: (a, [o]) => np.asarray(a, o!) },
  ],
  astype: [
    { args: ({ dtype }) => [dtype], run: (a, [d]) => np.astype(a, d!) },
    { args: ({ dtype }) => [dtype, { copy: false }], run: (a, [d, o]) => np.astype(a, d!, o!) },
    { args: ({ dtype }) => [dtype, { copy: false, order: "C" }], run: (a, [d, o]) => np.astype(a, d!, o!) },
    { args: () => ["float32", { copy: false }], run: (a, [d, o]) => np.astype(a, d!, o!) },
  ],
  ascontiguousarray: [{ args: () => [], run: (a) => np.ascontiguousarray(a) }],
  asfortranarray: [{ args: () => [], run: (a) => np.asfortranarray(a) }],
  require: ["C", "F", "A", "W", "O", "CW", "FA"].map((letters) => ({
    args: () => [null, letters],
    run: (a, [d, r]) => np.require(a, d!, r!),
  })),
  handoff: [
    { order: "C" },
    { order: "F" },
    { negative: false },
    { unitAxis: "last" },
    { order: "C", transposable: true },
    { dtypes: "float64" },
    { repeated: false },
    { wholeBuffer: true },
    { writable: true },
  ].map((wanted) => ({ args: () => [wanted], run: (a, [r]) => np.handoff(a, r!) })),
  slice: [{ args: () => ["...", "::-1"], run: (a, args) => a.slice(...args) }],
  transpose: [{ args: () => [], run: (a) => np.transpose(a) }],
  swapaxes: [{ args: () => [0, -1], run: (a, [i, j]) => np.swapaxes(a, i!, j!) }],
  view: [
    { args: () => [], run: (a) => np.view(a) },
    { args: () => ["uint8"], run: (a, [d]) => np.view(a, d!) },
  ],
  data: [{ args: () => [], run: (a) => a.data }],
  flip: [{ args: () => [], run: (a) => np.flip(a) }],
  concatenate: [{ args: () => [], run: (a) => np.concatenate([a, a]) }],
  stack: [{ args: () => [], run: (a) => np.stack([a, a]) }],
  gather: [{ args: () => ["..."], run: (a, [i]) => a.gather(i!) }],
  take: [{ args: () => [0, -1], run: (a) => np.take(a, 0, -1) }],
  tobytes: [{ args: () => [], run: (a) => a.tobytes() }],
};

type Outcome = { refused: string } | { copies: boolean; reason: string | null; result: unknown };

/** What really happens. */
function happens(call: () => unknown): Outcome {
  const taken: string[] = [];
  const before = observeMemory(({ kind, reason }) => void (kind === "view" || taken.push(reason)));
  try {
    const result = call();
    const why = taken.length === 0 ? null : (/(?:: | because )(.*)/.exec(taken[0]!)?.[1] ?? null);
    return { copies: taken.length > 0, reason: why, result };
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return { refused: error.message };
  } finally {
    observeMemory(before);
  }
}

/** What is said, where what is asked is known to take no memory. */
function said(call: () => np.CopyAnswer): np.CopyAnswer | { refused: string } {
  const taken: string[] = [];
  const before = observeMemory(({ reason }) => void taken.push(reason));
  try {
    return call();
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return { refused: error.message };
  } finally {
    observeMemory(before);
    assert.deepEqual(taken, [], "asking takes no memory");
  }
}

function compareAnswer(
  a: np.NDArray,
  operation: np.ExplainedOperation,
  args: unknown[],
  run: () => unknown,
): boolean {
  const answer = said(() => np.explainCopy(a, operation, ...args));
  const fact = happens(run);
  if ("refused" in fact) {
    // What only the elements show, such as a text that is no number, is not foreseen; nor what always copies, but never that.
    if (!("refused" in answer) && answer.copies) return false;
    const text = "refused" in answer ? answer.refused : answer.reason.replace("it throws: ", "");
    assert.equal(text, fact.refused);
    return false;
  }
  assert.ok(!("refused" in answer), "refused" in answer ? answer.refused : "");
  assert.equal(answer.copies, fact.copies);
  if (fact.reason !== null) assert.equal(answer.reason, fact.reason);
  assert.equal(answer.instead === null, !fact.copies);
  if (fact.result instanceof np.NDArray && a.size > 0)
    assert.equal(np.sharesMemory(a, fact.result), !fact.copies, "what is no copy shares memory");
  return true;
}

const cases = Object.keys(layouts).flatMap((layout) => Object.keys(dtypes).map((d) => [layout, d] as const));

for (const [operation, variants] of Object.entries(calls)) {
  test(`what is said of ${operation} is what happens, on every layout and dtype`, () => {
    let answered = 0;
    for (const [layout, dtype] of cases) {
      const { strided } = pair(layout, dtype);
      for (const { args, run } of variants) {
        const given = args(strided);
        const before = new Uint8Array(strided.buffer).slice();
        try {
          const call = () => run(strided, given as never[]);
          if (compareAnswer(strided, operation as np.ExplainedOperation, given, call)) answered++;
        } catch (error) {
          throw new Error(`${operation}(${JSON.stringify(given)}) of ${layout}, ${dtype}: ${error}`, {
            cause: error,
          });
        }
        assert.deepEqual(new Uint8Array(strided.buffer), before);
      }
    }
    assert.ok(answered >= 20, `${answered} were answered`);
  });
}

test("an answer has the bytes, the reason in words, and what would avoid the copy", () => {
  const a = square();
  const answer = np.explainCopy(a.T, "reshape", [6]);
  assert.deepEqual(
    { ...answer },
    {
      operation: "reshape",
      copies: true,
      bytes: 48,
      reason: "axis 0 has stride 8, wanted 48",
      instead:
        'reshape(…, { order: "F" }) gives a view, of the elements in the order of memory; else once, before the loop: a = np.ascontiguousarray(a)',
    },
  );
  assert.equal(
    String(answer),
    `reshape copies 48 B: axis 0 has stride 8, wanted 48\ninstead: ${answer.instead}`,
  );
  assert.equal(
    String(np.explainCopy(a, "ravel")),
    "ravel does not copy: the layout and the dtype allow a view",
  );
  assert.match(np.explainCopy(a, "astype", "int8").reason, /float64 becomes int8/);
  assert.match(np.explainCopy(a, "astype", "float64").instead!, /copy: false/);
  assert.match(np.explainCopy(a.T, "ravel").instead!, /ravel\(a, "K"\) gives a view/);
  assert.match(np.explainCopy(square().T, "handoff", { order: "C" }).instead!, /transposable/);
  assert.match(np.explainCopy(a, "gather", [0]).instead!, /slice/);
});

test("what is advised instead is a view, or does not copy again", () => {
  const a = square();
  assert.equal(np.explainCopy(a.T, "reshape", [6], { order: "F" }).copies, false);
  assert.equal(np.explainCopy(a.T, "ravel", "K").copies, false);
  assert.equal(np.explainCopy(np.ascontiguousarray(a.T), "reshape", [6]).copies, false);
  assert.equal(np.explainCopy(a, "astype", "float64", { copy: false }).copies, false);
  assert.equal(np.explainCopy(a.T, "handoff", { order: "C", transposable: true }).copies, false);
  assert.equal(np.explainCopy(a.T, "asfortranarray").copies, false);
});

test("what throws instead of copying says so", () => {
  const reversed = np.arange(4).slice("::-1");
  const answer = np.explainCopy(reversed, "data");
  assert.equal(answer.copies, false);
  assert.match(answer.reason, /^it throws: data: .*axis 0 has stride -8, wanted 8/);
  assert.match(answer.instead!, /ascontiguousarray/);
  assert.match(np.explainCopy(square().T, "view", "int32").reason, /^it throws: view: /);
});

test("a trace around sees nothing of a question, and what observes goes on", () => {
  const a = square();
  const { events } = np.traceCopies(() => {
    np.explainCopy(a.T, "reshape", [6]);
    assert.throws(() => np.explainCopy(a, "reshape", [7]), /ShapeError/);
    a.copy();
  });
  assert.deepEqual(
    events.map(({ operation }) => operation),
    ["copy"],
  );
  assert.equal(np.withoutCopies(() => np.explainCopy(a.T, "reshape", [6])).copies, true);
});

test("an array of a scope stays where it is when it is asked about", () => {
  np.scope(() => {
    const a = np.zeros([2, 3]);
    const { storage } = a as unknown as { storage: { lender: unknown } };
    assert.equal(np.explainCopy(a.T, "handoff", { order: "C" }).copies, true);
    assert.notEqual(storage.lender, null);
  });
});

test("mistakes are named", () => {
  const a = square();
  const rows: readonly (readonly [() => unknown, RegExp])[] = [
    [() => np.explainCopy([1] as never, "reshape", [1]), /explainCopy: .* is no array/],
    [() => np.explainCopy(a, "mean" as never), /explainCopy: "mean" is not known; wanted one of .*reshape/],
    [() => np.explainCopy(a, "toString" as never), /explainCopy: "toString" is not known/],
    [() => np.explainCopy(a, "reshape", [4]), /reshape: cannot reshape/],
    [() => np.explainCopy(a, "slice", 7), /out of bounds/],
  ];
  for (const [call, message] of rows) assert.throws(call, message);
});

test("whatever is asked is answered or refused", () => {
  const junk = [
    null,
    undefined,
    -1,
    1.5,
    "?",
    {},
    [],
    [[]],
    [Number.NaN],
    () => 1,
    Symbol("s"),
    10n,
    { order: {} },
  ];
  for (const operation of Object.keys(calls) as np.ExplainedOperation[]) {
    for (const one of junk) {
      try {
        assert.equal(typeof np.explainCopy(square().T, operation, one, one).copies, "boolean");
      } catch (error) {
        assert.ok(np.isNdError(error), `${operation}(${String(one)}): ${error}`);
      }
    }
  }
});

test("a notebook gets the answer as HTML", () => {
  const answer = np.explainCopy(square().T, "reshape", [6]);
  const display = Symbol.for("Jupyter.display");
  const shown = (answer as unknown as Record<symbol, () => Record<string, string>>)[display]!();
  assert.equal(shown["text/plain"], String(answer));
  assert.match(shown["text/html"]!, /^<p>reshape copies 48 B.*<br>instead: .*&quot;F&quot;/);
  assert.deepEqual(
    (answer as unknown as { _toMime(): unknown })._toMime(),
    shown,
    "IJavascript gets the same",
  );
});
