import assert from "node:assert/strict";
import { test } from "node:test";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";

// name, kind, char, num, itemsize, alignment, str: as NumPy 2.4 has them on 64-bit Linux
const NUMPY = [
  ["bool", "b", "?", 0, 1, 1, "|b1"],
  ["int8", "i", "b", 1, 1, 1, "|i1"],
  ["uint8", "u", "B", 2, 1, 1, "|u1"],
  ["int16", "i", "h", 3, 2, 2, "<i2"],
  ["uint16", "u", "H", 4, 2, 2, "<u2"],
  ["int32", "i", "i", 5, 4, 4, "<i4"],
  ["uint32", "u", "I", 6, 4, 4, "<u4"],
  ["int64", "i", "l", 7, 8, 8, "<i8"],
  ["uint64", "u", "L", 8, 8, 8, "<u8"],
  ["float16", "f", "e", 23, 2, 2, "<f2"],
  ["float32", "f", "f", 11, 4, 4, "<f4"],
  ["float64", "f", "d", 12, 8, 8, "<f8"],
  ["complex64", "c", "F", 14, 8, 4, "<c8"],
  ["complex128", "c", "D", 15, 16, 8, "<c16"],
] as const;

test("every plain dtype has NumPy's facts", () => {
  const ours = Object.values<Descriptor>(plain).map((d) => [
    d.name,
    d.kind,
    d.char,
    d.num,
    d.itemsize,
    d.alignment,
    d.str,
  ]);
  assert.deepEqual(ours, NUMPY);
});

test("the lanes of an element are its bytes", () => {
  for (const d of Object.values<Descriptor>(plain))
    assert.equal(d.lane.BYTES_PER_ELEMENT * d.laneLength, d.itemsize);
});

test("an element is written in little-endian bytes at any address and read back", () => {
  const values: Readonly<Record<string, unknown>> = {
    b: true,
    i: -3,
    u: 200,
    f: -1.5,
    c: new Complex(0.5, -2),
  };
  for (const d of Object.values<Descriptor>(plain)) {
    const view = new DataView(new ArrayBuffer(d.itemsize + 2));
    const element = d.access.coerce(values[d.kind]);
    d.access.write(view, 1, element as never);
    assert.deepEqual(d.access.read(view, 1), element);
    const lane = new d.lane(view.buffer.slice(1, 1 + d.itemsize));
    assert.equal(lane.length, d.laneLength);
    assert.equal(view.getUint8(0) + view.getUint8(d.itemsize + 1), 0);
  }
});
