import assert from "node:assert/strict";
import { test } from "node:test";
import { clampSlice, isSlice, parseIndexText, parseSlice, s } from "../../src/layout/slice.ts";

test("s has the arguments of Python's slice", () => {
  const parts = ({ start, stop, step }: ReturnType<typeof s>) => [start, stop, step];
  assert.deepEqual(parts(s()), [null, null, null]);
  assert.deepEqual(parts(s(3)), [null, 3, null]);
  assert.deepEqual(parts(s(-0)), [null, 0, null]);
  assert.deepEqual(parts(s(1, 3)), [1, 3, null]);
  assert.deepEqual(parts(s(1, undefined)), [1, null, null]);
  assert.deepEqual(parts(s(null, null, -1)), [null, null, -1]);
  assert.deepEqual(parts(s(1n, 5n, 2n)), [1, 5, 2]);
});

test("s refuses what is not an integer", () => {
  for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", {}]) {
    assert.throws(() => s(0, wrong as number), { kind: "index", message: /^s: .* is not an integer/ });
  }
});

test("only a slice is taken for a slice", () => {
  assert.ok(isSlice(s(1)) && isSlice(parseSlice("::2")));
  for (const other of [null, undefined, 1, "1:2", [1, 2, 3], [], { start: 0, stop: 1, step: 1 }, () => 1]) {
    assert.ok(!isSlice(other));
  }
});

test("a text is read as Python reads a slice", () => {
  const facts: [text: string, start: number | null, stop: number | null, step: number | null][] = [
    [":", null, null, null],
    ["::", null, null, null],
    ["1:3", 1, 3, null],
    ["::-1", null, null, -1],
    ["-2:", -2, null, null],
    [":-2", null, -2, null],
    [" 1 : 3 ", 1, 3, null],
    ["\t:\n:\t2 ", null, null, 2],
    ["+1:+1_000:-0", 1, 1000, 0],
    ["1:2:3", 1, 2, 3],
  ];
  for (const [text, start, stop, step] of facts) {
    assert.deepEqual(parseSlice(text), { kind: "slice", start, stop, step }, text);
    assert.equal(parseSlice(text), parseSlice(text), "a text is parsed once");
  }
});

test("a text without a colon is an integer or an error that shows it", () => {
  assert.equal(parseIndexText("-1"), -1);
  assert.equal(parseIndexText(" +1_0 "), 10);
  assert.throws(() => parseSlice("1"), { kind: "index", message: /^"1" is an integer, not a slice/ });
  for (const text of [
    "",
    " ",
    "a",
    "1.0",
    "1:2:3:4",
    "1:b",
    "1 2",
    "0x10",
    "1:2.5",
    "1__0",
    "_1",
    "--1",
    "- 1:",
    "1e3",
    ",",
    "…",
  ]) {
    assert.throws(
      () => parseIndexText(text),
      (error: Error) => error.message.startsWith(JSON.stringify(text)),
    );
  }
});

test("texts without end do not fill the memory", () => {
  const first = parseSlice("7:8");
  for (let k = 0; k < 3000; k++) assert.equal(parseSlice(`${k}:`).start, k);
  assert.deepEqual(parseSlice("7:8"), first);
  assert.notEqual(parseSlice("7:8"), first);
});

test("a slice is clamped to the axis it meets", () => {
  const facts: [text: string, length: number, start: number, count: number, step: number][] = [
    [":", 4, 0, 4, 1],
    ["1:3", 4, 1, 2, 1],
    ["::-1", 4, 3, 4, -1],
    ["-2:", 4, 2, 2, 1],
    [":99", 4, 0, 4, 1],
    ["-99:2", 4, 0, 2, 1],
    ["99::-2", 4, 3, 2, -2],
    ["::3", 4, 0, 2, 3],
    ["::9", 4, 0, 1, 9],
    ["1:1", 4, 0, 0, 1],
    ["3:1", 4, 0, 0, 1],
    ["1:3:-1", 4, 0, 0, 1],
    [":", 0, 0, 0, 1],
    ["::-1", 0, 0, 0, 1],
    ["9:", 4, 0, 0, 1],
  ];
  for (const [text, length, start, count, step] of facts) {
    assert.deepEqual(clampSlice(parseSlice(text), length), { start, count, step }, `${text} of ${length}`);
  }
});

test("a step of 0 is a value error", () => {
  assert.throws(() => clampSlice(s(null, null, 0), 4), {
    kind: "value",
    message: "slice step cannot be zero",
  });
});

test("bounds past every exact number select what Python selects, with strides that stay exact", () => {
  const huge = "99999999999999999999";
  assert.deepEqual(clampSlice(parseSlice(`-${huge}:${huge}`), 3), { start: 0, count: 3, step: 1 });
  const far = clampSlice(parseSlice(`::-${huge}`), 3);
  assert.deepEqual([far.start, far.count], [2, 1]);
  assert.ok(Number.isSafeInteger(far.step * 2 ** 32));
});

/** What Python's slice selects, by walking instead of by arithmetic. */
function walkSlice(start: number | null, stop: number | null, step: number, length: number): number[] {
  const forwards = step > 0;
  const ends = forwards ? [0, length] : [length - 1, -1];
  const place = (bound: number | null, fallback: number) => {
    if (bound === null) return fallback;
    const fromFront = bound < 0 ? bound + length : bound;
    return Math.min(Math.max(fromFront, Math.min(...ends)), Math.max(...ends));
  };
  const end = place(stop, ends[1]!);
  const positions: number[] = [];
  for (let i = place(start, ends[0]!); forwards ? i < end : i > end; i += step) positions.push(i);
  return positions;
}

test("every small slice selects what a walk along the axis selects, and in all what CPython selects", () => {
  const bounds = [null, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6];
  let elements = 0;
  let checksum = 0;
  for (let length = 0; length < 6; length++) {
    for (const start of bounds) {
      for (const stop of bounds) {
        for (const step of [null, 1, 2, 3, 7, -1, -2, -3, -7]) {
          const got = clampSlice(s(start, stop, step), length);
          const positions = Array.from({ length: got.count }, (_, i) => got.start + i * got.step);
          assert.deepEqual(positions, walkSlice(start, stop, step ?? 1, length));
          elements += positions.length;
          checksum += positions.reduce((sum, position, i) => sum + (position + 1) * (i + 1), 0);
        }
      }
    }
  }
  // Counted by a loop over range(length)[start:stop:step] in CPython.
  assert.deepEqual([elements, checksum], [4858, 17270]);
});
