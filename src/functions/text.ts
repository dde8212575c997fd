/** Arrays from text and raw files, and back; what a .npy file is made of; facts about dtypes. */

export { commonType, littleEndian, typecodes } from "../dtype/facts.ts";
export { fromregex, fromregexSync } from "../io/fromregex.ts";
export { type FromstringKeywords, type FromstringOptions, fromstring } from "../io/fromstring.ts";
export { genfromtxt, genfromtxtSync } from "../io/genfromtxt.ts";
export type { GenfromtxtKeywords, GenfromtxtOptions } from "../io/genfromtxt-options.ts";
export { type LoadtxtKeywords, type LoadtxtOptions, loadtxt, loadtxtSync } from "../io/loadtxt.ts";
export * as format from "../io/npy-format.ts";
export { type FromfileKeywords, type FromfileOptions, fromfile, fromfileSync } from "../io/rawfile.ts";
export type { Converter } from "../io/row-reader.ts";
export { type SavetxtOptions, savetxt, savetxtSync, txtBytes } from "../io/savetxt.ts";
export type { SyncTextSource, TextOptions, TextSource } from "../io/text-source.ts";
export { type TofileOptions, tofile, tofileSync } from "../io/tofile.ts";
