/**
 * Whether an operation would copy, before it does.
 *
 * Nothing is worked out a second time: the operation itself is called while memory is observed, and stopped where it first
 * takes some, which is before anything is written. So the answer is what then happens.
 */

import { type MemoryEvent, observeMemory, reasonParts } from "../array/allocate.ts";
import { ascontiguousarray, asfortranarray, astype, copy, flatten } from "../array/copy.ts";
import { array, asanyarray, asarray } from "../array/create.ts";
import { dataOf, type NDArray, requireArray } from "../array/ndarray.ts";
import { require } from "../array/require.ts";
import { isNdError, textOf, ValueError } from "../errors.ts";
import { handoff } from "../interop/handoff.ts";
import { expandDims, moveaxis, squeeze, swapaxes, transpose } from "../ops/axes.ts";
import { broadcastTo } from "../ops/broadcast.ts";
import { flip } from "../ops/flip.ts";
import { diagonal, view } from "../ops/parts.ts";
import { ravel, reshape } from "../ops/reshape.ts";
import { adviceFor } from "./advice.ts";
import { escaped } from "./draw-lettering.ts";
import { Shown } from "./shown.ts";
import { bytesFor } from "./trace-table.ts";

/** Whether an operation would copy. */
export interface CopyAnswer {
  readonly operation: string;
  /** Whether the elements would be copied. */
  readonly copies: boolean;
  /** Bytes that would be taken for it; null where that is not known beforehand. */
  readonly bytes: number | null;
  /** Why, in words. */
  readonly reason: string;
  /** What would avoid the copy; null where there is nothing to avoid. */
  readonly instead: string | null;
  toString(): string;
}

type Call = (a: NDArray, ...args: never[]) => unknown;

/** What copies when it must, or always: the call tells. */
const calls = {
  array,
  asanyarray,
  asarray,
  ascontiguousarray,
  asfortranarray,
  astype,
  copy,
  flatten,
  handoff,
  ravel,
  require,
  reshape,
} satisfies Record<string, Call>;

/** What gives a view always, or throws. */
const views = {
  broadcastTo,
  data: (a: NDArray) => dataOf(a),
  diagonal,
  expandDims,
  flip,
  moveaxis,
  slice: (a: NDArray, ...index: Parameters<NDArray["slice"]>) => a.slice(...index),
  squeeze,
  swapaxes,
  T: (a: NDArray) => a.T,
  transpose,
  view,
} satisfies Record<string, Call>;

/** What always copies, whatever it is given, and what would not. */
const always = {
  concatenate: {
    reason: "its result is an array of its own, which the parts are copied into",
    instead: "make the result first, with np.empty, and let the parts be slices of it",
  },
  gather: {
    reason: "the elements that it picks do not lie at even steps",
    instead: "slice, where integers and ranges say which elements: a.slice(…) gives a view",
  },
  stack: {
    reason: "its result is an array of its own, which the parts are copied into",
    instead: "make the result first, with np.empty, and let the parts be slices of it",
  },
  take: {
    reason: "the elements that it picks do not lie at even steps",
    instead: "slice, where integers and ranges say which elements: a.slice(…) gives a view",
  },
  tobytes: {
    reason: "bytes for others are their own",
    instead: "new Uint8Array(a.buffer, a.byteOffset, a.nbytes), of an array that is C-contiguous",
  },
  tolist: {
    reason: "lists hold their elements themselves",
    instead: "a.data, of an array that is C-contiguous, or a.at(…)",
  },
} as const;

/** The operations that {@link explainCopy} knows. */
export type ExplainedOperation = keyof typeof calls | keyof typeof views | keyof typeof always;

/** What is thrown where memory is taken: the call ends there. */
class Stopped {
  readonly event: MemoryEvent;

  constructor(event: MemoryEvent) {
    this.event = event;
  }
}

/**
 * Whether an operation on an array would copy its elements, why, and what would avoid it. Nothing is copied, and no array
 * changes.
 *
 * It knows `reshape`, `ravel`, `flatten`, `copy`, `array`, `asarray`, `astype`, `ascontiguousarray`, `asfortranarray`,
 * `require`, `handoff`, what always copies (`gather`, `take`, `concatenate`, `stack`, `tobytes`, `tolist`), and what never does
 * (`slice`, `transpose`, `view`, `data` and others), of which some throw instead.
 *
 * @param args what the operation takes after the array
 * @throws ValueError for an operation that it does not know; what the operation throws for its arguments, but not what only
 * the elements show, such as a text that is no number.
 * @example
 * const a = np.arange(6).reshape([2, 3]);
 * np.explainCopy(a, "reshape", [3, 2]).copies;  // false
 * np.explainCopy(a.T, "reshape", [6]).reason;   // "axis 0 has stride 8, wanted 48"
 * np.explainCopy(a.T, "reshape", [6]).instead;  // `reshape(…, { order: "F" }) gives a view, of the elements in the order of memory; else once, before the loop: a = np.ascontiguousarray(a)`
 */
