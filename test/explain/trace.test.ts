import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { observeMemory } from "../../src/array/allocate.ts";
import * as np from "../../src/index.ts";

const square = () => np.arange(6).reshape([2, 3]);
const LIST = "a list becomes an array";
const OVERLAP = "it shares memory with what is written";

/** What is called, and the events: operation, kind (hidden copies as such), bytes, reason. */
const facts: Readonly<Record<string, [call: () => unknown, ...events: string[]]>> = (() => {
  const a = square();
  const ints = np.arange(4).astype("int32");
  const line = np.arange(6);
  const mask = np.greater(a, 2);
  const places = np.asarray(Int32Array.of(1));
  return {
    "reshape that is a view": [() => a.reshape([3, 2]), "reshape view 48 no copy is needed"],
    "reshape that copies": [() => a.T.reshape(6), "reshape hidden copy 48 axis 0 has stride 8, wanted 48"],
    "reshape of a window": [
      () => np.reshape(np.zeros([4, 8]).slice("::2", ":4"), 8),
      "zeros allocation 256 for its result or work",
      "reshape hidden copy 64 axis 0 has stride 128, wanted 32",
    ],
    "reshape that is told to copy": [() => a.reshape([6], { copy: true }), "reshape copy 48 asked for"],
    "ravel that is a view": [() => a.T.ravel("K"), "ravel view 48 no copy is needed"],
    "ravel that copies": [() => np.ravel(a.T), "ravel hidden copy 48 axis 1 has stride 24, wanted 8"],
    flatten: [() => a.flatten(), "flatten copy 48 asked for"],
    copy: [() => a.copy(), "copy copy 48 asked for"],
    "a result": [() => np.add(a, 1), "add allocation 48 for its result or work"],
    "a result by a method": [() => a.multiply(a), "multiply allocation 48 for its result or work"],
    "a reduction": [() => np.sum(a, 0), "sum allocation 24 for its result or work"],
    "a ufunc's reduction": [() => np.add.reduce(a), "add.reduce allocation 24 for its result or work"],
    "what is composed": [() => np.vstack([a, a]), "vstack allocation 96 for its result or work"],
    "a list": [
      () => np.add(a, [1, 2, 3]),
      `add hidden copy 24 ${LIST}`,
      "add allocation 48 for its result or work",
    ],
    "a list that is asked for": [() => np.array([1, 2, 3]), "array allocation 24 for its result or work"],
    "a list for asarray": [() => np.asarray([1, 2, 3]), `asarray hidden copy 24 ${LIST}`],
    "a typed array": [() => np.asarray(new Float64Array(3)), "asarray view 24 no copy is needed"],
    "an array of an array": [() => np.array(a), "array copy 48 asked for"],
    "asarray that casts": [() => np.asarray(ints, "int64"), "asarray hidden copy 32 int32 becomes int64"],
    "asarray that lays out": [
      () => np.asarray(a, { order: "F" }),
      "asarray hidden copy 48 axis 0 has stride 24, wanted 8",
    ],
    "asarray of what is right": [() => np.asarray(ints, "int32"), "asarray view 16 no copy is needed"],
    astype: [() => ints.astype("int8"), "astype copy 4 int32 becomes int8"],
    "astype to the same": [() => ints.astype("int32"), "astype copy 16 asked for"],
    "astype that need not": [() => ints.astype("int32", { copy: false }), "astype view 16 no copy is needed"],
    ascontiguousarray: [
      () => np.ascontiguousarray(a.T),
      "ascontiguousarray copy 48 axis 1 has stride 24, wanted 8",
    ],
    "ascontiguousarray of what is": [
      () => np.ascontiguousarray(a),
      "ascontiguousarray view 48 no copy is needed",
    ],
    asfortranarray: [() => np.asfortranarray(a, "float32"), "asfortranarray copy 24 float64 becomes float32"],
    require: [() => np.require(a.T, null, "C"), "require copy 48 axis 1 has stride 24, wanted 8"],
    "require what is read-only": [
      () => np.require(np.broadcastTo(a, [2, 2, 3]), null, "W"),
      "require view 96 no copy is needed",
      "require copy 96 the array is read-only",
    ],
    gather: [() => a.gather(places), "gather copy 24 asked for"],
    "gather by a mask": [() => np.gather(a, mask), "gather copy 24 asked for"],
    slice: [() => a.slice(0, "::-1")],
    "a write": [() => a.set("...", places)],
    "a write into itself": [() => a.set("...", a.slice(":", "::-1")), `set hidden copy 48 ${OVERLAP}`],
    "a write beside itself": [() => np.copyto(line.slice("1:"), line.slice(":-1"))],
    "out beside an operand": [
      () => np.add(line.slice(":-1"), 1, { out: line.slice("1:") }),
      `add hidden copy 40 ${OVERLAP}`,
    ],
    "out that is an operand": [() => np.add(a, 1, { out: a })],
    handoff: [
      () => np.handoff(a.slice(":", "::-1"), { consumer: "torch", negative: false }),
      "handoff hidden copy 48 axis 1 has stride -8; torch takes only positive strides",
    ],
    where: [
      () => np.where(ints, 1, 0),
      "where hidden copy 4 int32 becomes bool",
      "where allocation 32 for its result or work",
    ],
    "a scope": [() => np.scope(() => void np.add(a, 1)), "add allocation 48 for its result or work"],
  };
})();

