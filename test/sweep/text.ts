import * as np from "../../src/index.ts";

const files = "it goes through what is swept under another name, and needs a file";
const noArray = "it takes no array";

/** Arrays from text and raw files, and back. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  commonType: (a) => np.commonType(a),
  txtBytes: (a) => np.txtBytes(np.atleast1d(a).ndim > 2 ? a.slice(0) : a, "%s"),
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["savetxt", "savetxtSync", "tofile", "tofileSync", ".tofile", ".tofileSync"].map((name) => [name, files]),
  ),
  ...Object.fromEntries(
    [
      "fromfile",
      "fromfileSync",
      "fromregex",
      "fromregexSync",
      "fromstring",
      "genfromtxt",
      "genfromtxtSync",
    ].map((name) => [name, noArray]),
  ),
  ...Object.fromEntries(["loadtxt", "loadtxtSync"].map((name) => [name, noArray])),
};
