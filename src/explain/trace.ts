/**
 * Seeing every allocation and copy, and forbidding those that nobody asked for.
 *
 * All memory is taken at one place (array/allocate.ts), which tells whoever observes it. While nobody does, that place asks
 * one variable whether it is null, and nothing else is done: no list is kept, no text put together, no stack taken.
 */

import { type MemoryEvent, observeMemory, reasonParts } from "../array/allocate.ts";
import { textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { adviceFor } from "./advice.ts";
import { callerIn, framesHere } from "./call-site.ts";
import { Shown } from "./shown.ts";
import type { CopyEvent, Trace, TraceTotals } from "./trace-events.ts";
import { traceHtml, traceText } from "./trace-table.ts";

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** So many events back an allocation is looked for that a copy goes into. */
const NEAR = 8;

/** Writes down what it is told. */
class Tracer {
  readonly events: CopyEvent[] = [];
  readonly totals: Open<TraceTotals> = {
    allocations: 0,
    allocatedBytes: 0,
    copies: 0,
    copiedBytes: 0,
    hiddenCopies: 0,
    hiddenBytes: 0,
    views: 0,
  };
  /** The reasons that allocations were given, for which no copy has come yet. */
  private readonly waiting: { at: number; reason: string; bytes: number }[] = [];

  take(event: MemoryEvent, below: number): void {
    if (event.kind === "copy" && this.filled(event)) return;
    const made = eventOf(event, below);
    if (made === null) return;
    const { totals } = this;
    if (event.kind === "allocate") {
      totals.allocations++;
      totals.allocatedBytes += event.bytes;
      this.waiting.push({ at: this.events.length, reason: event.reason, bytes: event.bytes });
      if (this.waiting.length > NEAR) this.waiting.shift();
    }
    this.events.push(made);
    if (made.kind === "view") totals.views++;
    if (made.kind === "copy") this.count(made);
  }

  private count({ hidden, bytes }: CopyEvent): void {
    const { totals } = this;
    totals.copies++;
    totals.copiedBytes += bytes;
    if (!hidden) return;
    totals.hiddenCopies++;
    totals.hiddenBytes += bytes;
  }

  /** Whether a copy goes into memory that was taken for it: then both are one event. */
  private filled({ bytes, reason }: MemoryEvent): boolean {
    const { waiting } = this;
    let k = waiting.length - 1;
    while (k >= 0 && (waiting[k]!.bytes !== bytes || waiting[k]!.reason !== reason)) k--;
    if (k < 0) return false;
    const { at } = waiting[k]!;
    waiting.splice(k, 1);
    const made = this.events[at] as Open<CopyEvent>;
    if (made.kind === "copy") return true;
    made.kind = "copy";
    made.reason = forWhat(made.operation, reason, true);
    this.count(made);
    return true;
  }
}

/** An event as users see it; null for a view that is only a step of what was called. */
function eventOf({ kind, bytes, reason, shape, dtype }: MemoryEvent, below: number): CopyEvent | null {
  const { caller: by, why, hidden } = reasonParts(reason);
  const called = callerIn(framesHere(), below);
  const operation = publicName(by, called.operation);
  if (kind === "view" && operation !== by) return null;
  const facts = {
    bytes,
    shape: shape?.slice() ?? null,
    dtype: dtype === undefined ? null : String(dtype),
    site: called.site,
  };
  if (kind === "view") return { operation, kind, hidden: false, ...facts, reason: "no copy is needed" };
  if (kind === "allocate" && why === null)
    return { operation, kind: "allocation", hidden, ...facts, reason: forWhat(operation, by) };
  return { operation, kind: "copy", hidden, ...facts, reason: why ?? forWhat(operation, by, true) };
}

/** The name that says more: that of the door, when the stack has a part of it or none. */
function publicName(by: string, called: string | null): string {
  if (called === null || called === "call" || by === called || by.endsWith(`.${called}`)) return by;
  // Bundlers number names that occur twice.
  return called.replace(/\d+$/, "") === by ? by : called;
}

/** What copies by its name. */
const COPIERS =
  /^(copy|astype|array|asarray|asanyarray|flatten|reshape|ravel|gather|take|tobytes|ascontiguousarray|asfortranarray|require)$/;

function forWhat(operation: string, by: string, copied = false): string {
  if (copied && COPIERS.test(by) && operation === by) return "asked for";
  return operation === by ? "for its result or work" : `for ${by}`;
}

/**
 * Runs `fn` and says what memory it took and what it copied: every allocation and copy in order, with the function that was
 * called, bytes, shape, dtype, the reason, and the line that called; and the totals. Where a function that may copy gave a
 * view, that is in the list too.
 *
 * A copy is hidden when nobody asked for it: `reshape` of what is no run of memory, an operand that has to be cast or laid
 * out, a list that becomes an array, an operand that is written at the same time. `np.copy`, `astype` and
 * `ascontiguousarray` are asked for.
 * Traces may stand in one another; the outer one sees what the inner one sees.
 *
 * @throws ValueError when `fn` is no function or returns a promise; whatever `fn` throws.
 * @example
 * const a = np.arange(6).reshape([2, 3]);
 * const trace = np.traceCopies(() => a.T.reshape(6));
 * trace.events[0].operation; // "reshape"
 * trace.events[0].reason;    // "axis 0 has stride 8, wanted 48"
 * trace.totals.hiddenBytes;  // 48
 */
export function traceCopies<T>(fn: () => T): Trace<T> {
  const tracer = new Tracer();
  const result = observed(fn, "traceCopies", (before, below) => (event) => {
    before?.(event);
    tracer.take(event, below);
  });
  return new Printed(result, tracer.events, tracer.totals);
}

class Printed<T> extends Shown implements Trace<T> {
  readonly result: T;
  readonly events: readonly CopyEvent[];
  readonly totals: TraceTotals;

  constructor(result: T, events: readonly CopyEvent[], totals: TraceTotals) {
    super();
    this.result = result;
    this.events = events;
    this.totals = totals;
  }

  protected forms() {
    return {
      "text/plain": traceText(this.events, this.totals),
      "text/html": traceHtml(this.events, this.totals),
    };
  }
}

/**
 * Runs `fn`, and throws at the first copy that nobody asked for, before anything of it is written: the function that makes it
 * has changed no array. Copies that are asked for, such as `np.copy` and `astype`, are as always.
 *
 * @returns what `fn` returns
 * @throws ValueError with the function, the reason and what would avoid it, at the first hidden copy; when `fn` is no
 * function or returns a promise.
 * @example
 * const a = np.arange(6).reshape([2, 3]);
 * np.withoutCopies(() => a.reshape(6)).shape; // [6]
 * np.withoutCopies(() => a.T.reshape(6));     // throws reshape would copy
 */
export function withoutCopies<T>(fn: () => T): T {
  return observed(fn, "withoutCopies", (before, below) => (event) => {
    if (event.kind !== "view" && reasonParts(event.reason).hidden) refuse(event, below);
    before?.(event);
  });
}

function refuse(event: MemoryEvent, below: number): never {
  const { operation, bytes, shape, dtype, reason, site } = eventOf(event, below)!;
  const what = shape === null ? "" : `, shape ${shapeText(shape)} of ${dtype}`;
  const where = site === null ? "" : ` (at ${site})`;
  throw new ValueError(
    `withoutCopies: ${operation} would copy ${bytes} bytes${what}, because ${reason}${where}; ${adviceFor(reason)}`,
  );
}

type Observer = (event: MemoryEvent) => void;

/**
 * Runs a function while memory is observed, by what is given the observer there was before, and how many calls lead here: what
 * those called is not of the function.
 */
function observed<T>(
  fn: () => T,
  caller: string,
  observer: (before: Observer | null, below: number) => Observer,
): T {
  if (typeof fn !== "function") throw new ValueError(`${caller}: ${textOf(fn)} is no function`);
  const before = observeMemory(null);
  observeMemory(observer(before, framesHere().length));
  try {
    const result = fn();
    refusePromise(result, caller);
    return result;
  } finally {
    observeMemory(before);
  }
}

function refusePromise(result: unknown, caller: string): void {
  if (typeof result !== "object" || result === null) return;
  if (typeof (result as Partial<PromiseLike<unknown>>).then !== "function") return;
  // What it fails with is not lost: that it is not waited for is said here.
  if (result instanceof Promise) result.catch(() => undefined);
  throw new ValueError(
    `${caller}: the function returned a promise, and what runs later is not seen; await outside, and give what runs at once`,
  );
}
