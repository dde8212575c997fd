import type { ArrayFacts } from "./protocol.ts";

/** What an array is, as NumPy's attributes say it, and whether it is a view or a copy, and why. */

const tuple = (numbers: readonly number[]): string =>
  `(${numbers.join(", ")}${numbers.length === 1 ? "," : ""})`;

const words: Readonly<Record<ArrayFacts["origin"], string>> = {
  view: "View",
  same: "Same array",
  new: "New memory",
  written: "Written",
};

export function OriginLine({ facts: { origin, why } }: { facts: ArrayFacts }) {
  return (
    <p class="origin">
      <strong class={`badge ${origin}`}>{words[origin]}</strong> {why}
    </p>
  );
}

export function FactsTable({ facts }: { facts: ArrayFacts }) {
  const { dtype, shape, strides, flags, base, nbytes, itemsize } = facts;
  return (
    <dl class="facts">
      <Fact name="dtype" value={dtype} note={`${itemsize} ${itemsize === 1 ? "byte" : "bytes"} each`} />
      <Fact name="shape" value={tuple(shape)} note={`${facts.size} elements, ${nbytes} bytes`} />
      <Fact name="strides" value={tuple(strides)} note={facts.layout} />
      <Fact name="base" value={base} />
      <div class="fact wide">
        <dt>flags</dt>
        <dd>
          {flags.map(({ name, set }) => (
            <span class="flag" data-set={set} key={name} title={flagTitle(facts, name)}>
              <span aria-hidden="true">{set ? "✓" : "✗"}</span>
              <span class="visually-hidden">{set ? "" : "not "}</span> {name}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  );
}

function flagTitle({ notC, notF }: ArrayFacts, name: string): string {
  if (name === "C_CONTIGUOUS" && notC !== null) return notC;
  if (name === "F_CONTIGUOUS" && notF !== null) return notF;
  return name;
}

function Fact({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd title={note}>
        <code>{value}</code>
      </dd>
    </div>
  );
}
