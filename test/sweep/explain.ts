/** What explain.ts lists. */
import * as np from "../../src/index.ts";

export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  traceCopies: (a) => np.traceCopies(() => np.ravel(a)).result,
  withoutCopies: (a) => np.withoutCopies(() => np.negative(a)),
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  explainCopy: "the layout is what it tells; it is held to what then happens in test/explain",
  trackArrays: "it takes no array",
  draw: "the layout is what it draws; its values are held to the sweep's arrays in test/explain",
  memoryPicture: "the layout is what it tells; its values are held to the sweep's arrays in test/explain",
};
