/** Letters in pictures: how wide they are, how they are cut, and how they stand in markup without becoming markup. */

/** What may not stand in XML, or would change the direction of what follows; a half of a surrogate pair included. */
const UNFIT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The picture of a control character, such as ␀, or the sign for what has none. */
function stand(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "\ufffd";
}

/** A text without what cannot be drawn. */
export function drawable(text: string): string {
  return text.replace(UNFIT, stand);
}

const NAMES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text for markup, between tags or in quotes. */
export function escaped(text: string): string {
  return drawable(text).replace(/[&<>"']/g, (character) => NAMES[character]!);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** The columns of a terminal that a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

function widthOf(character: string): number {
  if (character.charCodeAt(0) < 0x300) return 1;
  if (/^(?:\p{M}|[\u200b-\u200f])/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** A text of at most `most` columns; of a longer one the beginning. */
export function shortened(text: string, most: number): string {
  if (text.length <= most && columnsOf(text) <= most) return text;
  let kept = "";
  let columns = 0;
  for (const character of text) {
    columns += widthOf(character);
    if (columns > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Words in lines of at most `columns`; a longer word is cut. */
export function linesOf(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").map((part) => shortened(part, columns))) {
    const line = lines.at(-1);
    if (line !== undefined && columnsOf(line) + columnsOf(word) < columns)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A count with its digits in groups, which narrow spaces part: `4 096`. */
export function counted(count: number): string {
  if (!Number.isSafeInteger(count)) return String(count);
  return String(count).replace(/\B(?=(\d{3})+$)/g, count < 10_000 && count > -10_000 ? "" : "\u202f");
}

/** A step in memory with its sign. */
export function signed(bytes: number): string {
  return bytes > 0 ? `+${counted(bytes)}` : counted(bytes).replace("-", "−");
}

/** `1 byte`, `8 bytes`. */
export function bytesText(bytes: number): string {
  return `${counted(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

/** The bytes that something takes, first and last: `bytes 40–47`. */
export function rangeText(address: number, bytes: number): string {
  if (bytes === 0) return `no bytes, at ${counted(address)}`;
  return bytes === 1
    ? `byte ${counted(address)}`
    : `bytes ${counted(address)}–${counted(address + bytes - 1)}`;
}
