import assert from "node:assert/strict";
import { test } from "node:test";
import { observeMemory } from "../../src/array/allocate.ts";
import { emptyArray } from "../../src/array/fresh.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { isNdError } from "../../src/errors.ts";
import { load, loadSync } from "../../src/io/load.ts";
import { npyBytes } from "../../src/io/npy.ts";
import { isNpzFile, type NpzFile } from "../../src/io/npz.ts";
import { npzBytes } from "../../src/io/save.ts";
import { zipPieces } from "../../src/io/zip-write.ts";
import { bytes, dtypes, layouts, randomNumbers } from "./arrays.ts";

// Whatever happens to a file, loading it gives arrays or an NdError, soon, and takes little memory.

const ROUNDS = 700;
/** Deflate can really hold this many bytes in one. */
const MOST = 1032;
const SLACK = 1_000_000;

const random = randomNumbers(20_240_229);
const below = (limit: number): number => random() % limit;

const structured = dtypes.find(([name]) => name === "nested")![1];
const zeros = emptyArray([40, 50], toDescriptor("i4"), "C", "test");
const big = bytes(npyBytes(layouts.F!(toDescriptor("f8"))));
big[big.indexOf(0x3c)] = 0x3e;
const wide = [{ name: "a.npy", pieces: () => [npyBytes(zeros)] }];

const seeds: Readonly<Record<string, Uint8Array>> = {
  plain: npyBytes(layouts.C!(toDescriptor("f4"))),
  "big-endian": big,
  structured: npyBytes(layouts.transposed!(structured)),
  stored: npzBytes({ a: layouts.C!(toDescriptor("u1")), b: layouts.F!(structured) }),
  deflated: npzBytes({ a: zeros, b: layouts.stepped!(toDescriptor("f8")) }, { compressed: true }),
  ZIP64: bytes(...zipPieces(wide, { compressed: true, limit: 0 })),
};

/** A piece of Python or of ZIP that means something where it lands. */
const words = [
  "(",
  ")",
  "[",
  "{",
  "'",
  ",",
  "-1",
  "99999999",
  "0",
  "True",
  "None",
  "|O",
  ">f8",
  "<U9",
  "|V999999999",
  "PK\x01\x02",
  "PK\x05\x06",
  "PK\x06\x06",
  "\xff\xff\xff\xff",
  "\0\0\0\0",
  "\x93NUMPY",
];

const changes: Readonly<Record<string, (file: Uint8Array) => Uint8Array>> = {
  truncated: (file) => file.subarray(0, below(file.length)),
  "bits flipped": (file) => {
    const copy = Uint8Array.from(file);
    for (let k = below(4); k >= 0; k--) {
      const at = below(copy.length);
      copy[at] = copy[at]! ^ (1 << below(8));
    }
    return copy;
  },
  "a byte anywhere": (file) => {
    const copy = Uint8Array.from(file);
    copy[below(copy.length)] = [0, 1, 0x7f, 0x80, 0xff][below(5)]!;
    return copy;
  },
  "a word anywhere": (file) => {
    const word = bytes(words[below(words.length)]!);
    const at = below(file.length);
    const cut = below(2) === 0 ? at : at + word.length;
    return bytes(file.subarray(0, at), word, file.subarray(cut));
  },
  "a digit of the header": (file) => {
    const copy = Uint8Array.from(file);
    const digits = [...copy.keys()].filter((at) => copy[at]! >= 0x30 && copy[at]! <= 0x39);
    for (let k = below(3); k >= 0; k--) copy[digits[below(digits.length)]!] = 0x30 + below(10);
    return copy;
  },
  "a part left out": (file) => {
    const at = below(file.length);
    return bytes(file.subarray(0, at), file.subarray(at + below(20)));
  },
  "a part twice": (file) => {
    const at = below(file.length);
    return bytes(file.subarray(0, at + below(40)), file.subarray(at));
  },
};

/** Touches all that was loaded. */
function use(loaded: NDArray | NpzFile): void {
  if (!isNpzFile(loaded)) {
    assert.ok(loaded instanceof NDArray);
    if (loaded.size > 0) loaded.at(...loaded.shape.map((length) => length - 1));
    npyBytes(loaded);
    return;
  }
  for (const name of loaded.files) {
    outcome(() => loaded.header(name));
    outcome(() => use(loaded.get(name)));
  }
}

/** Runs `action`; an NdError is as good an end as none. */
function outcome(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!isNdError(error)) throw error;
    return false;
  }
}

/** The bytes that were allocated for arrays meanwhile. */
function measured(action: () => unknown): number {
  let taken = 0;
  const before = observeMemory((event) => {
    taken += event.kind === "allocate" ? event.bytes : 0;
  });
  try {
    action();
  } finally {
    observeMemory(before);
  }
  return taken;
}

for (const [seed, file] of Object.entries(seeds)) {
  test(`a ${seed} file that is damaged anyhow gives arrays or an NdError, soon, in little memory`, () => {
    let good = 0;
    for (const [change, make] of Object.entries(changes)) {
      for (let round = 0; round < ROUNDS; round++) {
        const damaged = make(file);
        const what = `${seed}, ${change}: ${Buffer.from(damaged).toString("base64")}`;
        const started = performance.now();
        try {
          const taken = measured(() => {
            if (outcome(() => use(loadSync(damaged)))) good++;
          });
          assert.ok(taken <= damaged.length * MOST + SLACK, `takes ${taken} bytes`);
        } catch (error) {
          throw new Error(what, { cause: error });
        }
        assert.ok(performance.now() - started < 3000, what);
      }
    }
    // A test in which nothing, or everything, loads would show little.
    assert.ok(good > 100 && good < Object.keys(changes).length * ROUNDS);
  });
}

test("the same from streams", async () => {
  for (const file of Object.values(seeds)) {
    for (const make of Object.values(changes)) {
      for (let round = 0; round < 20; round++) {
        const damaged = make(file);
        try {
          use(await load(new Blob([Uint8Array.from(damaged)]).stream() as never));
        } catch (error) {
          assert.ok(isNdError(error), Buffer.from(damaged).toString("base64"));
        }
      }
    }
  }
});