export function explainCopy(a: NDArray, operation: ExplainedOperation, ...args: unknown[]): CopyAnswer {
  requireArray(a, "explainCopy");
  const name = typeof operation === "string" ? operation : "";
  if (Object.hasOwn(always, name)) return answered(name, true, null, always[name as keyof typeof always]);
  if (Object.hasOwn(views, name)) return ofView(a, name as keyof typeof views, args);
  if (Object.hasOwn(calls, name)) return ofCall(a, name as keyof typeof calls, args);
  const known = [calls, views, always].flatMap((table) => Object.keys(table)).sort();
  throw new ValueError(`explainCopy: ${textOf(operation)} is not known; wanted one of ${known.join(", ")}`);
}

function ofView(a: NDArray, operation: keyof typeof views, args: unknown[]): CopyAnswer {
  try {
    (views[operation] as Call)(a, ...(args as never[]));
  } catch (error) {
    // These throw what a copy would mend, and say how.
    if (!(isNdError(error, "value") && (operation === "data" || operation === "view"))) throw error;
    const instead = "np.ascontiguousarray(a) first, which copies";
    return answered(operation, false, 0, { reason: `it throws: ${error.message}`, instead });
  }
  return answered(operation, false, 0, {
    reason: `${operation} only looks at the memory in another way`,
    instead: null,
  });
}

function ofCall(a: NDArray, operation: keyof typeof calls, args: unknown[]): CopyAnswer {
  const event = firstTaken(() => (calls[operation] as Call)(a, ...(args as never[])));
  if (event === null) {
    const reason = "the layout and the dtype allow a view";
    return answered(operation, false, 0, { reason, instead: null });
  }
  const reason = reasonParts(event.reason).why ?? `${operation} is asked for a copy`;
  return answered(operation, true, event.bytes, { reason, instead: insteadOf(a, operation, args, reason) });
}

/** Why memory is taken when an array moves out of the memory of kernels, or of a scope: nobody gets a copy then. */
const MOVES: readonly string[] = ["data", "scope"];

/** The first memory that a call takes, before it does; null when it takes none but to show where the array lies. */
function firstTaken(call: () => unknown): MemoryEvent | null {
  const before = observeMemory((event) => {
    if (event.kind !== "view") throw new Stopped(event);
  });
  try {
    call();
    return null;
  } catch (error) {
    if (error instanceof Stopped) return MOVES.includes(error.event.reason) ? null : error.event;
    throw error;
  } finally {
    observeMemory(before);
  }
}

/** What would avoid this copy. */
function insteadOf(a: NDArray, operation: keyof typeof calls, args: unknown[], reason: string): string {
  const once = "once, before the loop: a = np.ascontiguousarray(a)";
  if (operation === "reshape" && isView(() => reshape(a, args[0] as number[], otherOrder(args[1]))))
    return `reshape(…, { order: "${otherOrder(args[1])}" }) gives a view, of the elements in the order of memory; else ${once}`;
  if (operation === "ravel" && isView(() => ravel(a, "K")))
    return `ravel(a, "K") gives a view, of the elements in the order of memory; else ${once}`;
  if (operation === "flatten") return "ravel(a), which copies only where it must";
  if (operation === "copy" || operation === "array")
    return "the array itself, or a.slice(…) for a view of it";
  if (operation === "astype" && isView(() => astype(a, args[0] as "int8", { copy: false })))
    return "astype(…, { copy: false }), which gives the array itself when nothing has to change";
  if (operation === "asfortranarray") return "np.asfortranarray(a) once, before the loop";
  if (operation === "handoff" && isView(() => handoff(a, { ...(args[0] as object), transposable: true })))
    return "handoff(…, { transposable: true }), where the consumer can be told that it gets the transpose";
  return adviceFor(reason);
}

function otherOrder(options: unknown): "C" | "F" {
  const order = typeof options === "string" ? options : (options as { order?: unknown } | undefined)?.order;
  return order === "F" ? "C" : "F";
}

function isView(call: () => unknown): boolean {
  try {
    return firstTaken(call) === null;
  } catch {
    return false;
  }
}

interface Grounds {
  readonly reason: string;
  readonly instead: string | null;
}

function answered(
  operation: string,
  copies: boolean,
  bytes: number | null,
  { reason, instead }: Grounds,
): CopyAnswer {
  return new Answer(operation, copies, bytes, reason, instead);
}

class Answer extends Shown implements CopyAnswer {
  readonly operation: string;
  readonly copies: boolean;
  readonly bytes: number | null;
  readonly reason: string;
  readonly instead: string | null;

  constructor(
    operation: string,
    copies: boolean,
    bytes: number | null,
    reason: string,
    instead: string | null,
  ) {
    super();
    this.operation = operation;
    this.copies = copies;
    this.bytes = bytes;
    this.reason = reason;
    this.instead = instead;
  }

  protected forms() {
    const size = this.bytes === null ? "" : ` ${bytesFor(this.bytes)}`;
    const answer = `${this.operation} ${this.copies ? `copies${size}` : "does not copy"}: ${this.reason}`;
    const text = this.instead === null ? answer : `${answer}\ninstead: ${this.instead}`;
    return { "text/plain": text, "text/html": `<p>${text.split("\n").map(escaped).join("<br>")}</p>` };
  }
}
