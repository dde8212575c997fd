import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import type { Signature, Signatures } from "../src/signatures.ts";

/**
 * Reads from the library's sources what completion shows: how each function is called, in NumPy's way, and the first
 * sentence of its comment. Files are parsed and not checked, so this takes about a second.
 */

type Callee =
  | ts.FunctionDeclaration
  | ts.VariableDeclaration
  | ts.MethodSignature
  | ts.ClassElement
  | ts.TypeElement;

interface Declared {
  /** The overload with the most parameters says how it is called, the first with a comment what it does. */
  readonly node: Callee;
  readonly comment: string;
}

interface Sources {
  /** Exported functions and constants by file and name: `ops/where.ts where`. */
  readonly functions: Map<string, Declared>;
  readonly members: Map<string, Declared>;
  /** The names of the properties of interfaces and aliases, and what these build upon. */
  readonly types: Map<string, { readonly own: string[]; readonly others: string[] }>;
  /** What is public: the name, and the file and the name there. */
  readonly exported: Map<string, string>;
}

/** These have nothing that signatures mention. */
const LEFT_OUT = /^(wasm|layout|cli|testing|explain\/draw|engine\/kernels|dtype\/(table|casts))/;

/** All signatures, by the names that the notation has for them. */
export function readSignatures(folder: string): Signatures {
  const sources: Sources = {
    functions: new Map(),
    members: new Map(),
    types: new Map(),
    exported: new Map(),
  };
  const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll("\\", "/"));
  for (const name of names.sort().filter((one) => one.endsWith(".ts") && !LEFT_OUT.test(one))) {
    const text = readFileSync(join(folder, name), "utf8");
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false);
    for (const statement of file.statements) readStatement(statement, { name, text, sources });
  }
  const functions = new Map<string, Declared>();
  for (const [name, place] of sources.exported) {
    const declared = sources.functions.get(place);
    if (declared !== undefined) functions.set(name, declared);
  }
  const table = tableOf(functions, sources);
  return { functions: table, members: withKeywords(tableOf(sources.members, sources), table) };
}

interface Reading {
  readonly name: string;
  readonly text: string;
  readonly sources: Sources;
}

function readStatement(node: ts.Statement, reading: Reading): void {
  const { name, text, sources } = reading;
  if (ts.isFunctionDeclaration(node) && node.name !== undefined && isExported(node))
    declare(sources.functions, `${name} ${node.name.text}`, node, commentOf(node, text));
  else if (ts.isVariableStatement(node) && isExported(node))
    for (const one of node.declarationList.declarations)
      if (ts.isIdentifier(one.name))
        declare(sources.functions, `${name} ${one.name.text}`, one, commentOf(node, text));
  if (ts.isInterfaceDeclaration(node)) readInterface(node, text, sources);
  if (ts.isTypeAliasDeclaration(node)) readAlias(node, sources);
  if (ts.isClassDeclaration(node) && node.name?.text === "NDArray")
    for (const member of node.members) readMember(member, text, sources);
  if (ts.isModuleDeclaration(node) && node.body !== undefined && ts.isModuleBlock(node.body))
    for (const inner of node.body.statements) {
      if (ts.isInterfaceDeclaration(inner) && inner.name.text === "NDArray")
        for (const member of inner.members) readMember(member, text, sources);
    }
  if (name.startsWith("functions") && ts.isExportDeclaration(node)) readExports(node, reading);
}

function readAlias(node: ts.TypeAliasDeclaration, sources: Sources): void {
  const own = new Set<string>();
  const others = new Set<string>();
  visitType(node.type, own, others);
  sources.types.set(node.name.text, { own: [...own], others: [...others] });
}

/** `export { variance as var } from "./ops/statistics.ts"`. */
function readExports(node: ts.ExportDeclaration, { name, sources }: Reading): void {
  const { exportClause, moduleSpecifier } = node;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return;
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return;
  const file = posix.join(posix.dirname(name), moduleSpecifier.text);
  for (const { name: outside, propertyName } of exportClause.elements)
    sources.exported.set(outside.text, `${file} ${(propertyName ?? outside).text}`);
}

function readInterface(node: ts.InterfaceDeclaration, text: string, sources: Sources): void {
  const own = node.members.flatMap((member) =>
    ts.isPropertySignature(member) && ts.isIdentifier(member.name) ? [member.name.text] : [],
  );
  const others = (node.heritageClauses ?? []).flatMap((clause) =>
    clause.types.map((type) => text.slice(type.expression.pos, type.expression.end).trim()),
  );
  const known = sources.types.get(node.name.text);
  sources.types.set(node.name.text, { own: [...(known?.own ?? []), ...own], others });
}

function readMember(member: ts.ClassElement | ts.TypeElement, text: string, sources: Sources): void {
  if (member.name === undefined || !ts.isIdentifier(member.name)) return;
  const comment = commentOf(member, text);
  if (!comment.startsWith("@internal")) declare(sources.members, member.name.text, member, comment);
}

function declare(table: Map<string, Declared>, name: string, node: Callee, comment: string): void {
  const known = table.get(name);
  if (known === undefined) table.set(name, { node, comment });
  else if (parametersOf(node) > parametersOf(known.node))
    table.set(name, { node, comment: known.comment || comment });
  else if (known.comment === "") table.set(name, { node: known.node, comment });
}

