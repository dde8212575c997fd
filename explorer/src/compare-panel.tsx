import { useEffect, useMemo } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { bytesText } from "./number-text.ts";
import { Drawing } from "./picture-view.tsx";
import { pictureWidth } from "./picture-width.ts";
import type { Comparison, Contiguous, SharedElements } from "./protocol.ts";
import { compared, namedArrays } from "./state.ts";

type Side = 0 | 1;

/** Two arrays side by side: do they share memory, which elements, and what contiguity would cost. */
export function ComparePanel() {
  const names = namedArrays.value.map(({ name }) => name);
  useEffect(() => chooseTwo(names));
  const [first, second] = compared.value;
  const both = names.includes(first) && names.includes(second);
  const asked = useAnswer("compare", both ? { first, second, width: pictureWidth() } : null);
  if (names.length === 0)
    return (
      <p class="empty">Give arrays names in the program, as in “x = np.arange(6)”, to compare two of them.</p>
    );
  return (
    <div class="compare">
      <div class="compare-choice">
        <Choice side={0} label="This array" names={names} />
        <Choice side={1} label="and this one" names={names} />
      </div>
      {asked.state === "failed" && <p class="soft">{asked.message}</p>}
      {both && asked.last !== null && <Result comparison={asked.last} names={[first, second]} />}
    </div>
  );
}

/** The first two arrays of the program, unless others are chosen. */
function chooseTwo(names: readonly string[]): void {
  const [first, second] = compared.peek();
  if (names.length === 0 || (names.includes(first) && names.includes(second))) return;
  const [one = "", two = one] = names;
  compared.value = [names.includes(first) ? first : one, names.includes(second) ? second : two];
}

function Choice({ side, label, names }: { side: Side; label: string; names: readonly string[] }) {
  const choose = (name: string) => {
    const [first, second] = compared.peek();
    compared.value = side === 0 ? [name, second] : [first, name];
  };
  return (
    <label class="field">
      <span>{label}</span>
      <select value={compared.value[side]} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {names.map((name) => (
          <option value={name} key={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Result({ comparison, names }: { comparison: Comparison; names: readonly [string, string] }) {
  const { shares, words, shared, picture, contiguous } = comparison;
  const isOne = names[0] === names[1];
  const marked = useMemo(() => shared.map(({ indices }) => new Set(indices.map(plain))), [shared]);
  return (
    <>
      <p class="verdict" role="status">
        <strong class={`badge ${shares ? "view" : "new"}`}>{shares ? "Shared" : "Separate"}</strong> {words}
      </p>
      {shares && !isOne && (
        <ul class="shared-list">
          {names.map((name, side) => (
            <SharedLine key={`${side} ${name}`} name={name} shared={shared[side as Side]} />
          ))}
        </ul>
      )}
      <Drawing picture={picture} names={isOne ? [names[0]] : names} marked={marked} />
      <h3>Made contiguous</h3>
      <div class="contiguous">
        {(isOne ? [names[0]] : names).map((name, side) => (
          <ContiguousPart key={`${side} ${name}`} name={name} made={contiguous[side as Side]} />
        ))}
      </div>
    </>
  );
}

const plain = (index: string): string => index.replaceAll(" ", "");

function SharedLine({ name, shared: { count, indices } }: { name: string; shared: SharedElements }) {
  if (count === null)
    return (
      <li>
        <code>{name}</code>: too many elements to list one by one
      </li>
    );
  const shown = indices.slice(0, 24).map((index) => `[${index}]`);
  return (
    <li>
      {count} {count === 1 ? "element" : "elements"} of <code>{name}</code>: <code>{shown.join(" ")}</code>
      {count > shown.length && ` and ${count - shown.length} more`}
    </li>
  );
}

function ContiguousPart({ name, made: { copied, bytes, why, picture } }: { name: string; made: Contiguous }) {
  return (
    <section aria-label={`ascontiguousarray of ${name}`}>
      <p>
        <code>np.ascontiguousarray({name})</code>{" "}
        <strong class={`badge ${copied ? "new" : "same"}`}>
          {copied ? `copies ${bytesText(bytes)}` : "copies nothing"}
        </strong>{" "}
        {why}
      </p>
      {picture !== null && <Drawing picture={picture} names={[`contiguous ${name}`]} />}
    </section>
  );
}
