/**
 * Lists of places: where the elements are that arrays of integers name, as int32 offsets in lane elements.
 *
 * Indices that lie one behind another are brought into the engine's memory block by block, where a kernel checks them and
 * makes places of them, so that many of them never lie in memory as a whole. Indices that are broadcast against each other
 * are worked out each by itself, and then added up.
 */

import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { flatOffset } from "../layout/basic.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isSameShape, type Layout, sizeOf } from "../layout/layout.ts";
import { highestKernel, type IndexLane, type IndexMode, placeIndices } from "../wasm/indices.ts";
import { heap, TILE_ROOM, tilePointer } from "../wasm/memory.ts";
import { workingCopy } from "./duplicate.ts";
import { heapStorage } from "./heapplace.ts";
import { type AxisIndices, outOfBounds } from "./index-plan.ts";
import { moveBytes } from "./move.ts";
import type { NDArray } from "./ndarray.ts";
import { isShared } from "./storage.ts";
import { PLACES_TILE } from "./truths.ts";

const RAW_TILE = 42;
/** Places of a block that is worked out. */
const BLOCK = 4096;
/** Indices that are looked at in one go: what a tile holds. */
const LISTED = TILE_ROOM / 4;
/** What int32 holds. */
const NEAR = 2 ** 31;

/** Places, block by block. */
export interface Places {
  readonly count: number;
  /** How many places a block has at most. */
  readonly most: number;
  /** Where the block lies: `list[first]`, times `step`, is its first place, counted from `origin`. Good until the next block. */
  list: Int32Array;
  first: number;
  origin: number;
  readonly step: number;
  /** Works out `n` places from place `from` on. */
  block(from: number, n: number): void;
}

/** Places that are there already. */
class ListedPlaces implements Places {
  readonly count: number;
  readonly most: number;
  readonly list: Int32Array;
  readonly step: number;
  first = 0;
  origin = 0;
  private readonly start: number;

  constructor(list: Int32Array, start = 0, count = list.length, step = 1) {
    this.list = list;
    this.start = start;
    this.count = count;
    this.step = step;
    // A loop over all of many would be compiled half way through its first call, and give up at the end of each.
    this.most = Math.max(1, Math.min(count, LISTED));
  }

  block(from: number): void {
    this.first = this.start + from;
  }
}

/** The places of a line, again from each of several starts. */
class GridPlaces implements Places {
  readonly count: number;
  readonly most: number;
  readonly list: Int32Array;
  readonly step = 1;
  readonly first = 0;
  origin = 0;
  private readonly starts: Int32Array;

  constructor(line: Int32Array, starts: Int32Array) {
    this.list = line;
    this.starts = starts;
    this.most = line.length;
    this.count = line.length * starts.length;
  }

  block(from: number): void {
    this.origin = this.starts[from / this.most]!;
  }
}

/** Places that are worked out from arrays of one shape that lie in C order. */
class StreamedPlaces implements Places {
  readonly count: number;
  readonly most = BLOCK;
  readonly step = 1;
  list: Int32Array = heap.i32;
  first = 0;
  origin = 0;
  private readonly arrays: readonly AxisIndices[];
  private readonly width: number;
  private readonly mode: IndexMode;
  private readonly caller: string;

  constructor(arrays: readonly AxisIndices[], count: number, width: number, mode: IndexMode, caller: string) {
    this.arrays = arrays;
    this.count = count;
    this.width = width;
    this.mode = mode;
    this.caller = caller;
  }

  block(from: number, n: number): void {
    const { arrays, width, mode } = this;
    const out = tilePointer(PLACES_TILE);
    const raw = tilePointer(RAW_TILE);
    for (let k = 0; k < arrays.length; k++) {
      const { array, length, stride } = arrays[k]!;
      const { itemsize } = array.dtype;
      moveBytes(array.storage, array.layout.offset + from * itemsize, heapStorage(), raw, n * itemsize);
      const lane = laneOf(array);
      if (!placeIndices(lane, mode, n, raw, length, stride / width, out, k > 0)) {
        throw this.stray(arrays[k]!, from, n);
      }
    }
    this.list = heap.i32;
    this.first = out / 4;
  }

  private stray({ array, axis, length }: AxisIndices, from: number, n: number): Error {
    const { access, itemsize } = array.dtype;
    for (let k = from; k < from + n; k++) {
      const index = access.read(array.storage.view, array.layout.offset + k * itemsize) as number | bigint;
      if (index < -length || index >= length) return outOfBounds(this.caller, index, axis, length);
    }
    return new Error("internal: an index was out of bounds, and is not");
  }
}

