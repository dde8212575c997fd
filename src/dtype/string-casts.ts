import type { Descriptor, ElementCast } from "./descriptor.ts";
import { notAscii, notDecoded } from "./string-access.ts";

/**
 * Casts that strings know themselves: bytes become text and text bytes where all of it is ASCII, and a string is true when
 * it is not empty. What reads and writes numbers and dates is above (array/caststrings.ts).
 */

/** What casts an element of one dtype, of which one is of strings, to one of the other; null for numbers and dates. */
export function stringCast(from: Descriptor, to: Descriptor): ElementCast | null {
  if (from.kind === "S" && to.kind === "U") return decoder(from.itemsize, to.itemsize / 4);
  if (from.kind === "U" && to.kind === "S") return encoder(from.itemsize / 4, to.itemsize);
  return to.kind === "b" ? truthFinder(from.itemsize) : null;
}

function decoder(had: number, room: number): ElementCast {
  return (source, p, target, q) => {
    for (let k = 0; k < had; k++) {
      const byte = source.getUint8(p + k);
      if (byte > 127) throw notDecoded(byte);
      if (k < room) target.setUint32(q + 4 * k, byte, true);
    }
    for (let k = had; k < room; k++) target.setUint32(q + 4 * k, 0, true);
  };
}

function encoder(had: number, room: number): ElementCast {
  return (source, p, target, q) => {
    for (let k = 0; k < had; k++) {
      const code = source.getUint32(p + 4 * k, true);
      if (code > 127) throw notAscii(code, "an element");
      if (k < room) target.setUint8(q + k, code);
    }
    for (let k = had; k < room; k++) target.setUint8(q + k, 0);
  };
}

/** A string is true when it has a character that is not NUL. */
function truthFinder(itemsize: number): ElementCast {
  return (source, p, target, q) => {
    let k = 0;
    while (k < itemsize && source.getUint8(p + k) === 0) k++;
    target.setUint8(q, k < itemsize ? 1 : 0);
  };
}
