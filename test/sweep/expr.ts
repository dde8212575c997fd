/** What expr.ts lists. */
import * as np from "../../src/index.ts";

export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  py: (a) => np.py`(${a} - 1) * ${a} + ${a}[..., None].T.T[..., 0]`,
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
