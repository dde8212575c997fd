import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, StateField } from "@codemirror/state";
import { showTooltip, type Tooltip } from "@codemirror/view";
import { signatureOf } from "./signatures.ts";

/** Above a call whose arguments are being written: how it is called, and what it does. */
export function signatureHint(): Extension {
  return StateField.define<Tooltip | null>({
    create: hintAt,
    update: (hint, transaction) =>
      transaction.docChanged || transaction.selection ? hintAt(transaction.state) : hint,
    provide: (field) => showTooltip.from(field),
  });
}

function hintAt(state: EditorState): Tooltip | null {
  const { head, empty } = state.selection.main;
  if (!empty) return null;
  let node = syntaxTree(state).resolveInner(head, -1);
  while (node.name !== "ArgList" || head <= node.from || (head >= node.to && isClosed(state, node.to))) {
    if (node.parent === null) return null;
    node = node.parent;
  }
  const callee = node.prevSibling;
  if (callee === null) return null;
  const found = signatureOf(calleePath(state.sliceDoc(callee.from, callee.to)));
  if (found === null) return null;
  return { pos: node.from, above: true, strictSide: true, create: () => ({ dom: hintDom(found) }) };
}

const isClosed = (state: EditorState, end: number): boolean => state.sliceDoc(end - 1, end) === ")";

/** `np.add`, or `x.add` for whatever stands before the last dot. */
function calleePath(text: string): string {
  if (/^[\w.]+$/.test(text)) return text;
  const member = /\.(\w+)$/.exec(text)?.[1];
  return member === undefined ? "" : `x.${member}`;
}

function hintDom({
  name,
  signature,
}: {
  name: string;
  signature: { call: string; says: string };
}): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "signature-hint";
  const call = dom.appendChild(document.createElement("code"));
  call.textContent = name + signature.call;
  if (signature.says !== "") dom.appendChild(document.createElement("p")).textContent = signature.says;
  return dom;
}
