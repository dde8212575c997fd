/**
 * Memory that is too large for one buffer, which mapped files can be: windows on it that overlap by half, so that whatever
 * spans no more than a half lies wholly in one of them.
 *
 * A view that does so has its window as its storage, and is an array like any other. What spans more (the whole file, as a
 * rule) has a {@link WideStorage}, of which nothing can be read at once: elements are read one by one through its `view`, and
 * operations that go block by block find the window of each block. Anything else says that it wants parts.
 */

import { ValueError } from "../errors.ts";
import { byteRange, type Layout } from "../layout/layout.ts";
import { type Lane, type LaneClass, type Narrowed, type Place, Storage, type WideAccess } from "./storage.ts";

/** The windows on a memory: number k shows the bytes from `k * step` on, `2 * step` of them or all that are left. */
export interface Windows {
  readonly byteLength: number;
  /** A multiple of 16. */
  readonly step: number;
  window(k: number): Storage;
}

/** How many windows there are: the last one shows the end, and more than a step of it if there is more. */
export function windowCount({ byteLength, step }: Pick<Windows, "byteLength" | "step">): number {
  return Math.max(1, Math.ceil(byteLength / step) - 1);
}

/** One window as the storage of arrays; it knows whose memory it is, so that two windows can be compared. */
export class WindowStorage extends Storage {
  private readonly windows: Windows;
  private readonly start: number;

  constructor(windows: Windows, k: number, buffer: ArrayBufferLike, origin = 0, byteLength?: number) {
    super(buffer, origin, byteLength);
    this.windows = windows;
    this.start = k * windows.step;
  }

  override get memory(): object {
    return this.windows;
  }

  override inMemory(layout: Layout): Layout {
    return { ...layout, offset: this.start + layout.offset };
  }
}

/** All of such a memory. */
export class WideStorage extends Storage {
  readonly windows: Windows;
  private readonly elements: DataView;

  constructor(windows: Windows) {
    super(new ArrayBuffer(0), 0, windows.byteLength);
    this.windows = windows;
    this.elements = elementView(windows);
  }

  override get wide(): WideAccess {
    return access;
  }

  override get memory(): object {
    return this.windows;
  }

  override inMemory(layout: Layout): Layout {
    return layout;
  }

  override alive(): void {
    this.windows.window(0).alive();
  }

  override get view(): DataView {
    return this.elements;
  }

  override get unchecked(): DataView {
    return this.elements;
  }

  override lane<L extends Lane>(_lane: LaneClass<L>): L {
    throw tooWide(this.windows);
  }

  override get bytes(): Uint8Array {
    throw tooWide(this.windows);
  }

  override get words(): Uint32Array {
    throw tooWide(this.windows);
  }

  override get doubles(): Float64Array {
    throw tooWide(this.windows);
  }

  override settle(): this {
    throw tooWide(this.windows);
  }
}

function tooWide({ step }: Windows): ValueError {
  return new ValueError(
    `the array spans more bytes than one buffer holds, and this wants them at once; take parts of it that span at most ${step} bytes, such as a.slice(":1000")`,
  );
}

/** What reading elements needs of a DataView: any kind at any byte. */
function elementView(windows: Windows): DataView {
  const target: Record<string, unknown> = {};
  const find = (at: number): [view: DataView, place: number] => {
    const k = windowAt(windows, at);
    return [windows.window(k).view, at - k * windows.step];
  };
  for (const kind of [
    "Int8",
    "Uint8",
    "Int16",
    "Uint16",
    "Int32",
    "Uint32",
    "BigInt64",
    "BigUint64",
    "Float32",
    "Float64",
  ] as const) {
    target[`get${kind}`] = (at: number, little?: boolean) => {
      const [view, place] = find(at);
      return view[`get${kind}`](place, little);
    };
    target[`set${kind}`] = (at: number, value: number | bigint, little?: boolean) => {
      const [view, place] = find(at);
      view[`set${kind}`](place, value as never, little);
    };
  }
  Object.defineProperty(target, "buffer", {
    get() {
      throw tooWide(windows);
    },
  });
  return target as unknown as DataView;
}

function windowAt(windows: Windows, at: number): number {
  return Math.min(Math.max(0, Math.floor(at / windows.step)), windowCount(windows) - 1);
}

/** The window in which bytes `low` to `high` lie, and its first byte; null when they lie in none. */
function around({ windows }: WideStorage, low: number, high: number) {
  if (high - low > windows.step) return null;
  const k = windowAt(windows, low);
  return { storage: windows.window(k), start: k * windows.step };
}

function narrowed(storage: Storage, layout: Layout, itemsize: number): Narrowed | null {
  if (!(storage instanceof WideStorage)) return { storage, layout };
  const [low, high] = byteRange(layout, itemsize);
  const found = around(storage, low, high);
  if (found === null) return null;
  return { storage: found.storage, layout: { ...layout, offset: layout.offset - found.start } };
}

/** Halves of the axis along which the place reaches furthest that lies in no window, as often as it takes. */
function inParts<P extends Place>(
  shape: readonly number[],
  places: readonly [P, P],
  itemsizes: readonly [number, number],
  visit: (shape: readonly number[], first: P, second: P) => void,
): void {
  if (shape.includes(0)) return;
  const near = places.map((place, k) => placeIn(shape, place, itemsizes[k]!)) as [P | null, P | null];
  const wide = near.indexOf(null);
  if (wide < 0) {
    visit(shape, near[0]!, near[1]!);
    return;
  }
  const axis = furthestAxis(shape, places[wide]!.strides);
  const half = Math.ceil(shape[axis]! / 2);
  const parts = [
    [0, half],
    [half, shape[axis]! - half],
  ] as const;
  for (const [from, length] of parts) {
    const part = shape.map((own, k) => (k === axis ? length : own));
    const moved = places.map((place) => ({ ...place, offset: place.offset + from * place.strides[axis]! }));
    inParts(part, moved as [P, P], itemsizes, visit);
  }
}

function placeIn<P extends Place>(shape: readonly number[], place: P, itemsize: number): P | null {
  const { storage, strides, offset } = place;
  if (storage.wide === null) return place;
  const found = narrowed(storage, { shape, strides, offset }, itemsize);
  return found === null ? null : { ...place, storage: found.storage, offset: found.layout.offset };
}

function furthestAxis(shape: readonly number[], strides: readonly number[]): number {
  let axis = 0;
  let most = -1;
  for (let k = 0; k < shape.length; k++) {
    const reach = (shape[k]! - 1) * Math.abs(strides[k]!);
    if (reach > most) [axis, most] = [k, reach];
  }
  return axis;
}

const access: WideAccess = { narrowed, inParts };
