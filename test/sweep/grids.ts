import type * as np from "../../src/index.ts";

/** Indices of grids, functions applied along axes, iteration, windows and fields. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
