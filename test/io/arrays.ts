import { emptyArray } from "../../src/array/fresh.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { flatOffset } from "../../src/layout/basic.ts";

// Arrays to save and load: every dtype in every layout, made of bytes that are all known.

export const plainCodes = [
  "b1",
  "i1",
  "i2",
  "i4",
  "i8",
  "u1",
  "u2",
  "u4",
  "u8",
  "f2",
  "f4",
  "f8",
  "c8",
  "c16",
];

export const structs: Readonly<Record<string, unknown>> = {
  packed: [
    ["x", "f4"],
    ["y", "u1", [2]],
  ],
  spread: { names: ["x", "y"], formats: ["i4", "c8"], offsets: [4, 12], itemsize: 24 },
  aligned: { names: ["a", "b"], formats: ["u1", "f8"], aligned: true },
  nested: [
    [
      "p",
      [
        ["x", "f4"],
        [
          "q",
          [
            ["z", "i2"],
            ["t", "?"],
          ],
        ],
      ],
    ],
    ["n", "u8"],
  ],
  blocks: [
    [
      "p",
      [
        ["x", "f4"],
        ["y", "i2"],
      ],
      [2, 3],
    ],
    ["v", "V3"],
  ],
  unicode: [["日本 'x'", "f4"]],
};

export const dtypes: readonly (readonly [name: string, dtype: Descriptor])[] = [
  ...plainCodes.map((code) => [code, toDescriptor(code)] as const),
  ...Object.entries(structs).map(([name, spec]) => [name, toDescriptor(spec)] as const),
  ["V5", toDescriptor("V5")],
];

/** Numbers below 2^32 that look random and are the same each time (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

function filled(shape: readonly number[], dtype: Descriptor, order: "C" | "F" = "C"): NDArray {
  const array = emptyArray(shape, dtype, order, "test");
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.nbytes);
  const random = randomNumbers(array.nbytes + 7);
  for (let k = 0; k < bytes.length; k++) bytes[k] = dtype.kind === "b" ? random() & 1 : random() & 0xff;
  return array;
}

export const layouts: Readonly<Record<string, (dtype: Descriptor) => NDArray>> = {
  C: (dtype) => filled([2, 3, 4], dtype),
  F: (dtype) => filled([2, 3, 4], dtype, "F"),
  transposed: (dtype) => filled([2, 3], dtype).T,
  reversed: (dtype) => filled([5], dtype).slice("::-1"),
  "columns reversed": (dtype) => filled([3, 4], dtype).slice(":", "::-1"),
  stepped: (dtype) => filled([6, 6], dtype).slice("::2", "1::2"),
  window: (dtype) => filled([5, 5], dtype).slice("1:4", "2:4"),
  "window of F": (dtype) => filled([5, 5], dtype, "F").slice("1:4", "2:4"),
  "rows of F": (dtype) => filled([4, 3], dtype, "F").slice("1:3"),
  column: (dtype) => filled([4, 3], dtype).slice(":", 1),
  repeated: (dtype) => {
    const row = filled([3], dtype);
    return row.viewAs({ ...row.layout, shape: [4, 3], strides: [0, row.itemsize] });
  },
  "0-d": (dtype) => filled([], dtype),
  "0-d window": (dtype) => filled([3], dtype).slice(1),
  "length 1": (dtype) => filled([4, 3, 2], dtype).slice("2:3", ":", "1:2"),
  empty: (dtype) => filled([2, 0, 3], dtype),
  "empty window": (dtype) => filled([4, 4], dtype).slice("2:2", "::-1"),
};

/** The bytes of all elements in C order, read one by one. */
export function elementBytes(array: NDArray): Uint8Array {
  const { itemsize, size } = array;
  const memory = new Uint8Array(array.buffer);
  const out = new Uint8Array(size * itemsize);
  for (let k = 0; k < size; k++) {
    const at = flatOffset(array.layout, k);
    out.set(memory.subarray(at, at + itemsize), k * itemsize);
  }
  return out;
}

/** Bytes of numbers, of text in Latin-1, and of other bytes. */
export function bytes(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  const all = parts.map((part) => {
    if (typeof part === "number") return Uint8Array.of(part);
    return typeof part === "string" ? Uint8Array.from(part, (char) => char.charCodeAt(0)) : part;
  });
  return Uint8Array.from(all.flatMap((part) => [...part]));
}
