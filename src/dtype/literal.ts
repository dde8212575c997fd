/** A text as a Python string literal, the way Python itself would write it. */
export function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) out += char === quote || char === "\\" ? `\\${char}` : printable(char);
  return out + quote;
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One character, escaped when Python holds it for unprintable. */
function printable(char: string): string {
  if (char === " " || !/[\p{C}\p{Z}]/u.test(char)) return char;
  return named[char] ?? escaped(char.codePointAt(0)!);
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** Texts as a Python list: `['a', 'b']`. */
export function pythonList(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** Bytes as a Python literal, the way Python itself would write them: `b'a\\xff'`. */
export function pythonBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (char === quote || char === "\\") out += `\\${char}`;
    else out += byte < 32 || byte > 126 ? (named[char] ?? escaped(byte)) : char;
  }
  return out + quote;
}
