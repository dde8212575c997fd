/** Chains with NumPy's answers, as a file for machines without Python. */

import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Answer, Chain } from "./chain.ts";

export interface Golden {
  readonly numpy: string;
  readonly cases: readonly { readonly chain: Chain; readonly answer: Answer }[];
}

const file = new URL("../golden/chains.json.gz", import.meta.url);

export function readGolden(): Golden {
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Golden;
}

/** The number of bytes written. */
export function writeGolden(golden: Golden): number {
  const bytes = gzipSync(JSON.stringify(golden), { level: 9 });
  writeFileSync(file, bytes);
  return bytes.length;
}
