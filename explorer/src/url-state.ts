import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";

/**
 * What the page shows, in the part of its address after `#`: an example by its name, or a program, deflated, in the
 * letters that addresses may have. It is never sent to a server.
 */

export interface PageState {
  readonly example?: string | undefined;
  readonly source?: string | undefined;
  readonly tab?: string | undefined;
  readonly compared?: readonly [string, string] | undefined;
}

/** Longer addresses are cut off by some programs that pass them on. */
const MOST_CHARACTERS = 8000;
/** What an address may unfold to; longer ones were not made here. */
const MOST_SOURCE = 200_000;

/** The hash for a state, or null when it would be too long. */
export function hashOf({ example, source, tab, compared }: PageState): string | null {
  const parts = new URLSearchParams();
  if (example !== undefined) parts.set("example", example);
  else if (source !== undefined) parts.set("program", packed(source));
  if (tab !== undefined && tab !== "arrays") parts.set("show", tab);
  if (tab === "compare" && compared?.[0] && compared[1]) parts.set("of", compared.join("~"));
  const hash = `#${parts}`;
  return hash.length > MOST_CHARACTERS ? null : hash;
}

/** The state that a hash says; what cannot be read is left out. */
export function stateOf(hash: string): PageState {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const program = parts.get("program");
  const [first, second] = (parts.get("of") ?? "").split("~");
  return {
    example: parts.get("example") ?? undefined,
    source: program === null ? undefined : unpacked(program),
    tab: parts.get("show") ?? undefined,
    compared: first && second ? [first, second] : undefined,
  };
}

function packed(source: string): string {
  const bytes = deflateSync(strToU8(source), { level: 9 });
  return btoa(strFromU8(bytes, true)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function unpacked(text: string): string | undefined {
  try {
    const bytes = strToU8(atob(text.replaceAll("-", "+").replaceAll("_", "/")), true);
    return strFromU8(inflateSync(bytes, { out: new Uint8Array(MOST_SOURCE) }));
  } catch {
    return undefined;
  }
}
