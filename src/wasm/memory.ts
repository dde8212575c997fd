/**
 * The one memory that kernels work in. Its size is fixed: a memory that grows detaches every typed array over it, and a
 * detached buffer slows all typed-array loops of some runtimes. Where more is needed, for results that live in it, a
 * larger one takes its place; nothing of lasting value is in it between two calls but tables, which are carried over.
 *
 * From the start: tables and regions that last (`region`), then scratch tiles (`tilePointer`), then room for arrays that
 * stay for long (`nearRoom`), then the arena, if any.
 */

import { type Memory, runtime } from "./runtime.ts";

const PAGE = 65536;
/** The space of regions: tables of kernels, panels of products. */
const REGION_BYTES = 64 * PAGE;

/** Bytes of a tile that stays in the first cache with two or three others: for what goes over it several times. */
export const TILE_BYTES = 8192;
/** Bytes that a tile has room for. Blocks of operations fill it: a call for each operand costs more than the first cache saves. */
export const TILE_ROOM = 65536;
/** Vector loops may read and tables may sit a little behind the end of a tile; it also keeps tiles off one another's cache sets. */
const TILE_STEP = TILE_ROOM + 192;
/** The number of tiles. */
export const TILE_COUNT = 48;

const TILES_FROM = REGION_BYTES;
const NEAR_FROM = TILES_FROM + Math.ceil((TILE_COUNT * TILE_STEP) / PAGE) * PAGE;
/** What is read behind the last byte of all stays inside. */
const BEHIND = 64;

/** The typed arrays over the whole memory. Never keep one across calls: the memory may be replaced. */
export interface Heap {
  readonly memory: Memory;
  readonly buffer: ArrayBuffer;
  readonly u8: Uint8Array;
  readonly i8: Int8Array;
  readonly u16: Uint16Array;
  readonly i16: Int16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly u64: BigUint64Array;
  readonly i64: BigInt64Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}

function makeHeap(bytes: number): Heap {
  const pages = Math.ceil(bytes / PAGE);
  const memory = new (runtime().Memory)({ initial: pages, maximum: pages });
  const { buffer } = memory;
  return {
    memory,
    buffer,
    u8: new Uint8Array(buffer),
    i8: new Int8Array(buffer),
    u16: new Uint16Array(buffer),
    i16: new Int16Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
    u64: new BigUint64Array(buffer),
    i64: new BigInt64Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
  };
}

/** The memory, as typed arrays. It is there from the start: 8 MB of address space, of which only touched pages are real. */
export let heap: Heap = /* @__PURE__ */ makeHeap(NEAR_FROM);
/** Counts the memories: what was made for another one must be made anew. */
export let generation = 0;

// The first bytes stay free, so that no address is 0.
let regionsEnd = 64;

/**
 * The address of `bytes` that last as long as the program, aligned to 64; for tables and packing panels.
 * What is written there is carried over when the memory is replaced.
 */
export function region(bytes: number): number {
  const at = regionsEnd;
  const end = at + Math.ceil(bytes / 64) * 64;
  if (end > REGION_BYTES) throw new Error(`the engine has no room for a region of ${bytes} bytes`);
  regionsEnd = end;
  return at;
}

/** The address of a scratch tile, aligned to 64. What is in it lasts until the next operation. */
export function tilePointer(k: number): number {
  if (k >= TILE_COUNT) throw new Error(`the engine has no tile ${k}`);
  return TILES_FROM + k * TILE_STEP;
}

/** A part of the memory. */
export interface Room {
  readonly buffer: ArrayBuffer;
  readonly from: number;
  readonly to: number;
}

/** Bytes for arrays that stay for long. */
let nearBytes = 0;

/** The room for arrays that stay for long, as it is now. */
export function nearRoom(): Room {
  return { buffer: heap.buffer, from: NEAR_FROM, to: NEAR_FROM + nearBytes };
}

/**
 * Makes that room `bytes` long. The memory is replaced, and what lies in the room stays behind in the old one; nothing may
 * live in the arena.
 */
export function makeNearRoom(bytes: number): void {
  const arena = heap.buffer.byteLength - NEAR_FROM - nearBytes;
  replaceHeap(NEAR_FROM + bytes + Math.max(arena, BEHIND));
  nearBytes = bytes;
}

/**
 * The arena for results that live in the memory: at least `bytes` of it. The memory is replaced when it has no arena of
 * that size, so nothing may live in the arena at that moment; arrays that stay for long stay behind in the old memory.
 */
export function arenaMemory(bytes: number): Room {
  const from = NEAR_FROM + nearBytes;
  const wanted = from + bytes + BEHIND;
  if (heap.buffer.byteLength < wanted) replaceHeap(wanted);
  return { buffer: heap.buffer, from, to: heap.buffer.byteLength - BEHIND };
}

function replaceHeap(bytes: number): void {
  const next = makeHeap(bytes);
  next.u8.set(heap.u8.subarray(0, regionsEnd));
  heap = next;
  generation++;
}
