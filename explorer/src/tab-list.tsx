import { type Tab, tab } from "./state.ts";

const tabs: readonly { readonly value: Tab; readonly label: string }[] = [
  { value: "arrays", label: "Arrays" },
  { value: "compare", label: "Compare" },
  { value: "memory", label: "Memory" },
];

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

function onKeyDown(event: KeyboardEvent): void {
  const step = steps[event.key];
  const at = tabs.findIndex(({ value }) => value === tab.value);
  const to =
    event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step === undefined ? -1 : at + step;
  if (to === -1 && step === undefined) return;
  event.preventDefault();
  const next = tabs[(to + tabs.length) % tabs.length] as (typeof tabs)[number];
  tab.value = next.value;
  document.getElementById(`tab-${next.value}`)?.focus();
}

/** What the results show: cards, two arrays side by side, or memory. */
export function TabList() {
  return (
    <div class="tabs" role="tablist" aria-label="What to show">
      {tabs.map(({ value, label }) => (
        <button
          type="button"
          role="tab"
          id={`tab-${value}`}
          key={value}
          aria-selected={tab.value === value}
          aria-controls={tab.value === value ? `panel-${value}` : undefined}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => void (tab.value = value)}
          onKeyDown={onKeyDown}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
