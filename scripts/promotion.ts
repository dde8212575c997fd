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
  return `  ${a}: {\n${cells.join("\n")}\n${stringCells("bytes")}\n    void: never;\n  };`;
}

/** Beside bytes all becomes what is given, beside str always str. */
function stringCells(beside: "bytes" | "str"): string {
  return `    bytes: "${beside}";\n    str: "str";`;
}

/** Strings hold all other plain elements as text. */
function stringRow(type: "bytes" | "str"): string {
  const cells = names.map((name) => `    ${name}: "${type}";`);
  return `  ${type}: {\n${cells.join("\n")}\n${stringCells(type)}\n    void: never;\n  };`;
}

function weakRow(a: PlainDType): string {
  const cells = Object.entries(scalars).map(([kind, values]) => {
    const results = new Set(values.map((value) => `"${promoteWeak(plain[a], [value], "promotion").type}"`));
    return `${kind}: ${[...results].join(" | ")}`;
  });
  return `  ${a}: { ${cells.join("; ")} };`;
}

/** The text of the file that holds promotion as types. */
export function promotionTable(): string {
  const never = names.map((name) => `    ${name}: never;`).join("\n");
  return `// Written by scripts/promotion.ts from the lattice.
import type { Complex } from "./complex.ts";
import type { DType, ScalarLike } from "./map.ts";

/** The dtype of two promoted; structs are promoted when their fields match. */
export interface PromotionTable {
${names.map(promotionRow).join("\n")}
${stringRow("bytes")}
${stringRow("str")}
  void: {
${never}
    bytes: never;
    str: never;
    void: "void";
  };
}

/** The dtype of an array beside a scalar; a number is an integer or not, which its type does not say. */
export interface WeakTable {
${names.map(weakRow).join("\n")}
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
