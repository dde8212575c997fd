import { optionsFrom } from "../array/arguments.ts";
import { textOf, ValueError } from "../errors.ts";

/** What a picture of memory shows. */
export interface PictureOptions {
  /** What the arrays are called, in order. Letters unless told. */
  readonly names?: readonly string[] | undefined;
  /** A heading. */
  readonly title?: string | undefined;
  /** Whether the values of the elements are shown; else nothing is read but the layout. True unless told. */
  readonly values?: boolean | undefined;
  /**
   * The most elements of one array that are drawn; a larger array is summarised. 144 unless told, and fewer for
   * structures of many fields and for more arrays than four.
   */
  readonly cells?: number | undefined;
  /** The most bytes in a row that no element drawn holds; more of them are drawn as a break. 32 unless told. */
  readonly bytes?: number | undefined;
  /**
   * Where bytes are counted from: the start of the memory that the owner of the elements has (`"owner"`, unless told),
   * or the start of its buffer (`"buffer"`), of which an array may be a small part.
   */
  readonly addresses?: "owner" | "buffer" | undefined;
  /**
   * Whether colours tell elements apart by index or by address; by address an element has one colour in all views of
   * it. By index unless arrays or elements share memory.
   */
  readonly colours?: "index" | "address" | undefined;
}

/** How a picture of memory is drawn. */
export interface DrawOptions extends PictureOptions {
  /** The width of the SVG in pixels, at most, unless one element needs more. 960 unless told. */
  readonly width?: number | undefined;
  /** The characters in a line of the text, at most. 80 unless told. */
  readonly columns?: number | undefined;
  /** Light or dark colours, or what the reader prefers (`"auto"`, unless told). */
  readonly theme?: "auto" | "light" | "dark" | undefined;
  /** Whether elements are numbered in the order in which C walks them, instead of showing index and address. */
  readonly walk?: boolean | undefined;
  /** What ids in the SVG begin with, when the same picture is in a page twice. */
  readonly id?: string | undefined;
  /** Whether the text has ANSI colours. */
  readonly ansi?: boolean | undefined;
  /** Whether the text is plain ASCII, without box drawing. */
  readonly ascii?: boolean | undefined;
}

/** All options, of which only the names may be left open. */
export type Settings = {
  readonly [K in keyof Omit<DrawOptions, "colours" | "cells">]-?: NonNullable<DrawOptions[K]>;
} & {
  readonly colours: "index" | "address" | null;
  readonly cells: number | null;
};

type Check = readonly [wanted: string, fits: (value: unknown) => boolean];

const isText = (value: unknown) => typeof value === "string";
const isSwitch: Check = ["true or false", (value) => typeof value === "boolean"];
const count = (least: number, most: number): Check => [
  `an integer from ${least} to ${most}`,
  (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
];
const oneOf = (...names: readonly string[]): Check => [
  names.map((name) => `"${name}"`).join(" or "),
  (value) => names.includes(value as string),
];
const isTexts = (value: unknown) => Array.isArray(value) && Array.from(value).every(isText);

/** What each option may be. */
const checks: { readonly [K in keyof Settings]: Check } = {
  names: ["a list of strings, one for each array", isTexts],
  title: ["a string", isText],
  values: isSwitch,
  cells: count(1, 10_000),
  bytes: count(0, 1_000_000),
  addresses: oneOf("owner", "buffer"),
  colours: oneOf("index", "address"),
  width: count(240, 10_000),
  columns: count(40, 1000),
  theme: oneOf("auto", "light", "dark"),
  walk: isSwitch,
  id: [
    "a string of letters, digits, - and _ that begins with a letter",
    (value) => isText(value) && /^[A-Za-z][\w-]*$/.test(value as string),
  ],
  ansi: isSwitch,
  ascii: isSwitch,
};

const defaults: Settings = {
  names: [],
  title: "",
  values: true,
  cells: null,
  bytes: 32,
  addresses: "owner",
  colours: null,
  width: 960,
  columns: 80,
  theme: "auto",
  walk: false,
  id: "",
  ansi: false,
  ascii: false,
};

/** The options with what was not given as it is unless told. */
export function settingsFrom(given: DrawOptions | null | undefined, caller: string): Settings {
  const settings: Record<string, unknown> = { ...defaults };
  for (const [name, value] of Object.entries(optionsFrom(given, caller))) {
    if (!Object.hasOwn(checks, name)) {
      throw new ValueError(
        `${caller}: there is no option ${textOf(name)}; there are ${Object.keys(checks).join(", ")}`,
      );
    }
    if (value === undefined) continue;
    const [wanted, fits] = checks[name as keyof Settings];
    if (!fits(value)) throw new ValueError(`${caller}: ${name} must be ${wanted}, not ${textOf(value)}`);
    settings[name] = value;
  }
  return settings as unknown as Settings;
}
