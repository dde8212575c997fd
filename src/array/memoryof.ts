import { contiguityReason } from "../layout/contiguity.ts";
import { byteRange, type Layout, shapeText } from "../layout/layout.ts";
import { type LiveArrays, liveArrays } from "./livearrays.ts";
import { NDArray, requireArray } from "./ndarray.ts";

/** So many arrays are told by their shape. */
const MOST_SHAPES = 8;

/** What an array holds and keeps alive. */
export interface MemoryReport {
  /** Bytes of the buffer that the array keeps alive. */
  readonly bufferBytes: number;
  /** Bytes of the array that owns the memory, of which the buffer may hold several. */
  readonly ownerBytes: number;
  /** Distinct bytes that the elements of the array occupy; at most so many when their axes overlap unevenly. */
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
  /**
   * The live arrays over the same memory: this one, the owner and its views, in the order in which they were made. Null
   * unless `np.trackArrays()` was called before.
   */
  readonly arrays: readonly NDArray[] | null;
  /** How many other live arrays lie in the same buffer, which small arrays share, and keep it alive too; null likewise. */
  readonly neighbours: number | null;
  toString(): string;
}

/**
 * What an array keeps alive, how it lies in memory, and why it is or is not contiguous.
 *
 * @example
 * np.memoryOf(np.zeros([1000, 1000]).slice("::100", 0)).reachedBytes; // 80
 */
export function memoryOf(a: NDArray): MemoryReport {
  requireArray(a, "memoryOf");
  const { itemsize } = a;
  // What lies behind windows has no one buffer: bytes count from the start of its memory.
  const { storage } = a;
  const layout = storage.wide === null ? storage.settle().inBuffer(a.layout) : a.layout;
  const live = liveArrays(a);
  const facts = {
    bufferBytes: storage.wide === null ? storage.buffer.byteLength : storage.byteLength,
    ownerBytes: ownerBytes(a),
    reachedBytes: reachedBytes(layout, itemsize),
    byteRange: byteRange(layout, itemsize),
    owner: ownerKind(a),
    writeable: a.flags.writeable,
    layout: layoutText(layout, itemsize),
    notC: contiguityReason(layout, itemsize, "C"),
    notF: contiguityReason(layout, itemsize, "F"),
    arrays: live?.arrays ?? null,
    neighbours: live?.neighbours ?? null,
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

/**
 * Distinct bytes, each counted once: axes are merged into runs of evenly spaced bytes, from the smallest step on, as long
 * as an axis only goes on where the run before it is. Runs that overlap all the same count as what they can be at most.
 */
function reachedBytes(layout: Layout, itemsize: number): number {
  const [low, high] = byteRange(layout, itemsize);
  if (high === low) return 0;
  const axes = layout.strides.map((stride, k) => ({
    step: Math.abs(stride),
    count: layout.shape[k] as number,
  }));
  const moving = axes.filter(({ step, count }) => step > 0 && count > 1).sort((a, b) => a.step - b.step);
  let run = { step: 1, count: itemsize };
  let bytes = 1;
  for (const { step, count } of moving) {
    if (step % run.step === 0 && step <= run.count * run.step) {
      run.count += ((count - 1) * step) / run.step;
      continue;
    }
    bytes *= run.count;
    run = { step, count };
  }
  return Math.min(bytes * run.count, high - low);
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
    ...(facts.arrays === null ? [] : [arraysText(facts.arrays, facts.neighbours ?? 0)]),
  ].join("\n");
}

/** `3 live arrays over it, of shape (2, 3), (3,), (3,); 1 more in its buffer`. */
function arraysText(arrays: LiveArrays["arrays"], neighbours: number): string {
  const shapes = arrays.slice(0, MOST_SHAPES).map(({ layout }) => shapeText(layout.shape));
  const rest = arrays.length > MOST_SHAPES ? ", …" : "";
  const count = arrays.length === 1 ? "1 live array" : `${arrays.length} live arrays`;
  const known =
    arrays.length === 0 ? "no live array known" : `${count} over it, of shape ${shapes.join(", ")}${rest}`;
  return neighbours === 0 ? known : `${known}; ${neighbours} more in its buffer`;
}
