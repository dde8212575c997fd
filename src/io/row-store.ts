import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { ValueError } from "../errors.ts";

/** Memory for rows of which nobody knows how many will come: it doubles when it is full. */
const FIRST = 4096;

export class RowStore {
  rows = 0;
  view: DataView<ArrayBuffer>;
  readonly #rowBytes: number;

  constructor(rowBytes: number) {
    this.#rowBytes = rowBytes;
    this.view = new DataView(new ArrayBuffer(Math.max(FIRST, rowBytes)));
  }

  /** The byte at which the next row starts; there is room for it. */
  next(): number {
    const at = this.rows * this.#rowBytes;
    if (at + this.#rowBytes > this.view.byteLength) this.#grow();
    return at;
  }

  #grow(): void {
    const before = new Uint8Array(this.view.buffer);
    const bytes = 2 * before.length;
    try {
      const after = new Uint8Array(bytes);
      after.set(before);
      this.view = new DataView(after.buffer);
    } catch {
      throw new ValueError(`there is no memory for more than ${this.rows} rows`);
    }
  }

  /** An array of all rows. */
  array(shape: readonly number[], dtype: Descriptor, caller: string): NDArray {
    const array = emptyArray(shape, dtype, "C", caller);
    const bytes = new Uint8Array(this.view.buffer, 0, array.nbytes);
    array.storage.alive();
    new Uint8Array(array.buffer, array.byteOffset, array.nbytes).set(bytes);
    return array;
  }
}
