import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import { CardList } from "./card-list.tsx";
import { ComparePanel } from "./compare-panel.tsx";
import { knowNames } from "./completion.ts";
import { DropZone } from "./drop-zone.tsx";
import { Editor } from "./editor.tsx";
import { Header } from "./header.tsx";
import { MemoryPanel } from "./memory-panel.tsx";
import { ask, runProgram } from "./program.ts";
import { RunBar } from "./run-bar.tsx";
import { withSamples } from "./sample-files.ts";
import { loadSignatures } from "./signatures.ts";
import { source, tab } from "./state.ts";
import { TabList } from "./tab-list.tsx";

const DEBOUNCE_MS = 250;

async function run(): Promise<void> {
  const text = source.peek();
  await withSamples(text);
  await runProgram(text);
}

/** Runs the program soon after each edit, and at once the first time. */
function useProgramRuns(): void {
  useSignalEffect(() => {
    void source.value;
    const timer = setTimeout(run, performance.now() < 3000 ? 0 : DEBOUNCE_MS);
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    ask("names", {}).then(knowNames, () => {});
    loadSignatures().catch(() => {});
  }, []);
}

export function App() {
  useProgramRuns();
  const onRun = useCallback(() => void run(), []);
  return (
    <>
      <button type="button" class="skip-link" onClick={() => document.getElementById("results")?.focus()}>
        Skip to the results
      </button>
      <Header />
      <main class="layout">
        <section class="writing" aria-label="Program">
          <Editor onRun={onRun} />
          <RunBar onRun={onRun} />
          <DropZone />
        </section>
        <section class="results" id="results" tabIndex={-1} aria-label="Results">
          <TabList />
          <Panel />
        </section>
      </main>
    </>
  );
}

function Panel() {
  const shown = tab.value;
  return (
    <div class="panel" role="tabpanel" id={`panel-${shown}`} aria-labelledby={`tab-${shown}`}>
      {shown === "arrays" && <CardList />}
      {shown === "compare" && <ComparePanel />}
      {shown === "memory" && <MemoryPanel />}
    </div>
  );
}
