/** What explain.ts lists. */
import type * as np from "../../src/index.ts";

export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  draw: "the layout is what it draws; its values are held to the sweep's arrays in test/explain",
  memoryPicture: "the layout is what it tells; its values are held to the sweep's arrays in test/explain",
};
