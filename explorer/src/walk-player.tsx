import { useEffect, useState } from "preact/hooks";
import { light, type Part } from "./lighting.ts";

/** Walks through the elements in the order in which C code would, lighting each; by itself, or step by step. */

const SLOWEST_MS = 450;
const WHOLE_MS = 15_000;

const wantsRest = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function WalkPlayer({ cells }: { cells: readonly Part[] }) {
  const [on, setOn] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [step, setStep] = useState(0);
  const count = cells.length;
  useEffect(() => {
    if (!on || !playing || count === 0) return;
    const wait = Math.min(SLOWEST_MS, WHOLE_MS / count);
    const timer = setInterval(() => setStep((now) => (now + 1) % count), wait);
    return () => clearInterval(timer);
  }, [on, playing, count]);
  useEffect(() => {
    if (!on) return;
    light(cells[step] ?? null);
    cells.forEach(({ element }, k) => void element.classList.toggle("walked", k <= step));
    return () => {
      for (const { element } of cells) element.classList.remove("walked");
    };
  }, [on, step, cells]);
  const toggle = () => {
    setOn(!on);
    setStep(0);
    // Who asked for less motion steps through by hand.
    setPlaying(!on && !wantsRest());
    if (on) light(null);
  };
  if (count < 2) return null;
  return (
    <div class="walk">
      <button type="button" role="switch" class="switch" aria-checked={on} onClick={toggle}>
        Walk in order
      </button>
      {on && (
        <>
          <button type="button" class="quiet" onClick={() => setPlaying(!playing)}>
            {playing ? "Pause" : "Play"}
          </button>
          <input
            type="range"
            min={0}
            max={count - 1}
            value={step}
            aria-label="Step of the walk"
            aria-valuetext={`element ${step + 1} of ${count}`}
            onInput={({ currentTarget }) => {
              setPlaying(false);
              setStep(Number(currentTarget.value));
            }}
          />
          <output>
            {step + 1} of {count}
          </output>
        </>
      )}
    </div>
  );
}