function parametersOf(node: Callee): number {
  const hasThem =
    ts.isFunctionDeclaration(node) || ts.isMethodSignature(node) || ts.isMethodDeclaration(node);
  return hasThem ? node.parameters.length : 0;
}

const isExported = (node: ts.FunctionDeclaration | ts.VariableStatement): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** The comment before a node, without its stars. */
function commentOf(node: ts.Node, text: string): string {
  const ranges = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  const last = ranges.filter(({ pos }) => text.startsWith("/**", pos)).at(-1);
  if (last === undefined) return "";
  const inner = text.slice(last.pos + 3, last.end - 2).replace(/^[ \t]*\*[ \t]?/gm, "");
  return inner.trim();
}

/** `broadcastTo` is `broadcast_to`. */
export function pythonName(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
}

function tableOf(declared: Map<string, Declared>, sources: Sources): Record<string, Signature> {
  const table: Record<string, Signature> = {};
  for (const [name, { node, comment }] of declared) {
    if (/^[A-Z]/.test(name) && name !== "T") continue;
    table[name === "T" || name === "mT" ? name : pythonName(name)] = {
      call: callText(node, sources),
      says: sentence(comment),
    };
  }
  return table;
}

/** A method is called as the function of its name, without the array, when it does not say more itself. */
function withKeywords(
  members: Record<string, Signature>,
  functions: Record<string, Signature>,
): Record<string, Signature> {
  const entries = Object.entries(members).map(([name, { call, says }]) => {
    const same = Object.hasOwn(functions, name) ? functions[name]?.call : undefined;
    const better = call.includes("…") && same !== undefined ? same.replace(/^\(\w+(, )?/, "(") : call;
    return [name, { call: better, says }];
  });
  return Object.fromEntries(entries);
}

function sentence(comment: string): string {
  const [text = ""] = comment.split(/\n\s*\n|\n@/);
  const line = text
    .replace(/\s+/g, " ")
    .replace(/\{@link (\S+?)\}/g, "$1")
    .replaceAll("`", "")
    .trim();
  return /^.*?[^.]\.(?=\s|$)/.exec(line)?.[0] ?? line;
}

const UFUNC_KEYWORDS = "out=, where=, casting=, order=, dtype=";

function callText(node: Callee, sources: Sources): string {
  if (ts.isVariableDeclaration(node)) return ufuncText(node);
  if (!ts.isFunctionDeclaration(node) && !ts.isMethodSignature(node) && !ts.isMethodDeclaration(node))
    return "";
  const bounds = new Map(
    (node.typeParameters ?? []).map(({ name, constraint }) => [name.text, constraint] as const),
  );
  const texts = node.parameters.flatMap((parameter, k) => {
    if (!ts.isIdentifier(parameter.name)) return keywordsOf(parameter.type, bounds, sources);
    const { text: name } = parameter.name;
    if (name === "this") return [];
    if (name === "options" && keywordsOf(parameter.type, bounds, sources).length === 0) return ["…"];
    const isLast = k === node.parameters.length - 1;
    const keywords = isLast ? keywordsOf(parameter.type, bounds, sources) : [];
    if (keywords.length > 0) return keywords;
    return [`${parameter.dotDotDotToken === undefined ? "" : "*"}${pythonName(name)}`];
  });
  return `(${[...new Set(texts)].join(", ")})`;
}

function ufuncText({ type, initializer }: ts.VariableDeclaration): string {
  if (initializer === undefined || !ts.isCallExpression(initializer)) return "";
  const [row] = initializer.arguments;
  if (row === undefined || !ts.isObjectLiteralExpression(row) || type === undefined) return "";
  const nin = row.properties.find(
    (one): one is ts.PropertyAssignment =>
      ts.isPropertyAssignment(one) && ts.isIdentifier(one.name) && one.name.text === "nin",
  );
  if (nin === undefined || !ts.isNumericLiteral(nin.initializer)) return "";
  const operands = nin.initializer.text === "1" ? "x" : "x1, x2";
  return `(${operands}, ${UFUNC_KEYWORDS})`;
}

type Bounds = ReadonlyMap<string, ts.TypeNode | undefined>;

/** The keywords that an object of options has, as `axis=`. */
function keywordsOf(type: ts.TypeNode | undefined, bounds: Bounds, sources: Sources): string[] {
  if (type === undefined) return [];
  const own = new Set<string>();
  const others = new Set<string>();
  visitType(type, own, others);
  for (const name of others) {
    const bound = bounds.get(name);
    if (bound !== undefined) visitType(bound, own, others);
  }
  const names = new Set(own);
  const seen = new Set<string>();
  const follow = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const found = /Options$|Keywords$|Option$|Spec$|^With|^Axis/.test(name)
      ? sources.types.get(name)
      : undefined;
    for (const one of found?.own ?? []) names.add(one);
    for (const one of found?.others ?? []) follow(one);
  };
  for (const name of others) follow(name);
  if ([...others].some((name) => name.startsWith("DType") && name !== "DType")) names.add("dtype");
  return [...names].map((name) => `${pythonName(name)}=`);
}

function visitType(type: ts.TypeNode, own: Set<string>, others: Set<string>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) others.add(node.typeName.text);
    if (ts.isPropertySignature(node) && ts.isIdentifier(node.name)) own.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(type);
}
