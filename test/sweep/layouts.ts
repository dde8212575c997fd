/**
 * The same elements in every layout, and in a dense array made of them without a single function that is under test:
 * addresses are counted here, elements written one by one.
 */
import * as np from "../../src/index.ts";

/** Strides in units of one element, or bytes where `step` says how wide a unit is. */
interface LayoutSpec {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Units before the first element. */
  readonly offset: number;
  /** Bytes in front of everything, and behind each element: what makes a field unaligned. */
  readonly lead?: number;
  readonly gap?: number;
  readonly shared?: boolean;
}

export const layouts: Readonly<Record<string, LayoutSpec>> = {
  C: { shape: [2, 3, 4], strides: [12, 4, 1], offset: 0 },
  F: { shape: [2, 3, 4], strides: [1, 2, 6], offset: 0 },
  transposed: { shape: [2, 3, 4], strides: [4, 8, 1], offset: 0 },
  reversed: { shape: [2, 3, 4], strides: [-12, -4, -1], offset: 23 },
  "one axis reversed": { shape: [2, 3, 4], strides: [12, 4, -1], offset: 3 },
  stepped: { shape: [2, 3, 4], strides: [96, 16, 2], offset: 0 },
  window: { shape: [2, 3, 4], strides: [42, 7, 1], offset: 17 },
  "repeated rows": { shape: [2, 3, 4], strides: [0, 4, 1], offset: 0 },
  "repeated all over": { shape: [2, 3, 4], strides: [0, 0, 0], offset: 5 },
  "axes of length 1": { shape: [1, 3, 1], strides: [777, -2, -5], offset: 9 },
  empty: { shape: [2, 0, 4], strides: [8, 4, 1], offset: 3 },
  "a packed field": { shape: [2, 3, 4], strides: [12, 4, 1], offset: 0, lead: 1, gap: 3 },
  adopted: { shape: [2, 3, 4], strides: [12, 4, 1], offset: 2, shared: true },
  square: { shape: [4, 4], strides: [1, -4], offset: 12 },
  line: { shape: [6], strides: [-3], offset: 15 },
  "no axes": { shape: [], strides: [], offset: 4 },
};

export const dtypes: Readonly<Record<string, np.DTypeLike>> = {
  float64: "float64",
  int64: "int64",
  uint8: "uint8",
  complex128: "complex128",
  float16: "float16",
  bool: "bool",
  datetime64: "M8[D]",
  timedelta64: "m8[s]",
  str: "U3",
  struct: [
    ["x", "f4"],
    ["y", "u1"],
  ],
};

/** Offsets in bytes of all elements in C order. */
function addresses({ shape, strides, offset, lead = 0 }: LayoutSpec, unit: number): number[] {
  let list = [lead + offset * unit];
  for (const [k, length] of shape.entries()) {
    const steps = Array.from({ length }, (_, i) => i * strides[k]! * unit);
    list = list.flatMap((at) => steps.map((step) => at + step));
  }
  return list;
}

function element(type: np.Descriptor, k: number): unknown {
  const x = (k * 37) % 101;
  if (type.kind === "b") return x % 2 === 0;
  if (type.kind === "U" || type.kind === "S") return ["", "a", "Bc", "12", " x"][k % 5];
  if (type.kind === "c") return np.complex(x, -x - 1);
  return type.fields === null ? x : { x, y: x };
}

/** An array in a layout, and the same elements densely in C order; a dtype is named as above, or by its own name. */
export function pair(layout: string, dtype: string): { strided: np.NDArray; dense: np.NDArray } {
  const spec = layouts[layout]!;
  const type = np.dtype(dtypes[dtype] ?? (dtype as np.DTypeLike)) as np.Descriptor;
  const unit = type.itemsize + (spec.gap ?? 0);
  const places = addresses(spec, unit);
  const bytes = 200 * unit;
  const buffer = spec.shared === true ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const dense = new ArrayBuffer(Math.max(1, places.length) * type.itemsize);
  const write = (memory: ArrayBufferLike, at: number, k: number) =>
    type.access.write(new DataView(memory), at, type.access.coerce(element(type, k)));
  places.forEach((at, k) => {
    // By place, not by position: repeated elements are one.
    write(buffer, at, at);
    write(dense, k * type.itemsize, at);
  });
  const strides = spec.strides.map((step) => step * unit);
  const offset = spec.offset * unit + (spec.lead ?? 0);
  return {
    strided: np.fromStrided({ buffer, dtype: type, shape: spec.shape, strides, offset }),
    dense: np.fromStrided({ buffer: dense, dtype: type, shape: spec.shape }),
  };
}
