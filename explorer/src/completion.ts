import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { signatures } from "./signatures.ts";
import { variables } from "./state.ts";

/** What may stand at the cursor: names of NumPy, of values, and the program's own variables. */

interface Names {
  readonly names: readonly string[];
  readonly members: readonly string[];
}

let known: Names = { names: [], members: [] };

/** Takes the names that the interpreter knows. */
export function knowNames(names: Names): void {
  known = names;
}

export function notationCompletion(): Extension {
  return autocompletion({ override: [complete], maxRenderedOptions: 60 });
}

function complete(context: CompletionContext): CompletionResult | null {
  const path = context.matchBefore(/(?:[\w)\]]+\.)*\w*/);
  if (path === null || (path.from === path.to && !context.explicit)) return null;
  if (isInText(context)) return null;
  const dot = path.text.lastIndexOf(".");
  const from = path.from + dot + 1;
  const owner = path.text.slice(0, Math.max(0, dot));
  if (dot < 0 && /^\d/.test(path.text)) return null;
  const options = dot < 0 ? topLevel() : below(owner);
  return options.length === 0 ? null : { from, options, validFor: /^\w*$/ };
}

function isInText(context: CompletionContext): boolean {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const quotes = before.replace(/"[^"]*"|'[^']*'/g, "");
  return /["'#]/.test(quotes);
}

const WORDS = [
  "import",
  "from",
  "True",
  "False",
  "None",
  "not",
  "and",
  "or",
  "in",
  "is",
  "if",
  "else",
  "del",
];
const BUILTINS = ["len", "print", "range", "int", "float", "bool", "complex", "abs", "sum", "min", "max"];

function topLevel(): Completion[] {
  const own = variables.value.map(({ name, type }) => ({
    label: name,
    detail: type,
    type: "variable",
    boost: 3,
  }));
  const np = { label: "np", detail: "NumPy's functions", type: "namespace", boost: 2 };
  const words = WORDS.map((label) => ({ label, type: "keyword" }));
  const builtins = BUILTINS.map((label) => ({ label, type: "function" }));
  return [...own, np, ...builtins, ...words];
}

function below(owner: string): Completion[] {
  const module = /^(?:np|numpy)(?:\.(.+))?$/.exec(owner);
  if (module === null) return members();
  const prefix = module[1] === undefined ? "" : `${module[1]}.`;
  const inside = known.names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const heads = new Set(inside.map((name) => name.split(".")[0] as string));
  return [...heads].map((name) => {
    const signature = Object.hasOwn(signatures().functions, name) ? signatures().functions[name] : undefined;
    return {
      label: name,
      type: "function",
      ...(signature === undefined ? {} : { detail: signature.call, info: signature.says }),
    };
  });
}

function members(): Completion[] {
  return known.members.map((name) => {
    const { members, functions } = signatures();
    const signature = Object.hasOwn(members, name) ? members[name] : functions[name];
    return {
      label: name,
      type: "method",
      ...(signature === undefined ? {} : { detail: signature.call, info: signature.says }),
    };
  });
}
