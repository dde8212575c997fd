/**
 * The checksum of ZIP (CRC-32, reflected polynomial 0xedb88320), eight bytes a step: table k holds what a byte does to the
 * checksum when k more bytes follow it, so the eight look-ups of a step do not wait for each other.
 */

const TABLES = 8;
let tables: Int32Array[] | null = null;

function makeTables(): Int32Array[] {
  const made = Array.from({ length: TABLES }, () => new Int32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    made[0]![byte] = crc;
  }
  for (let k = 1; k < TABLES; k++) {
    for (let byte = 0; byte < 256; byte++) {
      const before = made[k - 1]![byte]!;
      made[k]![byte] = (before >>> 8) ^ made[0]![before & 0xff]!;
    }
  }
  return made;
}

/** The checksum of bytes that follow those whose checksum is `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  tables ??= makeTables();
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let crc = ~before;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      t7[crc & 0xff]! ^
      t6[(crc >>> 8) & 0xff]! ^
      t5[(crc >>> 16) & 0xff]! ^
      t4[crc >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
