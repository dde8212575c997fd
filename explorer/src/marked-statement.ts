import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** Marks the statement whose card is pointed at. */
export const markStatement = StateEffect.define<{ start: number; end: number } | null>();

const mark = Decoration.mark({ class: "cm-marked-statement" });

export const markedStatement = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const { value } of transaction.effects.filter((one) => one.is(markStatement))) {
      const length = transaction.newDoc.length;
      const fits = value !== null && value.start < value.end && value.end <= length;
      next = fits ? Decoration.set([mark.range(value.start, value.end)]) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
