import { type ArrayInput, asarray } from "../array/create.ts";
import { WRITEABLE } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { IndexError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { Cursor } from "./nditer-cursor.ts";
import { type NditerOptions, type NditerSettings, settingsFrom } from "./nditer-flags.ts";
import { planWalk } from "./nditer-plan.ts";
import { mergedWalk, type Walk } from "./nditer-walk.ts";

/** What an iterator is to walk: one operand, or a list of them, null for those that are to be allocated. */
export type NditerOperands = ArrayInput | null | readonly (ArrayInput | null)[];

/** What each step gives: an array for one operand, a list for several. */
export type NditerValue<O> = O extends readonly unknown[] ? NDArray[] : NDArray;

/**
 * An iterator over the elements of several operands. Made by {@link nditer}; see there. `for (const x of it)` goes on from
 * where it stands, and `reset` begins again.
 */
export class Nditer<V extends NDArray | NDArray[] = NDArray | NDArray[]> implements IterableIterator<V> {
  readonly #cursor: Cursor;
  readonly #single: boolean;
  /** The shape of indices: that of the walk before its axes were ordered. Null when no indices are kept. */
  #indexShape: number[] | null;
  #started = false;
  #closed = false;

  /** @internal */
  constructor(cursor: Cursor, single: boolean, indexShape: number[] | null) {
    this.#cursor = cursor;
    this.#single = single;
    this.#indexShape = indexShape;
  }

  /** The arrays that are walked, those that were allocated among them. */
  get operands(): NDArray[] {
    this.#open();
    return this.#walk.operands.map((one) => one.array);
  }

  /** The dtype in which the elements of each operand are given. */
  get dtypes(): Descriptor[] {
    return this.#walk.operands.map((one) => one.dtype);
  }

  /** The number of operands. */
  get nop(): number {
    return this.#walk.operands.length;
  }

  /** The number of axes of the walk; those that can be met as one are merged unless indices are kept. */
  get ndim(): number {
    return this.#walk.shape.length;
  }

  /** The lengths of the walk: in the order of the operands where indices are kept, else from the innermost axis on. */
  get shape(): number[] {
    return this.#indexShape?.slice() ?? this.#walk.shape.slice().reverse();
  }

  /** The number of places. */
  get itersize(): number {
    return this.#cursor.size;
  }

  /** Each operand as it is walked: a view whose C order is the order of the walk. Not with `"buffered"`. */
  get itviews(): NDArray[] {
    this.#open();
    if (this.#cursor.settings.flags.has("buffered")) {
      throw new ValueError("nditer: what goes through buffers is no view");
    }
    const { shape, operands } = this.#walk;
    return operands.map(({ array, strides, writes }, k) => {
      const view = array.viewAs({ shape, strides, offset: this.#cursor.startOf(k) });
      if (!writes) view.bits &= ~WRITEABLE;
      return view;
    });
  }

  /** Whether all places were met. */
  get finished(): boolean {
    return this.#cursor.finished;
  }

  /** Whether buffers are still missing, which `reset` makes. */
  get hasDelayedBufalloc(): boolean {
    return this.#cursor.delayed;
  }

  /** Whether the position in C or Fortran order is kept. */
  get hasIndex(): boolean {
    return this.#walk.index !== null;
  }

  /** Whether the index along each axis is kept. */
  get hasMultiIndex(): boolean {
    return this.#indexShape !== null;
  }

  /** Always false: nothing here calls into Python. */
  get iterationneedsapi(): boolean {
    return false;
  }

  /** The elements where it stands: an array without axes for each operand, or with one axis in an external loop. */
  get value(): V {
    this.#standing();
    const list = this.#cursor.values();
    return (this.#single ? list[0] : list) as V;
  }

  /** The index along each axis; to be set where it is kept. */
  get multiIndex(): number[] {
    const index = this.#indexed().map(() => 0);
    this.#standing();
    const { axes, flipped, shape } = this.#walk;
    for (const [k, axis] of axes!.entries()) {
      const place = this.#cursor.place[k]!;
      index[axis] = flipped[k] ? shape[k]! - 1 - place : place;
    }
    return index;
  }

  set multiIndex(index: readonly number[]) {
    const shape = this.#indexed();
    if (!Array.isArray(index) || index.length !== shape.length) {
      throw new ValueError(`nditer: multiIndex must have ${shape.length} numbers, given ${textOf(index)}`);
    }
    for (const [axis, at] of index.entries()) {
      if (Number.isInteger(at) && at >= 0 && at < shape[axis]!) continue;
      throw new IndexError(
        `nditer: multiIndex ${textOf(at)} is out of bounds for axis ${axis} with size ${shape[axis]}`,
      );
    }
    const { axes, flipped, shape: lengths } = this.#walk;
    this.#cursor.goto(axes!.map((axis, k) => (flipped[k] ? lengths[k]! - 1 - index[axis]! : index[axis]!)));
  }

  /** The position in C or Fortran order; to be set where it is kept. */
  get index(): number {
    const { strides, lead } = this.#kept();
    this.#standing();
    return strides.reduce((sum, step, axis) => sum + step * this.#cursor.place[axis]!, lead);
  }

  set index(position: number) {
    const { strides } = this.#kept();
    if (!(Number.isInteger(position) && position >= 0 && position < this.itersize)) {
      throw new IndexError(`nditer: index ${textOf(position)} is out of bounds for ${this.itersize} places`);
    }
    const { shape } = this.#walk;
    this.#cursor.goto(
      strides.map((step, axis) => {
        if (step === 0) return 0;
        const along = Math.floor(position / Math.abs(step)) % shape[axis]!;
        return step < 0 ? shape[axis]! - 1 - along : along;
      }),
    );
  }

  /** How many places of the walk come before the one where it stands; may be set. */
  get iterindex(): number {
    return this.#cursor.at;
  }

  set iterindex(at: number) {
    this.#open();
    this.#cursor.gotoNumber(at);
  }

  /** The first place and the one behind the last; may be set with the flag `"ranged"`, and then begins again. */
  get iterrange(): [number, number] {
    return [this.#cursor.range[0], this.#cursor.range[1]];
  }

  set iterrange([first, end]: readonly [number, number]) {
    this.#open();
    if (!this.#cursor.settings.flags.has("ranged")) {
      throw new ValueError('nditer: iterrange can be set with the flag "ranged" only');
    }
    const whole = Number.isInteger(first) && Number.isInteger(end);
    if (!(whole && first >= 0 && end <= this.itersize && first <= end)) {
      throw new ValueError(`nditer: ${textOf([first, end])} is no range of ${this.itersize} places`);
    }
    this.#cursor.flush();
    this.#cursor.range = [first, end];
    this.#rewind();
  }

  /** One step further; false behind the last place. */
  iternext(): boolean {
    if (this.#closed) return false;
    return this.#cursor.step();
  }

  /** Goes back to the first place. */
  reset(): void {
    this.#open();
    this.#cursor.flush();
    this.#cursor.delayed = false;
    this.#rewind();
  }

  /** The same walk, standing at the same place. */
  copy(): Nditer<V> {
    this.#open();
    const twin = new Nditer<V>(this.#cursor.twin(), this.#single, this.#indexShape);
    twin.#started = this.#started;
    return twin;
  }

  /** Writes what is still in buffers and copies, and ends. */
  close(): void {
    if (this.#closed) return;
    this.#cursor.settle();
    this.#cursor.finished = true;
    this.#closed = true;
  }

  /** Leaves an axis out: its first place is taken. Begins again. Indices must be kept. */
  removeAxis(axis: number): void {
    const shape = this.#indexed();
    if (!(Number.isInteger(axis) && axis >= 0 && axis < shape.length)) {
      throw new ValueError(`nditer: axis ${textOf(axis)} is none of ${shape.length}`);
    }
    if (this.hasIndex) throw new ValueError("nditer: an axis cannot be left out where an index is kept");
    this.#cursor.restart(without(this.#walk, this.#walk.axes!.indexOf(axis), axis));
    this.#indexShape = shape.filter((_, k) => k !== axis);
    this.#started = false;
  }

  /** Gives up the index along each axis, so that axes are merged. Begins again. */
  removeMultiIndex(): void {
    this.#open();
    if (this.#indexShape === null) return;
    this.#indexShape = null;
    this.#cursor.restart(mergedWalk(this.#walk));
    this.#started = false;
  }

  /** Gives lines along the innermost axis from now on. Begins again. No index may be kept. */
  enableExternalLoop(): void {
    this.#open();
    if (this.hasIndex || this.hasMultiIndex) {
      throw new ValueError("nditer: lines cannot be given where an index is kept");
    }
    this.#cursor.restart(this.#walk);
    this.#cursor.external = true;
    this.#started = false;
  }

  /** Writes how the operands are walked to the console. */
  debugPrint(): void {
    const { shape, operands, axes } = this.#walk;
    const lines = operands.map(
      ({ array, dtype, strides }, k) =>
        `  operand ${k}: ${array.dtype} of shape ${shapeText(array.layout.shape)} as ${dtype}, strides ${shapeText(strides)}`,
    );
    const order = axes === null ? "merged" : shapeText(axes);
    const head = `nditer over ${shapeText(shape)}, axes ${order}, at ${this.iterindex} of ${this.itersize}`;
    console.log([head, ...lines].join("\n"));
  }

  /** The elements at the next place. */
  next(): IteratorResult<V, undefined> {
    if (this.#closed || this.finished || (this.#started && !this.iternext())) {
      return { done: true, value: undefined };
    }
    const { value } = this;
    this.#started = true;
    return { done: false, value };
  }

  /** What a loop that is left early calls: what was written so far is brought to where it belongs. */
  return(): IteratorResult<V, undefined> {
    if (!this.#closed) this.#cursor.settle();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** @internal Has another iterator start where this one stands, whenever this one moves. */
  lead(child: Nditer): void {
    this.#cursor.follower = child;
    this.#cursor.rewind();
  }

  /** @internal Begins again from other bytes. */
  follow(offsets: readonly number[]): void {
    this.#started = false;
    this.#cursor.rebase(offsets);
  }

  get #walk(): Walk {
    return this.#cursor.walk;
  }

  #rewind(): void {
    this.#started = false;
    this.#cursor.rewind();
  }

  #open(): void {
    if (this.#closed) throw new ValueError("nditer: the iterator is closed");
  }

  #standing(): void {
    this.#open();
    this.#cursor.requireBuffers();
    if (this.finished) throw new ValueError("nditer: the iterator is past the end");
  }

  #indexed(): number[] {
    this.#open();
    if (this.#indexShape !== null) return this.#indexShape;
    throw new ValueError('nditer: no indices are kept; give the flag "multi_index"');
  }

  #kept(): NonNullable<Walk["index"]> {
    this.#open();
    if (this.#walk.index !== null) return this.#walk.index;
    throw new ValueError('nditer: no index is kept; give the flag "c_index" or "f_index"');
  }
}

/** A walk without its k-th axis, which is axis `axis` of indices and stays at its first place. */
function without(walk: Walk, k: number, axis: number): Walk {
  const cut = <T>(list: readonly T[]) => list.filter((_, j) => j !== k);
  const back = walk.flipped[k] ? walk.shape[k]! - 1 : 0;
  return {
    shape: cut(walk.shape),
    axes: cut(walk.axes!).map((one) => (one > axis ? one - 1 : one)),
    flipped: cut(walk.flipped),
    operands: walk.operands.map((one) => ({
      ...one,
      strides: cut(one.strides),
      lead: one.lead + back * one.strides[k]!,
    })),
    index: null,
  };
}

/** The shape that the operands share, before its axes were ordered. */
function shapeBefore({ shape, axes }: Walk): number[] {
  const before = shape.slice();
  for (const [k, axis] of axes!.entries()) before[axis] = shape[k]!;
  return before;
}

/** @internal Operands as arrays, null for those that are to be allocated. */
export function operandsFrom(given: NditerOperands): (NDArray | null)[] {
  const list = (Array.isArray(given) ? given : [given]) as readonly (ArrayInput | null)[];
  return Array.from(list, (one) => (one === null ? null : asarray(one)));
}

/** @internal An iterator over operands. */
export function iteratorOver<V extends NDArray | NDArray[]>(
  operands: readonly (NDArray | null)[],
  settings: NditerSettings,
  single: boolean,
  caller: string,
): Nditer<V> {
  const walk = planWalk(operands, settings, caller);
  const indexShape = settings.flags.has("multi_index") ? shapeBefore(walk) : null;
  return new Nditer(new Cursor(walk, settings), single, indexShape);
}

/**
 * An iterator over the elements of one operand or a list of them, which are broadcast: each step gives a view without axes of
 * the element of each, through which operands can be written. It walks as the elements lie in memory unless told otherwise,
 * and a null among the operands is allocated as the walk goes. See {@link NditerOptions}; the flags have NumPy's names. With
 * `"external_loop"` a step gives lines along the innermost axis, with `"buffered"` elements are cast on the way.
 *
 * What is written through buffers or copies reaches the operands when the iterator moves on, ends, is closed, or its loop is
 * left.
 *
 * @throws ShapeError when the operands do not broadcast, ValueError for flags that contradict each other
 * @throws DTypeError when a cast is against the rule, or needs a flag
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * for (const x of np.nditer(a, { opFlags: ["readwrite"] })) x.fill(2 * (x.at() as number));
 * a.tolist(); // [[2, 4], [6, 8]]
 * const it = np.nditer([a, null]);
 * for (const [x, y] of it) y!.fill((x!.at() as number) + 1);
 * it.operands[1]!.tolist(); // [[3, 5], [7, 9]]
 */
export function nditer<O extends NditerOperands>(op: O, options: NditerOptions = {}): Nditer<NditerValue<O>> {
  const operands = operandsFrom(op);
  const settings = settingsFrom(options, operands, "nditer");
  return iteratorOver(operands, settings, !Array.isArray(op), "nditer");
}
