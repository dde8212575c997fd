import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { notationCompletion } from "./completion.ts";
import { editorColours, editorFrame } from "./editor-theme.ts";
import { markedStatement, markStatement } from "./marked-statement.ts";
import { notation } from "./notation.ts";
import type { Problem } from "./protocol.ts";
import { signatureHint } from "./signature-hint.ts";
import { problem, source } from "./state.ts";

/** The editor: a program in NumPy's notation, coloured, completed, with errors where they are. */

let view: EditorView | null = null;

/** Puts the cursor before a part of the program, and the focus into the editor. */
export function goTo(start: number): void {
  if (view === null) return;
  view.dispatch({ selection: { anchor: Math.min(start, view.state.doc.length) }, scrollIntoView: true });
  view.focus();
}

/** Shows which statement a card is about. */
export function pointTo(range: { start: number; end: number } | null): void {
  view?.dispatch({ effects: markStatement.of(range) });
}

const runs = (onRun: () => void): true => {
  onRun();
  return true;
};

function extensions(onRun: () => void): Extension[] {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    notation(),
    syntaxHighlighting(editorColours),
    notationCompletion(),
    signatureHint(),
    markedStatement,
    editorFrame,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "Program in NumPy's notation", tabindex: "0" }),
    // Tab moves on, as everywhere in a page: who works by keyboard is not caught in here.
    keymap.of([
      { key: "Mod-Enter", run: () => runs(onRun) },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) source.value = state.doc.toString();
    }),
  ];
}

function diagnosticsOf(trouble: Problem | null, length: number): Diagnostic[] {
  if (trouble === null) return [];
  const to = Math.min(trouble.end, length);
  const from = Math.min(trouble.start, Math.max(0, to - 1));
  return [{ from, to, severity: "error", message: `${trouble.kind}: ${trouble.message}` }];
}

function showProblem(editor: EditorView, trouble: Problem | null): void {
  editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(trouble, editor.state.doc.length)));
}

/** Takes over a program that came from elsewhere: an example, a link, a file. */
function showSource(editor: EditorView, text: string): void {
  const { doc } = editor.state;
  if (doc.toString() === text) return;
  editor.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
}

export function Editor({ onRun }: { onRun: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const state = EditorState.create({ doc: source.peek(), extensions: extensions(onRun) });
    const editor = new EditorView({ state, parent: place.current as HTMLDivElement });
    view = editor;
    const stops = [
      effect(() => showSource(editor, source.value)),
      effect(() => showProblem(editor, problem.value)),
    ];
    return () => {
      for (const stop of stops) stop();
      editor.destroy();
      view = null;
    };
  }, [onRun]);
  return <div class="editor" ref={place} />;
}
