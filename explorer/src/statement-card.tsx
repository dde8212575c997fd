import { ArrayView } from "./array-view.tsx";
import { goTo, pointTo } from "./editor.tsx";
import type { Card } from "./protocol.ts";

/** One statement: what was written, what it printed, and the arrays that it gave. */
export function StatementCard({ card }: { card: Card }) {
  const { source, name, text, arrays, moreArrays, type } = card;
  const hasArrays = arrays.length > 0;
  return (
    <article
      class="card"
      aria-label={`Statement ${card.index + 1}${name === null ? "" : `, ${name}`}`}
      onPointerEnter={() => pointTo(card)}
      onPointerLeave={() => pointTo(null)}
    >
      <button
        type="button"
        class="statement"
        title="Go to this statement in the editor"
        onClick={() => goTo(card.start)}
      >
        <code>{source}</code>
      </button>
      {!hasArrays && text !== "" && (
        <div class="scalar">
          <pre>{text}</pre> <span class="soft">{type}</span>
        </div>
      )}
      {arrays.map((facts) => (
        <ArrayView
          key={`${facts.key} ${facts.label} ${facts.dtype} ${facts.shape}`}
          facts={facts}
          alone={arrays.length === 1}
        />
      ))}
      {moreArrays > 0 && <p class="soft">and {moreArrays} more arrays</p>}
    </article>
  );
}