const told = ({ operation, kind, hidden, bytes, reason }: np.CopyEvent): string =>
  `${operation} ${hidden ? `hidden ${kind}` : kind} ${bytes} ${reason}`;

for (const [name, [call, ...events]] of Object.entries(facts)) {
  test(`a trace of ${name}`, () => {
    assert.deepEqual(np.traceCopies(call).events.map(told), events);
  });

  test(`without hidden copies: ${name}`, () => {
    const isHidden = events.some((event) => event.includes(" hidden copy "));
    if (!isHidden) np.withoutCopies(call);
    else assert.throws(() => np.withoutCopies(call), /^ValueError: withoutCopies: \w+ would copy \d+ bytes/);
  });
}

test("a trace has the result, and the totals of its events", () => {
  const a = square();
  const { result, events, totals } = np.traceCopies(() => {
    a.reshape([3, 2]);
    a.copy();
    return a.T.reshape(6);
  });
  assert.deepEqual(result.tolist(), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(totals, {
    allocations: 2,
    allocatedBytes: 96,
    copies: 2,
    copiedBytes: 96,
    hiddenCopies: 1,
    hiddenBytes: 48,
    views: 1,
  });
  assert.deepEqual(
    events.map(({ shape, dtype }) => [shape, dtype]),
    [
      [[3, 2], "float64"],
      [[2, 3], "float64"],
      [[3, 2], "float64"],
    ],
  );
});

test("the place of a call is the line of the program, whatever lies between", () => {
  const a = square();
  const call = () => np.vstack([a, a]).reshape(12);
  const { events } = np.traceCopies(() => [1].map(() => call()));
  assert.equal(events.length, 2);
  for (const { site } of events) assert.match(site!, /\/test\/explain\/trace\.test\.ts:\d+:\d+$/);
  const [first, second] = events.map(({ site }) => site!.split(":").map(Number).slice(-2)) as [
    number[],
    number[],
  ];
  assert.equal(first[0], second[0], "both are on the line of the call");
  assert.ok(first[1]! < second[1]!, "vstack stands before reshape");
});

test("what a callback does is the program's, not the function's that calls it", () => {
  const { events } = np.traceCopies(() => np.vectorize((x: number) => np.zeros(2).size + x)(np.arange(2)));
  assert.ok(events.some(({ operation, site }) => operation === "zeros" && site!.includes("trace.test.ts")));
});

test("traces stand in one another, and the outer one sees all", () => {
  const a = square();
  let inner: np.Trace<unknown> | null = null;
  const outer = np.traceCopies(() => {
    a.copy();
    inner = np.traceCopies(() => a.T.reshape(6));
    return a.flatten();
  });
  assert.deepEqual(
    outer.events.map(({ operation }) => operation),
    ["copy", "reshape", "flatten"],
  );
  assert.deepEqual(
    inner!.events.map(({ operation }) => operation),
    ["reshape"],
  );
});

test("a copy is forbidden inside a trace, and a trace sees what is allowed", () => {
  const a = square();
  const trace = np.traceCopies(() => {
    assert.throws(() => np.withoutCopies(() => a.T.reshape(6)), /withoutCopies/);
    np.withoutCopies(() => a.copy());
    a.T.reshape(6);
  });
  assert.deepEqual(trace.events.map(told), [
    "copy copy 48 asked for",
    "reshape hidden copy 48 axis 0 has stride 8, wanted 48",
  ]);
  assert.throws(() => np.withoutCopies(() => np.traceCopies(() => a.T.reshape(6))), /withoutCopies/);
});

test("whatever happens, nobody observes afterwards", () => {
  const fail = () => {
    throw new RangeError("mine");
  };
  assert.throws(() => np.traceCopies(fail), RangeError);
  assert.throws(() => np.withoutCopies(fail), RangeError);
  assert.throws(() => np.withoutCopies(() => square().T.reshape(6)), /withoutCopies/);
  assert.equal(observeMemory(null), null);
  assert.equal(square().T.reshape(6).size, 6);
});

test("a refused copy names the function, the reason, the place, and what would avoid it", () => {
  const a = square();
  assert.throws(
    () => np.withoutCopies(() => a.T.reshape(6)),
    /withoutCopies: reshape would copy 48 bytes, shape \(3, 2\) of float64, because axis 0 has stride 8, wanted 48 \(at .*trace\.test\.ts:\d+:\d+\); .*ascontiguousarray/,
  );
  const line = np.arange(4);
  assert.throws(
    () => np.withoutCopies(() => np.add(line.slice(":-1"), 1, { out: line.slice("1:") })),
    /because it shares memory with what is written .*; write into an array that shares no memory/,
  );
  assert.throws(() => np.withoutCopies(() => np.add(a, [1, 2, 3])), /list becomes an array .*with np\.array/);
  assert.throws(
    () => np.withoutCopies(() => np.asarray(a, "int32")),
    /float64 becomes int32 .*np\.astype\(a, "int32"\)/,
  );
});

test("a refused copy leaves all arrays as they were", () => {
  const line = np.arange(6);
  const write = () => line.set("1:", line.slice(":-1").slice("::-1"));
  assert.throws(() => np.withoutCopies(write), /withoutCopies: set/);
  assert.deepEqual(line.tolist(), [0, 1, 2, 3, 4, 5]);
  write();
  assert.deepEqual(line.tolist(), [0, 4, 3, 2, 1, 0]);
});

test("what is no function, and what runs later, is refused", () => {
  for (const [name, run] of [
    ["traceCopies", np.traceCopies],
    ["withoutCopies", np.withoutCopies],
  ] as const) {
    assert.throws(() => run(3 as never), new RegExp(`${name}: 3 is no function`));
    assert.throws(() => run(async () => 1), new RegExp(`${name}: the function returned a promise`));
    assert.throws(() => run(() => Promise.reject(new Error("mine"))), /returned a promise/);
  }
});

test("a trace prints as a table with its totals", () => {
  const a = np.zeros([64, 32]);
  const trace = np.traceCopies(() => {
    a.T.reshape(-1);
    np.sum(a, 0);
  });
  const [head, first, second, totals] = String(trace).split("\n");
  const columns = [
    "operation  kind         bytes  shape     dtype    reason                             called at",
    "reshape    hidden copy  16 KB  (32, 64)  float64  axis 0 has stride 8, wanted 16384  ",
    "sum        allocation   256 B  (32,)     float64  for its result or work             ",
  ];
  assert.equal(head, columns[0]);
  assert.ok(first!.startsWith(columns[1]!), first);
  assert.ok(second!.startsWith(columns[2]!), second);
  assert.match(first!, / {2}explain\/trace\.test\.ts:\d+:\d+$/);
  assert.equal(totals, "2 allocations of 16.3 KB; 1 copy of 16 KB, all hidden (16 KB); 0 views");
  assert.equal(inspect(trace), String(trace));
  assert.equal(String(np.traceCopies(() => 1)), "0 allocations of 0 B; 0 copies of 0 B; 0 views");
});

test("a long trace lists its beginning and counts all", () => {
  const trace = np.traceCopies(() => {
    for (let k = 0; k < 250; k++) np.zeros(1);
  });
  assert.equal(trace.events.length, 250);
  const lines = String(trace).split("\n");
  assert.equal(lines.length, 203);
  assert.equal(lines[201], "… and 50 more");
});

test("a notebook gets the table as HTML in which texts are texts", () => {
  const trace = np.traceCopies(() => np.zeros(2, [["<b>", "f4"]]));
  const display = Symbol.for("Jupyter.display");
  const shown = (trace as unknown as Record<symbol, () => Record<string, string>>)[display]!();
  assert.equal(shown["text/plain"], String(trace));
  assert.match(shown["text/html"]!, /^<table><caption[^>]*>1 allocation of 8 B;.*<td>zeros<\/td>/);
  assert.match(shown["text/html"]!, /&lt;b&gt;/);
  assert.doesNotMatch(shown["text/html"]!, /<b>/);
  assert.deepEqual(
    (trace as unknown as { _toMime(): unknown })._toMime(),
    shown,
    "IJavascript gets the same",
  );
});
