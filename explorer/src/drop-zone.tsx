import { useEffect, useRef, useState } from "preact/hooks";
import { addFile, forgetFile } from "./program.ts";
import { readFile } from "./read-file.ts";
import { files, notice, source } from "./state.ts";

/** Files from the reader's disk, dropped anywhere on the page or chosen: they become variables, and go nowhere else. */
export function DropZone() {
  const over = useDropping();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="drop-zone" data-over={over}>
      <p>
        Drop a <code>.npy</code>, <code>.npz</code> or image file, or{" "}
        <button type="button" class="link" onClick={() => input.current?.click()}>
          choose one
        </button>
        . It stays in this browser: nothing is uploaded.
      </p>
      <input
        ref={input}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="Choose a file"
        accept=".npy,.npz,image/*"
        multiple
        onChange={({ currentTarget }) => {
          void take([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      {files.value.length > 0 && (
        <ul class="files">
          {files.value.map(({ name, variable }) => (
            <li key={variable}>
              <code>{variable}</code> <span class="soft">{name}</span>
              <button
                type="button"
                class="quiet"
                aria-label={`Remove ${name}`}
                onClick={() => forgetFile(variable)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function useDropping(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      setOver(true);
    };
    const onDrop = (event: DragEvent) => {
      if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      setOver(false);
      void take([...event.dataTransfer.files]);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    // Before the editor, which would take the text of a file for a program.
    addEventListener("dragover", onOver, true);
    addEventListener("drop", onDrop, true);
    addEventListener("dragleave", onLeave);
    return () => {
      removeEventListener("dragover", onOver, true);
      removeEventListener("drop", onDrop, true);
      removeEventListener("dragleave", onLeave);
    };
  }, []);
  return over;
}

/** Reads files one after the other; each is shown by a line at the end of the program. */
async function take(dropped: readonly File[]): Promise<void> {
  for (const file of dropped) {
    try {
      const read = await readFile(
        file,
        files.peek().map(({ variable }) => variable),
      );
      const names = await addFile(read);
      const lines = names.map((name) => `${name}  # ${file.name}`);
      source.value = `${source.peek().trimEnd()}\n${lines.join("\n")}\n`.trimStart();
    } catch (error) {
      notice.value = `${file.name}: ${(error as Error).message}`;
    }
  }
}
