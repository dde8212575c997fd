/** How words are set off: in colour on a terminal, not at all elsewhere. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
}

/** As it is. */
export const plain: Style = { bold: (text) => text, dim: (text) => text };

const colour: Style = {
  bold: (text) => `\x1b[1m${text}\x1b[22m`,
  dim: (text) => `\x1b[2m${text}\x1b[22m`,
};

/** NO_COLOR, when it is set to anything, wins (no-color.org). */
export function styleFor(
  stream: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb" ? colour : plain;
}
