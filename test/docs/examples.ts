import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** Code of a document, and where it stands. */
export interface Example {
  readonly place: string;
  readonly code: string;
}

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** The files of the house that hold examples: README.md, docs/*.md and the sources. */
export function documents(): string[] {
  return ["README.md", ...listed("docs/", ".md"), ...listed("src/", ".ts")];
}

function listed(folder: string, ending: string): string[] {
  const names = readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" });
  // docs/api is generated from the sources, which are read themselves.
  const own = names
    .map((name) => folder + name.replaceAll("\\", "/"))
    .filter((name) => !name.includes("/api/"));
  return own.filter((name) => name.endsWith(ending)).sort();
}

/** The examples of a document: its ```ts blocks, or what follows each `@example`. */
export function examplesOf(path: string): Example[] {
  const lines = read(path).split("\n");
  return path.endsWith(".md") ? fenced(path, lines) : documented(path, lines);
}

function fenced(path: string, lines: readonly string[]): Example[] {
  const starts = lines.flatMap((line, k) => (line === "```ts" ? [k + 1] : []));
  return starts.map((start) => ({
    place: `${path}:${start + 1}`,
    code: lines.slice(start, lines.indexOf("```", start)).join("\n"),
  }));
}

function documented(path: string, lines: readonly string[]): Example[] {
  const starts = lines.flatMap((line, k) => (/^\s*\* @example\s*$/.test(line) ? [k + 1] : []));
  return starts.map((start) => {
    const end = lines.findIndex((line, k) => k >= start && /^\s*\*(\/| @)/.test(line));
    const code = lines.slice(start, end).map((line) => line.replace(/^\s*\* ?/, ""));
    return { place: `${path}:${start + 1}`, code: code.join("\n") };
  });
}

/**
 * The example as a program that holds itself to its comments. A comment after a statement is
 *
 * - prose, when it begins with a small letter (true, false, null and undefined aside);
 * - `throws WORDS`: the statement throws, and the text of the error has these words;
 * - `array(…)` or `[…]` of an array's text: its repr or str, spaces and lines aside;
 * - else an expression: the value that the statement has.
 */
export function checkedProgram(code: string): string {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  const checked = source.statements.map((statement) => {
    if (ts.isImportDeclaration(statement)) return imported(statement);
    const text = statement.getText(source);
    const said = commentAfter(code, statement.getEnd());
    if (said === null || isProse(said) || !ts.isExpressionStatement(statement)) return text;
    const expression = statement.expression.getText(source);
    return `await check(async () => (${expression}), ${JSON.stringify(said)}, () => (${valueText(said)}));`;
  });
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpile(checked.join("\n"), options);
}

/** An import as constants that `load` gives, but for that of the library, which is there. */
function imported({ moduleSpecifier, importClause }: ts.ImportDeclaration): string {
  const name = (moduleSpecifier as ts.StringLiteral).text;
  if (name === "ndview") return "";
  const found = `await load(${JSON.stringify(name)})`;
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return `${found};`;
  if (ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = ${found};`;
  const names = bindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.name.text);
  return `const { ${names.join(", ")} } = ${found};`;
}

function commentAfter(code: string, end: number): string | null {
  const rest = /^[ \t]*\/\/ ?(.*)/.exec(code.slice(end));
  return rest === null ? null : (rest[1] as string).trim();
}

function isProse(said: string): boolean {
  return /^[a-z]/.test(said) && !/^(?:(?:true|false|null|undefined|throws)\b|array\()/.test(said);
}

/** `Uint8Array [1, 2]` is how people write `Uint8Array.of(1, 2)`. What is no expression is a text. */
function valueText(said: string): string {
  const value = said.replace(/\b(\w+Array)(?:\(\d+\))? \[([^\]]*)\]/g, "$1.of($2)");
  try {
    new Function(`(${value})`);
    return value;
  } catch {
    return JSON.stringify(said);
  }
}
