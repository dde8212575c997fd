import { goTo } from "./editor.tsx";
import type { Problem } from "./protocol.ts";
import { cards, problem, source } from "./state.ts";
import { StatementCard } from "./statement-card.tsx";

/** A card for each statement that ran, and the error that ended the program, if one did. */
export function CardList() {
  const trouble = problem.value;
  if (cards.value.length === 0 && trouble === null)
    return <p class="empty">{source.value.trim() === "" ? "Write a program, or pick an example." : " "}</p>;
  return (
    <ol class="cards">
      {cards.value.map((card) => (
        <li key={card.index}>
          <StatementCard card={card} />
        </li>
      ))}
      {trouble !== null && (
        <li>
          <ProblemCard trouble={trouble} />
        </li>
      )}
    </ol>
  );
}

function ProblemCard({ trouble }: { trouble: Problem }) {
  const before = source.value.slice(0, trouble.start);
  const line = before.split("\n").length;
  const column = trouble.start - before.lastIndexOf("\n");
  return (
    <article class="card trouble" aria-label={`Error in line ${line}`}>
      <h2>{trouble.kind}</h2>
      <p>{trouble.message}</p>
      <button type="button" class="quiet" onClick={() => goTo(trouble.start)}>
        Go to line {line}, column {column}
      </button>
    </article>
  );
}
