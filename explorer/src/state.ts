import { computed, signal } from "@preact/signals";
import type { Card, Comparison, FileSent, MemoryFacts, Problem, VariableFacts } from "./protocol.ts";

/** All that the page knows, as signals: components read them, `program.ts` and the panels write them. */

export type Tab = "arrays" | "compare" | "memory";
export type Theme = "system" | "light" | "dark";

export const source = signal("");
export const cards = signal<readonly Card[]>([]);
export const problem = signal<Problem | null>(null);
export const variables = signal<readonly VariableFacts[]>([]);
/** Keys of arrays that were written to after their statement. */
export const changed = signal<ReadonlySet<string>>(new Set());
export const files = signal<readonly FileSent[]>([]);
/** What the page says of itself, for the eye and for a screen reader. */
export const notice = signal("");
export const running = signal(false);
/** Counts the runs that are done: what is asked of the worker is asked again when it changes. */
export const runs = signal(0);

export const tab = signal<Tab>("arrays");
export const theme = signal<Theme>("system");
export const limitSeconds = signal(5);

export const compared = signal<readonly [string, string]>(["", ""]);
export const comparison = signal<Comparison | null>(null);
export const memory = signal<MemoryFacts | null>(null);

/** Bytes of a buffer that are pointed at, and what they are. */
export interface Lit {
  readonly buffer: number;
  readonly low: number;
  readonly high: number;
}
export const lit = signal<Lit | null>(null);

/** Arrays by name, for choosing two of them. */
export const namedArrays = computed(() => variables.value.filter(({ key }) => key !== null));
