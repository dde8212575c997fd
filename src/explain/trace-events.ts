/** What a trace tells. */

/** Memory that was taken or copied, or a view where a copy might have been needed. */
export interface CopyEvent {
  /** The public function that was called: `reshape`. */
  readonly operation: string;
  /** An allocation is memory for a result or to work in; a copy holds elements that lie elsewhere already. */
  readonly kind: "allocation" | "copy" | "view";
  /** Whether it is a copy that nobody asked for. */
  readonly hidden: boolean;
  /** Bytes taken, copied, or seen by a view. */
  readonly bytes: number;
  /** Null where bytes were taken that are no array. */
  readonly shape: readonly number[] | null;
  /** The name of the dtype, null likewise. */
  readonly dtype: string | null;
  /** Why, in words: `axis 0 has stride 8, wanted 48`. */
  readonly reason: string;
  /** The line of the program that called: `file:line:column`. Null where the runtime does not tell. */
  readonly site: string | null;
}

/** How much there was of everything. */
export interface TraceTotals {
  /** How often memory was taken, for copies too, and how many bytes. */
  readonly allocations: number;
  readonly allocatedBytes: number;
  /** How often elements were copied, and how many bytes. */
  readonly copies: number;
  readonly copiedBytes: number;
  /** The copies among them that nobody asked for. */
  readonly hiddenCopies: number;
  readonly hiddenBytes: number;
  /** Calls that may copy and gave a view. */
  readonly views: number;
}

/** What happened while a function ran. */
export interface Trace<T> {
  /** What the function returned. */
  readonly result: T;
  /** Every allocation and copy, in order. */
  readonly events: readonly CopyEvent[];
  readonly totals: TraceTotals;
  /** The events as a table, and the totals. */
  toString(): string;
}
