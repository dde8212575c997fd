import { effect } from "@preact/signals";
import { type Theme, theme } from "./state.ts";

/** Light, dark, or what the reader's system says; the choice is kept in this browser. */

const KEY = "ndview-theme";

export const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function applyTheme(): void {
  const kept = read();
  if (kept === "light" || kept === "dark") theme.value = kept;
  effect(() => {
    const chosen = theme.value;
    const { dataset } = document.documentElement;
    if (chosen === "system") delete dataset["theme"];
    else dataset["theme"] = chosen;
    write(chosen);
  });
}

// Storage may be forbidden; the page works without.
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(chosen: Theme): void {
  try {
    if (chosen === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // Not kept, then.
  }
}
