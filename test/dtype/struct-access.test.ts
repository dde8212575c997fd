import assert from "node:assert/strict";
import { test } from "node:test";
import { Complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { dtype, toDescriptor } from "../../src/dtype/parse.ts";

/** What is read after a value was written, and the bytes it took. */
function roundTrip(spec: unknown, value: unknown): [unknown, number[]] {
  const d: Descriptor = toDescriptor(spec);
  const bytes = new Uint8Array(d.itemsize + 3);
  const view = new DataView(bytes.buffer);
  d.access.write(view, 3, d.access.coerce(value) as never);
  return [d.access.read(view, 3), [...bytes.subarray(3)]];
}

const POINT = [
  ["x", "u1"],
  ["y", "u2"],
];

// spec, value given, value read, bytes
const WRITTEN: readonly (readonly [unknown, unknown, unknown, number[]])[] = [
  [POINT, { x: 1, y: 2 }, { x: 1, y: 2 }, [1, 2, 0]],
  [POINT, { y: 2, x: 1 }, { x: 1, y: 2 }, [1, 2, 0]],
  [POINT, [1, 2], { x: 1, y: 2 }, [1, 2, 0]],
  [POINT, 7, { x: 7, y: 7 }, [7, 7, 0]],
  [
    [
      ["n", "i8"],
      ["ok", "?"],
    ],
    [5, true],
    { n: 5n, ok: true },
    [5, 0, 0, 0, 0, 0, 0, 0, 1],
  ],
  [[["z", "c8"]], [new Complex(0, 0)], { z: new Complex(0, 0) }, [0, 0, 0, 0, 0, 0, 0, 0]],
  [
    [
      ["a", POINT],
      ["b", "u1"],
    ],
    { a: [1, 2], b: 3 },
    { a: { x: 1, y: 2 }, b: 3 },
    [1, 2, 0, 3],
  ],
  [
    [["a", "u1", [2, 2]]],
    {
      a: [
        [1, 2],
        [3, 4],
      ],
    },
    {
      a: [
        [1, 2],
        [3, 4],
      ],
    },
    [1, 2, 3, 4],
  ],
  [
    [["a", "u1", [2, 2]]],
    { a: [1, 2] },
    {
      a: [
        [1, 2],
        [1, 2],
      ],
    },
    [1, 2, 1, 2],
  ],
  [
    [["a", "u1", [2, 2]]],
    { a: [[1], [2]] },
    {
      a: [
        [1, 1],
        [2, 2],
      ],
    },
    [1, 1, 2, 2],
  ],
  [[["a", "u1", [3]]], { a: 9 }, { a: [9, 9, 9] }, [9, 9, 9]],
  [[["a", "u1", [3]]], { a: new Uint8Array([1, 2, 3]) }, { a: [1, 2, 3] }, [1, 2, 3]],
  [
    [["a", POINT, [2]]],
    { a: [[1, 2], { x: 3, y: 4 }] },
    {
      a: [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
    },
    [1, 2, 0, 3, 4, 0],
  ],
  [
    [["a", ["u1", 2], 2]],
    {
      a: [
        [1, 2],
        [3, 4],
      ],
    },
    {
      a: [
        [1, 2],
        [3, 4],
      ],
    },
    [1, 2, 3, 4],
  ],
  ["V3", new Uint8Array([1, 2, 3]), new Uint8Array([1, 2, 3]), [1, 2, 3]],
  ["V3", [1, 2], new Uint8Array([1, 2, 0]), [1, 2, 0]],
  [[["r", "V2"]], { r: new Uint8Array([8, 9]).buffer }, { r: new Uint8Array([8, 9]) }, [8, 9]],
];

test("an element is written from an object, a list or one scalar, and read as an object", () => {
  for (const [spec, value, read, bytes] of WRITTEN) {
    assert.deepEqual(roundTrip(spec, value), [read, bytes], JSON.stringify(spec));
  }
});

test("names that JS treats as special are fields like any other", () => {
  const spec = [
    ["2", "u1"],
    ["1", "u1"],
    ["__proto__", "u1"],
  ];
  const d = toDescriptor(spec);
  const view = new DataView(Uint8Array.of(5, 6, 7).buffer);
  const read = d.access.read(view, 0) as Record<string, unknown>;
  assert.deepEqual(Object.entries(read).sort(), [
    ["1", 6],
    ["2", 5],
    ["__proto__", 7],
  ]);
  assert.equal(Object.getPrototypeOf(read), Object.prototype);
  d.access.write(view, 0, d.access.convert(read) as never);
  assert.deepEqual([...new Uint8Array(view.buffer)], [5, 6, 7]);
});

test("an element of another struct is cast by position, whatever the names", () => {
  const from = dtype([
    ["2", "f4"],
    ["1", "i8"],
  ]);
  const to = dtype([
    ["a", "u1"],
    ["b", "f8"],
  ]);
  const element = from.access.coerce([3.7, 5n]);
  assert.deepEqual(to.access.convert(element), { a: 3, b: 5 });
  assert.deepEqual(to.access.convert(2), { a: 2, b: 2 });
});

test("padding is left as it is", () => {
  const d = dtype("u1,u2", { align: true });
  const bytes = new Uint8Array(4).fill(0xee);
  d.access.write(new DataView(bytes.buffer), 0, d.access.coerce([1, 2]) as never);
  assert.deepEqual([...bytes], [1, 0xee, 2, 0]);
});

test("a raw element that was read is a copy", () => {
  const bytes = Uint8Array.of(1, 2);
  const read = dtype("V2").access.read(new DataView(bytes.buffer), 0) as unknown as Uint8Array;
  bytes[0] = 9;
  assert.deepEqual([...read], [1, 2]);
});

const REFUSED: readonly (readonly [unknown, unknown, string, RegExp])[] = [
  [POINT, [1, 2, 3], "value", /a list of 3 values.*2 fields \(x, y\)/],
  [POINT, { x: 1 }, "value", /field "y" is missing/],
  [POINT, { x: 1, y: 2, z: 3 }, "value", /"z" is no field/],
  [POINT, [1, "a"], "dtype", /"a" \(string\)/],
  [POINT, [300, 1], "value", /300 is out of bounds for uint8/],
  [[["a", "u1", [3]]], { a: [1, 2] }, "value", /shape \(2,\) do not broadcast to a subarray of shape \(3,\)/],
  [[["a", "u1", [2, 2]]], { a: [[1], [2, 3]] }, "value", /different lengths/],
  ["V2", [1, 2, 3], "value", /3 bytes do not fit/],
  ["V2", 5, "dtype", /cannot become 2 raw bytes/],
];

test("a value that does not fit the fields is an error that says why", () => {
  for (const [spec, value, kind, message] of REFUSED) {
    assert.throws(() => roundTrip(spec, value), { kind, message });
  }
});
