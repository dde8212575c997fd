// npx tsx scripts/coverage.ts: writes docs/coverage.md, NumPy's names and which of them exist here.
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as np from "../src/index.ts";
import { array, different, homes, partial, renamed } from "./coverage/names.ts";

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
  /** In what it is another thing here by decision, or null. */
  readonly differs: string | null;
}

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
      const note = (table: Readonly<Record<string, string>>) =>
        ours === null ? null : (table[entry.title] ?? null);
      return { ...entry, ours, missing: note(partial), differs: note(different) };
    });
}

/** Titles that a table names in vain: there is no such entry, it is not here, or not where it is said to be. */
export function staleRows(): string[] {
  const here = new Map(coverage().map((entry) => [entry.title, entry]));
  const lost = [...Object.keys(partial), ...Object.keys(different)].filter(
    (title) => (here.get(title)?.ours ?? null) === null,
  );
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
    .filter((one) => isFull(one) && one.differs === null)
    .map((one) => (sameName(one) ? code(one.ours!) : `${code(one.title)}: ${code(one.ours!)}`));
  const part = found
    .filter(isPartial)
    .map((one) => `| ${code(one.title)} | ${code(one.ours!)} | ${one.missing} |`);
  const other = found
    .filter((one) => isFull(one) && one.differs !== null)
    .map((one) => `| ${code(one.title)} | ${code(one.ours!)} | ${one.differs} |`);
  const none = found.filter(isNone).map((one) => code(one.title));
  return [
    `## ${group}`,
    ...(full.length > 0 ? ["", `Full: ${full.join(", ")}.`] : []),
    ...(other.length > 0 ? ["", "| NumPy | here | full, in another form |", "|---|---|---|", ...other] : []),
    ...(part.length > 0 ? ["", "| NumPy | here, in part | missing |", "|---|---|---|", ...part] : []),
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
    "[deviations.md](deviations.md) (tables name what has another form), *partial* when something of it is missing, *none* when it is not here.",
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
