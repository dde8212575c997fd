/** Operands for kernels: special values in all combinations, then random bits, as the bytes that NumPy has. */

const itemsizes: Readonly<Record<string, number>> = {
  "?": 1, b: 1, B: 1, h: 2, H: 2, i: 4, I: 4, l: 8, L: 8, e: 2, f: 4, d: 8, F: 8, D: 16,
}; // biome-ignore format: one line of facts

export function itemsizeOf(letter: string): number {
  return itemsizes[letter]!;
}

const floatSpecials: Readonly<Record<string, readonly number[]>> = {
  d: [
    2 ** -1074,
    -(2 ** -1074),
    2 ** -1022,
    3 * 2 ** -1070,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    2 ** 53 + 2,
    1e300,
  ],
  f: [
    2 ** -149,
    -(2 ** -149),
    2 ** -126,
    3 * 2 ** -145,
    3.4028234663852886e38,
    -3.4028234663852886e38,
    2 ** 24 + 2,
    1e30,
  ],
  e: [2 ** -24, -(2 ** -24), 2 ** -14, 3 * 2 ** -22, 65504, -65504, 2050, 0.1],
};
const plain = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  3,
  -7,
  10,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

/** The special values of a type, each as its bytes. */
function specials(letter: string): Uint8Array[] {
  if (letter === "?") return [0, 1].map((v) => Uint8Array.of(v));
  const size = itemsizes[letter]!;
  const view = new DataView(new ArrayBuffer(16));
  const bytes = () => new Uint8Array(view.buffer.slice(0, size));
  if ("fd".includes(letter)) {
    return [...plain, ...floatSpecials[letter]!].map((v) => {
      if (letter === "d") view.setFloat64(0, v, true);
      else view.setFloat32(0, v, true);
      return bytes();
    });
  }
  if (letter === "e") {
    const patterns = [
      0, 0x8000, 1, 0x8001, 0x3ff, 0x400, 0x8400, 0x3c00, 0xbc00, 0x3800, 0x3e00, 0xc100, 0x4200, 0x7bff,
    ];
    return [...patterns, 0xfbff, 0x7c00, 0xfc00, 0x7e00, 0x6400, 0x6801].map((v) => {
      view.setUint16(0, v, true);
      return bytes();
    });
  }
  if ("FD".includes(letter)) {
    const parts = specials(letter === "F" ? "f" : "d").filter((_, k) =>
      [0, 1, 2, 3, 8, 12, 13, 14, 15, 19].includes(k),
    );
    return parts.flatMap((re) => parts.map((im) => Uint8Array.of(...re, ...im)));
  }
  const top = 1n << BigInt(8 * size - 1);
  return [
    0n,
    1n,
    2n,
    3n,
    5n,
    7n,
    8n,
    15n,
    31n,
    32n,
    63n,
    64n,
    -1n,
    -2n,
    -3n,
    -7n,
    -8n,
    top,
    top + 1n,
    top - 1n,
    top - 2n,
    60n,
  ].map((v) => {
    view.setBigInt64(0, BigInt.asIntN(64, v), true);
    return bytes();
  });
}

/** A generator of 32 random bits (mulberry32). */
export function randomBits(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** One random element: any bits, or a number of moderate size. */
function randomElement(letter: string, next: () => number): Uint8Array {
  const size = itemsizes[letter]!;
  if (letter === "?") return Uint8Array.of(next() & 1);
  const moderate = next() % 2 === 0;
  const number = ((next() / 2 ** 32) * 2 - 1) * 10 ** ((next() % 7) - 1);
  const view = new DataView(new ArrayBuffer(16));
  for (let at = 0; at < 16; at += 4) view.setUint32(at, next(), true);
  if (moderate && "fF".includes(letter)) view.setFloat32(0, number, true);
  if (moderate && letter === "F") view.setFloat32(4, 1 - number, true);
  if (moderate && "dD".includes(letter)) view.setFloat64(0, number, true);
  if (moderate && letter === "D") view.setFloat64(8, number * 0.7 + 0.3, true);
  if (moderate && "hHiIlL".includes(letter)) view.setBigInt64(0, BigInt(Math.trunc(number)), true);
  return new Uint8Array(view.buffer, 0, size);
}

/** All operands of a loop, one array of bytes for each input, and how many elements each has. */
export function operandsOf(inputs: string, seed: number): { count: number; bytes: Uint8Array[] } {
  const next = randomBits(seed);
  let values = [...inputs].map(specials);
  const most = inputs.length === 1 ? 1000 : inputs.length === 2 ? 32 : 12;
  // A sample where there are too many: every so-and-so-many-th, the first included.
  values = values.map((all) =>
    all.filter((_, k) => Math.floor((k * most) / all.length) !== Math.floor(((k - 1) * most) / all.length)),
  );
  const rows: Uint8Array[][] = [[]];
  let combined = rows;
  for (const all of values) combined = combined.flatMap((row) => all.map((value) => [...row, value]));
  for (let k = 0; k < 1500; k++) combined.push([...inputs].map((letter) => randomElement(letter, next)));
  const bytes = [...inputs].map((letter, k) => {
    const whole = new Uint8Array(combined.length * itemsizes[letter]!);
    combined.forEach((row, j) => {
      whole.set(row[k]!, j * itemsizes[letter]!);
    });
    return whole;
  });
  return { count: combined.length, bytes };
}
