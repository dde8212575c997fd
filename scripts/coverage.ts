// npx tsx scripts/coverage.ts: writes docs/coverage.md, NumPy's names and which of them exist here.
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as np from "../src/index.ts";

/** NumPy's names: by namespace, by group (`group|scope` where they are out of scope), a line of names each. */
interface Api {
  readonly source: string;
  readonly namespaces: { readonly [namespace: string]: { readonly [group: string]: string } };
}

interface Entry {
  /** As a NumPy user writes it, without the leading `numpy.`. */
  readonly title: string;
  readonly namespace: string;
  readonly name: string;
  readonly group: string;
}

interface Found extends Entry {
  /** What it is called here, or null. */
  readonly ours: string | null;
  readonly missing: string | null;
}

const array = np.zeros(1);
const flat = "numpy.flatiter";

/** Where the names of a namespace would be, and how they would be written. */
const homes: Readonly<Record<string, readonly [home: object, prefix: string]>> = {
  numpy: [np, "np."],
  "numpy.lib.stride_tricks": [np, "np."],
  "numpy.lib.array_utils": [np, "np."],
  "numpy.lib.npyio": [np, "np."],
  "numpy.exceptions": [np, "np."],
  "numpy.ndarray": [array, "a."],
  "numpy.ndarray.flags": [array.flags, "a.flags."],
  "numpy.dtype": [np.dtype("f8"), "np.dtype()."],
  "numpy.finfo": [np.finfo("f8"), "np.finfo()."],
  "numpy.iinfo": [np.iinfo("i4"), "np.iinfo()."],
  [flat]: [array.flat, "a.flat."],
};

/** What has another name here than the rule gives; `home.name`, and the test sees that each exists. */
const renamed: Readonly<Record<string, string>> = {
  ndarray: "np.NDArray",
  flatiter: "np.Flat",
  s_: "np.s",
  "exceptions.AxisError": "np.IndexError",
  "exceptions.DTypePromotionError": "np.DTypeError",
  "lib.format.write_array": "np.npyBytes",
  "lib.format.read_array": "np.load",
  "ndarray.__getitem__": "a.slice",
  "ndarray.__setitem__": "a.set",
  "ndarray.__iter__": "a[Symbol.iterator]",
  "ndarray.__len__": "a.length",
  "ndarray.__copy__": "a.copy",
  "ndarray.flags.contiguous": "a.flags.cContiguous",
  "ndarray.flags.fortran": "a.flags.fContiguous",
};

/** What exists in part, and what it lacks. */
const partial: Readonly<Record<string, string>> = {
  "ndarray.__getitem__": "basic indexing only: `at`, `slice`, `field`; no lists or masks",
  "ndarray.__setitem__": "basic indexing only; no lists or masks",
  "ndarray.shape": "read only; use `reshape`",
  "ndarray.strides": "read only; use `asStrided`",
  "ndarray.dtype": "read only; use `view`",
  "ndarray.real": "read only; use `a.real.set`",
  "ndarray.imag": "read only; use `a.imag.set`",
  "ndarray.data": "a typed array, of C-contiguous arrays alone",
  array: "no `like`, `subok`",
  s_: "one slice a call: `np.s(1, 4)`",
  mgrid: 'ranges are arguments, as texts or `np.s`: `np.mgrid("0:5", "0:3")`',
  ogrid: "ranges are arguments, as texts or `np.s`",
  dtype: "no strings, dates, objects, longdouble; native order of bytes",
  "dtype.newbyteorder": "native order only",
  "dtype.fields": "a list, not a mapping",
  "dtype.byteorder": "native only",
  can_cast: "no `same_value`",
  load: "no `mmap_mode`; no pickles",
  save: "no pickles",
  printoptions: "a function in place of a `with` block",
  array2string: "no `legacy`",
  set_printoptions: "no `legacy`, `override_repr`",
  require: "no `like`",
  flatiter: "`at`, `slice` and `set` by one integer or slice; no lists or masks",
  frombuffer: "no `like`",
  "exceptions.AxisError": "an `IndexError`",
  "exceptions.DTypePromotionError": "a `DTypeError`",
};

const api: Api = JSON.parse(readFileSync(new URL("numpy-api.json", import.meta.url), "utf8"));

const camelCase = (name: string) =>
  name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `np.flat`-like text to what it names. */
export function resolve(ours: string): unknown {
  if (ours === "a[Symbol.iterator]") return array[Symbol.iterator];
  const cut = ours.lastIndexOf(".") + 1;
  const home = Object.values(homes).find(([, prefix]) => prefix === ours.slice(0, cut));
  const name = ours.slice(cut);
  return home !== undefined && name in home[0] ? (home[0] as Record<string, unknown>)[name] : undefined;
}

