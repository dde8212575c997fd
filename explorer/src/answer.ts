import { useEffect, useState } from "preact/hooks";
import { ask } from "./program.ts";
import type { Answer, Ask, QuestionName } from "./protocol.ts";
import { runs } from "./state.ts";

/** What the worker answers to a component. */
export type Asked<A> =
  | { readonly state: "waiting"; readonly last: A | null }
  | { readonly state: "failed"; readonly message: string; readonly last: A | null }
  | { readonly state: "here"; readonly answer: A; readonly last: A };

/** Asks the worker while a component is shown, and again after each run and for each other question. */
export function useAnswer<Q extends QuestionName>(question: Q, what: Ask<Q> | null): Asked<Answer<Q>> {
  const [asked, setAsked] = useState<Asked<Answer<Q>>>({ state: "waiting", last: null });
  const text = JSON.stringify(what);
  const run = runs.value;
  // The question as text stands for `what`, which is another object each time.
  useEffect(() => {
    if (what === null) return;
    let isCurrent = true;
    ask(question, what).then(
      (answer) => isCurrent && setAsked({ state: "here", answer, last: answer }),
      (error: Error) =>
        isCurrent && setAsked(({ last }) => ({ state: "failed", message: error.message, last })),
    );
    return () => void (isCurrent = false);
  }, [question, text, run]);
  return asked;
}