/** Places one by one, where memory or an axis is so large that int32 does not hold them. */
class FarPlaces implements Places {
  readonly count: number;
  readonly most = 1;
  readonly list: Int32Array = new Int32Array(1);
  readonly first = 0;
  readonly step = 1;
  origin = 0;
  private readonly arrays: readonly AxisIndices[];
  private readonly places: readonly Layout[];
  private readonly width: number;
  private readonly mode: IndexMode;
  private readonly caller: string;

  constructor(
    arrays: readonly AxisIndices[],
    shape: readonly number[],
    width: number,
    mode: IndexMode,
    caller: string,
  ) {
    this.arrays = arrays;
    this.places = arrays.map(({ array }) => broadcastLayout(array.layout, shape)!);
    this.count = sizeOf(shape);
    this.width = width;
    this.mode = mode;
    this.caller = caller;
  }

  block(from: number): void {
    this.origin = 0;
    for (const [k, { array, axis, length, stride }] of this.arrays.entries()) {
      const at = flatOffset(this.places[k]!, from);
      const given = array.dtype.access.read(array.storage.view, at) as number | bigint;
      const index = inRange(Number(given), length, this.mode);
      if (index < 0) throw outOfBounds(this.caller, given, axis, length);
      this.origin += (index * stride) / this.width;
    }
  }
}

/** An index counted from the front and brought into range; -1 for one that is out of bounds. */
function inRange(index: number, length: number, mode: IndexMode): number {
  if (mode === "clip") return Math.min(Math.max(index, 0), length - 1);
  if (mode === "wrap") return ((index % length) + length) % length;
  const position = index < 0 ? index + length : index;
  return position < length ? position : -1;
}

/** Whether int32 holds all places. */
function isNear(arrays: readonly AxisIndices[], width: number): boolean {
  let reach = 0;
  for (const { length, stride } of arrays) {
    if (length >= NEAR) return false;
    reach += (length * Math.abs(stride)) / width;
  }
  return reach < NEAR;
}

function laneOf({ dtype }: NDArray): IndexLane {
  return `${dtype.kind}${dtype.itemsize * 8}` as IndexLane;
}

/**
 * The places of the elements that arrays name together, in C order of `shape`, in lane elements of `width` bytes. All are
 * checked as they are worked out; `checkPlaces` does nothing else.
 */
export function placesOf(
  arrays: readonly AxisIndices[],
  shape: readonly number[],
  width: number,
  mode: IndexMode,
  caller: string,
): Places {
  const count = sizeOf(shape);
  // What nothing is broadcast to is not looked at, as in NumPy.
  if (count === 0 || arrays.length === 0) return new ListedPlaces(new Int32Array(count));
  if (!isNear(arrays, width)) return new FarPlaces(arrays, shape, width, mode, caller);
  const listed = listedPlaces(arrays, count, width);
  if (listed !== null) return listed;
  const dense = arrays.map((one) => (one.array.isContiguous("C") ? one : copied(one, caller)));
  if (dense.every(({ array }) => array.size === count)) {
    return new StreamedPlaces(dense, count, width, mode, caller);
  }
  const groups = groupsOf(dense);
  const ownPlaces = (group: AxisIndices[]): Int32Array =>
    allPlaces(new StreamedPlaces(group, group[0]!.array.size, width, mode, caller));
  if (isGrid(groups, shape)) return gridPlaces(groups, shape, ownPlaces);
  const sums = roomFor(count, caller);
  for (const group of groups) addPlaces(sums, ownPlaces(group), shape, shapeOf(group));
  return new ListedPlaces(sums);
}

function shapeOf(group: readonly AxisIndices[]): readonly number[] {
  return group[0]!.array.layout.shape;
}

/** A line this short is not worth a walk of its own. */
const SHORT_LINE = 16;

/** Whether each of the arrays is one line along the last axis, or stands still there, as those of an open grid do. */
function isGrid(groups: readonly AxisIndices[][], shape: readonly number[]): boolean {
  const length = shape.at(-1)!;
  if (shape.length < 2 || length < SHORT_LINE) return false;
  return groups.every((group) => {
    const own = shapeOf(group);
    return own.at(-1) === 1 || sizeOf(own) === length;
  });
}

/** The places of a grid: those of a line, and where each line starts. */
function gridPlaces(
  groups: readonly AxisIndices[][],
  shape: readonly number[],
  ownPlaces: (group: AxisIndices[]) => Int32Array,
): Places {
  const [lead, length] = [shape.slice(0, -1), shape.at(-1)!];
  const line = new Int32Array(length);
  const starts = new Int32Array(sizeOf(lead));
  for (const group of groups) {
    const own = shapeOf(group);
    if (own.at(-1) === 1) addPlaces(starts, ownPlaces(group), lead, own.slice(0, -1));
    else addPlaces(line, ownPlaces(group), [length], [length]);
  }
  return new GridPlaces(line, starts);
}

