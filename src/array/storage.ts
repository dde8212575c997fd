import { ValueError } from "../errors.ts";

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

/** @internal A typed array class, as far as storage needs it. */
export interface LaneClass<L extends Lane> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): L;
}

/**
 * One buffer and the ways it is read: a DataView for single elements at any byte, and typed arrays over the
 * whole of it, made when first asked for and then kept.
 *
 * A buffer can be taken away (transferred to a worker, or a WebAssembly memory that grew). Every way in asks
 * `alive` first, so that this is an error and never a wrong number.
 */
export class Storage {
  readonly buffer: ArrayBufferLike;
  readonly byteLength: number;
  /** The same as `view` without the question: reading it after the buffer is gone throws whatever the runtime throws. */
  readonly unchecked: DataView;
  private lanes: Lane[] = [];

  constructor(buffer: ArrayBufferLike) {
    this.buffer = buffer;
    this.byteLength = buffer.byteLength;
    // A fixed length: a length-tracking view of a resizable buffer would be slower and could shrink.
    this.unchecked = new DataView(buffer, 0, buffer.byteLength);
  }

  /** Throws when the buffer was taken away or has shrunk. */
  alive(): void {
    if (this.buffer.byteLength < this.byteLength) this.gone();
  }

  /** The whole buffer, for elements at any byte. */
  get view(): DataView {
    if (this.buffer.byteLength < this.byteLength) this.gone();
    return this.unchecked;
  }

  /** The whole buffer as a typed array of `lane`; a tail shorter than one element is left out. */
  lane<L extends Lane>(lane: LaneClass<L>): L {
    this.alive();
    for (let k = 0; k < this.lanes.length; k++) {
      const made = this.lanes[k] as Lane;
      if (made.constructor === lane) return made as L;
    }
    const made = new lane(this.buffer, 0, Math.floor(this.byteLength / lane.BYTES_PER_ELEMENT));
    this.lanes.push(made);
    return made;
  }

  private gone(): never {
    throw new ValueError(
      `the buffer of this array is gone: it had ${this.byteLength} bytes and now has ${this.buffer.byteLength} (it was transferred, resized, or its WebAssembly memory grew); copy the array before that happens`,
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
