import { Storage } from "../array/storage.ts";
import { WideStorage, WindowStorage, type Windows, windowCount } from "../array/windows.ts";
import { type Libc, libc, MOST_VIEWED, PRIVATE, SHARED } from "./libc.ts";

/**
 * A part of a file in memory.
 *
 * The system brings pages in when they are touched and takes them back when memory is wanted, so a file may be far larger
 * than memory. A buffer over memory of others has 4 GiB at most; a larger file is one map of the system behind several
 * windows. Why not a part in C++ that makes one buffer of it all: it would have to be compiled at installation, and a typed
 * array would still end at 2 ** 32 elements.
 *
 * A read-only map is private and not protected: a write past the flag, through `a.data`, changes a page of this process and
 * never the file, where a protected page would end the process.
 */

/** How a file is mapped, by NumPy's names. */
export type MapMode = "r" | "c" | "r+" | "w+";

/** What is known of the file behind an array. */
export interface Mapping {
  /** The path of the file. */
  readonly filename: string;
  /** `"r"` read-only, `"c"` copy-on-write, `"r+"` and `"w+"` written through. */
  readonly mode: MapMode;
  /** The byte of the file at which the array's data starts that was opened. */
  readonly offset: number;
  /** Bytes of that data. */
  readonly nbytes: number;
  /** Writes what was changed to the disk. Other programs see it without. */
  flush(): void;
}

/** Of a file that is open. */
export interface MapRequest {
  readonly fd: number;
  /** What tells this file from any other. */
  readonly key: string;
  readonly filename: string;
  readonly mode: MapMode;
  readonly offset: number;
  readonly nbytes: number;
  /** What `mode` the file shows later, if not this one. */
  readonly shownMode?: MapMode | undefined;
}

/** Maps start at multiples of this in the file: of every size of pages there is. */
const GRANULE = 65536;
/** Half of a window. */
const STEP = MOST_VIEWED / 2;

/** Whose memory a buffer is; it also keeps the region for as long as somebody has the buffer. */
const regions = new WeakMap<object, Region>();
/** How often a file is mapped now. */
const mapped = new Map<string, number>();

interface Held {
  readonly calls: Libc;
  readonly address: bigint;
  readonly bytes: number;
  readonly key: string;
}

let registry: FinalizationRegistry<Held> | null = null;

function release({ calls, address, bytes, key }: Held): void {
  calls.unmap(address, bytes);
  const left = mapped.get(key)! - 1;
  if (left > 0) mapped.set(key, left);
  else mapped.delete(key);
}

class Region implements Mapping, Windows {
  readonly filename: string;
  readonly mode: MapMode;
  readonly offset: number;
  readonly nbytes: number;
  readonly step = STEP;
  /** Bytes of the map, which starts a little before the data. */
  readonly byteLength: number;
  readonly #calls: Libc;
  readonly #address: bigint;
  readonly #windows: (Storage | undefined)[] = [];
  readonly #shared: boolean;

  constructor(request: MapRequest, caller: string) {
    const { fd, key, mode, offset, nbytes } = request;
    this.filename = request.filename;
    this.mode = request.shownMode ?? mode;
    this.offset = offset;
    this.nbytes = nbytes;
    this.byteLength = (offset % GRANULE) + nbytes;
    this.#shared = mode === "r+" || mode === "w+";
    this.#calls = libc(caller);
    const flags = this.#shared ? SHARED : PRIVATE;
    this.#address = this.#calls.map(this.byteLength, flags, fd, offset - (offset % GRANULE));
    mapped.set(key, (mapped.get(key) ?? 0) + 1);
    registry ??= new FinalizationRegistry(release);
    registry.register(this, { calls: this.#calls, address: this.#address, bytes: this.byteLength, key });
    regions.set(this, this);
  }

  flush(): void {
    if (this.#shared) this.#calls.sync(this.#address, this.byteLength);
  }

  /** All of it as the storage of an array. */
  storage(): Storage {
    if (this.byteLength <= MOST_VIEWED) return new Storage(this.#buffer(0, this.byteLength));
    // Each window of the first pass is made when it is looked at.
    return new WideStorage(this);
  }

  window(k: number): Storage {
    const made = this.#windows[k];
    if (made !== undefined) return made;
    const start = k * STEP;
    const rest = this.byteLength - start;
    const last = k === windowCount(this) - 1;
    const fresh = new WindowStorage(this, k, this.#buffer(start, last ? rest : MOST_VIEWED));
    this.#windows[k] = fresh;
    return fresh;
  }

  #buffer(start: number, bytes: number): ArrayBuffer {
    const buffer = this.#calls.view(this.#address + BigInt(start), bytes);
    regions.set(buffer, this);
    return buffer;
  }
}

/** Nothing of a file: no byte can be mapped. */
function emptyMapping({ filename, mode, shownMode, offset }: MapRequest): Mapping {
  return { filename, mode: shownMode ?? mode, offset, nbytes: 0, flush() {} };
}

const empty = new WeakMap<object, Mapping>();

/** The bytes of a file as storage, and the byte of it at which they start. */
export function mapRegion(request: MapRequest, caller: string): { storage: Storage; offset: number } {
  if (request.nbytes === 0) {
    libc(caller);
    const storage = new Storage(new ArrayBuffer(0));
    empty.set(storage.buffer, emptyMapping(request));
    return { storage, offset: 0 };
  }
  return { storage: new Region(request, caller).storage(), offset: request.offset % GRANULE };
}

/** The file behind a storage. */
export function mappingBehind(storage: Storage): Mapping | null {
  return regions.get(storage.memory) ?? empty.get(storage.memory) ?? null;
}

/** Whether a buffer is a part of a mapped file. Such a buffer cannot be transferred. */
export function isMappedBuffer(buffer: ArrayBufferLike): boolean {
  return regions.has(buffer);
}

/** Where in its file an element is whose place in a storage is `offset`; null for what lies in no file. */
export function placeInFile(storage: Storage, offset: number): number | null {
  const mapping = mappingBehind(storage);
  if (mapping === null) return null;
  const start = mapping.offset - (mapping.nbytes === 0 ? 0 : mapping.offset % GRANULE);
  return start + storage.inMemory({ shape: [], strides: [], offset }).offset;
}

/** Whether a file is mapped now, so that making it shorter would take memory away from arrays. */
export function isMapped(key: string): boolean {
  return mapped.has(key);
}
