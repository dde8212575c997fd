import { WRITEABLE } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import { IndexError, textOf, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { type Chunk, chunkOf } from "./nditer-buffer.ts";
import type { NditerSettings } from "./nditer-flags.ts";
import type { Walk } from "./nditer-walk.ts";

/** The elements of all operands at some places. */
interface Chunks {
  readonly first: number;
  readonly count: number;
  readonly each: readonly Chunk[];
}

/** Where a walk stands, and the elements there. */
export class Cursor {
  walk: Walk;
  readonly settings: NditerSettings;
  /** Whether lines are given, and not single elements. */
  external: boolean;
  /** The place along each axis, and how many places come before it. */
  place: number[];
  at = 0;
  range: readonly [number, number];
  finished = false;
  /** Whether buffers are still missing. */
  delayed: boolean;
  /** Told whenever it moves. */
  follower: Follower | null = null;
  /** For each operand the byte from which its first place counts, and that of the place where it stands. */
  private bases: readonly number[];
  private offsets: number[];
  /** The elements around the place where it stands, where they are brought together. */
  private chunks: Chunks | null = null;

  constructor(walk: Walk, settings: NditerSettings) {
    this.walk = walk;
    this.settings = settings;
    this.external = settings.flags.has("external_loop");
    this.delayed = settings.flags.has("delay_bufalloc") && settings.flags.has("buffered");
    this.bases = walk.operands.map((one) => one.array.layout.offset);
    this.range = [0, sizeOf(walk.shape)];
    this.place = walk.shape.map(() => 0);
    this.offsets = walk.operands.map(() => 0);
    this.rewind();
  }

  get size(): number {
    return sizeOf(this.walk.shape);
  }

  /** Another one at the same place. */
  twin(): Cursor {
    this.flush();
    const twin = new Cursor(this.walk, this.settings);
    twin.external = this.external;
    twin.bases = this.bases;
    twin.range = this.range;
    twin.delayed = this.delayed;
    twin.stand(this.place.slice());
    twin.at = this.at;
    twin.finished = this.finished;
    return twin;
  }

  /** One step further; false behind the last place. */
  step(): boolean {
    this.requireBuffers();
    if (this.finished) return false;
    const by = this.stride();
    this.at += by;
    if (this.at >= this.range[1]) {
      this.finished = true;
      this.settle();
      return false;
    }
    if (by === 1) this.increment();
    else this.stand(placeAt(this.at, this.walk.shape));
    return true;
  }

  /** Goes to a place, which must be one. */
  goto(place: number[]): void {
    this.requireBuffers();
    this.at = place.reduce((sum, along, axis) => sum * this.walk.shape[axis]! + along, 0);
    this.finished = false;
    this.stand(place);
  }

  /** Goes to the place before which so many come. */
  gotoNumber(at: number): void {
    const [first, end] = this.range;
    if (!(Number.isInteger(at) && at >= first && at < end)) {
      throw new IndexError(`nditer: iterindex ${textOf(at)} is outside of the range from ${first} to ${end}`);
    }
    this.goto(placeAt(at, this.walk.shape));
  }

  /** Goes back to the first place. */
  rewind(): void {
    const [first, end] = this.range;
    this.finished = first >= end;
    this.at = first;
    this.stand(this.finished ? this.walk.shape.map(() => 0) : placeAt(first, this.walk.shape));
  }

  /** Another walk of the same operands, from its first place on. */
  restart(walk: Walk): void {
    this.flush();
    this.walk = walk;
    this.range = [0, this.size];
    this.rewind();
  }

  /** Counts from other bytes from now on. */
  rebase(bases: readonly number[]): void {
    this.flush();
    this.bases = bases;
    this.delayed = false;
    this.rewind();
  }

  /** The byte from which the first place of an operand counts. */
  startOf(k: number): number {
    return this.bases[k]! + this.walk.operands[k]!.lead;
  }

  /** The elements at the place where it stands, of each operand. */
  values(): NDArray[] {
    const chunk = this.chunk();
    const { operands, shape } = this.walk;
    if (chunk !== null) {
      const k = this.at - chunk.first;
      return chunk.each.map(({ values, step }, j) =>
        this.external ? values : elementOf(values, values.layout.offset + k * step, operands[j]!.writes),
      );
    }
    if (!this.external)
      return operands.map(({ array, writes }, k) => elementOf(array, this.offsets[k]!, writes));
    const axis = shape.length - 1;
    return operands.map(({ array, strides, writes }, k) => {
      const step = axis < 0 ? array.itemsize : strides[axis]!;
      const line = array.viewAs({ shape: [shape[axis] ?? 1], strides: [step], offset: this.offsets[k]! });
      if (!writes) line.bits &= ~WRITEABLE;
      return line;
    });
  }

  /** Brings what was written into buffers to where it belongs. */
  flush(): void {
    if (this.chunks === null) return;
    const { each } = this.chunks;
    this.chunks = null;
    for (const chunk of each) chunk.flush();
  }

  /** The same, and what was written into copies. */
  settle(): void {
    this.flush();
    for (const { writeBack } of this.walk.operands) writeBack?.();
  }

  requireBuffers(): void {
    if (this.delayed) throw new ValueError('nditer: with "delay_bufalloc" the iterator must be reset first');
  }

  private stand(place: number[]): void {
    this.place = place;
    this.offsets = this.walk.operands.map(({ strides, lead }, k) => {
      let offset = this.bases[k]! + lead;
      for (let axis = 0; axis < place.length; axis++) offset += place[axis]! * strides[axis]!;
      return offset;
    });
    this.follower?.follow(this.offsets.slice());
  }

  /** One place further, the innermost axis first. */
  private increment(): void {
    const { shape, operands } = this.walk;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const last = this.place[axis] === shape[axis]! - 1;
      const by = last ? -this.place[axis]! : 1;
      this.place[axis] = this.place[axis]! + by;
      for (let k = 0; k < operands.length; k++) {
        this.offsets[k] = this.offsets[k]! + by * operands[k]!.strides[axis]!;
      }
      if (!last) break;
    }
    this.follower?.follow(this.offsets.slice());
  }

  /** How many places a step goes over. */
  private stride(): number {
    if (!this.external) return 1;
    return this.chunk()?.count ?? this.walk.shape.at(-1) ?? 1;
  }

  /** The elements that are brought together around the place where it stands, or null where none are. */
  private chunk(): Chunks | null {
    const { operands } = this.walk;
    if (!this.settings.flags.has("buffered")) return null;
    const casts = operands.some((one) => !one.array.dtype.equals(one.dtype));
    if (!casts && !this.external) return null;
    const known = this.chunks;
    if (known !== null && this.at >= known.first && this.at < known.first + known.count) return known;
    this.flush();
    const first = this.at;
    const count = Math.min(this.chunkLength(casts), this.range[1] - first);
    const each = operands.map((_, k) => chunkOf(this.walk, k, this.bases, first, count));
    this.chunks = { first, count, each };
    return this.chunks;
  }

  /** How many elements are brought together: whole inner axes, as many as fit. */
  private chunkLength(casts: boolean): number {
    const { shape, operands } = this.walk;
    const { buffersize, flags } = this.settings;
    const line = shape.at(-1) ?? 1;
    if (operands.some((one) => one.reduces)) {
      // Up to the end of the line, along which an operand that is reduced stands still or moves evenly.
      return Math.min(buffersize, line - (this.at % line));
    }
    if (flags.has("grow_inner") && !casts) return Math.max(1, line - (this.at % line));
    let core = 1;
    for (let axis = shape.length - 1; axis >= 0 && core * shape[axis]! <= buffersize; axis--)
      core *= shape[axis]!;
    return Math.max(1, Math.floor(buffersize / core) * core);
  }
}

/** What goes along with a cursor: it is told the byte of each operand. */
export interface Follower {
  follow(offsets: readonly number[]): void;
}

/** One element as a view, which may be written when its operand is. */
function elementOf(array: NDArray, offset: number, writes: boolean): NDArray {
  const element = array.viewAs({ shape: [], strides: [], offset });
  if (!writes) element.bits &= ~WRITEABLE;
  return element;
}

/** The place along each axis from the number of places before it. */
function placeAt(at: number, shape: readonly number[]): number[] {
  const place = new Array<number>(shape.length);
  let rest = at;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const slower = Math.floor(rest / shape[axis]!);
    place[axis] = rest - slower * shape[axis]!;
    rest = slower;
  }
  return place;
}
