import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { nextCell } from "./cell-steps.ts";
import { light, type Part, partsOf, register } from "./lighting.ts";
import { pictureWidth } from "./picture-width.ts";
import type { ArrayFacts, Picture } from "./protocol.ts";
import { lit } from "./state.ts";
import { useSeen } from "./visible.ts";
import { WalkPlayer } from "./walk-player.tsx";

/** The picture of memory of one array: drawn at once when it is small, else when it comes into sight. */
export function PictureView({ facts }: { facts: ArrayFacts }) {
  const [place, seen] = useSeen<HTMLDivElement>();
  const asked = useAnswer(
    "picture",
    facts.picture === null && seen ? { key: facts.key, width: pictureWidth() } : null,
  );
  const picture = facts.picture ?? asked.last;
  return (
    <div class="memory" ref={place}>
      {picture === null ? (
        <p class="soft">{asked.state === "failed" ? asked.message : "drawing …"}</p>
      ) : (
        <Drawing picture={picture} names={[facts.label]} canWalk />
      )}
    </div>
  );
}

interface DrawingProps {
  readonly picture: Picture;
  readonly names: readonly string[];
  readonly canWalk?: boolean;
  /** Elements that are marked, by array: `1, 2`. */
  readonly marked?: readonly ReadonlySet<string>[];
}

/** A drawing whose cells and bytes light up, by pointer and by keyboard. */
export function Drawing({ picture, names, canWalk = false, marked }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState<readonly Part[]>([]);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const root = place.current as HTMLDivElement;
    root.innerHTML = picture.svg;
    root.querySelector("svg")?.setAttribute("aria-hidden", "true");
    const found = partsOf(root, picture);
    setParts(found);
    return register(found);
  }, [picture]);
  useEffect(() => {
    for (const { element, array, index } of parts)
      element.classList.toggle("marked", index !== null && marked?.[array]?.has(index) === true);
  }, [parts, marked]);
  const cells = parts.filter(({ index }) => index !== null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextCell(cells, lit.peek(), event.key);
    if (next === null) return;
    event.preventDefault();
    light(next);
    setSaid(partText(next, names));
    next.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  return (
    <>
      <div
        class="drawing"
        ref={place}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from cell to cell in here
        tabIndex={0}
        aria-label={`Memory of ${names.join(" and ")}: arrow keys move from element to element`}
        onPointerMove={({ target }) => light(partAt(parts, target))}
        onPointerDown={({ target }) => light(partAt(parts, target))}
        onPointerLeave={({ pointerType }) => pointerType === "mouse" && light(null)}
        onBlur={() => light(null)}
        onKeyDown={onKeyDown}
      />
      <div class="under">
        {canWalk && <WalkPlayer cells={cells} />}
        <PartLine parts={parts} names={names} />
      </div>
      <p class="visually-hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}

function partAt(parts: readonly Part[], target: EventTarget | null): Part | null {
  const element = target instanceof Element ? target.closest("[data-address]") : null;
  return element === null ? null : (parts.find((part) => part.element === element) ?? null);
}

/** Says what is lit in this drawing. */
function PartLine({ parts, names }: { parts: readonly Part[]; names: readonly string[] }) {
  const line = useRef<HTMLParagraphElement>(null);
  useSignalEffect(() => {
    const now = lit.value;
    const cells = now === null ? [] : parts.filter((part) => part.index !== null && meets(part, now));
    const first = cells[0];
    const more = cells.length > 1 ? ` and ${cells.length - 1} more` : "";
    const text = first === undefined ? "" : partText(first, names) + more;
    if (line.current !== null) line.current.textContent = text;
  });
  return <p class="part-line" ref={line} aria-hidden="true" />;
}

const meets = (part: Part, now: { buffer: number; low: number; high: number }): boolean =>
  part.buffer === now.buffer && part.low < now.high && part.high > now.low;

function partText({ array, index, low, high, address }: Part, names: readonly string[]): string {
  const last = address + high - low - 1;
  const bytes = last > address ? `bytes ${address} to ${last}` : `byte ${address}`;
  return `${names[array] ?? "element"}[${index?.replaceAll(",", ", ")}]: ${bytes}`;
}
