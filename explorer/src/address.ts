import { batch, effect } from "@preact/signals";
import { exampleNamed, examples } from "./examples.ts";
import { compared, notice, source, type Tab, tab } from "./state.ts";
import { hashOf, stateOf } from "./url-state.ts";

/** Keeps the address of the page and what it shows the same. */

const SETTLED_MS = 400;
const tabs: readonly string[] = ["arrays", "compare", "memory"] satisfies readonly Tab[];
let written = "";

/** Shows what the address says, and from now on says what is shown. */
export function openFromAddress(): void {
  read();
  addEventListener("hashchange", () => {
    if (location.hash !== written) read();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const hash = currentHash();
    clearTimeout(timer);
    timer = setTimeout(() => write(hash), SETTLED_MS);
  });
}

function currentHash(): string | null {
  const example = examples.find(({ program }) => program === source.value)?.name;
  return hashOf({ example, source: source.value, tab: tab.value, compared: compared.value });
}

function read(): void {
  const state = stateOf(location.hash);
  const first = examples[0] as (typeof examples)[number];
  batch(() => {
    source.value = state.source ?? exampleNamed(state.example)?.program ?? first.program;
    tab.value = tabs.includes(state.tab ?? "") ? (state.tab as Tab) : "arrays";
    if (state.compared !== undefined) compared.value = state.compared;
  });
  written = location.hash;
}

function write(hash: string | null): void {
  // Somebody has gone to another address in the meantime: that is what is to be shown.
  if (location.hash !== written) read();
  else if (hash !== null) replace(hash);
}

function replace(hash: string): void {
  if (hash === location.hash) return;
  written = hash;
  history.replaceState(null, "", hash);
}

/** Copies a link to what is shown. */
export async function copyLink(): Promise<void> {
  const hash = currentHash();
  if (hash === null) {
    notice.value = "the program is too long for a link: copy its text instead";
    return;
  }
  write(hash);
  try {
    await navigator.clipboard.writeText(location.href);
    notice.value = "the link is in the clipboard; dropped files are not part of it";
  } catch {
    notice.value = "the address of this page is the link; this browser does not let it be copied";
  }
}
