/** Arrays of strings and bytes. */

/** What `np.char` holds: much of `np.strings`, comparisons that leave out white space at the ends, and what splits. */
export * as char from "./char-functions.ts";
/** Functions of arrays of strings, string by string: NumPy's `np.strings`. */
export * as strings from "./string-functions.ts";
