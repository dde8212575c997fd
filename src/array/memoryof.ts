import { contiguityReason } from "../layout/contiguity.ts";
import { byteRange, type Layout, shapeText, sizeOf } from "../layout/layout.ts";
import { selfOverlap } from "../layout/overlap.ts";
import { NDArray } from "./ndarray.ts";

/** What an array holds and keeps alive. */
export interface MemoryReport {
  /** Bytes of the buffer that the array keeps alive. */
  readonly bufferBytes: number;
  /** Bytes of the array that owns the memory, of which the buffer may hold several. */
  readonly ownerBytes: number;
  /** Distinct bytes that the elements of the array occupy. */
  readonly reachedBytes: number;
  /** The lowest byte of the buffer that the array reaches, and the one after the highest. */
  readonly byteRange: readonly [low: number, high: number];
  /** Whether the array owns its memory, views another array, or adopted a buffer. */
  readonly owner: "self" | "array" | "buffer";
  readonly writeable: boolean;
  /** The layout in words. */
  readonly layout: string;
  /** Why the array is not C-contiguous, or null when it is. */
  readonly notC: string | null;
  /** Why the array is not F-contiguous, or null when it is. */
  readonly notF: string | null;
  toString(): string;
}

/**
 * What an array keeps alive, how it lies in memory, and why it is or is not contiguous.
 *
 * @example
 * np.memoryOf(np.zeros([1000, 1000]).slice("::100", 0)).reachedBytes; // 80
 */
export function memoryOf(a: NDArray): MemoryReport {
  const { layout, itemsize } = a;
  const facts = {
    bufferBytes: a.buffer.byteLength,
    ownerBytes: ownerBytes(a),
    reachedBytes: reachedBytes(layout, itemsize),
    byteRange: byteRange(layout, itemsize),
    owner: ownerKind(a),
    writeable: a.flags.writeable,
    layout: layoutText(layout, itemsize),
    notC: contiguityReason(layout, itemsize, "C"),
    notF: contiguityReason(layout, itemsize, "F"),
  };
  return { ...facts, toString: () => reportText(facts) };
}

function ownerBytes(a: NDArray): number {
  let owner = a;
  while (owner.base instanceof NDArray) owner = owner.base;
  const [low, high] = byteRange(owner.layout, owner.itemsize);
  return high - low;
}

function ownerKind(a: NDArray): "self" | "array" | "buffer" {
  if (a.base === null) return "self";
  return a.base instanceof NDArray ? "array" : "buffer";
}

/** Repeated elements count once. Elements that overlap in part fill their range, as those of windows do. */
function reachedBytes(layout: Layout, itemsize: number): number {
  const [low, high] = byteRange(layout, itemsize);
  const moving = layout.strides.map((stride, k) =>
    stride === 0 && (layout.shape[k] as number) > 0 ? 1 : (layout.shape[k] as number),
  );
  const distinct = sizeOf(moving) * itemsize;
  if (distinct > high - low) return high - low;
  const once = { ...layout, shape: moving };
  return selfOverlap(once, itemsize, 1000) === "no" ? distinct : Math.min(distinct, high - low);
}

/** `element (0, 0) at byte 24; axis 0 steps 32 bytes, axis 1 steps -8 bytes`. */
function layoutText(layout: Layout, itemsize: number): string {
  const steps = layout.strides.map((stride, k) => {
    const length = layout.shape[k] as number;
    if (length <= 1) return `axis ${k} has length ${length}`;
    if (stride === 0) return `axis ${k} repeats one place ${length} times`;
    const gap = Math.abs(stride) < itemsize ? ", into the element before" : "";
    return `axis ${k} (${length} long) steps ${stride} bytes${gap}`;
  });
  const first = `element ${shapeText(layout.shape.map(() => 0))} at byte ${layout.offset}, ${itemsize} bytes each`;
  return [first, ...steps].join("; ");
}

function reportText(facts: Omit<MemoryReport, "toString">): string {
  const owners = {
    self: "owns its memory",
    array: "a view of another array",
    buffer: "adopted memory that somebody else made",
  };
  return [
    `${owners[facts.owner]}${facts.writeable ? "" : ", read-only"}`,
    `keeps ${facts.bufferBytes} bytes alive, of which its owner has ${facts.ownerBytes} and it reaches ${facts.reachedBytes} (bytes ${facts.byteRange[0]} to ${facts.byteRange[1]})`,
    facts.layout,
    facts.notC === null ? "C-contiguous" : `not C-contiguous: ${facts.notC}`,
    facts.notF === null ? "F-contiguous" : `not F-contiguous: ${facts.notF}`,
  ].join("\n");
}
