import * as np from "../../src/index.ts";
import type { FileSent } from "../src/protocol.ts";

/** Dropped files as variables. Programs write into arrays, so each run gets new ones, made of the bytes again. */
export class Files {
  private readonly files = new Map<string, FileSent>();

  /** Keeps the file; says which variables it gives. Throws when it cannot be read. */
  keep(file: FileSent): string[] {
    const names = Object.keys(variablesOf(file));
    this.files.set(file.variable, file);
    return names;
  }

  forget(variable: string): void {
    this.files.delete(variable);
  }

  /** What a program may use: only what it names is made. */
  variables(source: string): Record<string, unknown> {
    const named = [...this.files.values()].filter(
      ({ variable, name }) => new RegExp(`\\b${variable}`).test(source) || source.includes(name),
    );
    return Object.assign({}, ...named.map(variablesOf)) as Record<string, unknown>;
  }

  /** The bytes of a file by the name that it was dropped under. */
  bytes(name: string): Uint8Array | undefined {
    const base = name.split("/").at(-1);
    return [...this.files.values()].find((file) => file.kind !== "image" && file.name === base)?.bytes;
  }
}

function variablesOf(file: FileSent): Record<string, unknown> {
  const { variable, bytes } = file;
  if (file.kind === "image") {
    const pixels = np.asarray(bytes.slice()).reshape(file.height, file.width, 4);
    return { [variable]: pixels.copy() };
  }
  const loaded = np.loadSync(bytes);
  if (loaded instanceof np.NDArray) return { [variable]: loaded };
  return Object.fromEntries(loaded.files.map((key) => [memberName(variable, key), loaded.get(key)]));
}

/** `archive_key`: arrays of a .npz file have a name each. */
function memberName(variable: string, key: string): string {
  return `${variable}_${key.replace(/\W/g, "_")}`;
}
