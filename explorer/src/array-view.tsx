import { useState } from "preact/hooks";
import { downloadNpy } from "./download.ts";
import { FactsTable, OriginLine } from "./facts-table.tsx";
import { HeatMap } from "./heat-map.tsx";
import { ImageView } from "./image-view.tsx";
import { LineView } from "./line-view.tsx";
import { PictureView } from "./picture-view.tsx";
import type { ArrayFacts, Look } from "./protocol.ts";
import { ScrollBox } from "./scroll-box.tsx";
import { changed } from "./state.ts";
import { TableView } from "./table-view.tsx";

type Shown = Look | "memory";

const labels: Readonly<Record<Shown, string>> = {
  memory: "Memory",
  table: "Table",
  heat: "Heat map",
  line: "Line",
  image: "Image",
};

/** What was looked at last, by the name of the array: an edit of the program does not change the view. */
const lastShown = new Map<string, Shown>();

/** Another program begins anew. */
export const forgetShown = (): void => lastShown.clear();

const LARGE = 400;

function firstShown({ label, looks, size }: ArrayFacts): Shown {
  const last = lastShown.get(label);
  if (last !== undefined && (last === "memory" || looks.includes(last))) return last;
  // What is large is looked at before it is read.
  return size > LARGE || looks[0] === "image" ? (looks[0] ?? "memory") : "memory";
}

/** One array: where it comes from, what it is, and ways to look at it. */
export function ArrayView({ facts, alone }: { facts: ArrayFacts; alone: boolean }) {
  const [shown, setShown] = useState<Shown>(() => firstShown(facts));
  const choices: Shown[] = ["memory", ...facts.looks];
  const show = (next: Shown) => {
    lastShown.set(facts.label, next);
    setShown(next);
  };
  const now = choices.includes(shown) ? shown : "memory";
  return (
    <section class="array" aria-label={facts.label}>
      {!alone && <h3>{facts.label}</h3>}
      <OriginLine facts={facts} />
      <ScrollBox name="values" label={`Values of ${facts.label}`}>
        <pre>{facts.text}</pre>
      </ScrollBox>
      <FactsTable facts={facts} />
      <div class="looks">
        <fieldset class="segments">
          <legend class="visually-hidden">Look at {facts.label} as</legend>
          {choices.map((choice) => (
            <button type="button" key={choice} aria-pressed={choice === now} onClick={() => show(choice)}>
              {labels[choice]}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="quiet"
          onClick={() => void downloadNpy(facts)}
          aria-label={`Download ${facts.label} as .npy`}
        >
          .npy ↓
        </button>
      </div>
      {changed.value.has(facts.key) && !isOfThen(facts, now) && (
        <p class="soft">Written to since: this shows it at the end of the program.</p>
      )}
      <Looked facts={facts} shown={now} />
    </section>
  );
}

/** Whether what is shown was made when the statement had run. */
const isOfThen = ({ picture }: ArrayFacts, shown: Shown): boolean => shown === "memory" && picture !== null;

function Looked({ facts, shown }: { facts: ArrayFacts; shown: Shown }) {
  switch (shown) {
    case "memory":
      return <PictureView facts={facts} />;
    case "table":
      return <TableView facts={facts} />;
    case "heat":
      return <HeatMap facts={facts} />;
    case "line":
      return <LineView facts={facts} />;
    case "image":
      return <ImageView facts={facts} />;
  }
}