function oursOf(entry: Entry): string | null {
  const asked = renamed[entry.title];
  if (asked !== undefined) return asked;
  const home = homes[entry.namespace];
  const name = camelCase(entry.name);
  // What every object has is not ours: constructor, toString.
  if (home !== undefined && name in home[0] && !(name in Object.prototype)) return home[1] + name;
  return entry.group === "dtype" ? dtypeText(entry) : null;
}

/** A class such as `numpy.int8` or `numpy.dtypes.Int8DType` is a name that `np.dtype` knows. */
function dtypeText({ namespace, name }: Entry): string | null {
  if (namespace !== "numpy" && namespace !== "numpy.dtypes") return null;
  const plain = namespace === "numpy" ? name : name.replace(/DType$/, "").toLowerCase();
  try {
    np.dtype(plain);
    return `"${plain}"`;
  } catch {
    return null;
  }
}

function entries(): Entry[] {
  return Object.entries(api.namespaces).flatMap(([namespace, groups]) =>
    Object.entries(groups).flatMap(([group, names]) =>
      names.split(" ").map((name) => {
        const title = namespace === "numpy" ? name : `${namespace.slice("numpy.".length)}.${name}`;
        return { title, namespace, name, group };
      }),
    ),
  );
}

/** The entries in scope with what they are here; and the tables, for the test. */
export function coverage(): Found[] {
  return entries()
    .filter((entry) => !entry.group.includes("|"))
    .map((entry) => {
      const ours = oursOf(entry);
      return { ...entry, ours, missing: ours === null ? null : (partial[entry.title] ?? null) };
    });
}

/** Titles that a table names in vain: there is no such entry, it is not here, or not where it is said to be. */
export function staleRows(): string[] {
  const here = new Map(coverage().map((entry) => [entry.title, entry]));
  const lost = Object.keys(partial).filter((title) => (here.get(title)?.ours ?? null) === null);
  const wrong = Object.entries(renamed).filter(
    ([title, ours]) => !here.has(title) || resolve(ours) === undefined,
  );
  return [...lost, ...wrong.map(([title]) => title)];
}

const isFull = (entry: Found) => entry.ours !== null && entry.missing === null;
const isPartial = (entry: Found) => entry.missing !== null;
const isNone = (entry: Found) => entry.ours === null;

function totals(found: readonly Found[]): string {
  const count = (of: (entry: Found) => boolean) => found.filter(of).length;
  return `${count(isFull)} | ${count(isPartial)} | ${count(isNone)} | ${found.length}`;
}

const sameName = ({ title, ours }: Found) =>
  ours === `np.${camelCase(title)}` || ours === `a.${camelCase(title.slice(8))}`;
const code = (text: string) => `\`${text}\``;

function section(group: string, found: readonly Found[]): string[] {
  const full = found
    .filter(isFull)
    .map((one) => (sameName(one) ? code(one.ours!) : `${code(one.title)}: ${code(one.ours!)}`));
  const part = found
    .filter(isPartial)
    .map((one) => `| ${code(one.title)} | ${code(one.ours!)} | ${one.missing} |`);
  const none = found.filter(isNone).map((one) => code(one.title));
  return [
    `## ${group}`,
    ...(full.length > 0 ? ["", `Full: ${full.join(", ")}.`] : []),
    ...(part.length > 0 ? ["", "| NumPy | here | missing or different |", "|---|---|---|", ...part] : []),
    ...(none.length > 0 ? ["", `None: ${none.join(", ")}.`] : []),
    "",
  ];
}

/** The text of docs/coverage.md. */
export function coverageText(): string {
  const found = coverage();
  const groups = [...new Set(found.map((entry) => entry.group))].sort();
  const of = (group: string) => found.filter((entry) => entry.group === group);
  const outside = entries().length - found.length;
  return `${[
    "# Coverage",
    "",
    "Written by `npx tsx scripts/coverage.ts` from a list of NumPy's public names and from what the library exports; a",
    "test fails when it is out of date. A name is *full* when it does here what it does in NumPy but for",
    "[deviations.md](deviations.md), *partial* when something of it is missing, *none* when it is not here.",
    "Names are NumPy's in camelCase (`broadcast_to` is `broadcastTo`); where ours differs more, it stands after a colon.",
    "In the lists `np` is the library and `a` an array.",
    "",
    `The list is that of ${api.source}. Left out are ${outside} names that are bound to Python or C, or are legacy.`,
    "",
    "| group | full | partial | none | all |",
    "|---|---|---|---|---|",
    ...groups.map((group) => `| ${group} | ${totals(of(group))} |`),
    `| **all** | ${totals(found)} |`,
    "",
    ...groups.flatMap((group) => section(group, of(group))),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../docs/coverage.md", import.meta.url), coverageText());
}
