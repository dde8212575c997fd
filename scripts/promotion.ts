// Writes src/dtype/promotion-table.ts from the lattice: node --import tsx scripts/promotion.ts
import { readFileSync, writeFileSync } from "node:fs";
import { Complex } from "../src/dtype/complex.ts";
import { join } from "../src/dtype/lattice.ts";
import type { ScalarLike } from "../src/dtype/map.ts";
import { type PlainDType, plain } from "../src/dtype/table.ts";
import { promoteWeak } from "../src/dtype/weak.ts";

const names = Object.keys(plain) as PlainDType[];

// One value of each kind that the types can tell apart; a number may be weak in two ways.
const scalars: Record<string, ScalarLike[]> = {
  boolean: [true],
  bigint: [1n],
  number: [1, 0.5],
  complex: [new Complex(0, 1)],
};

function promotionRow(a: PlainDType): string {
  const cells = names.map((b) => `    ${b}: "${join([a, b])}";`);
  return `  ${a}: {\n${cells.join("\n")}\n${dateCells(a)}\n${stringCells("bytes")}\n    void: never;\n  };`;
}

/** Beside spans of time integers that 64 bits hold with a sign are spans. */
function dateCells(a: PlainDType): string {
  const spans = /^(bool|u?int(8|16|32)|int64)$/.test(a) ? '"timedelta64"' : "never";
  return `    datetime64: never;\n    timedelta64: ${spans};`;
}

/** Moments and spans together are counted as moments. */
function dateRow(type: "datetime64" | "timedelta64"): string {
  const cells = names.map((name) => `    ${name}: ${type === "datetime64" ? "never" : spanCell(name)};`);
  const own = `    datetime64: "datetime64";\n    timedelta64: "${type}";`;
  return `  ${type}: {\n${cells.join("\n")}\n${own}\n    bytes: never;\n    str: never;\n    void: never;\n  };`;
}

function spanCell(name: PlainDType): string {
  return dateCells(name).split("timedelta64: ")[1]!.replace(";", "");
}

/** Beside bytes all becomes what is given, beside str always str. */
function stringCells(beside: "bytes" | "str"): string {
  return `    bytes: "${beside}";\n    str: "str";`;
}

/** Strings hold all other plain elements as text. */
function stringRow(type: "bytes" | "str"): string {
  const cells = names.map((name) => `    ${name}: "${type}";`);
  const dates = "    datetime64: never;\n    timedelta64: never;";
  return `  ${type}: {\n${cells.join("\n")}\n${dates}\n${stringCells(type)}\n    void: never;\n  };`;
}

function weakRow(a: PlainDType): string {
  const cells = Object.entries(scalars).map(([kind, values]) => {
    const results = new Set(values.map((value) => `"${promoteWeak(plain[a], [value], "promotion").type}"`));
    return `${kind}: ${[...results].join(" | ")}`;
  });
  return `  ${a}: { ${cells.join("; ")} };`;
}

function onOneLine(row: string): string {
  return `  ${row.trim().replaceAll(/\s+/g, " ")}`;
}

/** The text of the file that holds promotion as types. */
export function promotionTable(): string {
  const others = [...names, "datetime64", "timedelta64", "bytes", "str"];
  const never = others.map((name) => `    ${name}: never;`).join("\n");
  const dates = [dateRow("datetime64"), dateRow("timedelta64")];
  const strings = [stringRow("bytes"), stringRow("str")];
  const rows = [
    ...names.map(promotionRow),
    ...dates,
    ...strings,
    `  void: {\n${never}\n    void: "void";\n  };`,
  ];
  return `// Written by scripts/promotion.ts from the lattice.
import type { Complex } from "./complex.ts";
import type { DType, ScalarLike } from "./map.ts";

/** The dtype of two promoted; structs are promoted when their fields match. */
// biome-ignore format: one row a line
export interface PromotionTable {
${rows.map(onOneLine).join("\n")}
}

/** The dtype of an array beside a scalar; a number is an integer or not, which its type does not say. */
export interface WeakTable {
${names.map(weakRow).join("\n")}
  datetime64: { boolean: never; bigint: never; number: never; complex: never };
  timedelta64: { boolean: "timedelta64"; bigint: "timedelta64"; number: "timedelta64"; complex: never };
  bytes: { boolean: "bytes"; bigint: never; number: never; complex: never };
  str: { boolean: "str"; bigint: never; number: never; complex: never };
  void: { boolean: never; bigint: never; number: never; complex: never };
}

/** The dtype that \`promoteTypes\` gives. */
export type Promote<A extends DType, B extends DType> = PromotionTable[A][B];

/** The dtype that \`resultType\` gives for a \`D\` array beside a scalar. */
export type PromoteScalar<D extends DType, S extends ScalarLike> = S extends boolean
  ? WeakTable[D]["boolean"]
  : S extends bigint
    ? WeakTable[D]["bigint"]
    : S extends Complex
      ? WeakTable[D]["complex"]
      : WeakTable[D]["number"];
`;
}

const file = new URL("../src/dtype/promotion-table.ts", import.meta.url);

if (process.argv[1]?.endsWith("promotion.ts")) writeFileSync(file, promotionTable());

/** Whether the file is what the lattice says. */
export function isCurrent(): boolean {
  return readFileSync(file, "utf8") === promotionTable();
}
