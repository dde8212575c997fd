import { type ArrayInput, asarray } from "../array/create.ts";
import { type Flat, flat } from "../array/flat.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import type { ElementValue } from "../dtype/map.ts";
import { textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { sizeOf } from "../layout/layout.ts";
import { broadcastTo } from "./broadcast.ts";

/** As many as NumPy takes. */
const MOST = 64;

/**
 * Several arrays broadcast against each other: their common shape, and an iterator over lists with an element of each, in C
 * order. Made by {@link broadcast}. Nothing is copied. It goes on where it stood; `reset` begins again.
 */
export class Broadcast implements IterableIterator<ElementValue[]> {
  /** The common shape. */
  readonly #shape: readonly number[];
  readonly #arrays: readonly NDArray[];
  /** For each array its strides along the common axes. */
  readonly #strides: readonly (readonly number[])[];
  /** The place along each axis, and the byte of each array there. */
  readonly #place: number[];
  readonly #offsets: number[];
  #index = 0;

  /** @internal */
  constructor(arrays: readonly NDArray[]) {
    if (!Array.isArray(arrays)) throw new ValueError(`broadcast: ${textOf(arrays)} is no list of arrays`);
    for (const one of arrays) requireArray(one, "broadcast");
    this.#arrays = arrays;
    if (arrays.length > MOST) {
      throw new ValueError(`broadcast: ${arrays.length} arrays are too many; the most is ${MOST}`);
    }
    this.#shape = broadcastShapes(
      this.#arrays.map((a) => a.layout.shape),
      "broadcast",
    );
    this.#strides = this.#arrays.map((a) => broadcastLayout(a.layout, this.#shape)!.strides);
    this.#place = this.#shape.map(() => 0);
    this.#offsets = this.#arrays.map((a) => a.layout.offset);
  }

  /** @internal The arrays as they were given. */
  get arrays(): readonly NDArray[] {
    return this.#arrays;
  }

  /** The length of each common axis, as a fresh list. */
  get shape(): number[] {
    return this.#shape.slice();
  }

  /** The number of places, and so of lists. */
  get size(): number {
    return sizeOf(this.#shape);
  }

  /** The number of common axes. */
  get ndim(): number {
    return this.#shape.length;
  }

  /** The number of common axes. */
  get nd(): number {
    return this.#shape.length;
  }

  /** How many lists were given. */
  get index(): number {
    return this.#index;
  }

  /** The number of arrays. */
  get numiter(): number {
    return this.#arrays.length;
  }

  /** For each array its elements, broadcast, as one line. They are fresh, and read-only where elements repeat. */
  get iters(): Flat[] {
    return this.#arrays.map((a) => flat(broadcastTo(a, this.#shape)));
  }

  /** Goes back to the first place. */
  reset(): void {
    this.#index = 0;
    this.#place.fill(0);
    for (const [k, a] of this.#arrays.entries()) this.#offsets[k] = a.layout.offset;
  }

  /** The elements at the next place. */
  next(): IteratorResult<ElementValue[], undefined> {
    if (this.#index >= this.size) return { done: true, value: undefined };
    const value = this.#arrays.map((a, k) => a.dtype.access.read(a.storage.view, this.#offsets[k]!));
    this.#index++;
    this.#step();
    return { done: false, value: value as ElementValue[] };
  }

  /** One place further, the last axis first. */
  #step(): void {
    for (let axis = this.#shape.length - 1; axis >= 0; axis--) {
      const last = this.#place[axis] === this.#shape[axis]! - 1;
      const by = last ? -this.#place[axis]! : 1;
      this.#place[axis] = this.#place[axis]! + by;
      for (let k = 0; k < this.#offsets.length; k++) {
        this.#offsets[k] = this.#offsets[k]! + by * this.#strides[k]![axis]!;
      }
      if (!last) return;
    }
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * Several arrays broadcast against each other, as an object that knows their common shape and gives lists with an element of
 * each, in C order. What is an object of this kind already stands for its arrays. Nothing is copied.
 *
 * @throws ShapeError when the shapes do not fit, ValueError for more than 64 arrays
 * @example
 * const both = np.broadcast(np.array([1, 2, 3]), np.array([[10], [20]]));
 * both.shape; // [2, 3]
 * [...both].map(([x, y]) => (x as number) + (y as number)); // [11, 12, 13, 21, 22, 23]
 */
export function broadcast(...operands: (ArrayInput | Broadcast)[]): Broadcast {
  const arrays = operands.flatMap((one): readonly NDArray[] =>
    one instanceof Broadcast ? one.arrays : [asarray(one)],
  );
  return new Broadcast(arrays);
}
