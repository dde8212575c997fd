import assert from "node:assert/strict";
import { test } from "node:test";
import { Descriptor } from "../src/dtype/descriptor.ts";
import * as np from "../src/index.ts";
import { exempt, reads, views } from "./sweep/calls.ts";
import { dtypes, layouts, pair } from "./sweep/layouts.ts";

/** Elements in C order, read with nothing but the addressing formula. */
function elements(a: np.NDArray): unknown[] {
  const memory = new DataView(a.buffer);
  const { shape, strides, byteOffset } = a;
  let places = [byteOffset];
  for (const [k, length] of shape.entries())
    places = places.flatMap((at) => Array.from({ length }, (_, i) => at + i * strides[k]!));
  return places.map((at) => a.dtype.access.read(memory, at));
}

/** A result as data: shape, dtype and elements of an array, and how a refusal was put. */
function plain(result: unknown): unknown {
  if (result instanceof np.NDArray) {
    return { shape: result.shape, dtype: String(result.dtype), elements: elements(result) };
  }
  if (Array.isArray(result)) return result.map(plain);
  return result instanceof Descriptor ? String(result) : result;
}

function outcome(call: (a: np.NDArray) => unknown, a: np.NDArray): unknown {
  try {
    return plain(call(a));
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return { refused: error.kind, message: error.message.replace(/byte strides \([^)]*\)/, "") };
  }
}

const cases = Object.keys(layouts).flatMap((layout) => Object.keys(dtypes).map((d) => [layout, d] as const));

test("every public function and method is swept, or exempt for a reason", () => {
  const members: object = np.NDArray.prototype;
  const symbols = Object.getOwnPropertySymbols(members).map((symbol) => `.[${symbol.description}]`);
  const names = [
    ...Object.keys(np).filter((name) => typeof (np as Record<string, unknown>)[name] === "function"),
    ...Object.getOwnPropertyNames(members).map((name) => `.${name}`),
    ...symbols,
  ].filter((name) => name !== ".constructor");
  const known = [...Object.keys(views), ...Object.keys(reads), ...Object.keys(exempt)];
  assert.deepEqual(known.sort(), [...new Set(names)].sort());
});

for (const [name, call] of Object.entries({ ...views, ...reads })) {
  test(`${name} gives on every layout what it gives on a dense copy`, () => {
    let answered = 0;
    for (const [layout, dtype] of cases) {
      const { strided, dense } = pair(layout, dtype);
      const before = elements(strided);
      const wanted = outcome(call, dense);
      assert.deepEqual(outcome(call, strided), wanted, `${name}, ${layout}, ${dtype}`);
      assert.deepEqual(elements(strided), before, `${name} changed what it was given: ${layout}, ${dtype}`);
      if (!Object.hasOwn((wanted ?? {}) as object, "refused")) answered++;
    }
    // A call that is always refused would compare nothing.
    assert.ok(answered >= 6, `${name} answered ${answered} times`);
  });
}

/** Writes 1 to every second element of what a view function gives, and reads the array it was given. */
function afterWriting(call: (a: np.NDArray) => unknown, a: np.NDArray): unknown {
  const given = call(a);
  for (const part of (Array.isArray(given) ? given : [given]) as np.NDArray[]) {
    if (!part.flags.writeable) continue;
    part.fill(1);
    if (part.ndim > 0) part.slice("...", "::2").fill(0);
  }
  return elements(a);
}

for (const [name, call] of Object.entries(views)) {
  test(`what is written through ${name} reaches the same elements on every layout`, () => {
    let wrote = 0;
    for (const [layout, dtype] of cases) {
      const { strided, dense } = pair(layout, dtype);
      // Repeated elements are read-only, and cannot be compared with a dense copy that is not.
      if (!strided.flags.writeable || Object.hasOwn(outcome(call, dense) as object, "refused")) continue;
      const before = elements(dense);
      assert.deepEqual(
        afterWriting(call, strided),
        afterWriting(call, dense),
        `${name}, ${layout}, ${dtype}`,
      );
      if (JSON.stringify(before, texts) !== JSON.stringify(elements(dense), texts)) wrote++;
    }
    assert.ok(wrote >= 4, `${name} wrote ${wrote} times`);
  });
}

function texts(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
