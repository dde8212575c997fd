import { ValueError } from "../errors.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";
import type { Access, Descriptor } from "./descriptor.ts";
import type { StructValue } from "./map.ts";

/**
 * Elements that are blocks of elements: read as nested lists, written from nested lists that broadcast to the
 * block, or from one element that fills it. The outermost lists are axes of the block; deeper ones belong to its
 * elements.
 */
export function subarrayAccess(base: Descriptor, shape: readonly number[]): Access<StructValue> {
  const size = sizeOf(shape);
  const { access, itemsize } = base;
  const block: Access<Nested> = {
    read: (view, at) => nest(shape, 0, (k) => access.read(view, at + k * itemsize), { next: 0 }),
    write: (view, at, value) => {
      const flat = shape.length === 1 ? value : value.flat(shape.length - 1);
      for (let k = 0; k < size; k++) access.write(view, at + k * itemsize, flat[k] as never);
    },
    coerce: (value) => spread(value, shape, access.coerce),
    convert: (value, kind) => spread(value, shape, (x) => access.convert(x, kind)),
  };
  // The types know one kind of void, the struct; a block is only ever a part of one.
  return block as unknown as Access<StructValue>;
}

type Nested = readonly unknown[];

/** Lists of lists of the elements in C order. */
function nest(shape: Nested, axis: number, element: (k: number) => unknown, at: { next: number }): Nested {
  const last = axis === shape.length - 1;
  const list = new Array<unknown>(shape[axis] as number);
  for (let i = 0; i < list.length; i++)
    list[i] = last ? element(at.next++) : nest(shape, axis + 1, element, at);
  return list;
}

/** `value` broadcast to `shape`, with each element made by `make`. */
function spread(value: unknown, shape: readonly number[], make: (x: unknown) => unknown): Nested {
  const dims = dimsOf(value, shape.length);
  const lead = shape.length - dims.length;
  if (dims.some((length, k) => length !== 1 && length !== shape[lead + k])) {
    throw new ValueError(
      `values of shape ${shapeText(dims)} do not broadcast to a subarray of shape ${shapeText(shape)}`,
    );
  }
  const index = new Array<number>(shape.length).fill(0);
  const walk = (axis: number): Nested =>
    Array.from({ length: shape[axis] as number }, (_, i) => {
      index[axis] = i;
      return axis === shape.length - 1 ? make(pick(value, dims, index)) : walk(axis + 1);
    });
  return walk(0);
}

/** The lengths of nested lists, down to `limit` levels; throws when they are ragged. */
function dimsOf(value: unknown, limit: number): number[] {
  if (limit === 0 || !isList(value)) return [];
  const inner = value.length === 0 ? [] : dimsOf(value[0], limit - 1);
  for (const part of value) {
    const other = dimsOf(part, limit - 1);
    if (other.length !== inner.length || other.some((length, k) => length !== inner[k])) {
      throw new ValueError("a subarray cannot be made of lists of different lengths");
    }
  }
  return [value.length, ...inner];
}

function isList(value: unknown): value is Nested {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** The part of nested lists of lengths `dims` at the trailing axes of `index`; an axis of length 1 repeats. */
function pick(value: unknown, dims: readonly number[], index: readonly number[]): unknown {
  const lead = index.length - dims.length;
  return dims.reduce(
    (part: unknown, length, k) => (part as Nested)[length === 1 ? 0 : index[lead + k]!],
    value,
  );
}
