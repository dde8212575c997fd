/** Arrays from text and raw files, and back. */

export { genfromtxt, genfromtxtSync } from "../io/genfromtxt.ts";
export type { GenfromtxtKeywords, GenfromtxtOptions } from "../io/genfromtxt-options.ts";
export { type LoadtxtKeywords, type LoadtxtOptions, loadtxt, loadtxtSync } from "../io/loadtxt.ts";
export type { Converter } from "../io/row-reader.ts";
export { type SavetxtOptions, savetxt, savetxtSync, txtBytes } from "../io/savetxt.ts";
export type { SyncTextSource, TextOptions, TextSource } from "../io/text-source.ts";
