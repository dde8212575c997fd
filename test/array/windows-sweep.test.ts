/** Every swept call on arrays behind windows of 64 bytes that overlap by half: what it gives on the same memory as one buffer, or a clear refusal. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { WRITEABLE } from "../../src/array/flags.ts";
import { WideStorage, WindowStorage, type Windows, windowCount } from "../../src/array/windows.ts";
import { Descriptor } from "../../src/dtype/descriptor.ts";
import * as np from "../../src/index.ts";
import { reads, views } from "../sweep/calls.ts";
import { layouts, pair } from "../sweep/layouts.ts";

const STEP = 32;

/** The same elements of the same memory, behind windows. */
function behindWindows(a: np.NDArray): np.NDArray {
  const { buffer } = a;
  const made = new Map<number, WindowStorage>();
  const windows: Windows = {
    byteLength: buffer.byteLength,
    step: STEP,
    window(k) {
      const last = windowCount(windows) - 1;
      if (!(Number.isInteger(k) && k >= 0 && k <= last)) throw new RangeError(`there is no window ${k}`);
      const start = k * STEP;
      const length = k === last ? buffer.byteLength - start : 2 * STEP;
      const found = made.get(k) ?? new WindowStorage(windows, k, buffer, start, length);
      made.set(k, found);
      return found;
    },
  };
  return new np.NDArray(new WideStorage(windows), a.layout, a.dtype, null, a.flags.writeable ? WRITEABLE : 0);
}

/** Elements in C order, by nothing but the addressing formula. */
function elements({ layout, storage, dtype }: np.NDArray): unknown[] {
  let places = [layout.offset];
  for (const [k, length] of layout.shape.entries())
    places = places.flatMap((at) => Array.from({ length }, (_, i) => at + i * layout.strides[k]!));
  return places.map((at) => dtype.access.read(storage.view, at));
}

function plain(result: unknown): unknown {
  if (result instanceof np.NDArray)
    return { shape: result.shape, dtype: String(result.dtype), elements: elements(result) };
  if (Array.isArray(result)) return result.map(plain);
  return result instanceof Descriptor ? String(result) : result;
}

function outcome(call: (a: np.NDArray) => unknown, a: np.NDArray): { given?: unknown; refused?: string } {
  try {
    return { given: plain(call(a)) };
  } catch (error) {
    if (!np.isNdError(error)) throw error;
    return { refused: error.message };
  }
}

/** What says which memory an array lies in differs by its nature. */
const ofMemory = new Set(["memoryOf", "explainCopy", "draw", "traceCopies"]);

test("no call reads or writes past a window, and none gives another answer there", () => {
  let compared = 0;
  for (const layout of Object.keys(layouts)) {
    for (const dtype of ["float64", "struct", "uint8"]) {
      if (layouts[layout]!.shared === true) continue;
      const { strided } = pair(layout, dtype);
      const before = elements(strided);
      const wide = behindWindows(strided);
      for (const [name, call] of Object.entries({ ...views, ...reads })) {
        if (ofMemory.has(name)) continue;
        const what = `${name}, ${layout}, ${dtype}`;
        const wanted = outcome(call, strided);
        const got = outcome(call, wide);
        if (wanted.refused !== undefined) continue;
        if (got.refused !== undefined) {
          assert.match(got.refused, /spans more bytes than one buffer/, what);
          continue;
        }
        assert.deepEqual(got, wanted, what);
        compared++;
      }
      assert.deepEqual(elements(strided), before, `${layout}, ${dtype}`);
    }
  }
  assert.ok(compared > 5000, `${compared} calls were compared`);
});
