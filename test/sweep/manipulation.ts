import type * as np from "../../src/index.ts";

/** Joining, repeating, padding and moving elements. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
