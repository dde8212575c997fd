import { useAnswer } from "./answer.ts";
import { light } from "./lighting.ts";
import { bytesText } from "./number-text.ts";
import type { BufferFacts, Card, Keeper } from "./protocol.ts";
import { ScrollBox } from "./scroll-box.tsx";
import { cards } from "./state.ts";

/** The buffers that the program keeps alive, who keeps each, how much of it is used; and the copies that it made. */
export function MemoryPanel() {
  const asked = useAnswer("memory", {});
  if (asked.last === null)
    return <p class="soft">{asked.state === "failed" ? asked.message : "looking …"}</p>;
  const { buffers, kept, used } = asked.last;
  return (
    <div class="memory-panel">
      <p class="verdict">
        <strong>{bytesText(used)}</strong> used of <strong>{bytesText(kept)}</strong> kept alive, in{" "}
        {buffers.length} {buffers.length === 1 ? "buffer" : "buffers"}
      </p>
      {buffers.map((facts) => (
        <BufferCard key={facts.id} facts={facts} />
      ))}
      <CopyTrace />
    </div>
  );
}

function BufferCard({ facts }: { facts: BufferFacts }) {
  const { id, bytes, used, exact, keepers, coverage } = facts;
  const part = bytes === 0 ? 0 : (100 * used) / bytes;
  return (
    <section class="card buffer" aria-label={`Buffer ${id}`}>
      <h3>
        Buffer {id} <span class="soft">{bytesText(bytes)}</span>
      </h3>
      <p>
        {exact ? "" : "at most "}
        {bytesText(used)} used ({part < 10 ? part.toFixed(1) : Math.round(part)} %)
        {bytes === 65_536 && <span class="soft">, a slab that small arrays share</span>}
      </p>
      <Coverage coverage={coverage} />
      <ScrollBox name="scroller" label={`Who keeps buffer ${id}`}>
        <table class="keepers">
          <thead>
            <tr>
              <th scope="col">Kept by</th>
              <th scope="col">Array</th>
              <th scope="col">Reaches</th>
              <th scope="col">Bytes</th>
            </tr>
          </thead>
          <tbody>
            {keepers.map((keeper) => (
              <KeeperRow key={keeper.name} keeper={keeper} buffer={id} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function Coverage({ coverage }: { coverage: readonly number[] }) {
  return (
    <svg class="coverage" viewBox={`0 0 ${coverage.length} 8`} preserveAspectRatio="none" aria-hidden="true">
      {coverage.map((part, k) =>
        part === 0 ? null : (
          <rect
            key={k}
            x={k}
            y={8 - 8 * Math.max(part, 0.15)}
            width={1.02}
            height={8 * Math.max(part, 0.15)}
          />
        ),
      )}
    </svg>
  );
}

function KeeperRow({ keeper, buffer }: { keeper: Keeper; buffer: number }) {
  const { name, description, reached, range, owner } = keeper;
  return (
    <tr
      onPointerEnter={() => light({ buffer, low: range[0], high: range[1] })}
      onPointerLeave={() => light(null)}
    >
      <th scope="row">
        <code>{name}</code>
        {owner && <span class="soft"> owner</span>}
      </th>
      <td>{description}</td>
      <td>{bytesText(reached)}</td>
      <td>
        {range[0]} – {range[1]}
      </td>
    </tr>
  );
}

/** Every copy and all memory that was taken, statement by statement. */
function CopyTrace() {
  const busy = cards.value.filter(({ copies }) => copies.length > 0);
  return (
    <section aria-label="Trace of copies">
      <h3>Trace of copies</h3>
      {busy.length === 0 ? (
        <p class="soft">No statement copied anything.</p>
      ) : (
        <ol class="trace">
          {busy.map((card) => (
            <TraceItem key={card.index} card={card} />
          ))}
        </ol>
      )}
    </section>
  );
}

function TraceItem({ card: { source, copies } }: { card: Card }) {
  return (
    <li>
      <code>{source}</code>
      <ul>
        {copies.map(({ what, bytes, why, operation, hidden }, k) => (
          <li key={k}>
            <code>{operation}</code> <strong>{what}</strong> {bytesText(bytes)}: {why}
            {hidden && <span class="badge new">not asked for</span>}
          </li>
        ))}
      </ul>
    </li>
  );
}
