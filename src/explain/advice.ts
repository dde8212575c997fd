/** What would avoid a copy. */

import { BESIDE, HALF_WAY, LIST, OVERLAP } from "../array/duplicate.ts";

const byReason: Readonly<Record<string, string>> = {
  [OVERLAP]: "write into an array that shares no memory with what is read",
  [BESIDE]: "let the result go into memory of its own, or into an out that shares none with the operands",
  [HALF_WAY]: "call it on floats, and where no error is asked for (np.errstate)",
  [LIST]: "make an array of the list once, with np.array, and give that",
};

/** What would avoid a copy that is made for this reason. */
export function adviceFor(reason: string): string {
  const known = Object.hasOwn(byReason, reason) ? byReason[reason] : undefined;
  if (known !== undefined) return known;
  const cast = / becomes (\S.*)$/.exec(reason);
  if (cast !== null) return `cast once, before the loop: a = np.astype(a, "${cast[1]}")`;
  if (/ stride |contiguous|not aligned/.test(reason))
    return "lay it out once, before the loop: a = np.ascontiguousarray(a)";
  return "copy it once, before the loop";
}