/** Indices of 32 bits that lie one behind another and are all counted from the front: they are the places already. */
function listedPlaces(arrays: readonly AxisIndices[], count: number, width: number): Places | null {
  const { array, length, stride } = arrays[0]!;
  if (arrays.length > 1 || array.dtype !== plain.int32 || array.size !== count) return null;
  const { storage, layout } = array;
  if (!array.isContiguous("C") || layout.offset % 4 !== 0 || storage.wide !== null) return null;
  // What is looked at must stay what it is.
  if (isShared(storage)) return null;
  const first = layout.offset / 4;
  const list = storage.lane(Int32Array);
  const [raw, high] = [tilePointer(RAW_TILE), tilePointer(PLACES_TILE)];
  const { i32, u32 } = heap;
  i32.fill(0, high / 4, high / 4 + 4);
  for (let k = 0; k < count; k += LISTED) {
    const n = Math.min(LISTED, count - k);
    moveBytes(storage, layout.offset + 4 * k, heapStorage(), raw, 4 * n);
    i32.fill(0, raw / 4 + n, raw / 4 + n + (-n & 7));
    highestKernel.run((n + 7) & -8, raw, high);
    // What is negative is large, too.
    for (let j = 0; j < 4; j++) if (u32[high / 4 + j]! >= length) return null;
  }
  return new ListedPlaces(list, first, count, stride / width);
}

function roomFor(count: number, caller: string): Int32Array {
  try {
    return new Int32Array(count);
  } catch {
    throw new ValueError(`${caller}: an index that names ${count} places is too large; take parts of it`);
  }
}

function copied(one: AxisIndices, caller: string): AxisIndices {
  return { ...one, array: workingCopy(one.array, one.array.dtype, "C", caller) };
}

/** Arrays of one shape together. */
function groupsOf(arrays: readonly AxisIndices[]): AxisIndices[][] {
  const groups: AxisIndices[][] = [];
  for (const one of arrays) {
    const group = groups.find(([first]) => isSameShape(first!.array.layout.shape, one.array.layout.shape));
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  return groups;
}

/** All places, in a list of their own. */
export function allPlaces(places: Places): Int32Array {
  const { count, most } = places;
  const all = new Int32Array(count);
  for (let k = 0; k < count; k += most) {
    const n = Math.min(most, count - k);
    places.block(k, n);
    const { list, first, step } = places;
    if (step === 1) all.set(list.subarray(first, first + n), k);
    else for (let j = 0; j < n; j++) all[k + j] = list[first + j]! * step;
  }
  return all;
}

/** Steps in C order, counted in elements. */
function stepsOf(shape: readonly number[]): number[] {
  const steps = new Array<number>(shape.length);
  let step = 1;
  for (let k = shape.length - 1; k >= 0; k--) {
    steps[k] = step;
    step *= shape[k]!;
  }
  return steps;
}

/** Adds the places of arrays of a shape, broadcast to another one. */
function addPlaces(
  sums: Int32Array,
  places: Int32Array,
  shape: readonly number[],
  own: readonly number[],
): void {
  const steps = broadcastLayout({ shape: own, strides: stepsOf(own), offset: 0 }, shape)!.strides;
  const inner = shape.at(-1) ?? 1;
  const step = steps.at(-1) ?? 0;
  const outer = shape.length - 1;
  const index = new Array<number>(Math.max(0, outer)).fill(0);
  let from = 0;
  for (let at = 0; at < sums.length; at += inner) {
    if (step === 0) {
      const place = places[from]!;
      for (let k = 0; k < inner; k++) sums[at + k] = (sums[at + k]! + place) | 0;
    } else {
      let p = from;
      for (let k = 0; k < inner; k++) {
        sums[at + k] = (sums[at + k]! + places[p]!) | 0;
        p += step;
      }
    }
    for (let axis = outer - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      index[axis] = index[axis]! + 1;
      if (index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

/** Visits all places. */
export function eachPlace(places: Places, visit: (place: number, k: number) => void): void {
  const { count, most } = places;
  for (let k = 0; k < count; k += most) {
    const n = Math.min(most, count - k);
    places.block(k, n);
    const { list, first, origin, step } = places;
    for (let j = 0; j < n; j++) visit(origin + list[first + j]! * step, k + j);
  }
}

/** Checks all places before the first is used. */
export function checkPlaces(places: Places): void {
  const { count, most } = places;
  for (let k = 0; k < count; k += most) places.block(k, Math.min(most, count - k));
}
