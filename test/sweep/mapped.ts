/** What mapped.ts lists. */
import type * as np from "../../src/index.ts";

export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
