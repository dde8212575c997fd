import { ValueError } from "../errors.ts";
import type { Layout } from "../layout/layout.ts";

/** The typed arrays that storage can be seen through. */
export type Lane =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** A typed array class, as far as storage needs it. */
export interface LaneClass<L extends Lane> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): L;
}

/** How parts of a storage are found that is too large for one buffer. */
export interface WideAccess {
  /** The same elements in a window, when they lie in one. */
  narrowed(storage: Storage, layout: Layout, itemsize: number): Narrowed | null;
  /** Visits elements of two places in parts, of which each lies in a window. */
  inParts<P extends Place>(
    shape: readonly number[],
    places: readonly [P, P],
    itemsizes: readonly [number, number],
    visit: (shape: readonly number[], first: P, second: P) => void,
  ): void;
}

/** Elements that lie in a window. */
export interface Narrowed {
  readonly storage: Storage;
  readonly layout: Layout;
}

/** Whether somebody else may write the memory at any time: another worker, between two looks at it. */
export function isShared({ buffer }: Storage): boolean {
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}

/** Who lent memory to a storage, and takes it back. */
export interface Lender {
  /** Whether the memory is taken away at some time. */
  readonly takesBack: boolean;
  /** Moves the storage to memory that it may keep. */
  release(storage: Storage): void;
}

const noLanes: Lane[] = [];
/** More patience than anything wears out. */
const FIRM = 2 ** 30 - 1;
/** What a storage has that was taken away: nothing can be read from it. */
const gone = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(0));

/**
 * A part of a buffer, mostly the whole, and the ways it is read: a DataView for single elements at any byte, and typed
 * arrays over all of it, made when first asked for and then kept. Offsets in layouts count from the start of the part.
 *
 * A buffer can be taken away (transferred to a worker, or a WebAssembly memory that grew). Every way in asks
 * `alive` first, so that this is an error and never a wrong number.
 *
 * A storage that kernels come for again and again moves to the engine's memory, where they reach it (residence.ts), and
 * what is made inside np.scope lies there from the start. Such memory is lent: the storage moves to ordinary memory, with
 * every array over it, when its buffer is shown, and stays there. What a scope lent is taken away when that ends.
 *
 * So no typed array of a storage is kept while others may run: whoever needs it asks again.
 */
export class Storage {
  /** Where it is shown to others, `settle` first: lent memory is not for them. */
  buffer: ArrayBufferLike;
  /** The byte of the buffer at which this storage starts. */
  origin: number;
  readonly byteLength: number;
  /** Who lent the memory; null for memory that lasts. Lent memory is the engine's: kernels may be given its addresses. */
  lender: Lender | null;
  /**
   * KB that kernels may still bring in or send out before the storage moves to their memory. 0 for one that stays where it
   * is: somebody else made the buffer, or has seen it, or it is too small.
   */
  patience = 0;
  private end: number;
  private made: DataView | null = null;
  private lanes: Lane[] = noLanes;
  private wholeBytes: Uint8Array | null = null;
  private wholeWords: Uint32Array | null = null;
  private wholeDoubles: Float64Array | null = null;

  constructor(
    buffer: ArrayBufferLike,
    origin = 0,
    byteLength = buffer.byteLength,
    lender: Lender | null = null,
  ) {
    this.buffer = buffer;
    this.origin = origin;
    this.byteLength = byteLength;
    this.end = origin + byteLength;
    this.lender = lender;
  }

  /** How parts are found of more memory than one buffer holds, of which nothing can be read at once; see windows.ts. */
  get wide(): WideAccess | null {
    return null;
  }

  /** Whose memory it is: storages of one memory may share bytes. What is lent is lent to one storage. */
  get memory(): object {
    return this.lender === null ? this.buffer : this;
  }

  /** A layout counted from the start of the memory, by which elements of two storages of it are compared. */
  inMemory(layout: Layout): Layout {
    return this.lender === null ? this.inBuffer(layout) : layout;
  }

  /** Throws when the buffer was taken away or has shrunk. */
  alive(): void {
    if (this.buffer.byteLength < this.end) this.missing();
  }

