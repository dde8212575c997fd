import { copyLink } from "./address.ts";
import { forgetShown } from "./array-view.tsx";
import { exampleNamed, examples } from "./examples.ts";
import { source, type Theme, theme } from "./state.ts";
import { themes } from "./theme.ts";

/** The name of the page, the examples, the link and the colours. */
export function Header() {
  return (
    <header class="header">
      <h1>
        <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
          <rect x="1" y="1" width="8" height="8" rx="1.5" />
          <rect x="11" y="1" width="8" height="8" rx="1.5" opacity=".4" />
          <rect x="1" y="11" width="8" height="8" rx="1.5" opacity=".4" />
          <rect x="11" y="11" width="8" height="8" rx="1.5" />
        </svg>
        ndview <span>explorer</span>
      </h1>
      <ExampleChoice />
      <div class="header-end">
        <button type="button" class="quiet" onClick={() => void copyLink()}>
          Copy link
        </button>
        <ThemeChoice />
      </div>
    </header>
  );
}

function ExampleChoice() {
  const chosen = examples.find(({ program }) => program === source.value)?.name ?? "";
  const groups = [...new Set(examples.map(({ group }) => group))];
  const choose = (name: string) => {
    const example = exampleNamed(name);
    if (example === undefined) return;
    forgetShown();
    source.value = example.program;
  };
  return (
    <label class="field">
      <span>Example</span>
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="" disabled>
          your own program
        </option>
        {groups.map((group) => (
          <optgroup label={group} key={group}>
            {examples
              .filter((example) => example.group === group)
              .map(({ name }) => (
                <option value={name} key={name}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function ThemeChoice() {
  return (
    <label class="field">
      <span class="visually-hidden">Colours</span>
      <select
        value={theme.value}
        onChange={({ currentTarget }) => void (theme.value = currentTarget.value as Theme)}
      >
        {themes.map(({ value, label }) => (
          <option value={value} key={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
