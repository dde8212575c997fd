/** What mapped.ts lists. */
import * as np from "../../src/index.ts";

export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  mappingOf: (a) => np.mappingOf(a),
};

const FILES = "files are mapped in test/interop/mapped.test.ts, on every layout";

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  memmap: FILES,
  openMemmap: FILES,
  flush: FILES,
  ".flush": FILES,
};