  /** All of the storage, for elements at any byte. */
  get view(): DataView {
    if (this.buffer.byteLength < this.end) this.missing();
    return this.unchecked;
  }

  /** The same without the question: when the buffer is gone, this or reading from it throws whatever the runtime throws. */
  get unchecked(): DataView {
    return this.made ?? this.makeView();
  }

  // A fixed length: a length-tracking view of a resizable buffer would be slower and could shrink.
  private makeView(): DataView {
    this.made = new DataView(this.buffer, this.origin, this.byteLength);
    return this.made;
  }

  /** All of the storage as a typed array of `lane`; a tail shorter than one element is left out. */
  lane<L extends Lane>(lane: LaneClass<L>): L {
    this.alive();
    for (let k = 0; k < this.lanes.length; k++) {
      const made = this.lanes[k] as Lane;
      if (made.constructor === lane) return made as L;
    }
    const made = new lane(this.buffer, this.origin, Math.floor(this.byteLength / lane.BYTES_PER_ELEMENT));
    if (this.lanes === noLanes) this.lanes = [made];
    else this.lanes.push(made);
    return made;
  }

  /** What `lane(Uint8Array)` is, sooner and without the question: for who has just asked. */
  get bytes(): Uint8Array {
    return this.wholeBytes ?? this.makeBytes();
  }

  private makeBytes(): Uint8Array {
    this.wholeBytes = this.lane(Uint8Array);
    return this.wholeBytes;
  }

  /** What `lane(Uint32Array)` is, likewise. */
  get words(): Uint32Array {
    return this.wholeWords ?? this.makeWords();
  }

  private makeWords(): Uint32Array {
    this.wholeWords = this.lane(Uint32Array);
    return this.wholeWords;
  }

  /** What `lane(Float64Array)` is, likewise. */
  get doubles(): Float64Array {
    return this.wholeDoubles ?? this.makeDoubles();
  }

  private makeDoubles(): Float64Array {
    this.wholeDoubles = this.lane(Float64Array);
    return this.wholeDoubles;
  }

  /** A layout counted from the start of the buffer. */
  inBuffer(layout: Layout): Layout {
    return this.origin === 0 ? layout : { ...layout, offset: this.origin + layout.offset };
  }

  /** Sees to it that the memory lasts: whoever is shown the buffer may keep it. */
  settle(): this {
    this.patience = 0;
    if (this.lender !== null) this.lender.release(this);
    if (this.buffer === gone.buffer) this.missing();
    return this;
  }

  /** Runs what keeps typed arrays of the storage while others run: meanwhile kernels do not make it move. */
  still(run: () => void): void {
    const { patience } = this;
    if (patience !== 0) this.patience = FIRM;
    try {
      run();
    } finally {
      // Unless somebody has seen the buffer.
      if (this.patience !== 0) this.patience = patience;
    }
  }

  /** Goes on over other memory, which must hold the same bytes from `origin` on. */
  moveTo(buffer: ArrayBufferLike, origin: number, lender: Lender | null = null): void {
    this.become(buffer, origin, null);
    this.lender = lender;
  }

  /** Loses the memory that was lent: from now on every way in is an error. */
  takeAway(): void {
    this.become(gone.buffer, 0, gone);
  }

  private become(buffer: ArrayBufferLike, origin: number, view: DataView | null): void {
    this.buffer = buffer;
    this.origin = origin;
    this.end = origin + this.byteLength;
    this.lender = null;
    this.made = view;
    this.lanes = noLanes;
    this.wholeBytes = null;
    this.wholeWords = null;
    this.wholeDoubles = null;
  }

  private missing(): never {
    if (this.buffer === gone.buffer) {
      throw new ValueError(
        "this array was made inside np.scope, which has ended and taken back its memory; return it from the function, or copy it into an array from outside",
      );
    }
    throw new ValueError(
      `the buffer of this array is gone: it had ${this.end} bytes and now has ${this.buffer.byteLength} (it was transferred, resized, or its WebAssembly memory grew); copy the array before that happens`,
    );
  }
}

/** Where elements are: a storage, and a layout without its shape. */
export interface Place {
  readonly storage: Storage;
  readonly strides: readonly number[];
  /** The byte of the first element. */
  readonly offset: number;
}
