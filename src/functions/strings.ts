/** Arrays of strings and bytes. */
export * as char from "./char-functions.ts";
export * as strings from "./string-functions.ts";
